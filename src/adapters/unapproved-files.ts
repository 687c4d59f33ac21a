import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type FileVersion, judgeFiles, type LeftOut } from '../core/approval.js';
import { approvalsName, readApprovals } from './approvals-file.js';
import { type KnowledgeFile, readKnowledgeFile, sha256Of } from './knowledge-file.js';
import { packageRoot } from './package-root.js';

/** Holds a force's files against the lists of who stands for them. */

/**
 * Every file of a folder that two people do not stand for, and every line of its list that is ignored. The files' names
 * begin with `prefix`, e.g. `SCRIPTS_DIR/`. None where there is no folder.
 */
export async function listUnapproved(
  directory: string | undefined,
  prefix: string,
  files: readonly KnowledgeFile[],
): Promise<readonly LeftOut[]> {
  if (directory === undefined) return [];
  const { approvals, ignored } = await readApprovals(directory);
  const { leftOut } = judgeFiles(
    files.map((file) => toVersion(file, prefix)),
    approvals,
  );
  return [
    ...ignored.map((why) => ({ file: `${prefix}${approvalsName}`, why, wasApproved: false })),
    ...leftOut.map((one) => ({ ...one, file: `${prefix}${one.file}` })),
  ];
}

function toVersion({ name, text, sha256 }: KnowledgeFile, prefix: string): FileVersion {
  const unix = text.replaceAll('\r\n', '\n');
  const otherEnds = [unix, unix.replaceAll('\n', '\r\n')].map(sha256Of);
  return { file: name.slice(prefix.length), sha256, otherEnds };
}

/** The knowledge that comes with the release, and was reviewed with it. */
export function isDelivered(directory: string): boolean {
  return path.resolve(directory) === path.join(packageRoot(), 'knowledge');
}

/** The same of a knowledge base: a file that comes with the release, byte for byte, needs nobody more. */
export async function listUnapprovedOfBase(
  directory: string,
  files: readonly KnowledgeFile[],
): Promise<readonly LeftOut[]> {
  if (isDelivered(directory)) return [];
  const unapproved = await listUnapproved(directory, '', files);
  const wanted = new Set(unapproved.map(({ file }) => file));
  const delivered = await deliveredFiles(files.filter(({ name }) => wanted.has(name)));
  return unapproved.filter(({ file }) => !delivered.has(file));
}

/** Names of those files that stand in the release just so. */
async function deliveredFiles(files: readonly KnowledgeFile[]): Promise<ReadonlySet<string>> {
  const delivered = path.join(packageRoot(), 'knowledge');
  const known = new Set(await readdir(delivered, { recursive: true }));
  const same = files.map(async ({ name, sha256 }) => {
    const at = name.split('/').join(path.sep);
    if (!known.has(at)) return [];
    const shipped = await readKnowledgeFile(name, path.join(delivered, at));
    return shipped.sha256 === sha256 ? [name] : [];
  });
  return new Set((await Promise.all(same)).flat());
}
