import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { cleanText, type ImportedBlock, type ReadOutcome } from '../../core/imported-document.js';
import { readDocx } from './read-docx.js';
import { readHtml } from './read-html.js';
import { readMarkdown } from './read-markdown.js';
import { readPdf } from './read-pdf.js';
import { fewestLetters, mostBlocks, mostBytes, Refusal } from './refusal.js';
import { type FileKind, sniff, textOf } from './sniff.js';

/** Reads a publisher's file: PDF, Word, saved page or Markdown. To be run where it may fail: see `read-apart.ts`. */
export async function readImportedFile(file: string): Promise<ReadOutcome> {
  try {
    const bytes = await readBounded(file);
    const kind = sniff(file, bytes);
    const { blocks, remarks } = await readAs(kind, bytes);
    return { kind: 'read', document: { kind, ...finished(blocks, kind, remarks) } };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

type Read = {
  readonly blocks: readonly ImportedBlock[];
  readonly remarks: readonly string[];
};

async function readAs(kind: FileKind, bytes: Buffer): Promise<Read> {
  switch (kind) {
    case 'pdf':
      return { blocks: await readPdf(bytes), remarks: [] };
    case 'docx':
      return readDocx(bytes);
    case 'html': {
      const { blocks, hidden } = readHtml(textOf(bytes));
      const remarks = hidden > 0 ? [`${hidden} hidden parts of the page were left out.`] : [];
      return { blocks, remarks };
    }
    case 'markdown':
      return { blocks: readMarkdown(textOf(bytes)), remarks: [] };
    default:
      throw new Error(`reading a file of kind ${kind satisfies never}`);
  }
}

async function readBounded(file: string): Promise<Buffer> {
  const found = await stat(file).catch((cause: NodeJS.ErrnoException) => {
    throw new Refusal(
      cause.code === 'ENOENT'
        ? 'There is no such file.'
        : `The file cannot be read (${cause.code ?? 'unknown fault'}).`,
      { cause },
    );
  });
  if (!found.isFile()) throw new Refusal(`${path.basename(file)} is not a file.`);
  if (found.size > mostBytes)
    throw new Refusal(
      `The file is larger than ${mostBytes / 1024 / 1024} MB; import it in parts, or without its pictures.`,
    );
  return readFile(file);
}

/** Cleaned of what cannot be seen, and refused when there is too little or too much of it. */
function finished(blocks: readonly ImportedBlock[], kind: FileKind, remarks: readonly string[]) {
  const cleaned = blocks.map((block) => ({ block, ...cleanText(block.text) }));
  const kept = cleaned
    .filter(({ text }) => text !== '')
    .map(({ block, text }): ImportedBlock => ({ ...block, text }));
  const letters = kept.reduce((sum, { text }) => sum + text.length, 0);
  if (letters < fewestLetters)
    throw new Refusal(
      kind === 'pdf'
        ? 'The PDF holds no text: it is likely a scan, and has to be read by text recognition first.'
        : 'The file holds no text.',
    );
  if (kept.length > mostBlocks)
    throw new Refusal(`The file has more than ${mostBlocks} paragraphs; import it in parts.`);
  const odd = cleaned.reduce((sum, one) => sum + one.odd, 0);
  const said = odd > 0 ? [`${odd} characters that cannot be seen were taken out.`] : [];
  return { blocks: kept, remarks: [...remarks, ...said] };
}
