import { createHash, randomUUID } from 'node:crypto';
import { alteredFault } from '../keys/cipher.js';
import { ownFault } from '../log.js';
import type { Place, Sealing } from './sealing.js';

/**
 * Acts of screenings and reviews are encrypted whole, a random salt before them. In clear beside them stand their kind,
 * question and number, which the store's checks need, and the hash of salt and act, which stands for the act in the
 * audit: it tells nothing without the salt, and stays what it is when the act is encrypted anew.
 */

/** As `randomUUID` gives it. */
const saltLength = 36;

/** NUL or half of a pair, as JSON writes them: no store of JSON and few programs give them back. */
const brokenLetter = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** Of the store's columns `act` and `digest`. */
export type SealedAct = { readonly act: string; readonly digest: string };

type Act = { readonly kind: string };

/** What is written of an act: JSON for `act`, and its digest. */
export function sealAct(sealing: Sealing, act: Act, place: Place): SealedAct {
  const json = JSON.stringify(act);
  if (brokenLetter.test(json))
    throw ownFault(`saving ${place.table} ${place.row}: a letter in it is broken`);
  const text = randomUUID() + json;
  return { act: JSON.stringify(clearAct(act, sealing.seal(text, place))), digest: digestOf(text) };
}

/** Encrypts an act that was stored in clear, with the salt that its digest was made with. `act` is the store's text. */
export function sealStored(sealing: Sealing, salt: string, act: string, place: Place): string {
  return JSON.stringify(clearAct(JSON.parse(act), sealing.seal(salt + act, place)));
}

/** The same act encrypted with the newest key. */
export function sealAnew(sealing: Sealing, stored: unknown, place: Place): string {
  const text = openText(sealing, stored, place);
  return JSON.stringify(clearAct(actOf(text), sealing.seal(text, place)));
}

/** An act as it was written; one in clear is given back as it is. A fault where what stands beside it is not of it. */
export function openAct(sealing: Sealing, stored: unknown, place: Place): unknown {
  if (!isSealedAct(stored)) return stored;
  const act = actOf(openText(sealing, stored, place));
  const clear = clearAct(act, stored.sealed);
  const isWhole =
    Object.keys(stored).length === Object.keys(clear).length &&
    Object.entries(clear).every(([key, value]) => Reflect.get(stored, key) === value);
  if (!isWhole) throw alteredFault(`reading ${place.table} ${place.row}: its act was altered`);
  return act;
}

/** Salt and act as they were encrypted; what `digest` is of. */
export function openText(sealing: Sealing, stored: unknown, place: Place): string {
  if (!isSealedAct(stored)) throw ownFault(`reading ${place.table} ${place.row}: not encrypted`);
  return sealing.open(stored.sealed, place);
}

/** The act's own text within salt and act. */
export const actText = (text: string): string => text.slice(saltLength);

/** SHA-256 in hex. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function actOf(text: string): Act {
  return JSON.parse(actText(text));
}

export function isSealedAct(stored: unknown): stored is { readonly sealed: string } {
  return (
    typeof stored === 'object' &&
    stored !== null &&
    'sealed' in stored &&
    typeof stored.sealed === 'string'
  );
}

function clearAct(act: Act, sealed: string): Readonly<Record<string, unknown>> {
  const [question, number] = [Reflect.get(act, 'question'), Reflect.get(act, 'number')];
  return {
    kind: act.kind,
    ...(question === undefined ? {} : { question }),
    ...(number === undefined ? {} : { number }),
    sealed,
  };
}
