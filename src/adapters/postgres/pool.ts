import pg from 'pg';
import { ownFault } from '../log.js';
import { closedSealing, type Sealing } from './sealing.js';

/** What a query needs; the same over PostgreSQL and the embedded store. */
export type Connection = Pick<pg.PoolClient, 'query'>;

/**
 * Connections to the store. Never asked for a query itself: over PGlite a failed `pool.query` kills the
 * query after it, so connections are taken through `withClient` and `inTransaction` only.
 */
export type StorePool = {
  readonly kind: 'postgres' | 'embedded';
  /** Whose store it is: the connections see the rows of that force alone. */
  readonly force: string;
  /** Encrypts and decrypts words; closed until `openSealing` has its keys. */
  readonly sealing: Sealing;
  readonly connect: () => Promise<pg.PoolClient>;
  /** Runs `close` before the connections are closed, for who holds one of them. */
  readonly onEnd: (close: () => void) => void;
  /** Runs `forget` once chats or screenings were deleted, and when that may have happened unheard. */
  readonly onRemoved: (forget: () => void) => void;
  /** Says so to all who registered. */
  readonly sayRemoved: () => void;
  /** Closes every connection, and the embedded store in good order. */
  readonly end: () => Promise<void>;
};

/** How long one waits for a free connection or a new one; a person is waiting on the other side. */
export const longestWaitMs = 5_000;

/**
 * Limits in ms. A statement of ours takes a few ms; one that takes 10 s hangs on something. The server
 * ends it first, the client (`query_timeout`) only if the server is out of reach. A migration that
 * needs longer has to be cut into steps.
 */
const limits = {
  lock_timeout: 5_000,
  statement_timeout: 10_000,
  idle_in_transaction_session_timeout: 15_000,
  query_timeout: 15_000,
};

/** The force where a store serves one only. */
export const onlyForce = 'local';

/**
 * Connections to the PostgreSQL server at an address such as `postgres://app@host:5432/signpost`, each of them
 * opened for one force. `unlimited` is for commands that nobody waits for: their statements take as long as they take.
 * `via`: how entries of the audit say that they came; none by the server.
 */
export function openPool(
  databaseUrl: string,
  connections = 10,
  { force = onlyForce, unlimited = false, via = '' } = {},
): StorePool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'signpost',
    max: connections,
    connectionTimeoutMillis: longestWaitMs,
    keepAlive: true,
    // Set as the connection is made: none is ever without it, and no statement pays for it.
    options: `-c signpost.force=${force}${via && ` -c signpost.via=${via}`}`,
    ...(unlimited ? {} : limits),
  });
  hearErrors(pool);
  const closers: (() => void)[] = [];
  return {
    kind: 'postgres',
    force,
    sealing: closedSealing,
    connect: () => pool.connect(),
    onEnd: (close) => void closers.push(close),
    ...makeRemovals(),
    end: async () => {
      for (const close of closers) {
        try {
          close();
        } catch {
          // Whoever held a connection that is lost already has nothing left to give back.
        }
      }
      await pool.end();
    },
  };
}

/** Who is to forget what was deleted, for one pool. */
export function makeRemovals(): Pick<StorePool, 'onRemoved' | 'sayRemoved'> {
  const all: (() => void)[] = [];
  return {
    onRemoved: (forget) => void all.push(forget),
    sayRemoved: () => {
      for (const forget of all) forget();
    },
  };
}

/**
 * A connection that breaks says so twice: to whoever waits for a statement, and by an event, which would
 * end the process if nobody heard it. The first is enough: the pool replaces what broke.
 */
export function hearErrors(pool: pg.Pool): void {
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
}

/** Runs `run` with a connection and gives it back, whatever happens. */
export async function withClient<Result>(
  pool: StorePool,
  run: (client: Connection) => Promise<Result>,
): Promise<Result> {
  const client = await connect(pool);
  let isFaulty = false;
  try {
    return await run(client);
  } catch (error) {
    isFaulty = !isFromDatabase(error) || error.severity === 'FATAL';
    throw withoutContent(error);
  } finally {
    // PGlite has one connection for good, and throwing it away breaks the next one.
    client.release(isFaulty && pool.kind === 'postgres');
  }
}

/**
 * Runs `run` in a transaction and resolves once it is committed; anything thrown undoes all of it. Inside,
 * use the connection handed in: asking the pool again would wait for ever on the embedded store.
 */
export function inTransaction<Result>(
  pool: StorePool,
  run: (client: Connection) => Promise<Result>,
): Promise<Result> {
  return withClient(pool, async (client) => {
    try {
      // Named, since the locks here rely on each statement seeing what was committed before it.
      await client.query('begin isolation level read committed');
      const result = await run(client);
      const { command } = await client.query('commit');
      // After a failed statement that somebody swallowed, commit quietly rolls back.
      if (command !== 'COMMIT') throw ownFault('committing: the transaction was rolled back');
      return result;
    } catch (error) {
      await rollBack(client, error);
      throw error;
    }
  });
}

async function rollBack(client: Connection, cause: unknown): Promise<void> {
  try {
    await client.query('rollback');
  } catch {
    throw ownFault('rolling back after a failure: the connection is lost', { cause });
  }
}

async function connect(pool: StorePool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    throw ownFault(`connecting to the store: none within ${longestWaitMs} ms, or refused`, {
      cause,
    });
  }
}

type DatabaseError = Error & {
  readonly code: string;
  /** `FATAL`: the server has closed the connection. */
  readonly severity: unknown;
  readonly table?: string;
  readonly constraint?: string;
};

/** SQLSTATE codes are five capitals or digits. Classes would not do: PGlite has its own. */
function isFromDatabase(error: unknown): error is DatabaseError {
  return (
    error instanceof Error &&
    'severity' in error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code)
  );
}

/**
 * The same fault with its code, table and constraint, but no detail: that quotes the row. Messages of
 * class 22 (data) and 23 (constraints) can quote it too.
 */
function withoutContent(error: unknown): unknown {
  if (!isFromDatabase(error)) return error;
  const { code, table, constraint } = error;
  const where = [table, constraint].filter(Boolean).join(', ');
  const quotes = code.startsWith('22') || code.startsWith('23');
  const message = quotes ? `the store refused the values (${where})` : error.message;
  return Object.assign(ownFault(`${message} [${code}]`), { code, table, constraint });
}
