import path from 'node:path';
import type { ImportedDocument } from '../../core/imported-document.js';
import { Refusal } from './refusal.js';

/** Tells what a file is by what it holds. Its name is only checked against that: a wrong one is a sign of a mix-up. */

export type FileKind = ImportedDocument['kind'];

const kindOfName: Readonly<Record<string, FileKind>> = {
  '.pdf': 'pdf',
  '.docx': 'docx',
  '.htm': 'html',
  '.html': 'html',
  '.xhtml': 'html',
  '.md': 'markdown',
  '.markdown': 'markdown',
};

const said: Readonly<Record<FileKind, string>> = {
  pdf: 'a PDF',
  docx: 'a Word document or another zip file',
  html: 'a web page',
  markdown: 'plain text',
};

/** Returns the kind of a file, or throws Refusal for one that is none of the four, or is named as another. */
export function sniff(name: string, bytes: Uint8Array): FileKind {
  const extension = path.extname(name).toLowerCase();
  const named = kindOfName[extension];
  const found = kindOfBytes(bytes);
  // Part of a page has no mark of its own: its name and a tag at its start are enough.
  const isPart = found === 'markdown' && named === 'html' && /^\s*<[a-z]/i.test(textOf(bytes));
  const kind = isPart ? 'html' : found;
  if (named !== undefined && named !== kind)
    throw new Refusal(`The file is named ${extension}, but holds ${said[kind]}; save it anew.`);
  return kind;
}

function kindOfBytes(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) throw new Refusal('The file is empty.');
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  // A few bytes before the mark are allowed, and are found in the wild.
  if (start.includes('%PDF-')) return 'pdf';
  if (start.startsWith('PK')) return 'docx';
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0'))
    throw new Refusal(
      'The file is an old or a password-protected Office document; save it without a password as .docx or PDF.',
    );
  const text = textOf(bytes);
  return /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml)\b/i.test(
    text.slice(0, 4_000),
  )
    ? 'html'
    : 'markdown';
}

/** The text of a file in UTF-8, or throws Refusal: other bytes are another kind of file. */
export function textOf(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('The file is no PDF, Word document, web page or text in UTF-8.');
  }
  if (text.includes('\u0000'))
    throw new Refusal('The file is no PDF, Word document, web page or text in UTF-8.');
  return text;
}
