import {
  type Answer,
  type AnswerKind,
  chooseExtractive,
  chooseLeads,
  chooseShort,
  fitting,
  leftOut,
  mostShown,
  nothingShown,
  type PassageName,
  toAnswer,
} from '../core/answer.js';
import { headingBlock, type Quoted, verifyCitations } from '../core/citations.js';
import { partContradicting } from '../core/contradicting.js';
import { groundOf, partCovered, thatMaySpeak, whomToAsk } from '../core/coverage.js';
import { findCues } from '../core/cues.js';
import { dayOf } from '../core/days.js';
import { type Basis, findPassages, namedPassages } from '../core/find-passages.js';
import type { PassageId } from '../core/ids.js';
import { limits as chosen, type Found, judge, type Limits, surenessOf } from '../core/judge.js';
import type { Knowledge } from '../core/knowledge.js';
import { everyday } from '../core/known-words.js';
import type { Passage } from '../core/passage.js';
import { makeIsSafe } from '../core/safe-block.js';
import { glossWelsh } from '../core/welsh.js';
import type { Clock } from './ports.js';

/**
 * A guidance question from its words to what may be shown. Over 200 lines: the order in which danger, refusal,
 * correction and answer are decided is read in one place.
 */

/** Longest question searched with; longer ones are refused with a sentence, not cut. */
export const longestQuestion = 2_000;

export type AskedQuestion = {
  readonly question: string;
  /** Earlier questions of this conversation, newest first. */
  readonly earlier: readonly string[];
  /** Only passages written for these are searched; absent: for anybody. Danger and corrections are for all. */
  readonly audience?: Passage['audience'][number] | undefined;
  /** Passages by the nearness of their vectors, where there are any; see find-near.ts. */
  readonly near?: readonly PassageId[];
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
export function makeAnswerQuestion(
  knowledge: Knowledge,
  clock: Clock,
  limits: Limits = chosen,
): AnswerQuestion {
  const isSafe = makeIsSafe(knowledge.neverAdvise);
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
    const { answer, hasCorrection } = compose(basis, read, finish, limits);
    const safe = (names: readonly PassageName[]) =>
      names.filter(({ passage }) => {
        const named = knowledge.passages.get(passage);
        return named && isSafe(headingBlock(named));
      });
    return {
      ...answer,
      nearest: safe(answer.nearest),
      more: safe(answer.more),
      differing: safe(answer.differing),
      hasCorrection: hasCorrection && answer.shown.length > 0,
      knowledgeVersion: knowledge.version,
    };
  };
}

/** A question as it is searched with. */
type Read = {
  readonly question: string;
  readonly earlier: readonly string[];
  /** What cues are looked for in: the words as typed, and what they mean where they are Welsh. */
  readonly cued: string;
  readonly askedIn: Answer['askedIn'];
  readonly near: readonly PassageId[];
};

function toEnglish({ question, earlier, near = [] }: AskedQuestion): Read {
  const welsh = glossWelsh(question);
  return {
    question: welsh ?? question,
    earlier: earlier.map((before) => glossWelsh(before) ?? before),
    cued: welsh === undefined ? question : `${question} . ${welsh}`,
    askedIn: welsh === undefined ? 'english' : 'welsh',
    near,
  };
}

/** `given` are all passages that fit, best first, so that what did not go on the screen can be named. */
type Finish = (
  kind: AnswerKind,
  choose: (passages: readonly Passage[]) => readonly Quoted[],
  given: readonly Passage[],
  rest?: Partial<Pick<Answer, 'missing' | 'nearest' | 'more'>>,
) => Answer;

type Composed = { readonly answer: Answer; readonly hasCorrection: boolean };

function compose(basis: Basis, asked: Read, finish: Finish, limits: Limits): Composed {
  const cues = findCues(basis.knowledge.cues, asked.cued);
  const shownBy = (family: keyof typeof cues) =>
    namedPassages(
      basis,
      cues[family].flatMap(({ shows }) => shows),
    ).slice(0, 2);
  const corrections = shownBy('premises');
  if (cues.danger.length > 0) {
    const passages = [...new Set([...shownBy('danger'), ...corrections])];
    return { answer: finish('urgent', chooseShort, passages), hasCorrection: false };
  }
  if (cues.refusals.length > 0)
    return { answer: finish('refused', chooseShort, []), hasCorrection: false };
  if (corrections.length > 0) {
    const found = findPassages(basis, asked.question, asked.earlier);
    return { answer: correct(finish, corrections, found, limits), hasCorrection: true };
  }
  return { answer: answerPlainly(basis, asked, finish, limits), hasCorrection: false };
}

/** The correction, then the short answer to what was asked, if it is another passage that fits well. */
function correct(
  finish: Finish,
  corrections: readonly Passage[],
  found: readonly Found[],
  limits: Limits,
): Answer {
  const others = found.filter(({ passage }) => !corrections.includes(passage));
  const isFitting = judge(others, 'inside', false, limits) === 'answered';
  const asked = isFitting ? others.slice(0, 1).map(({ passage }) => passage) : [];
  const choose = (passages: readonly Passage[]) => {
    const isCorrection = (passage: Passage) => corrections.includes(passage);
    const rest = passages.filter((passage) => !isCorrection(passage));
    return [...chooseShort(passages.filter(isCorrection)), ...chooseLeads(rest)];
  };
  return finish('answered', choose, [...corrections, ...asked]);
}

function answerPlainly(basis: Basis, asked: Read, finish: Finish, limits: Limits): Answer {
  const { earlier, near: nearby } = asked;
  const { covered, missing } = partCovered(basis, asked.question, earlier);
  const all = findPassages(basis, covered, earlier, nearby);
  const ground = groundOf(basis, covered, earlier, all[0]);
  const found = thatMaySpeak(basis, ground, all);
  // Who asks what a thing is means the thing itself, however many passages speak of it.
  const own = asksWhatItIs.test(covered) ? { ...limits, vague: 0 } : limits;
  // Vectors move passages up and down; whether there is an answer at all is for the words to say.
  const bySureness = nearby.length === 0 ? found : found.toSorted(surestFirst);
  const verdict = judge(bySureness, ground, earlier.length > 0, own);
  const nearest = found.slice(0, 3).map(({ passage }) => nameOf(passage));
  if (verdict === 'unclear') {
    return toAnswer(verdict, nothingShown, { nearest, askedIn: asked.askedIn });
  }
  const advisers = namedPassages(basis, whomToAsk(basis, ground));
  const [best] = found;
  // What says only that it is not covered is no answer, however well it was found.
  const isCovered = best && (ground !== 'abroad' || !advisers.includes(best.passage));
  if (verdict === 'not-covered' || !isCovered) {
    const others = all.filter(({ passage }) => !advisers.includes(passage));
    const rest = { nearest: near(others), more: [] };
    return finish('not-covered', chooseLeads, advisers, rest);
  }
  const unsaid = isStory(covered) ? [] : nameable(missingFrom(found));
  // A word that stands nowhere in the guidance is not spoken of, however well the rest was found.
  const isUnknown = (word: string) => findPassages(basis, word, []).length === 0;
  const words = verdict === 'partly' ? unsaid : unsaid.filter(isUnknown);
  const kind = missing.length > 0 || words.length > 0 ? 'partly' : verdict;
  const rest = { missing: [...missing, ...words], nearest };
  return finish(kind, chooseExtractive, fitting(found), rest);
}

function surestFirst(a: Found, b: Found): number {
  return surenessOf(b) - surenessOf(a);
}

/** "What is an SPO", "what are DAPOs", "meaning of RUI". */
const asksWhatItIs = /^(?:what(?:['’]?s| is| are| does)|define|meaning of|explain)\b/i;

/** The question's words that none of the passages shown speaks of. */
function missingFrom(found: readonly Found[]): readonly string[] {
  const shown = fitting(found).slice(0, mostShown);
  const [first, ...others] = found.filter(({ passage }) => shown.includes(passage));
  return (first?.hit.missing ?? []).filter((word) =>
    others.every(({ hit }) => hit.missing.includes(word)),
  );
}

/** Days, months, ranks, what is said in passing, and how it is typed. */
const inPassing =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october|november|december|(?:minute|hour|day|week|month|year)s?|(?:him|her|them|your|my)sel(?:f|ves)|genuinely|thought|besides|able|normal|regularly|wasnt|someones|thru|shud|wots|whats|whos|pls|plz|teh|mins?|sgt|insp|dci|num|tel|wks|yrs|hrs|etc|coc|vic|ppl|bat|hid|cos|coz|thx)$/;

/** Words worth naming back: what somebody asked about, not how. */
function nameable(words: readonly string[]): readonly string[] {
  const isSubject = (word: string) =>
    word.length > 2 && !/^\d/.test(word) && !everyday.has(word) && !inPassing.test(word);
  return words.filter(isSubject).slice(0, 3);
}

/** In a long story most words are beside the point; naming those not found would be noise. */
function isStory(question: string): boolean {
  return question.split(/\s+/).length > 20;
}

/** Headings worth offering when nothing is covered: only those that share something rare. */
function near(found: readonly Found[]): readonly PassageName[] {
  return found
    .filter(({ hit }) => hit.coverage >= 0.2)
    .slice(0, 3)
    .map(({ passage }) => nameOf(passage));
}

function nameOf({ id, heading }: Passage): PassageName {
  return { passage: id, heading };
}
