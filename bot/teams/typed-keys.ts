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

const longestKey = 40;

/** Keys and numbers of choices: they mean something to an open question, and nothing without one. */
const onlyKeys =
  /^(?:!+|\?|danger!*|b|back|p|pause|k|keep|u|d|s ?\d?|skip(?: \d)?|short(?: \d)?|rest|done|\d{1,2}(?: ?, ?\d{1,2})*)$/;

/** Whether what was typed is a key of a screening and no words of anybody's. */
export function isTypedKey(text: string): boolean {
  const plain = plainly(text);
  return text.length <= longestKey && onlyKeys.test(keys.get(plain) ?? text.trim().toLowerCase());
}

/**
 * What typed words do to the open question, the Welsh of its keys included, whichever language the chat speaks. What is
 * recorded in somebody's words is always as they typed it.
 */
export function readTypedKeys(text: string, view: Open): TypedReply | undefined {
  const key = keys.get(plainly(text));
  const meant = key === undefined ? undefined : readTypedReply(key, view);
  const isOwnWords = meant?.kind === 'act' && ['words', 'reason'].includes(meant.act.kind);
  return meant && !isOwnWords ? meant : readTypedReply(text, view);
}

function plainly(text: string): string {
  return text
    .trim()
    .normalize('NFC')
    .toLowerCase()
    .replace(/[!?.]+$/, '');
}
