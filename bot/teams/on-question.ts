import { randomUUID } from 'node:crypto';
import type { Log } from '../../src/adapters/log.js';
import { type Answer, chooseWhole, toAnswer } from '../../src/core/answer.js';
import { verifyCitations } from '../../src/core/citations.js';
import { dayOf } from '../../src/core/days.js';
import { findDanger } from '../../src/core/find-danger.js';
import { answerIdSchema, passageIdSchema } from '../../src/core/ids.js';
import type { Knowledge } from '../../src/core/knowledge.js';
import { isQuotable } from '../../src/core/passage.js';
import { makeIsSafe } from '../../src/core/safe-block.js';
import { findCurrent } from '../../src/core/successor.js';
import type { AnswerInTime } from '../../src/flows/answer-in-time.js';
import { type Answered, longestQuestion } from '../../src/flows/answer-question.js';
import type { NoteTasks } from '../../src/flows/note-tasks.js';
import type { Answers, Clock, GivenAnswer } from '../../src/flows/ports.js';
import { answerMessage, plainMessage } from './cards/answer-message.js';
import { makeImproveShown } from './improve-shown.js';
import type { Talk } from './talk.js';
import type { Turn } from './turn.js';
import { wordsOf } from './words-of.js';

export type OnQuestion = {
  /** `version` counts from 1; it is higher when the question replaces one of the same activity. */
  readonly ask: (turn: Turn, chat: string, question: string, version?: number) => Promise<void>;
  /** Without a name, the first passage of the last answer in this chat. */
  readonly show: (turn: Turn, chat: string, passage?: string) => Promise<void>;
  /**
   * Takes back the answer to a question that was changed or deleted, also one that another instance is still to give;
   * returns how many versions it had, counting that one.
   */
  readonly withdraw: (turn: Turn, chat: string) => Promise<number>;
};

/** Teams sends a message again after 15 s; what is younger cannot have been answered by another process. */
const freshMs = 10_000;

/** Long enough for somebody to change or delete their question, and for another instance to meet that. */
const slowMs = 1_000;

export type OnQuestionParts = {
  readonly knowledge: Knowledge;
  readonly answerInTime: AnswerInTime;
  readonly answers: Answers;
  readonly noteTasks: Pick<NoteTasks, 'answered'>;
  readonly talk: Talk;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * Answers guidance questions in a chat. What was asked is kept in memory only, for follow-ups. Over 200 lines: the order
 * in which an answer is found, recorded, sent and taken back is what keeps it from being shown twice or too late.
 */
export function makeOnQuestion(parts: OnQuestionParts): OnQuestion {
  const { knowledge, answerInTime, answers, noteTasks, talk, clock } = parts;
  const unanswered = makeUnanswered();
  const improveShown = makeImproveShown(answers, parts.log);
  const isSafe = makeIsSafe(knowledge.neverAdvise);
  const isFresh = (timestamp: string | undefined) =>
    timestamp !== undefined && Math.abs(clock().getTime() - Date.parse(timestamp)) < freshMs;
  const ask: OnQuestion['ask'] = async (turn, chat, question, version = 1) => {
    const words = wordsOf(turn);
    const { phrases } = words;
    if (question === '') return void (await turn.send(plainMessage(phrases.empty, words)));
    // However long a message is, a sign of danger in it is not missed.
    const asked =
      question.length > longestQuestion ? findDanger(knowledge.cues, question) : question;
    if (asked === undefined) {
      return void (await turn.send(plainMessage(phrases.tooLong(longestQuestion), words)));
    }
    if (version === 1 && talk.isJustAsked(chat, asked)) return;
    const earlier = talk.earlier(chat);
    const said = talk.add(chat, asked);
    const startedAt = clock().getTime();
    const place = unanswered.add(chat, turn.activity.id, () => talk.forget(chat, said));
    const { first, better } = await answerInTime({ question: asked, earlier }).finally(place.end);
    // Changed or deleted while a model was waited for: nobody is to see the answer any more.
    if (place.isWithdrawn()) return;
    const id = answerIdSchema.parse(randomUUID());
    const activityId = turn.activity.id ? versionOf(turn.activity.id, version) : id;
    const givenOf = (answer: Answered): GivenAnswer => ({
      ...{ id, chat, activityId, at: clock().toISOString(), kind: answer.kind },
      passages: answer.shown.map(({ passage }) => passage),
      knowledgeVersion: answer.knowledgeVersion,
      ...nearestTopic(knowledge, answer),
      chosenBy: answer.chosenBy,
    });
    const given = givenOf(first);
    /** Nobody waits for it, and an answer that was given before is not counted again. */
    const noteOf = ({ kind, passages: shown, knowledgeVersion, at, topic }: GivenAnswer) =>
      noteTasks.answered({
        ...{ id, question: asked, earlier, answerKind: kind, shown, knowledgeVersion, at },
        ...(topic === undefined ? {} : { topic }),
      });
    const goOn = (messageId: string | undefined) => {
      talk.answered(chat, said, first.citations[0]?.passage);
      turn.later(async () => {
        const answer = messageId && (await better);
        if (!messageId || !answer) return noteOf(given);
        const now = givenOf(answer);
        const message = answerMessage(answer, answer.hasCorrection, words);
        const isShown = await improveShown(turn, messageId, now, message);
        if (isShown) talk.answered(chat, said, answer.citations[0]?.passage);
        await noteOf(isShown ? now : given);
      });
    };
    const message = answerMessage(first, first.hasCorrection, words);
    const isSlow = clock().getTime() - startedAt >= slowMs;
    try {
      // Emergency wording waits for no store, and what just came cannot be a repeat another process answered.
      const isFirst = version === 1 && !isSlow && isFresh(turn.activity.timestamp);
      if (first.kind === 'urgent' || isFirst) {
        const messageId = await turn.send(message);
        answers.recordSoon(given, messageId);
        goOn(messageId);
        return;
      }
      // Answered by another process, or changed or deleted and met by another instance.
      if ((await answers.record(given)) === 'already') return talk.forget(chat, said);
      const messageId = await turn.send(message);
      if (messageId) await answers.markSent(id, messageId);
      // Withdrawn while it was being sent, when nobody knew its message yet.
      if (messageId && isSlow && !(await answers.stands(id))) return takeBack(turn, messageId);
      goOn(messageId);
    } catch (error) {
      // Whoever is told to try again must not be taken for a repeat.
      talk.forget(chat, said);
      throw error;
    }
  };
  const takeBack = (turn: Turn, messageId: string) => {
    const words = wordsOf(turn);
    return turn.update(messageId, plainMessage(words.phrases.noLongerShown, words));
  };
  /** So that an instance that still waits for the answer to this activity finds it withdrawn. */
  const leaveTrace = async (chat: string, activityId: string) => {
    const id = answerIdSchema.parse(randomUUID());
    const at = clock().toISOString();
    const trace = { id, chat, activityId, at, kind: 'withdrawn', passages: [] };
    await answers.record({ ...trace, knowledgeVersion: knowledge.version });
    await answers.supersede(chat, activityId);
  };
  return {
    ask,
    show: async (turn, chat, wanted) => {
      const words = wordsOf(turn);
      const named = passageIdSchema.safeParse(wanted ?? talk.lastPassage(chat));
      const passage = named.success ? findCurrent(knowledge.passages, named.data) : undefined;
      const on = dayOf(clock());
      if (!passage || !isQuotable(passage, on)) {
        return void (await turn.send(plainMessage(words.phrases.noSuchPassage, words)));
      }
      const draft = chooseWhole([passage]);
      const verified = verifyCitations(draft, [passage], knowledge.sources, on, isSafe);
      await turn.send(answerMessage(toAnswer('answered', verified), false, words));
    },
    withdraw: async (turn, chat) => {
      if (!turn.activity.id) return 0;
      const isAwaitedHere = unanswered.withdraw(chat, turn.activity.id);
      let versions = 0;
      let last: string | undefined;
      for (;;) {
        const activityId = versionOf(turn.activity.id, versions + 1);
        const messageId = await answers.supersede(chat, activityId);
        // Without a message there was no answer yet, and none is to come; later versions may have one.
        const isTraced = !messageId && versions === 0 && !isAwaitedHere;
        if (isTraced) await leaveTrace(chat, activityId);
        else if (!messageId) break;
        last = messageId ?? last;
        versions += 1;
      }
      if (last) await takeBack(turn, last);
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

/** Questions whose answer is still being looked for; a chat may have several. */
function makeUnanswered() {
  type Place = { readonly key: string; readonly onWithdrawn: () => void; isWithdrawn: boolean };
  const places = new Set<Place>();
  const keyOf = (chat: string, activityId: string) => `${chat} ${activityId}`;
  return {
    add: (chat: string, activityId: string | undefined, onWithdrawn: () => void) => {
      const place = { key: keyOf(chat, activityId ?? ''), onWithdrawn, isWithdrawn: false };
      places.add(place);
      return {
        isWithdrawn: () => place.isWithdrawn,
        end: () => void places.delete(place),
      };
    },
    /** Whether there was one. */
    withdraw: (chat: string, activityId: string): boolean => {
      const withdrawn = [...places].filter(({ key }) => key === keyOf(chat, activityId));
      for (const place of withdrawn) {
        place.isWithdrawn = true;
        place.onWithdrawn();
      }
      return withdrawn.length > 0;
    },
  };
}
