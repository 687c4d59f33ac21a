import { mkdir, open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Approval, parseApprovals } from '../core/approval.js';
import { sha256Of } from './knowledge-file.js';
import { writeNewFiles } from './new-files.js';

/** The list of who stands for which version, beside the files of a force, and the versions themselves. */

export const approvalsName = 'approvals.jsonl';

/** Hidden, so that what reads the folder passes it over. */
const versionsFolder = '.approved';

/** Some twenty thousand lines. */
const mostBytes = 5_000_000;

/** The list of a folder, with a clause for each thing in it that is ignored; without a list, and with one that cannot be read, nobody stands for anything. */
export async function readApprovals(directory: string): Promise<ReturnType<typeof parseApprovals>> {
  const file = path.join(directory, approvalsName);
  try {
    const { size } = await stat(file);
    if (size > mostBytes)
      return { approvals: [], ignored: ['is larger than 5 MB and is not read'] };
    return parseApprovals(await readFile(file, 'utf8'));
  } catch (error) {
    const { code = 'unknown fault' } = error as NodeJS.ErrnoException;
    return { approvals: [], ignored: code === 'ENOENT' ? [] : [`cannot be read (${code})`] };
  }
}

/**
 * Adds a line and puts it on the disk, whole or not at all. A half-written last line, left by a machine that stopped,
 * is ended first, so that it takes no other with it.
 */
export async function appendApproval(directory: string, approval: Approval): Promise<void> {
  const list = await open(path.join(directory, approvalsName), 'a+');
  try {
    const { size } = await list.stat();
    const last = await list.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    const isEnded = size === 0 || last.buffer[0] === 0x0a;
    const line = Buffer.from(`${isEnded ? '' : '\n'}${JSON.stringify(approval)}\n`);
    const { bytesWritten } = await list.write(line);
    if (bytesWritten < line.length) {
      await list.truncate(size);
      throw new Error(`adding to ${approvalsName}: only part of the line fitted on the disk`);
    }
    await list.sync();
  } finally {
    await list.close();
  }
}

/** Keeps the bytes somebody stands for under their hash, for a later reader to compare with and to put back. */
export async function keepVersion(directory: string, sha256: string, text: string): Promise<void> {
  await mkdir(path.join(directory, versionsFolder), { recursive: true });
  // One that stands there already has the same bytes, or is found out when it is read.
  await writeNewFiles([{ file: versionFile(directory, sha256), text }]);
}

/** The text of a version that was kept; undefined where it is gone or is not what its name says. */
export async function readVersion(directory: string, sha256: string): Promise<string | undefined> {
  const bytes = await readFile(versionFile(directory, sha256)).catch(() => undefined);
  return bytes && sha256Of(bytes) === sha256 ? bytes.toString('utf8') : undefined;
}

function versionFile(directory: string, sha256: string): string {
  return path.join(directory, versionsFolder, sha256);
}
