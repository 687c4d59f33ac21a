import type { Redact } from './redact.js';
import type { PersonalKind } from './redact-rules.js';

/**
 * Personal data as numbered placeholders, so that texts can leave and what comes back can be shown to the person who
 * typed them. Words that are the same get the same placeholder in all texts of one call, and nothing is kept after it.
 * Only words that are the same to the letter share one, so that `restore` gives back exactly what was typed; "Dave" and
 * "DAVE" are two.
 */

/** Hides the personal data of texts that go out together; `restore` puts it back, for the user's screen alone. */
export type HidePersonal = (texts: readonly string[]) => {
  /** The same texts in the same order, with `[name 1]`, `[phone 2]` … in the place of what was taken out. */
  readonly hidden: readonly string[];
  /** Puts back what was taken out here; a placeholder that is not one of these, typed or invented, stays as it is. */
  readonly restore: (text: string) => string;
};

/** Returns the function that hides what `redact` finds. */
export function makeHide(redact: Redact): HidePersonal {
  return (texts) => {
    const found = texts.map((text) => redact(text).removed);
    const everywhere = lookupOf(wordsFound(texts, found));
    const name = makeNaming(numbersTyped(texts));
    const hidden = texts.map((text, at) => {
      const own = (found[at] ?? []).map(({ kind, start, end }) => ({ kind, start, end }));
      return withNames(text, [...own, ...repeatsIn(text, own, everywhere)], name.of);
    });
    return { hidden, restore: name.restore };
  };
}

type Span = { readonly kind: PersonalKind; readonly start: number; readonly end: number };

/** Whatever looks like one of our placeholders, however it is spaced or written. */
const looksLikeOurs = /\[\s*[a-z-]+\s*(\d{1,6})\s*\]/gi;

/** Numbers that somebody typed in such a placeholder: none of ours may be taken for it. */
function numbersTyped(texts: readonly string[]): ReadonlySet<number> {
  return new Set(
    texts.flatMap((text) => [...text.matchAll(looksLikeOurs)].map((match) => Number(match[1]))),
  );
}

/** Gives each kind and words its placeholder, counting up and leaving out the numbers typed. */
function makeNaming(taken: ReadonlySet<number>) {
  const names = new Map<string, string>();
  const words = new Map<string, string>();
  const counts = new Map<PersonalKind, number>();
  const next = (kind: PersonalKind): number => {
    let number = (counts.get(kind) ?? 0) + 1;
    while (taken.has(number)) number += 1;
    counts.set(kind, number);
    return number;
  };
  return {
    of: (kind: PersonalKind, said: string): string => {
      const name = names.get(said) ?? `[${kind} ${next(kind)}]`;
      names.set(said, name);
      words.set(name, said);
      return name;
    },
    restore: (text: string): string =>
      text.replace(/\[[a-z-]+ \d+\]/g, (name) => words.get(name) ?? name),
  };
}

type Word = { readonly kind: PersonalKind; readonly said: string };

/** What was found in any of the texts, longest first. */
function wordsFound(
  texts: readonly string[],
  found: readonly (readonly Span[])[],
): readonly Word[] {
  const words = new Map<string, Word>();
  for (const [at, spans] of found.entries())
    for (const { kind, start, end } of spans) {
      const said = (texts[at] ?? '').slice(start, end);
      if (!words.has(said)) words.set(said, { kind, said });
    }
  return [...words.values()]
    .filter(({ said }) => said.trim().length >= beginning)
    .toSorted((a, b) => b.said.length - a.said.length);
}

/** The words found anywhere, to be looked up by what stands at a place of a text. */
type Lookup = {
  /** `rank` counts from 0 for the longest: where two overlap the longer is taken. */
  readonly words: ReadonlyMap<string, { readonly kind: PersonalKind; readonly rank: number }>;
  /** The lengths of the words that begin with these three letters. */
  readonly lengths: ReadonlyMap<string, ReadonlySet<number>>;
};

const beginning = 3;

function lookupOf(everywhere: readonly Word[]): Lookup {
  const lengths = new Map<string, Set<number>>();
  for (const { said } of everywhere) {
    const begins = said.slice(0, beginning);
    lengths.set(begins, (lengths.get(begins) ?? new Set()).add(said.length));
  }
  return {
    lengths,
    words: new Map(everywhere.map(({ kind, said }, rank) => [said, { kind, rank }])),
  };
}

/**
 * Places where words found elsewhere stand again as whole words and were not found: told there, not here. The text is
 * read once, not once for each word, of which a long text has thousands.
 */
function repeatsIn(text: string, own: readonly Span[], lookup: Lookup): readonly Span[] {
  const isTaken = new Uint8Array(text.length);
  for (const { start, end } of own) isTaken.fill(1, start, end);
  return standingIn(text, lookup)
    .toSorted((a, b) => a.rank - b.rank)
    .flatMap(({ kind, start, end }) => {
      if (isTaken.subarray(start, end).includes(1)) return [];
      isTaken.fill(1, start, end);
      return [{ kind, start, end }];
    });
}

/** Every place where one of the words stands whole, in the order of the text. */
function standingIn(text: string, { words, lengths }: Lookup) {
  const places: (Span & { readonly rank: number })[] = [];
  for (let start = 0; start < text.length; start += 1)
    for (const length of lengths.get(text.slice(start, start + beginning)) ?? []) {
      const end = start + length;
      const word = words.get(text.slice(start, end));
      if (word && isWhole(text, start, end)) places.push({ ...word, start, end });
    }
  return places;
}

const letterOrDigit = /[\p{L}\p{N}]/u;

function isWhole(text: string, start: number, end: number): boolean {
  return !letterOrDigit.test(text[start - 1] ?? ' ') && !letterOrDigit.test(text[end] ?? ' ');
}

function withNames(
  text: string,
  spans: readonly Span[],
  nameOf: (kind: PersonalKind, said: string) => string,
): string {
  let at = 0;
  let out = '';
  for (const { kind, start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    out += text.slice(at, start) + nameOf(kind, text.slice(start, end));
    at = end;
  }
  return out + text.slice(at);
}

/** One line, without the marks that stand around it in the prompt. Cut after hiding, so that no half of a name is left. */
export function cutHidden(text: string, mostLetters: number): string {
  const line = text.replace(/(?:[<>]{2,}|\s)+/g, ' ').trim();
  return line.length <= mostLetters ? line : `${line.slice(0, mostLetters).replace(/\S*$/, '')}…`;
}
