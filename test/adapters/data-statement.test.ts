import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/adapters/package-root.js';
import { describeStore } from '../../src/adapters/postgres/describe-store.js';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { caseTables } from '../../src/adapters/postgres/read-case.js';
import { sealedColumns } from '../../src/adapters/postgres/sealed-columns.js';
import { dataStatement, knownKinds } from '../../src/core/data-statement.js';
import { drivers, usePool } from '../contracts/stores.js';

describe.each(drivers)('the statement of what is stored where in $name', (driver) => {
  describe.skipIf(driver.isMissing)('of a store', () => {
    const pool = usePool(driver);

    it('is the one in docs/data-statement.md', async () => {
      const statement = dataStatement(await describeStore(pool()));
      const checkedIn = readFileSync(path.join(packageRoot(), 'docs/data-statement.md'), 'utf8');
      expect(statement).toBe(checkedIn);
    });

    it('knows the kind of every table and column, and calls words all that is encrypted', async () => {
      const tables = await describeStore(pool());
      expect(tables.length).toBeGreaterThan(25);
      const columns = tables.flatMap((table) => table.columns);
      expect(tables.filter(({ kept }) => !knownKinds.kept.includes(kept))).toEqual([]);
      expect(columns.filter(({ kind }) => !knownKinds.column.includes(kind))).toEqual([]);
      const encrypted = columns.filter(({ isEncrypted }) => isEncrypted);
      expect(encrypted.length).toBe(sealedColumns.length);
      expect(columns.filter(({ kind }) => kind === 'words')).toEqual(encrypted);
    });

    it('fails for a column that says nothing of itself', async () => {
      const change = (statement: string) => withClient(pool(), (client) => client.query(statement));
      await change('alter table cases add column more text');
      await expect(describeStore(pool())).rejects.toThrow(
        'describing the store: cases.more has no comment of the form “kind: words”',
      );
      await change('alter table cases drop column more');
    });

    it('leaves no table out that points at a case, however indirectly', async () => {
      const { rows } = await withClient(pool(), (client) =>
        client.query<{ name: string }>(
          `with recursive of_case (id) as (
             select 'cases'::regclass::oid
             union select c.conrelid from pg_constraint c join of_case on c.confrelid = of_case.id
             where c.contype = 'f'
           ) select id::regclass::text as name from of_case order by 1`,
        ),
      );
      expect(
        rows
          .map(({ name }) => name)
          .concat('audit')
          .sort(),
      ).toEqual(Object.keys(caseTables).sort());
    });
  });
});
