import { canonicalJson } from './canonical-json.js';
import type { CaseSummary, SummaryLine } from './case-summary-schema.js';
import { keyOfIndication, keyOfLine } from './line-keys.js';
import type { LineKey } from './review.js';
import type { Difference, ReviewLine } from './review-detail.js';

/**
 * What one text of a case says that another does not. Left out, since they change without anything having happened in
 * the case: the day it is drawn up for, the version of the guidance, names, citations and notes on instruments.
 */

type Part = Difference['part'];
/** One thing a summary says: what it is known by, how it reads, and all that makes it the same. */
type Said = { readonly key: string; readonly text: string; readonly whole: string };

/** Returns every place in which two summaries of a case differ, in the order of the summary; empty when they say the same. */
export function differencesBetween(before: CaseSummary, after: CaseSummary): readonly Difference[] {
  const old = saidIn(before);
  const now = saidIn(after);
  return parts.flatMap((part) => compare(part, old[part], now[part]));
}

/** Returns the lines whose text differs between two views of one review. */
export function differencesOfLines(
  before: readonly { readonly key: LineKey; readonly text: string }[],
  after: readonly { readonly key: LineKey; readonly text: string }[],
): readonly Difference[] {
  const said = (lines: typeof before) => lines.map(({ key, text }) => ({ key, text, whole: text }));
  return compare('line', said(before), said(after));
}

/** A version of a review: its summary, with each line as it was last edited. */
type Version = {
  readonly summary: CaseSummary;
  readonly lines: readonly {
    readonly key: LineKey;
    readonly section: ReviewLine['section'];
    readonly text: string;
    /** Absent for an indication. */
    readonly line?: SummaryLine;
  }[];
};

/** Returns every place in which two versions of a review differ, edits included; empty when they say the same. */
export function differencesOfVersions(before: Version, after: Version): readonly Difference[] {
  const saidIn = ({ lines }: Version, isIndication: boolean) =>
    lines
      .filter(({ section }) => (section === 'indications') === isIndication)
      .map(({ key, text, line }) => ({ key, text, whole: line ? text + wholeOf(line) : text }));
  const edited = (part: Part, isIndication: boolean) =>
    compare(part, saidIn(before, isIndication), saidIn(after, isIndication));
  const lines = edited('line', false);
  const indications = edited('indication', true);
  const others = differencesBetween(before.summary, after.summary);
  return parts.flatMap((part) => {
    if (part === 'line') return lines;
    return part === 'indication' ? indications : others.filter((one) => one.part === part);
  });
}

/** True when two lines read the same and rest on the same reply. */
export function isSameLine(one: SummaryLine, other: SummaryLine): boolean {
  return wholeOf(one) === wholeOf(other);
}

const parts: readonly Part[] = [
  'screening',
  'missing',
  'flag',
  'line',
  'timeline',
  'indication',
  'task',
];

function saidIn(summary: CaseSummary): Readonly<Record<Part, readonly Said[]>> {
  const lines = [...summary.sections.flatMap((section) => section.lines), ...summary.dropped];
  const { facts = [], entries = [], imports = [], conflicts = [] } = summary.timeline ?? {};
  return {
    screening: summary.screenings.map(({ id, title, state }) => said(id, `${title}: ${state}`)),
    missing: summary.incomplete.map((text) => said(text, text)),
    flag: summary.flags.map((flag) =>
      said(canonicalJson(flag), `${flag.level.toUpperCase()}: ${flag.about}`),
    ),
    line: lines.map((line) => ({ ...said(keyOfLine(line), line.text), whole: wholeOf(line) })),
    timeline: [
      ...facts.map(({ text }) => text),
      ...entries.map(({ when, text, kinds }) => [`${when}: ${text}`, ...kinds].join('; ')),
      ...imports.map(({ from, text }) => `${from}: ${text}`),
      ...conflicts,
    ].map((text) => said(text, text)),
    indication: summary.indications.map((one) => said(keyOfIndication(one), one.text)),
    task: summary.tasks.map((text) => said(text, text)),
  };
}

function said(key: string, text: string): Said {
  return { key, text, whole: text };
}

function wholeOf({ text, status, from }: SummaryLine): string {
  return canonicalJson([text, status, from]);
}

function compare(part: Part, old: readonly Said[], now: readonly Said[]): readonly Difference[] {
  const before = new Map(old.map((one) => [one.key, one]));
  const after = new Map(now.map((one) => [one.key, one]));
  const isKeyed = part === 'line' || part === 'indication';
  const of = (key: string) => (isKeyed ? { part, line: key } : { part });
  return [
    ...old.flatMap(({ key, text, whole }) => {
      const next = after.get(key);
      if (next?.whole === whole) return [];
      return [{ ...of(key), before: text, ...(next ? { after: next.text } : {}) }];
    }),
    ...now
      .filter(({ key }) => !before.has(key))
      .map(({ key, text }) => ({ ...of(key), after: text })),
  ];
}
