import { catalogueIn, languageOf, type Words } from '../../src/core/words.js';
import type { Turn } from './turn.js';

/** The words of a turn, in the language its person chose, else in the one that Teams gives with it. */
export function wordsOf({ activity, language }: Pick<Turn, 'activity' | 'language'>): Words {
  return catalogueIn(language ?? languageOf(activity.locale));
}
