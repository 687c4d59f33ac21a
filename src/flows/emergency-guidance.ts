import { chooseShort, toAnswer } from '../core/answer.js';
import { verifyCitations } from '../core/citations.js';
import { dayOf } from '../core/days.js';
import { emergencyOf, findDanger } from '../core/find-danger.js';
import { namedPassages } from '../core/find-passages.js';
import type { Knowledge } from '../core/knowledge.js';
import { makeIsSafe } from '../core/safe-block.js';
import { type Answered, longestQuestion, makeAnswerQuestion } from './answer-question.js';
import type { Clock } from './ports.js';

/** Of what somebody sent: their words, of any length, and whether they said by a button that there is danger. */
export type Sent = { readonly words: string; readonly isDanger: boolean };

/** Undefined where there is no sign of danger. Needs no store and no model, and leaves no trace. */
export type EmergencyGuidance = (sent: Sent) => Answered | undefined;

/** The emergency guidance alone: that of the danger in the words, else the one that most signs of danger lead to. */
export function makeEmergencyGuidance(knowledge: Knowledge, clock: Clock): EmergencyGuidance {
  const answerQuestion = makeAnswerQuestion(knowledge, clock);
  const isSafe = makeIsSafe(knowledge.neverAdvise);
  const general = (): Answered => {
    const on = dayOf(clock());
    const passages = namedPassages(
      { knowledge, on, audience: undefined },
      emergencyOf(knowledge.cues),
    );
    const verified = verifyCitations(
      chooseShort(passages),
      passages,
      knowledge.sources,
      on,
      isSafe,
    );
    const answer = toAnswer('urgent', verified);
    return { ...answer, hasCorrection: false, knowledgeVersion: knowledge.version, chosenBy: [] };
  };
  return ({ words, isDanger }) => {
    // What is short is read as a question is, Welsh included; of what is long, the part with a sign of danger.
    const isLong = words.length > longestQuestion;
    const question = isLong ? findDanger(knowledge.cues, words) : words;
    const answer = question?.trim() ? answerQuestion({ question, earlier: [] }) : undefined;
    if (answer?.kind === 'urgent') return answer;
    return isDanger ? general() : undefined;
  };
}
