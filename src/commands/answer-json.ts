import { answerText } from '../core/answer-text.js';
import type { AnswerQuestion } from '../flows/answer-question.js';

/** The public JSON form of an answer, as `npm run ask -- --json` prints it. */
export function answerJson(answer: ReturnType<AnswerQuestion>) {
  const statements = answer.shown.flatMap(({ blocks }) =>
    blocks.flatMap(({ lead, items }) => [...lead, ...items]),
  );
  return {
    kind: answer.kind,
    text: answerText(answer, answer.hasCorrection),
    statements,
    citations: answer.citations,
    missing: answer.missing,
    leftOpen: answer.leftOpen ?? [],
    nearest: answer.nearest,
    more: answer.more,
    differing: answer.differing,
    askedIn: answer.askedIn,
    knowledgeVersion: answer.knowledgeVersion,
  };
}
