import { type UserId, userIdSchema } from './ids.js';
import { replay } from './replay.js';
import type { Value } from './reply.js';
import type { Act, Position, ScreeningEvent } from './screening.js';
import type { Question, Script } from './script.js';

/**
 * Walks a script with replies drawn by lot, always the same ones, to find what nobody ever meets. Half of the walks
 * avoid red flags, since most replies drawn blindly end in danger before the later questions come.
 */

/** Enough that a question behind three choices of five is met some fifteen times. */
const walkCount = 2_000;

/** What some walk met; flags as "level question about". */
export type Met = { readonly questions: ReadonlySet<string>; readonly flags: ReadonlySet<string> };

/** Walks until everything was met, or `walkCount` times. */
export function everMet(script: Script): Met {
  const draw = drawFrom(1);
  const met = { questions: new Set<string>(), flags: new Set<string>() };
  const rules = script.questions.flatMap(({ id, flags }) =>
    flags.map(({ level, about }) => `${level} ${id} ${about}`),
  );
  for (let count = 0; count < walkCount; count += 1) {
    const { flags } = walk(script, draw, count, met.questions);
    for (const { level, question, about } of flags) met.flags.add(`${level} ${question} ${about}`);
    if (met.questions.size === script.questions.length && rules.every((r) => met.flags.has(r)))
      return met;
  }
  return met;
}

type Draw = (below: number) => number;

/** Walks to the end once and returns where it stands; what was asked is added to `asked`. */
function walk(script: Script, draw: Draw, count: number, asked: Set<string>): Position {
  const isCalm = count % 2 === 0;
  // One walk in eight presses DANGER, so that what is asked only then is met in scripts without red flags.
  const pressAt = count % 8 === 1 ? draw(script.questions.length) : -1;
  const events: ScreeningEvent[] = [];
  let position = replay(script, events);
  for (let turn = 0; position.at; turn += 1) {
    asked.add(position.at.id);
    if (turn === pressAt) events.push(eventOf({ kind: 'danger' }, events.length));
    else
      for (const act of actsFor(position.at, draw, isCalm))
        events.push(eventOf(act, events.length));
    position = replay(script, events);
  }
  return position;
}

function actsFor(question: Question, draw: Draw, isCalm: boolean): readonly Act[] {
  const { id, type, flags } = question;
  if (type === 'CARD') {
    const record: Act = { kind: 'record', question: id, fields: {} };
    const reply: Act = { kind: 'reply', question: id, value: { kind: 'listed', count: 0 } };
    return draw(2) === 0 ? [record, reply] : [reply];
  }
  const red = flags.filter(({ level }) => level === 'red').flatMap(({ on }) => on);
  const all = valuesFor(question);
  const calm = all.filter(({ rule }) => !red.includes(rule));
  const from = isCalm && calm.length > 0 ? calm : all;
  const value = from[draw(from.length)]?.value ?? { kind: 'not-known' };
  return [{ kind: 'reply', question: id, value }];
}

/** Every reply that rules can tell apart, under the name by which they test it. */
function valuesFor({ type, choices }: Question): readonly { rule: string; value: Value }[] {
  const absent = [
    { rule: 'not-known', value: { kind: 'not-known' } },
    { rule: 'declined', value: { kind: 'declined' } },
    { rule: 'not-asked', value: { kind: 'not-asked', reason: 'danger' } },
  ] as const;
  const given = (value: Value) => [{ rule: 'given', value }, ...absent];
  if (type === 'FT') return given({ kind: 'text', text: 'words' });
  if (type === 'DT') return given({ kind: 'date', day: '2026-01-01', precision: 'exact' });
  if (type === 'N') return given({ kind: 'number', number: 1 });
  const chosen = choices.map(({ value }): { rule: string; value: Value } => ({
    rule: value,
    value:
      type === 'MS' ? { kind: 'choices', choices: [value] } : { kind: 'choice', choice: value },
  }));
  return [...chosen, ...absent];
}

const walker: UserId = userIdSchema.parse('walker');

function eventOf(act: Act, before: number): ScreeningEvent {
  const seq = before + 1;
  const at = '2026-01-01T00:00:00.000Z';
  return { seq, at, by: walker, client: 'terminal', activityId: String(seq), act };
}

/** Numbers by lot from a seed (mulberry32): small, and the same on every machine. */
function drawFrom(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
