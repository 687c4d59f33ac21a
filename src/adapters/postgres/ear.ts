import type { Notification } from 'pg';
import type { StorePool } from './pool.js';

/** What instances tell each other through the store, each on a channel of its own force. */
export type Channel = 'chats' | 'talk';

const channels: readonly Channel[] = ['chats', 'talk'];

/** Of this force alone. Not quoted: a force's name may hold a dash, so where SQL names it, it is. */
export const channelOf = ({ force }: Pick<StorePool, 'force'>, channel: Channel): string =>
  `signpost_${channel}_${force}`;

export type Ear = {
  /** Whether everything that is announced is heard; while it is not, what is remembered may be old. */
  readonly isListening: () => boolean;
  /** Hears what is announced on a channel, by this instance too. */
  readonly hear: (channel: Channel, heard: (payload: string) => void) => void;
};

const listenAgainMs = 5_000;

/**
 * Holds one connection that hears what other instances announce, until the pool ends. Where it begins or is lost, all
 * that may have been removed unheard is said to be. The embedded store has one process, which has nothing to hear.
 */
export function openEar(pool: StorePool): Ear {
  const hearers: [Channel, (payload: string) => void][] = [];
  const hear: Ear['hear'] = (channel, heard) => void hearers.push([channel, heard]);
  if (pool.kind === 'embedded') return { isListening: () => true, hear };
  const names = new Map(channels.map((channel) => [channelOf(pool, channel), channel]));
  const { isListening, close } = listen(pool, [...names.keys()], ({ channel, payload = '' }) => {
    for (const [to, heard] of hearers) if (names.get(channel) === to) heard(payload);
  });
  pool.onEnd(close);
  return { isListening, hear };
}

function listen(
  pool: StorePool,
  names: readonly string[],
  hear: (notification: Notification) => void,
) {
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
          await client.query(names.map((name) => `listen "${name}"`).join('; '));
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
  return {
    isListening: () => isListening,
    close: () => {
      isClosed = true;
      isListening = false;
      clearTimeout(timer);
      stop();
    },
  };
}
