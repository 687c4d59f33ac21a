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

/**
 * Taken one by one, so that none waits past the minute it is taken for: another instance would then take it as well.
 * One that is withdrawn meanwhile is not sent either.
 */
const atOnce = 1;

/**
 * Sends whatever is due and says how many came to what. What is unclear counts as sent: nobody is shown the same thing
 * twice, and it stands in the lists. The rest comes again later, as the queue keeps it, whichever process then runs.
 * Called again while it runs, it gives what the running one will. Once `isStopped`, no further one is taken.
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
}): (isStopped?: () => boolean) => Promise<SentNotices> {
  let running: Promise<SentNotices> | undefined;
  const run = async (isStopped: () => boolean): Promise<SentNotices> => {
    const counts = { sent: 0, unclear: 0, unreachable: 0, failed: 0 };
    while (!isStopped() && (await mayTell())) {
      const [due] = await notices.claim(clock().toISOString(), atOnce);
      if (!due) break;
      const told = await tell(due);
      counts[told] += 1;
      if (told === 'sent' || told === 'unclear')
        await notices.markSent(due.id, clock().toISOString());
    }
    return counts;
  };
  return (isStopped = () => false) => {
    running ??= run(isStopped).finally(() => {
      running = undefined;
    });
    return running;
  };
}
