import { Agent, request } from 'node:http';
import { setImmediate as letOthers, setTimeout as pause } from 'node:timers/promises';
import type { Ask, MakeUser, TurnKind, User } from './users.js';

/** Sends the turns of users to instances, each next one to another instance, as a load balancer without memory does. */

/** An instance: its origin, and who asks there for reviews (a cookie of local mode is good at one process only). */
export type Target = { readonly origin: string; readonly cookie: string };

export type Driven = {
  readonly turns: number;
  readonly seconds: number;
  readonly turnsPerSecond: number;
  /** ms, as they came; a failed turn's too. */
  readonly times: readonly { readonly turn: TurnKind; readonly ms: number }[];
  readonly failed: number;
  readonly firstFailure: string | undefined;
};

/** What stays unanswered longer has failed. */
const longestMs = 15_000;

/** Closed loop: each user sends the next turn when the last is answered. */
export async function driveClosed(
  targets: readonly Target[],
  makeUser: MakeUser,
  users: number,
  seconds: number,
): Promise<Driven> {
  const run = startRun(targets);
  const end = performance.now() + seconds * 1_000;
  const work = async (_: unknown, number: number) => {
    const user = makeUser(number);
    while (performance.now() < end) await run.send(user, performance.now());
  };
  await Promise.all(Array.from({ length: users }, work));
  return run.end();
}

/**
 * Open loop: turns begin when they are due, whether those before were answered or not, at random moments that are the
 * same in every run. A turn is timed from when it was due, so that waiting to be sent counts too.
 */
export async function driveOpen(
  targets: readonly Target[],
  makeUser: MakeUser,
  perSecond: number,
  seconds: number,
): Promise<Driven> {
  const run = startRun(targets);
  const gap = makeGaps(perSecond);
  const idle: User[] = [];
  const underWay = new Set<Promise<void>>();
  let users = 0;
  const end = performance.now() + seconds * 1_000;
  for (let due = performance.now() + gap(); due < end; due += gap()) {
    const wait = due - performance.now();
    // Late by up to a millisecond, which counts, rather than early. Even one who is late lets answers come in.
    await (wait > 0 ? pause(Math.ceil(wait)) : letOthers());
    const user = idle.shift() ?? makeUser(users++);
    const turn: Promise<void> = run.send(user, due).then(() => {
      idle.push(user);
      underWay.delete(turn);
    });
    underWay.add(turn);
  }
  await Promise.all(underWay);
  return run.end();
}

/** Gaps between arrivals that know nothing of each other, in ms. */
function makeGaps(perSecond: number): () => number {
  let state = 20_261_120;
  return () => {
    // Park and Miller's generator: the same gaps in every run.
    state = (state * 48_271) % 2_147_483_647;
    return (-Math.log(state / 2_147_483_647) * 1_000) / perSecond;
  };
}

function startRun(targets: readonly Target[]) {
  const agent = new Agent({ keepAlive: true });
  const times: { turn: TurnKind; ms: number }[] = [];
  let [sent, failed] = [0, 0];
  let firstFailure: string | undefined;
  const startedAt = performance.now();
  return {
    send: async (user: User, dueAt: number): Promise<void> => {
      const ask = user();
      const target = targets[sent % targets.length];
      sent += 1;
      if (!target) throw new Error('There is no instance to send to');
      const { status, answer } = await sendOne(target, ask, agent);
      times.push({ turn: ask.turn, ms: performance.now() - dueAt });
      if (ask.isGood(status, answer)) return;
      failed += 1;
      firstFailure ??= `${ask.turn}: ${status} ${answer.slice(0, 300)} to ${ask.body.slice(0, 500)}`;
    },
    end: (): Driven => {
      const seconds = (performance.now() - startedAt) / 1_000;
      agent.destroy();
      const turnsPerSecond = times.length / seconds;
      return { turns: times.length, seconds, turnsPerSecond, times, failed, firstFailure };
    },
  };
}

/** Sends one request; what breaks off or takes too long is answered 0. */
function sendOne(
  { origin, cookie }: Target,
  { method, path, body }: Ask,
  agent: Agent,
): Promise<{ readonly status: number; readonly answer: string }> {
  return new Promise((resolve) => {
    const isPage = path.startsWith('/tab/');
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(isPage ? { cookie, origin, 'x-signpost-tab': '1' } : {}),
    };
    const url = new URL(path, origin);
    const sent = request(url, { method, agent, headers, timeout: longestMs }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        answer += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, answer }));
      response.on('error', ({ message }) => resolve({ status: 0, answer: message }));
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer in ${longestMs} ms`)));
    sent.on('error', ({ message }) => resolve({ status: 0, answer: message }));
    sent.end(body);
  });
}
