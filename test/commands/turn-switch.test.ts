import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/adapters/postgres/embedded.js';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { verifyAudit } from '../../src/adapters/postgres/verify-audit.js';
import { runCommand } from '../run-command.js';
import { aStoreFolder } from '../running.js';

let store: Awaited<ReturnType<typeof aStoreFolder>>;
beforeAll(async () => {
  store = await aStoreFolder();
}, 60_000);
afterAll(() => store.remove());

const why = ['--why', 'It withholds too much.'];
const turned = /^The switch is off: turned by Grace Lloyd at \S+Z: It withholds too much\.\n$/;

describe.each(['model', 'assistant'])('npm run %s', { timeout: 60_000 }, (name) => {
  const run = (words: readonly string[], folder = store.folder) =>
    runCommand(name, words, { DATA_DIR: folder });

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
    expect(err.split('\n')[0]).toMatch(
      new RegExp(`^npm run ${name} -- status +where the switch stands`),
    );
    expect(err).toContain(`type “/${name} off” in the chat`);
  });

  it('says so where there is no store', async () => {
    const none = path.join(store.folder, 'none');
    const missing = { code: 2, out: '', err: `There is no store in ${none}.\n` };
    expect(await run(['status'], none)).toEqual(missing);
  });

  it('turns its own switch, once however often it is told, and the audit stays whole', async () => {
    const untouched = { code: 0, out: 'The switch is on: nobody has turned it.\n', err: '' };
    expect(await run(['status'])).toEqual(untouched);
    const opened = await openEmbedded(store.folder);
    const before = await verifyAudit(opened);
    await opened.end();
    const off = await run(['off', '--by', 'Grace Lloyd', ...why]);
    expect(off).toEqual({ code: 0, out: expect.stringMatching(turned), err: '' });
    expect(await run(['off', '--by', 'Tom', '--why', 'Again.'])).toEqual(off);
    expect(await run(['status'])).toEqual(off);
    expect((await run(['on', '--by', 'Tom', '--why', 'Mended.'])).out).toMatch(
      /^The switch is on: turned by Tom at \S+Z: Mended\.\n$/,
    );
    const again = await openEmbedded(store.folder);
    const after = await verifyAudit(again);
    await again.end();
    expect([before.kind, after.kind]).toEqual(['whole', 'whole']);
    expect(entriesOf(after) - entriesOf(before)).toBe(2);
  });
});

function entriesOf(verified: Awaited<ReturnType<typeof verifyAudit>>): number {
  return verified.kind === 'whole' ? verified.entries : Number.NaN;
}

it.each(['model', 'assistant'])(
  'npm run %s says so where an older version has used the store last',
  async (name) => {
    const older = await aStoreFolder();
    const pool = await openEmbedded(older.folder);
    await withClient(pool, (client) => client.query('drop table switches'));
    await pool.end();
    expect(await runCommand(name, ['status'], { DATA_DIR: older.folder })).toEqual({
      ...{ code: 2, out: '' },
      err: 'The store was last used by an older version of Signpost: start this one once.\n',
    });
    await older.remove();
  },
  60_000,
);
