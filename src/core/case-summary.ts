import { addMonths, sayTime } from './days.js';
import type { QuestionId, ScreeningId, SourceId, UserId } from './ids.js';
import {
  absentStops,
  answerInWords,
  citesOf,
  fill,
  indicationsOf,
  onRoute,
  type Read,
} from './indications.js';
import type { Source } from './passage.js';
import { replay } from './replay.js';
import { choicesOf, isAbsent, type Value } from './reply.js';
import { sayValue } from './say-value.js';
import type { Flag, Screening, Stop } from './screening.js';
import { type Question, type Script, type StatementId, statementIds } from './script.js';

/**
 * A draft built from replies and nothing else: each line names the reply it rests on and the guidance
 * behind it. The same replies always give the same summary. It prints what was described, what was not
 * asked and which rule fired; it never weighs, scores or concludes, and an absent answer never reads as "no".
 * A little over 200 lines with its types, which are the form of the published summary.
 */
export type CaseSummary = {
  readonly caseRef: string;
  readonly knowledgeVersion: string;
  readonly screenings: readonly {
    readonly id: ScreeningId;
    readonly title: string;
    readonly script: string;
    readonly version: number;
    readonly state: 'finished' | 'stopped for danger' | 'unfinished';
  }[];
  /** Not empty: the summary is headed "Incomplete". */
  readonly incomplete: readonly string[];
  readonly flags: readonly (Flag & { readonly screening: ScreeningId })[];
  readonly sections: readonly {
    readonly id: StatementId;
    readonly title: string;
    readonly lines: readonly SummaryLine[];
  }[];
  readonly indications: readonly {
    readonly id: string;
    readonly text: string;
    readonly rests: readonly QuestionId[];
    readonly cites: readonly SummaryCite[];
  }[];
  readonly endings: readonly string[];
  readonly tasks: readonly string[];
};

export type SummaryLine = {
  readonly text: string;
  readonly status: 'answered' | 'not known' | 'declined' | 'not asked' | 'not reached';
  readonly from: {
    readonly screening: ScreeningId;
    readonly question: QuestionId;
    /** The words that were put. */
    readonly ask: string;
    /** The reply in words; undefined when none was given. */
    readonly said: string | undefined;
    readonly by: UserId | undefined;
    readonly at: string | undefined;
    /** Earlier replies to the same question, newest first. */
    readonly replaced: readonly {
      readonly said: string;
      readonly at: string;
      readonly by: UserId;
    }[];
  };
  readonly cites: readonly SummaryCite[];
};

export type SummaryCite = {
  readonly source: Pick<Source, 'id' | 'publisher' | 'title' | 'url' | 'checkedOn'>;
  readonly locator: string;
};

export type CasePart = { readonly script: Script; readonly screening: Screening };

const titles: Readonly<Record<StatementId, string>> = {
  S1: 'Safety now',
  S2: 'Safe contact and access',
  S3: 'What is reported, and timeline',
  S4: 'Effect on the person',
  S5: 'Indicators',
  S6: 'Digital and evidence register',
  S7: 'Orders, protection and breach',
  S8: 'Wishes, plan, referral and updates',
  S9: 'Matters for the supervisor only',
};

/** Asked again at the next safe contact: the code's own task, since it depends on what is absent. */
const completeLater =
  'Complete the questions marked not asked, not known or declined at the next safe contact.';

/** Returns the summary of a case from its screenings, in the order they were begun. */
export function summariseCase(
  caseRef: string,
  parts: readonly CasePart[],
  sources: ReadonlyMap<SourceId, Source>,
  knowledgeVersion: string,
): CaseSummary {
  const read = parts.map((part) => ({
    ...part,
    position: replay(part.script, part.screening.events),
  }));
  const lines = read.flatMap((part) => linesOf(part, sources));
  return {
    caseRef,
    knowledgeVersion,
    screenings: read.map(({ script, screening, position }) => ({
      id: screening.id,
      title: script.title,
      script: script.name,
      version: script.version,
      state: position.inDanger ? 'stopped for danger' : position.at ? 'unfinished' : 'finished',
    })),
    incomplete: read.flatMap(missingOf),
    flags: read.flatMap(({ screening, position }) =>
      position.flags.map((flag) => ({ ...flag, screening: screening.id })),
    ),
    sections: statementIds.flatMap((id) => {
      const own = lines.filter((line) => line.statement === id).map((line) => line.line);
      return own.length > 0 ? [{ id, title: titles[id], lines: own }] : [];
    }),
    indications: read.flatMap((part) => indicationsOf(part, sources)),
    endings: [...new Set(read.map(({ script }) => script.ending))],
    tasks: tasksOf(read),
  };
}

function linesOf(
  read: Read,
  sources: ReadonlyMap<SourceId, Source>,
): readonly { readonly statement: StatementId; readonly line: SummaryLine }[] {
  return read.position.route
    .filter((stop) => stop.state !== 'not-applicable')
    .map((stop) => ({
      statement: stop.question.feeds.statement,
      line: lineOf(read, stop, sources),
    }));
}

function lineOf(read: Read, stop: Stop, sources: ReadonlyMap<SourceId, Source>): SummaryLine {
  const { question } = stop;
  const standing = read.position.standings.get(question.id);
  const said = standing ? sayValue(question, standing.value) : undefined;
  return {
    text: textOfLine(read, stop, standing?.value, standing?.at),
    status: statusOf(stop, standing?.value),
    from: {
      screening: read.screening.id,
      question: question.id,
      ask: question.ask,
      said,
      by: standing?.by,
      at: standing?.at,
      replaced: (standing?.replaced ?? []).map(({ value, at, by }) => ({
        said: sayValue(question, value),
        at,
        by,
      })),
    },
    cites: citesOf(question.feeds.cites, sources),
  };
}

function textOfLine(
  read: Read,
  stop: Stop,
  value: Value | undefined,
  at: string | undefined,
): string {
  const { question } = stop;
  if (!value)
    return `Not asked (${stop.state === 'closed' ? 'danger' : 'not reached'}): ${question.ask}`;
  if (value.kind === 'not-asked') return `${capital(sayValue(question, value))}: ${question.ask}`;
  const filled = fill(question.feeds.line, (name) => {
    if (name === 'answer') return sayValue(question, value);
    if (name === 'time') return at ? sayTime(at) : undefined;
    if (name === 'plusSixMonths') return checkDate(question, value);
    return answerInWords(read, name);
  });
  return filled;
}

/** Of a month or a year, counted from its first day, which errs early. */
function checkDate(question: Question, value: Value): string {
  if (value.kind !== 'date') return 'not worked out';
  const isLoose = value.precision === 'about' || value.precision === 'before';
  const precision = isLoose ? value.precision : 'exact';
  return sayValue(question, { kind: 'date', day: addMonths(value.day, 6), precision });
}

function statusOf(stop: Stop, value: Value | undefined): SummaryLine['status'] {
  if (!value) return stop.state === 'closed' ? 'not asked' : 'not reached';
  if (value.kind === 'not-known') return 'not known';
  if (value.kind === 'declined') return 'declined';
  return value.kind === 'not-asked' ? 'not asked' : 'answered';
}

/** What a usable summary still lacks, one sentence a screening. */
function missingOf({ script, position }: Read): readonly string[] {
  const absent = script.minimum.filter((id) => {
    const stop = position.route.find((candidate) => candidate.question.id === id);
    const value = position.standings.get(id)?.value;
    return stop?.state !== 'not-applicable' && (value === undefined || isAbsent(value));
  });
  return absent.length > 0 ? [`${script.title}: no answer to ${absent.join(', ')}.`] : [];
}

function tasksOf(parts: readonly Read[]): readonly string[] {
  const fromScripts = parts.flatMap(({ script }) => script.tasks);
  const fromReplies = parts.flatMap(({ script, position }) =>
    script.questions.flatMap((question) => {
      const value = onRoute(position, question.id);
      if (!value) return [];
      const said = choicesOf(value);
      return question.tasks
        .filter((task) => task.on.some((on) => said.includes(on)))
        .map((task) => task.text);
    }),
  );
  const hasAbsent = parts.some(({ position }) => absentStops(position).length > 0);
  return [...new Set([...fromReplies, ...fromScripts, ...(hasAbsent ? [completeLater] : [])])];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
