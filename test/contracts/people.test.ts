import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { userIdSchema } from '../../src/core/ids.js';
import { describeStores } from './stores.js';

const aPerson = () => userIdSchema.parse(`officer-${randomUUID()}`);

describeStores('people', (ports) => {
  it('are known by the name they went by last', async () => {
    const { people } = ports();
    const [first, second] = [aPerson(), aPerson()];
    await people.remember(first, 'PC Ann Example');
    await people.remember(first, 'PC Ann Example');
    await people.remember(second, 'Ben O’Example 👮🏽');
    await people.remember(first, 'Sgt Ann Example');
    expect(await people.namesOf([first, second])).toEqual(
      new Map([
        [first, 'Sgt Ann Example'],
        [second, 'Ben O’Example 👮🏽'],
      ]),
    );
  });

  it('are left out where no name is known', async () => {
    const { people } = ports();
    const known = aPerson();
    await people.remember(known, 'PC Ann Example');
    expect(await people.namesOf([aPerson(), known])).toEqual(new Map([[known, 'PC Ann Example']]));
    expect(await people.namesOf([])).toEqual(new Map());
  });
});
