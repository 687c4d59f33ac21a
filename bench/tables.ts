import type { StartRow } from './measure-start.js';
import type { MemoryRow, TurnRow } from './measure-turns.js';

/** The goals (issues 2 and 3). A measurement that misses one says so; it fails nothing. */
const goals = {
  guidanceP50: 1.5,
  screening: { on: 'PostgreSQL', p50: 2, p99: 3 },
  startMs: { new: 3_000, existing: 1_500 },
  memoryMb: { embedded: 450, postgres: 200, echo: undefined },
} as const;

export function turnsTable(rows: readonly TurnRow[]): string {
  const head = [
    'turn',
    'on',
    'at once',
    'turns/s',
    'p50 ms',
    'p95',
    'p99',
    '× echo p50',
    '× echo p99',
  ];
  const cells = rows.map((row) => {
    const names = [row.turn, row.on, String(row.concurrency)];
    if (row.kind === 'missing') return [...names, 'not measured: no PostgreSQL'];
    const { turnsPerSecond, p50, p95, p99, botCpu, ownCpu } = row.sample;
    const isOurs = row.turn === 'guidance' || row.turn === 'screening';
    const ratios = isOurs ? [row.p50Ratio.toFixed(2), row.p99Ratio.toFixed(2)] : ['', ''];
    const cpu = [Number.isNaN(botCpu) ? '–' : botCpu.toFixed(2), ownCpu.toFixed(2)];
    return [
      ...names,
      turnsPerSecond.toFixed(0),
      ...[p50, p95, p99].map((ms) => ms.toFixed(1)),
      ...ratios,
      ...cpu,
      goalOf(row),
    ];
  });
  return table([[...head, 'bot CPU ms', 'harness CPU ms', 'goal'], ...cells]);
}

function goalOf(row: TurnRow & { readonly kind: 'measured' }): string {
  if (row.turn === 'guidance')
    return `p50 ≤ ${goals.guidanceP50}×: ${met(row.p50Ratio <= goals.guidanceP50)}`;
  const { on, p50, p99 } = goals.screening;
  if (row.turn !== 'screening' || row.on !== on) return '';
  return `p50 ≤ ${p50}×, p99 ≤ ${p99}×: ${met(row.p50Ratio <= p50 && row.p99Ratio <= p99)}`;
}

export function startTable(rows: readonly StartRow[]): string {
  const cells = rows.map(({ store, npm, node, cpu }) => {
    const goal = goals.startMs[store];
    return [
      store,
      npm.toFixed(0),
      node.toFixed(0),
      cpu.toFixed(0),
      `< ${goal} ms: ${met(npm < goal)}`,
    ];
  });
  return table([
    ['embedded store', 'npm start, ms', 'of which the server', 'its CPU, ms', 'goal'],
    ...cells,
  ]);
}

export function memoryTable(rows: readonly MemoryRow[]): string {
  const cells = rows.map(({ on, rss, peak }) => {
    if (rss === undefined || peak === undefined) return [on, 'not measured: no PostgreSQL'];
    if (Number.isNaN(rss)) return [on, 'not measured: no /proc'];
    const goal = goals.memoryMb[on];
    return [
      on,
      rss.toFixed(0),
      peak.toFixed(0),
      goal ? `≤ ${goal} MB resident: ${met(rss <= goal)}` : '',
    ];
  });
  return table([['process', 'VmRSS', 'VmHWM', 'goal'], ...cells]);
}

const met = (is: boolean) => (is ? 'met' : 'NOT MET');

/** Columns as wide as their widest cell; all but texts to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const most = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: most }, (_, at) =>
    Math.max(...rows.map((row) => (row.length <= at ? 0 : (row[at] ?? '').length))),
  );
  const isNumber = (cell: string) => /^[\d.]+$/.test(cell);
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) =>
        isNumber(cell) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}
