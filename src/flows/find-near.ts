import type { PassageId } from '../core/ids.js';
import type { Redact } from '../core/redact.js';
import { nearestPassages, type Vectors } from '../core/vectors.js';
import type { Answered, AnswerQuestion } from './answer-question.js';
import type { Embed } from './ports.js';

/** Passages whose vectors lie nearest to a question's, nearest first; none when no vector came in time. */
export type FindNear = (question: string) => Promise<readonly PassageId[]>;

/** As many as a ranking by words is looked through for; more would only bring in what is far. */
const mostNear = 50;

/** The question leaves without personal data, as far as rules can take it out. */
export function makeFindNear(
  embed: Embed,
  vectors: Vectors,
  redact: Redact,
  timeoutMs: number,
): FindNear {
  return async (question) => {
    const embedded = await embed([redact(question).text], timeoutMs);
    const [vector] = embedded.kind === 'embedded' ? embedded.vectors : [];
    return vector ? nearestPassages(vectors, vector, mostNear) : [];
  };
}

/** Whether rules decided an answer, which waits for nothing and is changed by nothing. */
export function isByRule({ kind, hasCorrection }: Answered): boolean {
  return kind === 'urgent' || kind === 'refused' || hasCorrection;
}

export type AnswerNear = (
  asked: Parameters<AnswerQuestion>[0],
) => Promise<ReturnType<AnswerQuestion>>;

/**
 * Answers by words alone, or with the help of vectors where there are any. What rules decide waits for no vector:
 * danger, refusals and corrections.
 */
export function makeAnswerNear(
  answerQuestion: AnswerQuestion,
  findNear: FindNear | undefined,
): AnswerNear {
  return async (asked) => {
    const byWords = answerQuestion(asked);
    if (!findNear || isByRule(byWords)) return byWords;
    const near = await findNear(asked.question);
    return near.length === 0 ? byWords : answerQuestion({ ...asked, near });
  };
}
