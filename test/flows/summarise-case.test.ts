import { describe, expect, it } from 'vitest';
import { caseIdSchema, screeningIdSchema, type UserId, userIdSchema } from '../../src/core/ids.js';
import type { Screenings } from '../../src/flows/ports.js';
import { makeSummariseCase } from '../../src/flows/summarise-case.js';
import { aKnowledge, anEvent, anna, aQuestion, aReply, aScreening, aScript } from '../builders.js';
import { makeFakeScreenings } from '../fakes.js';

const ben = userIdSchema.parse('ben');
const id = (last: number) =>
  screeningIdSchema.parse(`00000000-0000-4000-8000-${String(last).padStart(12, '0')}`);
const otherCase = caseIdSchema.parse('00000000-0000-4000-8000-0000000000cc');

const scripts = [
  aScript([aQuestion()], { version: 1 }),
  aScript([aQuestion({ id: 'QA01', ask: 'Is it new?' })], { version: 2 }),
];

async function begin(
  screenings: Screenings,
  last: number,
  given: Parameters<typeof aScreening>[0],
) {
  const { events: _, ...screening } = aScreening({ id: id(last), ...given });
  await screenings.start({ ...screening, activityId: `start-${last}` });
}

async function replied(screenings: Screenings, last: number, by: UserId) {
  await screenings.change(id(last), () => ({
    save: anEvent({ by, act: aReply('QA01', 'yes') }),
    result: undefined,
  }));
}

/** Anna's case of two screenings, Ben's screening of the same case, and another case of Anna's. */
async function stored() {
  const screenings = makeFakeScreenings();
  await begin(screenings, 1, {});
  await replied(screenings, 1, anna);
  await begin(screenings, 2, { version: 2 });
  await begin(screenings, 3, { startedBy: ben });
  await replied(screenings, 3, ben);
  await begin(screenings, 4, { caseId: otherCase, caseRef: 'SP-OTHER' });
  return makeSummariseCase(aKnowledge({ scripts }), screenings);
}

describe('summarising a case', () => {
  it('takes in a person’s own screenings of the case, each with the version it began with', async () => {
    const summarise = await stored();
    const summary = await summarise(id(2), anna);
    expect(summary?.caseRef).toBe('SP-4K7Q-2M');
    expect(summary?.knowledgeVersion).toBe('abc123');
    expect(summary?.screenings.map((one) => [one.id, one.version, one.state])).toEqual([
      [id(1), 1, 'finished'],
      [id(2), 2, 'unfinished'],
    ]);
    expect(
      summary?.sections.flatMap(({ lines }) => lines.map(({ from }) => [from.ask, from.said])),
    ).toEqual([
      ['Has it happened before?', 'Yes'],
      ['Is it new?', undefined],
    ]);
  });

  it('gives the same whichever screening of the case is named', async () => {
    const summarise = await stored();
    expect(await summarise(id(1), anna)).toEqual(await summarise(id(2), anna));
  });

  it('treats another person’s screening like one that is not there', async () => {
    const summarise = await stored();
    expect(await summarise(id(3), anna)).toBeUndefined();
    expect(await summarise(id(9), anna)).toBeUndefined();
    expect((await summarise(id(3), ben))?.screenings.map((one) => one.id)).toEqual([id(3)]);
  });
});
