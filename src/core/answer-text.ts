import type { Answer } from './answer.js';
import { unansweredParts } from './choosing-words.js';
import type { Citation, ShownBlock, ShownPassage, ShownStatement } from './citations.js';
import { english, type Words } from './words.js';

/** An answer, with what chose it: nothing or an empty list where code did. */
export type Said = Answer & { readonly chosenBy?: readonly unknown[] };

/** Whether a model had a part in choosing what an answer shows. */
export function isByModel({ chosenBy = [] }: Said): boolean {
  return chosenBy.length > 0;
}

/** Whether two answers show a person the same, whoever chose it. */
export function showsTheSame(a: Said, b: Said): boolean {
  const words = (answer: Said) => answerText({ ...answer, chosenBy: [] });
  return a.kind === b.kind && words(a) === words(b);
}

/**
 * An answer as text that reads right on a phone, where Teams renders bold and links but neither lists
 * nor headings: bullets are characters, paragraphs are apart. Guidance stands byte for byte as in its passage.
 */
export function answerText(answer: Said, hasCorrection = false, words: Words = english): string {
  const { answerLead, phrases } = words;
  const isQuoting = answer.shown.length > 0 || answer.more.length > 0;
  const parts = [
    answerLead[answer.kind],
    answer.askedIn === 'welsh' ? phrases.askedInWelsh : isQuoting ? phrases.guidanceLanguage : '',
    hasCorrection ? phrases.correctionFirst : '',
    ...(answer.kind === 'not-covered' ? nearestText(answer, words) : []),
    answer.kind === 'not-covered' && answer.shown.length > 0 ? phrases.whoToAsk : '',
    ...answer.shown.flatMap((passage) => passageText(passage, words)),
    answer.missing.length > 0
      ? phrases.missing(answer.missing.map((part) => `“${partIn(part, words)}”`).join(', '))
      : '',
    ...(answer.kind === 'not-covered' ? [] : nearestText(answer, words)),
    isByModel(answer) ? phrases.chosenByModel : '',
    ...moreText(answer, words),
    ...sourcesText(answer.citations, words),
  ];
  return parts.filter(Boolean).join('\n\n');
}

/** A part that nothing answers: in these words where it is of our own list, else as the asker named it. */
function partIn(part: string, { unanswered }: Words): string {
  const listed = unansweredParts.find(({ says }) => says === part);
  return listed ? unanswered[listed.id] : part;
}

/** So many are named; what is left of the screen belongs to the answer. */
export const mostMore = 2;

function moreText({ more, differing }: Answer, { phrases }: Words): readonly string[] {
  const list = (title: string, passages: Answer['more']) =>
    passages.length === 0
      ? []
      : [
          [title, ...passages.map(({ passage, heading }) => `• ${heading} (show ${passage})`)].join(
            '\n\n',
          ),
        ];
  return [...list(phrases.differing, differing), ...list(phrases.more, more.slice(0, mostMore))];
}

function passageText(shown: ShownPassage, { phrases, dates }: Words): readonly string[] {
  const overdue = shown.overdueSince ? [phrases.overdue(dates.day(shown.overdueSince))] : [];
  const part = shown.part === undefined ? [] : [phrases.onPart(shown.part)];
  return [...part, `**${shown.heading}**`, ...shown.blocks.map(blockText), ...overdue];
}

function blockText(block: ShownBlock): string {
  const lead = block.lead.map(statementText).join(' ');
  return [lead, ...block.items.map((item) => `• ${statementText(item)}`)].join('\n\n');
}

function statementText({ text, citations }: ShownStatement): string {
  return `${text} ${citations.map((n) => `[${n}]`).join('')}`;
}

function nearestText(answer: Answer, { phrases }: Words): readonly string[] {
  if (answer.kind === 'not-covered' || answer.kind === 'withheld') {
    const list = answer.nearest.map(({ heading }) => `• ${heading}`);
    const next = answer.kind === 'not-covered' ? [phrases.notCoveredNext] : [];
    return [...next, ...(list.length > 0 ? [[phrases.nearest, ...list].join('\n\n')] : [])];
  }
  return answer.kind === 'unclear'
    ? [answer.nearest.map(({ heading }) => `• ${heading}`).join('\n\n')]
    : [];
}

/** One line a source: numbers, publisher and title as a link, places, day checked. */
function sourcesText(citations: readonly Citation[], words: Words): readonly string[] {
  if (citations.length === 0) return [];
  const bySource = new Map<string, Citation[]>();
  for (const citation of citations) {
    const { id, checkedOn } = citation.source;
    const key = `${id} ${checkedOn}`;
    bySource.set(key, [...(bySource.get(key) ?? []), citation]);
  }
  const lines = [...bySource.values()].map((group) => sourceLine(group, words));
  return [[`**${words.phrases.sources}**`, ...lines].join('\n\n')];
}

function sourceLine(group: readonly Citation[], { phrases, dates }: Words): string {
  const [{ source }] = group as [Citation, ...Citation[]];
  const numbers = group.map(({ n }) => `[${n}]`).join('');
  const title = source.url ? `[${linkText(source.title)}](${source.url})` : source.title;
  const places = [...new Set(group.map((citation) => citation.source.locator))].join('; ');
  return `${numbers} ${source.publisher}, ${title}: ${places} (${phrases.checked(dates.day(source.checkedOn))})`;
}

/** "Baker [2004] (Admin)" inside a link: its own brackets must neither close the link nor begin another. */
function linkText(words: string): string {
  return words.replace(/[\\[\]()]/g, '\\$&');
}
