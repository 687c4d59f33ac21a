import type { ReviewState } from '../../../src/core/review.js';
import type { Role } from '../../../src/core/roles.js';

/** The page's own words: labels and sentences. Sentences about what was refused come from the server. */

export const said = {
  slow: 'The server took too long to answer. Nothing you typed is lost: try again.',
  offline:
    'The server cannot be reached. Nothing you typed is lost: check the connection and try again.',
  signedOut: 'You are not signed in. Open this tab in Teams again, then repeat what you did.',
  outsideTeams:
    'This page works inside Microsoft Teams only, where it can tell who you are. Open Teams, then the Signpost app, then its tab “Reviews”.',
  signInNeeded:
    'Teams asks you to sign in again before Signpost can go on. Nothing you typed is lost: sign in, then repeat what you did.',
  notSignedIn:
    'Teams did not sign you in. Try again; if it goes on, ask whoever looks after Teams in your force whether Signpost is approved there.',
  localMode:
    'Local mode: nobody is asked who they are, and only this computer can open this page. For made-up cases only.',
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
