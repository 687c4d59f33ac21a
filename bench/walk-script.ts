import { questionIdSchema, userIdSchema } from '../src/core/ids.js';
import { replay } from '../src/core/replay.js';
import type { Value } from '../src/core/reply.js';
import type { ScreeningEvent } from '../src/core/screening.js';
import type { Question, Script } from '../src/core/script.js';

/** Replies until nothing is left to ask, each time with the value that leaves most to ask, so that none ends early. */
export function walkThrough(
  script: Script,
  offer: (question: Question) => readonly Value[],
): readonly ScreeningEvent[] {
  const events: ScreeningEvent[] = [];
  for (;;) {
    const { at } = replay(script, events);
    if (!at) return events;
    if (events.length > script.questions.length) throw new Error(`${script.name} does not end`);
    const [first, ...others] = offer(at).map((value) => eventOf(events.length + 1, at, value));
    if (!first) throw new Error(`${script.name}: there is no reply to ${at.id}`);
    const reach = (event: ScreeningEvent) => reachOf(script, [...events, event]);
    events.push(others.reduce((best, event) => (reach(event) > reach(best) ? event : best), first));
  }
}

function reachOf(script: Script, events: readonly ScreeningEvent[]): number {
  const { route } = replay(script, events);
  return route.filter(({ state }) => state === 'replied' || state === 'open').length;
}

/** Each choice of a question, or one value of its type. */
export function valuesOf(question: Question): readonly Value[] {
  const choices = question.choices.map(({ value }): Value => {
    return question.type === 'MS'
      ? { kind: 'choices', choices: [value] }
      : { kind: 'choice', choice: value };
  });
  return choices.length > 0 ? choices : [firstOf(question)];
}

/** A value of the question's type. */
export function firstOf({ type, choices }: Question): Value {
  const [first] = choices;
  if (first && type === 'MS') return { kind: 'choices', choices: [first.value] };
  if (first) return { kind: 'choice', choice: first.value };
  switch (type) {
    case 'DT':
      return { kind: 'date', day: '2026-11-02', precision: 'exact' };
    case 'N':
      return { kind: 'number', number: 4 };
    case 'CARD':
      return { kind: 'listed', count: 0 };
    default:
      return {
        kind: 'text',
        text: 'He was standing across the road again when I came out of work',
      };
  }
}

export const by = userIdSchema.parse('bench');

function eventOf(seq: number, { id }: Question, value: Value): ScreeningEvent {
  const at = new Date(Date.UTC(2026, 10, 20, 9, 0, seq)).toISOString();
  const act = { kind: 'reply', question: questionIdSchema.parse(id), value } as const;
  return { seq, at, by, client: 'card', activityId: `bench-${seq}`, act };
}
