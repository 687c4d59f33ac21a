import type { CaseSummary, SummaryCite } from './case-summary.js';
import type { QuestionId, SourceId } from './ids.js';
import { parseMark, type Source } from './passage.js';
import { holds } from './replay.js';
import { isAbsent, type Value } from './reply.js';
import { sayValue } from './say-value.js';
import type { Position, Screening, Stop } from './screening.js';
import type { Indication, Script } from './script.js';

/**
 * What a script prints for professional judgement: its own sentences with the replies filled in. It says
 * what was described and what was not asked; whether that is an offence is nowhere decided.
 *
 * Placeholders: `{SI02}` an answer in words; `{state:SI08}` described, not described, or why it is absent;
 * `{kinds}` and `{count}` the kinds answered yes or unsure; `{absent}` the questions without an answer.
 */

/** One screening of a case, with where it stands. */
export type Read = {
  readonly script: Script;
  readonly screening: Screening;
  readonly position: Position;
};

export function indicationsOf(
  read: Read,
  sources: ReadonlyMap<SourceId, Source>,
): CaseSummary['indications'] {
  const printed: {
    readonly id: string;
    readonly text: string;
    readonly rests: readonly QuestionId[];
    readonly cites: readonly SummaryCite[];
  }[] = [];
  for (const indication of read.script.indications) {
    if (!isPrinted(read, indication, printed.length)) continue;
    const text = fill(indication.text, (name) => fillIndication(read, name));
    printed.push({
      id: indication.id,
      text,
      rests: indication.rests,
      cites: citesOf(indication.cites, sources),
    });
  }
  return printed;
}

function isPrinted(read: Read, indication: Indication, before: number): boolean {
  const counted = new Map(
    read.script.questions.flatMap(({ id }) => {
      const value = onRoute(read.position, id);
      return value ? [[id, value] as const] : [];
    }),
  );
  const described = describedKinds(read).length;
  const { flags } = read.position;
  return (
    !(indication.fallback && before > 0) &&
    (!indication.when || holds(indication.when, counted, flags)) &&
    !(indication.unless && holds(indication.unless, counted, flags)) &&
    described >= (indication.describedAtLeast ?? 0) &&
    described <= (indication.describedAtMost ?? Number.POSITIVE_INFINITY)
  );
}

function fillIndication(read: Read, name: string): string | undefined {
  const kinds = describedKinds(read);
  if (name === 'kinds') return kinds.length > 0 ? kinds.join('; ') : 'none';
  if (name === 'count') return String(kinds.length);
  if (name === 'absent') return absentInWords(read.position);
  if (name.startsWith('state:')) return stateInWords(read, name.slice('state:'.length));
  return answerInWords(read, name);
}

/** Kinds of behaviour answered "yes" or "unsure", by the names the script gives them. */
function describedKinds({ script, position }: Read): readonly string[] {
  return (Object.entries(script.kinds) as [QuestionId, string][])
    .filter(([id]) => isDescribed(onRoute(position, id)))
    .map(([, name]) => name);
}

function isDescribed(value: Value | undefined): boolean {
  return value?.kind === 'choice' && (value.choice === 'yes' || value.choice === 'unsure');
}

function stateInWords(read: Read, id: string): string {
  const question = read.script.questions.find((candidate) => candidate.id === id);
  const value = question && onRoute(read.position, question.id);
  if (!question || !value) return 'not asked';
  if (isAbsent(value)) return sayValue(question, value);
  if (value.kind === 'choice' && value.choice === 'unsure') return 'described as unsure';
  return value.kind === 'choice' && value.choice === 'no' ? 'not described' : 'described';
}

/** The answer to a question as it is printed inside another's line; undefined for an unknown id. */
export function answerInWords(read: Read, id: string): string | undefined {
  const question = read.script.questions.find((candidate) => candidate.id === id);
  if (!question) return undefined;
  const value = onRoute(read.position, question.id);
  return value ? sayValue(question, value) : 'not asked';
}

/** The reply that counts for a question; undefined when it has none or is off the route. */
export function onRoute(position: Position, id: QuestionId): Value | undefined {
  const stop = position.route.find((candidate) => candidate.question.id === id);
  return stop?.state === 'replied' ? position.standings.get(id)?.value : undefined;
}

/** Questions of the route without an answer, whatever the reason. */
export function absentStops(position: Position): readonly Stop[] {
  return position.route.filter((stop) => {
    if (stop.state === 'not-applicable') return false;
    const value = position.standings.get(stop.question.id)?.value;
    return value === undefined || isAbsent(value);
  });
}

function absentInWords(position: Position): string {
  const stops = absentStops(position).map((stop) => {
    const value = position.standings.get(stop.question.id)?.value;
    return `${stop.question.id} ${value ? sayValue(stop.question, value) : 'not asked'}`;
  });
  return stops.length > 0 ? stops.join('; ') : 'none';
}

/** Cites of a script are resolved at load, so an unknown one here is a fault. */
export function citesOf(
  cites: readonly string[],
  sources: ReadonlyMap<SourceId, Source>,
): readonly SummaryCite[] {
  return cites.map((cite) => {
    const mark = parseMark(cite);
    const source = mark && sources.get(mark.source);
    if (!mark || !source) throw new Error(`reading cite "${cite}" of a script: no such source`);
    const { id, publisher, title, url, checkedOn } = source;
    return { source: { id, publisher, title, url, checkedOn }, locator: mark.locator };
  });
}

/** Replaces `{name}`; an unknown name stays as it stands, so that the content test finds it. */
export function fill(template: string, value: (name: string) => string | undefined): string {
  return template.replace(/\{([A-Za-z0-9:]+)\}/g, (whole, name: string) => value(name) ?? whole);
}
