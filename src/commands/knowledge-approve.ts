import { isUtf8 } from 'node:buffer';
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import {
  appendApproval,
  keepVersion,
  readApprovals,
  readVersion,
} from '../adapters/approvals-file.js';
import { isForceFile } from '../adapters/force-scripts.js';
import { sha256Of } from '../adapters/knowledge-file.js';
import { isLocalFile } from '../adapters/local-files.js';
import { parseArticle } from '../adapters/parse-article.js';
import { isDelivered } from '../adapters/unapproved-files.js';
import {
  type Approval,
  approvalRoles,
  approverSchema,
  lastApproved,
  missingFor,
  personOf,
} from '../core/approval.js';
import { diffLines } from '../core/diff-lines.js';
import type { Knowledge } from '../core/knowledge.js';
import { findOdd, type OddCharacter, showOdd } from '../core/odd-characters.js';
import { everyField, quotableOf } from '../core/quotable.js';
import { knowledgeFolder, openKnowledge, ownFolders } from './open-knowledge.js';

/**
 * `npm run knowledge -- approve`: shows a person what a file of the force's would let people read, and writes down that
 * they stand for it. Over 200 lines: finding, showing and noting are about one version of one file.
 */

export type ApproveRequest = {
  readonly file: string;
  /** Without a name and a role the file is only shown. */
  readonly by?: string | undefined;
  readonly as?: string | undefined;
  readonly knowledge?: string | undefined;
  readonly scripts?: string | undefined;
  readonly local?: string | undefined;
};

/** Far more than any article or script has. */
const mostBytes = 1_000_000;

/** A version of a file: what was read of it, once, is what is shown, hashed and kept. */
type Version = {
  readonly directory: string;
  /** In its folder, with slashes. */
  readonly file: string;
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
};

type Signature = Pick<Approval, 'by' | 'what'>;

/** Shows a file and notes who stands for it; 1 when that is refused, 2 when it cannot be meant. */
export async function approve(request: ApproveRequest, now: () => Date): Promise<number> {
  const signature = readSignature(request);
  if (typeof signature === 'string') return refuse(signature, 2);
  const version = await findVersion(request);
  if (typeof version === 'string') return refuse(version);
  const knowledge = await openKnowledge(request, 'none');
  if (!knowledge) return refuse('Nothing can be approved until this is mended.');
  if ((await hashNow(version)) !== version.sha256)
    return refuse(`${version.file} was changed while it was read: look at it again.`);
  const { approvals, ignored } = await readApprovals(version.directory);
  for (const line of ignored) process.stderr.write(`approvals.jsonl: ${line}\n`);
  const words = quotable(version, knowledge);
  const odd = oddIn(version, words);
  print([
    `${version.file}, SHA-256 ${version.sha256}`,
    ...words,
    ...(await changes(version, approvals)),
    ...odd.map(sayOdd),
  ]);
  if (!signature) return say(standing(version, approvals));
  const why = refusalOf(version, signature, approvals, odd);
  if (why !== undefined) return refuse(why);
  const { directory, file, sha256, text } = version;
  const line: Approval = { file, sha256, ...signature, at: now().toISOString() };
  await keepVersion(directory, sha256, text);
  await appendApproval(directory, line);
  return say(`Noted: ${line.by} ${line.what} it. ${standing(version, [...approvals, line])}`);
}

/** Undefined where the file is only to be looked at; a sentence where name or role is none. */
function readSignature({ by, as }: ApproveRequest): Signature | undefined | string {
  if (by === undefined && as === undefined) return undefined;
  const what = approvalRoles.find((role) => role === as);
  if (!what || by === undefined)
    return 'Say who stands for it and how: --by NAME --as wrote, or --as checked.';
  const name = approverSchema.safeParse(by);
  return name.success
    ? { by: name.data, what }
    : "A name has 2 to 100 letters of the Latin alphabet, digits, spaces and . , - ' @ _";
}

/** The file in one of the force's folders, or a sentence why it is not there. */
async function findVersion(request: ApproveRequest): Promise<Version | string> {
  const { file: given } = request;
  const at = await realpath(given).catch(() => undefined);
  const found = at === undefined ? undefined : await stat(at);
  if (at === undefined || !found?.isFile()) return `There is no file ${given}.`;
  const place = await placeOf(at, request);
  if (typeof place === 'string') return `${given} ${place}`;
  if (found.size > mostBytes)
    return `${given} is larger than 1 MB, and no article or script is: it was not read.`;
  const bytes = await readFile(at);
  if (!isUtf8(bytes)) return `${given} is not text in UTF-8.`;
  return { ...place, path: at, text: bytes.toString('utf8'), sha256: sha256Of(bytes) };
}

/** Which of the force's folders a file lies in; a clause where none may hold it. */
async function placeOf(
  at: string,
  request: ApproveRequest,
): Promise<Pick<Version, 'directory' | 'file'> | string> {
  const { local, scripts } = ownFolders(request);
  const base = knowledgeFolder(request);
  const folders = [
    { folder: local, holds: isLocalFile },
    { folder: scripts, holds: isForceFile },
    { folder: base, holds: (name: string) => /\.(?:ya?ml|md)$/.test(name) },
  ];
  for (const { folder, holds } of folders) {
    const directory = folder && (await realpath(folder).catch(() => undefined));
    if (!directory) continue;
    const file = path.relative(directory, at).split(path.sep).join('/');
    if (file.startsWith('../') || path.isAbsolute(file)) continue;
    if (isDelivered(directory)) return 'comes with Signpost, and was reviewed with its release.';
    return holds(file) ? { directory, file } : 'is no file that Signpost uses.';
  }
  return 'lies in no folder of the force’s own: name it with --local or --scripts.';
}

async function hashNow({ path: at }: Version): Promise<string> {
  return sha256Of(await readFile(at));
}

/** What the file would let people read. */
function quotable({ file, text }: Version, { sources }: Knowledge): readonly string[] {
  return file.endsWith('.md')
    ? quotableOf(parseArticle(text, file.split('/')[1] ?? ''), sources)
    : everyField(parseYaml(text, { maxAliasCount: 0 }), sources);
}

async function changes(
  { directory, file, sha256, text }: Version,
  approvals: readonly Approval[],
): Promise<readonly string[]> {
  const before = lastApproved(file, approvals);
  if (!before) return ['No version of it was approved before.'];
  const day = before.at.slice(0, 10);
  if (before.sha256 === sha256) return [`It is the version approved on ${day}.`];
  const old = await readVersion(directory, before.sha256);
  if (old === undefined)
    return [`The version approved on ${day} is not kept, so what changed cannot be shown.`];
  const changed = diffLines(old, text);
  if (changed.length === 0) return [`Since the version approved on ${day} only line ends changed.`];
  return [
    `Changed since the version approved on ${day}:`,
    ...changed.map(({ kind, text: words }) => `${kind === 'added' ? '+' : '-'} ${words}`),
  ];
}

type Odd = Pick<OddCharacter, 'code' | 'kind'> & { readonly where: string };

/** In the file, or else in what is read out of it: an escape in YAML is no odd character before it is read. */
function oddIn({ text }: Version, words: readonly string[]): readonly Odd[] {
  const inFile = findOdd(text).map(({ line, ...odd }) => ({ where: `line ${line}`, ...odd }));
  if (inFile.length > 0) return inFile;
  return words.flatMap((line) =>
    findOdd(line).map(({ code, kind }) => ({ where: line.split(':')[0] ?? '', code, kind })),
  );
}

function sayOdd({ where, code, kind }: Odd): string {
  const what = kind === 'hidden' ? 'which cannot be seen' : 'which is no Latin letter';
  return `Look: ${where}: ${code}, ${what}`;
}

/** Why a person cannot stand for a version; undefined when they can. */
function refusalOf(
  { file, sha256 }: Version,
  { by, what }: Signature,
  approvals: readonly Approval[],
  odd: readonly Odd[],
): string | undefined {
  const own = approvals.filter(
    (line) => line.file === file && line.sha256 === sha256 && personOf(line.by) === personOf(by),
  );
  if (own.some((line) => line.what === what))
    return `${by} said before to have ${what === 'wrote' ? 'written' : 'checked'} this version; nothing was added.`;
  if (own.length > 0)
    return `${by} has ${what === 'wrote' ? 'checked' : 'written'} this version, so another person has to say this; nothing was added.`;
  return odd.some(({ kind }) => kind === 'hidden')
    ? 'Nobody can stand for what cannot be seen: take those characters out first; nothing was added.'
    : undefined;
}

function standing({ file, sha256 }: Version, approvals: readonly Approval[]): string {
  const missing = missingFor(file, sha256, approvals);
  return missing === undefined
    ? 'Two people stand for this version: it is used from the next start on.'
    : `It is not used yet where two have to: ${missing}.`;
}

function print(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${showOdd(line)}\n`);
}

function say(words: string): number {
  process.stdout.write(`${words}\n`);
  return 0;
}

function refuse(words: string, code = 1): number {
  process.stderr.write(`${showOdd(words)}\n`);
  return code;
}
