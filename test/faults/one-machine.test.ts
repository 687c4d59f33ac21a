import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/adapters/postgres/embedded.js';
import { type ConnectorDouble, startConnectorDouble } from '../bot/connector-double.js';
import { findTemplate } from '../contracts/stores.js';
import { aStoreFolder, startRunning } from '../running.js';
import { endAll, launch, startInstance } from './instances.js';
import { listFaulty, makeOfficer, type Officer } from './officers.js';

/** Faults of the machine that Signpost with its embedded store runs on. */

let connector: ConnectorDouble;
beforeAll(async () => {
  connector = await startConnectorDouble();
});
afterAll(() => connector.close());
afterEach(endAll);

const told = /^Something went wrong on our side\. Nothing you saved before is lost\./;
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

async function pressOften(officer: Officer, port: number, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await officer.press(port);
}

describe('the disk', () => {
  // Only root can make a disk of its own, small enough to be filled.
  it.runIf(canMount)(
    'disk full: each press that could not be saved is told, none is lost, and with room again all goes on',
    async () => {
      const disk = await mkdtemp(path.join(tmpdir(), 'signpost-full-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=120m', 'tmpfs', disk]);
      try {
        const settings = { DATA_DIR: path.join(disk, 'data') };
        await makeStore(settings.DATA_DIR);
        const instance = await startInstance(settings);
        const officer = await makeOfficer(connector.serviceUrl, instance.port);
        await pressOften(officer, instance.port, 20);
        const filler = path.join(disk, 'filler');
        await fill(filler);
        for (let i = 0; i < 2_000 && officer.told.length < 3; i += 1)
          await officer.press(instance.port);
        expect(officer.told).toEqual(Array(3).fill(expect.stringMatching(told)));
        await rm(filler);
        await officer.pressUntilSaved(() => [instance.port]);
        await pressOften(officer, instance.port, 5);
        instance.signal('SIGKILL');
        await instance.gone;
        const store = await openEmbedded(settings.DATA_DIR);
        expect(await listFaulty(store, settings.DATA_DIR, [officer])).toEqual([]);
      } finally {
        await endAll();
        execFileSync('umount', [disk]);
        await rm(disk, { recursive: true, force: true });
      }
    },
    120_000,
  );
});

/** An empty store, sooner than the sources make one from nothing. */
async function makeStore(folder: string): Promise<void> {
  await (await openEmbedded(folder, await findTemplate())).end();
}

/** Writes until nothing more fits. */
async function fill(file: string): Promise<void> {
  const piece = Buffer.alloc(256 * 1_024);
  const small = Buffer.alloc(512);
  for (const bytes of [piece, small]) {
    for (;;) {
      const isFull = await writeFile(file, bytes, { flag: 'a' }).then(
        () => false,
        () => true,
      );
      if (isFull) break;
    }
  }
}

describe('files of the data folder that were cut off while they were written', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'signpost-half-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('half-written key file: refuses to start in one sentence, and leaves the file as it is', async () => {
    await makeStore(folder);
    const file = path.join(folder, 'master-keys');
    await writeFile(file, '{"keys":[{"id":"k1","ke', { mode: 0o600 });
    const instance = await launch({ DATA_DIR: folder });
    expect(await instance.gone).toBe(1);
    const [line, ...more] = instance.written().trim().split('\n');
    expect(line).toMatch(/^Signpost did not start\. The setting KEY_FILE cannot be used: /);
    expect(more).toEqual([]);
    expect(await readFile(file, 'utf8')).toBe('{"keys":[{"id":"k1","ke');
  }, 60_000);
});

describe('the clock', () => {
  it('clock jumping back a day and ahead a year: every press is saved once, in its order', async () => {
    const clock = { now: new Date('2026-11-20T10:00:00.000Z') };
    const store = await aStoreFolder();
    const running = await startRunning(store.folder, connector, clock);
    const officer = await makeOfficer(connector.serviceUrl, running.port);
    const jumps = [
      '2026-11-19T10:00:00.000Z',
      '2027-11-20T10:00:00.000Z',
      '2026-11-20T10:00:01.000Z',
    ];
    for (const to of jumps) {
      clock.now = new Date(to);
      await pressOften(officer, running.port, 3);
      expect(await officer.repeatLast(running.port)).toContain('already recorded');
    }
    expect([officer.saved.length, officer.told]).toEqual([9, []]);
    await running.close();
    const kept = await openEmbedded(store.folder);
    expect(await listFaulty(kept, store.folder, [officer])).toEqual([]);
    await store.remove();
  }, 60_000);
});
