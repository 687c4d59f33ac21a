import { describe, expect, it } from 'vitest';
import { caseIdSchema, screeningIdSchema, type UserId, userIdSchema } from '../../src/core/ids.js';
import type { Role } from '../../src/core/roles.js';
import type { Screenings } from '../../src/flows/ports.js';
import { makeSummariseCase } from '../../src/flows/summarise-case.js';
import {
  aKnowledge,
  anEvent,
  anna,
  aQuestion,
  aReply,
  aScreening,
  aScript,
  aTime,
  ben,
} from '../builders.js';
import {
  type CasePeople,
  makeFakeAudit,
  makeFakeCases,
  makeFakePeople,
  makeFakeScreenings,
} from '../fakes.js';

const carl = userIdSchema.parse('carl');
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

/** A case of three screenings, the last one Ben's, and another case of Anna's. Carl has none. */
async function stored(roles: ReadonlyMap<UserId, readonly Role[]> = new Map()) {
  const people: CasePeople = new Map();
  const screenings = makeFakeScreenings(people);
  const cases = makeFakeCases(screenings, people);
  const names = makeFakePeople();
  await begin(screenings, 1, {});
  await replied(screenings, 1, anna);
  await begin(screenings, 2, { version: 2 });
  await begin(screenings, 3, { startedBy: ben });
  await replied(screenings, 3, ben);
  await begin(screenings, 4, { caseId: otherCase, caseRef: 'SP-OTHER' });
  await names.remember(anna, 'PC Anna Example');
  await names.remember(ben, 'DC Ben Example');
  const summarise = makeSummariseCase({
    knowledge: aKnowledge({ scripts }),
    screenings,
    cases,
    people: names,
    rolesOf: async (person) => roles.get(person) ?? ['officer'],
    audit: makeFakeAudit(),
    clock: () => new Date(aTime),
    readImport: () => ({ rows: [], remarks: [] }),
  });
  return { cases, summarise };
}

describe('summarising a case', () => {
  it('takes in every screening of the case, whoever began it, each with the version it began with', async () => {
    const { summarise } = await stored();
    const { summary } = (await summarise(id(2), anna)) ?? {};
    expect(summary?.caseRef).toBe('SP-4K7Q-2M');
    expect(summary?.knowledgeVersion).toBe('abc123');
    expect(summary?.on).toBe('2026-11-20');
    expect(summary?.screenings.map((one) => [one.id, one.version, one.state])).toEqual([
      [id(1), 1, 'finished'],
      [id(2), 2, 'unfinished'],
      [id(3), 1, 'finished'],
    ]);
    expect(
      summary?.sections.flatMap(({ lines }) =>
        lines.map(({ from }) => [from.ask, from.said, from.by]),
      ),
    ).toEqual([
      ['Has it happened before?', 'Yes', anna],
      ['Is it new?', undefined, undefined],
      ['Has it happened before?', 'Yes', ben],
    ]);
  });

  it('names everybody whose hand is in it', async () => {
    const { summarise } = await stored();
    expect((await summarise(id(1), anna))?.summary.people).toEqual([
      { id: anna, name: 'PC Anna Example' },
      { id: ben, name: 'DC Ben Example' },
    ]);
  });

  it('gives the same whichever screening of the case is named, and whoever of its people asks', async () => {
    const { summarise } = await stored();
    const first = await summarise(id(1), anna);
    expect(first?.summary.screenings).toHaveLength(3);
    expect(await summarise(id(2), anna)).toEqual(first);
    expect(await summarise(id(3), ben)).toEqual(first);
  });

  it('records who looked at which case, and when', async () => {
    const { cases, summarise } = await stored();
    await summarise(id(1), ben);
    expect(cases.reads).toEqual([
      { caseId: aScreening().caseId, by: ben, at: aTime, what: 'summary' },
    ]);
  });

  it('shows nothing to a person who may not work on the case, as if it were not there', async () => {
    const { cases, summarise } = await stored();
    expect(await summarise(id(1), carl)).toBeUndefined();
    expect(await summarise(id(4), ben)).toBeUndefined();
    expect(await summarise(id(9), anna)).toBeUndefined();
    expect(cases.reads).toEqual([]);
  });

  it('shows an advocate a case that they recorded alone, and none that others recorded anything of', async () => {
    const { cases, summarise } = await stored(new Map([[anna, ['advocate']]]));
    expect(await summarise(id(1), anna)).toBeUndefined();
    expect(cases.reads).toEqual([]);
    expect((await summarise(id(4), anna))?.summary.caseRef).toBe('SP-OTHER');
  });
});
