import type { ReviewState } from '../../../src/core/review.js';
import type { Role } from '../../../src/core/roles.js';

/** The page's own words: labels and sentences. Sentences about what was refused come from the server. */

export const said = {
  slow: 'The server took too long to answer. Nothing you typed is lost: try again.',
  offline:
    'The server cannot be reached. Nothing you typed is lost: check the connection and try again.',
  signedOut: 'You are not signed in. Open this tab in Teams again, then repeat what you did.',
  fault: 'Something failed at the server. Nothing you typed is lost: try again.',
  loading: 'Loading…',
} as const;

export const stateWords: Readonly<Record<ReviewState, string>> = {
  waiting: 'Waiting',
  returned: 'Returned',
  approved: 'Approved',
};

export const roleWords: Readonly<Record<Role, string>> = {
  officer: 'officer',
  'call-handler': 'call handler',
  advocate: 'advocate',
  supervisor: 'supervisor',
  curator: 'curator',
  administrator: 'administrator',
};

/** "1 flag", "2 flags". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
