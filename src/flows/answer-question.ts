import {
  type Answer,
  chooseExtractive,
  chooseLeads,
  fitting,
  leftOut,
  type PassageName,
  toAnswer,
} from '../core/answer.js';
import { spellOutCapitals } from '../core/capitals.js';
import { isLeftToOthers } from '../core/choosing-words.js';
import { headingBlock, type Quoted, verifyCitations } from '../core/citations.js';
import { partContradicting } from '../core/contradicting.js';
import { dayOf } from '../core/days.js';
import { emergencyOf } from '../core/find-danger.js';
import { type Basis, namedPassages } from '../core/find-passages.js';
import type { PassageId } from '../core/ids.js';
import { limits as chosen, type Limits } from '../core/judge.js';
import type { Knowledge } from '../core/knowledge.js';
import { isHeld } from '../core/left-open.js';
import type { Passage } from '../core/passage.js';
import { makeIsSafe } from '../core/safe-block.js';
import { glossWelsh } from '../core/welsh.js';
import { compose, type Finish, nameOf, type Open, type Read } from './compose-answer.js';
import type { PromptName } from './model-port.js';
import type { Clock } from './ports.js';

/** A guidance question from its words to what may be shown. */

/** Longest question searched with; longer ones are refused with a sentence, not cut. */
export const longestQuestion = 2_000;

/** So many passages are given to a model to choose from. */
const mostChoosable = 8;

export type AskedQuestion = {
  readonly question: string;
  /** Earlier questions of this conversation, newest first. */
  readonly earlier: readonly string[];
  /** Only passages written for these are searched; absent: for anybody. Danger and corrections are for all. */
  readonly audience?: Passage['audience'][number] | undefined;
  /** Passages by the nearness of their vectors, where there are any; see find-near.ts. */
  readonly near?: readonly PassageId[];
  /** The question in other words, searched beside it; what rules decide is decided by the question alone. */
  readonly reworded?: string;
};

export type Answered = Answer & {
  /** True when a correction of the question's premise stands before the rest. */
  readonly hasCorrection: boolean;
  readonly knowledgeVersion: string;
  /** The prompts by whose replies it was chosen; empty when code chose. */
  readonly chosenBy: readonly PromptName[];
};

export type AnswerQuestion = (asked: AskedQuestion) => Answered;

/** What somebody else than code may choose from, and what becomes of the choice. */
export type Choosable = {
  /** Best first. */
  readonly passages: readonly Passage[];
  /** What code chose of them. */
  readonly own: readonly Quoted[];
  /**
   * The answer that a draft makes: verified, with what contradicts a better found passage kept apart, and with the
   * parts nothing speaks of. `isUrgent`: the emergency guidance stands before it.
   */
  readonly show: (
    draft: readonly Quoted[],
    unanswered: readonly string[],
    isUrgent: boolean,
  ) => Answered;
};

export type Weighed = {
  /** As code answers. */
  readonly answered: Answered;
  /** `first`: passages to stand first. Undefined where rules decide (danger, refusal, correction) or nothing fits. */
  readonly choosable: ((first: readonly PassageId[]) => Choosable) | undefined;
};

/** Answers a guidance question; nothing is shown that verifyCitations did not pass. */
export function makeAnswerQuestion(
  knowledge: Knowledge,
  clock: Clock,
  limits: Limits = chosen,
): AnswerQuestion {
  const weigh = makeWeighQuestion(knowledge, clock, limits);
  return (asked) => weigh(asked).answered;
}

/**
 * Weighs a guidance question, in this order: danger, requests to harm, dangerous premises, then what was asked; and
 * says what is left to be chosen from.
 */
export function makeWeighQuestion(
  knowledge: Knowledge,
  clock: Clock,
  limits: Limits = chosen,
): (asked: AskedQuestion) => Weighed {
  const isSafe = makeIsSafe(knowledge.neverAdvise);
  const safe = (names: readonly PassageName[]) =>
    names.filter(({ passage }) => {
      const named = knowledge.passages.get(passage);
      return named && isSafe(headingBlock(named));
    });
  return (asked) => {
    const basis = { knowledge, on: dayOf(clock()), audience: asked.audience };
    const read = toEnglish(asked);
    const { askedIn } = read;
    const finish: Finish = (kind, choose, given, rest = {}) => {
      const { together, apart } = partContradicting(given);
      const draft = choose(together);
      const verified = verifyCitations(draft, together, knowledge.sources, basis.on, isSafe);
      const differing = apart.map(nameOf);
      return toAnswer(kind, verified, {
        askedIn,
        differing,
        more: leftOut(draft, together),
        ...rest,
      });
    };
    const answered = (answer: Answer, hasCorrection: boolean): Answered => ({
      ...answer,
      nearest: safe(answer.nearest),
      more: safe(answer.more),
      differing: safe(answer.differing),
      hasCorrection: hasCorrection && answer.shown.length > 0,
      knowledgeVersion: knowledge.version,
      chosenBy: [],
    });
    const { answer, hasCorrection, open } = compose(basis, read, finish, limits);
    return {
      answered: answered(answer, hasCorrection),
      choosable: open && toChoosable(basis, finish, open, (given) => answered(given, false)),
    };
  };
}

/** A choice among passages is shown as code's own is: the same checks, and the same words for what is missing. */
function toChoosable(
  basis: Basis,
  finish: Finish,
  open: Open,
  answered: (answer: Answer) => Answered,
): Weighed['choosable'] {
  return (first) => {
    const found = open.find(mostChoosable);
    const passages = [
      ...new Set([...namedPassages(basis, first), ...found.map(({ passage }) => passage)]),
    ];
    const fit = fitting(found);
    return {
      passages,
      own: chooseExtractive(fit),
      show: (draft, unanswered, isUrgent) => {
        const isChosen = ({ id }: Passage) => draft.some(({ label }) => label.startsWith(`${id}#`));
        const given = passages.filter((passage) => isChosen(passage) || fit.includes(passage));
        const emergency = isUrgent ? namedPassages(basis, emergencyOf(basis.knowledge.cues)) : [];
        const choose = (together: readonly Passage[]) => [
          ...chooseLeads(emergency),
          ...draft.filter(({ label }) => together.some(({ id }) => label.startsWith(`${id}#`))),
        ];
        const missing = open.missing(found, given.filter(isChosen));
        // That nothing is held is for the search to say: of what it finds, a model may only say that it is not here.
        const notHeld = unanswered.filter((part) => isLeftToOthers(part) || !isHeld(basis, part));
        const unsaid = [...new Set([...missing, ...notHeld])];
        const whole = unsaid.length > 0 ? 'partly' : open.kind;
        const kind = isUrgent ? 'urgent' : whole;
        const answer = finish(kind, choose, [...emergency, ...given], {
          missing: unsaid,
          nearest: open.nearest,
        });
        const others = unanswered.filter((part) => !notHeld.includes(part));
        return answered(isUrgent ? answer : open.leaveOpen(answer, others));
      },
    };
  };
}

function toEnglish({ question, earlier, near = [], reworded }: AskedQuestion): Read {
  const welsh = glossWelsh(question);
  return {
    question: welsh ?? spellOutCapitals(question),
    earlier: earlier.map((before) => glossWelsh(before) ?? spellOutCapitals(before)),
    cued: welsh === undefined ? question : `${question} . ${welsh}`,
    askedIn: welsh === undefined ? 'english' : 'welsh',
    near,
    reworded,
  };
}
