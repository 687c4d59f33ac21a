import { describe, expect, it } from 'vitest';
import { readParts } from '../../src/core/case-summary.js';
import {
  type Commitment,
  commitmentsOf,
  type DoneMark,
  ownerOf,
  remindersFor,
} from '../../src/core/commitments.js';
import type { Value } from '../../src/core/reply.js';
import type { Act, FieldValue, RecordFields } from '../../src/core/screening.js';
import { anna, aRecord, ben, eventsOf, owedTimings, today } from '../builders.js';
import { loadReal, realScript, type Said, walkedScreening } from '../real-knowledge.js';

const knowledge = await loadReal();
const id = '00000000-0000-4000-8000-000000000001';
const caseId = '00000000-0000-4000-8000-000000000002';
const words = (text: string) => ({ kind: 'text', text }) as const;
const when = (day: string, precision: 'exact' | 'about' | 'month' = 'exact') =>
  ({ kind: 'date', day, precision }) as const;
const what = (choice: string): FieldValue => ({ kind: 'choice', choice });
const listed: Value = { kind: 'listed', count: 0 };

function readOf(name: string, said: Said, ...records: readonly Act[]) {
  const script = realScript(knowledge, name);
  const walked = walkedScreening(script, said);
  const events = eventsOf(...records, ...walked.events.map(({ act }) => act));
  return readParts([{ script, screening: { ...walked, events } }]);
}

const none: ReadonlyMap<string, DoneMark> = new Map();
const doneAt = (at: string): DoneMark => ({ by: ben, at, note: 'Rang.' });
const promise = (day?: FieldValue): RecordFields => ({
  what: words('Ring with the result'),
  who: words('PC Ben Example'),
  ...(day ? { by: day } : {}),
});
const closing = (day?: FieldValue) =>
  readOf('closing', { CL04: listed }, aRecord('CL04', promise(day)));
const weekly: Said = {
  NE13: 'weekly',
  NE13b: words('PC Anna Example'),
  NE13c: when('2026-11-24'),
};

describe('commitments', () => {
  it('holds a promise in the words it was made in, with who, by when, and its line', () => {
    expect(commitmentsOf(closing(when('2026-11-25')), today, none, owedTimings)).toEqual([
      {
        key: `${id} CL04 1`,
        line: `${id} CL04 1`,
        kind: 'promise',
        what: 'Ring with the result',
        who: 'PC Ben Example',
        recordedBy: anna,
        by: { day: '2026-11-25', precision: 'exact' },
        state: 'due',
      },
    ]);
  });

  it.each([
    ['on its day', when('2026-11-20'), 'due'],
    ['the day after', when('2026-11-19'), 'overdue'],
    ['about a week ago', when('2026-11-13', 'about'), 'due'],
    ['in a month that is not over', when('2026-11-01', 'month'), 'due'],
    ['in a month that is over', when('2026-10-01', 'month'), 'overdue'],
    ['without a day', undefined, 'due'],
  ] as const)('%s, a promise is %j: %s', (_, day, state) => {
    const [only, ...others] = commitmentsOf(closing(day), today, none, owedTimings);
    expect(others).toEqual([]);
    expect(only?.state).toBe(state);
  });

  it('is done once it is marked so, however late', () => {
    const done = doneAt('2026-11-20T09:00:00.000Z');
    const marks = new Map([[`${id} CL04 1`, done]]);
    const [only] = commitmentsOf(closing(when('2026-11-01')), today, marks, owedTimings);
    expect(only).toMatchObject({ state: 'done', done });
  });

  it('leaves out a promise that was struck, and the list of a question off the route', () => {
    const read = readOf('closing', { CL04: listed }, aRecord('CL04', promise(when('2026-11-25'))), {
      kind: 'strike',
      question: 'CL04' as never,
      number: 1,
    });
    expect(commitmentsOf(read, today, none, owedTimings)).toEqual([]);
  });

  it('owes the update that was promised, and after it the next by the rhythm that was asked for', () => {
    const read = readOf('needs-and-plan', weekly);
    const line = `${id} NE13c`;
    const update = { kind: 'update', what: 'Give the next update', who: 'PC Anna Example', line };
    expect(commitmentsOf(read, today, none, owedTimings)).toEqual([
      {
        ...update,
        key: line,
        recordedBy: anna,
        by: { day: '2026-11-24', precision: 'exact' },
        state: 'due',
      },
    ]);
    const marks = new Map([
      [line, doneAt('2026-11-26T09:00:00.000Z')],
      [`${line} 2026-12-03`, doneAt('2026-11-26T10:00:00.000Z')],
    ]);
    expect(
      commitmentsOf(read, today, marks, owedTimings).map(({ key, state }) => [key, state]),
    ).toEqual([
      [line, 'done'],
      [`${line} 2026-12-03`, 'done'],
      [`${line} 2026-12-10`, 'due'],
    ]);
  });

  it('owes no further update where none was agreed', () => {
    const read = readOf('needs-and-plan', { ...weekly, NE13: 'on-news' });
    const marks = new Map([[`${id} NE13c`, doneAt('2026-11-24T09:00:00.000Z')]]);
    expect(commitmentsOf(read, today, marks, owedTimings)).toHaveLength(1);
  });

  it('asks again about an advocate on the day that was agreed', () => {
    const read = readOf('needs-and-plan', { NE02: 'maybe-later', NE02g: when('2026-12-01') });
    expect(commitmentsOf(read, today, none, owedTimings)).toEqual([
      expect.objectContaining({ kind: 'ask-again', by: { day: '2026-12-01', precision: 'exact' } }),
    ]);
  });

  it('watches court, bail, release and orders, and no birthday; and the check date of the last act', () => {
    const read = readOf(
      'timeline',
      { TL08: listed, TL01: listed },
      aRecord('TL01', { what: words('He rang'), when: when('2026-08-31') }),
      aRecord('TL08', { what: what('anniversary'), when: when('2026-12-01') }),
      ...['release', 'court', 'bail-ends', 'order-ends'].map((kind, day) =>
        aRecord('TL08', {
          what: what(kind),
          when: when(`2026-12-0${day + 1}`),
          tells: words('Sgt'),
        }),
      ),
    );
    expect(
      commitmentsOf(read, today, none, owedTimings).map(({ key, what, who, by }) => [
        key,
        what,
        who,
        by?.day,
      ]),
    ).toEqual([
      [`${id} TL08 2`, 'Release: tell the person', 'Sgt', '2026-12-01'],
      [`${id} TL08 3`, 'Court: tell the person', 'Sgt', '2026-12-02'],
      [`${id} TL08 2 outcome`, 'Release: tell the person what came of it', 'Sgt', '2026-12-02'],
      [`${id} TL08 4`, 'Bail ends: tell the person', 'Sgt', '2026-12-03'],
      [`${id} TL08 3 outcome`, 'Court: tell the person what came of it', 'Sgt', '2026-12-03'],
      [`${id} TL08 5`, 'Order ends: tell the person', 'Sgt', '2026-12-04'],
      [`${id} TL08 4 outcome`, 'End of bail: tell the person what came of it', 'Sgt', '2026-12-04'],
      [
        `${caseId} check-date 2027-02-28`,
        'Section 2A check date: six months after the last recorded act',
        null,
        '2027-02-28',
      ],
    ]);
  });
});

describe('reminders', () => {
  const aCommitment = (given: Partial<Commitment> = {}): Commitment => ({
    key: 'k',
    kind: 'promise',
    what: 'Ring',
    who: null,
    recordedBy: anna,
    by: when('2026-12-01'),
    line: 'k',
    state: 'due',
    ...given,
  });

  it('come 14, 7 and 1 days before, on the day and the day after, each with a key of its own', () => {
    expect(remindersFor(aCommitment())).toEqual([
      { key: 'k 2026-12-01 -14', offset: -14, day: '2026-11-17' },
      { key: 'k 2026-12-01 -7', offset: -7, day: '2026-11-24' },
      { key: 'k 2026-12-01 -1', offset: -1, day: '2026-11-30' },
      { key: 'k 2026-12-01 0', offset: 0, day: '2026-12-01' },
      { key: 'k 2026-12-01 1', offset: 1, day: '2026-12-02' },
    ]);
  });

  it('come 90 and 30 days before a check date too', () => {
    const days = remindersFor(aCommitment({ kind: 'check-date' })).map(({ offset }) => offset);
    expect(days).toEqual([-90, -30, -14, -7, -1, 0, 1]);
  });

  it.each([
    ['is done', { state: 'done' }],
    ['has no day', { by: null }],
    ['has a day that is only about right', { by: when('2026-12-01', 'about') }],
    ['is known to the month', { by: when('2026-12-01', 'month') }],
  ] as const)('do not come for what %s', (_, given) => {
    expect(remindersFor(aCommitment(given))).toEqual([]);
  });

  it.each([
    ['pc  ben EXAMPLE', ben],
    ['Ben', anna],
    ['The front desk', anna],
    [null, anna],
  ])('of %j go to the one who goes by that name, else to whoever recorded it', (who, owner) => {
    const names = new Map([
      [anna, 'PC Anna Example'],
      [ben, 'PC Ben Example'],
    ]);
    expect(ownerOf({ who, recordedBy: anna }, names)).toBe(owner);
  });

  it('go to whoever recorded it where two share the name', () => {
    const names = new Map([
      [anna, 'PC Example'],
      [ben, 'PC Example'],
    ]);
    expect(ownerOf({ who: 'PC Example', recordedBy: ben }, names)).toBe(ben);
  });
});
