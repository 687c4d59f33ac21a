import { randomBytes } from 'node:crypto';
import { decrypt, encrypt } from '../keys/cipher.js';
import { KeyFileFault } from '../keys/key-file.js';
import { keyBytes, type MasterKey } from '../keys/master-key.js';
import { ownFault } from '../log.js';
import { type Connection, type StorePool, withClient } from './pool.js';

/** Where a text stands: what is encrypted for one place cannot be read in another. */
export type Place = {
  readonly table: string;
  readonly column: string;
  /** The row's own id, its parts joined by `/`. */
  readonly row: string;
};

/** Encrypts texts for the store of one force, and reads them again. No I/O: its keys are in memory. */
export type Sealing = {
  /**
   * `sealed:<number of the key>:<base64>`. A fault where the text is empty or longer than `most` letters, which the
   * store can no longer see, or holds what it would not give back.
   */
  readonly seal: (text: string, place: Place, most?: number) => string;
  /** The text; one in clear, as written before there were keys, is given back as it is. */
  readonly open: (text: string, place: Place) => string;
  /** The number of the key that texts are encrypted with now. */
  readonly newest: () => number;
};

/** As in `sealed:2:qrvM3e…==`; the store's checks know the same form. */
const sealedText = /^sealed:(\d{1,7}):([A-Za-z0-9+/]+=*)$/;

const isSealed = (text: string): boolean => sealedText.test(text);

/** Of a store whose keys were not opened: what is in clear can be read, and nothing be written. */
export const closedSealing: Sealing = {
  seal: () => {
    throw ownFault('encrypting for the store: its keys were not opened');
  },
  open: (text) => {
    if (!isSealed(text)) return text;
    throw ownFault('decrypting from the store: its keys were not opened');
  },
  newest: () => {
    throw ownFault('encrypting for the store: its keys were not opened');
  },
};

/** Other instances read the keys so often; a new key is used after several times that. */
const readAgainMs = 60_000;

/** How long before it is used a new key is there to be read, in seconds. */
export const usedAfterSeconds = 300;

/**
 * The pool with the force's keys in memory, the first one made where there is none. `read-only`: none is made, and
 * without any the master key is not asked for. A data key that its master key does not open is left out, so that junk
 * keeps nobody from the rest; a fault where none can be opened, and KeyFileFault where a master key is missing.
 * `onFault` hears which key was left out, and why those that were added later could not be read.
 */
export async function openSealing(
  pool: StorePool,
  master: () => Promise<MasterKey>,
  mode: 'read-only' | 'full' = 'full',
  onFault: (error: unknown) => void = () => undefined,
): Promise<StorePool> {
  let rows = await withClient(pool, listKeys);
  if (rows.length === 0 && mode === 'read-only') return pool;
  let keys = await master();
  if (rows.length === 0) {
    await withClient(pool, (client) => addDataKey(client, keys, 1, 0));
    rows = await withClient(pool, listKeys);
  }
  const known = new Map<number, Buffer>();
  let newest = 0;
  const learn = async (listed: readonly KeyRow[]) => {
    const unknown = listed.filter(({ number }) => !known.has(number));
    // What was added since may be wrapped by a master key that was not there when this one was opened.
    const isStart = known.size === 0;
    if (unknown.length > 0 && !isStart) keys = await master();
    const faults: unknown[] = [];
    for (const { number, wrapped, by } of unknown)
      try {
        const key = await keys.unwrap({ wrapped, by });
        if (key.length !== keyBytes) throw ownFault('it has another length');
        known.set(number, key);
      } catch (cause) {
        if (isStart && cause instanceof KeyFileFault) throw cause;
        const words = `the store's data key ${number} cannot be unwrapped, and is left out`;
        faults.push(ownFault(words, { cause }));
      }
    if (known.size === 0) throw faults[0];
    for (const fault of faults) onFault(fault);
    const used = listed.filter((row) => row.is_used && known.has(row.number));
    newest = Math.max(0, ...used.map(({ number }) => number));
  };
  await learn(rows);
  let reading: Promise<void> | undefined;
  const learnAgain = () => {
    reading ??= withClient(pool, listKeys)
      .then(learn)
      // Tried again in a minute; a new key is not used before that.
      .catch(onFault)
      .finally(() => {
        reading = undefined;
      });
  };
  const timer = setInterval(learnAgain, readAgainMs).unref();
  const keyOf = (number: number) => {
    const key = known.get(number);
    if (key) return key;
    learnAgain();
    throw ownFault(`the store's data key ${number} is not known here`);
  };
  const placeOf = ({ table, column, row }: Place) => [pool.force, table, column, row].join('\n');
  return {
    ...pool,
    sealing: {
      newest: () => newest,
      seal: (text, place, most) => {
        if (most !== undefined && (text === '' || text.length > most))
          throw ownFault(
            `saving ${place.table} ${place.row}: ${place.column} is empty or too long`,
          );
        if (text.includes('\0'))
          throw ownFault(`saving ${place.table} ${place.row}: a letter in it is broken`);
        return `sealed:${newest}:${encrypt(keyOf(newest), text, placeOf(place)).toString('base64')}`;
      },
      open: (text, place) => {
        const [, number, bytes] = sealedText.exec(text) ?? [];
        if (number === undefined || bytes === undefined) return text;
        return decrypt(keyOf(Number(number)), Buffer.from(bytes, 'base64'), placeOf(place));
      },
    },
    end: async () => {
      clearInterval(timer);
      await reading;
      await pool.end();
    },
  };
}

export type KeyRow = {
  readonly number: number;
  readonly wrapped: string;
  /** Names the master key. */
  readonly by: string;
  readonly made_at: Date;
  readonly used_from: Date;
  readonly is_used: boolean;
};

/** The data keys of the connection's force, oldest first. */
export async function listKeys(client: Connection): Promise<readonly KeyRow[]> {
  const { rows } = await client.query<KeyRow>(
    `select number, wrapped, wrapped_by as by, made_at, used_from, used_from <= now() as is_used
     from data_keys where force = current_force() order by number`,
  );
  return rows;
}

/** A new data key under a number, used after so many seconds; nothing where somebody else has just made it. */
export async function addDataKey(
  client: Connection,
  master: MasterKey,
  number: number,
  usedAfter: number,
): Promise<void> {
  const { by, wrapped } = await master.wrap(randomBytes(keyBytes));
  await client.query(
    `insert into data_keys (number, wrapped, wrapped_by, used_from)
     values ($1, $2, $3, now() + make_interval(secs => $4)) on conflict do nothing`,
    [number, wrapped, by, usedAfter],
  );
}
