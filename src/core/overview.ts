import type { CaseSummary, SummaryLine } from './case-summary-schema.js';
import { dayOf } from './days.js';
import type { Day } from './ids.js';
import { type ChartId, fewest, type OverviewWords, overviewWords } from './overview-words.js';
import type { ReturnCode } from './review.js';
import { inEnglish, sayLabel } from './say-label.js';
import { addDays, daysBetween } from './timeline.js';

/**
 * Counts of what was done over time, for a force to see where its own work falls short: by week, team and topic, never
 * by victim and never by who did it. A small count of one team is not shown as a number, since it could point to
 * one case or one officer. Over 200 lines: what is counted stands beside how it is ordered.
 * What is said of it is worked out where it is shown (`say-label.ts`), in the reader's language.
 */

/** What is counted of one summary; worked out when it is sent, so that nobody reads it again to count. */
export type CountedFacts = {
  /** What each stalking identification came to, by the indication it printed: "I-1". "none" where it printed none. */
  readonly identification: readonly string[];
  /** Indications that were printed, as "Stalking identification: I-1". */
  readonly indications: readonly string[];
  /** Red or amber matters without a row in the plan; null where such matters stand and no plan was made. */
  readonly withoutAction: number | null;
  /** The answer to the offer of a specialist service, in the words of the script; absent answers by their own names. */
  readonly specialist: string;
  /** Likewise whether an order is applied for (SPO10). */
  readonly order: string;
  /** Reasons ticked where none is applied for. */
  readonly orderReasons: readonly string[];
};

/** What is counted of a summary. */
export function countedFactsOf(summary: CaseSummary): CountedFacts {
  const lines = summary.sections.flatMap((section) => section.lines);
  const titles = new Map(summary.screenings.map(({ id, title }) => [id, title]));
  return {
    identification: summary.screenings
      .filter(({ script }) => script === 'identification')
      .map((one) => outcomeOf(summary, one.id)),
    indications: summary.indications.map(
      ({ screening, id }) => `${titles.get(screening) ?? 'A script'}: ${id}`,
    ),
    withoutAction: isUnplanned(summary)
      ? null
      : summary.incomplete.flatMap(mattersWithoutRow).length,
    specialist: answerTo(lines, ['NE02', 'CL05']) ?? 'not asked',
    order: answerTo(lines, ['SPO10']) ?? 'not asked',
    orderReasons: (answerTo(lines, ['SPO10d'], 'answered') ?? '').split('; ').filter(Boolean),
  };
}

function outcomeOf({ indications }: CaseSummary, screening: string): string {
  const printed = indications.find(
    (one) => one.screening === screening && one.id in overviewWords.outcomes,
  );
  return printed?.id ?? 'none';
}

/** No plan is no action, and never counted as none being missing. */
function isUnplanned({ flags, screenings }: CaseSummary): boolean {
  const isMatter = flags.some(({ level }) => level === 'red' || level === 'amber');
  return isMatter && !screenings.some(({ script }) => script === 'needs-and-plan');
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

/** What a row counts: by code where it is of a list, as it was recorded where it is not. */
export type Label =
  /** Of one team, as `teams` has it, where it is named. */
  | { readonly kind: 'week'; readonly monday: Day; readonly team?: string }
  | { readonly kind: 'outcome'; readonly of: keyof OverviewWords['outcomes'] }
  | { readonly kind: 'time'; readonly of: keyof OverviewWords['times'] }
  | { readonly kind: 'action'; readonly of: keyof OverviewWords['actions'] }
  | { readonly kind: 'absent'; readonly of: keyof OverviewWords['absent'] }
  | { readonly kind: 'return'; readonly of: ReturnCode }
  | { readonly kind: 'no-topic' }
  /** The answer of a script, what it printed, or a topic of the guidance. */
  | { readonly kind: 'recorded'; readonly words: string };

export type Count = {
  readonly label: Label;
  /** Null where it is less than may be shown. */
  readonly count: number | null;
};

export type Chart = { readonly id: ChartId; readonly rows: readonly Count[] };

export type Overview = {
  readonly from: Day;
  readonly to: Day;
  /** Those that sent anything in that time, by name; who named none stands under the English for that. */
  readonly teams: readonly string[];
  readonly charts: readonly Chart[];
};

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
    { id: 'by-week', rows: byWeek(own, mondays) },
    { id: 'by-team-and-week', rows: byTeamAndWeek(own, mondays) },
    { id: 'outcomes', rows: tally(facts.flatMap((one) => one.identification.map(outcome))) },
    { id: 'printed', rows: tally(facts.flatMap((one) => one.indications.map(recorded))) },
    { id: 'times', rows: byTime(own) },
    {
      id: 'returns',
      rows: tally(own.flatMap(({ codes }) => codes.map((of) => ({ kind: 'return', of }) as const))),
    },
    { id: 'actions', rows: tally(facts.map(action)) },
    { id: 'specialist', rows: tally(facts.map((one) => answer(one.specialist))) },
    { id: 'order', rows: tally(facts.map((one) => answer(one.order))) },
    { id: 'order-reasons', rows: tally(facts.flatMap((one) => one.orderReasons.map(recorded))) },
    {
      id: 'uncovered',
      rows: tally(
        asked.map(({ topic }) => (topic === null ? { kind: 'no-topic' } : recorded(topic))),
      ),
    },
  ];
  return {
    from,
    to: on,
    teams: [...new Set(all.map(teamOf))].toSorted(),
    charts: team === undefined ? charts : charts.flatMap(ofOneTeam),
  };
}

/** A chart of one team: without small counts, and none at all where it could not be of one team or says it twice. */
function ofOneTeam({ id, rows }: Chart): readonly Chart[] {
  if (id === 'uncovered' || id === 'by-team-and-week') return [];
  return [{ id, rows: rows.map(({ label, count }) => withoutSmall(label, count ?? 0)) }];
}

function withoutSmall(label: Label, count: number): Count {
  return { label, count: count >= fewest ? count : null };
}

function teamOf({ team }: SentSummary): string {
  return team ?? overviewWords.noTeam;
}

const recorded = (words: string): Label => ({ kind: 'recorded', words });

function outcome(id: string): Label {
  const { outcomes } = overviewWords;
  return { kind: 'outcome', of: isKey(outcomes, id) ? id : 'another' };
}

/** Of a question of a script: its answer in the words of the script, or why there is none. */
function answer(given: string): Label {
  return isKey(overviewWords.absent, given) ? { kind: 'absent', of: given } : recorded(given);
}

function action({ withoutAction }: CountedFacts): Label {
  if (withoutAction === null) return { kind: 'action', of: 'unplanned' };
  return { kind: 'action', of: withoutAction > 0 ? 'some' : 'none' };
}

function isKey<Words extends object>(words: Words, key: string): key is keyof Words & string {
  return Object.hasOwn(words, key);
}

/** The most frequent first; equal ones by their English. */
function tally(labels: readonly Label[]): readonly Count[] {
  const counts = new Map<string, Count & { readonly count: number }>();
  for (const label of labels) {
    const { said } = sayLabel(label, inEnglish);
    counts.set(said, { label, count: (counts.get(said)?.count ?? 0) + 1 });
  }
  return [...counts]
    .toSorted(([a, m], [b, n]) => n.count - m.count || (a < b ? -1 : 1))
    .map(([, count]) => count);
}

function byWeek(sent: readonly SentSummary[], mondays: readonly Day[]): readonly Count[] {
  return mondays.map((monday) => ({
    label: { kind: 'week', monday },
    count: inWeek(sent, monday).length,
  }));
}

/** Every team and week; of a small count only that it is small, a nought included. */
function byTeamAndWeek(sent: readonly SentSummary[], mondays: readonly Day[]): readonly Count[] {
  const teams = [...new Set(sent.map(teamOf))].toSorted();
  return teams.flatMap((team) =>
    mondays.map((monday) => {
      const own = inWeek(sent, monday).filter((one) => teamOf(one) === team);
      return withoutSmall({ kind: 'week', monday, team }, own.length);
    }),
  );
}

const spans = [
  ['day', 1],
  ['three-days', 3],
  ['seven-days', 7],
  ['later', Number.POSITIVE_INFINITY],
] as const;

function byTime(sent: readonly SentSummary[]): readonly Count[] {
  const all = sent.map(({ sentAt, decidedAt }) => {
    if (decidedAt === null) return 'undecided';
    const days = (Date.parse(decidedAt) - Date.parse(sentAt)) / 86_400_000;
    return spans.find(([, most]) => days <= most)?.[0] ?? 'later';
  });
  return [...spans.map(([span]) => span), 'undecided' as const].map((of) => ({
    label: { kind: 'time', of },
    count: all.filter((one) => one === of).length,
  }));
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
