import { z } from 'zod';

/** What `npm run bench -- load` writes to bench/results/load.json and docs/capacity.md is computed from. */

const positive = z.number().positive();
/** CPU time per turn, ms; null where the kernel or a given database does not tell. */
const perTurn = z.number().nonnegative().nullable();

/** A whole HTTP turn, ms; in an open loop from when it was due; 0 where there was none. */
const wait = z.number().nonnegative();
const waits = { p50: wait, p95: wait, p99: wait };

const measured = {
  turnsPerSecond: positive,
  ...waits,
  botCpu: perTurn,
  databaseCpu: perTurn,
  /** Of the load and the connector, in one process. */
  harnessCpu: perTurn,
  failed: z.int().nonnegative(),
};

export const scaleResultSchema = z.strictObject({
  measuredAt: z.iso.datetime(),
  machine: z.strictObject({
    node: z.string(),
    cpu: z.string(),
    cores: z.int().positive(),
    loadBefore: z.number(),
  }),
  rounds: z.int().positive(),
  seconds: positive,
  users: z.int().positive(),
  passages: z.int().positive(),
  /** One kind of turn, one instance, closed loop; medians over the rounds. */
  alone: z.array(
    z.strictObject({ turn: z.enum(['echo', 'guidance', 'screening', 'review']), ...measured }),
  ),
  /** Rate per core to the echo bot's in the same round, median over the rounds. */
  guidanceToEcho: positive,
  /** The mix. Closed: medians over the rounds. Open: once, at that share of the closed loop's turns. */
  mixed: z.array(
    z.strictObject({
      loop: z.enum(['closed', 'open']),
      instances: z.int().positive(),
      share: positive.nullable(),
      ...measured,
      byTurn: z.record(z.enum(['guidance', 'screening', 'review']), z.strictObject(waits)),
    }),
  ),
  /** MB resident after all that, by instance: now, and the most since its start. */
  memory: z.array(z.strictObject({ rss: z.number(), peak: z.number() })),
  /** Null: left out. */
  soak: z
    .strictObject({
      minutes: positive,
      instances: z.int().positive(),
      turns: z.int().positive(),
      failed: z.int().nonnegative(),
      ...waits,
      /** MB resident, by instance: a mean for each minute. */
      byMinute: z.array(z.array(z.number()).readonly()).readonly(),
      /** MB an hour, by instance: least squares over the samples after the first fifth. */
      slopes: z.array(z.number()).readonly(),
    })
    .nullable(),
  firstFailure: z.string().nullable(),
});
export type ScaleResult = z.infer<typeof scaleResultSchema>;
export type MixedRow = ScaleResult['mixed'][number];
export type AloneRow = ScaleResult['alone'][number];

/** What counts as reached (issue 7). */
export const scaleGoals = {
  /** Guidance turns per core to those of the echo bot. */
  toEcho: 0.7,
  /** Turns of several instances to as many times one's, or to what the cores hold, whichever is less. */
  linear: 0.8,
  memoryMb: 300,
  /** How much of its memory an instance may seem to grow by over a whole soak: the unrest of the collector. */
  growth: 0.05,
} as const;

/** Turns a second that so many instances could serve at best: as many times one's, or as many as the cores hold. */
export function attainable(result: ScaleResult, instances: number): number | undefined {
  const one = closedOf(result, 1);
  if (!one || one.botCpu === null) return undefined;
  const all = one.botCpu + (one.databaseCpu ?? 0) + (one.harnessCpu ?? 0);
  return Math.min(instances * one.turnsPerSecond, (result.machine.cores * 1_000) / all);
}

/** The row of the closed loop for so many instances. */
export function closedOf({ mixed }: ScaleResult, instances: number): MixedRow | undefined {
  return mixed.find((row) => row.loop === 'closed' && row.instances === instances);
}

/** Least squares: how much y rises for each x; 0 of fewer than two points. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x0, y0] = [mean(0), mean(1)];
  const over = points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0);
  const under = points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0);
  return under === 0 ? 0 : over / under;
}
