import { type IsKnown, type KnownWords, plainly, wordPattern } from './known-words.js';
import { doubtfulNames, familyNames, givenNames, publicWords } from './name-words.js';
import type { Removed } from './redact-rules.js';
import { stemsOf } from './tokens.js';

/** Finds names: by a capital that no known word has, by what leads up to them, and by lists. */

/** Titles after which nothing but a name comes, and those that are words too. */
const titles = new Set(
  'mr mrs ms mx sgt sergeant inspector constable pc pcso dc ds dci insp judge cllr rev prof'.split(
    ' ',
  ),
);
const titlesOrWords = new Set('miss dr di ps sir officer nurse doctor'.split(' '));
const introducing = new Set('called named surname nicknamed aka alias'.split(' '));
/** What people do: "ikram says her uncle …". */
const speaking = new Set(
  'says said told tells claims reports reported states stated reckons alleges rang phoned thinks wants'.split(
    ' ',
  ),
);
const relations = new Set(
  'ex husband wife boyfriend girlfriend partner brother sister mum dad mother father son daughter uncle aunt cousin neighbour bf gf colleague friend boss manager stalker suspect victim offender perpetrator perp complainant aggrieved witness informant vic susp caller name'.split(
    ' ',
  ),
);

type Word = {
  readonly text: string;
  readonly plain: string;
  readonly start: number;
  readonly isFirst: boolean;
};

/** Names that stand for what bears them: laws, reported cases, police forces, and the authors of what officers are taught. */
const publicPhrases =
  /\b(?:jane )?monckton[ -]smith\b|\bwright review\b|\b(?:clare|sarah|helen|claire)['’]?s law\b|\bsuzy lamplugh\b|\b(?:valentine|mother|father|new year)['’]?s day\b|\b(?:christmas|boxing) day\b|\boperation (?:encompass|soteria|bluestone)\b|\bDPP v\.? [\p{L}'’-]+|\b(?:r|rex|regina) v\.? [\p{L}'’-]+(?=,? [[(]?(?:19|20)\d\d)|\bEWCA Crim\b|\b(?:kent|cleveland|durham|surrey|city of london) (?:police|constabulary)\b|\b(?:avon and somerset|bedfordshire|cambridgeshire|cheshire|cumbria|derbyshire|devon and cornwall|dorset|dyfed[- ]powys|essex|gloucestershire|greater manchester|gwent|hampshire|hertfordshire|humberside|lancashire|leicestershire|lincolnshire|merseyside|metropolitan|norfolk|north wales|north yorkshire|northamptonshire|northumbria|nottinghamshire|south wales|south yorkshire|staffordshire|suffolk|sussex|thames valley|warwickshire|west mercia|west midlands|west yorkshire|wiltshire)\b/giu;
/** A question in Welsh begins with what would be a name in English: “Beth yw …?” */
const welshWords =
  /\b(?:yw|ydy|mae|sydd|yn|wedi|rhag|ddylwn|gorchymyn|stelcio|dioddefwr|oes|rhif|adran|gwasanaeth|heddlu|yr|hi|ei)\b/giu;
const welshQuestions = new Set("beth mae mae'r pa sut pryd ble pwy gwasanaeth heddlu".split(' '));

export function namesIn(text: string, known: KnownWords, isKnown: IsKnown): readonly Removed[] {
  // Somebody who types in capitals says nothing by them.
  const letters = text.match(/\p{L}/gu) ?? [];
  const isShouted = letters.filter((one) => /\p{Lu}/u.test(one)).length > 0.7 * letters.length;
  const words: readonly Word[] = [...text.matchAll(wordPattern)].map((match) => ({
    text: isShouted ? match[0].toLowerCase() : match[0],
    plain: plainly(match[0]),
    start: match.index,
    isFirst: beginsAt(text, match.index),
  }));
  const isName: boolean[] = [];
  const spared = new Set<number>();
  for (const { index, 0: phrase } of text.matchAll(publicPhrases))
    for (const word of phrase.matchAll(wordPattern)) spared.add(index + word.index);
  const isWelsh = (text.match(welshWords) ?? []).length > 1;
  for (const [at, word] of words.entries()) {
    const before = words[at - 1];
    const gap = before ? text.slice(before.start + before.text.length, word.start) : '';
    const isNextTo = before !== undefined && /^[ .]{1,2}$/.test(gap);
    const follows = isNextTo && isName[at - 1] === true && !/['’]s$/.test(before?.text ?? '');
    isName.push(
      !spared.has(word.start) &&
        !(isWelsh && welshQuestions.has(word.plain)) &&
        (speaksForName(word, isNextTo ? before : undefined, words[at + 1], known, isKnown) ||
          (follows && isFamilyName(word, isName[at - 2] === true, known, isKnown))),
    );
  }
  // "T. Mensah"
  for (const [at, word] of words.entries())
    if (
      /^\p{Lu}$/u.test(word.text) &&
      isName[at + 1] === true &&
      /^\. ?$/.test(text.slice(word.start + 1, words[at + 1]?.start))
    )
      isName[at] = true;
  return words.flatMap(({ text: word, start }, at) => {
    const end = start + word.replace(/['’]s?$/, '').length;
    return isName[at] ? [{ kind: 'name' as const, start, end }] : [];
  });
}

/** Whether a sentence or a line begins at `start`: looked at from there backwards, not from where the text begins. */
function beginsAt(text: string, start: number): boolean {
  let at = start;
  while (at > 0 && /\s/u.test(text[at - 1] ?? '')) {
    at -= 1;
    if (text[at] === '\n') return true;
  }
  return at === 0 || /[.!?:"“(•]/u.test(text[at - 1] ?? '');
}

function speaksForName(
  word: Word,
  before: Word | undefined,
  next: Word | undefined,
  known: KnownWords,
  isKnown: IsKnown,
): boolean {
  const { plain, text } = word;
  if (isPublic(word)) return false;
  if (!doubtfulNames.has(plain) && (givenNames.has(plain) || familyNames.has(plain))) return true;
  const isUnknown = !isKnown(plain) && !known.proper.has(plain);
  const lead = before?.plain ?? '';
  if (titles.has(lead)) return !isKnown(plain) || isCapital(text) || doubtfulNames.has(plain);
  if (titlesOrWords.has(lead) && isUnknown) return true;
  const isIntroduced = introducing.has(lead) || relations.has(lead) || lead === 'is';
  if (doubtfulNames.has(plain)) {
    const isBeforeName =
      next !== undefined && (familyNames.has(next.plain) || isCapital(next.text));
    if (introducing.has(lead) || (isCapital(text) && (!word.isFirst || isBeforeName))) return true;
    if (/['’]s$/.test(text) && isCapital(text)) return true;
    return isIntroduced && isCapital(text);
  }
  if (isCapital(text) || isLongShout(text))
    return (
      isUnknown &&
      // "Sioned Parri" is no slip in "signed".
      (!word.isFirst || isUnknownCapital(next, known, isKnown) || !isNear(plain, known))
    );
  const isForm = stemsOf(plain).some((stem) => known.stems.has(stem));
  const isSpeaking = word.isFirst && next !== undefined && speaking.has(next.plain);
  return (
    (introducing.has(lead) || relations.has(lead) || isSpeaking) &&
    isUnknown &&
    !isForm &&
    !isNear(plain, known)
  );
}

function isUnknownCapital(word: Word | undefined, known: KnownWords, isKnown: IsKnown): boolean {
  if (word === undefined || isPublic(word) || !isCapital(word.text)) return false;
  return !isKnown(word.plain) && !known.proper.has(word.plain);
}

/** What comes right after a name, and is no word we know, is the rest of it. */
function isFamilyName(word: Word, isThird: boolean, known: KnownWords, isKnown: IsKnown): boolean {
  if (isPublic(word)) return false;
  if (isCapital(word.text)) return true;
  // In small letters one such word is enough: with a second, every question in Welsh would be a name.
  return !isThird && !isKnown(word.plain) && !known.proper.has(word.plain);
}

const isPublic = ({ text, plain }: Word) =>
  /^\p{L}$/u.test(plain) ||
  publicWords.has(text.toLowerCase().replaceAll('’', "'")) ||
  titles.has(plain);
/** "Dave", "McKay", "O’Brien"; no abbreviation such as "SPO" or "CoC", and not "iPhone". */
const isCapital = (text: string) =>
  /^\p{Lu}['’]?\p{L}*\p{Ll}/u.test(text) && !/^\p{L}{2,4}\p{Lu}$/u.test(text);
const isLongShout = (text: string) => /^\p{Lu}{6,}$/u.test(text);

/** A slip of the hand in a word we know: "suspect keps", "victim recieves". */
function isNear(word: string, { common }: KnownWords): boolean {
  if (word.length < 4) return false;
  for (const other of common)
    if (other[0] === word[0] && Math.abs(other.length - word.length) <= 1 && isOneSlip(word, other))
      return true;
  return false;
}

/** One letter too many, missing, wrong, or two that changed places. */
function isOneSlip(a: string, b: string): boolean {
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const [restA, restB] = [a.slice(from, endA), b.slice(from, endB)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB === `${restA[1]}${restA[0]}`;
}
