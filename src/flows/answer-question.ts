import {
  type Answer,
  type AnswerKind,
  chooseExtractive,
  chooseWhole,
  type Found,
  judge,
  nothingShown,
  toAnswer,
} from '../core/answer.js';
import { type Quoted, verifyCitations } from '../core/citations.js';
import { findCues } from '../core/cues.js';
import { dayOf } from '../core/days.js';
import type { Ground } from '../core/field.js';
import type { PassageId } from '../core/ids.js';
import type { Knowledge } from '../core/knowledge.js';
import { leansOnEarlier } from '../core/leaning.js';
import { isQuotable, type Passage } from '../core/passage.js';
import { makeIsSafe } from '../core/safe-block.js';
import type { Clock } from './ports.js';

/** Longest question searched with; longer ones are refused with a sentence, not cut. */
export const longestQuestion = 2_000;

export type AskedQuestion = {
  readonly question: string;
  /** Earlier questions of this conversation, newest first. */
  readonly earlier: readonly string[];
};

export type AnswerQuestion = (asked: AskedQuestion) => Answer & {
  /** True when a correction of the question's premise stands before the rest. */
  readonly hasCorrection: boolean;
  readonly knowledgeVersion: string;
};

/**
 * Answers a guidance question. In this order: danger, requests to harm, dangerous premises, then what
 * was asked. Nothing is shown that verifyCitations did not pass.
 */
export function makeAnswerQuestion(knowledge: Knowledge, clock: Clock): AnswerQuestion {
  const isSafe = makeIsSafe(knowledge.neverAdvise);
  return ({ question, earlier }) => {
    const on = dayOf(clock());
    const cues = findCues(knowledge.cues, question);
    const finish = (
      kind: AnswerKind,
      draft: readonly Quoted[],
      given: readonly Passage[],
      rest = {},
    ) => {
      const verified = verifyCitations(draft, given, knowledge.sources, on, isSafe);
      return toAnswer(kind, verified, rest);
    };
    const done = (answer: Answer, hasCorrection = false) => ({
      ...answer,
      hasCorrection: hasCorrection && answer.shown.length > 0,
      knowledgeVersion: knowledge.version,
    });

    if (cues.danger.length > 0) {
      const passages = passagesOf(knowledge, cues.danger, on).slice(0, 2);
      return done(finish('urgent', chooseWhole(passages), passages));
    }
    if (cues.refusals.length > 0) return done(finish('refused', [], []));

    const found = search(knowledge, question, earlier, on);
    const corrections = passagesOf(knowledge, cues.premises, on).slice(0, 2);
    if (corrections.length > 0) return done(correct(finish, corrections, found), true);

    const ground = groundOf(knowledge, question, earlier, found[0]);
    const verdict = judge(found, ground, earlier.length > 0);
    const nearest = found
      .slice(0, 3)
      .map(({ passage }) => ({ passage: passage.id, heading: passage.heading }));
    if (verdict === 'unclear' || verdict === 'not-covered') {
      return done(
        toAnswer(verdict, nothingShown, { nearest: verdict === 'unclear' ? nearest : near(found) }),
      );
    }
    const given = found.map(({ passage }) => passage);
    const missing = isStory(question) ? [] : nameable(found[0]?.hit.missing ?? []);
    return done(finish(verdict, chooseExtractive(found), given, { missing, nearest }));
  };
}

type Finish = (
  kind: AnswerKind,
  draft: readonly Quoted[],
  given: readonly Passage[],
  rest?: object,
) => Answer;

/** The correction whole, then the short answer to what was asked, if it is another passage that fits well. */
function correct(finish: Finish, corrections: readonly Passage[], found: readonly Found[]): Answer {
  const others = found.filter(({ passage }) => !corrections.includes(passage));
  const isFitting = judge(others, 'inside') === 'answered';
  const lead = others[0]?.passage;
  const block = isFitting && lead?.blocks[0] ? [{ ...lead, blocks: [lead.blocks[0]] }] : [];
  const draft = [...chooseWhole(corrections), ...chooseWhole(block)];
  return finish('answered', draft, [...corrections, ...(lead ? [lead] : [])]);
}

/** A follow-up that names nothing, and leans on what was asked, stands where the conversation stood. */
function groundOf(
  knowledge: Knowledge,
  question: string,
  earlier: readonly string[],
  best: Found | undefined,
): Ground {
  const ground = knowledge.findGround(question);
  if (ground !== 'open' || earlier.length === 0) return ground;
  return leansOnEarlier(question, best?.hit) ? knowledge.findGround(earlier.join(' ')) : ground;
}

/** Words worth naming back: not "r", "o" or "16". */
function nameable(words: readonly string[]): readonly string[] {
  return words.filter((word) => word.length > 2 && !/^\d+$/.test(word)).slice(0, 3);
}

/** In a long story most words are beside the point; naming those not found would be noise. */
function isStory(question: string): boolean {
  return question.split(/\s+/).length > 20;
}

function search(
  knowledge: Knowledge,
  question: string,
  earlier: readonly string[],
  on: string,
): readonly Found[] {
  return knowledge.search(question, { earlier, limit: 5 }).flatMap((hit) => {
    const passage = knowledge.passages.get(hit.id);
    return passage && isQuotable(passage, on) ? [{ passage, hit }] : [];
  });
}

/** Headings worth offering when nothing is covered: only those that share something rare. */
function near(found: readonly Found[]): Answer['nearest'] {
  return found
    .filter(({ hit }) => hit.coverage >= 0.2)
    .slice(0, 3)
    .map(({ passage }) => ({ passage: passage.id, heading: passage.heading }));
}

function passagesOf(
  knowledge: Knowledge,
  cues: readonly { readonly shows: readonly PassageId[] }[],
  on: string,
): readonly Passage[] {
  const ids = [...new Set(cues.flatMap((cue) => cue.shows))];
  return ids.flatMap((id) => {
    const passage = knowledge.passages.get(id);
    return passage && isQuotable(passage, on) ? [passage] : [];
  });
}
