import { met, table } from '../tables.js';
import { attainable, closedOf, type MixedRow, type ScaleResult, scaleGoals } from './result.js';

/** The scale bench in words: tables, and each goal as met or NOT MET. */

const ms = (value: number) => value.toFixed(1);
const cpu = (value: number | null) => (value === null ? 'not known' : value.toFixed(2));
const cpuHead = ['bot CPU ms', 'database CPU', 'harness CPU', 'failed'];

function figures({ turnsPerSecond, p50, p95, p99, ...row }: Omit<MixedRow, 'byTurn' | 'loop'>) {
  const costs = [row.botCpu, row.databaseCpu, row.harnessCpu].map(cpu);
  return [turnsPerSecond.toFixed(0), ...[p50, p95, p99].map(ms), ...costs, String(row.failed)];
}

/** One kind of turn at a time, of one instance. */
export function aloneTable({ alone }: ScaleResult): string {
  const rows = alone.map((row) => [row.turn, ...figures({ ...row, instances: 1, share: null })]);
  return table([['turn', 'turns/s', 'p50 ms', 'p95', 'p99', ...cpuHead], ...rows]);
}

/** The mix, by how many instances and how it was sent. */
export function mixedTable({ mixed }: ScaleResult): string {
  const rows = mixed.map((row) => [
    row.share === null ? row.loop : `open at ${100 * row.share} %`,
    String(row.instances),
    ...figures(row),
    ...(['guidance', 'screening', 'review'] as const).map((turn) => ms(row.byTurn[turn].p95)),
  ]);
  const kinds = ['guidance p95', 'screening p95', 'review p95'];
  return table([
    ['loop', 'instances', 'turns/s', 'p50 ms', 'p95', 'p99', ...cpuHead, ...kinds],
    ...rows,
  ]);
}

export function soakTable({ soak }: ScaleResult): string {
  if (!soak) return 'Left out.';
  const head = ['minute', ...soak.slopes.map((_, at) => `instance ${at + 1}, MB`)];
  const rows = soak.byMinute.map((means, at) => [String(at + 1), ...means.map(ms)]);
  const slopes = ['slope, MB an hour', ...soak.slopes.map(ms)];
  return table([head, ...rows, slopes]);
}

export type Goal = { readonly goal: string; readonly seen: string; readonly isMet: boolean };

/** Each goal of the issue, with what was seen; one that was not measured is left out. */
export function goalsOf(result: ScaleResult): readonly Goal[] {
  return [
    ...toEcho(result),
    ...linear(result),
    ...memory(result),
    ...growth(result),
    ...failures(result),
  ];
}

export function goalTable(result: ScaleResult): string {
  const rows = goalsOf(result).map(({ goal, seen, isMet }) => [goal, seen, met(isMet)]);
  return table([['goal', 'seen', ''], ...rows]);
}

function toEcho({ guidanceToEcho: ratio }: ScaleResult): readonly Goal[] {
  const { toEcho: wanted } = scaleGoals;
  const goal = `guidance turns per core ≥ ${wanted} × echo bot`;
  return [{ goal, seen: `${ratio.toFixed(2)} ×`, isMet: ratio >= wanted }];
}

function linear(result: ScaleResult): readonly Goal[] {
  const { linear: wanted } = scaleGoals;
  return [2, 4].flatMap((count): readonly Goal[] => {
    const [row, one, most] = [
      closedOf(result, count),
      closedOf(result, 1),
      attainable(result, count),
    ];
    if (!row || !one || most === undefined) return [];
    const share = row.turnsPerSecond / most;
    const times = (row.turnsPerSecond / one.turnsPerSecond).toFixed(2);
    const seen = `${share.toFixed(2)} × ${most.toFixed(0)} turns/s (${times} × one)`;
    const goal = `${count} instances ≥ ${wanted} × what ${count} times one or the cores allow`;
    return [{ goal, seen, isMet: share >= wanted }];
  });
}

function memory({ memory: instances, passages }: ScaleResult): readonly Goal[] {
  const { memoryMb } = scaleGoals;
  const most = Math.max(...instances.map(({ peak }) => peak));
  if (!Number.isFinite(most) || most === 0) return [];
  const goal = `memory of an instance < ${memoryMb} MB with ${passages} passages`;
  return [{ goal, seen: `${most.toFixed(0)} MB at most`, isMet: most < memoryMb }];
}

function growth({ soak }: ScaleResult): readonly Goal[] {
  if (!soak) return [];
  const grown = soak.slopes.map((slope, at) => {
    const mean = soak.byMinute.reduce((sum, means) => sum + (means[at] ?? 0), 0);
    return (slope * soak.minutes) / 60 / (mean / soak.byMinute.length);
  });
  const most = Math.max(...grown);
  const goal = `no growth over ${soak.minutes} minutes (< ${100 * scaleGoals.growth} % of memory)`;
  return [{ goal, seen: `${(100 * most).toFixed(1)} %`, isMet: most < scaleGoals.growth }];
}

function failures({ alone, mixed, soak }: ScaleResult): readonly Goal[] {
  const failed = [...alone, ...mixed, ...(soak ? [soak] : [])].reduce(
    (n, row) => n + row.failed,
    0,
  );
  return [{ goal: 'no failed turn', seen: `${failed}`, isMet: failed === 0 }];
}
