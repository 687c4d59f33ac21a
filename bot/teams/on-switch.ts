import type { User } from '../../src/core/roles.js';
import type { Words } from '../../src/core/words.js';
import type { Directory, People } from '../../src/flows/ports.js';
import type { ModelState, TurnSwitch } from '../../src/flows/turn-switch.js';
import { plainMessage } from './cards/answer-message.js';
import { noName, type Speaker } from './read-activity.js';
import type { TypedOfSwitch } from './read-typed.js';
import type { Turn } from './turn.js';
import { wordsOf } from './words-of.js';

export type OnSwitch = (turn: Turn, by: Speaker, typed: TypedOfSwitch) => Promise<void>;

/** What one switch says of itself. */
type Says<State extends string> = (words: Words) => {
  readonly notYours: string;
  readonly how: string;
  readonly state: Readonly<Record<State, string>>;
};

export const modelSays: Says<ModelState> = ({ phrases }) => ({
  ...{ notYours: phrases.modelNotYours, how: phrases.modelHow, state: phrases.modelState },
});

export const assistantSays: Says<'on' | 'off'> = ({ phrases }) => ({
  notYours: phrases.assistantNotYours,
  how: phrases.assistantHow,
  state: phrases.assistantState,
});

/** A switch in a chat, for administrators. */
export function makeOnSwitch<State extends string>(
  turnSwitch: TurnSwitch<State>,
  says: Says<State>,
  people: People,
  rolesOf: Directory['rolesOf'],
): OnSwitch {
  const answerTo = async (by: Speaker, { act, why }: TypedOfSwitch, words: Words) => {
    const own = says(words);
    const user: User = { ...by, roles: await rolesOf(by.id) };
    const isTurn = act === 'on' || act === 'off';
    const done = await turnSwitch(
      user,
      isTurn ? { kind: 'turn', isOn: act === 'on', why } : { kind: 'state' },
    );
    if (done.kind === 'not-allowed') return own.notYours;
    // So that others see who it was.
    if (isTurn && by.name !== noName) await people.remember(by.id, by.name);
    if (done.kind === 'no-reason' || act === 'unclear') return own.how;
    const state = own.state[done.state];
    if (!done.newest) return state;
    const { isOn, by: who, at, why: reason } = done.newest;
    const name = (await people.namesOf([who])).get(who) ?? who;
    return [state, words.phrases.modelTurned(isOn, name, at, reason)];
  };
  return async (turn, by, typed) => {
    const words = wordsOf(turn);
    await turn.send(plainMessage(await answerTo(by, typed, words), words));
  };
}
