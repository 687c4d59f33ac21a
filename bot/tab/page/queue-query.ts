import type { AskedReviews } from '../../../src/core/review-list.js';
import { reviewAddress } from './route.js';

/** What the queue is asked for, as it stands in the address: only what differs from the queue as it opens. */

export type QueryField = keyof AskedReviews;

const fields: readonly QueryField[] = [
  'state',
  'search',
  'flag',
  'script',
  'team',
  'author',
  'handed',
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
  'handed',
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

/** The address of a review that keeps the queue it was opened from, so that the way back and on is known after a reload. */
export function addressInQueue(id: string, query: URLSearchParams): string {
  const search = query.toString();
  return search ? `${reviewAddress(id)}?${search}` : reviewAddress(id);
}

/** The queue that a review's address was opened from; as it opens, where it came from elsewhere. */
export function queueBehind(hash: string): URLSearchParams {
  const [, search = ''] = hash.split('?');
  const query = new URLSearchParams(search);
  query.delete('version');
  return query;
}

/** The address of an earlier version of a review, to be read. */
export function versionAddress(id: string, version: number, query: URLSearchParams): string {
  return addressInQueue(id, new URLSearchParams([...query, ['version', String(version)]]));
}

/** The earlier version an address names; undefined for the one that stands. */
export function versionIn(hash: string): number | undefined {
  const [, search = ''] = hash.split('?');
  const version = Number(new URLSearchParams(search).get('version'));
  return Number.isInteger(version) && version > 0 ? version : undefined;
}
