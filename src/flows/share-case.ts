import { isOpenTo } from '../core/conflicts.js';
import type { ScreeningId, UserId } from '../core/ids.js';
import { barredEntry } from './may-work-on.js';
import type { Audit, Cases, Clock, Screenings } from './ports.js';

/** How long a code may be used: long enough to be said over the telephone, short enough to be worthless later. */
export const codeValidMs = 30 * 60_000;

export type ShareCase = {
  /** A code that lets one colleague into the case; undefined when this person may not work on it. */
  readonly invite: (screening: ScreeningId, by: UserId) => Promise<string | undefined>;
  /** The screening the code was made for, which this person may now work on; undefined for any other code. */
  readonly join: (code: string, by: UserId) => Promise<ScreeningId | undefined>;
};

export type Codes = {
  /** A new code that can be read out. */
  readonly make: () => string;
  /** What is kept of it; spaces, dashes and case do not matter. */
  readonly hash: (code: string) => string;
};

/** Hands a case to a named colleague, or takes in a second pair of hands: by a code said to them. */
export function makeShareCase(
  screenings: Screenings,
  cases: Cases,
  audit: Pick<Audit, 'record'>,
  clock: Clock,
  codes: Codes,
): ShareCase {
  return {
    invite: async (id, by) => {
      const screening = await screenings.find(id);
      if (!screening || !isOpenTo(screening, by)) return undefined;
      const code = codes.make();
      const now = clock();
      await cases.invite({
        codeHash: codes.hash(code),
        screening: id,
        by,
        at: now.toISOString(),
        validUntil: new Date(now.getTime() + codeValidMs).toISOString(),
      });
      return code;
    },
    join: async (code, by) => {
      const at = clock().toISOString();
      const joined = await cases.join({ codeHash: codes.hash(code), by, at });
      if (joined.kind === 'barred')
        await audit.record(barredEntry(clock, by, joined.caseId, 'join-case'));
      return joined.kind === 'joined' ? joined.screening : undefined;
    },
  };
}
