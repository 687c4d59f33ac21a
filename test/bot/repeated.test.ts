import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeRepeated } from '../../bot/repeated.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const dayMs = 24 * 60 * 60_000;

describe('what is repeated', () => {
  it('is done at the start, every day after, and no more once closed', async () => {
    const run = vi.fn(async () => {});
    const repeated = makeRepeated(run, dayMs, () => {});
    expect(run).toHaveBeenCalledTimes(0);
    repeated.start();
    await vi.advanceTimersByTimeAsync(dayMs - 1);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(dayMs + 1);
    expect(run).toHaveBeenCalledTimes(3);
    await repeated.close();
    repeated.runNow();
    await vi.advanceTimersByTimeAsync(3 * dayMs);
    expect(run).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('goes on after a fault, which is told', async () => {
    const faults: string[] = [];
    const run = async () => {
      throw new Error('no store');
    };
    const repeated = makeRepeated(run, dayMs, (error) => faults.push(String(error)));
    repeated.start();
    await vi.advanceTimersByTimeAsync(dayMs);
    expect(faults).toEqual(['Error: no store', 'Error: no store']);
    await repeated.close();
  });

  it('is told to stop when it is closed, and waited for', async () => {
    const steps: string[] = [];
    const repeated = makeRepeated(
      async (isStopped) => {
        while (!isStopped()) await new Promise((resolve) => setTimeout(resolve, 10));
        steps.push('stopped');
      },
      dayMs,
      () => {},
    );
    repeated.start();
    await vi.advanceTimersByTimeAsync(15);
    const closed = repeated.close().then(() => steps.push('closed'));
    await vi.advanceTimersByTimeAsync(10);
    await closed;
    expect(steps).toEqual(['stopped', 'closed']);
  });
});
