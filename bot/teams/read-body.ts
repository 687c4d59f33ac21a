import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';

/** Far above any activity Teams sends (messages end near 100 kB), far below what would hurt. */
const BODY_LIMIT_BYTES = 256 * 1_024;

/** Cards nest about 15 deep. Recursive code further in would overflow its stack near 5,000. */
const DEPTH_LIMIT = 64;

/** Names through which a copied object could change the prototype it inherits from. */
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'wrong-type' | 'too-large' | 'malformed' };

/** As in `application/json; charset=utf-8`. */
const JSON_TYPE = /^application\/json(?:\s*;.*)?$/i;

const parseJson = express.json({ limit: BODY_LIMIT_BYTES, strict: true, type: () => true });

/**
 * The request's JSON, or the kind of refusal: `wrong-type` for anything not declared as plain
 * JSON (or in a charset or encoding we do not read), `too-large` past the limit, `malformed` for
 * the rest: not JSON, cut short, nested too deeply, or naming a prototype.
 */
export async function readBody(request: IncomingMessage, response: ServerResponse): Promise<Body> {
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) return { kind: 'wrong-type' };
  const error = await new Promise<unknown>((resolve) => {
    parseJson(request, response, (raised?: unknown) => resolve(raised));
  });
  if (error !== undefined) return { kind: kindOf(error) };
  const value: unknown = 'body' in request ? request.body : undefined;
  return isTame(value) ? { kind: 'json', value } : { kind: 'malformed' };
}

function kindOf(error: unknown): 'wrong-type' | 'too-large' | 'malformed' {
  const status = typeof error === 'object' && error && 'status' in error ? error.status : 400;
  if (status === 413) return 'too-large';
  return status === 415 ? 'wrong-type' : 'malformed';
}

/** Walks without recursion, so that depth itself cannot overflow the stack. */
function isTame(root: unknown): boolean {
  const waiting: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= DEPTH_LIMIT) return false;
    for (const [key, value] of Object.entries(next.value)) {
      if (PROTOTYPE_KEYS.has(key)) return false;
      waiting.push({ value, depth: next.depth + 1 });
    }
  }
  return true;
}
