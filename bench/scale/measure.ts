import type { Connector } from '../connector.js';
import { percentile } from '../load.js';
import { median } from '../measure-turns.js';
import type { Server } from '../processes.js';
import { type Driven, driveClosed, driveOpen, type Target } from './drive.js';
import type { AloneRow, MixedRow, ScaleResult } from './result.js';
import { type MakeUser, type TurnKind, turnKinds } from './users.js';

/**
 * Several instances over one PostgreSQL, beside an echo bot in the same run. All servers run all the time, idle but for
 * those measured; every round takes each measurement in turn, beginning with another one. Over 200 lines: what is measured,
 * and how it becomes a figure, is read together.
 */

export type ScaleWish = {
  readonly echo: Server;
  /** The first 1, 2, 4 … of them are measured together. */
  readonly instances: readonly Server[];
  readonly connector: Connector;
  readonly databaseCpuMs: () => number;
  /** The users of a kind of turn; without a kind, of the mix. */
  readonly usersOf: (kind?: TurnKind) => MakeUser;
  readonly rounds: number;
  readonly seconds: number;
  readonly hush: (words: string) => void;
};

export type Scaled = Pick<ScaleResult, 'alone' | 'guidanceToEcho' | 'mixed'> & {
  readonly firstFailure: string | undefined;
  readonly targets: readonly Target[];
};

export const users = 32;
export const counts = [1, 2, 4] as const;
/** Of the turns of the closed loop. */
const shares = [0.5, 0.8] as const;
/** Long enough for the just-in-time compiler of each process. */
const warmUpSeconds = 5;

/** A measurement, with the CPU time of a turn. */
type Sample = { readonly driven: Driven } & Pick<MixedRow, 'botCpu' | 'databaseCpu' | 'harnessCpu'>;

export async function measureScale(wish: ScaleWish): Promise<Scaled> {
  const echo = { origin: new URL(wish.echo.url).origin, cookie: '' };
  const targets = await Promise.all(wish.instances.map(signIn));
  const measure = makeMeasure(wish, echo, targets);
  wish.hush('warming up …');
  await measure.alone('echo', warmUpSeconds);
  for (const at of targets.keys()) await measure.warm(at);
  const rounds = await measureRounds(wish, measure);
  const [closed, alone] = [new Map<number, Sample[]>(), new Map<AloneRow['turn'], Sample[]>()];
  for (const round of rounds) {
    for (const [count, sample] of round.closed)
      closed.set(count, [...(closed.get(count) ?? []), sample]);
    for (const [turn, sample] of round.alone) alone.set(turn, [...(alone.get(turn) ?? []), sample]);
  }
  const open = await measureOpen(wish, measure, closed);
  const all = [...closed.values(), ...alone.values(), ...open.map(({ sample }) => [sample])].flat();
  const cpu = (turn: AloneRow['turn']) => (alone.get(turn) ?? []).map(({ botCpu }) => botCpu);
  const guidance = cpu('guidance');
  return {
    alone: [...alone].map(([turn, samples]) => ({ turn, ...figuresOf(samples) })),
    guidanceToEcho: median(cpu('echo').map((echo, at) => (echo ?? 0) / (guidance[at] ?? 0))),
    mixed: [
      ...[...closed].map(([count, samples]) => toMixed('closed', count, null, samples)),
      ...open.map(({ count, share, sample }) => toMixed('open', count, share, [sample])),
    ],
    firstFailure: all.map(({ driven }) => driven.firstFailure).find(Boolean),
    targets,
  };
}

type Round = {
  readonly closed: ReadonlyMap<number, Sample>;
  readonly alone: ReadonlyMap<AloneRow['turn'], Sample>;
};

async function measureRounds(
  { rounds, seconds, hush }: ScaleWish,
  measure: Measure,
): Promise<readonly Round[]> {
  const done: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    hush(`round ${round + 1} of ${rounds} …`);
    const [closed, alone] = [new Map<number, Sample>(), new Map<AloneRow['turn'], Sample>()];
    const works = [
      ...(['echo', ...turnKinds] as const).map((turn) => async () => {
        alone.set(turn, await measure.alone(turn, seconds));
      }),
      ...counts.map((count) => async () => {
        closed.set(count, await measure.closed(count, seconds));
      }),
    ];
    for (const at of works.keys()) await works[(at + round) % works.length]?.();
    done.push({ closed, alone });
  }
  return done;
}

/** Twice as long as a round, since these are measured once. */
async function measureOpen(
  { seconds, hush }: ScaleWish,
  measure: Measure,
  closed: ReadonlyMap<number, readonly Sample[]>,
): Promise<readonly { readonly count: number; readonly share: number; readonly sample: Sample }[]> {
  const rows: { count: number; share: number; sample: Sample }[] = [];
  for (const count of counts) {
    const rate = median((closed.get(count) ?? []).map(({ driven }) => driven.turnsPerSecond));
    for (const share of shares) {
      hush(`open loop, ${count} at ${share} …`);
      rows.push({ count, share, sample: await measure.open(count, share * rate, 2 * seconds) });
    }
  }
  return rows;
}

type Measure = ReturnType<typeof makeMeasure>;

function makeMeasure(wish: ScaleWish, echo: Target, targets: readonly Target[]) {
  const { connector, databaseCpuMs, usersOf, instances } = wish;
  const take = async (
    servers: readonly Server[],
    drive: () => Promise<Driven>,
  ): Promise<Sample> => {
    connector.forget();
    const bots = () => servers.reduce((sum, server) => sum + server.cpuMs(), 0);
    const [bot, database, own] = [bots(), databaseCpuMs(), process.cpuUsage()];
    const driven = await drive();
    const { user, system } = process.cpuUsage(own);
    const each = (ms: number) => (Number.isNaN(ms) ? null : ms / driven.turns);
    return {
      driven,
      botCpu: each(bots() - bot),
      databaseCpu: each(databaseCpuMs() - database),
      harnessCpu: each((user + system) / 1_000),
    };
  };
  return {
    alone: (turn: AloneRow['turn'], seconds: number) => {
      const isEcho = turn === 'echo';
      // The echo bot is asked what ours is asked.
      const make = usersOf(isEcho ? 'guidance' : turn);
      const to = isEcho ? [echo] : targets.slice(0, 1);
      const servers = isEcho ? [wish.echo] : instances.slice(0, 1);
      return take(servers, () => driveClosed(to, make, users, seconds));
    },
    warm: (at: number) => driveClosed(targets.slice(at, at + 1), usersOf(), users, warmUpSeconds),
    closed: (count: number, seconds: number) =>
      take(instances.slice(0, count), () =>
        driveClosed(targets.slice(0, count), usersOf(), users, seconds),
      ),
    open: (count: number, rate: number, seconds: number) =>
      take(instances.slice(0, count), () =>
        driveOpen(targets.slice(0, count), usersOf(), rate, seconds),
      ),
  };
}

/** Local mode makes whoever asks first the demo's first supervisor. */
async function signIn({ url }: Server): Promise<Target> {
  const { origin } = new URL(url);
  const answer = await fetch(`${origin}/tab/api/me`);
  await answer.arrayBuffer();
  return { origin, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

function figuresOf(samples: readonly Sample[]): Omit<AloneRow, 'turn'> {
  const cpu = (of: 'botCpu' | 'databaseCpu' | 'harnessCpu') => {
    const known = samples.flatMap((sample) => sample[of] ?? []);
    return known.length === 0 ? null : median(known);
  };
  return {
    turnsPerSecond: median(samples.map(({ driven }) => driven.turnsPerSecond)),
    ...waitsOf(samples),
    ...{ botCpu: cpu('botCpu'), databaseCpu: cpu('databaseCpu'), harnessCpu: cpu('harnessCpu') },
    failed: samples.reduce((sum, { driven }) => sum + driven.failed, 0),
  };
}

function toMixed(
  loop: MixedRow['loop'],
  instances: number,
  share: number | null,
  samples: readonly Sample[],
): MixedRow {
  const byTurn = turnKinds.map((turn) => [turn, waitsOf(samples, turn)]);
  const figures = figuresOf(samples);
  return { loop, instances, share, ...figures, byTurn: Object.fromEntries(byTurn) };
}

/** Medians over the samples of each one's percentiles; of one kind of turn, or of all. */
function waitsOf(
  samples: readonly Sample[],
  kind?: TurnKind,
): Pick<AloneRow, 'p50' | 'p95' | 'p99'> {
  const sorted = samples.map(({ driven }) =>
    driven.times
      .flatMap(({ turn, ms }) => (kind === undefined || turn === kind ? ms : []))
      .sort((a, b) => a - b),
  );
  const of = (share: number) => median(sorted.map((times) => percentile(times, share)));
  return { p50: of(0.5), p95: of(0.95), p99: of(0.99) };
}
