/** The statement of what is stored where, for a data-protection assessment; made from what the store tells of itself. */

type Column = {
  readonly name: string;
  readonly type: string;
  readonly kind: string;
  readonly says: string;
  readonly isEncrypted: boolean;
};
export type StoredTable = {
  readonly name: string;
  readonly kept: string;
  readonly says: string;
  readonly columns: readonly Column[];
};

/** How what is kept by each period goes. */
const waysToGo: Readonly<Record<string, string>> = {
  cases: 'with its case, after a person decided so',
  reviews: 'with its case, after a person decided so',
  tasks: 'by itself, when its period is over',
  answers: 'by itself, when its period is over',
  chats: 'by itself, when its period is over, or with its case',
  notices: 'by itself, when its period is over, or with its case',
  people: 'by itself, once somebody was not seen for its period and stands in no case that is kept',
  audit:
    'entries when their period is over and a person decided so, up to the first of a case that is kept; the rest stays',
  store: 'not: it is of the store itself',
};

const kinds: Readonly<Record<string, string>> = {
  id: 'a random or technical identifier',
  person: 'a member of staff or an advocate, by the id of the directory',
  contact: 'where a chat is reached',
  words: 'what people said or wrote',
  code: 'one of a fixed list, or a name of our own',
  time: 'an instant or a day',
  count: 'a number',
  hash: 'a hash',
  key: 'a key, itself encrypted',
};

/** Kinds without which the statement could not be read. */
export const knownKinds = { kept: Object.keys(waysToGo), column: Object.keys(kinds) };

/** Markdown: what the words mean, then each table with its columns. */
export function dataStatement(tables: readonly StoredTable[]): string {
  const encrypted = tables.flatMap(({ columns }) => columns.filter((one) => one.isEncrypted));
  const columns = tables.reduce((sum, table) => sum + table.columns.length, 0);
  const parts = [
    '# What is stored where',
    'Made by `npm run store -- statement` from the store itself; a test fails when the two differ. For how long, see [retention](retention.md); for keys and roles, [keys](keys.md). Beside the store, guidance, scripts and prompts are files without personal data; logs, metrics and traces hold none either. Vectors are of passages of the guidance only. Exported files are handed over and not kept.',
    `${tables.length} tables with ${columns} columns, ${encrypted.length} of them encrypted by the application.`,
    ['| Kind | Is |', '|---|---|', ...rowsOf(kinds)].join('\n'),
    ['| Kept as | Goes |', '|---|---|', ...rowsOf(waysToGo)].join('\n'),
    ...tables.map(tablePart),
  ];
  return `${parts.join('\n\n')}\n`;
}

const rowsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([word, is]) => `| ${word} | ${is} |`);

function tablePart({ name, kept, says, columns }: StoredTable): string {
  const rows = columns.map(
    (one) =>
      `| \`${one.name}\` | ${one.kind} | ${one.says} | ${one.isEncrypted ? 'yes' : ''} | ${one.type} |`,
  );
  return [
    `## ${name}`,
    '',
    `${says} Kept as: ${kept}.`,
    '',
    '| Column | Kind | Says | Encrypted | Type |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
