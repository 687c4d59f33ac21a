import {
  type Answer,
  type AnswerKind,
  chooseExtractive,
  chooseLeads,
  chooseShort,
  fitting,
  mostShown,
  nothingShown,
  type PassageName,
  toAnswer,
} from '../core/answer.js';
import { askedExactly } from '../core/asked-exactly.js';
import type { Quoted } from '../core/citations.js';
import { groundOf, partCovered, thatMaySpeak, whomToAsk } from '../core/coverage.js';
import { findCues } from '../core/cues.js';
import { type Basis, findBeside, findPassages, namedPassages } from '../core/find-passages.js';
import type { PassageId } from '../core/ids.js';
import { limits as chosen, type Found, judge, type Limits, surenessOf } from '../core/judge.js';
import { leansOnEarlier } from '../core/leaning.js';
import { isShownFor, partsLeftOpen, questionsIn } from '../core/left-open.js';
import type { Passage } from '../core/passage.js';
import { isStory, missingFrom, nameable } from '../core/unsaid.js';

/**
 * What a guidance question is answered with. Over 200 lines: the order in which danger, refusal, correction and answer
 * are decided is read in one place.
 */

/** A question as it is searched with. */
export type Read = {
  readonly question: string;
  readonly earlier: readonly string[];
  /** What cues are looked for in: the words as typed, and what they mean where they are Welsh. */
  readonly cued: string;
  readonly askedIn: Answer['askedIn'];
  readonly near: readonly PassageId[];
  readonly reworded: string | undefined;
};

/** `given` are all passages that fit, best first, so that what did not go on the screen can be named. */
export type Finish = (
  kind: AnswerKind,
  choose: (passages: readonly Passage[]) => readonly Quoted[],
  given: readonly Passage[],
  rest?: Partial<Pick<Answer, 'missing' | 'nearest' | 'more'>>,
) => Answer;

type Composed = {
  readonly answer: Answer;
  readonly hasCorrection: boolean;
  readonly open?: Open | undefined;
};

/** What rules leave open, with what they found. */
export type Open = {
  readonly kind: 'answered' | 'partly';
  readonly nearest: readonly PassageName[];
  /** So many of what may speak of the question, best first. */
  readonly find: (most: number) => readonly Found[];
  /** What of the question none of the passages shown speaks of. */
  readonly missing: (found: readonly Found[], shown: readonly Passage[]) => readonly string[];
  /** Names the parts of the question that the answer leaves open, and of others those that it does not show either. */
  readonly leaveOpen: (answer: Answer, others: readonly string[]) => Answer;
};

/** Decides in this order: danger, requests to harm, dangerous premises, then what was asked. */
export function compose(basis: Basis, asked: Read, finish: Finish, limits: Limits): Composed {
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
  if (cues.refusals.length > 0) {
    // One word that is refused swallows no correction: what is dangerous stays so.
    const answer = finish('refused', chooseShort, corrections);
    const isOther = (part: string) => findCues(basis.knowledge.cues, part).refusals.length === 0;
    const others = partsLeftOpen(basis, asked.question, asked.earlier, answer.shown);
    const leftOpen = others.filter(isOther);
    return {
      answer: leftOpen.length > 0 ? { ...answer, leftOpen } : answer,
      hasCorrection: corrections.length > 0,
    };
  }
  if (corrections.length > 0) {
    const found = findPassages(basis, asked.question, asked.earlier);
    const answer = correct(finish, corrections, found, limits);
    return { answer: leavingOpen(basis, asked, answer), hasCorrection: true };
  }
  return { ...answerParts(basis, asked, finish, limits), hasCorrection: false };
}

/**
 * Answers what was asked; where several things were, and the best passage for all of them together is among the best
 * of none, or nothing speaks of all together, then the first that has an answer of its own. The rest is named.
 */
function answerParts(
  basis: Basis,
  asked: Read,
  finish: Finish,
  limits: Limits,
): Pick<Composed, 'answer' | 'open'> {
  const whole = answerPlainly(basis, asked, finish, limits);
  const parts = questionsIn(asked.question);
  const isForNone = (passage: PassageId) =>
    parts.every((part) => !isShownFor(findPassages(basis, part, []), [{ passage }]));
  const [best] = whole.answer.shown;
  const isAnswered = whole.answer.kind === 'answered' || whole.answer.kind === 'partly';
  if (parts.length === 0 || (isAnswered && !(best && isForNone(best.passage)))) return whole;
  const alone = parts.map((part) =>
    answerPlainly(basis, { ...asked, question: part }, finish, limits),
  );
  const one = alone.find(({ answer }) => answer.kind === 'answered');
  if (!one) return whole;
  const naming = (answer: Answer, others: readonly string[] = []) =>
    leavingOpen(basis, asked, answer, others);
  return { answer: naming(one.answer), open: one.open && { ...one.open, leaveOpen: naming } };
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

function answerPlainly(
  basis: Basis,
  asked: Read,
  finish: Finish,
  limits: Limits,
): Pick<Composed, 'answer' | 'open'> {
  const { near: nearby, reworded } = asked;
  const earlier = isWholeAlone(basis, asked.question) ? [] : asked.earlier;
  const { covered, missing } = partCovered(basis, asked.question, earlier);
  const find = (most?: number) =>
    reworded === undefined
      ? findPassages(basis, covered, earlier, nearby, most)
      : findBeside(basis, { question: covered, reworded }, earlier, nearby, most);
  const exact = askedExactly(basis, covered);
  const all = exact ?? find();
  const ground = groundOf(basis, covered, earlier, all[0]);
  const found = thatMaySpeak(basis, ground, all);
  // Who asks what a thing is means the thing itself, however many passages speak of it.
  const own = asksWhatItIs.test(covered) ? { ...limits, vague: 0 } : limits;
  // Vectors move passages up and down; whether there is an answer at all is for the words to say.
  const isFused = nearby.length > 0 || reworded !== undefined;
  const bySureness = isFused ? found.toSorted(surestFirst) : found;
  const isExact = exact !== undefined && found.length > 0 && ground !== 'outside';
  const verdict = isExact ? 'answered' : judge(bySureness, ground, earlier.length > 0, own);
  const nearest = found.slice(0, 3).map(({ passage }) => nameOf(passage));
  if (verdict === 'unclear') {
    return { answer: toAnswer(verdict, nothingShown, { nearest, askedIn: asked.askedIn }) };
  }
  const advisers = namedPassages(basis, whomToAsk(basis, ground));
  const [best] = found;
  // What says only that it is not covered is no answer, however well it was found.
  const isCovered = best && (ground !== 'abroad' || !advisers.includes(best.passage));
  if (verdict === 'not-covered' || !isCovered) {
    const others = all.filter(({ passage }) => !advisers.includes(passage));
    const rest = { nearest: near(others), more: [] };
    return { answer: finish('not-covered', chooseLeads, advisers, rest) };
  }
  // A word that stands nowhere in the guidance is not spoken of, however well the rest was found.
  const isUnknown = (word: string) => findPassages(basis, word, []).length === 0;
  const missingOf: Open['missing'] = (among, shown) => {
    const unsaid = isStory(covered) ? [] : nameable(missingFrom(among, shown));
    return [...missing, ...(verdict === 'partly' ? unsaid : unsaid.filter(isUnknown))];
  };
  const fit = fitting(found);
  const unsaid = missingOf(found, fit.slice(0, mostShown));
  const kind = unsaid.length > 0 ? 'partly' : verdict;
  const answer = finish(kind, chooseExtractive, fit, { missing: unsaid, nearest });
  return {
    answer: leavingOpen(basis, { ...asked, question: covered }, answer),
    open: {
      kind: verdict,
      nearest,
      leaveOpen: (one, others) => leavingOpen(basis, { ...asked, question: covered }, one, others),
      find: (most) => thatMaySpeak(basis, ground, find(most)),
      missing: missingOf,
    },
  };
}

/** Names beside an answer the parts of a question that it leaves open; those of a question in Welsh in its gloss. */
function leavingOpen(
  basis: Basis,
  { question, earlier }: Read,
  answer: Answer,
  others: readonly string[] = [],
): Answer {
  if (answer.shown.length === 0) return answer;
  const parts = partsLeftOpen(basis, question, earlier, answer.shown);
  const isNew = (part: string) =>
    !parts.some((one) => one.includes(part)) &&
    !isShownFor(findPassages(basis, part, []), answer.shown);
  const leftOpen = [...parts, ...others.filter(isNew)];
  return leftOpen.length === 0 ? answer : { ...answer, leftOpen };
}

function surestFirst(a: Found, b: Found): number {
  return surenessOf(b) - surenessOf(a);
}

/** "What is an SPO", "what are DAPOs", "meaning of RUI". */
const asksWhatItIs = /^(?:what(?:['’]?s| is| are| does)|define|meaning of|explain)\b/i;

/** Such a question that is found whole, and stands for nothing said before, is not pulled to what was asked before. */
function isWholeAlone(basis: Basis, question: string): boolean {
  if (!asksWhatItIs.test(question)) return false;
  const [alone] = findPassages(basis, question, []);
  if (!alone || leansOnEarlier(question, alone.hit)) return false;
  return alone.hit.coverage >= chosen.whole;
}

/** Headings worth offering when nothing is covered: only those that share something rare. */
function near(found: readonly Found[]): readonly PassageName[] {
  return found
    .filter(({ hit }) => hit.coverage >= 0.2)
    .slice(0, 3)
    .map(({ passage }) => nameOf(passage));
}

export function nameOf({ id, heading }: Passage): PassageName {
  return { passage: id, heading };
}
