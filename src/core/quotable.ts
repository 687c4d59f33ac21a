import {
  type Mark,
  type Passage,
  parseMark,
  type Sources,
  type Statement,
  statementsOf,
} from './passage.js';

/** What of a file people may come to read, as lines for whoever stands for it. */

/** Each passage with its standing and each of its statements with its source. */
export function quotableOf(passages: readonly Passage[], sources: Sources): readonly string[] {
  return passages.flatMap((passage) => {
    const { id, status, heading, asks, audience, inForce, replaces = [], blocks } = passage;
    return [
      `passage ${id}, ${status}${status === 'published' ? '' : ': nothing of it is quoted'}`,
      `  “${heading}”`,
      `  for ${audience.join(', ')}; in force ${inForce.from ?? 'from no day named'} to ${inForce.to ?? 'no end known'}; to be reviewed by ${passage.reviewBy}`,
      ...asks.map((ask) => `  found by: ${ask}`),
      ...replaces.map((other) => `  stands in the place of national guidance: ${other}`),
      ...blocks.flatMap(statementsOf).flatMap((statement) => sayStatement(statement, sources)),
    ];
  });
}

function sayStatement({ text, marks }: Statement, sources: Sources): readonly string[] {
  return [`  “${text}”`, ...marks.map((mark) => `      ${sayMark(mark, sources)}`)];
}

/** Every value of a file of fields, under its place: `questions.LQ01.ask: “…”`. Entries of a list go by their id where they have one. */
export function everyField(value: unknown, sources: Sources, at = ''): readonly string[] {
  if (value === null || typeof value !== 'object') {
    const shown = typeof value === 'string' ? `“${value}”` : String(value);
    const mark = /\.cites\.\d+$/.test(at) ? parseMark(String(value)) : undefined;
    return [`${at || 'whole file'}: ${shown}${mark ? ` ${sayMark(mark, sources)}` : ''}`];
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const id = Array.isArray(value) ? (inner as { id?: unknown } | null)?.id : undefined;
    const name = typeof id === 'string' ? id : key;
    return everyField(inner, sources, at === '' ? name : `${at}.${name}`);
  });
}

function sayMark({ source, locator }: Mark, sources: Sources): string {
  const from = sources.get(source);
  return `${from ? `${from.publisher}: ${from.title}` : 'unknown'}, ${locator} [${source}]`;
}
