import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeNotices } from '../../src/adapters/postgres/notices.js';
import { type ReviewId, reviewIdSchema } from '../../src/core/ids.js';
import type { NewNotice } from '../../src/flows/ports.js';
import {
  aReview,
  at,
  colleague,
  describeReviewPorts,
  describeReviewStores,
  officer,
  type ReviewPorts,
} from './review-setup.js';
import { drivers, portsOver, usePlace } from './stores.js';

async function aNotice(ports: ReviewPorts, given: Partial<NewNotice> = {}): Promise<NewNotice> {
  const about: ReviewId = given.about ?? (await aReview(ports)).id;
  return { kind: 'returned', to: officer, about, dueAt: at, key: randomUUID(), ...given };
}

const later = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();

/** Of the notices named, those claimed at a time, with how often they were tried. */
async function claimOf(ports: ReviewPorts, now: string, ...of: readonly NewNotice[]) {
  const claimed = await ports.notices.claim(now, 1_000);
  return claimed.filter(({ key }) => of.some((notice) => notice.key === key));
}

describeReviewPorts('notices', (ports) => {
  it('come when they are due, whole, the longest due first', async () => {
    const first = await aNotice(ports());
    const second = await aNotice(ports(), { dueAt: later(5), kind: 'promise-due', to: colleague });
    await ports().notices.put([second, first]);
    expect(await claimOf(ports(), later(-1), first, second)).toEqual([]);
    const claimed = await claimOf(ports(), later(5), first, second);
    const whole = { id: expect.any(String), tries: 1 };
    expect(claimed).toEqual([
      { ...first, ...whole },
      { ...second, ...whole },
    ]);
  });

  it('are sent once, however often they are put, and after they were sent too', async () => {
    const notice = await aNotice(ports());
    await ports().notices.put([notice]);
    await ports().notices.put([notice]);
    const [claimed, ...others] = await claimOf(ports(), at, notice);
    expect([claimed?.tries, others]).toEqual([1, []]);
    await ports().notices.markSent(claimed?.id ?? '', at);
    await ports().notices.put([{ ...notice, to: colleague, dueAt: later(60) }]);
    expect(await claimOf(ports(), later(10_000), notice)).toEqual([]);
  });

  it('come again after longer and longer when nobody marks them sent, and at last no more', async () => {
    const notice = await aNotice(ports());
    await ports().notices.put([notice]);
    const waits: number[] = [];
    let last = 0;
    for (let minute = 0; minute <= 5 * 24 * 60 && waits.length < 25; minute += 1) {
      // Looking each minute would take thousands of statements: only where one could be due.
      const wait = minute - last;
      if (minute > 0 && ![1, 2, 4, 8, 16, 32, 64, 128, 256, 360].includes(wait)) continue;
      const [claimed] = await claimOf(ports(), later(minute), notice);
      if (!claimed) continue;
      waits.push(wait);
      last = minute;
    }
    expect(waits).toEqual([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, ...Array(10).fill(360)]);
  });

  it('are put off, brought forward or given to another owner until they were sent', async () => {
    const notice = await aNotice(ports());
    await ports().notices.put([notice]);
    await ports().notices.put([{ ...notice, dueAt: later(30), to: colleague }]);
    expect(await claimOf(ports(), later(29), notice)).toEqual([]);
    const [claimed] = await claimOf(ports(), later(30), notice);
    expect(claimed).toMatchObject({ to: colleague, dueAt: later(30), tries: 1 });
  });

  it('are taken back while they are not sent, and may be put again', async () => {
    const [taken, kept] = [await aNotice(ports()), await aNotice(ports())];
    await ports().notices.put([taken, kept]);
    await ports().notices.withdraw([taken.key, randomUUID()]);
    const claimed = await claimOf(ports(), at, taken, kept);
    expect(claimed.map(({ key }) => key)).toEqual([kept.key]);
    await ports().notices.markSent(claimed[0]?.id ?? '', at);
    await ports().notices.withdraw([kept.key]);
    await ports().notices.put([taken, kept]);
    expect((await claimOf(ports(), later(1_000), taken, kept)).map(({ key }) => key)).toEqual([
      taken.key,
    ]);
  });

  it('are claimed up to a limit', async () => {
    await ports().notices.claim(at, 1_000);
    await ports().notices.put([await aNotice(ports()), await aNotice(ports())]);
    expect(await ports().notices.claim(at, 1)).toHaveLength(1);
    expect(await ports().notices.claim(at, 10)).toHaveLength(1);
  });
});

describeReviewStores('notices', (ports) => {
  it('are about a review that exists, and none of several is kept beside a bad one', async () => {
    const about = reviewIdSchema.parse(randomUUID());
    const [good, bad] = [await aNotice(ports()), await aNotice(ports(), { about })];
    await expect(ports().notices.put([good, bad])).rejects.toThrow();
    expect(await claimOf(ports(), at, good, bad)).toEqual([]);
  });

  it('take the later of two with one key', async () => {
    const notice = await aNotice(ports());
    await ports().notices.put([notice, { ...notice, to: colleague }]);
    expect((await claimOf(ports(), at, notice)).map(({ to }) => to)).toEqual([colleague]);
  });
});

describe.each(drivers)('two instances with notices over $name', (driver) => {
  describe.skipIf(driver.isMissing)('of one store', () => {
    const place = usePlace(driver);

    it('never claim the same one, and find after a restart what was not sent', async () => {
      const { pool, open } = place();
      const another = pool.kind === 'postgres' ? await open() : pool;
      const here = portsOver(pool);
      const there = makeNotices(another);
      const { id: about } = await aReview(here);
      const notices = await Promise.all(Array.from({ length: 60 }, () => aNotice(here, { about })));
      await here.notices.put(notices);
      const claimed = (
        await Promise.all(
          Array.from({ length: 12 }, (_, i) => (i % 2 ? here.notices : there).claim(at, 5)),
        )
      ).flat();
      const keys = claimed.map(({ key }) => key).sort();
      expect(new Set(keys).size).toBe(keys.length);
      // One that is locked by the other is left to it, so a claim may come back with fewer.
      const rest = await there.claim(at, 60);
      expect([...keys, ...rest.map(({ key }) => key)].sort()).toEqual(
        notices.map(({ key }) => key).sort(),
      );
      for (const { id } of claimed) await here.notices.markSent(id, at);
      const restarted = makeNotices(another);
      expect((await restarted.claim(later(1), 100)).length).toBe(rest.length);
      if (another !== pool) await another.end();
    });
  });
});
