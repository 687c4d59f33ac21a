import { describe, expect, it } from 'vitest';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { openStore } from '../../src/commands/open-store.js';
import { readConfig } from '../../src/config.js';
import { makeDatabase } from '../contracts/stores.js';

describe.skipIf(!process.env.TEST_DATABASE_URL)('the store that a command opens', () => {
  it.each(['server', 'owner'] as const)(
    'lets a statement of the %s take as long as it takes',
    async (as) => {
      const place = await makeDatabase();
      const { store: config } = readConfig({ DATABASE_URL: place.url });
      const store = await openStore(config, as);
      if (typeof store === 'string') throw new Error(store);
      try {
        const { rows } = await withClient(store.pool, (client) =>
          client.query(`select name, setting from pg_settings where name like '%_timeout'
            and name ~ '^(lock|statement|idle_in_transaction_session)' order by name`),
        );
        expect(rows.map(({ setting }) => setting)).toEqual(['0', '0', '0']);
      } finally {
        await store.close();
        await place.remove();
      }
    },
  );
});
