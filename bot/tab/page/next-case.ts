import type { ReviewRow } from '../../../src/core/review-list.js';

/** Which case comes after another, for somebody who works through the queue. */

/** Ids in the order in which the queue last showed them: it tells which were passed over on purpose. */
let shown: readonly string[] = [];

export function rememberOrder(rows: readonly Pick<ReviewRow, 'id'>[]): void {
  shown = rows.map(({ id }) => id);
}

export function rememberedOrder(): readonly string[] {
  return shown;
}

/**
 * Returns the first of the rows that wait now which was not passed over before the current one, new ones included; else
 * the first of those. Never the current one, nor what is handed to somebody else; undefined when nothing is left.
 */
export function nextAfter<Row extends Pick<ReviewRow, 'id' | 'handedToId'>>(
  current: string,
  rows: readonly Row[],
  order: readonly string[],
  me: string,
): Row | undefined {
  const free = rows.filter(
    ({ id, handedToId }) => id !== current && (handedToId === null || handedToId === me),
  );
  const passed = order.slice(0, order.indexOf(current) + 1);
  return free.find(({ id }) => !passed.includes(id)) ?? free[0];
}
