import type { QuestionId } from './ids.js';
import { onRoute, type Read } from './indications.js';
import { isAbsent, type Value } from './reply.js';
import { sayValue } from './say-value.js';
import type { Held, HeldAnswers } from './screening.js';
import type { Question, Script } from './script.js';

/**
 * Answers already given earlier in the case, so that nobody has to tell it all again. What is asked of the moment (the
 * danger set) is never held, nor is an absent answer: silence is not carried on as an answer.
 */
export function heldAnswers(script: Script, earlier: readonly Read[]): HeldAnswers {
  return new Map(
    script.questions.flatMap((question) => {
      const held = heldFor(question, earlier);
      return held ? [[question.id, held] as const] : [];
    }),
  );
}

/**
 * The newest answer to each question of earlier contact, in words, to fill the gaps of what is read aloud. An answer to
 * a question that asks the same again takes the place of the one before it.
 */
export function toldWords(earlier: readonly Read[]): ReadonlyMap<QuestionId, string> {
  const told = new Map<QuestionId, { readonly at: string; readonly words: string }>();
  for (const { script, position } of earlier) {
    for (const question of script.questions) {
      const value = onRoute(position, question.id);
      if (!value || isAbsent(value)) continue;
      const at = position.standings.get(question.id)?.at ?? '';
      const words = sayValue(question, value);
      for (const id of [question.id, ...question.same])
        if (at > (told.get(id)?.at ?? '')) told.set(id, { at, words });
    }
  }
  return new Map([...told].map(([id, { words }]) => [id, words]));
}

function heldFor(question: Question, earlier: readonly Read[]): Held | undefined {
  if (question.danger || question.fresh || question.type === 'CARD') return undefined;
  const answers = [question.id, ...question.same].flatMap((id) =>
    earlier.flatMap((read) => heldIn(read, id)),
  );
  return answers
    .filter(({ value }) => fits(question, value))
    .reduce<Held | undefined>((a, b) => (a && a.at >= b.at ? a : b), undefined);
}

function heldIn({ screening, position }: Read, question: QuestionId): readonly Held[] {
  const value = onRoute(position, question);
  const standing = position.standings.get(question);
  if (!value || !standing || isAbsent(value)) return [];
  return [{ screening: screening.id, question, at: standing.at, by: standing.by, value }];
}

/** A held value is offered only where it could have been replied here. */
function fits({ type, choices }: Question, value: Value): boolean {
  const has = (choice: string) => choices.some((candidate) => candidate.value === choice);
  switch (value.kind) {
    case 'choice':
      return type !== 'MS' && has(value.choice);
    case 'choices':
      return type === 'MS' && value.choices.every(has);
    case 'text':
      return type === 'FT';
    case 'date':
      return type === 'DT';
    case 'number':
      return type === 'N';
    default:
      return false;
  }
}
