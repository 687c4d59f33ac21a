import { randomUUID } from 'node:crypto';
import { type Answer, chooseWhole, toAnswer } from '../../src/core/answer.js';
import { verifyCitations } from '../../src/core/citations.js';
import { dayOf } from '../../src/core/days.js';
import { findDanger } from '../../src/core/find-danger.js';
import { answerIdSchema, passageIdSchema } from '../../src/core/ids.js';
import type { Knowledge } from '../../src/core/knowledge.js';
import { isQuotable } from '../../src/core/passage.js';
import { phrases } from '../../src/core/phrases.js';
import { makeIsSafe } from '../../src/core/safe-block.js';
import { findCurrent } from '../../src/core/successor.js';
import { longestQuestion } from '../../src/flows/answer-question.js';
import type { AnswerNear } from '../../src/flows/find-near.js';
import type { NoteTasks } from '../../src/flows/note-tasks.js';
import type { Answers, Clock, GivenAnswer } from '../../src/flows/ports.js';
import { answerMessage, plainMessage } from './cards/answer-message.js';
import type { Turn } from './turn.js';

export type OnQuestion = {
  /** `version` counts from 1; it is higher when the question replaces one of the same activity. */
  readonly ask: (turn: Turn, chat: string, question: string, version?: number) => Promise<void>;
  /** Without a name, the first passage of the last answer in this chat. */
  readonly show: (turn: Turn, chat: string, passage?: string) => Promise<void>;
  /** Takes back the answer to a question that was changed or deleted; returns how many versions it had. */
  readonly withdraw: (turn: Turn, chat: string) => Promise<number>;
};

/** Teams sends a message again under a new id when it thinks the first was lost. */
const sameQuestionMs = 10_000;

/** Teams sends a message again after 15 s; what is younger cannot have been answered by another process. */
const freshMs = 10_000;

/** Answers guidance questions in a chat. What was asked is kept in memory only, for follow-ups. */
export function makeOnQuestion(
  knowledge: Knowledge,
  answerQuestion: AnswerNear,
  answers: Answers,
  noteTasks: Pick<NoteTasks, 'answered'>,
  clock: Clock,
): OnQuestion {
  const talk = makeTalk(clock);
  const isSafe = makeIsSafe(knowledge.neverAdvise);
  const isFresh = (timestamp: string | undefined) =>
    timestamp !== undefined && Math.abs(clock().getTime() - Date.parse(timestamp)) < freshMs;
  const ask: OnQuestion['ask'] = async (turn, chat, question, version = 1) => {
    if (question === '') return void (await turn.send(plainMessage(phrases.empty)));
    // However long a message is, a sign of danger in it is not missed.
    const asked =
      question.length > longestQuestion ? findDanger(knowledge.cues, question) : question;
    if (asked === undefined) {
      return void (await turn.send(plainMessage(phrases.tooLong(longestQuestion))));
    }
    if (version === 1 && talk.isJustAsked(chat, asked)) return;
    const earlier = talk.earlier(chat);
    const said = talk.add(chat, asked);
    const answer = await answerQuestion({ question: asked, earlier });
    said.passage = answer.citations[0]?.passage;
    const id = answerIdSchema.parse(randomUUID());
    const given: GivenAnswer = {
      id,
      chat,
      activityId: turn.activity.id ? versionOf(turn.activity.id, version) : id,
      at: clock().toISOString(),
      kind: answer.kind,
      passages: answer.shown.map(({ passage }) => passage),
      knowledgeVersion: answer.knowledgeVersion,
      ...nearestTopic(knowledge, answer),
    };
    /** Nobody waits for it, and an answer that was given before is not counted again. */
    const note = () =>
      turn.later(() =>
        noteTasks.answered({
          ...{ id, question: asked, earlier, answerKind: given.kind, shown: given.passages },
          ...{ knowledgeVersion: given.knowledgeVersion, at: given.at },
          ...(given.topic === undefined ? {} : { topic: given.topic }),
        }),
      );
    const message = answerMessage(answer, answer.hasCorrection);
    try {
      // Emergency wording waits for no store, and what just came cannot be a repeat another process answered.
      if (answer.kind === 'urgent' || (version === 1 && isFresh(turn.activity.timestamp))) {
        answers.recordSoon(given, await turn.send(message));
        note();
        return;
      }
      if ((await answers.record(given)) === 'already') return;
      const messageId = await turn.send(message);
      if (messageId) await answers.markSent(id, messageId);
      note();
    } catch (error) {
      // Whoever is told to try again must not be taken for a repeat.
      talk.forgetLast(chat);
      throw error;
    }
  };
  return {
    ask,
    show: async (turn, chat, wanted) => {
      const named = passageIdSchema.safeParse(wanted ?? talk.lastPassage(chat));
      const passage = named.success ? findCurrent(knowledge.passages, named.data) : undefined;
      const on = dayOf(clock());
      if (!passage || !isQuotable(passage, on)) {
        return void (await turn.send(plainMessage(phrases.noSuchPassage)));
      }
      const draft = chooseWhole([passage]);
      const verified = verifyCitations(draft, [passage], knowledge.sources, on, isSafe);
      await turn.send(answerMessage(toAnswer('answered', verified), false));
    },
    withdraw: async (turn, chat) => {
      if (!turn.activity.id) return 0;
      let versions = 0;
      let last: string | undefined;
      for (;;) {
        const activityId = versionOf(turn.activity.id, versions + 1);
        const messageId = await answers.supersede(chat, activityId);
        if (!messageId) break;
        last = messageId;
        versions += 1;
      }
      if (last) await turn.update(last, plainMessage(phrases.noLongerShown));
      return versions;
    },
  };
}

/** Counted so that curators see what is asked for and not there. */
function nearestTopic(
  knowledge: Knowledge,
  { kind, nearest }: Answer,
): { readonly topic?: string } {
  const passage = kind === 'not-covered' ? nearest[0]?.passage : undefined;
  const topic = passage && knowledge.passages.get(passage)?.topic;
  return topic === undefined ? {} : { topic };
}

/** The answer to a question as it first stood keeps the activity's own id. */
export function versionOf(activityId: string, version: number): string {
  return version === 1 ? activityId : `${activityId} version ${version}`;
}

/** Earlier questions are kept for half an hour, five a chat, in at most 5,000 chats. */
const keptMs = 30 * 60_000;
const keptQuestions = 5;
const keptChats = 5_000;

/** `passage` is the first one shown in answer; undefined when none was. */
type Asked = {
  readonly question: string;
  passage: string | undefined;
  readonly at: number;
};

function makeTalk(clock: Clock) {
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
    forgetLast: (chat: string) => void chats.set(chat, recent(chat).slice(1)),
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
