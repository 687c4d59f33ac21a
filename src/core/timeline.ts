import type { Precision } from './reply.js';
import { sayPrecise } from './say-value.js';
import type { RecordFields } from './screening.js';

/**
 * The incidents of a case in order of time, as they were reported. A date is never shown, sorted or counted as
 * more exact than it was given; what was not filled in is not there, and is never read as "no". A little
 * long, because everything that is counted in days shares what a date can mean.
 */

/** A day `YYYY-MM-DD` and how exactly it is known: of a month or a year the day is its first. */
export type When = { readonly day: string; readonly precision: Precision };

/** Who recorded something, and the instant. */
export type RecordedBy = { readonly by: string; readonly at: string };

export type Incident = {
  /** Unlike that of any other record: screening, question and record number. */
  readonly key: string;
  readonly what: string;
  readonly when?: When;
  readonly where?: string;
  /** Letters of section 2A(3), or `other`, as the user chose them; empty: none chosen yet. */
  readonly kinds: readonly string[];
  readonly witnesses?: string;
  readonly evidence?: string;
  readonly effect?: string;
  readonly told?: string;
  /** Whether an order or bail was in force then. */
  readonly order?: 'yes' | 'no' | 'unsure';
  readonly from: RecordedBy;
};

/** A date coming up. */
export type ComingDate = {
  readonly key: string;
  /** `court`, `order-ends` …: a key of `comingNames` in timeline-facts.ts. */
  readonly what: string;
  readonly when?: When;
  readonly note?: string;
  /** Who tells the victim. */
  readonly tells?: string;
  readonly from: RecordedBy;
};

/** A timeline that somebody else wrote, unchanged. */
export type Import = {
  readonly key: string;
  /** Whose timeline it is, in the user's words. */
  readonly whose?: string;
  readonly text: string;
  readonly from: RecordedBy;
};

/** The date of a last act given outside the incidents. */
export type LastAct = { readonly key: string; readonly when: When };

/** Made by `makeTimeline`, it holds incidents and dates in order of time, those without a date last. */
export type Timeline = {
  readonly incidents: readonly Incident[];
  readonly dates: readonly ComingDate[];
  readonly imports: readonly Import[];
  readonly lastActs: readonly LastAct[];
  /** The day it is, `YYYY-MM-DD`, for everything that is counted from today. */
  readonly on: string;
};

/** Puts incidents and coming dates in order; equal ones stay as they were given. */
export function makeTimeline(input: Timeline): Timeline {
  return {
    ...input,
    incidents: input.incidents.toSorted(byTime),
    dates: input.dates.toSorted(byTime),
  };
}

/** What is known only as "2024" stands before all of that year, as "March 2024" before that month. */
const precisionOrder: readonly Precision[] = ['before', 'year', 'month', 'about', 'exact'];

type Dated = { readonly when?: When };

function byTime(a: Dated, b: Dated): number {
  if (!a.when || !b.when) return Number(!a.when) - Number(!b.when);
  if (a.when.day !== b.when.day) return a.when.day < b.when.day ? -1 : 1;
  return precisionOrder.indexOf(a.when.precision) - precisionOrder.indexOf(b.when.precision);
}

/** A date in words, no more exact than it is known; where there is none, that it was not recorded. */
export function sayWhen(when: When | undefined): string {
  return when ? sayPrecise(when) : 'date not recorded';
}

/** "About" a day is taken to be within this many days of it: people guess by the week or fortnight. */
const aboutDays = 14;

/** The first and last day that a date can mean. */
export function spanOf({ day, precision }: When): { readonly from: string; readonly to: string } {
  switch (precision) {
    case 'exact':
      return { from: day, to: day };
    case 'about':
      return { from: addDays(day, -aboutDays), to: addDays(day, aboutDays) };
    case 'month':
      return { from: `${day.slice(0, 7)}-01`, to: lastOfMonth(day) };
    case 'year':
      return { from: `${day.slice(0, 4)}-01-01`, to: `${day.slice(0, 4)}-12-31` };
    case 'before':
      return { from: '0001-01-01', to: addDays(day, -1) };
    default:
      return precision satisfies never;
  }
}

function lastOfMonth(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The day so many days later, or earlier. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

/** Whole days from one day to a later one; negative when it is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** The incident that a record of a `CARD` question holding incidents describes. */
export function incidentOf(key: string, fields: RecordFields, from: RecordedBy): Incident {
  const order = choiceIn(fields, 'order');
  return {
    key,
    what: textIn(fields, 'what') ?? '',
    ...dateIn(fields),
    ...filled('where', textIn(fields, 'where')),
    kinds: choicesIn(fields, 'kinds'),
    ...filled('witnesses', textIn(fields, 'witnesses')),
    ...filled('evidence', textIn(fields, 'evidence')),
    ...filled('effect', textIn(fields, 'effect')),
    ...filled('told', textIn(fields, 'told')),
    ...(order === 'yes' || order === 'no' || order === 'unsure' ? { order } : {}),
    from,
  };
}

/** The coming date that a record of a `CARD` question holding dates describes. */
export function comingDateOf(key: string, fields: RecordFields, from: RecordedBy): ComingDate {
  return {
    key,
    what: choiceIn(fields, 'what') ?? 'other',
    ...dateIn(fields),
    ...filled('note', textIn(fields, 'note')),
    ...filled('tells', textIn(fields, 'tells')),
    from,
  };
}

/** The import that a record of a `CARD` question holding imports describes. */
export function importOf(key: string, fields: RecordFields, from: RecordedBy): Import {
  return {
    key,
    ...filled('whose', textIn(fields, 'from')),
    text: textIn(fields, 'text') ?? '',
    from,
  };
}

function filled<Name extends string>(name: Name, text: string | undefined) {
  return (text === undefined ? {} : { [name]: text }) as { readonly [N in Name]?: string };
}

function textIn(fields: RecordFields, id: string): string | undefined {
  const value = fields[id];
  return value?.kind === 'text' ? value.text : undefined;
}

function choiceIn(fields: RecordFields, id: string): string | undefined {
  const value = fields[id];
  return value?.kind === 'choice' ? value.choice : undefined;
}

function choicesIn(fields: RecordFields, id: string): readonly string[] {
  const value = fields[id];
  return value?.kind === 'choices' ? value.choices : [];
}

function dateIn(fields: RecordFields): { readonly when?: When } {
  const value = fields.when;
  return value?.kind === 'date' ? { when: { day: value.day, precision: value.precision } } : {};
}
