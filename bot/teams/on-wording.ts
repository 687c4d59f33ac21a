import { randomUUID } from 'node:crypto';
import { answerIdSchema } from '../../src/core/ids.js';
import type { CheckPasted } from '../../src/flows/check-wording.js';
import type { Answers, Clock } from '../../src/flows/ports.js';
import { cardMessage } from './cards/card.js';
import { wordingCard, wordingMessage } from './cards/wording-message.js';
import { versionOf } from './on-question.js';
import type { Turn } from './turn.js';
import { wordsOf } from './words-of.js';

export type OnWording = {
  /** Checks what was pasted behind the words; `version` as for a question. Without any, offers a card to paste into. */
  readonly typed: (turn: Turn, chat: string, pasted: string, version?: number) => Promise<void>;
  /** Checks what was pasted into the card, which then stands empty again. */
  readonly pressed: (turn: Turn, pasted: string) => Promise<void>;
};

/**
 * Checks wording in a chat. What was pasted is not stored, logged or remembered: the record of an answer holds only
 * that there was one, so that it is withdrawn with its question.
 */
export function makeOnWording(
  check: CheckPasted,
  answers: Pick<Answers, 'recordSoon'>,
  clock: Clock,
  knowledgeVersion: string,
): OnWording {
  return {
    typed: async (turn, chat, pasted, version = 1) => {
      const words = wordsOf(turn);
      if (pasted.trim() === '') {
        await turn.send(cardMessage(wordingCard(words), words.feeds.wording));
        return;
      }
      const messageId = await turn.send(wordingMessage(check(pasted), words));
      const id = answerIdSchema.parse(randomUUID());
      const activityId = turn.activity.id ? versionOf(turn.activity.id, version) : id;
      const at = clock().toISOString();
      const given = { id, chat, activityId, at, kind: 'wording', passages: [], knowledgeVersion };
      answers.recordSoon(given, messageId);
    },
    pressed: async (turn, pasted) => {
      const words = wordsOf(turn);
      const content = wordingCard(words);
      turn.answerInvoke(200, {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: content,
      });
      await turn.send(wordingMessage(check(pasted), words));
      const cardId = turn.activity.replyToId;
      // On other devices, and where a Submit has no answer.
      if (cardId) turn.later(() => turn.update(cardId, cardMessage(content, words.feeds.wording)));
    },
  };
}
