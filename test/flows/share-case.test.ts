import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { screeningIdSchema, userIdSchema } from '../../src/core/ids.js';
import { codeValidMs, makeShareCase } from '../../src/flows/share-case.js';
import { anna, aScreening, aTime, ben } from '../builders.js';
import { type CasePeople, makeFakeAudit, makeFakeCases, makeFakeScreenings } from '../fakes.js';

const carl = userIdSchema.parse('carl');
const mine = aScreening().id;
const absent = screeningIdSchema.parse('00000000-0000-4000-8000-00000000dead');

/** A screening of Anna's, and codes that count up: CODE-1, CODE-2. */
async function sharing() {
  const people: CasePeople = new Map();
  const screenings = makeFakeScreenings(people);
  const { events: _, ...screening } = aScreening();
  await screenings.start({ ...screening, activityId: 'start-1' });
  let now = new Date(aTime).getTime();
  let count = 0;
  const codes = {
    make: () => {
      count += 1;
      return `CODE-${count}`;
    },
    hash: (code: string) => createHash('sha256').update(code).digest('hex'),
  };
  const cases = makeFakeCases(screenings, people);
  const share = makeShareCase(screenings, cases, makeFakeAudit(), () => new Date(now), codes);
  const later = (ms: number) => {
    now += ms;
  };
  const peopleOf = async () => (await screenings.find(mine))?.people;
  return { share, later, peopleOf };
}

describe('a case that is handed over', () => {
  it('lets in the colleague who says the code, and keeps who was there', async () => {
    const { share, peopleOf } = await sharing();
    expect(await share.invite(mine, anna)).toBe('CODE-1');
    expect(await peopleOf()).toEqual([anna]);
    expect(await share.join('CODE-1', ben)).toBe(mine);
    expect(await peopleOf()).toEqual([anna, ben]);
  });

  it('can be handed on by whoever was let in', async () => {
    const { share, peopleOf } = await sharing();
    await share.invite(mine, anna);
    await share.join('CODE-1', ben);
    expect(await share.invite(mine, ben)).toBe('CODE-2');
    await share.join('CODE-2', carl);
    expect(await peopleOf()).toEqual([anna, ben, carl]);
  });

  it('gives no code to a person who may not work on it, as if it were not there', async () => {
    const { share } = await sharing();
    expect(await share.invite(mine, ben)).toBeUndefined();
    expect(await share.invite(absent, anna)).toBeUndefined();
  });
});

describe('a code', () => {
  it('is valid for half an hour', async () => {
    const { share, later, peopleOf } = await sharing();
    expect(codeValidMs).toBe(1_800_000);
    await share.invite(mine, anna);
    later(codeValidMs - 1);
    expect(await share.join('CODE-1', ben)).toBe(mine);
    later(1);
    expect(await share.join('CODE-1', carl)).toBeUndefined();
    expect(await peopleOf()).toEqual([anna, ben]);
  });

  it('lets nobody in after that', async () => {
    const { share, later, peopleOf } = await sharing();
    await share.invite(mine, anna);
    later(codeValidMs);
    expect(await share.join('CODE-1', ben)).toBeUndefined();
    expect(await peopleOf()).toEqual([anna]);
  });

  it('lets in one person, once; a repeat by the same person changes nothing', async () => {
    const { share, peopleOf } = await sharing();
    await share.invite(mine, anna);
    expect(await share.join('CODE-1', ben)).toBe(mine);
    expect(await share.join('CODE-1', ben)).toBe(mine);
    expect(await share.join('CODE-1', carl)).toBeUndefined();
    expect(await peopleOf()).toEqual([anna, ben]);
  });

  it('that was never given lets nobody in', async () => {
    const { share, peopleOf } = await sharing();
    await share.invite(mine, anna);
    expect(await share.join('CODE-9', ben)).toBeUndefined();
    expect(await peopleOf()).toEqual([anna]);
  });
});
