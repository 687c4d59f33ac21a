import { z } from 'zod';
import { type Offered, type Place, wordsOf } from './choosing-offer.js';
import {
  type Drop,
  isDangerSaid,
  makeIsSaid,
  partSaid,
  type SaidFault,
  unansweredSaid,
  wordsIn,
} from './choosing-said.js';
import { type Quoted, quotedOf, standsIn } from './citations.js';
import { type Block, type Passage, statementsOf } from './passage.js';
import type { IsSafe } from './safe-block.js';
import { unitsOf, unitWith } from './units.js';

/**
 * A model chooses sentences; it does not speak. It is given sentences under labels that tell nothing, and gives back
 * labels with the words it relies on. What it says is checked here and made a draft of labels and quotes, which
 * verifyCitations then takes back to the passages. No word of the model's own is ever shown: what it says of the
 * question (its parts, what is unanswered, signs of danger) must stand in the question.
 *
 * Over 200 lines: what is checked of a reply is read in its order. What this cannot see: whether a true sentence is the right one, and whether a better one was left out.
 */

/** The shape of its reply. Bounds are kept here and not in the shape: too much is cut, not refused. */
export const choiceSchema = z.object({
  /** In the order to be read. */
  sentences: z.array(
    z.object({
      label: z.string(),
      /** The words of that sentence which answer. */
      quote: z.string(),
      /** The part of the question it answers, in the user's words; null for the whole question. */
      part: z.string().nullable(),
    }),
  ),
  /** Parts of the question that no sentence answers: an id of `unansweredParts`, or the user's words. */
  unanswered: z.array(z.string()),
  /** The user's words that tell of danger now; null when there are none. */
  danger: z.string().nullable(),
});
export type Choice = z.infer<typeof choiceSchema>;

/** Why something of a reply was dropped. */
export type ChoiceFault =
  | SaidFault
  | 'unknown-label'
  | 'not-quoted'
  | 'too-short'
  | 'twice'
  | 'no-room';

/** Paragraphs shown together or not at all, as a draft of them. */
export type ChosenUnit = {
  /** True when the model chose it, false when code filled the screen with it. */
  readonly isChosen: boolean;
  readonly heading: string;
  readonly text: string;
  readonly draft: readonly Quoted[];
};

export type CheckedChoice = {
  /** In the order chosen, each sentence with all it is shown with. */
  readonly units: readonly ChosenUnit[];
  /** For which part of the question a passage stands there, where several parts were asked. */
  readonly parts: ReadonlyMap<Passage['id'], string>;
  /** What nothing speaks of, in words that may be shown. */
  readonly unanswered: readonly string[];
  readonly isDanger: boolean;
  readonly dropped: Readonly<Partial<Record<ChoiceFault, number>>>;
};

/** More of a reply is not read. */
const mostPicks = 60;
/** A longer quote is no quote of a sentence. */
const longestQuote = 1_000;
/** Fewer words could stand in any sentence. */
const leastQuoted = 3;
/** One screen: as much as code shows of two passages. */
const mostWords = 190;
/** Code's own choice is added up to so many words, as it fills a screen. */
const mostFilled = 150;
/** Teams refuses a message with more. */
const mostCitations = 20;
/**
 * Checks a reply against what was offered and asked. What room the choice leaves on the screen goes to what code chose
 * itself, so that the rest of a rule stays in sight, and what the words of the question found is not lost to a choice
 * beside the point.
 */
export function checkChoice(
  choice: Choice,
  offered: Offered,
  { question, own, isSafe }: ChoiceBasis,
): CheckedChoice {
  const dropped: Partial<Record<ChoiceFault, number>> = {};
  const drop: Drop<ChoiceFault> = (why, count = 1) => {
    dropped[why] = (dropped[why] ?? 0) + count;
    return [];
  };
  const picks = picksOf(choice, offered, drop);
  const picked = withinScreen(picks, own, drop);
  const isSaid = makeIsSaid(question, isSafe);
  const shown = picked.map(({ passage, blocks }) => textOf(passage, blocks)).join(' ');
  return {
    units: picked.map(unitOf),
    parts: partsOf(picked, (part, text) => partSaid(part, text, isSaid, drop)),
    unanswered: unansweredSaid(choice.unanswered, { question, shown }, isSaid, drop),
    isDanger: isDangerSaid(choice.danger, question, drop),
    dropped,
  };
}

export type ChoiceBasis = {
  /** As the model was given it. */
  readonly question: string;
  /** What code chose itself, in its order. */
  readonly own: readonly OwnPick[];
  readonly isSafe: IsSafe;
};

/** Paragraphs of a passage that belong together. */
export type OwnPick = { readonly passage: Passage; readonly blocks: readonly Block[] };

/** The paragraphs of a draft that belong together, in its passages' order. */
export function unitsPicked(
  draft: readonly Quoted[],
  passages: readonly Passage[],
): readonly OwnPick[] {
  const picked = new Set(draft.map(({ label }) => label));
  return passages.flatMap((passage) =>
    unitsOf(passage)
      .filter((unit) =>
        unit.some((block) => quotedOf(passage, block).some(({ label }) => picked.has(label))),
      )
      .map((blocks) => ({ passage, blocks })),
  );
}

type Pick = Place & { readonly quote: string; readonly part: string | null };
type PickedUnit = OwnPick & { readonly pick?: Pick };

/** The sentences that were offered and quoted, each once; nor the same words again from another passage. */
function picksOf(
  { sentences }: Choice,
  { places }: Offered,
  drop: Drop<ChoiceFault>,
): readonly Pick[] {
  if (sentences.length > mostPicks) drop('too-many', sentences.length - mostPicks);
  const seen = new Set<string>();
  return sentences.slice(0, mostPicks).flatMap(({ label, quote, part }): readonly Pick[] => {
    const place = places.get(label);
    if (!place) return drop('unknown-label');
    const { text } = place.statement;
    if (quote.length > longestQuote || !standsIn(quote, text)) return drop('not-quoted');
    if (!isLongEnough(quote, text)) return drop('too-short');
    const words = wordsIn(text).join(' ');
    if (seen.has(words)) return drop('twice');
    seen.add(words);
    return [{ ...place, quote, part }];
  });
}

function isLongEnough(quote: string, text: string): boolean {
  const count = wordsIn(quote).length;
  return count >= Math.min(leastQuoted, wordsIn(text).length);
}

/** What is chosen, with the paragraphs each is shown with, in its order, as far as one screen holds; then code's own. */
function withinScreen(
  picks: readonly Pick[],
  own: readonly OwnPick[],
  drop: Drop<ChoiceFault>,
): readonly PickedUnit[] {
  const taken = new Set<Block>();
  let [words, marks] = [0, 0];
  const take = (blocks: readonly Block[], most: number): boolean => {
    const cited = blocks.flatMap(statementsOf).flatMap((statement) => statement.marks).length;
    const hasRoom = words + wordsOf(blocks) <= most && marks + cited <= mostCitations;
    if (taken.size > 0 && !hasRoom) return false;
    for (const block of blocks) taken.add(block);
    words += wordsOf(blocks);
    marks += cited;
    return true;
  };
  const chosen = picks.flatMap((pick): readonly PickedUnit[] => {
    if (taken.has(pick.block)) return [];
    const blocks = unitWith(pick.passage, pick.block);
    return take(blocks, mostWords) ? [{ passage: pick.passage, pick, blocks }] : drop('no-room');
  });
  if (chosen.length === 0) return [];
  const rest = own.filter(
    ({ blocks }) => !blocks.some((block) => taken.has(block)) && take(blocks, mostFilled),
  );
  return [...chosen, ...rest];
}

function unitOf({ passage, pick, blocks }: PickedUnit): ChosenUnit {
  const whole = blocks.flatMap((block) => quotedOf(passage, block));
  return {
    isChosen: pick !== undefined,
    heading: passage.heading,
    text: blocks
      .flatMap(statementsOf)
      .map(({ text }) => text)
      .join(' '),
    draft: [...(pick ? [quotedAs(pick)] : []), ...whole],
  };
}

/** The sentence by its label, in the words the model quoted: they are checked once more before anything is shown. */
function quotedAs({ passage, block, statement, quote }: Pick): Quoted {
  const named = quotedOf(passage, block)[statementsOf(block).indexOf(statement)];
  if (!named) throw new Error(`naming a sentence of ${passage.id}: it is not in its paragraph`);
  return { label: named.label, quote };
}

function textOf({ heading }: Passage, blocks: readonly Block[]): string {
  return [heading, ...blocks.flatMap(statementsOf).map(({ text }) => text)].join(' ');
}

/** Parts are named only where there are two or more. */
function partsOf(
  picked: readonly PickedUnit[],
  partOf: (part: string, text: string) => string | undefined,
): CheckedChoice['parts'] {
  const parts = new Map<Passage['id'], string>();
  for (const { passage, pick, blocks } of picked) {
    if (!pick || pick.part === null || parts.has(passage.id)) continue;
    const said = partOf(pick.part, textOf(passage, blocks));
    if (said) parts.set(passage.id, said);
  }
  return new Set(parts.values()).size > 1 ? parts : new Map();
}
