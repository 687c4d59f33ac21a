import type { User } from '../../src/core/roles.js';
import type { Words } from '../../src/core/words.js';
import type { Directory, People } from '../../src/flows/ports.js';
import type { SwitchModel } from '../../src/flows/switch-model.js';
import { plainMessage } from './cards/answer-message.js';
import { noName, type Speaker } from './read-activity.js';
import type { TypedOfModel } from './read-typed.js';
import type { Turn } from './turn.js';
import { wordsOf } from './words-of.js';

export type OnModel = (turn: Turn, by: Speaker, typed: TypedOfModel) => Promise<void>;

/** The model's switch in a chat, for administrators. */
export function makeOnModel(
  switchModel: SwitchModel,
  people: People,
  rolesOf: Directory['rolesOf'],
): OnModel {
  const answerTo = async (by: Speaker, { act, why }: TypedOfModel, { phrases }: Words) => {
    const user: User = { ...by, roles: await rolesOf(by.id) };
    const isTurn = act === 'on' || act === 'off';
    const done = await switchModel(
      user,
      isTurn ? { kind: 'turn', isOn: act === 'on', why } : { kind: 'state' },
    );
    if (done.kind === 'not-allowed') return phrases.modelNotYours;
    // So that others see who it was.
    if (isTurn && by.name !== noName) await people.remember(by.id, by.name);
    if (done.kind === 'no-reason' || act === 'unclear') return phrases.modelHow;
    const state = phrases.modelState[done.state];
    if (!done.newest) return state;
    const { isOn, by: who, at, why: reason } = done.newest;
    const name = (await people.namesOf([who])).get(who) ?? who;
    return [state, phrases.modelTurned(isOn, name, at, reason)];
  };
  return async (turn, by, typed) => {
    const words = wordsOf(turn);
    await turn.send(plainMessage(await answerTo(by, typed, words), words));
  };
}
