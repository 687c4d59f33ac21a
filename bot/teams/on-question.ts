import { randomUUID } from 'node:crypto';
import { chooseWhole, toAnswer } from '../../src/core/answer.js';
import { verifyCitations } from '../../src/core/citations.js';
import { dayOf } from '../../src/core/days.js';
import { answerIdSchema } from '../../src/core/ids.js';
import type { Knowledge } from '../../src/core/knowledge.js';
import { isQuotable } from '../../src/core/passage.js';
import { phrases } from '../../src/core/phrases.js';
import { type AnswerQuestion, longestQuestion } from '../../src/flows/answer-question.js';
import type { Answers, Clock } from '../../src/flows/ports.js';
import { answerMessage, plainMessage } from './cards/answer-message.js';
import type { Turn } from './turn.js';

export type OnQuestion = {
  /** `changed` when the question replaces an earlier one of the same activity. */
  readonly ask: (turn: Turn, chat: string, question: string, state?: 'changed') => Promise<void>;
  readonly show: (turn: Turn, passage: string) => Promise<void>;
  /** Takes back the answer to a question that was changed or deleted. */
  readonly withdraw: (turn: Turn, chat: string) => Promise<void>;
};

/** Teams sends a message again under a new id when it thinks the first was lost. */
const sameQuestionMs = 10_000;

/** Answers guidance questions in a chat. What was asked is kept in memory only, for follow-ups. */
export function makeOnQuestion(
  knowledge: Knowledge,
  answerQuestion: AnswerQuestion,
  answers: Answers,
  clock: Clock,
): OnQuestion {
  const talk = makeTalk(clock);
  const ask: OnQuestion['ask'] = async (turn, chat, question, state) => {
    if (question === '') return void (await turn.send(plainMessage(phrases.empty)));
    if (question.length > longestQuestion) {
      return void (await turn.send(plainMessage(phrases.tooLong(longestQuestion))));
    }
    if (talk.isJustAsked(chat, question)) return;
    const answer = answerQuestion({ question, earlier: talk.earlier(chat) });
    talk.add(chat, question);
    const id = answerIdSchema.parse(randomUUID());
    const recorded = await answers.record({
      id,
      chat,
      // The answer to the question as it first stood keeps the activity's own id.
      activityId: !turn.activity.id || state === 'changed' ? id : turn.activity.id,
      at: clock().toISOString(),
      kind: answer.kind,
      passages: answer.shown.map(({ passage }) => passage),
      knowledgeVersion: answer.knowledgeVersion,
    });
    if (recorded === 'already') return;
    const messageId = await turn.send(answerMessage(answer, answer.hasCorrection));
    if (messageId) await answers.markSent(id, messageId);
  };
  return {
    ask,
    show: async (turn, id) => {
      const passage = [...knowledge.passages.values()].find((candidate) => candidate.id === id);
      const on = dayOf(clock());
      if (!passage || !isQuotable(passage, on)) {
        return void (await turn.send(plainMessage(phrases.noSuchPassage)));
      }
      const verified = verifyCitations(chooseWhole([passage]), [passage], knowledge.sources, on);
      await turn.send(answerMessage(toAnswer('answered', verified), false));
    },
    withdraw: async (turn, chat) => {
      const messageId = turn.activity.id && (await answers.supersede(chat, turn.activity.id));
      if (messageId) await turn.update(messageId, plainMessage(phrases.noLongerShown));
    },
  };
}

/** Earlier questions are kept for half an hour, five a chat, in at most 5,000 chats. */
const keptMs = 30 * 60_000;
const keptQuestions = 5;
const keptChats = 5_000;

function makeTalk(clock: Clock) {
  const chats = new Map<string, { readonly question: string; readonly at: number }[]>();
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
    add: (chat: string, question: string) => {
      const questions = [{ question, at: clock().getTime() }, ...recent(chat)].slice(
        0,
        keptQuestions,
      );
      // Taken out and put back, so that the map's order is that of use.
      chats.delete(chat);
      chats.set(chat, questions);
      const [oldest] = chats.keys();
      if (chats.size > keptChats && oldest) chats.delete(oldest);
    },
  };
}
