import { type Block, type Passage, statementsOf } from './passage.js';

/**
 * Paragraphs that must not be parted. A paragraph that begins with "Then", "Both" or "But" leans on the one
 * before it, and one that begins with "But", "Except" or "Unless" takes something back from it. Authors are
 * asked to write paragraphs that stand alone (test/content.test.ts lists those that do not); this holds the rest
 * together whoever chose them. It reads first words only: an exception in a paragraph of its own that does
 * not say so at its beginning is not seen, which is why the rest of a passage is always one press away.
 */

/** First words that need, or take back, what stands before them: "But only for a full order.", "The same court refused". */
const leansBack =
  /^(?:then|both|either|neither|nor|but|however|except|unless|only|otherwise|also|instead|still|even (?:so|then)|in that case|such|and|or|so|it|its|this|that|these|those|they|their|he|she|the exceptions?|the same|another|others|apart from|until (?:it|then)|not (?:if|when|where|for)|where (?:it|this|that|they))\b/i;

/** Worked out once a passage, which every answer that shows it asks for several times. */
const unitsOfBlocks = new WeakMap<readonly Block[], readonly (readonly Block[])[]>();

/** The paragraphs of a passage, in groups that are shown together or not at all. */
export function unitsOf({ blocks }: Pick<Passage, 'blocks'>): readonly (readonly Block[])[] {
  const known = unitsOfBlocks.get(blocks);
  if (known) return known;
  const units: Block[][] = [];
  for (const block of blocks) {
    const last = units.at(-1);
    if (last && leansBack.test(statementsOf(block)[0]?.text ?? '')) last.push(block);
    else units.push([block]);
  }
  unitsOfBlocks.set(blocks, units);
  return units;
}

/** The group that holds a paragraph; that paragraph alone when it is none of the passage's. */
export function unitWith(passage: Pick<Passage, 'blocks'>, block: Block): readonly Block[] {
  return unitsOf(passage).find((unit) => unit.includes(block)) ?? [block];
}
