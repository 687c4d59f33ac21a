import { describe, expect, it } from 'vitest';
import { readParts } from '../../src/core/case-summary.js';
import type { DoneMark } from '../../src/core/commitments.js';
import { addWorkingDays, type OwedTimings, owedIn } from '../../src/core/owed-updates.js';
import { anna, aRecord, aScreening, aTime, ben, eventsOf, owedTimings } from '../builders.js';
import { loadReal, realScript, type Said, walkedScreening } from '../real-knowledge.js';

const knowledge = await loadReal();
const { id, caseId } = aScreening();
const none: ReadonlyMap<string, DoneMark> = new Map();
const exactly = (day: string) => ({ day, precision: 'exact' as const });
const date = (day: string, precision: 'exact' | 'about' = 'exact') =>
  ({ kind: 'date', day, precision }) as const;

function owed(name: string, said: Said, timings: OwedTimings = owedTimings, done = none) {
  const script = realScript(knowledge, name);
  return owedIn(readParts([{ script, screening: walkedScreening(script, said) }]), done, timings);
}

/** A timeline with one coming date, on Friday 27 November 2026 unless said otherwise. */
function owedOf(what: string, when: ReturnType<typeof date> = date('2026-11-27'), tellWithin = 1) {
  const script = realScript(knowledge, 'timeline');
  const walked = walkedScreening(script, { TL08: { kind: 'listed', count: 0 } });
  const listed = aRecord('TL08', { what: { kind: 'choice', choice: what }, when });
  const events = eventsOf(listed, ...walked.events.map(({ act }) => act));
  const read = readParts([{ script, screening: { ...walked, events } }]);
  return owedIn(read, none, { ...owedTimings, tellWithin });
}

describe('what the person is told of a date that has passed', () => {
  it.each([
    ['release', 'Release'],
    ['court', 'Court'],
    ['bail-ends', 'End of bail'],
  ])('is owed within a working day of %s', (what, name) => {
    expect(owedOf(what)).toEqual([
      {
        key: `${id} TL08 1 outcome`,
        line: `${id} TL08 1`,
        kind: 'update',
        what: `${name}: tell the person what came of it`,
        who: null,
        recordedBy: anna,
        // Monday: the weekend is not counted.
        by: exactly('2026-11-30'),
      },
    ]);
  });

  it('follows the limit the force has set', () => {
    expect(owedOf('court', date('2026-11-27'), 0).map(({ by }) => by?.day)).toEqual(['2026-11-27']);
    expect(owedOf('court', date('2026-11-27'), 5).map(({ by }) => by?.day)).toEqual(['2026-12-04']);
  });

  it('is not owed of an anniversary, the end of an order, or a day that is not exactly known', () => {
    expect(owedOf('anniversary')).toEqual([]);
    expect(owedOf('order-ends')).toEqual([]);
    expect(owedOf('court', date('2026-11-27', 'about'))).toEqual([]);
  });
});

describe('the referral to an advocate', () => {
  it('is owed within two working days of the yes', () => {
    // The reply was given on Friday 20 November 2026.
    expect(aTime.slice(0, 10)).toBe('2026-11-20');
    expect(owed('needs-and-plan', { NE02: 'yes' })).toEqual([
      {
        key: `${id} NE02 referral`,
        line: `${id} NE02`,
        kind: 'referral',
        what: 'Make the referral to the stalking service',
        who: null,
        recordedBy: anna,
        by: exactly('2026-11-24'),
      },
    ]);
    expect(owed('closing', { CL05: 'yes' }).map(({ key }) => key)).toEqual([`${id} CL05 referral`]);
  });

  it.each(['maybe-later', 'no', 'already'])('is not owed after %s', (answer) => {
    expect(owed('needs-and-plan', { NE02: answer })).toEqual([]);
  });

  it('is not owed once the day it was made is recorded', () => {
    const said = { NE02: 'yes', NE02c: 'agreed', NE02e: date('2026-11-20') };
    expect(owed('needs-and-plan', said)).toEqual([]);
  });
});

describe('an update where nobody agreed a rhythm', () => {
  const every = (updateEvery: number | null): OwedTimings => ({ ...owedTimings, updateEvery });

  it('is not owed unless the force has set one', () => {
    expect(owed('first-contact', {}, every(null))).toEqual([]);
  });

  it('is owed so many days after the case began, and again after each that was given', () => {
    const key = `${caseId} update`;
    const update = { kind: 'update', what: 'Give the next update', who: null, recordedBy: anna };
    expect(owed('first-contact', {}, every(28))).toEqual([
      { ...update, key, line: id, by: exactly('2026-12-18') },
    ]);
    const done = new Map([[key, { by: ben, at: '2026-12-20T09:00:00.000Z', note: 'Rang.' }]]);
    expect(owed('first-contact', {}, every(28), done).map(({ key, by }) => [key, by?.day])).toEqual(
      [
        [key, '2026-12-18'],
        [`${key} 2027-01-17`, '2027-01-17'],
      ],
    );
  });

  it('gives way to what the person asked for', () => {
    expect(owed('needs-and-plan', { NE13: 'on-news' }, every(28))).toEqual([]);
    expect(owed('needs-and-plan', { NE13: { kind: 'declined' } }, every(28))).toEqual([]);
    const weekly: Said = { NE13: 'weekly', NE13c: date('2026-11-27') };
    expect(owed('needs-and-plan', weekly, every(28)).map(({ key }) => key)).toEqual([
      `${id} NE13c`,
    ]);
  });
});

describe('working days', () => {
  it.each([
    ['2026-11-20', 0, '2026-11-20'],
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-11-23', 5, '2026-11-30'],
    ['2026-12-31', 1, '2027-01-01'],
  ])('from %s, %i on is %s', (day, count, end) => {
    expect(addWorkingDays(day, count)).toBe(end);
  });
});
