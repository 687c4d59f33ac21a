import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readApart } from '../adapters/imports/read-apart.js';
import type { ImportedDocument } from '../core/imported-document.js';

/** The file of the reading process, beside this one: TypeScript from sources, JavaScript in the build. */
export function findReader(): string {
  const source = fileURLToPath(new URL('./read-imported-file.ts', import.meta.url));
  return existsSync(source) ? source : source.replace(/\.ts$/, '.js');
}

/** What a file holds; undefined, with the reason on standard error, when it is refused. */
export async function readDocument(
  file: string,
  reader: string,
): Promise<ImportedDocument | undefined> {
  const outcome = await readApart(reader, file);
  if (outcome.kind === 'read') return outcome.document;
  process.stderr.write(`${file}: ${outcome.reason}\n`);
  return undefined;
}
