import { longestNarrative, type NarrativeOutcome } from './narrative.js';
import type { MarkKind } from './narrative-rules.js';

/** The words between the quotes of a reading. */

/** What was marked, within a sentence. */
export const narrativeKinds: Readonly<Record<MarkKind, string>> = {
  following: 'following',
  contacting: 'contact',
  publishing: 'publishing about the person',
  monitoring: 'monitoring of accounts or devices',
  loitering: 'loitering or turning up',
  interfering: 'interfering with property',
  watching: 'watching or spying',
  repetition: 'repetition',
  impact: 'impact on the person',
  threat: 'threats',
  order: 'an order, bail or a breach',
};

/** What follows from a reading; a kind without words does not compile. */
export const narrativeOutcomes: Readonly<Record<NarrativeOutcome, (kinds: string) => string>> = {
  consider: (kinds) =>
    `Consider the identification screening, because the text has words on ${kinds}.`,
  'one-thing': (kinds) =>
    `The text has words on ${kinds}, and I marked none that tell of another occasion. One incident does not rule out stalking: ask what else has happened, and consider the identification screening.`,
  'no-example': (kinds) =>
    `The text has words on ${kinds}, and I marked none on the acts that section 2A gives as examples. That is no judgement: ask what was done, and consider the identification screening.`,
  nothing: () =>
    'My rules marked nothing in this text. That is no judgement of it: they look for known words, not for meaning. Read it as a whole, and ask what it does not say.',
};

export const narrativePhrases = {
  read: 'Read a report',
  ask: 'Paste a crime report or log entry. I mark the words that describe the acts section 2A lists, repetition, impact, threats and orders, and name what it does not say. The text is not stored.',
  label: 'Report or log entry',
  empty:
    'There is nothing to read yet. Type “/read” and paste the report or log entry after it. The text is not stored.',
  tooLong: `That is longer than ${longestNarrative.toLocaleString('en-GB')} characters, so I did not read it. Please paste it in parts. It still stands in your message, and I stored nothing of it.`,
  noFinding:
    'Marks are words of the text, as they were written. They say nothing of what happened, of an offence or of danger: that is for you to judge.',
  inText: 'In the text:',
  byModel: 'found by the model',
  more: (count: number) => `and ${count} more ${count === 1 ? 'place' : 'places'}`,
  notSaid: 'Not said here, as far as my rules can tell. That never means “no”: ask.',
  alsoMarked: 'Also marked',
  notStored:
    'The text was not stored. If you begin the screening, paste the words again where it asks for them.',
  begin: 'Begin the identification screening',
} as const;
