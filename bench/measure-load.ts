import { Agent } from 'node:http';
import { newId } from './activity.js';
import { type Acknowledged, type Check, checkReplies, sumChecks } from './check-replies.js';
import type { Connector } from './connector.js';
import { type Sent, type SentReply, startWalk, type Walk } from './first-contact.js';
import { percentile, post } from './load.js';
import type { Server } from './processes.js';
import type { StoredReplies } from './stored-replies.js';

/**
 * Many screenings open at once: each user goes round those of their own, in one chat, giving each a reply by a
 * press and the next by typing. One that ends is replaced by a new one. Some replies are delivered twice.
 */
export type LoadWish = {
  /** The store; stands in the table. */
  readonly on: string;
  readonly server: Server;
  readonly connector: Connector;
  readonly screenings: number;
  readonly users: number;
  readonly seconds: number;
  /** Reads the replies of these screenings out of the store, whether the server has to end for it or not. */
  readonly readBack: (screenings: readonly string[]) => Promise<StoredReplies>;
};

export type LoadResult = Omit<LoadWish, 'server' | 'connector' | 'readBack'> & {
  readonly begun: number;
  readonly twice: number;
  readonly turnsPerSecond: number;
  /** ms of a reply's whole HTTP turn. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  /** Turns without the next card, and what the first of them was answered; their screenings are given up. */
  readonly failed: number;
  readonly firstFailure: string | undefined;
  readonly check: Check;
  readonly memory: Memory;
};

/** MB resident: means over the first and the last quarter of the samples. */
export type Memory = { readonly first: number; readonly last: number; readonly most: number };

/** Each of these replies comes twice at once: far more often than Teams delivers again. */
const twiceEvery = 10;
const sampleEveryMs = 5_000;

type Opened = { readonly walk: Walk; readonly acknowledged: Acknowledged[] };
type Tally = {
  readonly agent: Agent;
  readonly opened: Opened[];
  readonly times: number[];
  readonly failures: string[];
  replies: number;
  twice: number;
};

/** Runs the load, then compares every reply that was acknowledged with the store. */
export async function measureLoad(wish: LoadWish): Promise<LoadResult> {
  const { on, server, connector, screenings, users, seconds, readBack } = wish;
  connector.forget();
  const agent = new Agent({ keepAlive: true, maxSockets: 2 * users });
  const tally: Tally = { agent, opened: [], times: [], failures: [], replies: 0, twice: 0 };
  const numbers = Array.from({ length: users }, (_, user) => user);
  const own = await Promise.all(
    numbers.map((user) => openAll(wish, tally, user, Math.ceil((screenings - user) / users))),
  );
  const samples = [server.memory().rss];
  const sampling = setInterval(() => samples.push(server.memory().rss), sampleEveryMs);
  const startedAt = performance.now();
  const end = startedAt + seconds * 1_000;
  await Promise.all(own.map((open, user) => goRound(wish, tally, user, open, end)));
  const elapsed = performance.now() - startedAt;
  clearInterval(sampling);
  agent.destroy();
  const stored = await readBack(tally.opened.map(({ walk }) => walk.screening()));
  const checks = tally.opened.map(({ walk, acknowledged }) =>
    checkReplies(acknowledged, stored.get(walk.screening()) ?? []),
  );
  const times = tally.times.sort((a, b) => a - b);
  return {
    ...{ on, screenings, users, seconds, begun: tally.opened.length, twice: tally.twice },
    ...{ failed: tally.failures.length, firstFailure: tally.failures[0] },
    turnsPerSecond: (tally.replies / elapsed) * 1_000,
    ...{ p50: percentile(times, 0.5), p99: percentile(times, 0.99), longest: times.at(-1) ?? 0 },
    check: sumChecks(checks),
    memory: memoryOf(samples),
  };
}

async function openAll(
  wish: LoadWish,
  tally: Tally,
  user: number,
  count: number,
): Promise<readonly Opened[]> {
  const opened: Opened[] = [];
  while (opened.length < count) opened.push(await openOne(wish, tally, user));
  return opened;
}

/** Throws when it cannot be started: without it there is nothing to check. */
async function openOne(wish: LoadWish, tally: Tally, user: number): Promise<Opened> {
  const walk = startWalk(wish.connector, `a:load-${wish.on}-${user}`);
  const start = walk.start();
  const answered = await post(wish.server.url, start.body, tally.agent);
  if (!start.isGood(answered.status, answered.answer))
    throw new Error(`A screening could not be started: ${failureOf(start, answered)}`);
  const opened = { walk, acknowledged: [] };
  tally.opened.push(opened);
  return opened;
}

async function goRound(
  wish: LoadWish,
  tally: Tally,
  user: number,
  open: readonly Opened[],
  end: number,
): Promise<void> {
  const own = [...open];
  for (let turn = 0; performance.now() < end; turn += 1) {
    const at = turn % own.length;
    const found = own[at];
    if (!found) return;
    const isWell =
      (await giveReply(wish, tally, found, 'pressed')) &&
      (await giveReply(wish, tally, found, 'typed'));
    if (!isWell || found.walk.isOver()) own[at] = await openOne(wish, tally, user);
  }
}

async function giveReply(
  wish: LoadWish,
  tally: Tally,
  { walk, acknowledged }: Opened,
  how: 'pressed' | 'typed',
): Promise<boolean> {
  const reply = walk.reply(how);
  tally.replies += 1;
  const isTwice = tally.replies % twiceEvery === 0;
  // Alternately under the same id and a new one. A typed "no" under a new id is a second "no", and rightly so.
  const isNewId = how === 'pressed' && tally.replies % (2 * twiceEvery) === 0;
  const bodies = isTwice ? [reply, repeatOf(reply, isNewId)] : [reply];
  const sentAt = performance.now();
  const answers = await Promise.all(
    bodies.map(({ body }) => post(wish.server.url, body, tally.agent)),
  );
  // Of two, one is answered at once and says nothing, so only turns delivered once are timed.
  if (isTwice) tally.twice += 1;
  else tally.times.push(performance.now() - sentAt);
  const isGood = answers.some(({ status, answer }) => reply.isGood(status, answer));
  const activityIds = [...new Set(bodies.map(({ activityId }) => activityId))];
  const { question, words } = reply;
  if (isGood) acknowledged.push({ question, words, activityIds });
  else tally.failures.push(failureOf(reply, answers[0]));
  return isGood;
}

function repeatOf(reply: SentReply, isUnderNewId: boolean): SentReply {
  if (!isUnderNewId) return reply;
  const activityId = newId();
  return { ...reply, activityId, body: reply.body.replace(reply.activityId, activityId) };
}

function failureOf(
  { body }: Sent,
  answered: { readonly status: number; readonly answer: string } | undefined,
): string {
  return `${answered?.status} ${answered?.answer.slice(0, 300)} to ${body.slice(0, 700)}`;
}

function memoryOf(samples: readonly number[]): Memory {
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const mean = (of: readonly number[]) => of.reduce((sum, mb) => sum + mb, 0) / of.length;
  return {
    first: mean(samples.slice(0, quarter)),
    last: mean(samples.slice(-quarter)),
    most: Math.max(...samples),
  };
}
