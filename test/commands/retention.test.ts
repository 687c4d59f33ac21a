import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../bot/wire-store.js';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { readConfig } from '../../src/config.js';
import { mostDue } from '../../src/flows/retain.js';
import { makeFolder } from '../contracts/stores.js';
import { runCommand } from '../run-command.js';

/** In a case of these nothing was ever done, so that each is due. */
const someCases = `insert into cases (id, ref)
  select gen_random_uuid(), 'SP-' || n from generate_series(1, $1) n`;
/** So that it stands behind all of them. */
const somebodyLetIntoOne = `insert into case_people (case_id, person, let_in_by, let_in_at)
  select id, 'officer-1', 'officer-1', '2015-01-01T10:00:00Z' from cases where ref = 'SP-7'`;
const allKeptButThat = `insert into case_keeps (case_id, kept_by, kept_at, why, until)
  select id, 'sgt-1', now(), 'still-needed', '2999-01-31' from cases where ref <> 'SP-7'`;

describe('npm run retention -- due, with more cases than are listed at once', () => {
  let place: Awaited<ReturnType<typeof makeFolder>>;
  beforeAll(async () => {
    place = await makeFolder();
  });
  afterAll(() => place.remove());
  const inStore = async (statement: string, values: readonly unknown[] = []) => {
    const store = await openStore(readConfig({ DATA_DIR: place.folder }));
    await withClient(store.pool, (client) => client.query(statement, [...values]));
    await store.close();
  };
  const due = async () => {
    const args = ['due', '--by', 'sgt-1', '--as', 'supervisor'];
    const { code, out, err } = await runCommand('retention', args, { DATA_DIR: place.folder });
    expect([code, err]).toEqual([0, '']);
    return out.trimEnd().split('\n');
  };

  it('says that there may be more, and hides none behind those that are kept', async () => {
    await inStore(someCases, [mostDue + 1]);
    await inStore(somebodyLetIntoOne);
    const listed = await due();
    expect([listed.length, listed.at(-1)]).toEqual([
      mostDue + 1,
      `${mostDue} to be looked at. There may be more: look again after these.`,
    ]);
    await inStore(allKeptButThat);
    expect(await due()).toEqual([expect.stringMatching(/^SP-7: due since /), '1 to be looked at.']);
  }, 120_000);
});
