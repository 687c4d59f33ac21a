import type { Place, Sealing } from './sealing.js';

/** A curator's task out of its row, its words still encrypted. */
export type SealedTask = {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly question: string | null;
  readonly earlier: readonly string[];
  readonly comments: readonly string[];
  readonly note: string | null;
};

type Words = 'question' | 'earlier' | 'comments' | 'note';

/** Where words of a task stand; the texts of a list may change places with one another. */
export const placeOfWords = (
  { kind, key }: Pick<SealedTask, 'kind' | 'key'>,
  column: Words,
): Place => ({ table: 'curator_tasks', column, row: `${kind}/${key}` });

/** The row with its words decrypted. */
export function openTask(sealing: Sealing, row: SealedTask): SealedTask {
  const open = (column: Words) => (text: string) => sealing.open(text, placeOfWords(row, column));
  return {
    ...row,
    question: row.question === null ? null : open('question')(row.question),
    earlier: row.earlier.map(open('earlier')),
    comments: row.comments.map(open('comments')),
    note: row.note === null ? null : open('note')(row.note),
  };
}
