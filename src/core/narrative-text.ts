import type { Citation, ShownPassage } from './citations.js';
import type { PassageId } from './ids.js';
import { kindsOf, type NarrativeMark, type NarrativeReading, ofRules } from './narrative.js';
import type { MarkKind, NarrativeRules } from './narrative-rules.js';
import { passageText, sourcesText } from './shown-text.js';
import { english, type Words } from './words.js';

/**
 * A reading as text for a phone: danger first, then why to consider the screening, then each provision with the words
 * that were marked beside it, then what the text does not say.
 */

/** A reading with the guidance it is shown beside. */
export type ShownNarrative = {
  readonly kind: 'read';
  readonly pasted: string;
  readonly reading: NarrativeReading;
  /** Emergency guidance, where the text holds a sign of danger; it comes first and is never cut. */
  readonly danger: readonly ShownPassage[];
  readonly isDanger: boolean;
  /** Passages that the marks stand beside, then what else belongs to the outcome. */
  readonly shown: readonly ShownPassage[];
  readonly citations: readonly Citation[];
  readonly provisions: NarrativeRules['provisions'];
};

/** What was pasted and not read; a sign of danger in it is told all the same. */
export type UnreadNarrative = Omit<ShownNarrative, 'kind' | 'pasted' | 'reading'> & {
  readonly kind: 'empty' | 'too-long';
};

export type Narrative = ShownNarrative | UnreadNarrative;

/** So many quotes of a kind are shown; the rest are counted in words. */
const mostQuotes = 3;
/** Letters of a quote shown; marks are seldom longer. */
const longestShown = 160;

/** The reading as text. `shown` writes pasted words, so that no client draws them as links or bold. */
export function narrativeText(
  narrative: Narrative,
  shown = (words: string) => words,
  words: Words = english,
): string {
  const { answerLead, narrative: narrativePhrases, narrativeKinds, narrativeOutcomes } = words;
  const { guidanceLanguage } = words.phrases;
  const noted = (guidance: readonly unknown[]) =>
    guidance.length > 0 && guidanceLanguage ? [guidanceLanguage] : [];
  const danger = narrative.isDanger
    ? [
        answerLead.urgent,
        ...noted(narrative.danger),
        ...narrative.danger.flatMap((passage) => passageText(passage, words)),
      ]
    : [];
  const sources = sourcesText(narrative.citations, words);
  if (narrative.kind !== 'read') {
    const why = narrative.kind === 'empty' ? narrativePhrases.empty : narrativePhrases.tooLong;
    return [...danger, why, ...sources].join('\n\n');
  }
  const { reading } = narrative;
  const quotes = quotesByKind(narrative, shown, words);
  const placed = new Set<MarkKind>();
  const passages = narrative.shown.flatMap((passage) => {
    const beside = kindsBeside(narrative, passage.passage);
    for (const { kind } of beside) placed.add(kind);
    return passageText(passage, words, (statement) =>
      beside.flatMap(({ kind, quote }) =>
        statement.text.includes(quote) ? (quotes.get(kind) ?? []) : [],
      ),
    );
  });
  const rest = kindsOf(reading.marks).filter((kind) => !placed.has(kind));
  const byRules = new Set(kindsOf(ofRules(reading.marks)));
  const named = kindsOf(reading.marks).map((kind) =>
    byRules.has(kind) ? narrativeKinds[kind] : byModel(narrativeKinds[kind], words),
  );
  return [
    ...danger,
    narrativeOutcomes[reading.outcome](words.list(named)),
    ...(reading.marks.length > 0 ? [narrativePhrases.noFinding] : []),
    ...(narrative.danger.length > 0 ? [] : noted(passages)),
    ...passages,
    ...rest.map((kind) =>
      [
        `**${narrativePhrases.alsoMarked}: ${narrativeKinds[kind]}**`,
        ...(quotes.get(kind) ?? []),
      ].join('\n\n'),
    ),
    ...notSaidText(reading, words),
    narrativePhrases.notStored,
    ...sources,
  ].join('\n\n');
}

/** Kinds marked whose provision stands in the passage, with the words that tell its statement. */
function kindsBeside({ reading, provisions }: ShownNarrative, passage: PassageId) {
  return kindsOf(reading.marks)
    .filter((kind) => provisions[kind].passage === passage)
    .map((kind) => ({ kind, quote: provisions[kind].quote }));
}

function quotesByKind(
  { reading, pasted }: ShownNarrative,
  shown: (words: string) => string,
  words: Words,
): ReadonlyMap<MarkKind, readonly string[]> {
  return new Map(
    kindsOf(reading.marks).map((kind) => {
      const marks = distinct(
        reading.marks.filter((mark) => mark.kind === kind),
        pasted,
      );
      const all = reading.marks.filter((mark) => mark.kind === kind).length;
      const first = marks.slice(0, mostQuotes).map((mark) => quoteText(mark, pasted, shown, words));
      const left = all - first.length;
      const more = left > 0 ? [words.narrative.more(left)] : [];
      return [kind, [`${words.narrative.inText} ${[...first, ...more].join(', ')}`]];
    }),
  );
}

/** Marks whose words differ: the same words ten times are shown once and counted. */
function distinct(marks: readonly NarrativeMark[], text: string): readonly NarrativeMark[] {
  const seen = new Set<string>();
  return marks.filter(({ start, end }) => {
    const words = text.slice(start, end).toLowerCase();
    if (seen.has(words)) return false;
    seen.add(words);
    return true;
  });
}

function quoteText(
  mark: NarrativeMark,
  text: string,
  shown: (words: string) => string,
  words: Words,
): string {
  const marked = text.slice(mark.start, mark.end).replace(/\s+/g, ' ');
  const cut =
    marked.length > longestShown
      ? `${marked.slice(0, longestShown).replace(/[\ud800-\udbff]$/, '')}…`
      : marked;
  const quote = `“${shown(cut)}”`;
  return mark.foundBy === 'model' ? byModel(quote, words) : quote;
}

function byModel(found: string, { narrative }: Words): string {
  return `${found} (${narrative.byModel})`;
}

function notSaidText({ notSaid }: NarrativeReading, { narrative }: Words): readonly string[] {
  if (notSaid.length === 0) return [];
  const list = notSaid.map(({ says, shows }) => `• ${says} (show ${shows})`);
  return [[`**${narrative.notSaid}**`, ...list].join('\n\n')];
}
