import { unansweredWords } from './choosing-words.js';
import { sayDay, sayMonth, sayTime } from './days.js';
import { limitWords } from './limit-words.js';
import { narrativeKinds, narrativeOutcomes, narrativePhrases } from './narrative-words.js';
import { answerLead, changeReasons, notAskedWords, phrases, replyRefused } from './phrases.js';
import { reviewKindPhrases } from './review-phrases.js';
import { selfCheckWords } from './self-check-words.js';
import { noRoleForCases, sharedInTabOnly } from './sharing-words.js';
import { wordingPhrases } from './wording-words.js';
import { cardWords, noticeWords, valueWords } from './words-cards.js';
import { translated, type Widened } from './words-translation.js';
import { welsh } from './words-welsh.js';

/** "a", "a and b", "a, b and c". */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/**
 * Every fixed word of the chat, in the languages it speaks. What stays in its own language: guidance, scripts, what
 * people said, and the summary of a case, which is a record.
 */
export const english = {
  answerLead,
  phrases,
  /** Parts of a question that nothing answers; others are named in the asker's words. */
  unanswered: unansweredWords,
  replyRefused,
  changeReasons,
  notAsked: notAskedWords,
  narrative: narrativePhrases,
  narrativeKinds,
  narrativeOutcomes,
  wording: wordingPhrases,
  ...cardWords,
  values: valueWords,
  notices: noticeWords,
  limits: limitWords,
  selfCheck: selfCheckWords,
  reviewKinds: reviewKindPhrases,
  roles: { sharedInTabOnly, noRoleForCases },
  /** A day as `2026-11-20`, a month as `2026-11`, and an instant. */
  dates: { day: sayDay, month: sayMonth, time: sayTime },
  list: listed,
} as const;
export type Words = Widened<typeof english>;

export type Language = 'en' | 'cy';

const catalogues: Readonly<Record<Language, Words>> = {
  en: english,
  cy: translated(english, welsh),
};

/** The language of a locale such as "cy-GB"; English for every other than Welsh, and for none. */
export function languageOf(locale: string | undefined): Language {
  return locale?.toLowerCase().split(/[-_]/)[0] === 'cy' ? 'cy' : 'en';
}

/** The words of a language, English where something is not translated. */
export function catalogueIn(language: Language): Words {
  return catalogues[language];
}
