import type { ServerResponse } from 'node:http';
import type { TurnAnswer } from './turn.js';

/** The words of refusals: fixed, so that nothing of a library or a request can show in them. */
const SENTENCES: Readonly<Record<number, string>> = {
  400: 'The request is not an activity.',
  413: 'The request is too large.',
  415: 'The request is not JSON.',
  503: 'The service is busy or stopping.',
};

/** Ends the request with a fixed sentence, or with an empty body for 401 and 403. */
export function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent || response.destroyed) return;
  // What is left of a refused body is not worth reading.
  if (status === 413) response.setHeader('connection', 'close');
  response.statusCode = status;
  const sentence = SENTENCES[status];
  if (sentence) response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(sentence);
}

/** Ends the request with a turn's answer; a body that is not JSON, or a status that is none, is 500. */
export function reply(response: ServerResponse, answer: TurnAnswer): void {
  if (response.headersSent || response.destroyed) return;
  const body = toJson(answer.body);
  const isStatus = Number.isInteger(answer.status) && answer.status >= 200 && answer.status < 600;
  if (!isStatus || body === 'unwritable') {
    response.statusCode = 500;
    response.end();
    return;
  }
  response.statusCode = answer.status;
  if (body) response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(body?.json);
}

function toJson(body: unknown): { readonly json: string } | 'unwritable' | undefined {
  if (body === undefined) return undefined;
  try {
    return { json: JSON.stringify(body) };
  } catch {
    return 'unwritable';
  }
}
