import { Agent, request } from 'node:http';

/** One request and how to tell that its turn did what it should. */
export type Turn = {
  readonly body: string;
  /** False: part of getting ready, not measured (a screening being started). */
  readonly isTimed: boolean;
  readonly isGood: (status: number, answer: string) => boolean;
};

/** Gives the next turn of one worker, once the one before has been answered. */
export type Worker = () => Turn;

export type Sample = {
  readonly turnsPerSecond: number;
  /** Of the whole HTTP turn, ms. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** CPU time per turn, ms: of the bot, and of this process (load and connector). */
  readonly botCpu: number;
  readonly ownCpu: number;
};

/** Closed loop: each worker sends its next turn when the last is answered. Throws on the first bad turn. */
export async function runLoad(
  url: string,
  workers: readonly Worker[],
  seconds: number,
  botCpuMs: () => number,
): Promise<Sample> {
  const agent = new Agent({ keepAlive: true, maxSockets: workers.length });
  const times: number[] = [];
  let turns = 0;
  const [botBefore, ownBefore, startedAt] = [botCpuMs(), process.cpuUsage(), performance.now()];
  const end = startedAt + seconds * 1_000;
  const work = async (next: Worker) => {
    while (performance.now() < end) {
      const turn = next();
      const sentAt = performance.now();
      const { status, answer } = await post(url, turn.body, agent);
      if (turn.isTimed) times.push(performance.now() - sentAt);
      turns += 1;
      if (!turn.isGood(status, answer)) throw badTurn(turn, status, answer);
    }
  };
  await Promise.all(workers.map(work));
  const elapsed = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(ownBefore);
  const botCpu = (botCpuMs() - botBefore) / turns;
  agent.destroy();
  times.sort((a, b) => a - b);
  return {
    turnsPerSecond: (turns / elapsed) * 1_000,
    ...{ p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99) },
    ...{ botCpu, ownCpu: (user + system) / 1_000 / turns },
  };
}

/** Of values in ascending order; `share` 0.99 is the 99th percentile. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function badTurn(turn: Turn, status: number, answer: string): Error {
  return new Error(
    `A turn went wrong: ${status} ${answer.slice(0, 200)} to ${turn.body.slice(0, 700)}`,
  );
}

/** Sends one body and waits for the whole answer. */
export function post(
  url: string,
  body: string,
  agent: Agent,
): Promise<{ status: number; answer: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        answer += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, answer }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
