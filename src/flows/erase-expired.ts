import { overBefore, shortLived } from '../core/retention.js';
import type { Clock, Retention } from './ports.js';

type EraseParts = { readonly retention: Retention; readonly clock: Clock };

/** Rows of one transaction: some ms, so that nobody waits. */
const rowsAtOnce = 500;

/** Of one run, for each kind: what is left over is for the next run. */
const batchesAtOnce = 20;

/** Removes what is short-lived and over, in batches; how many rows. For the repeated job and the command. */
export function makeEraseExpired({ retention, clock }: EraseParts) {
  return async (isStopped: () => boolean = () => false): Promise<number> => {
    const periods = await retention.periods();
    let all = 0;
    for (const kind of shortLived) {
      for (let batch = 0; batch < batchesAtOnce && !isStopped(); batch += 1) {
        const now = clock();
        const before = overBefore(now, periods[kind]);
        const gone = await retention.eraseOver(kind, before, rowsAtOnce, now.toISOString());
        all += gone;
        if (gone < rowsAtOnce) break;
      }
    }
    return all;
  };
}
