/** What is held of a case, set out to be read: for a request of access (`npm run store -- export-case`). */

type Row = Readonly<Record<string, unknown>>;

/** A table's own words, from the store. */
export type TableWords = Readonly<Record<string, string>>;

/**
 * Markdown of every row under its table, values under their columns' names; what is empty is left out. `words` say what
 * each table is for.
 */
export function heldCaseMarkdown(
  caseRef: string,
  tables: Readonly<Record<string, readonly Row[]>>,
  names: Readonly<Record<string, string>>,
  words: TableWords,
): string {
  const named = (value: unknown) => {
    const name =
      typeof value === 'string' && Object.hasOwn(names, value) ? names[value] : undefined;
    return name === undefined ? '' : ` (${escaped(name)})`;
  };
  const line = ([column, value]: readonly [string, unknown]) =>
    `- ${column}: ${said(value)}${named(value)}`;
  const parts = Object.entries(tables).map(([table, rows]) => {
    const blocks = rows.map((row, at) =>
      [`### ${at + 1}`, '', ...Object.entries(row).filter(isThere).map(line)].join('\n'),
    );
    return [`## ${table} (${rows.length})`, words[table] ?? '', ...blocks].join('\n\n');
  });
  return `${[`# Everything held of case ${escaped(caseRef)}`, ...parts].join('\n\n')}\n`;
}

const isThere = ([, value]: readonly [string, unknown]) =>
  value !== null && !(Array.isArray(value) && value.length === 0);

function said(value: unknown): string {
  if (typeof value === 'string') return escaped(value);
  if (typeof value !== 'object') return String(value);
  // Indented, so that it is shown as it is.
  const json = JSON.stringify(value, null, 2).split('\n');
  return `\n\n${json.map((one) => `      ${one}`).join('\n')}\n`;
}

/** Words of people are words, whatever signs are in them, and stay on their line. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|!]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
