import { useSyncExternalStore } from 'react';
import { translated } from '../../../../src/core/words-translation.js';
import { english, type Words, welsh } from './catalogue.js';
import { type Language, languageOf, languages } from './locales.js';

/**
 * The language of the page. It follows Teams or the browser until somebody chooses; the choice, one of two words and
 * nothing about a case or a person, is kept for as long as the tab is open.
 */

/** The word under which the choice is kept. */
const keptAs = 'language';

const catalogues: Readonly<Record<Language, Words>> = {
  en: english,
  cy: translated(english, welsh),
};
const watchers = new Set<() => void>();
let current: Language = 'en';

/** Begins in the language chosen in this tab before, else in that of the locales, wanted most first. */
export function beginLanguage(locales: readonly string[]): void {
  speak(keptChoice() ?? languageOf(locales));
}

/** Somebody chooses. */
export function chooseLanguage(language: Language): void {
  try {
    window.sessionStorage.setItem(keptAs, language);
  } catch {
    // Where a frame may keep nothing, the choice lasts until the page is loaded again.
  }
  speak(language);
}

/** The page's words as they are now, for what is said outside of a view. */
export function wordsNow(): Words {
  return catalogues[current];
}

export function useLanguage(): Language {
  return useSyncExternalStore(watch, () => current);
}

/** The page's words, followed as the language changes. */
export function useWords(): Words {
  return catalogues[useLanguage()];
}

/** The `lang` of what stays in English on a Welsh page: guidance, replies, notes, and sentences of the server. */
export function useEnglishLang(): 'en' | undefined {
  return useLanguage() === 'cy' ? 'en' : undefined;
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

function speak(language: Language): void {
  current = language;
  document.documentElement.lang = language === 'cy' ? 'cy' : 'en-GB';
  for (const changed of watchers) changed();
}

function keptChoice(): Language | undefined {
  try {
    const kept = window.sessionStorage.getItem(keptAs);
    return languages.find(({ language }) => language === kept)?.language;
  } catch {
    return undefined;
  }
}
