import type { ReviewOutcome } from './decide-review.js';
import type { SubmissionOutcome } from './decide-submission.js';
import type { ReturnCode } from './review.js';
import type { Difference, ReviewVersion } from './review-detail.js';

/** Every sentence of the review that is not a summary or somebody's words; a kind without words does not compile. */

export type ReviewKind =
  | ReviewOutcome['kind']
  | SubmissionOutcome['kind']
  | 'submitted'
  | 'not-allowed';

export const reviewKindPhrases: Readonly<Record<ReviewKind, string>> = {
  saved: 'Saved.',
  submitted: 'Sent to the supervisors.',
  unchanged: 'Nothing has changed since the version that was sent, so it was not sent again.',
  stale:
    'Somebody else has worked on this since you opened it, so nothing was saved. Here is how it stands now.',
  'already-decided':
    'This version has been decided already, so nothing was saved. Here is the decision.',
  'changed-since':
    'The text is no longer the one you read, so nothing was saved. Read what is different. Where the case itself has changed, the author has to send the summary again.',
  'own-case':
    'You recorded or sent some of this case, so another supervisor has to review it. You may hand it on.',
  'not-allowed': 'This is not open to you. The attempt has been recorded.',
  'not-a-supervisor': 'It can only be handed to a supervisor.',
  'points-open':
    'Each of the fifteen review points needs a tick, or an answer with its reason, before this can be approved.',
  blocked:
    'Some of these words must not stand in a summary, so nothing was saved. Change them and save again.',
  warned:
    'Some of these words could do harm. Change them, or say that you are sure and save again.',
};

export const returnCodePhrases: Readonly<Record<ReturnCode, string>> = {
  'history-not-searched': 'Earlier reports and linked victims were not searched for',
  'course-of-conduct-incomplete': 'The course of conduct is not fully described',
  'effect-not-asked': 'The effect on the person was not asked',
  'indicator-without-action': 'An indicator has no action',
  'protection-order-not-considered': 'A stalking protection order was not considered',
  'safe-contact-missing': 'A safe way of contact is missing',
  'specialist-not-offered': 'A specialist service was not offered',
  'absent-answers-unplanned': 'Absent answers are not planned for the next safe contact',
  wording: 'The wording needs to change',
  'evidence-not-recorded': 'Evidence is not recorded',
  'recorded-wrongly': 'The crime is not recorded as it should be',
  other: 'Something else, see the note',
};

export const differencePhrases: Readonly<Record<Difference['part'], string>> = {
  screening: 'Screening',
  missing: 'What is missing',
  flag: 'Flag',
  line: 'Line',
  timeline: 'Timeline',
  indication: 'Indication',
  task: 'Still to do',
};

export const versionPhrases: Readonly<Record<ReviewVersion['state'], string>> = {
  waiting: 'Waiting for review',
  returned: 'Returned',
  approved: 'Approved',
  superseded: 'Replaced before a decision',
};

export const reviewPhrases = {
  unnamed: 'a user not named here',
} as const;
