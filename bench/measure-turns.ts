import type { Connector } from './connector.js';
import { runLoad, type Sample, type Worker } from './load.js';
import type { Server } from './processes.js';
import { askingWorker, idleWorker, screeningWorker, waterfallWorker } from './workers.js';

export type Servers = {
  readonly echo: Server;
  readonly waterfall: Server;
  readonly embedded: Server;
  readonly postgres: Server | undefined;
};

/** What a row is about; the names stand in the table. */
export type Subject = {
  readonly turn: 'echo' | 'waterfall' | 'guidance' | 'screening' | 'harness';
  readonly on: string;
  /** Undefined: not measured, since there is no PostgreSQL. */
  readonly server: Pick<Server, 'url' | 'cpuMs'> | undefined;
  readonly worker: (connector: Connector, name: string) => Worker;
};

/** Medians over rounds; ratios are taken within each round first, so that drift falls out of them. */
export type TurnRow = Omit<Subject, 'worker' | 'server'> & { readonly concurrency: number } & (
    | { readonly kind: 'missing' }
    | {
        readonly kind: 'measured';
        readonly sample: Sample;
        /** To the peers' own p50 and p99 in the same round; NaN where the peer was not measured. */
        readonly toEcho: Ratios;
        readonly toWaterfall: Ratios;
      }
  );

export type Ratios = { readonly p50: number; readonly p99: number };

export type Wish = {
  readonly servers: Servers;
  readonly connector: Connector;
  readonly rounds: number;
  readonly seconds: number;
  readonly only: string | undefined;
  readonly hush: (words: string) => void;
};

const concurrencies = [1, 16, 64];
/** Long enough for the just-in-time compiler; the first seconds of a process are two to three times as slow. */
const warmUpSeconds = 4;

/** Every subject once a round, at each concurrency, beginning with another one each time. */
export async function measureTurns(wish: Wish): Promise<readonly TurnRow[]> {
  const subjects = listSubjects(wish);
  for (const subject of subjects)
    await sampleOf(wish, subject, 16, Math.max(warmUpSeconds, wish.seconds), 'warm');
  const samples = new Map<string, Sample[]>();
  for (let round = 0; round < wish.rounds; round += 1) {
    wish.hush(`round ${round + 1} of ${wish.rounds} …`);
    for (const concurrency of concurrencies) {
      const order = subjects.map(
        (_, at) => subjects[(at + round) % subjects.length] ?? subjects[0],
      );
      for (const subject of order) {
        if (!subject) continue;
        const sample = await sampleOf(
          wish,
          subject,
          concurrency,
          wish.seconds,
          `r${round}c${concurrency}`,
        );
        if (sample)
          samples.set(keyOf(subject, concurrency), [
            ...(samples.get(keyOf(subject, concurrency)) ?? []),
            sample,
          ]);
      }
    }
  }
  return concurrencies.flatMap((concurrency) =>
    subjects.map((subject) => toRow(subject, concurrency, samples)),
  );
}

function listSubjects({ servers, connector, only }: Wish): readonly Subject[] {
  const { echo, waterfall, embedded, postgres } = servers;
  const idle = {
    url: `${connector.serviceUrl}v3/conversations/idle/activities`,
    cpuMs: () => Number.NaN,
  };
  const all: readonly Subject[] = [
    { turn: 'harness', on: 'no bot', server: idle, worker: idleWorker },
    { turn: 'echo', on: 'botbuilder', server: echo, worker: askingWorker },
    { turn: 'waterfall', on: 'dialogs', server: waterfall, worker: waterfallWorker },
    { turn: 'guidance', on: 'embedded', server: embedded, worker: askingWorker },
    { turn: 'guidance', on: 'PostgreSQL', server: postgres, worker: askingWorker },
    { turn: 'screening', on: 'embedded', server: embedded, worker: screeningWorker },
    { turn: 'screening', on: 'PostgreSQL', server: postgres, worker: screeningWorker },
  ];
  const peers = only === 'screening' ? ['echo', 'waterfall'] : ['echo'];
  return all.filter(({ turn }) => !only || ['harness', ...peers, only].includes(turn));
}

async function sampleOf(
  { connector }: Wish,
  { turn, on, server, worker }: Subject,
  concurrency: number,
  seconds: number,
  when: string,
): Promise<Sample | undefined> {
  if (!server) return undefined;
  connector.forget();
  const names = Array.from({ length: concurrency }, (_, at) => `${turn}-${on}-${when}-${at}`);
  const workers = names.map((name) => worker(connector, name));
  return runLoad(server.url, workers, seconds, server.cpuMs);
}

const keyOf = ({ turn, on }: Subject, concurrency: number) => `${turn} ${on} ${concurrency}`;

function toRow(
  subject: Subject,
  concurrency: number,
  samples: ReadonlyMap<string, readonly Sample[]>,
): TurnRow {
  const { turn, on } = subject;
  const own = samples.get(keyOf(subject, concurrency)) ?? [];
  if (own.length === 0) return { turn, on, concurrency, kind: 'missing' };
  const ratiosTo = (peer: string): Ratios => {
    const theirs = samples.get(`${peer} ${concurrency}`) ?? [];
    const ratio = (of: keyof Ratios) =>
      median(own.map((sample, at) => sample[of] / (theirs[at]?.[of] ?? Number.NaN)));
    return { p50: ratio('p50'), p99: ratio('p99') };
  };
  const names = ['turnsPerSecond', 'p50', 'p95', 'p99', 'botCpu', 'ownCpu'] as const;
  const medians = names.map((name) => [name, median(own.map((sample) => sample[name]))]);
  const sample = Object.fromEntries(medians) as Sample;
  return {
    turn,
    on,
    concurrency,
    kind: 'measured',
    sample,
    toEcho: ratiosTo('echo botbuilder'),
    toWaterfall: ratiosTo('waterfall dialogs'),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (
    ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
  );
}

export type MemoryRow = {
  readonly on: keyof Servers;
  readonly rss: number | undefined;
  readonly peak: number | undefined;
};

export function measureMemory(servers: Servers): readonly MemoryRow[] {
  return (['echo', 'waterfall', 'embedded', 'postgres'] as const).map((on) => {
    const memory = servers[on]?.memory();
    return { on, rss: memory?.rss, peak: memory?.peak };
  });
}
