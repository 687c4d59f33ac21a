import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeStoreLock } from '../../src/adapters/store-lock.js';
import { type Child, startChild } from './child-process.js';

let folder = '';
let children: Child[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-lock-'));
});

afterEach(async () => {
  await Promise.all(children.map((child) => child.kill()));
  children = [];
  // Removes the socket files that the killed ones left in the temp folder.
  const lock = await takeStoreLock(folder, 'darwin');
  if (lock.kind === 'held') await lock.release();
  await rm(folder, { recursive: true, force: true });
});

function start(platform: string): Child {
  const child = startChild('lock', folder, platform);
  children.push(child);
  return child;
}

// The way of macOS works on Linux too, so both are tried here; that of Windows cannot be.
describe.skipIf(process.platform !== 'linux').each(['linux', 'darwin'])(
  'the lock of a store on %s',
  (platform) => {
    it('is held by one process, and refused to another and to the same one', async () => {
      expect(await start(platform).said('')).toBe('held');
      expect(await start(platform).said('')).toBe('taken');
      expect((await takeStoreLock(folder, platform)).kind).toBe('taken');
    });

    it('is free at once after its process was killed, five times over', async () => {
      for (let round = 0; round < 5; round += 1) {
        const child = start(platform);
        expect(await child.said('')).toBe('held');
        await child.kill();
        const lock = await takeStoreLock(folder, platform);
        expect(lock.kind).toBe('held');
        if (lock.kind === 'held') await lock.release();
      }
    }, 60_000);

    it('goes to no more than one of several that start together', async () => {
      const said = await Promise.all([1, 2, 3, 4].map(() => start(platform).said('')));
      expect(said).toHaveLength(4);
      const held = said.filter((line) => line === 'held').length;
      expect(held).toBeLessThanOrEqual(1);
      // The kernel decides on Linux, so that one of them always gets it.
      if (platform === 'linux') expect(held).toBe(1);
    }, 60_000);

    it('sees one folder under two names, and two folders apart', async () => {
      const link = `${folder}-link`;
      await symlink(folder, link);
      const lock = await takeStoreLock(folder, platform);
      expect((await takeStoreLock(link, platform)).kind).toBe('taken');
      const other = await takeStoreLock(path.join(folder, 'other'), platform);
      expect([lock.kind, other.kind]).toEqual(['held', 'held']);
      for (const each of [lock, other]) if (each.kind === 'held') await each.release();
      await rm(link);
    });
  },
);
