import { describe, expect, it } from 'vitest';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { makeSwitch } from '../../src/adapters/postgres/switches.js';
import { userIdSchema } from '../../src/core/ids.js';
import type { Audit, SwitchName, SwitchStore } from '../../src/flows/ports.js';
import { makeFakeAudit, makeFakeSwitch } from '../fakes.js';
import { drivers, portsOver, usePool } from './stores.js';

const by = userIdSchema.parse('grace');
const off = { isOn: false, by, at: '2026-11-20T10:00:00.000Z', why: 'It withholds too much.' };
const on = { isOn: true, by, at: '2026-11-20T11:00:00.000Z', why: 'Mended.' };

type Ports = {
  /** The same switch, as another instance has it. */
  readonly switches: readonly [SwitchStore, SwitchStore];
  /** The other switch of the same store. */
  readonly other: SwitchStore;
  readonly audit: Audit;
};

function suite(name: SwitchName, ports: () => Ports): void {
  const what = `${name}-switched`;

  it('is on until somebody turns it', async () => {
    const [here] = ports().switches;
    expect([await here.isOn(), await here.newest()]).toEqual([true, undefined]);
  });

  it('is off everywhere as soon as it was turned off, and on again, with who and why', async () => {
    const [here, there] = ports().switches;
    await here.turn(off);
    expect([await there.isOn(), await there.newest()]).toEqual([false, off]);
    await there.turn(on);
    expect([await here.isOn(), await here.newest()]).toEqual([true, on]);
  });

  it('tells the audit of every turn, and of none that could not be kept', async () => {
    const [here] = ports().switches;
    const turns = async () => (await ports().audit.search({ what }, 100)).length;
    const before = await turns();
    await here.turn(off);
    await expect(here.turn({ ...on, why: '' })).rejects.toThrow();
    await expect(here.turn({ ...on, why: 'x'.repeat(301) })).rejects.toThrow();
    expect([await here.isOn(), await turns()]).toEqual([false, before + 1]);
    const [newest] = await ports().audit.search({ what }, 1);
    const { at, why } = off;
    expect(newest).toMatchObject({ at, by, caseId: null, detail: { isOn: false, why } });
  });

  it('that several turn at once stands as the audit tells last', async () => {
    const [here, there] = ports().switches;
    await Promise.all([here.turn(off), there.turn(on), here.turn(off), there.turn(on)]);
    const [newest] = await ports().audit.search({ what }, 1);
    expect(newest?.detail.isOn).toBe(await here.isOn());
  });

  it('leaves the other switch as it is', async () => {
    const [here] = ports().switches;
    await ports().other.turn(on);
    await here.turn(off);
    expect([await here.newest(), await ports().other.newest()]).toEqual([off, on]);
  });
}

const names = ['model', 'assistant'] as const;
const otherOf = (name: SwitchName) => (name === 'model' ? 'assistant' : 'model');

describe.each(names)('the switch of the %s in the fake', (name) => {
  const audit = makeFakeAudit();
  const kept = makeFakeSwitch(audit, name);
  const other = makeFakeSwitch(audit, otherOf(name));
  suite(name, () => ({ switches: [kept, kept], other, audit }));
});

for (const driver of drivers) {
  describe.skipIf(driver.isMissing).each(names)(
    `the switch of the %s in ${driver.name}`,
    (name) => {
      const pool = usePool(driver);
      suite(name, () => ({
        switches: [makeSwitch(pool(), name), makeSwitch(pool(), name)],
        other: makeSwitch(pool(), otherOf(name)),
        audit: portsOver(pool()).audit,
      }));

      it.each(['update switches set is_on = true', 'delete from switches', 'truncate switches'])(
        'refuses “%s”',
        async (statement) => {
          await expect(withClient(pool(), (client) => client.query(statement))).rejects.toThrow(
            'append-only',
          );
        },
      );

      it('refuses a switch of another name', async () => {
        const put = `insert into switches (name, turned_at, turned_by, is_on, why)
        values ('telephone', now(), 'grace', true, 'Enough.')`;
        await expect(withClient(pool(), (client) => client.query(put))).rejects.toThrow();
      });
    },
  );
}
