/** Every column whose words are encrypted. What is not listed holds ids, kinds, codes, days, times, counts and hashes. */

export type SealedColumn = {
  readonly table: string;
  readonly column: string;
  /** The columns whose values, joined by `/`, name the row, with their types; its key but for the force. */
  readonly row: readonly (readonly [name: string, type: 'uuid' | 'text' | 'integer'])[];
  /** A text; a list of texts; an act with its digest beside it; or JSON, encrypted as one text. */
  readonly form: 'text' | 'texts' | 'act' | 'json';
};

const event = (id: string) => [[id, 'uuid'] as const, ['seq', 'integer'] as const];
const commitment = { table: 'commitments', row: [['key', 'text']], form: 'text' } as const;
const task = {
  table: 'curator_tasks',
  row: [
    ['kind', 'text'],
    ['key', 'text'],
  ],
} as const;

export const sealedColumns: readonly SealedColumn[] = [
  { table: 'screening_events', column: 'act', row: event('screening_id'), form: 'act' },
  { table: 'review_events', column: 'act', row: event('review_id'), form: 'act' },
  { table: 'review_versions', column: 'facts', row: event('review_id'), form: 'json' },
  { table: 'reviews', column: 'handed_to', row: [['id', 'uuid']], form: 'text' },
  { ...commitment, column: 'what' },
  { ...commitment, column: 'who' },
  { ...commitment, column: 'note' },
  { table: 'shares', column: 'limits', row: [['id', 'uuid']], form: 'text' },
  { table: 'share_ends', column: 'note', row: [['share_id', 'uuid']], form: 'text' },
  { table: 'people', column: 'name', row: [['id', 'text']], form: 'text' },
  {
    ...{ table: 'feedback', column: 'comment', form: 'text' },
    row: [
      ['answer_id', 'uuid'],
      ['given_by', 'text'],
    ],
  },
  { ...task, column: 'question', form: 'text' },
  { ...task, column: 'earlier', form: 'texts' },
  { ...task, column: 'comments', form: 'texts' },
  { ...task, column: 'note', form: 'text' },
];

/** SQL: the encrypted text of a column, what is in clear as it is; of a list, its first. */
export function sealedTextOf({ column, form }: SealedColumn): string {
  if (form === 'text') return column;
  if (form === 'texts') return `${column}[1]`;
  if (form === 'json') return `(${column} #>> '{}')`;
  return `coalesce(${column} ->> 'sealed', '')`;
}
