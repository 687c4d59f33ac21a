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
import { askedExactly } from '../core/asked-exactly.js';
import { spellOutCapitals } from '../core/capitals.js';
import { isLeftToOthers } from '../core/choosing-words.js';
import { headingBlock, type Quoted, verifyCitations } from '../core/citations.js';
import { partContradicting } from '../core/contradicting.js';
import { groundOf, partCovered, thatMaySpeak, whomToAsk } from '../core/coverage.js';
import { findCues } from '../core/cues.js';
import { dayOf } from '../core/days.js';
import { emergencyOf } from '../core/find-danger.js';
import { type Basis, findBeside, findPassages, namedPassages } from '../core/find-passages.js';
import type { PassageId } from '../core/ids.js';
import { limits as chosen, type Found, judge, type Limits, surenessOf } from '../core/judge.js';
import type { Knowledge } from '../core/knowledge.js';
import { leansOnEarlier } from '../core/leaning.js';
import { isHeld, isShownFor, partsLeftOpen, questionsIn } from '../core/left-open.js';
import type { Passage } from '../core/passage.js';
import { makeIsSafe } from '../core/safe-block.js';
import { isStory, missingFrom, nameable } from '../core/unsaid.js';
import { glossWelsh } from '../core/welsh.js';
import type { PromptName } from './model-port.js';
import type { Clock } from './ports.js';

/**
 * A guidance question from its words to what may be shown. Over 200 lines: the order in which danger, refusal,
 * correction and answer are decided is read in one place.
 */

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

/** A question as it is searched with. */
type Read = {
  readonly question: string;
  readonly earlier: readonly string[];
  /** What cues are looked for in: the words as typed, and what they mean where they are Welsh. */
  readonly cued: string;
  readonly askedIn: Answer['askedIn'];
  readonly near: readonly PassageId[];
  readonly reworded: string | undefined;
};

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

/** `given` are all passages that fit, best first, so that what did not go on the screen can be named. */
type Finish = (
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
type Open = {
  readonly kind: 'answered' | 'partly';
  readonly nearest: readonly PassageName[];
  /** So many of what may speak of the question, best first. */
  readonly find: (most: number) => readonly Found[];
  /** What of the question none of the passages shown speaks of. */
  readonly missing: (found: readonly Found[], shown: readonly Passage[]) => readonly string[];
  /** Names the parts of the question that the answer leaves open, and of others those that it does not show either. */
  readonly leaveOpen: (answer: Answer, others: readonly string[]) => Answer;
};

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

function nameOf({ id, heading }: Passage): PassageName {
  return { passage: id, heading };
}
