import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { Refusal } from './refusal.js';

/**
 * Looks into a zip before a reader of documents does: its names, its sizes as declared and as they turn out, and what
 * a Word document has no need of. A zip may declare any size, so each entry is inflated and its bytes counted.
 */

const mostEntries = 2_000;
const mostInflated = 100 * 1024 * 1024;
/** Parts of a document that are read as text here: its body, for tracked changes and hidden words. */
const kept = 'word/document.xml';

/** The body of a Word document as XML; throws Refusal for anything that is none, or is not harmless. */
export async function checkZip(bytes: Buffer): Promise<string> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true }).catch((error: unknown) => {
    throw damaged(error);
  });
  if (zip.entryCount > mostEntries)
    throw new Refusal(`The zip file holds more than ${mostEntries} entries.`);
  let inflated = 0;
  let body: string | undefined;
  try {
    for await (const entry of zip.eachEntry()) {
      refuseEntry(entry);
      if (inflated + entry.uncompressedSize > mostInflated) throw tooLarge();
      const part = await inflate(zip, entry, mostInflated - inflated);
      inflated += part.length;
      refusePart(entry, part);
      if (entry.fileName === kept) body = part.toString('utf8');
    }
  } catch (error) {
    throw error instanceof Refusal ? error : damaged(error);
  }
  if (body === undefined) throw new Refusal('The file is a zip file, but no Word document.');
  return body;
}

/** What an entry says of itself. yauzl has refused names that lead out of the archive before. */
function refuseEntry(entry: Entry): void {
  if (entry.isEncrypted())
    throw new Refusal('The zip file is protected by a password; save it without one.');
  if (/vbaProject\.bin$|\/activeX\//i.test(entry.fileName))
    throw new Refusal('The Word document holds macros or active parts; save it as .docx without.');
}

function refusePart({ fileName }: Entry, part: Buffer): void {
  if (!/\.(?:xml|rels)$/i.test(fileName)) return;
  // No Word document declares entities; one that does is made to swell or to reach out.
  if (part.includes('<!DOCTYPE') || part.includes('<!ENTITY'))
    throw new Refusal('The Word document declares entities, which no Word document needs.');
}

/** The bytes of an entry, counted as they come, so that no more than `most` are ever held. */
async function inflate(zip: ZipFile, entry: Entry, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of await zip.openReadStreamPromise(entry)) {
    length += (part as Buffer).length;
    if (length > most) throw tooLarge();
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function tooLarge(): Refusal {
  const megabytes = mostInflated / 1024 / 1024;
  return new Refusal(
    `The zip file would unpack to more than ${megabytes} MB, which no document needs.`,
  );
}

function damaged(cause: unknown): Refusal {
  const words = cause instanceof Error ? cause.message : '';
  const reason = /^(?:absolute|invalid (?:relative path|characters in fileName))/.test(words)
    ? 'The zip file holds a name that leads out of it.'
    : /too many bytes|not enough bytes/.test(words)
      ? 'The zip file holds another size than it declares.'
      : 'The zip file is damaged or cut short.';
  return new Refusal(reason, { cause });
}
