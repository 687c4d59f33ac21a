import type { CaseSummary, SummaryCite, SummaryLine } from './case-summary-schema.js';
import { sayDay, sayTime } from './days.js';
import { phrases } from './phrases.js';
import { visible } from './say-value.js';

/** The line that heads every summary, whoever reads it (screening-scripts, part x). */
export function summaryHeader(preparedBy: string): string {
  return phrases.summaryHeader(preparedBy);
}

/** The whole summary as Markdown; people's own words are escaped, so that they stay words. */
export function summaryMarkdown(summary: CaseSummary, preparedBy: string): string {
  const cites = numberCites(summary);
  const parts = [
    `# Case summary ${summary.caseRef}`,
    `*${summaryHeader(escaped(visible(preparedBy)))}*`,
    summary.incomplete.length > 0
      ? `**Incomplete — see absent answers.** ${escaped(summary.incomplete.join(' '))}`
      : '',
    [...summary.screenings.map(sayScreening), ...summary.notes]
      .map((line) => `- ${line}`)
      .join('\n'),
    flagsPart(summary),
    ...summary.sections.map(({ id, title, lines }) =>
      [`## ${id} ${title}`, ...linesParts(summary, lines, cites)].join('\n\n'),
    ),
    timelinePart(summary, cites),
    droppedPart(summary, cites),
    indicationsPart(summary, cites),
    tasksPart(summary),
    `## ${phrases.sources}\n\n${[...cites].map(([key, n]) => `${n}. ${key}`).join('\n')}`,
    `Drawn up for ${sayDay(summary.on)}. Guidance version ${summary.knowledgeVersion}.`,
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function sayScreening({
  title,
  version,
  state,
  notApplicable,
}: CaseSummary['screenings'][number]): string {
  const unasked = notApplicable.length > 0 ? `. Not applicable: ${notApplicable.join(', ')}` : '';
  return `${title} (version ${version}): ${state}${unasked}`;
}

/** What police systems hold stands apart from what was said. */
function linesParts(
  summary: CaseSummary,
  lines: readonly SummaryLine[],
  cites: Cites,
): readonly string[] {
  const say = (some: readonly SummaryLine[]) =>
    some.map((line) => linePart(summary, line, cites)).join('\n');
  const held = lines.filter(({ from }) => from.saidBy === 'records');
  const said = lines.filter(({ from }) => from.saidBy !== 'records');
  return [
    ...(said.length > 0 ? [say(said)] : []),
    ...(held.length > 0 ? [`**${phrases.policeRecords}**`, say(held)] : []),
  ];
}

export type Cites = ReadonlyMap<string, number>;

/** A number for each citation of a summary, in the order in which they are met. */
export function numberCites(summary: CaseSummary): Cites {
  const all = [
    ...summary.sections.flatMap(({ lines }) => lines.flatMap((line) => line.cites)),
    ...(summary.timeline?.facts ?? []).flatMap((fact) => fact.cites),
    ...summary.dropped.flatMap((line) => line.cites),
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

function linePart(summary: CaseSummary, line: SummaryLine, cites: Cites): string {
  return `- ${escaped(line.text)} *(${escaped(sayFrom(summary, line))})* ${sayNumbers(line.cites, cites)}`;
}

/** Where a line comes from: question, who said it and who took it down, when, and what it replaced. */
export function sayFrom(summary: CaseSummary, { from, status }: SummaryLine): string {
  const name = (id: string | undefined) =>
    visible(summary.people.find((person) => person.id === id)?.name ?? 'a user not named here');
  const record = from.record === undefined ? '' : ` no. ${from.record}`;
  const isTaken = from.at !== undefined && from.saidBy === 'caller';
  const who = isTaken ? `caller, taken down by ${name(from.by)}` : name(from.by);
  const when = from.at ? [`${who}, ${sayTime(from.at)}`] : [];
  const held = from.heldFrom ? [`told on ${sayTime(from.heldFrom)} and found still right`] : [];
  const why = (reason: string | undefined) => reason ?? 'no reason given';
  const changed = from.replaced.map(
    (old, place) =>
      `changed from ${old.said} of ${sayTime(old.at)} by ${name(old.by)}: ${why(place === 0 ? from.reason : from.replaced[place - 1]?.reason)}`,
  );
  return [`${from.question}${record}, ${status}`, ...when, ...held, ...changed].join('; ');
}

function flagsPart(summary: CaseSummary): string {
  if (summary.flags.length === 0) return '';
  const lines = summary.flags.map(
    (flag) =>
      `- ${flag.level.toUpperCase()}: ${escaped(flag.about)} *(${flag.question ?? 'DANGER pressed'}, ${sayTime(flag.at)})*`,
  );
  return `## Flags raised\n\n${lines.join('\n')}`;
}

function droppedPart(summary: CaseSummary, cites: Cites): string {
  if (summary.dropped.length === 0) return '';
  const lines = summary.dropped.map((line) => linePart(summary, line, cites)).join('\n');
  return `## ${phrases.droppedTitle}\n\n${lines}`;
}

/** The picture's text equivalent: every fact, and each entry as it was said. */
function timelinePart({ timeline }: CaseSummary, cites: Cites): string {
  if (!timeline) return '';
  const { built, facts, months, entries, imports, conflicts } = timeline;
  const bars = months.map(({ month, count }) => `${month}  ${'▇'.repeat(count)} ${count}`);
  const parts = [
    `## ${phrases.timelineTitle}`,
    escaped(built),
    ...(bars.length > 0 ? [`\`\`\`text\n${bars.join('\n')}\n\`\`\``] : []),
    facts
      .map((fact) => `- ${escaped(fact.text)} ${sayNumbers(fact.cites, cites)}`.trimEnd())
      .join('\n'),
    entries
      .map(({ when, text, kinds }) => {
        const named = kinds.length > 0 ? ` *(${escaped(kinds.join('; '))})*` : '';
        return `- ${escaped(when)}: ${escaped(text)}${named}`;
      })
      .join('\n'),
    ...imports.map(
      ({ from, text }) =>
        `### ${escaped(from)}\n\n${text
          .split('\n')
          .map((line) => `> ${escaped(line)}`)
          .join('\n')}`,
    ),
    ...(conflicts.length > 0
      ? [`### ${phrases.conflictsTitle}`, conflicts.map((one) => `- ${escaped(one)}`).join('\n')]
      : []),
  ];
  return parts.filter(Boolean).join('\n\n');
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
    ? `## Still to do\n\n${summary.tasks.map((task) => `- ${escaped(task)}`).join('\n')}`
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
