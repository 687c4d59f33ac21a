import {
  type CheckedChoice,
  type Choice,
  type ChosenUnit,
  checkChoice,
  unitsPicked,
} from '../core/choosing.js';
import { offerSentences } from '../core/choosing-offer.js';
import type { Quoted } from '../core/citations.js';
import type { Knowledge } from '../core/knowledge.js';
import { cutHidden, type HidePersonal } from '../core/placeholders.js';
import { makeIsSafe } from '../core/safe-block.js';
import { readAgain, type SecondReading, toReadAgain } from '../core/second-reading.js';
import type { Answered, AskedQuestion, Choosable } from './answer-question.js';
import type { AskModel, Prompt, PromptName } from './ports.js';

/**
 * Asks a model which sentences answer, and makes an answer of what passes: its choice is checked, read a second time
 * where that is wanted, and shown by code. Whatever it replies, code's own answer is there to stand in its place.
 */

/** What became of one attempt; for figures and tests. Holds no words of anybody. */
export type ImproveNote = {
  readonly kind:
    | 'by-rule'
    | 'nothing-to-choose'
    | 'offered'
    | 'chosen'
    /** No usable reply, or none in time. */
    | 'no-reply'
    /** Nothing of the reply passed. */
    | 'nothing-left'
    /** What passed no longer speaks of what was asked. */
    | 'beside-the-point'
    /** The second reading could not be had: a check that cannot run has failed. */
    | 'not-read-again'
    | 'fault';
  readonly dropped: CheckedChoice['dropped'];
};

export type ChooseParts = {
  readonly knowledge: Knowledge;
  readonly ask: AskModel;
  readonly prompts: {
    readonly choose: Prompt<Choice>;
    readonly readAgain: Prompt<SecondReading>;
  };
  readonly hide: HidePersonal;
  readonly secondReading: boolean;
  readonly note?: ((note: ImproveNote) => void) | undefined;
};

/** True of a text that no longer speaks of what was asked. */
export type IsBeside = (asked: AskedQuestion, byWords: Answered, text: string) => boolean;

/** The newest earlier questions that are given along, and the most letters of each. */
const longest = { earlier: 3, letters: 300 };

/** Asks the model to choose and returns what may be shown of its choice; undefined when code's own answer is better. */
export function makeChooseSentences(given: ChooseParts, isBeside: IsBeside) {
  const { ask, prompts, hide, note } = given;
  const isSafe = makeIsSafe(given.knowledge.neverAdvise);
  const rereading = makeReadAgain(given);
  return async (
    asked: AskedQuestion,
    byWords: Answered,
    choosable: Choosable,
    deadline: AbortSignal,
  ): Promise<Answered | undefined> => {
    const offered = offerSentences(choosable.passages);
    const { question, earlier } = hidden(asked, hide);
    const inputs = {
      question: JSON.stringify(question),
      earlier: JSON.stringify(earlier),
      passages: JSON.stringify(offered.passages),
    };
    const reply = await ask(prompts.choose, inputs, deadline);
    if (reply.kind !== 'replied') return noted(note, 'no-reply');
    const own = unitsPicked(choosable.own, choosable.passages);
    const checked = checkChoice(reply.output, offered, { question, own, isSafe });
    const { dropped, isDanger, unanswered, parts } = checked;
    const reread = await rereading(question, checked.units, deadline);
    const units = reread?.units ?? [];
    const answered = choosable.show(draftOf(units), unanswered, isDanger);
    const chosen = chosenText(units, answered);
    const isEmpty = chosen === '';
    const isKept = !isEmpty && !isBeside(asked, byWords, chosen);
    noted(note, kindOf(reread !== undefined, isEmpty, isKept), dropped);
    // Care that the model adds stands, whatever becomes of the rest of its reply.
    if (!isKept && !isDanger) return undefined;
    const shown = isKept ? answered : choosable.show(choosable.own, [], isDanger);
    const by = [nameOf(prompts.choose), ...(isKept ? (reread?.by ?? []) : [])];
    return { ...(isKept ? withParts(shown, parts) : shown), chosenBy: by };
  };
}

function draftOf(units: readonly ChosenUnit[]): readonly Quoted[] {
  return units.flatMap(({ draft }) => draft);
}

/** What the model chose, as far as it is shown, with its headings; what code filled the screen with is left out. */
function chosenText(units: readonly ChosenUnit[], { citations }: Answered): string {
  const quotes = new Set(citations.map(({ quote }) => quote));
  return units
    .filter(({ isChosen, draft }) => isChosen && draft.some(({ quote }) => quotes.has(quote)))
    .map(({ heading, text }) => `${heading} ${text}`)
    .join(' ');
}

function kindOf(isReread: boolean, isEmpty: boolean, isKept: boolean): ImproveNote['kind'] {
  if (!isReread) return 'not-read-again';
  if (isEmpty) return 'nothing-left';
  return isKept ? 'chosen' : 'beside-the-point';
}

/** Personal data out, and no more of the conversation than a follow-up needs. */
function hidden({ question, earlier }: AskedQuestion, hide: HidePersonal) {
  const [first = '', ...rest] = hide([question, ...earlier.slice(0, longest.earlier)]).hidden;
  return { question: first, earlier: rest.map((one) => cutHidden(one, longest.letters)) };
}

/** What a second reading leaves of a choice, all of it where none is wanted; undefined when it could not be had. */
function makeReadAgain({ ask, prompts, secondReading }: ChooseParts) {
  return async (
    question: string,
    units: readonly ChosenUnit[],
    deadline: AbortSignal,
  ): Promise<
    { readonly units: readonly ChosenUnit[]; readonly by: readonly PromptName[] } | undefined
  > => {
    if (!secondReading || units.length === 0) return { units, by: [] };
    const inputs = {
      question: JSON.stringify(question),
      statements: JSON.stringify(toReadAgain(units)),
    };
    const reply = await ask(prompts.readAgain, inputs, deadline);
    if (reply.kind !== 'replied') return undefined;
    return { units: readAgain(units, reply.output), by: [nameOf(prompts.readAgain)] };
  };
}

function nameOf({ id, version, digest }: Prompt<unknown>): PromptName {
  return { id, version, digest };
}

/** Parts are named only while what is shown stands for more than one. */
function withParts(answered: Answered, parts: CheckedChoice['parts']): Answered {
  const own = answered.shown.flatMap(({ passage }) => parts.get(passage) ?? []);
  if (new Set(own).size < 2) return answered;
  const shown = answered.shown.map((passage) => {
    const part = parts.get(passage.passage);
    return part === undefined ? passage : { ...passage, part };
  });
  return { ...answered, shown };
}

/** Tells what became of an attempt; undefined, for there is no answer to give. */
export function noted(
  note: ChooseParts['note'],
  kind: ImproveNote['kind'],
  dropped: ImproveNote['dropped'] = {},
): undefined {
  note?.({ kind, dropped });
}
