import { z } from 'zod';
import { type Day, daySchema, passageIdSchema, type SourceId, sourceIdSchema } from './ids.js';

/** Where a statement comes from. Every link a user sees is a source's `url`, and no other. */
export const sourceSchema = z.strictObject({
  id: sourceIdSchema,
  publisher: z.string().min(2),
  title: z.string().min(3),
  /** `null` for a document that each force holds itself. */
  url: z.url({ protocol: /^https$/ }).nullable(),
  /** The edition, version or date of the text that was read. */
  edition: z.string().min(1),
  licence: z.enum(['OGL-3.0', 'OPL-3.0', 'all-rights-reserved', 'NC-College', 'NC-ND']),
  checkedOn: daySchema,
  /** How the facts were verified, in one sentence. */
  verified: z.string().min(5),
});
export type Source = z.infer<typeof sourceSchema>;

export const audienceSchema = z.enum([
  'officer',
  'call-handler',
  'investigator',
  'supervisor',
  'advocate',
]);
export type Audience = z.infer<typeof audienceSchema>;

const standing = {
  audience: z.array(audienceSchema).min(1),
  /** Only `published` is ever used in an answer. */
  status: z.enum(['draft', 'published', 'retired']),
  /** `from` null: advice, not law. `to` null: no end known; else the last day it holds. */
  inForce: z.strictObject({ from: daySchema.nullable(), to: daySchema.nullable() }),
  checkedOn: daySchema,
  reviewBy: daySchema,
  /** Of a force's own guidance: passages shipped with Signpost that give way while this one is in force. */
  replaces: z.array(passageIdSchema).min(1).exactOptional(),
};

/** Front matter of an article. */
export const articleHeadSchema = z.strictObject({
  id: passageIdSchema,
  title: z.string().min(5),
  jurisdiction: z.string().min(3),
  ...standing,
});
export type ArticleHead = z.infer<typeof articleHeadSchema>;

/** The `passage` block under a heading; what it names wins over the article's. */
export const passageHeadSchema = z.strictObject({
  id: passageIdSchema,
  /** Three to eight; a draft may have fewer. */
  asks: z.array(z.string().min(3)).max(8).default([]),
  audience: standing.audience.exactOptional(),
  status: standing.status.exactOptional(),
  inForce: standing.inForce.exactOptional(),
  checkedOn: standing.checkedOn.exactOptional(),
  reviewBy: standing.reviewBy.exactOptional(),
  replaces: standing.replaces,
  /** Of a retired passage: the one that says it now. Only a retired passage has one. */
  successor: passageIdSchema.exactOptional(),
});
export type PassageHead = z.infer<typeof passageHeadSchema>;

type Standing = Pick<ArticleHead, 'inForce'>;

/** A source and the place in it, e.g. `leg-spa` and `s1(3)`. */
const markSchema = z.strictObject({ source: sourceIdSchema, locator: z.string().min(1) });
export type Mark = z.infer<typeof markSchema>;

/** Words that stand in the passage exactly so, with the marks they rest on (at least one). */
export type Statement = { readonly text: string; readonly marks: readonly Mark[] };

/**
 * The smallest thing ever shown: a paragraph, or a lead-in with all items of its list. Shown whole,
 * so that no sentence loses the condition, exception or "do not" that governs it.
 */
export type Block = { readonly lead: readonly Statement[]; readonly items: readonly Statement[] };

export type Passage = Omit<ArticleHead, 'id' | 'title'> &
  PassageHead & {
    readonly topic: string;
    readonly article: string;
    readonly heading: string;
    readonly blocks: readonly Block[];
    /** When a force's own passages stand in its place; absent when none does. */
    readonly givesWay?: readonly Standing['inForce'][];
  };

/** Stands in a draft where nobody has written yet; the only words of an article that need no source. */
export const unwritten = 'To be written in our own words.';

/** All statements of a block in the order they are read. */
export function statementsOf(block: Block): readonly Statement[] {
  return [...block.lead, ...block.items];
}

/** A statement with the block it stands in. */
export type Place = { readonly statement: Statement; readonly block: Block };

const placesOfPassages = new WeakMap<Passage, readonly Place[]>();

/** The statements of a passage in reading order; worked out once a passage, which never changes. */
export function placesOf(passage: Passage): readonly Place[] {
  const known = placesOfPassages.get(passage);
  if (known) return known;
  const places = passage.blocks.flatMap((block) =>
    statementsOf(block).map((statement) => ({ statement, block })),
  );
  placesOfPassages.set(passage, places);
  return places;
}

/** The words of a passage as its author wrote them, without marks. */
export function textOf(passage: Passage): string {
  return passage.blocks
    .flatMap(statementsOf)
    .map((statement) => statement.text)
    .join(' ');
}

/** True when a passage may be quoted on that day: published, begun, not ended, and no local one stands in its place. */
export function isQuotable({ status, inForce, givesWay = [] }: Passage, on: Day): boolean {
  return (
    status === 'published' &&
    isWithin(inForce, on) &&
    !givesWay.some((period) => isWithin(period, on))
  );
}

function isWithin({ from, to }: Standing['inForce'], on: Day): boolean {
  return (from === null || from <= on) && (to === null || on <= to);
}

/** True after the review date: still quotable, but never shown as current without saying so. */
export function isOverdue(passage: Passage, on: Day): boolean {
  return passage.reviewBy < on;
}

/** Parses `leg-spa s1(3)`; undefined when there is no locator or the id is malformed. */
export function parseMark(text: string): Mark | undefined {
  const [source, ...rest] = text.trim().split(/\s+/);
  const parsed = markSchema.safeParse({ source, locator: rest.join(' ') });
  return parsed.success ? parsed.data : undefined;
}

export type Sources = ReadonlyMap<SourceId, Source>;
