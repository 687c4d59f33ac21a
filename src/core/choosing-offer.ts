import { lengthOf } from './answer.js';
import { type Block, type Passage, type Statement, statementsOf } from './passage.js';
import { unitsOf } from './units.js';

/** What a model is given to choose from: sentences under labels that tell nothing, without ids or links. */

/** Sentences as a model is given them: under their heading, an item of a list with its lead-in. */
export type OfferedPassage = {
  readonly heading: string;
  readonly sentences: readonly {
    readonly label: string;
    readonly under: string | null;
    readonly text: string;
  }[];
};

/** A sentence by the label it was offered under. */
export type Place = {
  readonly passage: Passage;
  readonly block: Block;
  readonly statement: Statement;
};

export type Offered = {
  readonly passages: readonly OfferedPassage[];
  readonly places: ReadonlyMap<string, Place>;
};

/** Words of all that is offered: what eight passages hold, mostly; more would cost seconds. */
const mostOffered = 1_200;

/** Offers passages, best first, as far as the bound on words goes; paragraphs that belong together stay so. */
export function offerSentences(given: readonly Passage[]): Offered {
  const places = new Map<string, Place>();
  let words = 0;
  const passages = given.flatMap((passage): readonly OfferedPassage[] => {
    const units = unitsOf(passage).filter((unit, index) => {
      const length = wordsOf(unit);
      const isTaken = words + length <= mostOffered || (places.size === 0 && index === 0);
      if (isTaken) words += length;
      return isTaken;
    });
    const sentences = units.flat().flatMap((block) =>
      statementsOf(block).map((statement) => {
        const label = `s${places.size + 1}`;
        places.set(label, { passage, block, statement });
        const isItem = block.items.includes(statement);
        const under = isItem ? block.lead.map(({ text }) => text).join(' ') : null;
        return { label, under, text: statement.text };
      }),
    );
    return sentences.length > 0 ? [{ heading: passage.heading, sentences }] : [];
  });
  return { passages, places };
}

/** Words of paragraphs that are shown together. */
export function wordsOf(unit: readonly Block[]): number {
  return unit.reduce((sum, block) => sum + lengthOf(block), 0);
}
