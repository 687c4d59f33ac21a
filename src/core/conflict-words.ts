import type { WhyConflictLifted, WhyNamed } from './conflicts.js';

/** What is said of conflicts of interest, by the codes that are kept. */

export const whyNamedWords: Readonly<Record<WhyNamed, string>> = {
  'suspect-or-subject': 'Is named as suspect or subject in the case',
  'close-to-a-party': 'Is related to, or close to, somebody in the case',
  'manages-a-party': 'Manages somebody in the case, or is managed by them',
  declared: 'Declared it themselves',
  'other-recorded': 'Another reason, in the force’s own record',
};

export const whyLiftedWords: Readonly<Record<WhyConflictLifted, string>> = {
  'named-in-error': 'Named in error',
  'no-longer-applies': 'It no longer applies',
  'other-recorded': 'Another reason, in the force’s own record',
};

export const conflictPhrases = {
  'already-named':
    'A conflict of interest stands for this person in this case already. Nothing was changed.',
  'already-lifted': 'That was lifted already. Nothing was changed.',
  'own-conflict': 'Nobody lifts a conflict of interest of their own. Nothing was changed.',
  'not-staff':
    'Choose somebody from the list; a conflict of your own you declare yourself. Nothing was changed.',
};
