import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import {
  caseIdSchema,
  questionIdSchema,
  screeningIdSchema,
  userIdSchema,
} from '../src/core/ids.js';
import { replay } from '../src/core/replay.js';
import type { Value } from '../src/core/reply.js';
import type { Screening, ScreeningEvent } from '../src/core/screening.js';
import { type Question, type Script, scriptSchema } from '../src/core/script.js';
import { step } from '../src/core/step.js';
import { percentile } from './load.js';
import { longScript } from './long-script.js';

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

/** Replies until nothing is left to ask, each time with the value that leaves most to ask, so that none ends early. */
function walkThrough(
  script: Script,
  offer: (question: Question) => readonly Value[],
): readonly ScreeningEvent[] {
  const events: ScreeningEvent[] = [];
  for (;;) {
    const { at } = replay(script, events);
    if (!at) return events;
    if (events.length > script.questions.length) throw new Error(`${script.name} does not end`);
    const [first, ...others] = offer(at).map((value) => eventOf(events.length + 1, at, value));
    if (!first) throw new Error(`${script.name}: there is no reply to ${at.id}`);
    const reach = (event: ScreeningEvent) => reachOf(script, [...events, event]);
    events.push(others.reduce((best, event) => (reach(event) > reach(best) ? event : best), first));
  }
}

function reachOf(script: Script, events: readonly ScreeningEvent[]): number {
  const { route } = replay(script, events);
  return route.filter(({ state }) => state === 'replied' || state === 'open').length;
}

function valuesOf(question: Question): readonly Value[] {
  const choices = question.choices.map(({ value }): Value => {
    return question.type === 'MS'
      ? { kind: 'choices', choices: [value] }
      : { kind: 'choice', choice: value };
  });
  return choices.length > 0 ? choices : [firstOf(question)];
}

/** A value of the question's type. */
function firstOf({ type, choices }: Question): Value {
  const [first] = choices;
  if (first && type === 'MS') return { kind: 'choices', choices: [first.value] };
  if (first) return { kind: 'choice', choice: first.value };
  switch (type) {
    case 'DT':
      return { kind: 'date', day: '2026-11-02', precision: 'exact' };
    case 'N':
      return { kind: 'number', number: 4 };
    case 'CARD':
      return { kind: 'listed', count: 0 };
    default:
      return {
        kind: 'text',
        text: 'He was standing across the road again when I came out of work',
      };
  }
}

const by = userIdSchema.parse('bench');

function eventOf(seq: number, { id }: Question, value: Value): ScreeningEvent {
  const at = new Date(Date.UTC(2026, 10, 20, 9, 0, seq)).toISOString();
  const act = { kind: 'reply', question: questionIdSchema.parse(id), value } as const;
  return { seq, at, by, client: 'card', activityId: `bench-${seq}`, act };
}

const aScreening: Omit<Screening, 'script' | 'events'> = {
  id: screeningIdSchema.parse('00000000-0000-4000-8000-000000000001'),
  caseId: caseIdSchema.parse('00000000-0000-4000-8000-000000000002'),
  caseRef: 'SP-4K7Q-2M',
  version: 1,
  startedBy: by,
  startedAt: '2026-11-20T09:00:00.000Z',
  people: [by],
  isFollowOn: false,
};
