import type { ReviewQuery } from '../../../src/core/review-list.js';

/** What the queue is asked for, as it stands in the address: only what differs from the queue as it opens. */

export type QueryField = keyof ReviewQuery;

const fields: readonly QueryField[] = [
  'state',
  'search',
  'flag',
  'script',
  'team',
  'author',
  'olderThanHours',
  'datesWithin',
  'sort',
  'page',
];

/** The fields that leave rows out. */
export const filterFields: readonly QueryField[] = [
  'flag',
  'script',
  'team',
  'author',
  'olderThanHours',
  'datesWithin',
];

/** The address's query with one field set or, by an empty value, dropped; whatever changes, page 1 comes first. */
export function withField(
  query: URLSearchParams,
  field: QueryField,
  value: string,
): URLSearchParams {
  const next = new URLSearchParams(query);
  if (field !== 'page') next.delete('page');
  if (value === '') next.delete(field);
  else next.set(field, value);
  return next;
}

/** The path of the page of rows asked for; fields that the server does not know are left out. */
export function listPath(query: URLSearchParams): string {
  const known = fields.flatMap((field) => {
    const value = query.get(field);
    return value ? [[field, value]] : [];
  });
  return `reviews?${new URLSearchParams(known)}`;
}
