import type { AgreementWay, EndReason, SharedPart, SharingRefusal } from './sharing.js';

/** The words of sharing a case. Free of schemas, so that the page takes them along for nothing. */

export const partWords: Readonly<Record<SharedPart, string>> = {
  plan: 'Wishes, plan, dates coming up and what was promised',
  account: 'What happened, its effect, and the timeline',
  indicators: 'Fears, threats and other indicators',
};

/** In every share, whatever else the person agreed to. */
export const alwaysShared = 'Safety now, and how to reach the person safely';

export const wayWords: Readonly<Record<AgreementWay, string>> = {
  'in-person': 'in person',
  'by-phone': 'by phone',
  'in-writing': 'in writing',
};

export const endWords: Readonly<Record<EndReason, string>> = {
  'agreement-withdrawn': 'The person no longer agrees',
  'no-longer-needed': 'The advocate no longer supports the person',
  'shared-by-mistake': 'It was shared by mistake',
  other: 'Another reason',
  left: 'The advocate left the case',
};

export const sharingPhrases: Readonly<
  Record<SharingRefusal | 'already-ended' | 'no-longer-shared', string>
> = {
  'not-agreed':
    'A case is shared only with the person’s recorded agreement. Declined, not asked and not known are no agreement, so nothing was shared. Sharing without it to protect somebody’s life is for people to decide under your force’s policy, and is not done here.',
  'not-an-advocate':
    'A case can only be shared with an advocate in the directory. Nothing was shared.',
  'agreed-later': 'The day the person agreed is still to come. Nothing was shared.',
  'over-already': 'The last day of the agreement is past. Nothing was shared.',
  'already-shared':
    'The case is shared with this advocate already, so nothing was changed. End that first to record another agreement.',
  'already-ended': 'That had ended already. Nothing was changed.',
  'no-longer-shared':
    'This case is no longer shared with you, so it is closed to you. If you still support the person, speak to the officer in the case.',
};

/** Said in the chat to an advocate who asks there for a case of others. */
export const sharedInTabOnly =
  'A case is shared with an advocate only with the person’s recorded agreement. The officer in the case records it on the review page; you then find the case there under “Shared with you”.';

/** Said in the chat to anybody else whose roles do not reach cases that others recorded. */
export const noRoleForCases =
  'You have no role in Signpost that opens the cases of others. Nothing was opened, and the code stays good for the colleague it was meant for. Ask whoever looks after Signpost in your force for a role.';
