import { z } from 'zod';
import { foldText } from './fold-text.js';
import {
  compilePattern,
  markMatch,
  type NamedWords,
  namedWordsSchema,
  readied,
} from './patterns.js';

/**
 * The wording check looks for advice and remarks that must not reach a victim (families P1–P30 of
 * `knowledge/never-advise.yaml`). It runs over our own guidance too, which says again and again what
 * never to say; so a match counts only where nothing governs it. A sentence at a time, a match is
 * left alone when it is negated ("do not advise the victim to block"), judged ("it is a myth that"),
 * reported ("was told to"), asked by a colleague ("Should I tell … ?"), or quoted.
 *
 * Left out: whether the advice is right in the case, and remarks that hurt without any of these words.
 * Over 200 lines, because the rules of what governs a match are checked best side by side.
 */

const flatNegators =
  'not|never|nor|neither|cannot|cant|dont|doesnt|didnt|wont|wouldnt|shouldnt|couldnt|mustnt|neednt|isnt|arent|wasnt|werent|hasnt|havent|no|nobody|none';
/** These negate only what follows them as a thing done: "without telling", not "without delay tell". */
const turningAway =
  'before|without|avoid|avoids|avoided|avoiding|refrain|refrains|refraining|resist|rather than|instead of|in place of|against|stop|stops|beware of|rules? out';
const negators = `${flatNegators}|${turningAway}`;

/** Words that may stand between a negator and what it negates: "does not need to be the victim who". */
const lightWords =
  'just|simply|merely|ever|to|need|have|be|been|being|for|the|a|an|any|victim|victims|caller|callers|person|reporting|them|her|him|you|they|she|he|this|that|it|its|is|as|about|of|going|want|expected|expect|required|obliged|feel|should|by|always|really|automatically|necessarily|from|in|on|mean|means|make|treat|call|wait|waiting|and';

/** Verbs of saying and advising: what they bring in, the negator before them governs. */
const sayings =
  'advis(?:e|es|ed|ing)|tell|tells|telling|told|ask(?:s|ed|ing)?|sa(?:y|ys|id|ying)|suggest(?:s|ed|ing)?|recommend(?:s|ed|ing)?|encourag(?:e|es|ed|ing)|instruct(?:s|ed|ing)?|urg(?:e|es|ed|ing)|us(?:e|es|ed|ing)|writ(?:e|es|ing|ten)|call(?:s|ed|ing)?|describ(?:e|es|ed|ing)|treat(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|impl(?:y|ies|ied|ying)|assum(?:e|es|ed|ing)|promis(?:e|es|ed|ing)|offer(?:s|ed|ing)?|let|lets|letting|giv(?:e|es|ing|en)|blam(?:e|es|ed|ing)|accept(?:s|ed|ing)?|insist(?:s|ed|ing)?|requir(?:e|es|ed|ing)|expect(?:s|ed|ing)?|demand(?:s|ed|ing)?|press(?:es|ed|ing)?|pressur(?:e|ed|ing)|persuad(?:e|ed|ing)|judg(?:e|es|ed|ing)|comment(?:s|ed|ing)?|label(?:s|led|ling)?|refer(?:s|red|ring)?|record(?:s|ed|ing)?|clos(?:e|ed|ing)|conclud(?:e|es|ed|ing)|think|believ(?:e|es|ed|ing)|mean|means|rely|relying|hint(?:s|ed|ing)?|begin|open|repl(?:y|ies|ied|ying)|respond(?:s|ed|ing)?|explain(?:s|ed|ing)?|mak(?:e|es|ing)|downgrad(?:e|es|ed|ing)|minimis(?:e|es|ed|ing)|question(?:s|ed|ing)?|reassur(?:e|es|ed|ing)|guarantee|discount(?:s|ed|ing)?|warn(?:s|ed|ing)?|answer(?:s|ed|ing)?|decid(?:e|es|ed|ing)';

// "Do not advise …", "no officer should ever tell …", "rather than asking …".
const negatedSaying = new RegExp(
  `(?<!\\bwhy )\\b(?:(?:${flatNegators})(?: (?!hesitate|forget|fail|worry|afraid|only)\\w+|, [^,]{1,40},){0,6} (?:${sayings})|(?:${turningAway})(?: \\w+){0,3} (?=\\w+ing\\b)(?:${sayings})|rather than (?:${sayings}))\\b`,
  'u',
);
// "do not just …" with the match straight after it.
const negatedDirectly = new RegExp(
  `(?<!\\bwhy )\\b(?:${negators})(?:,? (?:${lightWords})){0,6},? $`,
  'u',
);
// "It is a myth that …", "it would be wrong to tell …", "poor advice, such as …".
const judgedBefore =
  /\b(?:myths?|wrong|wrongly|mistakes?|mistaken|dangerous|unsafe|harmful|poor advice|bad advice|unhelpful|incorrect|incorrectly|untrue|false|inaccurate|misconceptions?|unacceptable|inappropriate|criticised|errors?|failings?|victim blaming|reasons? given|remarks? reported|excuses?)(?: (?:advice|response|remarks?|comments?|phrases?|responses|wording|belief|beliefs))?,? (?:to|that|of|for|if|when|such as|like|including|include|includes|included|were|was|is to|was to|about)\b[^;]{0,200}$/u;
// "The caller was told to …", "officers had advised her to …": a record of what somebody said.
const reportedBefore =
  /\b(?:was|were|been|being|felt|feel|feels)(?: \w+ly| often| also| then| just)? (?:told|advised|asked|urged|encouraged|called|labelled|made|blamed|dismissed|described|seen as|treated as|instructed|accused|stereotyped|portrayed|warned)\b[^;]{0,200}$|\b(?:officers?|police|force|forces|handlers?|counter|staff|participants?|inspectors?|colleagues?|participant|sergeant|pc)(?: had| have| has| who| previously| often| wrongly| also| then| at the time){0,2} (?:told|advised|asked|said|suggested|urged|recommended)\b[^;]{0,80}$|\b(?:published advice|pages?|websites?|leaflets?|blogs?|posters?)(?: \w+)? (?:says?|said|tells?|told|suggests?|advises?|advised)\b[^;]{0,80}$/u;
// "Telling a victim to block him is unsafe", "… can raise the risk".
const judgedAfter =
  /^(?:,? \w+){0,8}? (?:(?:is|was|are|were|can be|may be|might be|could be|would be) (?:\w+ ){0,3}(?:wrong|unsafe|dangerous|harmful|risky|unhelpful|criticised|unacceptable|inappropriate|victim blaming|a myth|mistaken|poor advice|bad advice|not advice|never right|not help)|(?:can|may|might|could|will|would|does|do) (?:\w+ )?(?:escalate|endanger|backfire|(?:increase|raise|destroy|lose|hide|alert|worsen|miss|leave|put|ignore) (?:\w+ ){0,3}(?:risk|risks|danger|evidence|suspect|harm|pattern|patterns|history|people|victim|victims)))\b/u;
// "Should I tell her to block him?" is a colleague's question; "Could you …?" speaks to the victim.
const askedOfUs =
  /^(?:and |so |but )?(?:should|can|could|may|must|do|does|is|are|will|would|what if|when should|how should) (?!you\b|\w+ (?:not|just|simply)\b)[^?]*\?/u;
// After these words a new thought begins, which an earlier negation does not reach.
const turn = /;| - |\b(?:but|however|yet|so|then|otherwise|instead(?! of))\b(?! that)/u;
// "Do not play it down, and tell …", "Stop calling, it is a waste of time".
const newSentence =
  /\b(?:and|then) (?:please |also |just |simply )?(?:tell|ask|advise|urge|get|instruct|(?:you|they|she|he) should)\b|, (?:it|its|this is|that is|you are|youre|there is|theres|he is|hes|she is|shes)\b/gu;
// "Do not ignore it, tell …" begins anew; "do not ignore it, tell … or …" is one negated list.
const nextInList =
  /, (?:please |also |just |simply )?(?:tell|ask|advise|urge|get|instruct|block|ignore|change|delete|(?:you|they|she|he) should)\b/u;

const familySourceSchema = z.strictObject({
  id: z.string().regex(/^P(?:[1-9]|[12]\d|30)$/, 'a family id is P1 to P30'),
  /** `block`: may not be sent. `warn`: may be sent by a person who gives a reason. */
  level: z.enum(['block', 'warn']),
  patterns: z.array(z.string().min(1)).min(1),
  /** A match is waived when one of these matches its sentence, with `<` and `>` about the match. */
  unless: z.array(z.string().min(1)).default([]),
  reason: z.string().min(10),
  /** `source-id locator`, e.g. `iopc-victims Lack of accurate advice`. */
  cites: z
    .array(z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)* \S.*$/))
    .min(1)
    .readonly(),
  insteadSay: z.string().min(10),
  catches: z.array(z.string().min(1)).min(5).readonly(),
  passes: z.array(z.string().min(1)).min(5).readonly(),
});

export interface WordingFamily
  extends Omit<z.infer<typeof familySourceSchema>, 'patterns' | 'unless'> {
  readonly patterns: readonly RegExp[];
  readonly unless: readonly RegExp[];
}

/** Words found that should not be sent. `start` and `end` are offsets in the text as it was given. */
export interface WordingMatch {
  readonly family: string;
  readonly level: 'block' | 'warn';
  readonly phrase: string;
  readonly start: number;
  readonly end: number;
}

/** Parses `knowledge/never-advise.yaml`; refuses, by family and example, one that fails its own. */
export const neverAdviseSchema = z
  .strictObject({ words: namedWordsSchema, families: z.array(familySourceSchema).min(1) })
  .transform((source, context): readonly WordingFamily[] => {
    return source.families.map((family, place) => {
      const result = compileFamily(family, source.words);
      for (const message of result.faults) {
        context.addIssue({ code: 'custom', path: ['families', place], message });
      }
      return result.family;
    });
  });

function compileFamily(source: z.infer<typeof familySourceSchema>, words: NamedWords) {
  const faults: string[] = [];
  const compile = (pattern: string): readonly RegExp[] => {
    try {
      return [readied(compilePattern(pattern, words))];
    } catch (cause) {
      faults.push(`family ${source.id}: pattern ${pattern}: ${(cause as Error).message}`);
      return [];
    }
  };
  const family: WordingFamily = {
    ...source,
    patterns: source.patterns.map(withoutNegation).flatMap(compile),
    unless: source.unless.flatMap(compile),
  };
  return { family, faults: [...faults, ...failedExamples(family)] };
}

/** A filler word of a pattern never swallows a negator: "tell the victim not to block". */
function withoutNegation(pattern: string): string {
  const filler = `(?!(?:${negators})\\b)\\w+ `;
  return pattern.replaceAll('{gap}', '(?:\\w+ ){0,4}').replaceAll('\\w+ ', () => filler);
}

function failedExamples(family: WordingFamily): readonly string[] {
  const found = (text: string) => findWording([family], text).length > 0;
  return [
    ...family.catches
      .filter((text) => !found(text))
      .map((t) => `family ${family.id} misses "${t}"`),
    ...family.passes.filter(found).map((t) => `family ${family.id} wrongly catches "${t}"`),
  ];
}

/** Who a text speaks to: a question put to us may ask about such words, one put to a victim says them. */
export type SpokenTo = 'us' | 'victim';

/** Returns each run of words that a family matches and nothing governs, in the order of the text. */
export function findWording(
  families: readonly WordingFamily[],
  text: string,
  spokenTo: SpokenTo = 'us',
): readonly WordingMatch[] {
  const { folded, origins } = foldText(text);
  const sentences = listSentences(hideQuoted(folded));
  const found = families.flatMap((family) =>
    sentences.flatMap((sentence) =>
      matchesIn(family, sentence, spokenTo).map(([from, to]): WordingMatch => {
        const start = origins[sentence.start + from] ?? text.length;
        // The end is after the last letter matched, so that no trailing mark is drawn in.
        const end = (origins[sentence.start + to - 1] ?? text.length - 1) + 1;
        const { id, level } = family;
        return { family: id, level, phrase: text.slice(start, end), start, end };
      }),
    ),
  );
  return found.sort((one, other) => one.start - other.start || other.end - one.end);
}

/** What a caller or suspect said, in double quotation marks, is evidence and is not ours to change. */
function hideQuoted(folded: string): string {
  return folded.replace(
    /(?<![\p{L}\p{N}"])"(?=[^\s"])([^"\n]*)(?<=\S)"(?![\p{L}\p{N}])/gu,
    // The mark that ends a quoted sentence is kept, for it ends ours too.
    (whole) =>
      whole.slice(0, -2).replace(/[^"]/gu, '"') + whole.slice(-2).replace(/[^".!?]/gu, '"'),
  );
}

interface Sentence {
  readonly text: string;
  /** Offset in the folded text. */
  readonly start: number;
  /** The line that introduces the list this stands in, empty when it stands in none. */
  readonly leadIn: string;
}

function listSentences(folded: string): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let leadIn = '';
  let start = 0;
  for (const line of folded.split('\n')) {
    const mark = /^ ?(?:[-*•–#]+|\d{1,2}[.)]|\(?[a-z]\)) ?/u.exec(line)?.[0] ?? '';
    const isItem = mark !== '' && !mark.includes('#');
    if (!isItem) leadIn = '';
    let at = start + mark.length;
    for (const piece of line.slice(mark.length).split(/(?<=(?<!\be\.g|\bi\.e)[.!?]"?) |(?<=;) /u)) {
      sentences.push({ text: piece, start: at, leadIn });
      if (!isItem) leadIn = /:(?: ?\[@[^\]]*\])* ?$/u.test(piece) ? piece : '';
      at += piece.length + 1;
    }
    start += line.length + 1;
  }
  return sentences;
}

/** Offsets in the sentence, none overlapping another of the same family. */
function matchesIn(
  family: WordingFamily,
  sentence: Sentence,
  spokenTo: SpokenTo,
): readonly (readonly [number, number])[] {
  const spans = family.patterns
    .flatMap((pattern) => [...sentence.text.matchAll(pattern)])
    .map((match) => trimmed(match.index, match[0]))
    .filter(([from, to]) => !isWaived(family, sentence.text, from, to))
    .filter(([from, to]) => !isGoverned(sentence, from, to, spokenTo))
    .sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  return spans.filter(([from], place) => spans.slice(0, place).every(([, to]) => to <= from));
}

function trimmed(index: number, found: string): readonly [number, number] {
  const lead = found.length - found.replace(/^[^\p{L}\p{N}]+/u, '').length;
  return [index + lead, index + found.replace(/[^\p{L}\p{N}]+$/u, '').length];
}

function isWaived(family: WordingFamily, text: string, from: number, to: number): boolean {
  const marked = markMatch(text, from, to);
  return family.unless.some((waiver) => marked.search(waiver) !== -1);
}

/** True when words before or after the match turn it into something said about such words. */
function isGoverned(sentence: Sentence, from: number, to: number, spokenTo: SpokenTo): boolean {
  const after = sentence.text.slice(to);
  if (spokenTo === 'us' && askedOfUs.test(sentence.text)) return true;
  if (judgedAfter.test(after)) return true;
  const before = `${sentence.leadIn} ${sentence.text.slice(0, from)}`
    // A clause of condition has its own negation: "If he does not stop, block him."
    .replace(/\b(?:if|when|because|since|unless|until|while|although|though|once) [^,]*,/gu, ' ')
    // "Do not: block him" is "Do not block him".
    .replaceAll(':', '');
  const found = sentence.text.slice(from, to);
  const clause = lastThought(before.split(turn).at(-1) ?? '', found);
  // The verb of saying may be the first word of the match: "do not, ever, | tell the victim to block".
  const verb = found.split(' ')[0] ?? '';
  return (
    negatedDirectly.test(clause) ||
    isNegatedSaying(clause, clause + verb, found + after) ||
    judgedBefore.test(clause) ||
    reportedBefore.test(clause) ||
    isWithin(reportedBefore.exec(clause + verb), clause)
  );
}

function isNegatedSaying(clause: string, opening: string, following: string): boolean {
  const negation = negatedSaying.exec(opening);
  if (negation === null || !isWithin(negation, clause)) return false;
  const rest = clause.slice(negation.index + negation[0].length);
  return !nextInList.test(rest) || /\bn?or\b/u.test(`${rest}${following}`);
}

/** The part of the clause after the last new beginning, which may reach into what was found. */
function lastThought(clause: string, found: string): string {
  const begun = [...(clause + found).matchAll(newSentence)]
    .filter((match) => match.index < clause.trimEnd().length)
    .at(-1);
  return begun === undefined ? clause : clause.slice(begun.index + begun[0].length);
}

/** True when it was found, and began before the match did. */
function isWithin(found: RegExpExecArray | null, clause: string): boolean {
  return found !== null && found.index < clause.trimEnd().length;
}
