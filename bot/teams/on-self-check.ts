import { saySelfCheck } from '../../src/core/self-check.js';
import type { Directory } from '../../src/flows/ports.js';
import type { AskSelfCheck } from '../../src/flows/self-check.js';
import { plainMessage } from './cards/answer-message.js';
import type { Speaker } from './read-activity.js';
import type { Turn } from './turn.js';
import { wordsOf } from './words-of.js';

export type OnSelfCheck = (turn: Turn, by: Speaker) => Promise<void>;

/** How it all stands, in a chat, for administrators. */
export function makeOnSelfCheck(ask: AskSelfCheck, rolesOf: Directory['rolesOf']): OnSelfCheck {
  return async (turn, by) => {
    const words = wordsOf(turn);
    const asked = await ask({ ...by, roles: await rolesOf(by.id) });
    if (asked.kind === 'not-allowed')
      return void (await turn.send(plainMessage(words.selfCheck.notYours, words)));
    const { lines, faults, notes } = saySelfCheck(asked.check, words.selfCheck);
    const found = faults.length > 0 ? faults : [words.selfCheck.sound];
    await turn.send(plainMessage([...lines, ...found, ...notes], words));
  };
}
