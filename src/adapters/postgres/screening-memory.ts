import type { ScreeningId } from '../../core/ids.js';
import type { Screening } from '../../core/screening.js';

/** More than a large force has open at once at one instance; one that is not remembered costs one read. */
const mostScreenings = 1_000;
/** Half a kilobyte each, so some 7 MB; what a screening costs to remember are its events. */
const mostEvents = 15_000;

export type ScreeningMemory = {
  readonly get: (id: ScreeningId) => Screening | undefined;
  readonly set: (screening: Screening) => void;
  readonly forget: (id: ScreeningId) => void;
  readonly forgetAll: () => void;
  /** How often all was forgotten: what was read before the last time is too old to keep. */
  readonly mark: () => number;
};

/** Remembers the screenings used last, up to both limits. */
export function makeScreeningMemory(
  most = { screenings: mostScreenings, events: mostEvents },
): ScreeningMemory {
  // In the order of use, oldest first.
  const known = new Map<ScreeningId, Screening>();
  let events = 0;
  let forgotten = 0;
  const forget = (id: ScreeningId) => {
    events -= known.get(id)?.events.length ?? 0;
    known.delete(id);
  };
  const set = (screening: Screening) => {
    forget(screening.id);
    known.set(screening.id, screening);
    events += screening.events.length;
    for (const oldest of known.keys()) {
      if (known.size <= most.screenings && events <= most.events) break;
      forget(oldest);
    }
  };
  return {
    get: (id) => {
      const screening = known.get(id);
      if (screening) set(screening);
      return screening;
    },
    set,
    forget,
    forgetAll: () => {
      forgotten += 1;
      known.clear();
      events = 0;
    },
    mark: () => forgotten,
  };
}
