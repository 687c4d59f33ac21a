import type { Asked, Clock, SharedTalk } from '../../src/flows/ports.js';

/** Earlier questions are kept for half an hour, five a chat, in at most 5,000 chats. */
const keptMs = 30 * 60_000;
const keptQuestions = 5;
const keptChats = 5_000;

/** Teams sends a message again under a new id when it thinks the first was lost. */
const sameQuestionMs = 10_000;

/** Of one process, which has nobody to tell. */
const talkAlone: SharedTalk = { tell: () => undefined, hear: () => undefined };

export type Talk = ReturnType<typeof makeTalk>;

/** What was asked in each chat, newest first, kept in memory only: in that of every instance that heard of it. */
export function makeTalk(clock: Clock, shared: SharedTalk = talkAlone) {
  const chats = new Map<string, readonly Asked[]>();
  const recent = (chat: string) => {
    const now = clock().getTime();
    return (chats.get(chat) ?? []).filter(({ at }) => now - at < keptMs);
  };
  const keep = (chat: string, questions: readonly Asked[]) => {
    // Taken out and put back, so that the map's order is that of use.
    chats.delete(chat);
    chats.set(chat, questions.slice(0, keptQuestions));
    const [oldest] = chats.keys();
    if (chats.size > keptChats && oldest) chats.delete(oldest);
  };
  const without = (chat: string, asked: Asked) =>
    recent(chat).filter(({ question, at }) => question !== asked.question || at !== asked.at);
  /** In its place by time, instead of what was known of it. */
  const put = (chat: string, asked: Asked) =>
    keep(
      chat,
      [...without(chat, asked), asked].sort((a, b) => b.at - a.at),
    );
  shared.hear(put);
  return {
    earlier: (chat: string) => recent(chat).map(({ question }) => question),
    isJustAsked: (chat: string, question: string) => {
      const [last] = recent(chat);
      return last?.question === question && clock().getTime() - last.at < sameQuestionMs;
    },
    forget: (chat: string, asked: Asked) => void chats.set(chat, without(chat, asked)),
    /** Answered, with this passage first: from now on a follow-up may come to any instance. */
    answered: (chat: string, asked: Asked, passage: string | undefined) => {
      const known = { ...asked, passage };
      put(chat, known);
      shared.tell(chat, known);
    },
    lastPassage: (chat: string) => recent(chat).find(({ passage }) => passage)?.passage,
    /** Known before it is answered, so that a repeat that comes meanwhile is seen to be one. */
    add: (chat: string, question: string): Asked => {
      const asked: Asked = { question, passage: undefined, at: clock().getTime() };
      keep(chat, [asked, ...recent(chat)]);
      return asked;
    },
  };
}
