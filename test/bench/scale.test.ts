import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startConnector } from '../../bench/connector.js';
import { capacityPage, needOf } from '../../bench/scale/capacity.js';
import { attainable, type ScaleResult, scaleResultSchema } from '../../bench/scale/result.js';
import { pageFile, resultFile } from '../../bench/scale/run.js';
import { readMemory } from '../../bench/scale/soak.js';
import { goalsOf } from '../../bench/scale/tables.js';
import { makeUsers } from '../../bench/scale/users.js';

const waits = { p50: 5, p95: 10, p99: 20 };
const measured = { turnsPerSecond: 400, ...waits, harnessCpu: 0.5, failed: 0 };
const byTurn = { guidance: waits, screening: waits, review: waits };

function aResult(parts: Partial<ScaleResult> = {}): ScaleResult {
  const alone = (turn: ScaleResult['alone'][number]['turn'], botCpu: number) => {
    return { turn, ...measured, botCpu, databaseCpu: botCpu / 2 };
  };
  const closed = (instances: number, turnsPerSecond: number) => {
    const cpu = { botCpu: 2, databaseCpu: 0.5 };
    return {
      ...{ loop: 'closed' as const, instances, share: null, ...measured, ...cpu },
      ...{ turnsPerSecond, byTurn },
    };
  };
  return {
    measuredAt: '2026-11-20T12:00:00.000Z',
    machine: { node: 'v20.20.2', cpu: 'A processor', cores: 2, loadBefore: 0.1 },
    ...{ rounds: 5, seconds: 2, users: 32, passages: 458, guidanceToEcho: 0.7 },
    alone: [alone('echo', 1), alone('guidance', 1), alone('screening', 2), alone('review', 10)],
    mixed: [closed(1, 400), closed(2, 640), closed(4, 500)],
    memory: [{ rss: 220, peak: 240 }],
    soak: null,
    firstFailure: null,
    ...parts,
  };
}

describe('the page of what forces need', () => {
  it('is what its measurement comes to', () => {
    const result = scaleResultSchema.parse(JSON.parse(readFileSync(resultFile, 'utf8')));
    expect(readFileSync(pageFile, 'utf8')).toBe(capacityPage(result));
  });

  it('adds up what all forces need from the CPU of each kind of turn', () => {
    const need = needOf(aResult(), 1);
    // 200,000 × 0.4 × 2 × 0.15 ÷ 3,600 × 3; 5,000 ÷ 30; a nineteenth of both.
    expect(need).toEqual({
      guidance: 20,
      screening: expect.closeTo(166.667, 3),
      review: expect.closeTo(9.825, 3),
      // 20 × 1 ms + 166.7 × 2 ms + 9.8 × 10 ms
      botCores: expect.closeTo(0.4516, 4),
      databaseCores: expect.closeTo(0.2258, 4),
      // 0.4516 × 2 × 1.5 ÷ 0.5 = 2.7, and one to spare
      instances: 4,
      databaseVcpu: 2,
      memoryMb: 960,
      connections: 40,
    });
  });

  it('gives the smallest force two instances all the same', () => {
    expect(needOf(aResult(), 0.001).instances).toBe(2);
  });

  it('cannot be computed where the CPU of a turn is not known', () => {
    const [echo] = aResult().alone;
    const unknown = aResult({ alone: echo ? [echo] : [] });
    expect(() => needOf(unknown, 1)).toThrow('does not say what CPU a turn of guidance takes');
  });
});

describe('the goals of the scale bench', () => {
  it('hold several instances to as many times one, or to what the cores hold', () => {
    // A turn takes 3 ms of all processes: two cores hold 667 a second.
    expect([2, 4].map((count) => Math.round(attainable(aResult(), count) ?? 0))).toEqual([
      667, 667,
    ]);
  });

  it('are told apart as met and not met', () => {
    const soak = {
      ...{ minutes: 10, instances: 1, turns: 100, failed: 1, ...waits },
      ...{ byMinute: [[200], [200]], slopes: [90] },
    };
    const goals = goalsOf(aResult({ soak, memory: [{ rss: 200, peak: 301 }] }));
    expect(goals.map(({ seen, isMet }) => [seen, isMet])).toEqual([
      ['0.70 ×', true],
      ['0.96 × 667 turns/s (1.60 × one)', true],
      ['0.75 × 667 turns/s (1.25 × one)', false],
      ['301 MB at most', false],
      ['7.5 %', false],
      ['1', false],
    ]);
  });
});

describe('the soak', () => {
  it('tells growth from what comes after the first fifth', () => {
    const samples = [0, 0.5, 2, 4, 6, 8].map((minute) => ({
      minute,
      // Rises by 100 while it settles; then one stays and one gains 2 MB a minute.
      mb: minute < 2 ? [100, 100] : [200, 200 + 2 * minute],
    }));
    const { byMinute, slopes } = readMemory(samples, 10);
    expect(byMinute[0]).toEqual([100, 100]);
    expect(slopes).toEqual([expect.closeTo(0, 9), expect.closeTo(120, 9)]);
  });
});

describe('a user of the bench', () => {
  it('asks fourteen questions, takes five screening turns and one of a review in twenty', async () => {
    const connector = await startConnector();
    const user = makeUsers(connector, ['a-review'])()(3);
    const turns = Array.from({ length: 40 }, () => user().turn);
    connector.close();
    const counted = (['guidance', 'screening', 'review'] as const).map(
      (kind) => turns.filter((turn) => turn === kind).length,
    );
    expect(counted).toEqual([28, 10, 2]);
  });
});
