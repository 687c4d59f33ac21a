import type { CaseSummary, SummaryCite, SummaryLine } from './case-summary.js';
import { sayDay, sayTime } from './days.js';
import { phrases } from './phrases.js';
import { visible } from './say-value.js';

/** The line that heads every summary, whoever reads it (screening-scripts, part x). */
export function summaryHeader(preparedBy: string): string {
  return `Draft by ${preparedBy} with the assistant. Not a decision, risk grade or crime record. Not for disclosure until reviewed: check every document for the victim’s details before it leaves.`;
}

/** The whole summary as Markdown; people's own words are escaped, so that they stay words. */
export function summaryMarkdown(summary: CaseSummary, preparedBy: string): string {
  const cites = numberCites(summary);
  const parts = [
    `# Case summary ${summary.caseRef}`,
    `*${summaryHeader(escaped(visible(preparedBy)))}*`,
    summary.incomplete.length > 0
      ? `**Incomplete — see absent answers.** ${summary.incomplete.join(' ')}`
      : '',
    summary.screenings.map((s) => `- ${s.title} (version ${s.version}): ${s.state}`).join('\n'),
    flagsPart(summary),
    ...summary.sections.map(
      ({ id, title, lines }) =>
        `## ${id} ${title}\n\n${lines.map((line) => linePart(line, cites)).join('\n')}`,
    ),
    indicationsPart(summary, cites),
    tasksPart(summary),
    `## ${phrases.sources}\n\n${[...cites].map(([key, n]) => `${n}. ${key}`).join('\n')}`,
    `Guidance version ${summary.knowledgeVersion}.`,
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

export type Cites = ReadonlyMap<string, number>;

/** A number for each citation of a summary, in the order in which they are met. */
export function numberCites(summary: CaseSummary): Cites {
  const all = [
    ...summary.sections.flatMap(({ lines }) => lines.flatMap((line) => line.cites)),
    ...summary.indications.flatMap((indication) => indication.cites),
  ];
  return new Map([...new Set(all.map(sayCite))].map((key, index) => [key, index + 1]));
}

/** A citation in full: publisher, title, place, link and day checked. */
export function sayCite({ source, locator }: SummaryCite): string {
  const link = source.url ? ` <${source.url}>` : '';
  return `${source.publisher}, ${source.title}, ${locator}${link} (${phrases.checked(sayDay(source.checkedOn))})`;
}

export function sayNumbers(list: readonly SummaryCite[], cites: Cites): string {
  return list.map((cite) => `[${cites.get(sayCite(cite))}]`).join('');
}

function linePart(line: SummaryLine, cites: Cites): string {
  const { question, at, replaced } = line.from;
  const when = at ? `, ${sayTime(at)}` : '';
  const changed = replaced
    .map((old) => `; changed from ${old.said} of ${sayTime(old.at)}`)
    .join('');
  return `- ${escaped(line.text)} *(${question}, ${line.status}${when}${escaped(changed)})* ${sayNumbers(line.cites, cites)}`;
}

function flagsPart(summary: CaseSummary): string {
  if (summary.flags.length === 0) return '';
  const lines = summary.flags.map(
    (flag) =>
      `- ${flag.level.toUpperCase()}: ${flag.about} *(${flag.question ?? 'DANGER pressed'}, ${sayTime(flag.at)})*`,
  );
  return `## Flags raised\n\n${lines.join('\n')}`;
}

function indicationsPart(summary: CaseSummary, cites: Cites): string {
  if (summary.indications.length === 0) return '';
  const lines = summary.indications.map(
    (indication) =>
      `- **${indication.id}** ${escaped(indication.text)} ${sayNumbers(indication.cites, cites)}`,
  );
  return `## For professional judgement\n\n${lines.join('\n')}\n\n${summary.endings.join(' ')}`;
}

function tasksPart(summary: CaseSummary): string {
  return summary.tasks.length > 0
    ? `## Still to do\n\n${summary.tasks.map((task) => `- ${task}`).join('\n')}`
    : '';
}

/**
 * Marks that would turn somebody's words into formatting or a link, bare addresses included. Line breaks
 * become spaces.
 */
function escaped(text: string): string {
  return text
    .replace(/\s*[\n-\r\u0085\u2028\u2029]\s*/g, ' ')
    .replace(/[\\`*_[\]<>#|~@]/g, '\\$&')
    .replace(/\b(https?|ftp|mailto)(?=:)/gi, '$1\\')
    .replace(/\bwww(?=\.)/gi, '$&\\');
}
