import { describe, expect, it } from 'vitest';
import { makeModelSwitch } from '../../src/adapters/postgres/model-switch.js';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { userIdSchema } from '../../src/core/ids.js';
import type { Audit, SwitchStore } from '../../src/flows/ports.js';
import { makeFakeAudit, makeFakeModelSwitch } from '../fakes.js';
import { drivers, portsOver, usePool } from './stores.js';

const by = userIdSchema.parse('grace');
const off = { isOn: false, by, at: '2026-11-20T10:00:00.000Z', why: 'It withholds too much.' };
const on = { isOn: true, by, at: '2026-11-20T11:00:00.000Z', why: 'Mended.' };

type Ports = {
  /** The same switch, as another instance has it. */
  readonly switches: readonly [SwitchStore, SwitchStore];
  readonly audit: Audit;
};

function suite(ports: () => Ports): void {
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
    const turns = async () => (await ports().audit.search({ what: 'model-switched' }, 100)).length;
    const before = await turns();
    await here.turn(off);
    await expect(here.turn({ ...on, why: '' })).rejects.toThrow();
    await expect(here.turn({ ...on, why: 'x'.repeat(301) })).rejects.toThrow();
    expect([await here.isOn(), await turns()]).toEqual([false, before + 1]);
    const [newest] = await ports().audit.search({ what: 'model-switched' }, 1);
    const { at, why } = off;
    expect(newest).toMatchObject({ at, by, caseId: null, detail: { isOn: false, why } });
  });

  it('that several turn at once stands as the audit tells last', async () => {
    const [here, there] = ports().switches;
    await Promise.all([here.turn(off), there.turn(on), here.turn(off), there.turn(on)]);
    const [newest] = await ports().audit.search({ what: 'model-switched' }, 1);
    expect(newest?.detail.isOn).toBe(await here.isOn());
  });
}

describe('the model’s switch in the fake', () => {
  const audit = makeFakeAudit();
  const kept = makeFakeModelSwitch(audit);
  suite(() => ({ switches: [kept, kept], audit }));
});

for (const driver of drivers) {
  describe.skipIf(driver.isMissing)(`the model’s switch in ${driver.name}`, () => {
    const pool = usePool(driver);
    suite(() => ({
      switches: [makeModelSwitch(pool()), makeModelSwitch(pool())],
      audit: portsOver(pool()).audit,
    }));

    it.each(['update model_switch set is_on = true', 'delete from model_switch'])(
      'refuses “%s”',
      async (statement) => {
        await expect(withClient(pool(), (client) => client.query(statement))).rejects.toThrow();
      },
    );
  });
}
