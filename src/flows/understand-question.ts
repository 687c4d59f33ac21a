import { headingBlock } from '../core/citations.js';
import { groundOf } from '../core/coverage.js';
import { dayOf } from '../core/days.js';
import { type Basis, findPassages } from '../core/find-passages.js';
import type { PassageId } from '../core/ids.js';
import type { Knowledge } from '../core/knowledge.js';
import { leansOnEarlier } from '../core/leaning.js';
import { type Passage, textOf } from '../core/passage.js';
import { cutHidden, type HidePersonal } from '../core/placeholders.js';
import { type IsSafe, makeIsSafe } from '../core/safe-block.js';
import { stemsOf } from '../core/tokens.js';
import { namedTopics, searchWords, topicLabel, type Understanding } from '../core/understanding.js';
import { type Answered, type AskedQuestion, makeAnswerQuestion } from './answer-question.js';
import type { AskModel, Clock, Prompt, PromptName } from './ports.js';

/**
 * Reads a question with the model's help: says a follow-up in full, adds words to search with, and picks what to offer
 * where too little was said. Its words reach the search and nobody's screen. It is asked only where that can help and
 * rules have left it open. What the question's own words do not find stays not covered: a model that rewords "who won
 * the cup" into a question of this field would else be answered. The one exception is a follow-up that leans on a
 * conversation of this field, whose own words are too few to find anything.
 */

/** Returns undefined when the model helps nothing. Never throws. */
export type Understand = (
  asked: AskedQuestion,
  byWords: Answered,
  deadline: AbortSignal,
) => Promise<Understood | undefined>;

export type Understood = {
  /** Words to search with beside the question; for the search alone, never shown. */
  readonly reworded?: string;
  /** What to offer for an unclear question: some of the candidates that code found, likeliest first. */
  readonly offer?: readonly PassageId[];
  readonly prompt: PromptName;
};

/** The newest earlier questions that are given along, and the most letters of each and of the question. */
const longest = { earlier: 3, earlierLetters: 300, questionLetters: 1_000 };
/** So many topics are given to pick from. */
const mostTopics = 8;

export function makeUnderstandQuestion(given: {
  readonly knowledge: Knowledge;
  readonly clock: Clock;
  readonly ask: AskModel;
  readonly prompt: Prompt<Understanding>;
  readonly hide: HidePersonal;
}): Understand {
  const { knowledge, clock, ask, prompt, hide } = given;
  const isSafe = makeIsSafe(knowledge.neverAdvise);
  const answer = makeAnswerQuestion(knowledge, clock);
  const name: PromptName = { id: prompt.id, version: prompt.version, digest: prompt.digest };
  return async (asked, byWords, deadline) => {
    const basis = { knowledge, on: dayOf(clock()), audience: asked.audience };
    const wish = wishOf(basis, asked, byWords);
    if (wish === 'nothing' || deadline.aborted) return undefined;
    const topics = wish === 'offer' ? topicsFor(basis, asked, isSafe) : [];
    if (wish === 'offer' && topics.length < 2) return undefined;
    const reply = await ask(prompt, inputsOf(asked, topics, hide), deadline);
    if (reply.kind !== 'replied') return undefined;
    if (wish === 'offer') {
      const offer = namedTopics(reply.output.topics, topics).map(({ id }) => id);
      return offer.length === 0 ? undefined : { offer, prompt: name };
    }
    const reworded = searchWords(reply.output, knowledge.findGround);
    if (reworded === undefined) return undefined;
    const after = answer({ ...asked, reworded });
    return isHonest(basis, asked, byWords, after) ? { reworded, prompt: name } : undefined;
  };
}

/**
 * Other words for a question find more of it; they do not make it whole. What was named as missing still is, or stands
 * in what is shown instead, and what was answered in part stays so, unless it left out what was said before.
 */
function isHonest(basis: Basis, asked: AskedQuestion, byWords: Answered, after: Answered): boolean {
  const isWholeNow = byWords.kind === 'partly' && after.kind === 'answered';
  if (isWholeNow && !isLeaning(basis, asked)) return false;
  const shown = after.shown.flatMap(({ passage }) => basis.knowledge.passages.get(passage) ?? []);
  const stems = new Set(stemsOf(shown.map((one) => `${one.heading} ${textOf(one)}`).join(' ')));
  const isSaid = (word: string) => stemsOf(word).every((stem) => stems.has(stem));
  return byWords.missing.every((word) => after.missing.includes(word) || isSaid(word));
}

/** What the model could help with. Danger, refusals, corrections and what is well answered want nothing. */
function wishOf(
  basis: Basis,
  asked: AskedQuestion,
  byWords: Answered,
): 'nothing' | 'words' | 'offer' {
  if (byWords.hasCorrection) return 'nothing';
  switch (byWords.kind) {
    case 'urgent':
    case 'refused':
    case 'withheld':
      return 'nothing';
    case 'unclear':
      return 'offer';
    case 'partly':
      return 'words';
    case 'answered':
      return isLeaning(basis, asked) ? 'words' : 'nothing';
    case 'not-covered':
      return isLeaning(basis, asked) && standsInside(basis, asked) ? 'words' : 'nothing';
    default:
      return byWords.kind satisfies never;
  }
}

function isLeaning(basis: Basis, { question, earlier, near }: AskedQuestion): boolean {
  if (earlier.length === 0) return false;
  const [best] = findPassages(basis, question, [], near);
  return leansOnEarlier(question, best?.hit);
}

/** By the question as it was asked, never by anybody's words for it. */
function standsInside(basis: Basis, { question, earlier, near }: AskedQuestion): boolean {
  const [best] = findPassages(basis, question, earlier, near);
  return groundOf(basis, question, earlier, best) === 'inside';
}

function topicsFor(
  basis: Basis,
  { question, earlier, near }: AskedQuestion,
  isSafe: IsSafe,
): readonly Passage[] {
  const found = findPassages(basis, question, earlier, near, mostTopics);
  return found.map(({ passage }) => passage).filter((one) => isSafe(headingBlock(one)));
}

function inputsOf(
  asked: AskedQuestion,
  topics: readonly Passage[],
  hide: HidePersonal,
): Readonly<Record<string, string>> {
  const earlier = asked.earlier.slice(0, longest.earlier);
  const [question = '', ...before] = hide([asked.question, ...earlier]).hidden;
  return {
    question: cutHidden(question, longest.questionLetters),
    earlier: before.map((one) => cutHidden(one, longest.earlierLetters)).join('\n'),
    topics: topics.map(({ heading }, at) => `${topicLabel(at)} ${heading}`).join('\n'),
  };
}
