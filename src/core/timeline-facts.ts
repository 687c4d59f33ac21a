import { actLetters } from './act-kinds.js';
import { addMonths } from './days.js';
import {
  addDays,
  type ComingDate,
  daysBetween,
  type Incident,
  spanOf,
  type Timeline,
  type When,
} from './timeline.js';

/**
 * What can be read off a timeline without judging it: counts, first and last, gaps, and dates to watch. Nothing
 * is smoothed, predicted or weighed. Each fact keeps the keys of the entries it rests on; how they are
 * said stands in timeline-sentences.ts. A little over 200 lines with its types.
 */

/** Entries of one month (`2026-03`) or, where no month is known, of one year (`2024`). */
export type PeriodCount = {
  readonly period: string;
  /** Of these, how many have a date that is only about right, so that the month may be another. */
  readonly about: number;
  readonly rests: readonly string[];
};

export type Gap = {
  readonly from: When;
  readonly to: When;
  /** At least so many days when either date is not exact. */
  readonly days: number;
  readonly isAtLeast: boolean;
  readonly rests: readonly string[];
  /** Entries dated too loosely to tell whether they lie in the gap. */
  readonly mayHold: readonly string[];
};

/** Days before the check date on which it is warned of. */
const warningDays = [90, 30, 14] as const;

export type CheckDate = {
  readonly day: string;
  readonly lastAct: When;
  /** Negative once it has passed. */
  readonly daysLeft: number;
  /** The nearest warning already reached; absent: more than 90 days are left. */
  readonly warning?: (typeof warningDays)[number] | 'passed';
  readonly warnOn: readonly { readonly before: number; readonly day: string }[];
  readonly rests: readonly string[];
};

/** Days from a coming date on which somebody is reminded of it. */
const reminderOffsets = [-14, -7, -1, 0, 1] as const;

export type Reminder = {
  readonly key: string;
  readonly what: string;
  readonly when?: When;
  readonly daysLeft?: number;
  readonly remindOn: readonly { readonly offset: number; readonly day: string }[];
  /** The newest reminder whose day has come; absent: none is due, or the date is over. */
  readonly due?: (typeof reminderOffsets)[number];
  readonly isTellsMissing: boolean;
};

export type TimelineFacts = {
  readonly on: string;
  readonly entries: readonly string[];
  readonly first?: { readonly when: When; readonly rests: readonly string[] };
  readonly last?: { readonly when: When; readonly rests: readonly string[] };
  readonly months: readonly PeriodCount[];
  /** Entries known to the year only. */
  readonly years: readonly PeriodCount[];
  /** Entries known only as before some day. */
  readonly before: readonly string[];
  readonly undated: readonly string[];
  /** Entries dated later than today, which somebody should look at. */
  readonly ahead: readonly string[];
  readonly kinds: readonly { readonly kind: string; readonly rests: readonly string[] }[];
  readonly withoutKind: readonly string[];
  readonly gaps: readonly Gap[];
  /** The newest act up to today among entries and last acts; a month or year counts from its first day. */
  readonly lastAct?: { readonly when: When; readonly rests: readonly string[] };
  /** Acts known to a month or year only that may be later than the last. */
  readonly mayBeLater: readonly string[];
  readonly checkDate?: CheckDate;
  readonly evidence: readonly string[];
  readonly approximate: readonly string[];
  readonly ordersEnding: readonly Reminder[];
  /** Every date still to come, over for a day at most, or without a day. */
  readonly coming: readonly Reminder[];
};

type DatedIncident = Incident & { readonly when: When };

/** Longer silences are shown: a caller may not have been asked about them. */
const longestQuietDays = 30;
/** Orders that end within this many days are shown. */
export const orderNoticeDays = 60;

/** All facts of a timeline, as they stand on its day. */
export function factsOf(timeline: Timeline): TimelineFacts {
  const { incidents, lastActs, on } = timeline;
  const dated = incidents.filter((one): one is DatedIncident => one.when !== undefined);
  const at = (...precisions: readonly string[]) =>
    dated.filter((one) => precisions.includes(one.when.precision));
  const acts = [...dated, ...lastActs].filter(({ when }) => when.day <= on);
  const lastAct = lastOf(acts.filter(({ when }) => when.precision !== 'before'));
  const coming = timeline.dates.map((date) => reminderOf(date, on)).filter(isOpen);
  const first = dated[0];
  const last = dated.findLast(({ when }) => when.precision !== 'before') ?? first;
  return {
    on,
    entries: keysOf(incidents),
    ...(first ? { first: { when: first.when, rests: [first.key] } } : {}),
    ...(last ? { last: { when: last.when, rests: [last.key] } } : {}),
    months: countBy(at('exact', 'about', 'month'), 7),
    years: countBy(at('year'), 4),
    before: keysOf(at('before')),
    undated: keysOf(incidents.filter(({ when }) => !when)),
    ahead: keysOf(dated.filter(({ when }) => when.day > on)),
    kinds: kindsOf(incidents),
    withoutKind: keysOf(incidents.filter(({ kinds }) => kinds.length === 0)),
    gaps: gapsBetween(at('exact', 'about', 'month'), at('year', 'before')),
    ...(lastAct ? { lastAct: { when: lastAct.when, rests: [lastAct.key] } } : {}),
    mayBeLater: keysOf(lastAct ? acts.filter((act) => mayBeLater(act, lastAct)) : []),
    ...(lastAct ? { checkDate: checkDateOf(lastAct, on) } : {}),
    evidence: keysOf(incidents.filter(hasEvidence)),
    approximate: keysOf(dated.filter(({ when }) => when.precision !== 'exact')),
    ordersEnding: coming.filter(
      ({ what, daysLeft = Number.NaN }) =>
        what === 'order-ends' && daysLeft >= 0 && daysLeft <= orderNoticeDays,
    ),
    coming,
  };
}

function keysOf(entries: readonly { readonly key: string }[]): readonly string[] {
  return entries.map(({ key }) => key);
}

function countBy(entries: readonly DatedIncident[], length: 4 | 7): readonly PeriodCount[] {
  const periods = [...new Set(entries.map(({ when }) => when.day.slice(0, length)))].toSorted();
  return periods.map((period) => {
    const own = entries.filter(({ when }) => when.day.startsWith(period));
    const about = own.filter(({ when }) => when.precision === 'about').length;
    return { period, about, rests: keysOf(own) };
  });
}

function kindsOf(incidents: readonly Incident[]): TimelineFacts['kinds'] {
  return [...actLetters, 'other'].flatMap((kind) => {
    const rests = keysOf(incidents.filter(({ kinds }) => kinds.includes(kind)));
    return rests.length > 0 ? [{ kind, rests }] : [];
  });
}

/** "None" typed under evidence is no evidence; what is left empty is not known. */
function hasEvidence({ evidence = '' }: Incident): boolean {
  return !/^\W*(?:no|none|nothing|nil|n\/?a|not (?:known|kept|yet|sure)|no evidence|\?*)?\W*$/i.test(
    evidence,
  );
}

/** Gaps are measured from the latest day that one entry can mean to the earliest of the next. */
function gapsBetween(
  entries: readonly DatedIncident[],
  loose: readonly DatedIncident[],
): readonly Gap[] {
  const spans = entries
    .map((entry) => ({ entry, ...spanOf(entry.when) }))
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  let before = spans[0];
  const gaps: Gap[] = [];
  for (const next of spans) {
    if (before && daysBetween(before.to, next.from) > longestQuietDays) {
      const { to, entry } = before;
      const from = next.from;
      gaps.push({
        from: entry.when,
        to: next.entry.when,
        days: daysBetween(to, from),
        isAtLeast: entry.when.precision !== 'exact' || next.entry.when.precision !== 'exact',
        rests: [entry.key, next.entry.key],
        mayHold: keysOf(
          loose.filter(({ when }) => spanOf(when).from < from && spanOf(when).to > to),
        ),
      });
    }
    if (before && next.to >= before.to) before = next;
  }
  return gaps;
}

type DatedAct = { readonly key: string; readonly when: When };

function lastOf(acts: readonly DatedAct[]): DatedAct | undefined {
  return acts.reduce<DatedAct | undefined>(
    (last, act) => (last && last.when.day > act.when.day ? last : act),
    undefined,
  );
}

function mayBeLater(act: DatedAct, last: DatedAct): boolean {
  const isLoose = act.when.precision === 'month' || act.when.precision === 'year';
  return isLoose && act.key !== last.key && spanOf(act.when).to > spanOf(last.when).to;
}

function checkDateOf({ key, when }: DatedAct, on: string): CheckDate {
  const day = addMonths(when.day, 6);
  const daysLeft = daysBetween(on, day);
  const reached = warningDays.filter((before) => daysLeft <= before).at(-1);
  const warning = daysLeft < 0 ? 'passed' : reached;
  return {
    day,
    lastAct: when,
    daysLeft,
    ...(warning === undefined ? {} : { warning }),
    warnOn: warningDays.map((before) => ({ before, day: addDays(day, -before) })),
    rests: [key],
  };
}

function reminderOf({ key, what, when, tells }: ComingDate, on: string): Reminder {
  const isTellsMissing = (tells ?? '').trim() === '';
  if (!when) return { key, what, remindOn: [], isTellsMissing };
  const remindOn = reminderOffsets.map((offset) => ({ offset, day: addDays(when.day, offset) }));
  const daysLeft = daysBetween(on, when.day);
  const due = remindOn.findLast(({ day }) => day <= on)?.offset;
  const isOver = daysLeft < -1;
  return {
    key,
    what,
    when,
    daysLeft,
    remindOn,
    ...(due === undefined || isOver ? {} : { due }),
    isTellsMissing,
  };
}

function isOpen({ daysLeft }: Reminder): boolean {
  return daysLeft === undefined || daysLeft >= -1;
}
