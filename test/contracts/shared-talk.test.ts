import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeTalk } from '../../bot/teams/talk.js';
import { channelOf, openEar } from '../../src/adapters/postgres/ear.js';
import type { StorePool } from '../../src/adapters/postgres/pool.js';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { makeSharedTalk } from '../../src/adapters/postgres/shared-talk.js';
import { drivers, usePlace } from './stores.js';

const [postgres] = drivers.filter(({ name }) => name === 'PostgreSQL');
if (!postgres) throw new Error('there is no driver of PostgreSQL');

describe.skipIf(postgres.isMissing)('two instances over one PostgreSQL', () => {
  const place = usePlace(postgres);
  const now = new Date('2026-11-20T10:00:00.000Z');
  const faults: unknown[] = [];
  const announced: string[] = [];
  let elsewhere: StorePool;
  let here: ReturnType<typeof makeTalk>;
  let there: ReturnType<typeof makeTalk>;
  beforeAll(async () => {
    elsewhere = await place().open();
    [here, there] = [place().pool, elsewhere].map((pool) => {
      const ear = openEar(pool);
      if (pool === elsewhere) ear.on('talk', (payload) => void announced.push(payload));
      return makeTalk(
        () => now,
        makeSharedTalk(pool, ear, (fault) => void faults.push(fault)),
      );
    }) as [typeof here, typeof there];
    const listening = `select from pg_stat_activity where query like 'listen%' and datname = current_database()`;
    await vi.waitUntil(
      async () => (await withClient(elsewhere, (c) => c.query(listening))).rowCount === 2,
    );
  });
  afterAll(() => elsewhere.end());

  const askHere = (chat: string, question: string, passage?: string) =>
    here.answered(chat, here.add(chat, question), passage);
  const heardThere = (chat: string) => vi.waitUntil(() => there.earlier(chat).length > 0);

  it('know of each other what was asked and shown, so that a follow-up may come to either', async () => {
    askHere('a:one', 'What is an SPO?', 'spo-what');
    await heardThere('a:one');
    expect(there.earlier('a:one')).toEqual(['What is an SPO?']);
    expect(there.lastPassage('a:one')).toBe('spo-what');
    expect(there.isJustAsked('a:one', 'What is an SPO?')).toBe(true);
    there.answered('a:one', there.add('a:one', 'And if he breaches it?'), 'spo-breach');
    await vi.waitUntil(() => here.earlier('a:one').length === 2);
    expect([here, there].map((talk) => talk.earlier('a:one').toSorted())).toEqual(
      [here, there].map(() => ['And if he breaches it?', 'What is an SPO?']),
    );
  });

  it('hear the passage of an answer that was bettered in the place of the first', async () => {
    const asked = here.add('a:better', 'How long?');
    here.answered('a:better', asked, 'first');
    here.answered('a:better', asked, 'second');
    await vi.waitUntil(() => there.lastPassage('a:better') === 'second');
    expect(there.earlier('a:better')).toEqual(['How long?']);
  });

  it('announce none of its words in clear', async () => {
    askHere('a:secret', 'Is Jane Doe of Example Street at risk?');
    await heardThere('a:secret');
    expect(announced.length).toBeGreaterThan(0);
    expect(announced.join('\n')).not.toMatch(/jane|example|secret|risk/i);
  });

  it('report and leave out what they cannot read, and hear what comes after', async () => {
    const send = (words: string) =>
      withClient(elsewhere, (client) =>
        client.query('select pg_notify($1, $2)', [channelOf(elsewhere, 'talk'), words]),
      );
    await send('junk');
    await send(`${'0'.repeat(36)} sealed:1:AAAA`);
    askHere('a:after', 'Still there?');
    await heardThere('a:after');
    // Both instances heard both.
    expect(faults).toHaveLength(4);
  });

  it('keep a question too long to be announced where it was asked', async () => {
    // Letters of three bytes, none like the one before, which no packing makes small.
    askHere('a:long', String.fromCharCode(...Array.from({ length: 3_000 }, (_, i) => 0x4e00 + i)));
    askHere('a:short', 'Short?');
    await heardThere('a:short');
    expect([here, there].map((talk) => talk.earlier('a:long').length)).toEqual([1, 0]);
    expect(faults).toHaveLength(4);
  });
});
