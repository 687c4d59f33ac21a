import { leastFound, leastKept, makeSpeaksOf, shownText } from '../core/choosing-relevance.js';
import type { PassageId } from '../core/ids.js';
import type { Knowledge } from '../core/knowledge.js';
import { leansOnEarlier } from '../core/leaning.js';
import { glossWelsh } from '../core/welsh.js';
import {
  type Answered,
  type AskedQuestion,
  makeWeighQuestion,
  type Weighed,
} from './answer-question.js';
import { type ChooseParts, type IsBeside, makeChooseSentences, noted } from './choose-sentences.js';
import { isByRule } from './find-near.js';
import type { Clock, PromptName } from './ports.js';
import type { Understand, Understood } from './understand-question.js';

/**
 * Betters an answer with a model's help: it may say which sentences answer, in what order; what is shown is decided
 * and worded by code. What rules decide (danger, refusal, correction) never reaches it.
 */

/**
 * Answers better than by words alone, with the help of a model; undefined where nothing better is to be had: then what
 * was answered by words stands. Never throws.
 */
export type ImproveAnswer = (
  asked: AskedQuestion,
  byWords: Answered,
  deadline: AbortSignal,
) => Promise<Answered | undefined>;

export type ImproveParts = ChooseParts & {
  readonly clock: Clock;
  /** Absent: a question is searched as it was asked. */
  readonly understand?: Understand | undefined;
};

export function makeImproveAnswer(given: ImproveParts): ImproveAnswer {
  const { knowledge, understand, note } = given;
  const weigh = makeWeighQuestion(knowledge, given.clock);
  const isBeside = makeIsBeside(knowledge);
  const choose = makeChooseSentences(given, isBeside);
  return async (asked, byWords, deadline) => {
    try {
      if (isDecided(byWords)) return noted(note, 'by-rule');
      const understood = await understand?.(asked, byWords, deadline);
      if (byWords.kind === 'unclear' && understood?.offer) {
        noted(note, 'offered');
        return offering(knowledge, byWords, understood.offer, understood.prompt);
      }
      const { reworded } = understood ?? {};
      const weighed = weigh(reworded === undefined ? asked : { ...asked, reworded });
      const first = isAnswer(byWords) ? byWords.shown.map(({ passage }) => passage) : [];
      const choosable = weighed.choosable?.(first);
      if (!choosable) return noted(note, 'nothing-to-choose');
      const answered =
        (await choose(asked, byWords, choosable, deadline)) ??
        searched(weighed, understood, (text) => isBeside(asked, byWords, text));
      return (
        answered && {
          ...answered,
          chosenBy: [...(understood ? [understood.prompt] : []), ...answered.chosenBy],
        }
      );
    } catch {
      return noted(note, 'fault');
    }
  };
}

/** Danger, refusals and corrections; and what could not be checked, which no choice mends. */
function isDecided(answered: Answered): boolean {
  return isByRule(answered) || answered.kind === 'withheld';
}

function isAnswer({ kind }: Answered): boolean {
  return kind === 'answered' || kind === 'partly';
}

/** Some of what code found, in another order; what it did not find is left out. */
function offering(
  { passages }: Knowledge,
  byWords: Answered,
  offer: readonly PassageId[],
  prompt: PromptName,
): Answered {
  const nearest = offer.flatMap((id) => {
    const passage = passages.get(id);
    return passage ? [{ passage: id, heading: passage.heading }] : [];
  });
  return nearest.length === 0 ? byWords : { ...byWords, nearest, chosenBy: [prompt] };
}

/** Without a usable choice, what code answers to the question in other words, where that still answers it. */
function searched(
  { answered }: Weighed,
  understood: Understood | undefined,
  isBesideIt: (text: string) => boolean,
): Answered | undefined {
  if (understood?.reworded === undefined || !isAnswer(answered)) return undefined;
  return isBesideIt(shownText(answered.shown)) ? undefined : answered;
}

/** Tells of what would be shown whether it no longer speaks of what was asked; see choosing-relevance.ts. */
function makeIsBeside(knowledge: Knowledge): IsBeside {
  const speaksOf = makeSpeaksOf(knowledge);
  return ({ question, earlier }, byWords, text) => {
    const [before = ''] = leansOnEarlier(question, undefined) ? earlier : [];
    const words = [question, before].map((one) => glossWelsh(one) ?? one).join(' ');
    const share = speaksOf(words, text);
    const least = isAnswer(byWords)
      ? leastKept * speaksOf(words, shownText(byWords.shown))
      : leastFound;
    return share < least;
  };
}
