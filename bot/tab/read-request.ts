import express, { type Request, type Response } from 'express';
import type { z } from 'zod';
import { type Answer, refuse } from './answers.js';

/** Far above the longest note with its reason, far below what would hurt. */
const bodyLimitBytes = 64 * 1_024;

type Read<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'refused'; readonly answer: Answer };

const parseJson = express.json({ limit: bodyLimitBytes, strict: true, type: () => true });

/** As in `application/json; charset=utf-8`. */
const jsonType = /^application\/json(?:\s*;.*)?$/i;

/** The query as the schema has it. An empty field is one that was not filled in. */
export function readQuery<Value>(request: Request, schema: z.ZodType<Value>): Read<Value> {
  const filled = Object.entries(request.query).filter(([, value]) => value !== '');
  return parse(Object.fromEntries(filled), schema);
}

/** The body as the schema has it, or the refusal: too large, not JSON, or not what is expected. */
export async function readBody<Value>(
  request: Request,
  response: Response,
  schema: z.ZodType<Value>,
): Promise<Read<Value>> {
  if (!jsonType.test(request.headers['content-type'] ?? '')) return refused(refuse('not-json'));
  const error = await new Promise<unknown>((resolve) => parseJson(request, response, resolve));
  if (error === undefined) return parse(request.body, schema);
  const status = typeof error === 'object' && error && 'status' in error ? error.status : 400;
  if (status === 413) return refused(refuse('too-large'));
  return refused(refuse(status === 415 ? 'not-json' : 'not-understood'));
}

function parse<Value>(value: unknown, schema: z.ZodType<Value>): Read<Value> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: 'read', value: parsed.data };
  // Names the field only: the rest may be what somebody said.
  const field = parsed.error.issues[0]?.path.join('.').slice(0, 60);
  const why = field ? `“${field}” is not what is expected here. Nothing was changed.` : undefined;
  return refused(refuse('not-understood', why));
}

function refused(answer: Answer): { readonly kind: 'refused'; readonly answer: Answer } {
  return { kind: 'refused', answer };
}
