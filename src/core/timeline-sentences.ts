import { actLetters, citeOfActKind, sayActKind } from './act-kinds.js';
import { dayOf, sayDay, sayMonth } from './days.js';
import { daysBetween, sayWhen, spanOf, type Timeline, type When } from './timeline.js';
import { type CheckDate, orderNoticeDays, type TimelineFacts } from './timeline-facts.js';

/**
 * The facts of a timeline as plain sentences, which are also the text equivalent of its picture. A little over 200
 * lines: one function a fact.
 */

/** A fact as a sentence, the keys of what it rests on, and where the law behind it stands. */
export type FactSentence = {
  readonly text: string;
  readonly rests: readonly string[];
  readonly cites: readonly string[];
};

/** Every fact as plain sentences, in a fixed order; what does not apply is left out. */
export function sayFacts(facts: TimelineFacts): readonly FactSentence[] {
  return [
    ...saySpan(facts),
    ...sayCounts(facts),
    ...sayKinds(facts),
    ...sayGaps(facts),
    ...sayLast(facts),
    ...sayCheckDate(facts),
    ...sayComing(facts),
  ];
}

/** The text equivalent of the picture: all facts, and nothing that anybody wrote. */
export function altText(facts: TimelineFacts): string {
  return sayFacts(facts)
    .map(({ text }) => text)
    .join(' ');
}

function sentence(
  text: string,
  rests: readonly string[],
  cites: readonly string[] = [],
): FactSentence {
  return { text, rests, cites };
}

function saySpan({ entries, first, last }: TimelineFacts): readonly FactSentence[] {
  if (entries.length === 0) return [sentence('No incident is recorded in the timeline.', [])];
  if (!first || !last) {
    return [sentence(`${counted(entries.length, 'entry')}, none with a date.`, entries)];
  }
  const text = `${counted(entries.length, 'entry')}. First: ${sayWhen(first.when)}. Last: ${sayWhen(last.when)}.`;
  return [sentence(text, [...new Set([...first.rests, ...last.rests])])];
}

function sayCounts(facts: TimelineFacts): readonly FactSentence[] {
  const { months, years, before, undated, ahead, evidence, approximate, entries } = facts;
  if (entries.length === 0) return [];
  const counts = [
    ...months.map(({ period, about, rests }) => {
      const loose = about > 0 ? ` (${about} with an approximate date)` : '';
      return `${sayMonth(period)}: ${rests.length}${loose}`;
    }),
    ...years.map(({ period, rests }) => `${period}, month not known: ${rests.length}`),
    ...(before.length > 0 ? [`known only as before a day: ${before.length}`] : []),
    ...(undated.length > 0 ? [`without a date: ${undated.length}`] : []),
  ];
  return [
    sentence(`Entries per month: ${counts.join('; ')}.`, entries),
    sentence(`Entries with evidence: ${evidence.length} of ${entries.length}.`, evidence),
    sentence(`Dates that are approximate: ${approximate.length}.`, approximate),
    ...(ahead.length > 0
      ? [
          sentence(
            `${counted(ahead.length, 'entry')} dated later than today: check the date.`,
            ahead,
          ),
        ]
      : []),
  ];
}

function sayKinds({ kinds, withoutKind }: TimelineFacts): readonly FactSentence[] {
  const named = kinds.map(({ kind, rests }) => `${sayActKind(kind)}: ${rests.length}`);
  return [
    ...(named.length > 0
      ? [
          sentence(
            `Kinds recorded, by number of entries: ${named.join('; ')}.`,
            [...new Set(kinds.flatMap(({ rests }) => rests))],
            actLetters.filter((a) => kinds.some(({ kind }) => kind === a)).map(citeOfActKind),
          ),
        ]
      : []),
    ...(withoutKind.length > 0
      ? [sentence(`No kind chosen yet: ${counted(withoutKind.length, 'entry')}.`, withoutKind)]
      : []),
  ];
}

function sayGaps({ gaps }: TimelineFacts): readonly FactSentence[] {
  return gaps.map(({ from, to, days, isAtLeast, rests, mayHold }) => {
    const length = `${isAtLeast ? 'at least ' : ''}${days} days`;
    const loose =
      mayHold.length > 0 ? ` ${counted(mayHold.length, 'loosely dated entry')} may lie in it.` : '';
    return sentence(
      `Gap of ${length} between ${sayWhen(from)} and ${sayWhen(to)}. Caller may not have been asked.${loose}`,
      [...rests, ...mayHold],
    );
  });
}

function sayLast({ lastAct, mayBeLater: later, on }: TimelineFacts): readonly FactSentence[] {
  if (!lastAct) return [];
  const { when, rests } = lastAct;
  const { from, to } = spanOf(when);
  const range = `between ${daysBetween(to < on ? to : on, on)} and ${daysBetween(from, on)}`;
  const days = daysBetween(when.day, on);
  const said = { exact: `${days}`, about: `about ${days}`, month: range, year: range, before: '' };
  const also =
    later.length > 0 ? ` ${counted(later.length, 'loosely dated act')} may be later.` : '';
  return [
    sentence(
      `Days since the last recorded act (${sayWhen(when)}): ${said[when.precision]}.${also}`,
      [...rests, ...later],
    ),
  ];
}

/** Where the law on the six months stands: the limit, and that it runs from the last act. */
const limitCites = ['leg-mca1980 s127(1)', 'dpp-v-baker-2004 judgment on s127'];

function sayCheckDate({ checkDate, entries, before }: TimelineFacts): readonly FactSentence[] {
  if (!checkDate) {
    if (entries.length === 0) return [];
    const why = before.length > 0 ? 'known only as before a day' : 'not recorded';
    const text = `Section 2A check date: not known, because the date of the last act is ${why}. Ask for it.`;
    return [sentence(text, before, limitCites)];
  }
  const { day, lastAct, rests, warning } = checkDate;
  const parts = [
    `Section 2A check date: ${sayDay(day)} (last recorded act, ${sayWhen(lastAct)}, + 6 months), ${sayLeft(checkDate)}.`,
    ...sayLoose(lastAct),
    'Summary offence: proceedings must begin by then; earlier acts can still form part of the course; confirm with supervisor/CPS.',
    ...(warning === 'passed'
      ? ['A newer act moves this date on. The six-month limit does not apply to section 4A.']
      : []),
  ];
  const cites = warning === 'passed' ? [...limitCites, 'leg-mca1980 s127(2)'] : limitCites;
  return [sentence(parts.join(' '), rests, cites)];
}

function sayLeft({ daysLeft, warning }: CheckDate): string {
  if (warning === undefined) return sayDaysLeft(daysLeft);
  if (warning === 'passed') return `passed ${counted(-daysLeft, 'day')} ago`;
  return `${sayDaysLeft(daysLeft)}: ${warning}-day warning`;
}

function sayLoose({ day, precision }: When): readonly string[] {
  if (precision === 'month' || precision === 'year') {
    return [`Counted from ${sayDay(day)}, the first day it can mean, so it may be too early.`];
  }
  return precision === 'about'
    ? ['The date of that act is approximate, so the check date may be earlier.']
    : [];
}

/** What a coming date is, as it is printed. */
const comingNames: Readonly<Record<string, string>> = {
  court: 'Court',
  'bail-ends': 'Bail ends',
  release: 'Release',
  'order-ends': 'Order ends',
  anniversary: 'Anniversary',
  'child-contact': 'Child contact',
  other: 'Other date',
};

function sayComing({ ordersEnding, coming }: TimelineFacts): readonly FactSentence[] {
  return [
    ...ordersEnding.map(({ key, when, daysLeft = 0 }) =>
      sentence(
        `Order ending within ${orderNoticeDays} days: ${sayWhen(when)}, ${sayDaysLeft(daysLeft)}.`,
        [key],
      ),
    ),
    ...coming.map(({ key, what, when, daysLeft, due, isTellsMissing }) => {
      const name = comingNames[what] ?? comingNames.other;
      const left = daysLeft === undefined ? '' : `, ${sayDaysLeft(daysLeft)}`;
      const isLoose = when !== undefined && when.precision !== 'exact';
      const loose = isLoose ? ` Counted to ${sayDay(when.day)}; ask for the day.` : '';
      const reminder = due === undefined ? '' : ' Reminder due.';
      const tells = `Who tells the victim: ${isTellsMissing ? 'not recorded' : 'recorded'}.`;
      return sentence(`${name}: ${sayWhen(when)}${left}.${loose}${reminder} ${tells}`, [key]);
    }),
  ];
}

function sayDaysLeft(days: number): string {
  if (days === 0) return 'today';
  return days > 0 ? `in ${counted(days, 'day')}` : `${counted(-days, 'day')} ago`;
}

function counted(count: number, name: string): string {
  if (count === 1) return `1 ${name}`;
  return `${count} ${name.endsWith('y') && !name.endsWith('day') ? `${name.slice(0, -1)}ies` : `${name}s`}`;
}

/**
 * How a timeline came about: "Timeline of reported incidents, built with the caller on 3 March 2026; 4
 * entries; 2 with evidence; 1 date approximate. Sources: caller, police records A1." `sources` holds the
 * references of police records, and may be empty.
 */
export function sayBuilt(
  timeline: Timeline,
  facts: TimelineFacts,
  person: string,
  sources: readonly string[],
): string {
  const days = new Set(timeline.incidents.map(({ from }) => dayOf(new Date(from.at))));
  const built = [...days].toSorted().map(sayDay).join(', ') || 'no day yet';
  const parts = [
    `Timeline of reported incidents, built with ${person} on ${built}`,
    counted(facts.entries.length, 'entry'),
    `${facts.evidence.length} with evidence`,
    `${counted(facts.approximate.length, 'date')} approximate`,
    ...(facts.undated.length > 0 ? [`${facts.undated.length} without a date`] : []),
  ];
  const records = sources.length > 0 ? `, police records ${sources.join(', ')}` : '';
  return `${parts.join('; ')}. Sources: caller${records}.`;
}
