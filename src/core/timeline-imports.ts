import type { ReadDate } from './reply.js';
import type { When } from './timeline.js';

/**
 * Timelines that a victim or an advocate wrote, read into rows so that they can be set beside ours (see
 * compare-timelines.ts). The text itself is shown unchanged; rows only help to find where the two differ. A little over
 * 200 lines, since the shapes of dates and tables are read in one go.
 */

export type ImportRow = {
  /** Of the text as pasted, from 1. */
  readonly line: number;
  readonly when?: When;
  readonly words: string;
};

export type ImportReading = {
  readonly rows: readonly ImportRow[];
  /** What could not be read and why, in sentences for the user. */
  readonly remarks: readonly string[];
};

/** Cells of each record and the line it begins on; undefined when a quotation mark is never closed. */
export type ReadCsv = (
  text: string,
  delimiter: string,
) => readonly { readonly line: number; readonly cells: readonly string[] }[] | undefined;

/** Read into rows up to here; the text itself is kept whole. Some 250 lines of a sentence each. */
export const longestImport = 20_000;

/**
 * Reads pasted text: free lines, lists, or a table with or without a heading row. Dates that depend on
 * the day of writing ("yesterday") are not read, since that day is not known; a day without a year
 * is read as "about".
 */
export function readImport(
  text: string,
  today: string,
  readDate: ReadDate,
  readCsv: ReadCsv,
): ImportReading {
  if (text.trim() === '') return { rows: [], remarks: ['Nothing was pasted.'] };
  if (looksBinary(text)) {
    const remark =
      'This does not look like text: it holds characters that nobody types. Copy the words themselves, not the file.';
    return { rows: [], remarks: [remark] };
  }
  const { kept, remarks } = cutAtLine(text);
  const read = (words: string) => findDate(words, today, readDate);
  const table = readTable(kept, read, readCsv);
  const rows = table === undefined || table === 'unclosed' ? readLines(kept, read) : table;
  return {
    rows,
    remarks: [
      ...remarks,
      ...(table === 'unclosed'
        ? ['A quotation mark is opened and never closed, so this was read line by line.']
        : []),
      ...undatedRemark(rows),
    ],
  };
}

/** Lines are named so that the user can find them; after ten, how many more there are. */
function undatedRemark(rows: readonly ImportRow[]): readonly string[] {
  const lines = rows.filter(({ when }) => !when).map(({ line }) => line);
  if (lines.length === 0) return [];
  if (lines.length === rows.length) {
    return ['No date could be read in it, so it cannot be compared by date.'];
  }
  const more = lines.length > 10 ? ` and ${lines.length - 10} more` : '';
  return [`No date could be read in line ${lines.slice(0, 10).join(', ')}${more}.`];
}

/** A file's bytes pasted as text: a NUL, or more than one in fifty characters a control or a broken one. */
function looksBinary(text: string): boolean {
  const odd = text.match(/(?![\t\n\v\f\r\u0085])[\p{Cc}\ufffd]/gu) ?? [];
  return text.includes('\0') || odd.length * 50 > text.length;
}

function cutAtLine(text: string): { readonly kept: string; readonly remarks: readonly string[] } {
  if (text.length <= longestImport) return { kept: text, remarks: [] };
  const end = text.lastIndexOf('\n', longestImport);
  const kept = text.slice(0, end > 0 ? end : longestImport);
  const lines = kept.split(/\r\n?|\n/).length;
  const remark = `This is longer than ${longestImport.toLocaleString('en-GB')} characters. All of it is kept, but only the first ${lines === 1 ? 'part' : `${lines} lines`} could be compared. Add the rest as a second timeline.`;
  return { kept, remarks: [remark] };
}

type FoundDate = { readonly when: When; readonly rest: string; readonly isWhole: boolean };
type FindDate = (words: string) => FoundDate | undefined;

const months =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const year = String.raw`(?:(?:19|20)\d{2}|['’]?\d{2}(?![\d:.]))`;
const weekday =
  '(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\\.?,?\\s+(?:the\\s+)?)?';
const loosely = String.raw`(?:(?:about|around|approx(?:imately)?\.?|roughly|circa|c\.|early|mid|late|before|on|~)[\s-]+)?`;
/** Days to read, the exact ones first: 3/3/26, 2026-03-03, 3rd of March 2026, March 3 2026, March 2026, 2024. */
const shapes = [
  String.raw`\d{4}-\d{1,2}-\d{1,2}`,
  String.raw`\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:(?:19|20)\d{2}|\d{2})(?!\d)`,
  String.raw`(?:\d{1,2}\s?(?:-|–|to)\s?)?\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?[\s-]+${months}\.?,?(?:[\s-]+${year})?`,
  String.raw`${months}\.?\s+\d{1,2}(?:st|nd|rd|th)?(?!\d)(?:,?\s+${year})?`,
  String.raw`${months}\.?,?[\s-]+(?:of\s+)?(?:(?:19|20)\d{2}|['’]\d{2})`,
];
const dateShape = new RegExp(
  String.raw`(?<![\p{L}\d])${loosely}${weekday}(?:${shapes.join('|')})(?![\p{L}\d])`,
  'iu',
);
/** Without a year; read only where a line begins, since "3/4 of the time" is no date. */
const shortShape = new RegExp(
  String.raw`^${loosely}${weekday}\d{1,2}[/.]\d{1,2}(?![\p{L}\d/.:])`,
  'iu',
);
const yearShape =
  /^(?:(?:in|during|before|about|around)\s+(?:19|20)\d{2}(?![\d/.-])|(?:19|20)\d{2}(?=\s*(?:[:,;–]|\s-|$)))/iu;

function findDate(words: string, today: string, readDate: ReadDate): FoundDate | undefined {
  const match = shortShape.exec(words) ?? yearShape.exec(words) ?? dateShape.exec(words);
  if (!match) return undefined;
  const said = match[0];
  const read = readDate(tidy(said), today);
  if (!read) return undefined;
  const before = words.slice(0, match.index);
  const after = words.slice(match.index + said.length);
  const rest = (before.trim() === '' ? after.replace(/^[\s:;,.)\]–—-]+/, '') : words).trim();
  const isLoose =
    !/(?:19|20)\d{2}|\d\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2}|['’]?\d{2}$/.test(said) ||
    /\d\s?(?:-|–|to)\s?\d{1,2}(?:st|nd|rd|th)?\s/i.test(said);
  const precision = read.precision === 'exact' && isLoose ? 'about' : read.precision;
  return { when: { day: read.day, precision }, rest, isWhole: rest === '' };
}

/** As the reader of dates takes it: no weekday, no range, no "on". */
function tidy(said: string): string {
  return said
    .replace(/^(?:on|in|during)\s+/i, '')
    .replace(/\b(?:early|mid|late)[\s-]+/i, '')
    .replace(new RegExp(weekday.slice(0, -1), 'i'), '')
    .replace(/^(?:approx(?:imately)?\.?|circa|c\.|~)\s*/i, 'about ')
    .replace(/(\d{1,2})\s?(?:-|–|to)\s?\d{1,2}(?=(?:st|nd|rd|th)?(?:\s+of)?[\s-]+\p{L})/iu, '$1')
    .replace(/\s*([/.-])\s*(?=\d)/g, '$1')
    .replace(/['’](?=\d{2})/g, '20');
}

/** A line that is only a date is a heading: it dates the lines below it that have none, up to an empty line. */
function readLines(text: string, find: FindDate): readonly ImportRow[] {
  let heading: When | undefined;
  return text.split(/\r\n?|\n/).flatMap((raw, index): readonly ImportRow[] => {
    const words = raw
      .replace(/^\s*(?:[-*•–·▪◦‣>]\s*|\(?\d{1,3}[.)]\s+(?!\d{1,2}\s?\.))/u, '')
      .trim();
    if (words === '') {
      heading = undefined;
      return [];
    }
    const found = find(words);
    if (found?.isWhole) {
      heading = found.when;
      return [];
    }
    const when = found?.when ?? heading;
    return [{ line: index + 1, ...(when ? { when } : {}), words: found?.rest ?? words }];
  });
}

const headings = {
  date: /^(?:the )?(?:dates?|when|day)\b/i,
  what: /\b(?:what|happened|incidents?|descriptions?|events?|details|behaviours?)\b/i,
};

/** Rows of a table, undefined where the text is none. */
function readTable(
  text: string,
  find: FindDate,
  readCsv: ReadCsv,
): readonly ImportRow[] | 'unclosed' | undefined {
  const delimiter = delimiterOf(text);
  if (delimiter === undefined) return undefined;
  const records = readCsv(text, delimiter);
  if (!records) return 'unclosed';
  const names = records[0] && isHeading(records[0].cells) ? records[0].cells : undefined;
  const body = names ? records.slice(1) : records;
  const dateAt = names
    ? names.findIndex((name) => headings.date.test(name.trim()))
    : dateColumn(body, find);
  if (dateAt === -1) return undefined;
  const whatAt = names
    ? names.findIndex((name, at) => at !== dateAt && headings.what.test(name))
    : -1;
  return body.flatMap(({ line, cells }): readonly ImportRow[] => {
    const found = find((cells[dateAt] ?? '').trim());
    const isDated = found?.isWhole === true;
    const own = cells.map((cell, at) => ({
      at,
      cell: cell.trim(),
      name: names?.[at]?.trim() ?? '',
    }));
    const kept = own.filter(({ at, cell }) => cell !== '' && !(at === dateAt && isDated));
    const words = kept
      .toSorted((a, b) => Number(b.at === whatAt) - Number(a.at === whatAt))
      .map(({ at, cell, name }) => (at === whatAt || name === '' ? cell : `${name}: ${cell}`))
      .join('; ');
    if (words === '' && !found) return [];
    return [{ line, ...(found ? { when: found.when } : {}), words }];
  });
}

/** The mark that parts the most cells of the first line; a comma alone may be that of a sentence. */
function delimiterOf(text: string): string | undefined {
  const first = text.trimStart().split(/[\r\n]/)[0] ?? '';
  return ['\t', ';', ',']
    .map((mark) => ({ mark, count: first.split(mark).length }))
    .filter(({ count }) => count > 1)
    .toSorted((a, b) => b.count - a.count)[0]?.mark;
}

function isHeading(cells: readonly string[]): boolean {
  const isShort = cells.every((cell) => cell.trim().split(/\s+/).length <= 6 && !/\d/.test(cell));
  return cells.length > 1 && isShort && cells.some((cell) => headings.date.test(cell.trim()));
}

/** Without a heading row, the one column that holds nothing but dates; -1 where there is none. */
function dateColumn(
  records: readonly { readonly cells: readonly string[] }[],
  find: FindDate,
): number {
  const width = records[0]?.cells.length ?? 0;
  if (records.length === 0 || records.some(({ cells }) => cells.length !== width)) return -1;
  return Array.from({ length: width }, (_, at) => at).findIndex((at) =>
    records.every(({ cells }) => find((cells[at] ?? '').trim())?.isWhole),
  );
}
