import type { Notification } from 'pg';
import type { StorePool } from './pool.js';

/** What instances tell each other of through the store. */
export type Subject = (typeof subjects)[number];

const subjects = ['chats', 'languages', 'talk'] as const;

/**
 * What is announced of the rows of a force, heard on one connection. The embedded store has one process, which makes
 * every change itself: nothing is to be heard there.
 */
export type Ear = {
  /** Where it does not, nothing that others may change is to be remembered. */
  readonly isListening: () => boolean;
  /** Runs `hear` with what is announced on a subject: names are hashes of keys, and words encrypted. */
  readonly on: (subject: Subject, hear: (said: string) => void) => void;
};

const listenAgainMs = 5_000;
/** Announced where chats or screenings were deleted, by a trigger of the store. */
const removed = 'removed';

/** Of this force alone. Quoted where it is listened to, since a force's name may hold a dash. */
export function channelOf(pool: StorePool, subject: Subject): string {
  return `signpost_${subject}_${pool.force}`;
}

/** Holds one connection that hears of changes until the pool ends; another is taken when it is lost. */
export function openEar(pool: StorePool): Ear {
  const hearers = new Map<string, ((said: string) => void)[]>();
  const on: Ear['on'] = (subject, hear) => {
    const channel = channelOf(pool, subject);
    hearers.set(channel, [...(hearers.get(channel) ?? []), hear]);
  };
  if (pool.kind === 'embedded') return { isListening: () => true, on };
  let isListening = false;
  let isClosed = false;
  let stop = () => {};
  let timer: NodeJS.Timeout | undefined;
  const again = () => {
    isListening = false;
    pool.sayRemoved();
    if (!isClosed) timer = setTimeout(begin, listenAgainMs).unref();
  };
  const begin = () => {
    pool
      .connect()
      .then(async (client) => {
        if (isClosed) return client.release();
        const hear = ({ channel, payload = '' }: Notification) => {
          if (payload === removed) pool.sayRemoved();
          else for (const one of hearers.get(channel) ?? []) one(payload);
        };
        const end = () => {
          client.off('notification', hear);
          client.off('error', lost);
          // Given back once, whoever comes first: closing, the connection saying that it broke, or the statement on it.
          stop = () => {};
          client.release(true);
        };
        const lost = () => {
          if (stop !== end) return;
          end();
          again();
        };
        client.on('notification', hear);
        client.on('error', lost);
        stop = end;
        try {
          await client.query(
            subjects.map((subject) => `listen "${channelOf(pool, subject)}"`).join('; '),
          );
        } catch {
          return lost();
        }
        if (stop !== end) return;
        isListening = true;
        // Nothing was heard until now.
        pool.sayRemoved();
      })
      .catch(again);
  };
  begin();
  pool.onEnd(() => {
    isClosed = true;
    isListening = false;
    clearTimeout(timer);
    stop();
  });
  return { isListening: () => isListening, on };
}
