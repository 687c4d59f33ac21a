import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/adapters/postgres/embedded.js';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { makeSwitch } from '../../src/adapters/postgres/switches.js';
import { takeStoreLock } from '../../src/adapters/store-lock.js';
import { userIdSchema } from '../../src/core/ids.js';
import { english } from '../../src/core/words.js';
import { portsOver } from '../contracts/stores.js';
import { runCommand } from '../run-command.js';
import { aStoreFolder } from '../running.js';

let store: Awaited<ReturnType<typeof aStoreFolder>>;
beforeAll(async () => {
  store = await aStoreFolder();
}, 60_000);
afterAll(() => store.remove());

const check = (settings: Readonly<Record<string, string>> = {}, args: readonly string[] = []) =>
  runCommand('self-check', args, { DATA_DIR: store.folder, ...settings });
const { selfCheck } = english;
const linesOf = (out: string) => out.trimEnd().split('\n');

/** Does something to the store while nothing else has it open. */
async function within(act: (pool: Awaited<ReturnType<typeof openEmbedded>>) => Promise<unknown>) {
  const pool = await openEmbedded(store.folder);
  await act(pool);
  await portsOver(pool).close();
  await pool.end();
}
const statement = (text: string) =>
  within((pool) => withClient(pool, (client) => client.query(text)));

const secret = 'hunter2-very-secret';
const guid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const production = {
  MICROSOFT_APP_ID: guid(1),
  MICROSOFT_APP_TENANT_ID: guid(2),
  MICROSOFT_APP_TYPE: 'SingleTenant',
  MICROSOFT_APP_PASSWORD: secret,
  TAB_APP_ID: guid(3),
  MODEL: 'any',
  MODEL_KEY: secret,
};

describe('npm run self-check', { timeout: 60_000 }, () => {
  it('names everything of a sound installation, and ends with 0', async () => {
    const { code, out, err } = await check();
    expect([code, err]).toEqual([0, '']);
    const notes = linesOf(out).filter((line) => line.startsWith('Note: guidance'));
    expect(linesOf(out)).toEqual([
      expect.stringMatching(/^Version of Signpost: \d+\.\d+\.\d+$/),
      selfCheck.mode.local,
      selfCheck.identity.nobody,
      selfCheck.store.embedded,
      expect.stringMatching(/^Version of the knowledge base: \S+$/),
      selfCheck.model['not-configured'],
      selfCheck.assistant.on,
      expect.stringMatching(/^Newest migration: \d{4}_\w+$/),
      selfCheck.noHead,
      selfCheck.sound,
      ...notes,
    ]);
  });

  it('names switches and the end of the audit as they are, and prints no secret, id or folder', async () => {
    const by = userIdSchema.parse('grace');
    const off = { isOn: false, by, at: '2026-11-20T10:00:00.000Z', why: 'Enough.' };
    let hash = '';
    await within(async (pool) => {
      await makeSwitch(pool, 'assistant').turn(off);
      await makeSwitch(pool, 'model').turn(off);
      hash = (await portsOver(pool).audit.search({}, 1))[0]?.hash ?? '';
    });
    const { code, out } = await check({ ...production, KEY_FILE: store.keyFile });
    expect(code).toBe(0);
    expect(linesOf(out)).toEqual(
      expect.arrayContaining([
        ...[selfCheck.mode.production, selfCheck.identity.secret, selfCheck.model.off],
        ...[selfCheck.assistant.off, selfCheck.head(`2:${hash}`), selfCheck.notes.off],
      ]),
    );
    for (const part of [secret, guid(1), guid(2), guid(3), store.folder])
      expect(out).not.toContain(part);
  });

  it('ends with 1 where the store is in use, cannot be reached or is not there, each in a sentence', async () => {
    const lock = await takeStoreLock(store.folder);
    const used = await check();
    if (lock.kind === 'taken') throw new Error('the store is in use');
    await lock.release();
    expect([used.code, used.err]).toEqual([1, '']);
    expect(linesOf(used.out)).toContain(selfCheck.faults.storeNotRead);
    expect(used.out).toContain('Another process has the store');
    const url = `postgres://app:${secret}@127.0.0.1:1/signpost`;
    const away = await check({ DATABASE_URL: url });
    expect([away.code, away.err]).toEqual([1, '']);
    expect(linesOf(away.out)).toContain(selfCheck.faults.storeNotRead);
    expect(linesOf(away.out)).toContain(selfCheck.assistant.unknown);
    expect(away.out).not.toContain(secret);
    const empty = await mkdtemp(path.join(tmpdir(), 'signpost-none-'));
    const none = await check({ DATA_DIR: empty });
    await rm(empty, { recursive: true });
    expect(none.code).toBe(1);
    expect(linesOf(none.out)).toContain(`There is no store in ${empty}.`);
  });

  it('ends with 1 where the knowledge base cannot be used', async () => {
    const { code, out } = await check({ KNOWLEDGE_DIR: path.join(store.folder, 'none') });
    expect(code).toBe(1);
    expect(linesOf(out)).toContain(selfCheck.faults.knowledgeUnusable);
  });

  it('ends with 1 where the audit ends elsewhere than its recorded end', async () => {
    await statement('alter table audit_head disable trigger all');
    await statement("update audit_head set hash = repeat('0', 64)");
    const { code, out } = await check();
    expect(code).toBe(1);
    expect(linesOf(out)).toContain(selfCheck.faults.auditCut);
  });

  it('ends with 1 where migrations are missing, or a newer version has used the store', async () => {
    await statement("insert into pgmigrations (name, run_on) values ('9999_later', now())");
    const newer = await check();
    expect(newer.code).toBe(1);
    expect(linesOf(newer.out)).toContain(selfCheck.faults.storeNewer);
    await statement("delete from pgmigrations where name > '0012'");
    const { code, out } = await check();
    expect(code).toBe(1);
    expect(linesOf(out).some((line) => line.startsWith('The store lacks migrations, '))).toBe(true);
    expect(linesOf(out)).toContain(selfCheck.assistant.unknown);
  });

  it('says how it is used when given words, and names a setting that cannot be used', async () => {
    const words = await check({}, ['please']);
    expect([words.code, words.out]).toEqual([2, '']);
    expect(words.err).toMatch(/^npm run self-check/);
    const setting = await check({ PORT: 'none' });
    expect([setting.code, setting.out]).toEqual([2, '']);
    expect(setting.err).toMatch(/^The setting PORT cannot be used/);
  });
});
