import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/adapters/postgres/embedded.js';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { verifyAudit } from '../../src/adapters/postgres/verify-audit.js';
import { aStoreFolder } from '../running.js';

const root = path.join(import.meta.dirname, '../..');
const file = path.join(root, 'src/commands/model.ts');

let store: Awaited<ReturnType<typeof aStoreFolder>>;
beforeAll(async () => {
  store = await aStoreFolder();
}, 60_000);
afterAll(() => store.remove());

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** The command as it is run, on the store of this file. */
function run(words: readonly string[], folder = store.folder): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: '' };
    const child = spawn(process.execPath, ['--import', 'tsx', file, ...words], { cwd: root, env });
    let [out, err] = ['', ''];
    child.stdout.on('data', (part) => (out += part));
    child.stderr.on('data', (part) => (err += part));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const why = ['--why', 'It withholds too much.'];
const turned = /^The switch is off: turned by Grace Lloyd at \S+Z: It withholds too much\.\n$/;

describe('npm run model', { timeout: 60_000 }, () => {
  it.each([
    ['nothing', []],
    ['a word it does not know', ['up']],
    ['words too many', ['off', 'on', '--by', 'Grace', ...why]],
    ['an option it does not know', ['status', '--who']],
    ['no name', ['off', ...why]],
    ['no reason', ['off', '--by', 'Grace', '--why', ' ']],
    ['a reason that is too long', ['off', '--by', 'Grace', '--why', 'x'.repeat(301)]],
  ])('says how it is used when given %s', async (_, words) => {
    const { code, out, err } = await run(words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^npm run model -- status/);
  });

  it('says so where there is no store', async () => {
    const none = path.join(store.folder, 'none');
    const missing = { code: 2, out: '', err: `There is no store in ${none}.\n` };
    expect(await run(['status'], none)).toEqual(missing);
  });

  it('turns the switch, once however often it is told, and the audit stays whole', async () => {
    const untouched = { code: 0, out: 'The switch is on: nobody has turned it.\n', err: '' };
    expect(await run(['status'])).toEqual(untouched);
    const off = await run(['off', '--by', 'Grace Lloyd', ...why]);
    expect(off).toEqual({ code: 0, out: expect.stringMatching(turned), err: '' });
    expect(await run(['off', '--by', 'Tom', '--why', 'Again.'])).toEqual(off);
    expect(await run(['status'])).toEqual(off);
    expect((await run(['on', '--by', 'Tom', '--why', 'Mended.'])).out).toMatch(
      /^The switch is on: turned by Tom at \S+Z: Mended\.\n$/,
    );
    const again = await openEmbedded(store.folder);
    expect(await verifyAudit(again)).toMatchObject({ kind: 'whole', entries: 2 });
    await again.end();
  });

  it('says so where an older version has used the store last', async () => {
    const pool = await openEmbedded(store.folder);
    await withClient(pool, (client) => client.query('drop table model_switch'));
    await pool.end();
    expect(await run(['status'])).toEqual({
      ...{ code: 2, out: '' },
      err: 'The store was last used by an older version of Signpost: start this one once.\n',
    });
  });
});
