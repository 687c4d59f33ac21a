import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../bot/wire-store.js';
import { makeKeyFile } from '../../src/adapters/keys/key-file.js';
import { openEmbedded } from '../../src/adapters/postgres/embedded.js';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { sentenceOf } from '../../src/commands/refusal.js';
import { readConfig } from '../../src/config.js';
import { makeFolder } from '../contracts/stores.js';
import { runCommand } from '../run-command.js';

/** What a person can mend is told in a sentence by every command; a stack is for what they cannot. */
const who = ['--by', 'sgt-1', '--as', 'supervisor'];
const commands = [
  ['audit', ['verify']],
  ['keys', ['rotate']],
  ['model', ['status']],
  ['retention', ['due', ...who]],
  ['store', ['export-case', 'SP-1', '--to', 'there', '--why', 'subject-access', ...who]],
] as const;

describe('every command', { timeout: 120_000 }, () => {
  let place: Awaited<ReturnType<typeof makeFolder>>;
  let otherKeys: string;
  beforeAll(async () => {
    place = await makeFolder();
    const store = await openStore(readConfig({ DATA_DIR: place.folder }));
    await store.close();
    otherKeys = path.join(place.folder, 'other-keys');
    await makeKeyFile(otherKeys);
  }, 60_000);
  afterAll(() => place.remove());
  const run = (name: string, args: readonly string[], env = {}) =>
    runCommand(name, args, { DATA_DIR: place.folder, ...env });

  it.each(commands)('names the setting that is wrong: %s %s', async (name, args) => {
    expect(await run(name, args, { PORT: 'abc' })).toEqual({
      ...{ code: 2, out: '' },
      err: expect.stringMatching(/^[^\n]*PORT[^\n]*\n$/),
    });
  });

  it.each(commands.filter(([name]) => ['audit', 'keys', 'store'].includes(name)))(
    'that opens words says that the key file is another one: %s %s',
    async (name, args) => {
      // Only wrapping anew has to open what the old key wrapped.
      const asked = name === 'keys' ? ['rewrap'] : args;
      expect(await run(name, asked, { KEY_FILE: otherKeys })).toEqual({
        ...{ code: 2, out: '' },
        err: expect.stringMatching(
          /^The master key: .*other-keys holds no mk-\S+, which the store’s words need\.\n$/,
        ),
      });
    },
  );

  it.each(commands.filter(([name]) => name !== 'keys'))(
    'says how it is used when given an option it does not know: %s',
    async (name, args) => {
      const { code, out, err } = await run(name, [...args, '--odd']);
      expect([code, out, err.split(' --')[0]]).toEqual([2, '', `npm run ${name}`]);
    },
  );

  it.each(['ask', 'screen', 'evaluate', 'knowledge'])(
    'names the option that it does not know: %s',
    async (name) => {
      expect(await run(name, ['--odd'])).toEqual({
        ...{ code: 2, out: '' },
        err: expect.stringMatching(/^Unknown option '--odd'[^\n]*\n$/),
      });
    },
  );

  it('says so where an older version has used the store last: keys', async () => {
    const pool = await openEmbedded(place.folder);
    await withClient(pool, (client) => client.query('alter table data_keys rename to other'));
    await pool.end();
    expect(await run('keys', ['status'])).toEqual({
      // What the key file holds is known without the store.
      ...{ code: 2, out: expect.stringMatching(/holds, the newest last: mk-\S+\n$/) },
      err: 'The store was last used by an older version of Signpost: start this one once.\n',
    });
  });
});

describe('a fault that nobody can mend', () => {
  it('is thrown on', () => {
    const fault = new Error('no such thing');
    expect(() => sentenceOf(fault, 'usage')).toThrow(fault);
  });
});
