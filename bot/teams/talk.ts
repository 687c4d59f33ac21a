import type { Clock } from '../../src/flows/ports.js';

/** Earlier questions are kept for half an hour, five a chat, in at most 5,000 chats. */
const keptMs = 30 * 60_000;
const keptQuestions = 5;
const keptChats = 5_000;

/** Teams sends a message again under a new id when it thinks the first was lost. */
const sameQuestionMs = 10_000;

/** `passage` is the first one shown in answer; undefined when none was. */
export type Asked = {
  readonly question: string;
  passage: string | undefined;
  readonly at: number;
};

/** What was asked in each chat, kept in memory only. */
export function makeTalk(clock: Clock) {
  const chats = new Map<string, Asked[]>();
  const recent = (chat: string) => {
    const now = clock().getTime();
    return (chats.get(chat) ?? []).filter(({ at }) => now - at < keptMs);
  };
  return {
    earlier: (chat: string) => recent(chat).map(({ question }) => question),
    isJustAsked: (chat: string, question: string) => {
      const [last] = recent(chat);
      return last?.question === question && clock().getTime() - last.at < sameQuestionMs;
    },
    forget: (chat: string, asked: Asked) =>
      void chats.set(
        chat,
        recent(chat).filter((other) => other !== asked),
      ),
    lastPassage: (chat: string) => recent(chat).find(({ passage }) => passage)?.passage,
    /** Known before it is answered, so that a repeat that comes meanwhile is seen to be one. */
    add: (chat: string, question: string): Asked => {
      const asked: Asked = { question, passage: undefined, at: clock().getTime() };
      const questions = [asked, ...recent(chat)].slice(0, keptQuestions);
      // Taken out and put back, so that the map's order is that of use.
      chats.delete(chat);
      chats.set(chat, questions);
      const [oldest] = chats.keys();
      if (chats.size > keptChats && oldest) chats.delete(oldest);
      return asked;
    },
  };
}
