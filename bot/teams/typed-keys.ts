import { shortWords } from '../../src/core/short-words.js';
import { readTypedReply, type TypedReply } from '../../src/flows/read-typed-reply.js';
import type { ScreeningView } from '../../src/flows/screening-view.js';

type Open = Pick<ScreeningView, 'position' | 'held'>;

/** Words of the buttons in Welsh, and the key of a screening that each stands for. */
const keys: ReadonlyMap<string, string> = new Map([
  ['perygl', 'danger'],
  ['yn ôl', 'back'],
  ['yn ol', 'back'],
  ['oedi', 'pause'],
  ['pam', 'why'],
  ['anhysbys', 'not known'],
  ['gwrthodwyd ateb', 'declined'],
  ['hepgor', 'skip'],
  ['ei gadw fel y mae', 'keep'],
  ['gofyn y gweddill', 'rest'],
]);

/**
 * What typed words do to the open question, the Welsh of its keys included, whichever language the chat speaks. What is
 * recorded in somebody's words is always as they typed it.
 */
export function readTypedKeys(text: string, view: Open): TypedReply | undefined {
  const plain = shortWords(text)
    .normalize('NFC')
    .replace(/[!?.]+$/, '');
  const key = keys.get(plain);
  const meant = key === undefined ? undefined : readTypedReply(key, view);
  const isOwnWords = meant?.kind === 'act' && ['words', 'reason'].includes(meant.act.kind);
  return meant && !isOwnWords ? meant : readTypedReply(text, view);
}
