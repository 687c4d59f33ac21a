import type { Response } from 'express';
import { conflictPhrases } from '../../src/core/conflict-words.js';
import { reviewKindPhrases } from '../../src/core/review-phrases.js';
import { sharingPhrases } from '../../src/core/sharing-words.js';
import type { GivenFile } from '../../src/flows/give-out.js';
import type { ReviewAnswer } from '../../src/flows/review-case.js';
import type { FlowOutcome } from './flows.js';

/** What a route answers: JSON, or a file. */
export type Answer =
  | { readonly kind: 'json'; readonly status: number; readonly body: object }
  | { readonly kind: 'file'; readonly file: GivenFile };

const notOpen = reviewKindPhrases['not-allowed'];

/** The status and sentence of whatever is not what was asked for. A flow's own sentence takes the place of this one. */
const refusals = {
  'not-understood': [400, 'The request cannot be used. Nothing was changed.'],
  'signed-out': [401, 'You are not signed in. Open this page again in Teams.'],
  'no-role': [
    403,
    'You have no role in Signpost, so nothing is shown. Ask whoever looks after Signpost in your force for one. A role just given can take an hour to arrive.',
  ],
  'guest-without-role': [
    403,
    'You are a guest in this organisation and have no role in Signpost, so nothing is shown. Ask whoever invited you.',
  ],
  'sign-in-unavailable': [
    503,
    'Who you are and what you may see cannot be checked at the moment, so nothing is shown and nothing was changed. Try again in a few minutes. In an emergency use your force’s emergency procedure.',
  ],
  'not-allowed': [403, notOpen],
  'own-case': [403, reviewKindPhrases['own-case']],
  'foreign-page': [403, 'This request did not come from the review page. Nothing was changed.'],
  // Absent and forbidden are alike.
  'not-found': [404, notOpen],
  'no-longer-shared': [404, sharingPhrases['no-longer-shared']],
  'changed-since': [409, reviewKindPhrases['changed-since']],
  'already-decided': [409, reviewKindPhrases['already-decided']],
  'already-closed': [409, 'That was closed already. Nothing was changed.'],
  stale: [409, reviewKindPhrases.stale],
  'already-shared': [409, sharingPhrases['already-shared']],
  'already-ended': [409, sharingPhrases['already-ended']],
  'already-named': [409, conflictPhrases['already-named']],
  'already-lifted': [409, conflictPhrases['already-lifted']],
  'own-conflict': [403, conflictPhrases['own-conflict']],
  'not-staff': [422, conflictPhrases['not-staff']],
  'too-large': [413, 'That is too long to be saved. Nothing was changed.'],
  'not-json': [415, 'The request is not JSON. Nothing was changed.'],
  blocked: [422, reviewKindPhrases.blocked],
  warned: [422, reviewKindPhrases.warned],
  'not-a-supervisor': [422, reviewKindPhrases['not-a-supervisor']],
  'points-open': [422, reviewKindPhrases['points-open']],
  'not-agreed': [422, sharingPhrases['not-agreed']],
  'not-an-advocate': [422, sharingPhrases['not-an-advocate']],
  'agreed-later': [422, sharingPhrases['agreed-later']],
  'over-already': [422, sharingPhrases['over-already']],
  'not-approved': [422, 'Only an approved version can be given out.'],
  'no-question': [422, 'The question was no longer known when this answer was judged.'],
  'copy-refused': [422, 'No copy can be given this way.'],
  'enough-pages': [
    429,
    'You have this page open too many times, so this one does not follow what is new. Close one of the others, or reload to see what is new.',
  ],
  busy: [503, 'Too many pages are listening. Reload to see what is new.'],
} as const satisfies Readonly<Record<string, readonly [number, string]>> &
  Readonly<Record<Exclude<ReviewAnswer['kind'], 'saved'>, readonly [number, string]>>;
type RefusalKind = keyof typeof refusals;

const isRefusal = (kind: string): kind is RefusalKind => Object.hasOwn(refusals, kind);

/** The answer to a request that is refused; `why` says more than the usual sentence. */
export function refuse(kind: RefusalKind, why?: string): Answer {
  const [status, message] = refusals[kind];
  return { kind: 'json', status, body: { kind, message: why ?? message } };
}

export function found(body: object): Answer {
  return { kind: 'json', status: 200, body };
}

/** The answer that tells what a flow came to. */
export function tell(outcome: FlowOutcome): Answer {
  if (!isRefusal(outcome.kind)) return found(outcome);
  const [status, message] = refusals[outcome.kind];
  return { kind: 'json', status, body: { message, ...outcome } };
}

/** The file a flow gave, or why it gave none. */
export function tellFile(outcome: GivenFile | FlowOutcome): Answer {
  return 'bytes' in outcome ? { kind: 'file', file: outcome } : tell(outcome);
}

/** Writes a route's answer. */
export function send(response: Response, answer: Answer): void {
  if (answer.kind === 'json') {
    if (answer.status === 401) response.set('WWW-Authenticate', 'Bearer');
    response.status(answer.status).json(answer.body);
    return;
  }
  const { bytes, type, name } = answer.file;
  if (name) response.attachment(name);
  response.type(type).send(Buffer.from(bytes));
}
