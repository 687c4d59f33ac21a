import { describe, expect, it } from 'vitest';
import { caseIdSchema, screeningIdSchema } from '../../src/core/ids.js';
import { makeStartScreening, type NewIds } from '../../src/flows/start-screening.js';
import { aKnowledge, anna, aQuestion, aScreening, aScript, aTime, ben } from '../builders.js';
import { makeFakeScreenings } from '../fakes.js';

/** Ids that count up, so that results can be named whole. */
function countingIds(): NewIds {
  let count = 0;
  const uuid = (kind: string) => {
    count += 1;
    return `00000000-0000-4000-8000-${kind}${String(count).padStart(11, '0')}`;
  };
  return {
    screening: () => screeningIdSchema.parse(uuid('a')),
    case: () => caseIdSchema.parse(uuid('c')),
    caseRef: () => `SP-${count}`,
  };
}

const scripts = [
  aScript([aQuestion()], { version: 2 }),
  aScript([aQuestion()], { version: 1 }),
  aScript([aQuestion()], { version: 3, status: 'draft' }),
  aScript([aQuestion()], { name: 'only-a-draft', status: 'draft' }),
];

function starting() {
  const screenings = makeFakeScreenings();
  const start = makeStartScreening(
    aKnowledge({ scripts }),
    screenings,
    () => new Date(aTime),
    countingIds(),
  );
  return { screenings, start };
}

describe('starting a screening', () => {
  it('begins the newest released version, for a new case', async () => {
    const { screenings, start } = starting();
    const started = await start({ script: 'test-script', by: anna, activityId: 'press-1' });
    const id = screeningIdSchema.parse('00000000-0000-4000-8000-a00000000001');
    expect(started).toEqual({ kind: 'started', id });
    expect(await screenings.find(id)).toEqual({
      id,
      caseId: '00000000-0000-4000-8000-c00000000002',
      caseRef: 'SP-2',
      script: 'test-script',
      version: 2,
      startedBy: 'anna',
      startedAt: aTime,
      people: ['anna'],
      barred: [],
      isFollowOn: false,
      events: [],
    });
  });

  it('goes on with a case that is named, under its name', async () => {
    const { screenings, start } = starting();
    const { caseId, caseRef } = aScreening();
    const started = await start({
      script: 'test-script',
      by: anna,
      caseOf: { caseId, caseRef },
      activityId: 'press-1',
    });
    const begun = 'id' in started ? await screenings.find(started.id) : undefined;
    expect([begun?.caseId, begun?.caseRef]).toEqual([caseId, caseRef]);
  });

  it.each(['no-such-script', 'only-a-draft', ''])('begins nothing for “%s”', async (script) => {
    const { screenings, start } = starting();
    expect(await start({ script, by: anna, activityId: 'press-1' })).toEqual({
      kind: 'no-such-script',
    });
    expect(await screenings.listOf(anna, 10)).toEqual([]);
  });

  it('begins one when the same press arrives three times', async () => {
    const { screenings, start } = starting();
    const press = { script: 'test-script', by: anna, activityId: 'press-1' };
    const all = [await start(press), await start(press), await start(press)];
    expect(all.map(({ kind }) => kind)).toEqual(['started', 'already', 'already']);
    expect(new Set(all.map((one) => 'id' in one && one.id)).size).toBe(1);
    expect(await screenings.listOf(anna, 10)).toHaveLength(1);
  });

  it('begins one each for two people under the same activity', async () => {
    const { screenings, start } = starting();
    const press = { script: 'test-script', activityId: 'press-1' };
    const kinds = [
      (await start({ ...press, by: anna })).kind,
      (await start({ ...press, by: ben })).kind,
    ];
    expect(kinds).toEqual(['started', 'started']);
    expect(await screenings.listOf(ben, 10)).toHaveLength(1);
  });
});
