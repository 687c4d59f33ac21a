import { useCallback, useEffect, useRef, useState } from 'react';
import { newProof, type Proof, proofOfPerson } from './sign-in.js';
import { wordsNow } from './words/language.js';
import { sayRefusal } from './words/locales.js';

/**
 * What the page asks of the server. Every failure comes back as a value with a sentence to show, so that the forms
 * that asked stay as they were typed.
 */

export type Failure = {
  readonly kind: string;
  /** A sentence to show. */
  readonly message: string;
  /** Whatever else the server said: findings, differences, open points. */
  readonly body: unknown;
};

export type Answer<Value> =
  | { readonly kind: 'answered'; readonly value: Value }
  | { readonly kind: 'failed'; readonly failure: Failure };

const base = new URL('api/', document.baseURI);

/** Longer than the server lets a request take. */
const limitMs = 25_000;

export function getFrom<Value>(path: string): Promise<Answer<Value>> {
  return ask(path, {});
}

export function postTo<Value>(path: string, body: unknown): Promise<Answer<Value>> {
  return ask(path, posted(body));
}

function posted(body: unknown): RequestInit {
  // No other site's page can set a header of its own: by it the server knows this one.
  const headers = { 'content-type': 'application/json', 'x-signpost-tab': '1' };
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

/** Not asked for at all: nobody is signed in. */
type NotSignedIn = Extract<Proof, { kind: 'refused' }>;

/** Fetches from our server as whoever is signed in; once more when that was refused and there is another token. */
export async function fetchOurs(path: string, init: RequestInit): Promise<Response | NotSignedIn> {
  const proof = await proofOfPerson();
  if (proof.kind === 'refused') return proof;
  const response = await fetchAs(proof.headers, path, init);
  if (response.status !== 401) return response;
  // Nothing was done: who asks is looked at first.
  const next = await newProof(proof);
  if (next?.kind !== 'ready') return next ?? response;
  await response.body?.cancel();
  return fetchAs(next.headers, path, init);
}

function fetchAs(who: Readonly<Record<string, string>>, path: string, init: RequestInit) {
  const headers = { ...(init.headers as Record<string, string> | undefined), ...who };
  return fetch(new URL(path, base), { ...init, headers, credentials: 'same-origin' });
}

async function ask<Value>(path: string, init: RequestInit): Promise<Answer<Value>> {
  let response: Response;
  let text: string;
  try {
    const answer = await fetchOurs(path, { ...init, signal: AbortSignal.timeout(limitMs) });
    if (!(answer instanceof Response)) return failed('signed-out', answer.message, undefined);
    response = answer;
    text = await response.text();
  } catch (error) {
    const isSlow = error instanceof DOMException && error.name === 'TimeoutError';
    const { slow, offline } = wordsNow().frame;
    return failed(isSlow ? 'slow' : 'offline', isSlow ? slow : offline, undefined);
  }
  const body = parsed(text);
  if (response.ok && body !== undefined) return { kind: 'answered', value: body as Value };
  if (response.status === 401) return failed('signed-out', wordsNow().frame.signedOut, body);
  const { kind, message } = wordsIn(body);
  return failed(kind ?? 'fault', sayRefusal(wordsNow(), kind, message), body);
}

function failed(kind: string, message: string, body: unknown): Answer<never> {
  return { kind: 'failed', failure: { kind, message, body } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wordsIn(body: unknown): { readonly kind?: string; readonly message?: string } {
  return typeof body === 'object' && body !== null ? body : {};
}

/**
 * Asks for a document and hands it to the browser to keep; undefined when that went well, else a sentence. What is asked
 * goes in the body: it may be words about somebody, and addresses are written to logs on the way.
 */
export async function keepFile(
  path: string,
  asked: unknown,
  name: string,
): Promise<string | undefined> {
  let response: Response;
  let file: Blob;
  try {
    const signal = AbortSignal.timeout(limitMs);
    const answer = await fetchOurs(path, { ...posted(asked), signal });
    if (!(answer instanceof Response)) return answer.message;
    response = answer;
    file = await response.blob();
  } catch {
    return wordsNow().frame.offline;
  }
  if (!response.ok) {
    const { kind, message } = wordsIn(parsed(await file.text()));
    return sayRefusal(wordsNow(), kind, message);
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken the file by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return undefined;
}

/** Fetches a picture and gives it as an address that an image takes; undefined when it cannot be had. */
export async function loadPicture(path: string): Promise<string | undefined> {
  try {
    const answer = await fetchOurs(path, { signal: AbortSignal.timeout(limitMs) });
    if (!(answer instanceof Response) || !answer.ok) return undefined;
    const file = await answer.blob();
    return await new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(file);
    });
  } catch {
    return undefined;
  }
}

export type Loaded<Value> = {
  /** The newest that arrived; kept while a newer one is fetched or when that fails. */
  readonly value: Value | undefined;
  readonly failure: Failure | undefined;
  readonly isLoading: boolean;
  readonly reload: () => void;
  /** Puts in place what another answer brought. */
  readonly put: (value: Value) => void;
};

/** Fetches `path` and again whenever it changes; an answer overtaken by a newer question is dropped. */
export function useLoad<Value>(path: string): Loaded<Value> {
  const [state, setState] = useState<{
    readonly path: string;
    readonly value?: Value;
    readonly failure?: Failure;
    readonly isLoading: boolean;
  }>({ path, isLoading: true });
  const turn = useRef(0);
  const load = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    setState((before) => ({ ...before, isLoading: true }));
    const answer = await getFrom<Value>(path);
    if (mine !== turn.current) return;
    setState((before) =>
      answer.kind === 'answered'
        ? { path, value: answer.value, isLoading: false }
        : { ...before, path, failure: answer.failure, isLoading: false },
    );
  }, [path]);
  useEffect(() => {
    void load();
    return () => {
      turn.current += 1;
    };
  }, [load]);
  const put = useCallback(
    (value: Value) => {
      turn.current += 1;
      setState({ path, value, isLoading: false });
    },
    [path],
  );
  const reload = useCallback(() => void load(), [load]);
  return { value: state.value, failure: state.failure, isLoading: state.isLoading, reload, put };
}
