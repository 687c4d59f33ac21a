import mammoth from 'mammoth';
import type { ImportedBlock } from '../../core/imported-document.js';
import { checkZip } from './check-zip.js';
import { readFragment } from './read-html.js';
import { Refusal } from './refusal.js';

/** Headings and paragraphs of a Word document, with what a reader of it may not have seen. */
export async function readDocx(
  bytes: Buffer,
): Promise<{ readonly blocks: readonly ImportedBlock[]; readonly remarks: readonly string[] }> {
  const body = await checkZip(bytes);
  const options = {
    // Pictures would come as text of their bytes.
    convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
    externalFileAccess: false,
  };
  const html = await mammoth.convertToHtml({ buffer: bytes }, options).then(
    ({ value }) => value,
    (cause: unknown) => {
      throw new Refusal('The Word document is damaged or cut short.', { cause });
    },
  );
  return { blocks: readFragment(html), remarks: remarksOn(body) };
}

function remarksOn(body: string): readonly string[] {
  const isTracked = /<w:(?:del|ins|moveFrom|moveTo)[ >]/.test(body);
  // `<w:vanish w:val="0"/>` says that words are shown.
  const isHidden = /<w:vanish(?:\s*\/>|\s+w:val="(?:1|true|on)")/.test(body);
  return [
    ...(isTracked
      ? [
          'The document has tracked changes: it was read as if all were accepted; check the wording.',
        ]
      : []),
    ...(isHidden ? ['The document has hidden words, which may have been read; check.'] : []),
  ];
}
