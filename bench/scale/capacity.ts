import { type AloneRow, type ScaleResult, scaleGoals } from './result.js';
import { goalsOf } from './tables.js';

/**
 * What forces need, worked out from a measurement: every number on the page is measured, assumed by name, or computed
 * here from those. Over 200 lines, so that the sum and the words that show it are read side by side.
 */

/** Taken, not measured; each with what it stands for. Change one here and the page changes with the next run. */
const assumptions = {
  forces: [43, 'territorial forces of England and Wales'],
  users: [200_000, 'users of all forces'],
  openScreenings: [5_000, 'screenings open at once, each being answered at that moment'],
  atWork: [0.4, 'share of users at work on a busy day'],
  questions: [2, 'guidance questions of a user at work in a day'],
  peakHour: [0.15, 'share of a day’s questions in its busiest hour'],
  peakMinute: [3, 'times the hour’s mean in its busiest minute'],
  betweenReplies: [30, 'seconds between two replies in one screening'],
  reviewShare: [0.05, 'share of all turns that supervisors make, as in the mix measured'],
  slower: [2, 'times slower than a core of this machine is a core that is rented'],
  unmeasured: [
    1.5,
    'times the measured CPU, for tokens, TLS and telemetry, which the bench leaves out',
  ],
  fullest: [0.5, 'share of a core that is used at the peak, so that a turn seldom waits'],
  spare: [1, 'instances that may be missing at the peak, as during a release or a fault'],
  least: [2, 'instances at least, in two zones'],
  pool: [10, 'connections of an instance to PostgreSQL (DATABASE_POOL)'],
  largest: [0.25, 'share of all users that the largest force has'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

const taken = Object.fromEntries(
  Object.entries(assumptions).map(([name, [value]]) => [name, value]),
) as Readonly<Record<keyof typeof assumptions, number>>;

export type Need = {
  /** Turns a second at the peak. */
  readonly guidance: number;
  readonly screening: number;
  readonly review: number;
  /** Cores of this machine busy at the peak. */
  readonly botCores: number;
  readonly databaseCores: number;
  /** To be rented. */
  readonly instances: number;
  readonly databaseVcpu: number;
  readonly memoryMb: number;
  readonly connections: number;
};

/** What a share of all users needs, 0 to 1. Throws when the measurement has no CPU times or lacks a kind of turn. */
export function needOf(result: ScaleResult, share: number): Need {
  const a = taken;
  const guidance = (share * a.users * a.atWork * a.questions * a.peakHour * a.peakMinute) / 3_600;
  const screening = (share * a.openScreenings) / a.betweenReplies;
  const review = ((guidance + screening) * a.reviewShare) / (1 - a.reviewShare);
  const cores = (of: 'botCpu' | 'databaseCpu') =>
    (guidance * costOf(result, 'guidance', of) +
      screening * costOf(result, 'screening', of) +
      review * costOf(result, 'review', of)) /
    1_000;
  const [botCores, databaseCores] = [cores('botCpu'), cores('databaseCpu')];
  const busy = Math.ceil((botCores * a.slower * a.unmeasured) / a.fullest);
  const instances = Math.max(a.least, busy + a.spare);
  return {
    ...{ guidance, screening, review, botCores, databaseCores, instances },
    databaseVcpu: Math.max(2, Math.ceil((databaseCores * a.slower) / a.fullest)),
    memoryMb: instances * mostMemory(result),
    connections: instances * a.pool,
  };
}

function costOf(
  { alone }: ScaleResult,
  wanted: AloneRow['turn'],
  of: 'botCpu' | 'databaseCpu',
): number {
  const cost = alone.find(({ turn }) => turn === wanted)?.[of];
  if (cost === undefined || cost === null)
    throw new Error(`The measurement does not say what CPU a turn of ${wanted} takes: ${of}`);
  return cost;
}

function mostMemory({ memory }: ScaleResult): number {
  return Math.ceil(Math.max(...memory.map(({ peak }) => peak)));
}

/** The page docs/capacity.md, whole. */
export function capacityPage(result: ScaleResult): string {
  const { machine, measuredAt, rounds, seconds, users } = result;
  const all = needOf(result, 1);
  return `# What 43 forces need

Computed by \`bench/scale/capacity.ts\` from \`bench/results/load.json\`, which \`npm run bench -- load\` writes; a test compares the two, so nothing here is edited by hand. Measured ${measuredAt.slice(0, 16).replace('T', ' ')} UTC on ${machine.cores} × ${machine.cpu}, Node ${machine.node}, load ${say(machine.loadBefore)} before; load, connector and PostgreSQL share those cores with the instances. ${rounds} rounds of ${seconds} s, ${users} users at once; how it is measured stands in \`bench/README.md\`.

## Measured

One instance, one kind of turn, closed loop:

${aloneLines(result)}

Several instances over one PostgreSQL, 70 % guidance, 25 % screening, 5 % review; open loop timed from when a turn was due:

${mixedLines(result)}

${soakLines(result)}

## Goals

${lines(
  ['goal', 'seen', ''],
  goalsOf(result).map(({ goal, seen, isMet }) => [goal, seen, isMet ? 'met' : '**NOT MET**']),
)}

## Assumed

Nobody has measured these; a force that knows better puts its own figure in.

${lines(
  ['name', 'figure', 'stands for'],
  Object.entries(assumptions).map(([name, [value, about]]) => [
    name,
    value.toLocaleString('en-GB'),
    about,
  ]),
)}

## The sum, all forces on one service

${sumOf(result, all)}

## Shared or each their own

${shareLines(result)}

A force with a service of its own is held to the least number of instances, not by its load. A model, where one is used, takes no core of ours: a turn waits for it, and an instance holds what waits.
`;
}

function aloneLines({ alone }: ScaleResult): string {
  return lines(
    ['turn', 'turns/s', 'p50 ms', 'p95', 'p99', 'bot CPU ms', 'PostgreSQL CPU ms'],
    alone.map((row) => [
      row.turn === 'echo' ? 'echo bot (botbuilder)' : row.turn,
      ...[row.turnsPerSecond, row.p50, row.p95, row.p99].map(say),
      ...[row.botCpu, row.turn === 'echo' ? null : row.databaseCpu].map(sayCost),
    ]),
  );
}

function mixedLines({ mixed }: ScaleResult): string {
  return lines(
    ['loop', 'instances', 'turns/s', 'p50 ms', 'p95', 'p99', 'bot CPU ms', 'failed'],
    mixed.map((row) => [
      row.share === null ? 'closed' : `open, ${100 * row.share} % of closed`,
      String(row.instances),
      ...[row.turnsPerSecond, row.p50, row.p95, row.p99].map(say),
      ...[sayCost(row.botCpu), String(row.failed)],
    ]),
  );
}

function soakLines({ soak }: ScaleResult): string {
  if (!soak) return 'The soak was left out of this run.';
  const { minutes, instances, turns, slopes, byMinute } = soak;
  const ends = [byMinute[0], byMinute.at(-1)].map((means) => (means ?? []).map(say).join(', '));
  return `Soak: ${minutes} minutes, ${instances} instances, ${turns} turns. Memory in the first minute ${ends[0]} MB, in the last ${ends[1]} MB; slope after the first fifth ${slopes.map(say).join(', ')} MB an hour.`;
}

function sumOf(result: ScaleResult, need: Need): string {
  const a = taken;
  const cost = (turn: AloneRow['turn'], of: 'botCpu' | 'databaseCpu') =>
    say(costOf(result, turn, of));
  const { guidance, screening, review, botCores, databaseCores, instances } = need;
  const [g, s, r] = [guidance, screening, review].map(say);
  const busy = (botCores * a.slower * a.unmeasured) / a.fullest;
  const costs = (of: 'botCpu' | 'databaseCpu') =>
    `${g} × ${cost('guidance', of)} + ${s} × ${cost('screening', of)} + ${r} × ${cost('review', of)}`;
  const memory = mostMemory(result);
  return [
    `Guidance: ${say(a.users)} users × ${a.atWork} at work × ${a.questions} questions × ${a.peakHour} in the busiest hour ÷ 3,600 s × ${a.peakMinute} = **${g} turns/s**.`,
    `Screening: ${say(a.openScreenings)} open ÷ ${a.betweenReplies} s between replies = **${s} turns/s**.`,
    `Review: (${g} + ${s}) × ${a.reviewShare} ÷ ${1 - a.reviewShare} = **${r} turns/s**.`,
    `CPU of the instances: ${costs('botCpu')} ms a second = **${say(botCores)} cores** of this machine.`,
    `Rented: ${say(botCores)} × ${a.slower} slower × ${a.unmeasured} unmeasured ÷ ${a.fullest} full = ${say(busy)}, so ${Math.ceil(busy)} instances of one core, and ${a.spare} to spare: **${instances} instances**.`,
    `CPU of PostgreSQL: ${costs('databaseCpu')} ms a second = ${say(databaseCores)} cores of this machine; × ${a.slower} slower ÷ ${a.fullest} full, at least 2: **${need.databaseVcpu} vCPU**.`,
    `Memory: ${instances} × ${memory} MB = **${say(need.memoryMb)} MB**; give each ${say(roomFor(memory))} MB.`,
    `Connections: ${instances} × ${a.pool} = **${need.connections}**.`,
  ]
    .map((step, at) => `${at + 1}. ${step}`)
    .join('\n');
}

/** The goal, or a half more than the most that was seen, in whole steps of 128 MB. */
function roomFor(memory: number): number {
  return Math.ceil(Math.max(scaleGoals.memoryMb, 1.5 * memory) / 128) * 128;
}

function shareLines(result: ScaleResult): string {
  const { forces, largest } = taken;
  const rows = [
    ['all forces, one service', 1, 1],
    ['the largest force, its own', largest, 1],
    ['a force of the mean size, its own', 1 / forces, 1],
    [`${forces} services of the mean size`, 1 / forces, forces],
  ] as const;
  const head = ['service', 'turns/s at the peak', 'instances', 'PostgreSQL vCPU', 'connections'];
  return lines(
    head,
    rows.map(([name, share, times]) => {
      const need = needOf(result, share);
      const rate = times * (need.guidance + need.screening + need.review);
      const whole = [need.instances, need.databaseVcpu, need.connections];
      return [name, say(rate), ...whole.map((one) => say(times * one))];
    }),
  );
}

function lines(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Three figures, as 0.87, 20.4 or 200,000. */
function say(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en-GB', { maximumFractionDigits: Math.min(2, digits) });
}

function sayCost(value: number | null): string {
  return value === null ? '–' : say(value);
}
