import type { IsKnown } from './known-words.js';

/** What numbers, addresses, accounts and dates look like. Over 200 lines: the rules take each other's place in order. */

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
  'insta(?:gram)?|snap(?:chat)?|tiktok|facebook|fb|twitter|telegram|kik|discord|onlyfans|tinder|hinge|bumble|vinted|steam|psn|xbox|roblox|signal|viber|wechat|strava|linkedin|youtube|paypal|(?:apple|google|microsoft|samsung) (?:id|account)|user ?name|handle|screen ?name|gamertag|profile name|account name';
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

/**
 * Each finds what the ones before it left; the order matters where one could be taken for another. A run that a rule
 * may begin anywhere in has a longest length, far over any real one: a page of nothing but `a-` would otherwise be read
 * once for each of its letters.
 */
export const redactRules: readonly Rule[] = [
  {
    kind: 'e-mail',
    pattern:
      /[\p{L}\p{N}._%+'-]{1,64} ?(?:@|[([]at[)\]]) ?[\p{L}\p{N}-]+(?:(?:\.| ?[([]dot[)\]] ?)[\p{L}\p{N}-]+)+/giu,
  },
  // "mike at example dot com".
  { kind: 'e-mail', pattern: /\b[\p{L}\p{N}._%+'-]{1,64} at [\p{L}\p{N}-]+(?: dot \p{L}{2,})+/giu },
  { kind: 'link', pattern: /\b(?:https?:\/\/|www\.)\S+/giu, unless: isPublicPage },
  {
    kind: 'link',
    pattern:
      /\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|co\.uk|org|net|uk|io|me|tv|info|app|ly|gg)\b(?:\/\S*)?/giu,
    unless: isPublicPage,
  },
  // A house with a name of its own: "The Old Forge, Mill Lane".
  {
    kind: 'address',
    pattern: new RegExp(
      `(?<it>(?:\\p{Lu}[\\p{L}'’-]{1,40} ){1,3}\\p{Lu}[\\p{L}'’-]{1,40},) (?=\\p{Lu}[\\p{L}'’-]{1,40} (?:${titleCase(streets)})\\b)`,
      'gu',
    ),
  },
  // "///filled.count.soap", and coordinates.
  {
    kind: 'address',
    pattern: /\/{3}\S+|\b(?!www\.)\p{Ll}{3,40}\.(?!gov\b)\p{Ll}{3,40}\.(?!gov\b)\p{Ll}{3,40}\b/gu,
  },
  { kind: 'address', pattern: /-?\b\d{1,3}\.\d{3,}\s{0,3},?\s{0,3}-?\d{1,3}\.\d{3,}/gu },
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
      `\\b(?:${platforms})(?: (?:account|name|user|username|profile|handle)){0,3} (?<it>(?=[\\p{L}_-]*[\\d._#][\\p{L}\\p{N}])(?=[\\d._#-]*\\p{L})[\\p{L}\\p{N}_.#-]{4,})`,
      'giu',
    ),
    unless: isPublicCode,
  },
  { kind: 'account', pattern: /(?<![\p{L}\p{N}/])\/?u\/[\p{L}\p{N}_-]{3,}/giu },
  { kind: 'account', pattern: /(?<![\p{L}\p{N}_])[\p{L}\p{N}]+(?:_+[\p{L}\p{N}]+)+_*/gu },
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
  // "her birthday is 9 october", "date of birth seventh of may 1995".
  {
    kind: 'date',
    pattern: new RegExp(
      `\\b(?:dob|date of birth|birthday|born)(?: is| was)?(?: on| in)?[: ]+(?:the )?(?<it>(?:(?:\\d{1,2}(?:st|nd|rd|th)?|(?:twenty|thirty)?[ -]?[\\p{L}]{3,8}(?:st|nd|rd|th))(?: of)? )?${months}(?: \\d{1,2}(?:st|nd|rd|th)?)?(?:,? \\d{2,4})?)\\b`,
      'giu',
    ),
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
      /\b(?:ref(?:erence)?|log|crime|inc(?:ident)?|cad|case|collar|warrant|badge|custody|urn|crn|niche|pnc|exhibit)(?: (?:number|no|ref|reference|record|num|id|is)){0,4}[.:]? ?#?(?<it>(?=[\p{L}\d/-]{0,40}\d{3})[\p{L}\d/-]+(?: of \d{1,2}[/.]\d{1,2}(?:[/.](?:\d{4}|\d{2}))?\b)?)/giu,
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
      `\\b(?:flat|apartment|apt|unit|room|plot|caravan) ?\\d+[a-z]?\\b,?(?: (?!${notInStreet}\\b)[\\p{L}'’.-]+){0,4}? (?:${streetsAfterNumber})\\b|\\b(?:flat|apartment|apt|caravan) ?\\d+[a-z]?\\b|(?<!\\b(?:interview|court|meeting|waiting|custody|control) )\\broom \\d{2,4}[a-z]?\\b`,
      'giu',
    ),
  },
  // Where somebody works: "Unit 4 Larkfield Industrial Estate".
  {
    kind: 'address',
    pattern:
      /\b(?:unit ?\d+[a-z]?,? )?(?:(?!(?:in|on|at|the|of|an?|her|his|their|my|to|from|is|this|that|council|local|same)\b)[\p{L}'’-]{1,40} ){1,3}(?:(?:industrial|trading|housing) estate|(?:business|retail|science|caravan|holiday) park)\b/giu,
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
    pattern: new RegExp(`\\b(?:[\\p{L}'’-]{1,40} )(?:${streets})\\b`, 'giu'),
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
  {
    kind: 'reference',
    pattern: /(?<!\bcode )\b(?=[\p{L}/_*-]{0,40}\d)[\p{L}\p{N}]+(?:[/_*-][\p{L}\p{N}]+)*\b/gu,
    unless: (found) =>
      found.length < 6 ||
      digitsIn(found) < 3 ||
      !/\p{L}|[/*-]/u.test(found) ||
      /^\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})$|^\d{4}-\d{2}-\d{2}$/.test(found) ||
      isPublicCode(found),
  },
  // Numbers of cases, cards, devices; a sum of money is none.
  { kind: 'reference', pattern: /(?<![£$€\p{L}\p{N},.*])\d{5,}\b/gu },
  // Our own case references, and what stands after a number sign.
  { kind: 'reference', pattern: /#\d+|\bsp-[a-z\d]{4}-[a-z\d]{4}\b/giu },
];
