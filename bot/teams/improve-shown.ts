import type { Log } from '../../src/adapters/log.js';
import type { Answers, GivenAnswer } from '../../src/flows/ports.js';
import type { OutgoingActivity } from './activity.js';
import { plainMessage } from './cards/answer-message.js';
import type { Turn } from './turn.js';
import { wordsOf } from './words-of.js';

/** Whether the better answer is now shown in place of the first. Never throws: what was shown first stands. */
export type ImproveShown = (
  turn: Turn,
  messageId: string,
  better: GivenAnswer,
  message: OutgoingActivity,
) => Promise<boolean>;

/**
 * Puts a better answer into the message that shows the first, if the question still stands. The store is asked before
 * and told after: should the question be withdrawn in between, here or at another instance, the withdrawal wins.
 */
export function makeImproveShown(
  answers: Pick<Answers, 'stands' | 'improve'>,
  log: Log,
): ImproveShown {
  return async (turn, messageId, better, message) => {
    try {
      if (!(await answers.stands(better.id))) return false;
      await turn.update(messageId, message);
      if ((await answers.improve(better)) === 'improved') return true;
      const words = wordsOf(turn);
      await turn.update(messageId, plainMessage(words.phrases.noLongerShown, words));
      return false;
    } catch (error) {
      log.error('answer-not-improved', { activityId: turn.activity.id }, error);
      return false;
    }
  };
}
