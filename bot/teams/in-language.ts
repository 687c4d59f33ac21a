import type { Log } from '../../src/adapters/log.js';
import type { Language } from '../../src/core/words.js';
import type { PeopleChats } from '../../src/flows/ports.js';
import { userOf } from './read-activity.js';
import type { Turn } from './turn.js';

/** A person waits, and it may be about danger: past it, their turn goes on in the language of Teams. */
const longestLookMs = 500;

/** The turn with the language that its person chose, if any; never throws, and follows Teams while the store fails. */
export type InLanguage = (turn: Turn) => Promise<Turn>;

export function makeInLanguage(
  { chosenBy }: Pick<PeopleChats, 'chosenBy'>,
  log: Log,
  longestMs = longestLookMs,
): InLanguage {
  const look = async ({ activity }: Turn): Promise<Language | undefined> => {
    try {
      return await chosenBy(userOf(activity).id);
    } catch (error) {
      log.error('language-not-read', {}, error);
      return undefined;
    }
  };
  return async (turn) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), longestMs);
    });
    const language = await Promise.race([look(turn), late]);
    clearTimeout(timer);
    return language ? { ...turn, language } : turn;
  };
}
