import { describe, expect, it } from 'vitest';
import { inspectStore } from '../../src/adapters/postgres/inspect-store.js';
import { listMigrations } from '../../src/adapters/postgres/migrate.js';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { makeSwitch } from '../../src/adapters/postgres/switches.js';
import { userIdSchema } from '../../src/core/ids.js';
import { drivers, portsOver, usePool } from './stores.js';

const by = userIdSchema.parse('grace');
const off = { isOn: false, by, at: '2026-11-20T10:00:00.000Z', why: 'Enough.' };

for (const driver of drivers) {
  describe.skipIf(driver.isMissing)(`what a store in ${driver.name} tells of itself`, () => {
    const pool = usePool(driver);

    it('is its newest step, no entry of the audit, and both switches on, when it is new', async () => {
      expect(await inspectStore(pool())).toEqual({
        newestMigration: (await listMigrations()).at(-1),
        ...{ missing: 0, isNewer: false },
        held: {
          ...{ head: undefined, isHeadRecorded: true, isModelOn: true, isAssistantOn: true },
        },
      });
    });

    it('is the newest entry of the audit, by number and hash, and each switch as it stands', async () => {
      await makeSwitch(pool(), 'assistant').turn(off);
      const [newest] = await portsOver(pool()).audit.search({}, 1);
      expect((await inspectStore(pool())).held).toEqual({
        head: { seq: newest?.seq, hash: newest?.hash },
        ...{ isHeadRecorded: true, isModelOn: true, isAssistantOn: false },
      });
      await makeSwitch(pool(), 'model').turn(off);
      await makeSwitch(pool(), 'assistant').turn({ ...off, isOn: true });
      expect((await inspectStore(pool())).held).toMatchObject({
        ...{ head: { seq: 3 }, isModelOn: false, isAssistantOn: true },
      });
    });

    it('is how many steps it lacks, and nothing else, where it is behind', async () => {
      const known = await listMigrations();
      await withClient(pool(), (client) =>
        client.query('delete from pgmigrations where name = any($1)', [known.slice(-2)]),
      );
      expect(await inspectStore(pool())).toEqual({
        newestMigration: known.at(-3),
        ...{ missing: 2, isNewer: false, held: undefined },
      });
      await withClient(pool(), (client) => client.query('drop table pgmigrations'));
      expect(await inspectStore(pool())).toEqual({
        ...{ newestMigration: undefined, missing: known.length, isNewer: false, held: undefined },
      });
    });
  });
}
