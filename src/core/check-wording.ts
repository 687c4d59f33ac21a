import type { SummaryCite } from './case-summary-schema.js';
import { citesOf } from './indications.js';
import type { Knowledge } from './knowledge.js';
import { stopWords } from './stop-words.js';
import { findWording } from './wording.js';
import { longestChecked } from './wording-words.js';
import { english, type Words } from './words.js';

/**
 * The check of a message or note meant for a victim, asked for by who wrote it. Each phrase on our list is marked with
 * the reason, its source and better words. It finds words, not meaning: that nothing was found is no judgement that
 * the text is right, and its sentences say so.
 */

/** What one family of phrases found in the text; the phrases stand in it exactly so. */
export type WordingMark = {
  readonly family: string;
  readonly level: 'block' | 'warn';
  readonly phrases: readonly string[];
  readonly reason: string;
  readonly cites: readonly SummaryCite[];
  readonly better: string;
};

export type WordingCheck = {
  readonly kind: 'marked' | 'nothing-found' | 'nothing-to-check' | 'empty' | 'too-long';
  /** In the order of the text; empty for every other kind than `marked`. */
  readonly marks: readonly WordingMark[];
  /** True when it holds a sign of danger, whatever its kind. */
  readonly isDanger: boolean;
};

/** Checks a pasted text; `isDanger` tells whether it holds a sign of danger. */
export function checkPasted(
  pasted: string,
  { neverAdvise, sources }: Pick<Knowledge, 'neverAdvise' | 'sources'>,
  isDanger: boolean,
): WordingCheck {
  const text = unwrapped(pasted);
  const without = (kind: WordingCheck['kind']) => ({ kind, marks: [], isDanger });
  if (text === '') return without('empty');
  if (text.length > longestChecked) return without('too-long');
  const found = findWording(neverAdvise, text, 'victim');
  if (found.length === 0) return without(isGreeting(text) ? 'nothing-to-check' : 'nothing-found');
  const marks = [...new Set(found.map(({ family }) => family))].flatMap((id): WordingMark[] => {
    const family = neverAdvise.find((one) => one.id === id);
    if (!family) return [];
    const own = found.filter((match) => match.family === id);
    return [
      {
        ...{ family: id, level: family.level, reason: family.reason, better: family.insteadSay },
        phrases: [...new Set(own.map(({ phrase }) => phrase))],
        cites: citesOf(family.cites, sources),
      },
    ];
  });
  return { kind: 'marked', marks, isDanger };
}

/** Quotation marks about the whole say that it was pasted, not that somebody else said it. */
function unwrapped(pasted: string): string {
  const text = pasted.trim();
  const inner = /^(["“”„«‘'])([\s\S]*)(["“”»’'])$/u.exec(text)?.[2];
  return inner === undefined || /["“”„«»]/u.test(inner) ? text : inner.trim();
}

const greetings = new Set(
  'dear morning afternoon evening good hi hiya regards kind best thanks thank many cheers bye'.split(
    ' ',
  ),
);

/** "Good morning", "Hi there, thanks". A name alone is no more. */
function isGreeting(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const rest = words.filter((word) => !greetings.has(word) && !stopWords.has(word));
  return (
    rest.length === 0 || (rest.length === 1 && words.length <= 3 && words.length > rest.length)
  );
}

export type NumberedCite = SummaryCite & { readonly n: number };

/** Every place the marks rest on, numbered from 1, each once. */
export function numberedCites(marks: readonly WordingMark[]): readonly NumberedCite[] {
  const places = new Map(
    marks.flatMap(({ cites }) => cites.map((cite) => [placeOf(cite), cite] as const)),
  );
  return [...places.values()].map((cite, index) => ({ ...cite, n: index + 1 }));
}

function placeOf({ source, locator }: SummaryCite): string {
  return `${source.id} ${locator}`;
}

const sentences = {
  'nothing-found': 'nothingFound',
  'nothing-to-check': 'nothingToCheck',
  empty: 'empty',
  'too-long': 'tooLong',
} as const satisfies Record<Exclude<WordingCheck['kind'], 'marked'>, keyof Words['wording']>;

/**
 * A check as text that reads right on a phone. Danger first; then each mark with its phrases, reason, sources and
 * better words. `shown` writes somebody's own words, so that no card draws them as links or bold.
 */
export function wordingText(
  check: WordingCheck,
  shown = (words: string) => words,
  say: Words = english,
): string {
  const { answerLead, phrases, wording } = say;
  const danger = check.isDanger ? [answerLead.urgent] : [];
  if (check.kind !== 'marked') return [...danger, wording[sentences[check.kind]]].join('\n\n');
  const cites = numberedCites(check.marks);
  const numbers = new Map(cites.map((cite) => [placeOf(cite), cite.n]));
  const count = check.marks.reduce((sum, mark) => sum + mark.phrases.length, 0);
  const marks = check.marks.map((mark) => {
    const words = mark.phrases.map((phrase) => `“${shown(phrase)}”`).join(', ');
    const level = mark.level === 'block' ? wording.blocked : wording.warned;
    const refs = mark.cites.map((cite) => `[${numbers.get(placeOf(cite))}]`).join('');
    return `**${words}** (${level})\n\n${mark.reason} ${refs}\n\n${wording.instead} ${mark.better}`;
  });
  const lines = cites.map((cite) => sourceLine(cite, say));
  return [
    ...danger,
    wording.marked(count),
    ...marks,
    [`**${phrases.sources}**`, ...lines].join('\n\n'),
  ].join('\n\n');
}

function sourceLine({ n, source, locator }: NumberedCite, { phrases, dates }: Words): string {
  const words = source.title.replace(/[\\[\]()]/g, '\\$&');
  const title = source.url ? `[${words}](${source.url})` : source.title;
  return `[${n}] ${source.publisher}, ${title}: ${locator} (${phrases.checked(dates.day(source.checkedOn))})`;
}
