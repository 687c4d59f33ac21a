import type { CaseSummary, SummaryCite } from './case-summary-schema.js';
import type { QuestionId, SourceId } from './ids.js';
import { parseMark, type Source } from './passage.js';
import { standingRecords } from './record.js';
import { choicesOf, isAbsent, type Value } from './reply.js';
import { holds } from './route.js';
import { sayRecord, sayValue } from './say-value.js';
import type { Position, Recorded, Screening, Stop } from './screening.js';
import type { Indication, Script } from './script.js';

/**
 * What a script prints for professional judgement: its own sentences with the replies filled in. It says
 * what was described and what was not asked; whether that is an offence is nowhere decided.
 *
 * Placeholders: `{SI02}` an answer in words; `{state:SI08}` described, not described, or why it is absent;
 * `{kinds}` and `{count}` the kinds described or described as unsure; `{kinds:described}`, `{kinds:unsure}`,
 * `{kinds:not-described}` and `{kinds:absent}` each list apart; `{absent}` the questions without an answer.
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
  const printed: CaseSummary['indications'] = [];
  for (const indication of read.script.indications) {
    if (!isPrinted(read, indication, printed.length)) continue;
    printed.push({
      screening: read.screening.id,
      id: indication.id,
      text: fill(indication.text, (name) => fillIndication(read, name)),
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
  const [what, which] = name.split(':');
  if (what === 'kinds') return listOf(which ? kindsIn(read, which) : describedKinds(read));
  if (name === 'count') return String(describedKinds(read).length);
  if (name === 'absent') return absentInWords(read.position);
  if (what === 'state' && which) return stateInWords(read, which);
  return answerInWords(read, name);
}

function listOf(names: readonly string[]): string {
  return names.length > 0 ? names.join('; ') : 'none';
}

/** Kinds of behaviour described, or described as unsure, by the names the script gives them. */
function describedKinds(read: Read): readonly string[] {
  return kindsOf(read)
    .filter(({ state }) => state === 'described' || state === 'unsure')
    .map(({ name }) => name);
}

/** Those of one state; where an answer is absent, with what became of the question. */
function kindsIn(read: Read, which: string): readonly string[] {
  return kindsOf(read)
    .filter(({ state }) => state === which)
    .map(({ id, name }) => (which === 'absent' ? `${name} (${stateInWords(read, id)})` : name));
}

function kindsOf({ script, position }: Read) {
  return (Object.entries(script.kinds) as [QuestionId, string][]).map(([id, name]) => ({
    id,
    name,
    state: stateOf(script, id, onRoute(position, id)),
  }));
}

function stateInWords(read: Read, id: string): string {
  const question = read.script.questions.find((candidate) => candidate.id === id);
  const value = question && onRoute(read.position, question.id);
  if (!question || !value) return 'not asked';
  const state = stateOf(read.script, question.id, value);
  if (state === 'absent') return sayValue(question, value);
  if (state === 'unsure') return 'described as unsure';
  return state === 'not-described' ? 'not described' : 'described';
}

/** Choices that describe nothing: a plain no, and those that stand for none of the others. */
function stateOf(
  { questions }: Script,
  id: QuestionId,
  value: Value | undefined,
): 'described' | 'unsure' | 'not-described' | 'absent' {
  if (!value || isAbsent(value)) return 'absent';
  const said = choicesOf(value);
  const alone = questions
    .find((question) => question.id === id)
    ?.choices.filter((choice) => choice.alone)
    .map((choice) => choice.value);
  if (said.every((one) => one === 'unsure' || one === 'not-sure')) return 'unsure';
  return said.every((one) => one === 'no' || one === 'none' || alone?.includes(one))
    ? 'not-described'
    : 'described';
}

/** The answer to a question as it is printed inside another's line; undefined for an unknown id. */
export function answerInWords(read: Read, id: string): string | undefined {
  const question = read.script.questions.find((candidate) => candidate.id === id);
  if (!question) return undefined;
  const records = recordsOnRoute(read.position, question.id);
  if (records.length > 0)
    return records.map(({ fields }) => sayRecord(question, fields)).join(' | ');
  const value = onRoute(read.position, question.id);
  return value ? sayValue(question, value) : 'not asked';
}

/** The reply that counts for a question; undefined when it has none or is off the route. */
export function onRoute(position: Position, id: QuestionId): Value | undefined {
  const stop = position.route.find((candidate) => candidate.question.id === id);
  return stop?.state === 'replied' ? position.standings.get(id)?.value : undefined;
}

/** The records that count for a question; none when it is off the route. */
export function recordsOnRoute(position: Position, id: QuestionId): readonly Recorded[] {
  const stop = position.route.find((candidate) => candidate.question.id === id);
  return stop?.state === 'not-applicable' ? [] : standingRecords(position.records.get(id));
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
): SummaryCite[] {
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
  return template.replace(/\{([A-Za-z0-9:-]+)\}/g, (whole, name: string) => value(name) ?? whole);
}
