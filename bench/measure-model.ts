import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { phrases } from '../src/core/phrases.js';
import { activity } from './activity.js';
import type { Connector } from './connector.js';
import { percentile, post } from './load.js';
import type { Server } from './processes.js';
import { questions } from './questions.js';

/**
 * What a turn costs when a model answers in a set time: everything of ours is the turn without that time. 64 users ask
 * each their next question when the last is answered; of a server without a model, a second after that, so that all
 * bear the same load.
 */

/** How long the double takes for each call. */
export const modelMs = 1_000;
const atOnce = 64;
/** A message that is not there so long after its request was answered is none. */
const longestMs = 15_000;

export type ModelRow = {
  readonly on: string;
  readonly isWithModel: boolean;
  readonly turns: number;
  /** Of the turn without the model's time, ms. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
};

type Subject = {
  readonly on: string;
  readonly server: Server;
  /** The model's share of each turn, ms. */
  readonly takes: number;
};

type Wish = {
  readonly connector: Connector;
  readonly echo: Server;
  readonly words: Server;
  readonly model: Server;
  readonly seconds: number;
};

/** Measures the three; throws when a turn of the model's server shows no answer that the model chose. */
export async function measureModel(wish: Wish): Promise<readonly ModelRow[]> {
  const { connector, echo, words, model, seconds } = wish;
  const subjects: readonly Subject[] = [
    { on: 'echo, no model', server: echo, takes: 0 },
    { on: 'words, no model', server: words, takes: 0 },
    { on: 'the double', server: model, takes: modelMs },
  ];
  const asked = await chosenByModel(connector, model);
  const rows: ModelRow[] = [];
  for (const { on, server, takes } of subjects) {
    const pauseMs = modelMs - takes;
    await askAll({ connector, server, name: `warm ${on}`, asking: asked, seconds: 4, pauseMs });
    connector.forget();
    const turns = await askAll({ connector, server, name: on, asking: asked, seconds, pauseMs });
    const other = turns.find(({ isByModel }) => isByModel !== takes > 0);
    if (other) throw new Error(`Not chosen by whom it should be, to ${other.text}: ${other.said}`);
    rows.push(
      toRow(
        on,
        takes > 0,
        turns.map(({ ms }) => ms - takes),
      ),
    );
  }
  return rows;
}

/** Questions that the model is asked about exactly once: not those that rules decide, nor those it also rewords. */
async function chosenByModel(connector: Connector, server: Server): Promise<readonly string[]> {
  const asking = { connector, server, asking: questions, seconds: 4, pauseMs: 0 };
  // The first call loads what the calls need, which takes seconds: alone, so that nobody waits for it longer.
  const agent = new Agent();
  await askOne({ ...asking, name: 'cold' }, agent, 0, 0);
  agent.destroy();
  const turns = await askAll({ ...asking, name: 'first' });
  const isOnce = (text: string) => {
    const own = turns.filter((turn) => turn.text === text);
    const least = Math.min(...own.map(({ ms }) => ms));
    return own.length > 0 && own.every(({ isByModel }) => isByModel) && least < 2 * modelMs;
  };
  const once = questions.filter(isOnce);
  if (once.length < 5)
    throw new Error(`The model chose hardly any answer: ${JSON.stringify(turns.slice(0, 5))}`);
  return once;
}

type Asked = {
  readonly text: string;
  readonly ms: number;
  readonly isByModel: boolean;
  readonly said: string;
};

type Asking = {
  readonly connector: Connector;
  readonly server: Server;
  readonly name: string;
  readonly asking: readonly string[];
  readonly seconds: number;
  /** Before each question. */
  readonly pauseMs: number;
};

/** All users ask for so many seconds, each question in a new chat, beginning a little apart. */
async function askAll(wish: Asking): Promise<readonly Asked[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const end = performance.now() + wish.seconds * 1_000;
  const work = async (_: unknown, user: number) => {
    const turns: Asked[] = [];
    await pause((user * modelMs) / atOnce);
    while (performance.now() < end) {
      await pause(wish.pauseMs);
      turns.push(await askOne(wish, agent, user, turns.length));
    }
    return turns;
  };
  const done = await Promise.all(Array.from({ length: atOnce }, work));
  agent.destroy();
  return done.flat();
}

async function askOne(
  { connector, server, name, asking }: Asking,
  agent: Agent,
  user: number,
  turn: number,
): Promise<Asked> {
  const chat = `a:${name}-${user}-${turn}`.replaceAll(/[ ,]+/g, '-');
  const text = asking[(user + turn * 7) % asking.length] ?? '';
  const body = activity(connector, chat, { type: 'message', text });
  const sentAt = performance.now();
  const { status, answer } = await post(server.url, body, agent);
  const said = status === 200 ? await messageIn(connector, chat) : undefined;
  const ms = performance.now() - sentAt;
  if (said === undefined)
    throw new Error(`A turn went wrong: ${status} ${answer.slice(0, 200)} to ${text}`);
  return { text, ms, isByModel: said.includes(phrases.chosenByModel), said: said.slice(0, 300) };
}

/** A request is answered after 5 s at the latest, and what its turn has to say may come later: how late, is measured. */
async function messageIn(connector: Connector, chat: string): Promise<string | undefined> {
  const end = performance.now() + longestMs;
  for (;;) {
    const said = connector.last(chat)?.body;
    if (said !== undefined || performance.now() > end) return said;
    await pause(5);
  }
}

function toRow(on: string, isWithModel: boolean, times: readonly number[]): ModelRow {
  const sorted = times.toSorted((a, b) => a - b);
  const of = (share: number) => percentile(sorted, share);
  return { on, isWithModel, turns: times.length, p50: of(0.5), p95: of(0.95), p99: of(0.99) };
}
