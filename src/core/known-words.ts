import type { Knowledge } from './knowledge.js';
import { textOf } from './passage.js';
import { stemsOf } from './tokens.js';

/** Which words are nobody's name. */

/** Words that are nobody's name: `common` in small letters, `proper` with their capital. */
export type KnownWords = {
  readonly common: ReadonlySet<string>;
  readonly proper: ReadonlySet<string>;
  /** Stems of the common ones: "kick" for "kicking". */
  readonly stems: ReadonlySet<string>;
};

/** The words of the guidance and of the field's own examples. */
export function knownWordsOf(
  knowledge: Pick<Knowledge, 'passages' | 'terms' | 'neverAdvise' | 'scripts'>,
): KnownWords {
  const texts = [
    ...[...knowledge.passages.values()].flatMap((one) => [one.heading, ...one.asks, textOf(one)]),
    ...knowledge.neverAdvise.flatMap(({ catches, passes }) => [...catches, ...passes]),
    ...knowledge.scripts.flatMap(({ questions }) => questions.map(({ ask }) => ask)),
  ].join('\n');
  const words = texts.match(wordPattern) ?? [];
  const terms = knowledge.terms.flatMap(({ says }) => says).join(' ');
  const common = new Set([
    ...words.filter((word) => word === word.toLowerCase()).map(plainly),
    ...(terms.match(wordPattern) ?? []).map(plainly),
  ]);
  return {
    common,
    stems: new Set(stemsOf([...common, ...everyday].join(' '))),
    proper: new Set(words.filter((word) => word !== word.toLowerCase()).map(plainly)),
  };
}

export const wordPattern = /\p{L}[\p{L}'’-]*/gu;

/** Small letters, without a possessive or a verb: "Dave's" is "dave", "she'd" is "she". */
export function plainly(word: string): string {
  return word
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/'(?:s|d|ll|re|ve|m)?$/, '');
}

/** Everyday words that the guidance may lack and a message begins with. */
export const everyday = new Set(
  `bf gf hub unit desk team keep easiest best simplest bloke chap diff shud cud wud wd morning afternoon evening reckons reckon translate kick kicking
  smash smashing nicked nick keeps kept lives living works working went come came coming turned turning turns sits sat waiting waits followed follows
  following messaged messages messaging texted texts texting rang rings ringing called calls calling shouted banging knocked
  hello hiya hey dear thanks cheers yes ok okay maybe today tonight yesterday tomorrow please sorry hopefully apparently
  basically also another someone somebody everyone nobody does did done been got has had is was were are am will would
  could should can may might shall must my our your his her their its who what when where why which how if since after
  before until while because although though but and or so then still just only even never always often sometimes quick
  question anyone any there here this that these those one two three four five six seven eight nine ten want wants wanted
  need needs says said told asked asking threatens threatened hit hits punched grabbed stole broke seen saw sees think thinks
  sends sent sending posted posting posts bought used uses took takes left leaves moved drove drives parked parking walked
  outside inside near next behind around across house home work school car phone online shop pub gym street road weather
  cook pizza holiday money bank job best good bad new old big little long short right wrong first last same other male
  female man woman boy girl guy lady person people kid kids child children baby dog cat mate friend friends family`
    .split(/\s+/)
    .filter(Boolean),
);

export type IsKnown = (word: string) => boolean;
