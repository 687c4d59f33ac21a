import type { DueNotice, Notices } from './notice-port.js';
import type { Clock } from './ports.js';

/**
 * `unclear`: it may have arrived. `unreachable`: nothing was sent, since the person has no chat with us, or has closed
 * it. `failed`: nothing was sent, and another try may succeed.
 */
export type Told = 'sent' | 'unclear' | 'unreachable' | 'failed';

/** Sends one notice to its person. */
export type Tell = (notice: DueNotice) => Promise<Told>;

export type SentNotices = Readonly<Record<Told, number>>;

/** Taken at once, so that a queue that grew long overnight does not hold them all in memory. */
const batch = 50;

/**
 * Sends whatever is due and says how many came to what. What is unclear counts as sent: nobody is shown the same thing
 * twice, and it stands in the lists. The rest comes again later, as the queue keeps it, whichever process then runs.
 * Called again while it runs, it gives what the running one will.
 */
export function makeSendNotices({
  notices,
  tell,
  mayTell,
  clock,
}: {
  readonly notices: Notices;
  readonly tell: Tell;
  /** Asked before each batch: while it says no, as when the assistant is switched off, what is due waits in the queue. */
  readonly mayTell: () => Promise<boolean>;
  readonly clock: Clock;
}): () => Promise<SentNotices> {
  let running: Promise<SentNotices> | undefined;
  const run = async (): Promise<SentNotices> => {
    const counts = { sent: 0, unclear: 0, unreachable: 0, failed: 0 };
    while (await mayTell()) {
      const due = await notices.claim(clock().toISOString(), batch);
      for (const notice of due) {
        const told = await tell(notice);
        counts[told] += 1;
        if (told === 'sent' || told === 'unclear')
          await notices.markSent(notice.id, clock().toISOString());
      }
      if (due.length < batch) break;
    }
    return counts;
  };
  return () => {
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  };
}
