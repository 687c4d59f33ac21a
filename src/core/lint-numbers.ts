import { beginningOf, type Finding, statementsIn, warning } from './lint-finding.js';
import type { Passage } from './passage.js';
import { isSamePlace } from './quote-for-cite.js';
import { stopWords } from './stop-words.js';
import { stemsOf } from './tokens.js';

/**
 * Numbers that contradict each other. Two statements of two passages are held against each other only when they name
 * the same place of the same source, share half of their telling words, and have no number of the same thing in common
 * ("two years", "three years"); both or neither deny ("without", "not", "unless"), and the passages hold at the same
 * time. What is said in quite other words is missed: a list of false alarms would not be read.
 */

/** Share of the telling words of two statements that both must have. */
const likeness = 0.5;

/** Fewer telling words in common would make any two statements alike. */
const fewestWords = 2;

/** One that denies and one that does not speak of two cases. */
const denial = /\b(?:not|no|never|without|unless|except|otherwise|other|until|before|after)\b/i;

/** "One" is more often a pronoun than a count, except before these. */
const timeUnit = /^(?:work|minut|hour|dai|day|week|month|year)/;

const numberWords =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

type Counted = {
  readonly passage: Passage;
  readonly text: string;
  readonly places: readonly { readonly source: string; readonly locator: string }[];
  /** By what is counted, e.g. `year`: the numbers given. */
  readonly numbers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly words: ReadonlySet<string>;
};

/** One warning for each pair of statements that seem to give different numbers for one thing. */
export function numberFindings(passages: readonly Passage[]): readonly Finding[] {
  const counted = statementsIn(passages)
    .map(({ passage, statement }): Counted => {
      const { numbers, words } = readNumbers(statement.text);
      return { passage, text: statement.text, places: statement.marks, numbers, words };
    })
    .filter(({ numbers }) => numbers.size > 0);
  return counted.flatMap((one, at) =>
    counted.slice(at + 1).flatMap((other) => findingOf(one, other) ?? []),
  );
}

function findingOf(one: Counted, other: Counted): Finding | undefined {
  if (one.passage.id === other.passage.id || !isSameTime(one.passage, other.passage))
    return undefined;
  const differing = [...one.numbers].find(([unit, numbers]) => {
    const others = other.numbers.get(unit);
    return others !== undefined && [...numbers].every((number) => !others.has(number));
  });
  if (!differing || denial.test(one.text) !== denial.test(other.text)) return undefined;
  const place = one.places.find((mark) =>
    other.places.some(
      ({ source, locator }) => source === mark.source && isSamePlace(locator, mark.locator),
    ),
  );
  if (!place || !isAlike(one.words, other.words)) return undefined;
  return warning(
    `passage ${other.passage.id}`,
    `gives another number than passage ${one.passage.id} on ${place.source} ${place.locator}: "${beginningOf(other.text)}" and "${beginningOf(one.text)}"`,
  );
}

function isSameTime({ inForce: a }: Passage, { inForce: b }: Passage): boolean {
  const isAfter = (from: string | null, to: string | null) =>
    from !== null && to !== null && from > to;
  return !isAfter(a.from, b.to) && !isAfter(b.from, a.to);
}

function isAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared >= fewestWords && shared / (a.size + b.size - shared) >= likeness;
}

/** "two years", "2 years" and "a 2-year order" all give `year` 2; what stands before no word is no count. */
function readNumbers(text: string): Pick<Counted, 'numbers' | 'words'> {
  const plain = text
    .toLowerCase()
    .replace(/(?<=\d),(?=\d{3})/g, '')
    // "section 2", "2A", "s1(3)" and dates are places and days, not counts.
    .replace(
      /\b(?:sections?|ss?|paras?|paragraphs?|part|schedule|right|theme|stage)\.? ?\d+\w*/g,
      ' ',
    )
    .replace(/\b\d{1,2} (?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)/g, ' ')
    .replace(/\b(?:19|20)\d\d\b/g, ' ');
  const stems = stemsOf(plain.replaceAll('-', ' '));
  const numbers = new Map<string, Set<string>>();
  for (const [at, stem] of stems.entries()) {
    const unit = stems[at + 1];
    const value = unit === undefined ? undefined : numberOf(stem, unit);
    if (value === undefined || unit === undefined || stopWords.has(unit)) continue;
    numbers.set(unit, (numbers.get(unit) ?? new Set()).add(value));
  }
  const words = stems.filter((stem) => numberOf(stem, '') === undefined && !stopWords.has(stem));
  return { numbers, words: new Set(words.filter((word) => !numbers.has(word))) };
}

const numberStems = new Map(
  numberWords.map((word, value) => [stemsOf(word)[0] ?? word, String(value)] as const),
);

/** The number a stem stands for before what is counted; undefined when it stands for none. */
function numberOf(stem: string, unit: string): string | undefined {
  const value = /^\d+$/.test(stem) ? stem : numberStems.get(stem);
  return value === '1' && stem !== '1' && !timeUnit.test(unit) ? undefined : value;
}
