import { percentile } from '../load.js';
import type { Server } from '../processes.js';
import { driveOpen, type Target } from './drive.js';
import { type ScaleResult, slopeOf } from './result.js';
import type { MakeUser } from './users.js';

/** A load that goes on, and what the memory of the instances does meanwhile. */

const sampleEveryMs = 2_000;
/** Caches fill and code is compiled in this first share of the time: no growth is told from it. */
const settling = 0.2;

type Sample = { readonly minute: number; readonly mb: readonly number[] };

export type Soaked = NonNullable<ScaleResult['soak']>;

export async function soak(wish: {
  readonly servers: readonly Server[];
  readonly targets: readonly Target[];
  readonly makeUser: MakeUser;
  readonly perSecond: number;
  readonly minutes: number;
}): Promise<{ readonly soaked: Soaked; readonly firstFailure: string | undefined }> {
  const { servers, targets, makeUser, perSecond, minutes } = wish;
  const samples: Sample[] = [];
  const startedAt = performance.now();
  const take = () =>
    samples.push({
      minute: (performance.now() - startedAt) / 60_000,
      mb: servers.map((server) => server.memory().rss),
    });
  take();
  const sampling = setInterval(take, sampleEveryMs);
  const driven = await driveOpen(targets, makeUser, perSecond, minutes * 60);
  clearInterval(sampling);
  const { turns, failed, firstFailure } = driven;
  const times = driven.times.map(({ ms }) => ms).sort((a, b) => a - b);
  const waits = {
    ...{ p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99) },
  };
  const soaked = { minutes, instances: servers.length, turns, failed, ...waits };
  return { soaked: { ...soaked, ...readMemory(samples, minutes) }, firstFailure };
}

/** Means by minute, and how fast the memory of each instance rises once it has settled, MB an hour. */
export function readMemory(
  samples: readonly Sample[],
  minutes: number,
): Pick<Soaked, 'byMinute' | 'slopes'> {
  const byMinute = Array.from({ length: Math.ceil(minutes) }, (_, at) => {
    const own = samples.filter(({ minute }) => Math.floor(minute) === at);
    return meansOf(own);
  });
  const settled = samples.filter(({ minute }) => minute >= settling * minutes);
  const [first] = samples;
  const slopes = (first?.mb ?? []).map(
    (_, at) => 60 * slopeOf(settled.map(({ minute, mb }) => [minute, mb[at] ?? 0])),
  );
  return { byMinute: byMinute.filter((means) => means.length > 0), slopes };
}

function meansOf(samples: readonly Sample[]): readonly number[] {
  const [first] = samples;
  return (first?.mb ?? []).map(
    (_, at) => samples.reduce((sum, { mb }) => sum + (mb[at] ?? 0), 0) / samples.length,
  );
}
