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
    const everywhere = wordsFound(texts, found);
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
    .filter(({ said }) => said.trim().length >= 3)
    .toSorted((a, b) => b.said.length - a.said.length);
}

/** Places where words found elsewhere stand again as whole words and were not found: told there, not here. */
function repeatsIn(
  text: string,
  own: readonly Span[],
  everywhere: readonly Word[],
): readonly Span[] {
  const spans: Span[] = [...own];
  for (const { kind, said } of everywhere)
    for (let start = text.indexOf(said); start >= 0; start = text.indexOf(said, start + 1)) {
      const end = start + said.length;
      const isFree = spans.every((span) => span.end <= start || end <= span.start);
      if (isFree && isWhole(text, start, end)) spans.push({ kind, start, end });
    }
  return spans.slice(own.length);
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
