/** What became of a text line by line, in its order: exact, since a comma can turn a sentence of guidance. */

export type LineChange = { readonly kind: 'added' | 'removed'; readonly text: string };

/** Cells of the table below: beyond a few thousand changed lines on both sides all are told as removed and added. */
const mostCells = 16_000_000;

/** Returns the removed and added lines in reading order; line ends alone make no difference. */
export function diffLines(before: string, after: string): readonly LineChange[] {
  const old = before.split(/\r?\n/);
  const fresh = after.split(/\r?\n/);
  const shortest = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < shortest && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < shortest - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  return between(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
}

function between(old: readonly string[], fresh: readonly string[]): readonly LineChange[] {
  const removed = (text: string): LineChange => ({ kind: 'removed', text });
  const added = (text: string): LineChange => ({ kind: 'added', text });
  if (old.length * fresh.length > mostCells) return [...old.map(removed), ...fresh.map(added)];
  const alike = longestAlike(old, fresh);
  const width = fresh.length + 1;
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const below = alike[(i + 1) * width + j] ?? -1;
    const beside = alike[i * width + j + 1] ?? -1;
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) [i, j] = [i + 1, j + 1];
    else if (j >= fresh.length || (i < old.length && below >= beside))
      changes.push(removed(old[i++] ?? ''));
    else changes.push(added(fresh[j++] ?? ''));
  }
  return changes;
}

/** For each pair of beginnings, how many lines in order the rests have in common. */
function longestAlike(old: readonly string[], fresh: readonly string[]): Uint32Array {
  const width = fresh.length + 1;
  const table = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      table[i * width + j] =
        old[i] === fresh[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  return table;
}
