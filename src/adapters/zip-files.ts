import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** The first moment a zip can name, the same in every time zone. */
const noMoment = new Date(1980, 0, 1);

export type NamedFile = { readonly name: string; readonly bytes: Buffer };

/**
 * A zip of these files, at its root and in this order. The same files give the same bytes on every machine: no
 * times, no owners, and nothing packed, since zlib packs differently from version to version.
 */
export function zipFiles(files: readonly NamedFile[]): Promise<Buffer> {
  const zip = new ZipFile();
  const options = { mtime: noMoment, mode: 0o100644, forceDosTimestamp: true, compress: false };
  for (const { name, bytes } of files) zip.addBuffer(bytes, name, options);
  zip.end();
  return buffer(zip.outputStream);
}
