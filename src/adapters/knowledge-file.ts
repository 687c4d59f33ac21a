import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** `name` is the path in its folder, after the setting's name where the folder is a force's own; `sha256` is of its bytes. */
export type KnowledgeFile = {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
};

/** Reads a file once, so that what is hashed is what is parsed. */
export async function readKnowledgeFile(name: string, at: string): Promise<KnowledgeFile> {
  const bytes = await readFile(at);
  return { name, text: bytes.toString('utf8'), sha256: sha256Of(bytes) };
}

/** In hex. */
export function sha256Of(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
