import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { caseIdSchema, screeningIdSchema } from '../src/core/ids.js';
import { replay } from '../src/core/replay.js';
import type { Screening, ScreeningEvent } from '../src/core/screening.js';
import { type Script, scriptSchema } from '../src/core/script.js';
import { step } from '../src/core/step.js';
import { percentile } from './load.js';
import { longScript } from './long-script.js';
import { by, firstOf, valuesOf, walkThrough } from './walk-script.js';

/** ms, over the runs; `step` takes the last reply again, the replay before it included. */
export type ReplayRow = {
  readonly script: string;
  readonly questions: number;
  readonly replies: number;
  readonly replay: Percentiles;
  readonly step: Percentiles;
};
export type Percentiles = { readonly p50: number; readonly p99: number };

const runs = 200;
/** As many again unmeasured, for the just-in-time compiler. */
const warmUpRuns = 200;

/** The long script of 300 replies first, then every script of the folder, walked to its end. */
export function measureReplay(scriptsFolder: string): readonly ReplayRow[] {
  const long = longScript(300);
  const rows = [
    measureOne(
      long,
      walkThrough(long, (question) => [firstOf(question)]),
    ),
  ];
  for (const file of readdirSync(scriptsFolder).sort()) {
    if (!file.endsWith('.yaml')) continue;
    const script = scriptSchema.parse(parse(readFileSync(path.join(scriptsFolder, file), 'utf8')));
    rows.push(measureOne(script, walkThrough(script, valuesOf)));
  }
  return rows;
}

function measureOne(script: Script, events: readonly ScreeningEvent[]): ReplayRow {
  const last = events.at(-1);
  if (last?.act.kind !== 'reply') throw new Error(`${script.name} asks nothing`);
  const { by, client, activityId, at } = last;
  const { question, value } = last.act;
  const screening = { ...aScreening, script: script.name, events: events.slice(0, -1) };
  const act = { kind: 'reply', question, parsed: { kind: 'value', value } } as const;
  const move = { by, client, activityId, seen: events.length - 1, act };
  const taken = step(script, screening, move, at);
  if (taken.kind !== 'saved') throw new Error(`${script.name}: the last reply was ${taken.kind}`);
  return {
    script: `${script.name} ${script.version}`,
    questions: script.questions.length,
    replies: events.length,
    replay: timesOf(() => replay(script, events)),
    step: timesOf(() => step(script, screening, move, at)),
  };
}

function timesOf(run: () => unknown): Percentiles {
  for (let count = 0; count < warmUpRuns; count += 1) run();
  const times = Array.from({ length: runs }, () => {
    const startedAt = performance.now();
    run();
    return performance.now() - startedAt;
  }).sort((a, b) => a - b);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

const aScreening: Omit<Screening, 'script' | 'events'> = {
  id: screeningIdSchema.parse('00000000-0000-4000-8000-000000000001'),
  caseId: caseIdSchema.parse('00000000-0000-4000-8000-000000000002'),
  caseRef: 'SP-4K7Q-2M',
  version: 1,
  startedBy: by,
  startedAt: '2026-11-20T09:00:00.000Z',
  people: [by],
  barred: [],
  isFollowOn: false,
};
