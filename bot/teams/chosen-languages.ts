import type { Language } from '../../src/core/words.js';
import type { Turn } from './turn.js';

/** As many as the questions of chats that are kept. */
const keptChats = 5_000;

/**
 * The languages that people chose by a command, in memory only: a chat that is forgotten, or met at another instance,
 * follows Teams again until it is chosen once more.
 */
export function makeChosenLanguages() {
  const chosen = new Map<string, Language>();
  return {
    choose: (chat: string, language: Language) => {
      // Taken out and put back, so that the map's order is that of choice.
      chosen.delete(chat);
      chosen.set(chat, language);
      const [oldest] = chosen.keys();
      if (chosen.size > keptChats && oldest) chosen.delete(oldest);
    },
    /** The turn with the language chosen in its chat in the place of the one Teams gave. */
    inLanguage: (turn: Turn): Turn => {
      const locale = chosen.get(chatOf(turn));
      return locale ? { ...turn, activity: { ...turn.activity, locale } } : turn;
    },
  };
}

/** What tells one chat from every other. */
export function chatOf({ activity }: Turn): string {
  return `${activity.channelId}/${activity.conversation.id}`;
}
