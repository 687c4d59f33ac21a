import type { Answer } from '../../../src/core/answer.js';
import { answerText, isByModel, mostMore, type Said } from '../../../src/core/answer-text.js';
import type { Citation, ShownBlock, ShownPassage } from '../../../src/core/citations.js';
import { english, type Words } from '../../../src/core/words.js';
import type { JsonObject, OutgoingActivity } from '../activity.js';

/** Teams refuses a message with more, or with longer texts (teams-platform §1). */
const mostCitations = 20;
const longest = { name: 80, abstract: 160, keyword: 28 } as const;

/** An answer as one message: text, its citations as Teams draws them, thumbs, and what to do next. */
export function answerMessage(
  whole: Said,
  hasCorrection: boolean,
  words: Words = english,
): OutgoingActivity {
  const answer = withinLimit(whole);
  const [first] = answer.citations;
  return {
    type: 'message',
    text: answerText(answer, hasCorrection, words),
    textFormat: 'markdown',
    summary: words.feeds.guidance,
    ...(answer.citations.length > 0 || isByModel(answer)
      ? { entities: [citationEntity(answer.citations, isByModel(answer), words)] }
      : {}),
    channelData: { feedbackLoop: { type: 'default' } },
    suggestedActions: { actions: nextActions(answer, first, words) },
  };
}

/** Fixed words, without thumbs or citations. */
export function plainMessage(
  words: string | readonly string[],
  { feeds }: Words = english,
): OutgoingActivity {
  const text = typeof words === 'string' ? words : words.join('\n\n');
  return { type: 'message', text, textFormat: 'markdown', summary: feeds.message };
}

/** Blocks whose citations Teams would not show are left out rather than shown without, and named as more. */
function withinLimit(answer: Said): Said {
  if (answer.citations.length <= mostCitations) return answer;
  const isCited = ({ lead, items }: ShownBlock) =>
    [...lead, ...items].every((statement) => statement.citations.every((n) => n <= mostCitations));
  const shown = answer.shown
    .map((passage) => ({ ...passage, blocks: passage.blocks.filter(isCited) }))
    .filter(({ blocks }) => blocks.length > 0);
  const blocks = shown.flatMap((passage) => passage.blocks);
  const isCut = (passage: ShownPassage) =>
    shown.find((kept) => kept.passage === passage.passage)?.blocks.length !== passage.blocks.length;
  const cuts = answer.shown.filter(isCut).map(({ passage, heading }) => ({ passage, heading }));
  const more = [
    ...cuts,
    ...answer.more.filter(({ passage }) => cuts.every((other) => other.passage !== passage)),
  ];
  const cited = new Set(
    blocks.flatMap(({ lead, items }) => [...lead, ...items].flatMap(({ citations }) => citations)),
  );
  return { ...answer, shown, more, citations: answer.citations.filter(({ n }) => cited.has(n)) };
}

/** What Teams draws of a citation. */
type Cited = Pick<Citation, 'n' | 'quote'> & {
  readonly source: Omit<Citation['source'], 'id'>;
};

/**
 * Exactly one root entity. With the AI label where a model chose the sentences, which Teams draws in words of its own;
 * no model wrote any of them.
 */
export function citationEntity(
  citations: readonly Cited[],
  isLabelled: boolean,
  words: Words,
): JsonObject {
  return {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    ...(isLabelled ? { additionalType: ['AIGeneratedContent'] } : {}),
    ...(citations.length > 0 ? { citation: citations.map((one) => claimOf(one, words)) } : {}),
  };
}

function claimOf(citation: Cited, words: Words): JsonObject {
  return { '@type': 'Claim', position: citation.n, appearance: appearanceOf(citation, words) };
}

function appearanceOf({ quote, source }: Cited, { phrases, dates }: Words): JsonObject {
  return {
    '@type': 'DigitalDocument',
    name: cut(`${source.title}, ${source.locator}`, longest.name),
    abstract: cut(quote, longest.abstract),
    ...(source.url ? { url: source.url } : {}),
    keywords: [cut(phrases.checked(dates.day(source.checkedOn)), longest.keyword)],
  };
}

/** Said before a question, so that it is never taken for a reply to an open screening. */
const asking = 'Ask:';

/** At most three: what may have been meant, or what did not go on the screen, then what to do next. */
function nextActions(
  answer: Answer,
  first: Citation | undefined,
  { answer: titles }: Words,
): readonly JsonObject[] {
  const action = (title: string, value: string) => ({ type: 'imBack', title, value });
  const toShow = (passages: Answer['more'], label = (heading: string) => heading) =>
    passages.map(({ passage, heading }) => action(cut(label(heading), 40), `show ${passage}`));
  if (answer.kind === 'unclear') {
    return answer.nearest
      .slice(0, 3)
      .map(({ heading }) => action(cut(heading, 40), `${asking} ${heading}`));
  }
  if (answer.kind === 'not-covered' && answer.nearest.length > 0) {
    return [...toShow(answer.nearest.slice(0, 2)), action(titles.startScreening, 'screen')];
  }
  return [
    ...(first ? [action(titles.showPassage, `show ${first.passage}`)] : []),
    ...toShow(
      answer.more.filter(({ passage }) => passage !== first?.passage).slice(0, mostMore),
      titles.more,
    ),
    action(titles.startScreening, 'screen'),
    // The guidance is searched in English, whatever the title says.
    action(titles.whatToCheck, `${asking} What should a supervisor check?`),
  ].slice(0, 3);
}

/** Cuts on a word boundary. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const whole = text.slice(0, most - 1);
  const space = whole.lastIndexOf(' ');
  const kept = whole.slice(0, space > most / 2 ? space : most - 1);
  // Half of an emoji is no letter.
  return `${kept.replace(/[\ud800-\udbff]$/, '')}…`;
}
