import { useSyncExternalStore } from 'react';
import { wordsNow } from './words/language.js';

/**
 * Who is at the page, shown by the token that Teams gets for it. The token lives in this module's memory and goes
 * nowhere but into the header of our own requests: not into storage, cookies, addresses or messages. In local mode
 * none of this is asked for.
 */

/** Asks Teams. `silent` may not show anything; else Teams may ask the person to sign in or to consent. */
export type AskTeams = (wanted: {
  readonly silent: boolean;
  readonly claims?: string[];
}) => Promise<string>;

export type Proof =
  | { readonly kind: 'ready'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly message: string };

/** Said by the server in the page itself. */
const isNeeded =
  document.querySelector<HTMLMetaElement>('meta[name="sign-in"]')?.content === 'teams';

/** A token is renewed when it ends within this time, so that none ends on its way. */
const renewBeforeMs = 2 * 60_000;

/** Teams answers from its own store, or after a question to the directory. */
const silentMs = 15_000;

let askTeams: AskTeams | undefined;
let held: { readonly token: string; readonly endsAt: number } | undefined;
let asking: Promise<string> | undefined;
/** What the directory wants to be asked with next, after it refused. */
let claims: string[] | undefined;
let needsPerson = false;
const watchers = new Set<() => void>();

/** From now on tokens come from there. */
export function signInThrough(ask: AskTeams): void {
  askTeams = ask;
}

/** The headers that show who asks. */
export async function proofOfPerson(): Promise<Proof> {
  if (!isNeeded) return { kind: 'ready', headers: {} };
  if (!askTeams) return { kind: 'refused', message: wordsNow().frame.outsideTeams };
  if (held && Date.now() < held.endsAt - renewBeforeMs) return ready(held.token);
  try {
    asking ??= inTime(askTeams({ silent: true })).finally(() => {
      asking = undefined;
    });
    return ready(take(await asking));
  } catch (error) {
    claims = claimsIn(error) ?? claims;
    tell(true);
    return { kind: 'refused', message: wordsNow().frame.signInNeeded };
  }
}

/** Another proof after the server refused one; undefined when there is none but that. */
export async function newProof(refused: Proof): Promise<Proof | undefined> {
  if (!isNeeded || refused.kind === 'refused') return undefined;
  held = undefined;
  const next = await proofOfPerson();
  const isSame =
    next.kind === 'ready' && next.headers.authorization === refused.headers.authorization;
  return isSame ? undefined : next;
}

/** Lets Teams ask the person; undefined when that went well, else a sentence. */
export async function signInByHand(): Promise<string | undefined> {
  if (!askTeams) return wordsNow().frame.outsideTeams;
  try {
    take(await askTeams({ silent: false, ...(claims ? { claims } : {}) }));
    return undefined;
  } catch (error) {
    claims = claimsIn(error) ?? claims;
    return wordsNow().frame.notSignedIn;
  }
}

/** Whether nothing goes on until the person has signed in. */
export function useNeedsSignIn(): boolean {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => needsPerson,
  );
}

function ready(token: string): Proof {
  return { kind: 'ready', headers: { authorization: `Bearer ${token}` } };
}

function take(token: string): string {
  held = { token, endsAt: endOf(token) };
  claims = undefined;
  tell(false);
  return token;
}

function tell(isNeededNow: boolean): void {
  if (needsPerson === isNeededNow) return;
  needsPerson = isNeededNow;
  for (const changed of watchers) changed();
}

/** Only to know when to ask for another: what the token says is checked by the server. */
function endOf(token: string): number {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { exp } = JSON.parse(atob(part)) as { readonly exp?: unknown };
    return typeof exp === 'number' ? exp * 1_000 : 0;
  } catch {
    return 0;
  }
}

/** What a directory with conditional access wants to be asked with, where Teams hands it on: `{"claims":"…"}`. */
function claimsIn(error: unknown): string[] | undefined {
  try {
    const told = JSON.parse(error instanceof Error ? error.message : String(error)) as {
      readonly claims?: unknown;
    };
    return typeof told.claims === 'string' ? [told.claims] : undefined;
  } catch {
    return undefined;
  }
}

function inTime<Value>(answer: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Teams is silent')), silentMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
