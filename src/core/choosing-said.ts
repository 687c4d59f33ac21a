import { unansweredParts } from './choosing-words.js';
import type { IsSafe } from './safe-block.js';
import { stopWords } from './stop-words.js';
import { stemsOf } from './tokens.js';
import { makeWordsWithin, partedByPlaceholders } from './words-within.js';

/**
 * What a model says of a question: only the question's own words, or one of a short list that the question asks. Here
 * they are looked for in the question, and for what is shown beside them.
 */

/** Why something said of a question was dropped. */
export type SaidFault =
  | 'too-many'
  | 'part-not-asked'
  | 'part-not-spoken-of'
  | 'unanswered-not-asked'
  | 'unanswered-spoken-of'
  | 'danger-not-said';

/** Counts why something was dropped. */
export type Drop<Fault> = (why: Fault, count?: number) => readonly [];

/** More is not read, and longer is no part of a question. */
const mostSaid = 12;
const longestSaid = 2_000;
/** So many parts are named as unanswered. */
const mostUnanswered = 3;
/** A passage stands for a part of the question when it holds this share of the part's telling words. */
const leastOfPart = 0.5;

/** Words of the question as they may be shown; undefined when they are not, say nothing, name somebody or are unsafe. */
export type IsSaid = (words: string) => string | undefined;

export function makeIsSaid(question: string, isSafe: IsSafe): IsSaid {
  const within = makeWordsWithin(question);
  return (words) => {
    if (words.length > longestSaid) return undefined;
    const said = within(words);
    if (!said || telling(said).length === 0) return undefined;
    return isSafe({ lead: [{ text: said, marks: [] }], items: [] }) ? said : undefined;
  };
}

/** The part of the question that a text stands for; undefined when nobody asked it or the text does not speak of it. */
export function partSaid(
  part: string,
  text: string,
  isSaid: IsSaid,
  drop: Drop<SaidFault>,
): string | undefined {
  const said = isSaid(part);
  if (said && shareOf(said, text) >= leastOfPart) return said;
  drop(said ? 'part-not-spoken-of' : 'part-not-asked');
  return undefined;
}

/** The parts that nothing speaks of, in words that may be shown; `shown` is all that would be. */
export function unansweredSaid(
  unanswered: readonly string[],
  { question, shown }: { readonly question: string; readonly shown: string },
  isSaid: IsSaid,
  drop: Drop<SaidFault>,
): readonly string[] {
  if (unanswered.length > mostSaid) drop('too-many', unanswered.length - mostSaid);
  const said = unanswered.slice(0, mostSaid).flatMap((part): readonly string[] => {
    const listed = unansweredParts.find(({ id }) => id === part);
    if (listed) return listed.asked.test(question) ? [listed.says] : drop('unanswered-not-asked');
    const words = isSaid(part);
    if (!words) return drop('unanswered-not-asked');
    return shareOf(words, shown) === 1 ? drop('unanswered-spoken-of') : [words];
  });
  return [...new Set(said)].slice(0, mostUnanswered);
}

/** True when the words of danger stand in the question; who is meant may stand between them as a placeholder. */
export function isDangerSaid(
  danger: string | null,
  question: string,
  drop: Drop<SaidFault>,
): boolean {
  if (danger === null) return false;
  const within = makeWordsWithin(question);
  const stretches = partedByPlaceholders(danger.slice(0, longestSaid)).filter((stretch) =>
    /[\p{L}\p{N}]/u.test(stretch),
  );
  const isSaid =
    stretches.some((stretch) => telling(stretch).length > 0) &&
    stretches.every((stretch) => within(stretch) !== undefined);
  if (!isSaid) drop('danger-not-said');
  return isSaid;
}

/** Share of the telling words of one text that stand in another, 0 to 1. */
function shareOf(words: string, text: string): number {
  const stems = new Set(stemsOf(text));
  const wanted = stemsOf(telling(words).join(' '));
  return wanted.filter((stem) => stems.has(stem)).length / wanted.length;
}

function telling(words: string): readonly string[] {
  return wordsIn(words).filter((word) => !stopWords.has(word));
}

/** The words of a text in small letters, without marks. */
export function wordsIn(text: string): readonly string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}
