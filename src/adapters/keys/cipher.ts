import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ownFault } from '../log.js';

/** AES-256-GCM of texts. What is encrypted cannot be altered, nor put in another place, without it showing. */

const cipher = 'aes-256-gcm';
/** As GCM has it. Random: good for four billion texts a key, and keys are changed long before. */
const ivBytes = 12;
const tagBytes = 16;

/** Summaries shrink to a sixth, which the store could no longer do; below this it is not worth the time. */
const deflateFrom = 1_024;
/** Far above any text of ours: bytes that were made to swell are refused. */
const mostBytes = 64 * 1024 * 1024;

/** The bytes to keep: number used once, tag, encrypted text. `place` is not kept, and needed again to decrypt. */
export function encrypt(key: Buffer, text: string, place: string): Buffer {
  const plain = Buffer.from(text, 'utf8');
  const isLong = plain.length >= deflateFrom;
  const iv = randomBytes(ivBytes);
  const encrypting = createCipheriv(cipher, key, iv);
  encrypting.setAAD(Buffer.from(place, 'utf8'));
  const parts = [
    encrypting.update(Buffer.from([isLong ? 1 : 0])),
    encrypting.update(isLong ? deflateRawSync(plain, { level: 1 }) : plain),
    encrypting.final(),
  ];
  return Buffer.concat([iv, encrypting.getAuthTag(), ...parts]);
}

/** The text again; a fault where key or place are others, or a bit was altered. */
export function decrypt(key: Buffer, bytes: Buffer, place: string): string {
  try {
    const decrypting = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decrypting.setAAD(Buffer.from(place, 'utf8'));
    decrypting.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const body = Buffer.concat([
      decrypting.update(bytes.subarray(ivBytes + tagBytes)),
      decrypting.final(),
    ]);
    const rest = body.subarray(1);
    const plain = body[0] === 1 ? inflateRawSync(rest, { maxOutputLength: mostBytes }) : rest;
    return plain.toString('utf8');
  } catch {
    throw alteredFault('decrypting: it was altered, moved, or encrypted with another key');
  }
}

const alteredCode = 'ALTERED';

/** A fault that `isAltered` knows. */
export const alteredFault = (message: string): Error =>
  Object.assign(ownFault(message), { code: alteredCode });

/** True of the fault of a text that does not decrypt, as against one whose key is not to be had. */
export const isAltered = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === alteredCode;
