import { catalogueIn, languageOf, type Words } from '../../src/core/words.js';
import type { Turn } from './turn.js';

/** The words of a turn, in the language that Teams gives with it; the handler puts a language chosen in the chat there. */
export function wordsOf({ activity }: Pick<Turn, 'activity'>): Words {
  return catalogueIn(languageOf(activity.locale));
}
