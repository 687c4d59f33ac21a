import type { Day, PassageId, SourceId } from './ids.js';
import {
  type Block,
  isOverdue,
  isQuotable,
  type Mark,
  type Passage,
  placesOf,
  type Source,
  statementsOf,
} from './passage.js';
import type { IsSafe } from './safe-block.js';
import { unitWith } from './units.js';

/**
 * Stands between composing an answer and showing it, whoever composed it: code or a model. A draft is
 * only labels and quotes. Each label is taken back to the sentence it was given for; the quote must stand
 * in it; the passage must be published and in force, and neither its heading nor its block hold anything that may
 * never be advised. What passes is shown as the passage's own block, whole, with the blocks it must not be parted
 * from, so that no sentence loses its condition or its "do not". What it cannot see is whether a true sentence is the
 * right one to show. A little over 200 lines, so that what is checked and what is shown are read together.
 */

/** Names one statement of one passage: `spo-length#2`, counting from 1 in reading order. */
export type Label = `${string}#${number}`;

export type Quoted = { readonly label: Label; readonly quote: string };

export type Citation = {
  readonly n: number;
  readonly passage: PassageId;
  readonly heading: string;
  /** The statement's words, byte for byte as in the passage. */
  readonly quote: string;
  readonly source: Pick<Source, 'id' | 'publisher' | 'title' | 'url'> & {
    readonly locator: string;
    readonly checkedOn: Day;
  };
};

/** One sentence as shown, with the numbers of its citations. */
export type ShownStatement = { readonly text: string; readonly citations: readonly number[] };

export type ShownBlock = {
  readonly lead: readonly ShownStatement[];
  readonly items: readonly ShownStatement[];
};

/** Blocks of one passage under its heading. */
export type ShownPassage = {
  readonly passage: PassageId;
  readonly heading: string;
  /** Set when the passage is past its review date; must then be shown. */
  readonly overdueSince: Day | undefined;
  readonly blocks: readonly ShownBlock[];
  /** The part of the question it stands for, in the user's own words; absent unless several parts were asked. */
  readonly part?: string;
};

export type Verified = {
  readonly shown: readonly ShownPassage[];
  readonly citations: readonly Citation[];
  /** Labels that were dropped, with the reason; for the log and the tests, never shown. */
  readonly dropped: readonly { readonly label: string; readonly why: DropReason }[];
};

export type DropReason = 'not-given' | 'not-quoted' | 'not-quotable' | 'no-source' | 'not-safe';

export function labelOf(passage: PassageId, index: number): Label {
  return `${passage}#${index + 1}`;
}

/** Every statement of a block, as a draft names it. */
export function quotedOf(passage: Passage, block: Block): readonly Quoted[] {
  return placesOf(passage).flatMap(({ statement, block: own }, at) =>
    own === block ? [{ label: labelOf(passage.id, at), quote: statement.text }] : [],
  );
}

/**
 * Returns what of a draft may be shown, in the order of the draft, passage by passage. `given` are the
 * passages that were handed to whoever wrote the draft; a label outside them is dropped.
 */
export function verifyCitations(
  draft: readonly Quoted[],
  given: readonly Passage[],
  sources: ReadonlyMap<SourceId, Source>,
  on: Day,
  isSafe: IsSafe,
): Verified {
  const dropped: { label: string; why: DropReason }[] = [];
  const chosen = new Map<Passage, Set<Block>>();
  for (const pick of draft) {
    const found = find(pick, given, sources, on, isSafe);
    if ('why' in found) dropped.push({ label: pick.label, why: found.why });
    else {
      const blocks = chosen.get(found.passage) ?? new Set();
      for (const block of found.unit) blocks.add(block);
      chosen.set(found.passage, blocks);
    }
  }
  const citations: Citation[] = [];
  const shown = [...chosen].map(([passage, blocks]) => ({
    passage: passage.id,
    heading: passage.heading,
    overdueSince: isOverdue(passage, on) ? passage.reviewBy : undefined,
    // In the order of the passage: a condition written after a rule stays after it.
    blocks: passage.blocks
      .filter((block) => blocks.has(block))
      .map((block) => cite(passage, block, sources, citations)),
  }));
  return { shown, citations, dropped };
}

function find(
  pick: Quoted,
  given: readonly Passage[],
  sources: ReadonlyMap<SourceId, Source>,
  on: Day,
  isSafe: IsSafe,
): { passage: Passage; unit: readonly Block[] } | { why: DropReason } {
  const [id, number] = pick.label.split('#');
  const passage = given.find((candidate) => candidate.id === id);
  const place = passage && placesOf(passage)[Number(number) - 1];
  if (!passage || !place) return { why: 'not-given' };
  const { statement, block } = place;
  if (!standsIn(pick.quote, statement.text)) return { why: 'not-quoted' };
  if (!isQuotable(passage, on)) return { why: 'not-quotable' };
  const unit = unitWith(passage, block);
  if (!unit.every((part) => hasSource(part, sources))) return { why: 'no-source' };
  if (!isSafe(headingBlock(passage)) || !unit.every(isSafe)) return { why: 'not-safe' };
  return { passage, unit };
}

function hasSource(block: Block, sources: ReadonlyMap<SourceId, Source>): boolean {
  const marks = statementsOf(block).flatMap((s) => s.marks);
  return marks.length > 0 && marks.every((mark) => sources.has(mark.source));
}

const headingBlocks = new WeakMap<Passage, Block>();

/** The heading as a block, one a passage, so that it is read for unsafe words once. */
export function headingBlock(passage: Passage): Block {
  const known = headingBlocks.get(passage);
  if (known) return known;
  const block = { lead: [{ text: passage.heading, marks: [] }], items: [] };
  headingBlocks.set(passage, block);
  return block;
}

/** True when the quote, however spaced, cased or quoted, stands in the text; at least one whole word of it. */
export function standsIn(quote: string, text: string): boolean {
  if (quote === text && /[\p{L}\p{N}]/u.test(text)) return true;
  const wanted = plain(quote);
  return /[\p{L}\p{N}]/u.test(wanted) && ` ${plain(text)} `.includes(` ${wanted} `);
}

/** Case, spaces, quotation marks, dashes and invisible characters do not make two texts differ. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '')
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/[“”„‟″]/g, '"')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/([\p{L}\p{N}])[.,;:!?]+(?=\s|$)/gu, '$1');
}

function cite(
  passage: Passage,
  block: Block,
  sources: ReadonlyMap<SourceId, Source>,
  citations: Citation[],
): ShownBlock {
  const show = ({ text, marks }: { text: string; marks: readonly Mark[] }): ShownStatement => ({
    text,
    citations: marks.flatMap((mark) => {
      const source = sources.get(mark.source);
      if (!source) return [];
      const { id, publisher, title, url } = source;
      const n = citations.length + 1;
      const from = {
        id,
        publisher,
        title,
        url,
        locator: mark.locator,
        checkedOn: passage.checkedOn,
      };
      citations.push({
        n,
        passage: passage.id,
        heading: passage.heading,
        quote: text,
        source: from,
      });
      return [n];
    }),
  });
  return { lead: block.lead.map(show), items: block.items.map(show) };
}
