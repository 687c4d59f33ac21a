import type { Citation, ShownBlock, ShownPassage, ShownStatement } from './citations.js';
import type { Words } from './words.js';

/** Passages and their sources as text, which answers and readings show alike. */

type Beside = (statement: ShownStatement) => readonly string[];

/** A passage as it stands, whole blocks byte for byte; `beside` gives lines to set under a statement. */
export function passageText(
  shown: ShownPassage,
  { phrases, dates }: Words,
  beside: Beside = () => [],
): readonly string[] {
  const overdue = shown.overdueSince ? [phrases.overdue(dates.day(shown.overdueSince))] : [];
  const part = shown.part === undefined ? [] : [phrases.onPart(shown.part)];
  const blocks = shown.blocks.map((block) => blockText(block, beside));
  return [...part, `**${shown.heading}**`, ...blocks, ...overdue];
}

function blockText(block: ShownBlock, beside: Beside): string {
  const lead = block.lead.map(statementText).join(' ');
  const items = block.items.flatMap((item) => [`• ${statementText(item)}`, ...beside(item)]);
  return [lead, ...block.lead.flatMap(beside), ...items].filter(Boolean).join('\n\n');
}

function statementText({ text, citations }: ShownStatement): string {
  return `${text} ${citations.map((n) => `[${n}]`).join('')}`;
}

/** One line a source: numbers, publisher and title as a link, places, day checked. */
export function sourcesText(citations: readonly Citation[], words: Words): readonly string[] {
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
