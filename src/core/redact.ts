import type { Knowledge } from './knowledge.js';
import { doubtfulNames, familyNames, givenNames, publicWords } from './name-words.js';
import { textOf } from './passage.js';
import { stopWords } from './stop-words.js';
import { stemsOf } from './tokens.js';

/**
 * Takes out of a text whatever may say who is meant: names, numbers, addresses, accounts. By rule, and rather too much
 * than too little: a word with a capital that the guidance does not use is taken for a name. What it cannot see is a
 * rare name typed in small letters with nothing about it to tell, a nickname that is a word, and a story so particular
 * that it names its people without a name. Over 200 lines: the rules take each other's place in order, and are
 * checked side by side.
 */

export type PersonalKind =
  | 'name'
  | 'phone'
  | 'e-mail'
  | 'address'
  | 'postcode'
  | 'vehicle'
  | 'date'
  | 'account'
  | 'reference'
  | 'link';

/** What was taken out; `start` and `end` are offsets in the text as it was given. */
export type Removed = { readonly kind: PersonalKind; readonly start: number; readonly end: number };

/** `text` holds `[name]`, `[phone]` … in the place of what was taken out. */
export type Redacted = { readonly text: string; readonly removed: readonly Removed[] };

export type Redact = (text: string) => Redacted;

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

const wordPattern = /\p{L}[\p{L}'’-]*/gu;

/** Small letters, without a possessive or a verb: "Dave's" is "dave", "she'd" is "she". */
function plainly(word: string): string {
  return word
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/'(?:s|d|ll|re|ve|m)?$/, '');
}

/** Returns the function that takes personal data out of a text. */
export function makeRedact(known: KnownWords): Redact {
  const isKnown = (word: string) => {
    const plain = plainly(word);
    return known.common.has(plain) || stopWords.has(plain) || everyday.has(plain);
  };
  return (text) => {
    const removed: Removed[] = [];
    let rest = text;
    for (const rule of rules) {
      for (const match of rest.matchAll(rule.pattern)) {
        const found = match.groups?.it ?? match[0];
        if (
          found.trim() === '' ||
          (rule.unless?.(found, isKnown, rest.slice(Math.max(0, match.index - 60), match.index)) ??
            false)
        )
          continue;
        const start = match.index + match[0].lastIndexOf(found);
        removed.push({ kind: rule.kind, start, end: start + found.length });
      }
      rest = blanked(text, removed);
    }
    removed.push(...namesIn(rest, known, isKnown));
    return replaced(text, joined(text, removed));
  };
}

/** Letters no rule finds anything in, so that each finds only what the ones before it left. */
function blanked(text: string, removed: readonly Removed[]): string {
  let rest = text;
  for (const { start, end } of removed)
    rest = rest.slice(0, start) + '\u0000'.repeat(end - start) + rest.slice(end);
  return rest;
}

/** In order, with a name and a family name as one. */
function joined(text: string, removed: readonly Removed[]): readonly Removed[] {
  const list: Removed[] = [];
  for (const next of removed.toSorted((a, b) => a.start - b.start)) {
    const last = list.at(-1);
    const between = last ? text.slice(last.end, next.start) : '';
    if (last && last.kind === next.kind && next.kind === 'name' && /^[ .]{0,2}$/.test(between))
      list[list.length - 1] = { ...last, end: next.end };
    else list.push(next);
  }
  return list;
}

function replaced(text: string, removed: readonly Removed[]): Redacted {
  let at = 0;
  let out = '';
  for (const { kind, start, end } of removed) {
    out += `${text.slice(at, start)}[${kind}]`;
    at = end;
  }
  return { text: out + text.slice(at), removed };
}

type IsKnown = (word: string) => boolean;
type Rule = {
  readonly kind: PersonalKind;
  /** What is taken out is the group `it`, or the whole. */
  readonly pattern: RegExp;
  /** True for what only looks like it; `before` is the text that leads up to it, at most 60 characters. */
  readonly unless?: (found: string, isKnown: IsKnown, before: string) => boolean;
};

const months =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const streets =
  'street|road|avenue|lane|close|drive|crescent|terrace|gardens|grove|mews|parade|cottages?|farm|villas|rd|ave|cres|gdns';
/** Ends of a street's name that are other words too, so a number must stand before them. */
const streetsAfterNumber = `${streets}|way|court|place|square|hill|rise|walk|row|park|green|view|house|hostel|hotel|lodge|tower|heights|quay|wharf|mansions|st|ln|dr|cl`;
/** What the name of a street in Welsh begins with: "31 Heol y Castell". */
const welshStreets =
  'heol|ffordd|stryd|maes|l[oô]n|rhodfa|clos|cwrt|llys|parc|plas|cae|bro|teras|rhes|gerddi|trem|d[oô]l|rhiw|cefn|glan|bryn';
const platforms =
  'insta(?:gram)?|snap(?:chat)?|tiktok|facebook|fb|twitter|telegram|kik|discord|onlyfans|tinder|hinge|bumble|user ?name|handle|screen ?name|gamertag|profile name|account name';
const notInStreet =
  '(?:in|on|at|the|of|off|her|his|their|my|to|from|and|a|an|or|is|are|was|for|times?|people|men|with)';

const titleCase = (words: string) =>
  words.replace(/(?<=^|\|)\p{Ll}/gu, (letter) => letter.toUpperCase());

const endsInStreet = new RegExp(`(?:${streets})$`, 'iu');

/** Pages that anybody may read; one with a number of four digits in its path may be a case. */
const isPublicPage = (found: string) =>
  /^(?:https?:\/\/)?(?:[\w-]+\.)*(?:gov|police|nhs|parliament|judiciary)\.uk(?:\/[^?#@]*)?$/iu.test(
    found,
  ) && !/\d{4}/.test(found);
/** Helplines and switchboards: freephone, and what organisations are given. */
const isPublicNumber = (found: string) => /^\(?0(?:80[08]|3\d\d)/.test(found);

/**
 * True for a date since 2010 that something happened on or began: of an offence, a law, a hearing. One that stands
 * alone, or is earlier, may be somebody's date of birth.
 */
const hasHappened = (found: string, _isKnown: IsKnown, before: string) =>
  /\b(?:on|since|from|until|till|before|after|by|between|dated) $/iu.test(before) &&
  !/\b(?:born|birth|birthday|dob)\b/iu.test(before) &&
  /(?:\b20|[^\d]|^)[1-3]\d$|^20[1-3]\d/u.test(found);

const digitsIn = (text: string) => (text.match(/\d/g) ?? []).length;
/** "s125", "section12", "MG11", "iPhone15" name nobody. */
const isPublicCode = (found: string) =>
  /^(?:s|ss|sec|section|para|part|art|article|sch|schedule|code|form|mg|iphone|galaxy|windows|covid|ios|android)[-/ ]?\d/i.test(
    found,
  );

/** Each finds what the ones before it left; the order matters where one could be taken for another. */
const rules: readonly Rule[] = [
  {
    kind: 'e-mail',
    pattern: /[\p{L}\p{N}._%+'-]+ ?(?:@|\(at\)|\[at\]) ?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu,
  },
  // "mike at example dot com".
  { kind: 'e-mail', pattern: /\b[\p{L}\p{N}._%+'-]+ at [\p{L}\p{N}-]+(?: dot \p{L}{2,})+/giu },
  { kind: 'link', pattern: /\b(?:https?:\/\/|www\.)\S+/giu, unless: isPublicPage },
  {
    kind: 'link',
    pattern:
      /\b[\w-]+(?:\.[\w-]+)*\.(?:com|co\.uk|org|net|uk|io|me|tv|info|app|ly|gg)\b(?:\/\S*)?/giu,
    unless: isPublicPage,
  },
  // A house with a name of its own: "The Old Forge, Mill Lane".
  {
    kind: 'address',
    pattern: new RegExp(
      `(?<it>(?:\\p{Lu}[\\p{L}'’-]+ ){1,3}\\p{Lu}[\\p{L}'’-]+,) (?=\\p{Lu}[\\p{L}'’-]+ (?:${titleCase(streets)})\\b)`,
      'gu',
    ),
  },
  // "///filled.count.soap", and coordinates.
  {
    kind: 'address',
    pattern: /\/{3}\S+|\b(?!www\.)\p{Ll}{3,}\.(?!gov\b)\p{Ll}{3,}\.(?!gov\b)\p{Ll}{3,}\b/gu,
  },
  { kind: 'address', pattern: /-?\b\d{1,3}\.\d{3,}\s*,?\s*-?\d{1,3}\.\d{3,}/gu },
  { kind: 'account', pattern: /(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]{2,}/gu },
  {
    kind: 'account',
    pattern: new RegExp(
      `\\b(?:${platforms})(?: (?:account|name|user|username|profile|handle))?(?: is| was| of| called| named|:|=| as| under)+ ["“']?(?<it>[\\p{L}\\p{N}_.-]{3,})`,
      'giu',
    ),
    unless: (found, isKnown) => isKnown(found),
  },
  // "kik user deviant.dan", "discord ghosty#4821": no word is written so.
  {
    kind: 'account',
    pattern: new RegExp(
      `\\b(?:${platforms})(?: (?:account|name|user|username|profile|handle))* (?<it>(?=[\\p{L}_-]*[\\d._#][\\p{L}\\p{N}])(?=[\\d._#-]*\\p{L})[\\p{L}\\p{N}_.#-]{4,})`,
      'giu',
    ),
    unless: isPublicCode,
  },
  { kind: 'account', pattern: /(?<![\p{L}\p{N}/])\/?u\/[\p{L}\p{N}_-]{3,}/giu },
  { kind: 'account', pattern: /\b[\p{L}\p{N}]+(?:_+[\p{L}\p{N}]+)+_*/gu },
  {
    kind: 'reference',
    pattern: /\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/giu,
  },
  // A National Insurance number.
  { kind: 'reference', pattern: /\b[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]\b/giu },
  {
    kind: 'date',
    pattern:
      /\b(?:dob|d\.o\.b\.?|date of birth|b\.|birthday(?: is| was)?(?: on)?|born(?: on| in)?)(?<=[.\p{L}])[: ]*(?<it>[\d][\p{L}\d ./-]{1,20}\d|\d{2,4})/giu,
  },
  {
    kind: 'date',
    pattern:
      /\b\d{1,2}(?:st|nd|rd|th)?[/. -]\d{1,2}[/. -](?:\d{4}|\d{2})\b|\b\d{4}[-/]\d{2}[-/]\d{2}\b/giu,
    unless: hasHappened,
  },
  {
    kind: 'date',
    pattern: new RegExp(
      `\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -]${months}[, -]+(?:\\d{4}|'?\\d{2})\\b|\\b${months} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}\\b`,
      'giu',
    ),
    unless: hasHappened,
  },
  {
    kind: 'postcode',
    pattern: /\b[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}\b/giu,
    unless: (found) => /\d(?:st|nd|rd|th|am|pm|hr|yr)$/.test(found),
  },
  {
    kind: 'vehicle',
    pattern:
      /\b(?:reg(?:istration)?|number plate|plate|vrm)(?: (?:number|mark|no|plate))?(?: is| was|:)? (?<it>(?=[\p{L}\d -]{0,7}\d)[\p{L}\d]{1,4}[ -]?[\p{L}\d]{1,4})\b/giu,
  },
  {
    kind: 'vehicle',
    pattern: /\b(?:[a-z]{2} ?\d{2} ?[a-z]{3}|[a-z]\d{2,3} ?[a-z]{3}|[a-z]{3} ?\d{1,3}[a-z])\b/giu,
    unless: (found, isKnown) =>
      isPublicCode(found) ||
      (/\s/.test(found) &&
        found
          .split(/\s+|\d+/)
          .filter((part) => part.length > 1)
          .every(isKnown)),
  },
  {
    kind: 'reference',
    pattern:
      /\b(?:ref(?:erence)?|log|crime|inc(?:ident)?|cad|case|collar|warrant|badge|custody|urn|crn|niche|pnc|exhibit)(?: (?:number|no|ref|reference|num|id|is))*[.:]? ?#?(?<it>(?=[\p{L}\d/-]*\d{3})[\p{L}\d/-]+)/giu,
  },
  {
    kind: 'reference',
    pattern: /\bexhibit(?: (?:ref|no|number))?[ :]*(?<it>\p{L}{2,4}\/\d{1,4})\b/giu,
  },
  { kind: 'reference', pattern: /\b(?:pc|ps|dc|ds|di|pcso|sgt|insp|sc) ?(?<it>\d{2,6})\b/giu },
  {
    kind: 'phone',
    pattern: /(?<![\p{L}\p{N}£$€.,])(?:\+|00)?\(?\d[\d ().-]{6,}\d/gu,
    unless: (found) => digitsIn(found) < 8 || isPublicNumber(found),
  },
  {
    kind: 'address',
    pattern: new RegExp(
      `\\b(?:flat|apartment|apt|unit|room|plot|caravan) ?\\d+[a-z]?\\b,?(?: (?!${notInStreet}\\b)[\\p{L}'’.-]+){0,4}? (?:${streetsAfterNumber})\\b|\\b(?:flat|apartment|apt|caravan) ?\\d+[a-z]?\\b`,
      'giu',
    ),
  },
  {
    kind: 'address',
    pattern: new RegExp(
      `\\b\\d+[a-z]?(?: ?[-/] ?\\d+[a-z]?)?,? (?:(?!${notInStreet}\\b)[\\p{L}'’.-]+ ){1,3}(?:${streetsAfterNumber})\\b`,
      'giu',
    ),
    // "2A triable either way", "a 16 year old which court".
    unless: (found, isKnown) =>
      !endsInStreet.test(found) && found.split(/[ ,]+/).slice(1, -1).every(isKnown),
  },
  {
    kind: 'address',
    pattern: new RegExp(`\\b(?:[\\p{L}'’-]+ )(?:${streets})\\b`, 'giu'),
    unless: (found, isKnown) => isKnown(found.split(' ')[0] ?? ''),
  },
  {
    kind: 'address',
    pattern: new RegExp(
      `\\b\\d+[a-z]?,? (?:the (?:${streetsAfterNumber})|(?:${welshStreets})(?: (?:y|yr|ap))? [\\p{L}'’-]{3,})\\b`,
      'giu',
    ),
  },
  // "88 Kingsway".
  {
    kind: 'address',
    pattern: /\b\d{1,3}[a-d]? \p{Lu}\p{Ll}{2,}(?:way|gate|side|croft|wood|dale|bank|field|ham)\b/gu,
    unless: (found, isKnown) => isKnown(found.split(' ')[1] ?? ''),
  },
  // Numbers of cases, cards, devices; a sum of money is none.
  { kind: 'reference', pattern: /(?<![£$€\p{L}\p{N},.*])\d{5,}\b/gu },
  {
    kind: 'reference',
    pattern: /(?<!\bcode )\b(?=[\p{L}/_*-]*\d)[\p{L}\p{N}]+(?:[/_*-][\p{L}\p{N}]+)*\b/gu,
    unless: (found) =>
      found.length < 6 ||
      digitsIn(found) < 3 ||
      !/\p{L}|[/*-]/u.test(found) ||
      /^\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})$|^\d{4}-\d{2}-\d{2}$/.test(found) ||
      isPublicCode(found),
  },
  // Our own case references, and what stands after a number sign.
  { kind: 'reference', pattern: /#\d+|\bsp-[a-z\d]{4}-[a-z\d]{4}\b/giu },
];

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
  'says said told tells claims reports reported rang phoned thinks wants'.split(' '),
);
const relations = new Set(
  'ex husband wife boyfriend girlfriend partner brother sister mum dad mother father son daughter uncle aunt cousin neighbour bf gf colleague friend boss manager stalker suspect victim offender perpetrator complainant caller name'.split(
    ' ',
  ),
);
/** Everyday words that the guidance may lack and a message begins with. */
const everyday = new Set(
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

function namesIn(text: string, known: KnownWords, isKnown: IsKnown): readonly Removed[] {
  // Somebody who types in capitals says nothing by them.
  const letters = text.match(/\p{L}/gu) ?? [];
  const isShouted = letters.filter((one) => /\p{Lu}/u.test(one)).length > 0.7 * letters.length;
  const words: readonly Word[] = [...text.matchAll(wordPattern)].map((match) => ({
    text: isShouted ? match[0].toLowerCase() : match[0],
    plain: plainly(match[0]),
    start: match.index,
    isFirst: /(?:^|[.!?:\n"“(•])\s*$/u.test(text.slice(0, match.index)),
  }));
  const isName: boolean[] = [];
  const spared = [...text.matchAll(publicPhrases)];
  const isSpared = ({ start }: Word) =>
    spared.some((found) => found.index <= start && start < found.index + found[0].length);
  const isWelsh = (text.match(welshWords) ?? []).length > 1;
  for (const [at, word] of words.entries()) {
    const before = words[at - 1];
    const gap = before ? text.slice(before.start + before.text.length, word.start) : '';
    const isNextTo = before !== undefined && /^[ .]{1,2}$/.test(gap);
    const follows = isNextTo && isName[at - 1] === true && !/['’]s$/.test(before?.text ?? '');
    isName.push(
      !isSpared(word) &&
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

const placeholder =
  /\[(?:name|phone|e-mail|address|postcode|vehicle|date|account|reference|link)\]/g;

/** The words that are left, for a search: a placeholder says nothing of the subject. */
export function withoutPlaceholders(text: string): string {
  return text.replace(placeholder, ' ').replace(/\s+/g, ' ').trim();
}

/** True when what is left still asks something: two words that carry meaning, or one of three letters or more in it. */
export function isMeaningful(redacted: string): boolean {
  const words =
    withoutPlaceholders(redacted)
      .toLowerCase()
      .match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  const telling = words.filter((word) => !stopWords.has(word));
  return telling.some((word) => word.length >= 3);
}
