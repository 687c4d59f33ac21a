/**
 * What the law asks to be logged (Data Protection Act 2018, section 62), by what the audit and the events write. Of
 * consultation and disclosure a log has to let one establish why: a reason is written with the entry, or the kind of
 * entry has one purpose only, said here. Who and when stand in every entry.
 */

export const loggedOperations = [
  'collection',
  'alteration',
  'consultation',
  'disclosure',
  'combination',
  'erasure',
] as const;
export type LoggedOperation = (typeof loggedOperations)[number];

/** `none`: the entry is of the running of the service and of no personal data of a case. */
export type AuditKind = {
  readonly operation: LoggedOperation | 'none';
  /** For consultation and disclosure: the purpose, or which value of the entry's detail says it. */
  readonly why?: { readonly purpose: string } | { readonly detail: string };
};

const consulted = (purpose: string): AuditKind => ({ operation: 'consultation', why: { purpose } });
const altered: AuditKind = { operation: 'alteration' };
const none: AuditKind = { operation: 'none' };

/** Every kind of entry of the audit. */
export const auditKinds: Readonly<Record<string, AuditKind>> = {
  // The summary puts together what the screenings of a case collected.
  submitted: { operation: 'combination' },
  'line-checked': altered,
  'line-edited': altered,
  'point-answered': { operation: 'collection' },
  handed: altered,
  returned: altered,
  approved: altered,
  'commitment-closed': altered,
  'summary-read': consulted('work on the case by somebody who is on it'),
  'reviews-listed': consulted('choosing a review to decide on'),
  'review-read': consulted('deciding on the review, or work on the case'),
  'history-read': consulted('checking who did what in the case'),
  'shares-read': consulted('checking with whom the case is shared'),
  'shared-listed': consulted('support by the advocate the person agreed to'),
  'commitments-read': consulted('seeing to what was promised'),
  'overview-read': consulted('supervision of the work of teams'),
  'curation-read': consulted('mending the guidance'),
  'tasks-read': consulted('mending the guidance'),
  'task-asked-again': consulted('mending the guidance'),
  'audit-searched': consulted('checking who did what'),
  'due-listed': consulted('review of what is due for deletion'),
  'access-refused': { operation: 'consultation', why: { detail: 'why' } },
  exported: { operation: 'disclosure', why: { detail: 'purpose' } },
  'copied-for-person': {
    operation: 'disclosure',
    why: { purpose: 'giving the person their own plan by a way that is safe' },
  },
  'copy-refused': { operation: 'disclosure', why: { detail: 'why' } },
  'case-shared': { operation: 'disclosure', why: { purpose: 'support, as the person agreed' } },
  'share-ended': altered,
  'case-left': altered,
  'case-disclosed': { operation: 'disclosure', why: { detail: 'why' } },
  'conflict-named': altered,
  'conflict-declared': altered,
  'conflict-lifted': altered,
  'conflicts-read': consulted('checking whom the case is closed to'),
  'case-kept': altered,
  'hold-set': altered,
  'hold-lifted': altered,
  'case-erased': { operation: 'erasure' },
  'case-erased-again': { operation: 'erasure' },
  'expired-erased': { operation: 'erasure' },
  'audit-pruned': { operation: 'erasure' },
  'task-closed': none,
  'model-switched': none,
  'assistant-switched': none,
  'retention-set': none,
};

/** Acts of screenings, each with who and when in `screening_events`: they are their own log. */
export const eventKinds: Readonly<Record<string, LoggedOperation>> = {
  reply: 'collection',
  reason: 'collection',
  record: 'collection',
  danger: 'collection',
  keep: 'collection',
  strike: 'alteration',
  back: 'alteration',
  shorten: 'alteration',
  lengthen: 'alteration',
  pause: 'alteration',
  resume: 'alteration',
};

/** Reads in a chat, in `case_reads`, which the first of these also puts into the audit. */
export const readKinds: Readonly<Record<string, AuditKind>> = {
  summary: consulted('work on the case by somebody who is on it'),
  screening: consulted('going on with a screening of the case'),
  'held-answers': consulted('reading back what was recorded in the case'),
};
