import { z } from 'zod';
import { foldText } from './fold-text.js';

/**
 * Whether a force's own file may be used: only where one person says to have written exactly these bytes and another
 * to have checked them. An approval belongs to a hash, so that an edit ends it and putting an older version back
 * brings its approval back. Publishing takes two people; taking back takes one, since what is wrong has to be gone at
 * once. Names are taken at the word of whoever may write the folder.
 */

/** Who stands for a file: letters of the Latin alphabet, so that no look-alike of another makes two people of one. */
export const approverSchema = z
  .string()
  .trim()
  .min(2)
  .max(100)
  .regex(/^[\p{Script=Latin}\p{M}\p{N} .,'’@_-]+$/u)
  .refine((name) => personOf(name).length > 0);

export const approvalRoles = ['wrote', 'checked'] as const;

/** A line of `approvals.jsonl`. */
export const approvalSchema = z.strictObject({
  /** In the folder of the list, with slashes: `guidance/custody/release.md`. */
  file: z.string().min(1).max(400),
  /** Of the exact bytes, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  by: approverSchema,
  at: z.iso.datetime(),
  what: z.enum(approvalRoles),
});
export type Approval = z.infer<typeof approvalSchema>;

/** A file as it lies in the folder; `otherEnds` are the hashes of the same words with other line ends. */
export type FileVersion = Pick<Approval, 'file' | 'sha256'> & {
  readonly otherEnds: readonly string[];
};

/** A file two people do not stand for; `wasApproved` where they stood for another version of it. */
export type LeftOut = {
  readonly file: string;
  /** One clause, to be set behind the file's name. */
  readonly why: string;
  readonly wasApproved: boolean;
};

/** One person however the name is typed: case, accents, punctuation and the order of its words aside. */
export function personOf(name: string): string {
  const plain = foldText(name.normalize('NFD').replace(/\p{M}/gu, '')).folded;
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).toSorted().join(' ');
}

/** The approvals of a list's text, and one clause for each line that is none and is ignored. */
export function parseApprovals(text: string): {
  readonly approvals: readonly Approval[];
  readonly ignored: readonly string[];
} {
  const lines = text.split(/\r?\n/);
  const read = lines.map((line, at) => {
    if (!line.trim()) return {};
    const approval = parseLine(line);
    if (approval) return { approval };
    // What is whole ends with a line end; so the last of the split is empty.
    const isCut = at === lines.length - 1;
    const reason = isCut ? 'was not written to its end' : 'is no approval';
    return { ignored: `line ${at + 1} ${reason} and is ignored` };
  });
  return {
    approvals: read.flatMap(({ approval }) => approval ?? []),
    ignored: read.flatMap(({ ignored }) => ignored ?? []),
  };
}

function parseLine(line: string): Approval | undefined {
  try {
    return approvalSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** The files that may be used, and all others with the reason: changed, not checked by another, or gone. */
export function judgeFiles(
  files: readonly FileVersion[],
  approvals: readonly Approval[],
): { readonly used: readonly string[]; readonly leftOut: readonly LeftOut[] } {
  const ofFiles = groupBy(approvals, 'file');
  const judged = files.map((version) => ({
    version,
    leftOut: judgeFile(version, ofFiles.get(version.file) ?? []),
  }));
  const gone = [...ofFiles].flatMap(([file, own]) => goneFile(file, own, files) ?? []);
  return {
    used: judged.flatMap(({ version, leftOut }) => (leftOut ? [] : [version.file])),
    leftOut: [...judged.flatMap(({ leftOut }) => leftOut ?? []), ...gone],
  };
}

/** Undefined where two people stand for exactly these bytes. */
function judgeFile(
  { file, sha256, otherEnds }: FileVersion,
  approvals: readonly Approval[],
): LeftOut | undefined {
  const missing = missingFor(file, sha256, approvals);
  if (missing === undefined) return undefined;
  const before = lastApproved(file, approvals);
  if (!before) return { file, why: missing, wasApproved: false };
  const changed = otherEnds.includes(before.sha256)
    ? `its line ends were changed since it was approved on ${before.at.slice(0, 10)}`
    : `changed since it was approved on ${before.at.slice(0, 10)}`;
  return { file, why: `${changed}; ${missing}`, wasApproved: true };
}

/** What a version still needs; undefined when nothing. Whoever wrote it cannot check it, also when they did both. */
export function missingFor(
  file: string,
  sha256: string,
  approvals: readonly Approval[],
): string | undefined {
  const own = approvals.filter((line) => line.file === file && line.sha256 === sha256);
  const people = (what: Approval['what']) =>
    new Set(own.filter((line) => line.what === what).map(({ by }) => personOf(by)));
  const wrote = people('wrote');
  const checked = people('checked');
  if (own.length === 0) return 'nobody has said to have written or checked this version';
  if (wrote.size === 0) return 'nobody has said to have written this version';
  if (checked.size === 0) return 'nobody has checked this version';
  return [...checked].some((person) => !wrote.has(person))
    ? undefined
    : 'checked by the person who wrote it';
}

/** The approval by which a file's newest approved version became one: its hash, and when; undefined where none did. */
export function lastApproved(
  file: string,
  approvals: readonly Approval[],
): Pick<Approval, 'sha256' | 'at'> | undefined {
  const versions = groupBy(
    approvals.filter((line) => line.file === file),
    'sha256',
  );
  return [...versions]
    .filter(([sha256, own]) => missingFor(file, sha256, own) === undefined)
    .flatMap(([, own]) => own)
    .reduce<Approval | undefined>((a, b) => (a && a.at > b.at ? a : b), undefined);
}

function groupBy(
  approvals: readonly Approval[],
  field: 'file' | 'sha256',
): ReadonlyMap<string, readonly Approval[]> {
  const groups = new Map<string, Approval[]>();
  for (const line of approvals) {
    const group = groups.get(line[field]);
    if (group) group.push(line);
    else groups.set(line[field], [line]);
  }
  return groups;
}

/** Taking a file away takes back what two people published, so it is said; a file that was moved is not gone. */
function goneFile(
  file: string,
  approvals: readonly Approval[],
  files: readonly FileVersion[],
): LeftOut | undefined {
  const before = lastApproved(file, approvals);
  if (!before || files.some((one) => one.file === file || one.sha256 === before.sha256))
    return undefined;
  return { file, why: `was approved on ${before.at.slice(0, 10)} and is gone`, wasApproved: true };
}

/** One line for each file that two people do not stand for. */
export function unapprovedLines({
  unapproved,
}: {
  readonly unapproved: readonly LeftOut[];
}): readonly string[] {
  return unapproved.map(({ file, why }) => `${file}: left out where two have to approve: ${why}`);
}

type Versioned = { readonly name: string; readonly version: number };

/**
 * The scripts that may not be begun because a later version of the same name was approved once and is left out now:
 * that version may have mended or ended them. Screenings that began with them go on.
 */
export function heldBack<Script extends Versioned>(
  scripts: readonly Script[],
  leftOut: readonly LeftOut[],
): readonly Script[] {
  const later = leftOut.flatMap(({ file, wasApproved }) => {
    const [, name, version] = /([a-z-]+)\.(\d+)\.yaml$/.exec(file) ?? [];
    return name && wasApproved ? [{ name, version: Number(version) }] : [];
  });
  return scripts.filter(({ name, version }) =>
    later.some((one) => one.name === name && one.version > version),
  );
}
