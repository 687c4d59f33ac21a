import { onRoute, type Read, recordsOnRoute } from './indications.js';
import { visible } from './say-value.js';
import type { Recorded } from './screening.js';
import type { Question } from './script.js';
import type { When } from './timeline.js';

/** What commitments are read out of: records and replies that still stand. */

/** Records of that kind which still stand, with their question. */
export function recordsIn(read: Read, holds: NonNullable<Question['holds']>) {
  return read.script.questions
    .filter((question) => question.holds === holds)
    .flatMap((question) =>
      recordsOnRoute(read.position, question.id).map((record) => ({ question, record })),
    );
}

/** What a commitment is known by when it is a record. */
export function keysOf({ screening }: Read, question: Question, { number, by }: Recorded) {
  const line = `${screening.id} ${question.id} ${number}`;
  return { key: line, line, recordedBy: by };
}

/** The reply that stands to a question, with when and by whom; undefined off the route. */
export function standingIn({ script, screening, position }: Read, id: string) {
  const question = script.questions.find((candidate) => candidate.id === id);
  const value = question && onRoute(position, question.id);
  const standing = question && position.standings.get(question.id);
  if (!value || !standing) return undefined;
  return { value, recordedBy: standing.by, at: standing.at, line: `${screening.id} ${id}` };
}

type Typed = { readonly kind: string; readonly text?: string };

/** The words of a field; undefined when it holds none. */
export function textOf(value: Typed | undefined): string | undefined {
  return value?.kind === 'text' && value.text !== undefined ? visible(value.text) : undefined;
}

/** The day of a field; null when it holds none. */
export function whenOf(value: Recorded['fields'][string] | undefined): When | null {
  return value?.kind === 'date' ? { day: value.day, precision: value.precision } : null;
}
