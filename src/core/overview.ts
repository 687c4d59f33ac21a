import type { CaseSummary, SummaryLine } from './case-summary-schema.js';
import { dayOf, sayDay } from './days.js';
import type { Day } from './ids.js';
import type { ReturnCode } from './review.js';
import { returnCodePhrases } from './review-phrases.js';
import { addDays, daysBetween } from './timeline.js';

/**
 * Counts of what was done over time, for a force to see where its own work falls short: by week, team and topic, never
 * by victim and never by who did it. A small count of one team is not shown as a number, since it could point to
 * one case or one officer. Over 200 lines: what is counted stands beside how it is shown.
 */

/** What is counted of one summary; worked out when it is sent, so that nobody reads it again to count. */
export type CountedFacts = {
  /** What each stalking identification came to, by the indication it printed: "I-1". "none" where it printed none. */
  readonly identification: readonly string[];
  /** Indications that were printed, as "Stalking identification: I-1". */
  readonly indications: readonly string[];
  /** Red or amber matters without a row in the plan. */
  readonly withoutAction: number;
  /** The answer to the offer of a specialist service, in the words of the script; absent answers by their own names. */
  readonly specialist: string;
  /** Likewise whether an order is applied for (SPO10); "not considered" where nobody asked. */
  readonly order: string;
  /** Reasons ticked where none is applied for. */
  readonly orderReasons: readonly string[];
};

/** What is counted of a summary. */
export function countedFactsOf(summary: CaseSummary): CountedFacts {
  const lines = summary.sections.flatMap((section) => section.lines);
  const titles = new Map(summary.screenings.map(({ id, title }) => [id, title]));
  const order = answerTo(lines, ['SPO10']);
  return {
    identification: summary.screenings
      .filter(({ script }) => script === 'identification')
      .map((one) => outcomeOf(summary, one.id)),
    indications: summary.indications.map(
      ({ screening, id }) => `${titles.get(screening) ?? 'A script'}: ${id}`,
    ),
    withoutAction: summary.incomplete.flatMap(mattersWithoutRow).length,
    specialist: answerTo(lines, ['NE02', 'CL05']) ?? 'not asked',
    order: order === undefined || order === 'not asked' ? 'not considered' : order,
    orderReasons: (answerTo(lines, ['SPO10d'], 'answered') ?? '').split('; ').filter(Boolean),
  };
}

/** Exactly one of these is printed by a stalking identification; whatever else it prints goes beside it. */
export const outcomeWords: Readonly<Record<string, string>> = {
  'I-1': 'consistent with a course of conduct, unwanted',
  'I-1b': 'consistent with a course of conduct, not established whether unwanted',
  'I-1c': 'number of occasions not established',
  'I-1d': 'other behaviour than the examples of the Act',
  'I-2': 'one occasion recorded so far',
  'I-3': 'not enough answered to describe a pattern',
  none: 'nothing printed',
};

function outcomeOf({ indications }: CaseSummary, screening: string): string {
  const printed = indications.find((one) => one.screening === screening && one.id in outcomeWords);
  return printed?.id ?? 'none';
}

/** "Plan: no row for FC04, RI02." names the matters that nothing is planned for. */
function mattersWithoutRow(missing: string): readonly string[] {
  const [, named] = /^Plan: no row for (.*)\.$/.exec(missing) ?? [];
  return named?.split(', ') ?? [];
}

/** The newest answer to any of these questions; why there is none, where each was absent; undefined if none is there. */
function answerTo(
  lines: readonly SummaryLine[],
  ids: readonly string[],
  only?: 'answered',
): string | undefined {
  const own = lines
    .filter(({ from }) => ids.includes(from.question))
    .toSorted((a, b) => ((a.from.at ?? '') < (b.from.at ?? '') ? 1 : -1));
  const answered = own.find(({ status }) => status === 'answered');
  if (answered || only) return answered?.from.said;
  const status = own[0]?.status;
  return status === 'not reached' ? 'not asked' : status;
}

/** One version of a summary that was sent. */
export type SentSummary = {
  readonly team: string | null;
  /** UTC, ISO 8601. */
  readonly sentAt: string;
  /** Null while nobody has decided. */
  readonly decidedAt: string | null;
  /** Empty unless it was returned. */
  readonly codes: readonly ReturnCode[];
  readonly facts: CountedFacts;
};

/** A question that the guidance did not cover: when, and the nearest topic it holds. Never its words. */
export type UncoveredQuestion = { readonly at: string; readonly topic: string | null };

export type Count = {
  readonly label: string;
  /** Null where it is less than may be shown. */
  readonly count: number | null;
  /** The count in words: "12", "fewer than 5". */
  readonly said: string;
};

export type Chart = {
  readonly title: string;
  /** What is counted: "summaries". */
  readonly unit: string;
  readonly rows: readonly Count[];
};

export type Overview = {
  readonly from: Day;
  readonly to: Day;
  /** Those that sent anything in that time, by name. */
  readonly teams: readonly string[];
  readonly charts: readonly Chart[];
};

/** Smaller counts of one team are not shown; the usual threshold of official statistics. */
const fewest = 5;

/** The first day, a Monday, of the weeks that an overview counts. */
export function overviewFrom(on: Day, weeks: number): Day {
  return addDays(mondayOf(on), -7 * (weeks - 1));
}

/**
 * The charts of so many weeks up to and with the one of `on`: of all teams, or of one, in which no small count is shown
 * and questions are left out, since nobody's team is kept with them.
 */
export function overviewOf(
  sent: readonly SentSummary[],
  uncovered: readonly UncoveredQuestion[],
  on: Day,
  weeks: number,
  team?: string,
): Overview {
  const from = overviewFrom(on, weeks);
  const isIn = (at: string) => dayIn(at) >= from && dayIn(at) <= on;
  const all = sent.filter(({ sentAt }) => isIn(sentAt));
  const own = team === undefined ? all : all.filter((one) => teamOf(one) === team);
  const asked = uncovered.filter(({ at }) => isIn(at));
  const facts = own.map((one) => one.facts);
  const mondays = Array.from({ length: weeks }, (_, week) => addDays(from, 7 * week));
  const charts: readonly Chart[] = [
    chart('Summaries sent, by week', 'summaries', byWeek(own, mondays)),
    chart(byTeamTitle, 'summaries', byTeamAndWeek(own, mondays)),
    chart(
      'Stalking identifications, by outcome',
      'screenings',
      tally(facts.flatMap((one) => one.identification.map((id) => outcomeWords[id] ?? 'another'))),
    ),
    chart(
      'Printed for professional judgement',
      'printed',
      tally(facts.flatMap((one) => one.indications)),
    ),
    chart('Time from sending to decision', 'summaries', byTime(own)),
    chart(
      'Returned, by reason',
      'returns',
      tally(own.flatMap(({ codes }) => codes.map((code) => returnCodePhrases[code]))),
    ),
    chart(
      'Red or amber matters without an action',
      'summaries',
      tally(facts.map(sayWithoutAction)),
    ),
    chart('Specialist service offered', 'summaries', tally(facts.map((one) => one.specialist))),
    chart('Stalking protection order', 'summaries', tally(facts.map((one) => one.order))),
    chart(
      'Reasons where no order is applied for',
      'reasons',
      tally(facts.flatMap((one) => one.orderReasons)),
    ),
    chart(unansweredTitle, 'questions', tally(asked.map(({ topic }) => topic ?? 'no topic near'))),
  ];
  return {
    from,
    to: on,
    teams: [...new Set(all.map(teamOf))].toSorted(),
    charts: team === undefined ? charts : charts.flatMap(ofOneTeam),
  };
}

const unansweredTitle = 'Questions not covered, by nearest topic';
const byTeamTitle = 'Summaries sent, by team and week';

/** A chart of one team: without small counts, and none at all where it could not be of one team or says it twice. */
function ofOneTeam(given: Chart): readonly Chart[] {
  if (given.title === unansweredTitle || given.title === byTeamTitle) return [];
  const rows = given.rows.map((row) => withoutSmall(row.label, row.count ?? 0));
  return [{ ...given, rows }];
}

function withoutSmall(label: string, count: number): Count {
  if (count >= fewest) return counted(label, count);
  return { label, count: null, said: `fewer than ${fewest}` };
}

function teamOf({ team }: SentSummary): string {
  return team ?? 'no team named';
}

function chart(title: string, unit: string, rows: readonly Count[]): Chart {
  return { title, unit, rows };
}

function counted(label: string, count: number): Count {
  return { label, count, said: String(count) };
}

/** The most frequent first; equal ones by name. */
function tally(labels: readonly string[]): readonly Count[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([label, count]) => counted(label, count));
}

function byWeek(sent: readonly SentSummary[], mondays: readonly Day[]): readonly Count[] {
  return mondays.map((monday) => counted(sayWeek(monday), inWeek(sent, monday).length));
}

/** Every team and week; of a small count only that it is small, a nought included. */
function byTeamAndWeek(sent: readonly SentSummary[], mondays: readonly Day[]): readonly Count[] {
  const teams = [...new Set(sent.map(teamOf))].toSorted();
  return teams.flatMap((team) =>
    mondays.map((monday) => {
      const own = inWeek(sent, monday).filter((one) => teamOf(one) === team);
      return withoutSmall(`${team}, ${sayWeek(monday)}`, own.length);
    }),
  );
}

const spans = [
  ['within a day', 1],
  ['within 3 days', 3],
  ['within 7 days', 7],
  ['later', Number.POSITIVE_INFINITY],
] as const;

function byTime(sent: readonly SentSummary[]): readonly Count[] {
  const labels = sent.map(({ sentAt, decidedAt }) => {
    if (decidedAt === null) return 'not yet decided';
    const days = (Date.parse(decidedAt) - Date.parse(sentAt)) / 86_400_000;
    return spans.find(([, most]) => days <= most)?.[0] ?? 'later';
  });
  return [...spans.map(([label]) => label), 'not yet decided'].map((label) =>
    counted(label, labels.filter((one) => one === label).length),
  );
}

function sayWithoutAction({ withoutAction }: CountedFacts): string {
  return withoutAction > 0 ? 'some without an action' : 'none without an action';
}

function inWeek(sent: readonly SentSummary[], monday: Day): readonly SentSummary[] {
  return sent.filter(({ sentAt }) => mondayOf(dayIn(sentAt)) === monday);
}

function dayIn(at: string): Day {
  return dayOf(new Date(at));
}

/** 5 January 1970 was a Monday. */
function mondayOf(day: Day): Day {
  const since = daysBetween('1970-01-05', day);
  return addDays(day, -(((since % 7) + 7) % 7));
}

function sayWeek(monday: Day): string {
  return `week of ${sayDay(monday)}`;
}
