import { describe, expect, it } from 'vitest';
import { reviewMoveSchema } from '../../src/core/review-detail.js';
import { anna, aTime, ben } from '../builders.js';
import {
  aCaseSummary,
  aChangedSummary,
  aFinding,
  allPoints,
  aReview,
  decideAct,
  lineKey,
  returned,
  submitted,
  sue,
  tom,
} from '../review-builders.js';

const check = { kind: 'line-checked', line: lineKey('FC01'), isChecked: true } as const;
const edit = { kind: 'line-edited', line: lineKey('FC01'), text: 'Better.', why: 'Short' } as const;
const point = { kind: 'point-answered', point: 1, answer: 'yes' } as const;
const hand = { kind: 'handed', to: tom } as const;
const approve = { kind: 'approved' } as const;
const acts = [check, edit, point, hand, returned(), approve] as const;
const ready = aReview(allPoints);

describe('an act that nothing stands against', () => {
  it.each(acts.map((act) => [act.kind, act] as const))('is saved: %s', (_, act) => {
    expect(decideAct(ready, act)).toEqual({
      kind: 'saved',
      event: { seq: 17, at: aTime, by: sue, act },
      warnings: [],
    });
  });
});

describe('a case of one’s own', () => {
  it.each([
    ['recorded a reply', ben, [anna, ben]],
    ['submitted it', anna, []],
  ])('is not reviewed by who %s, but may be handed on', (_, by, recorders) => {
    const own = acts.map((act) => [act.kind, decideAct(ready, act, { by, recorders }).kind]);
    expect(own).toEqual(acts.map(({ kind }) => [kind, kind === 'handed' ? 'saved' : 'own-case']));
  });

  it('stays their own when somebody else submits it again', () => {
    const again = aReview([
      [sue, returned()],
      [tom, submitted()],
    ]);
    expect(decideAct(again, check, { by: anna, recorders: [] })).toEqual({ kind: 'own-case' });
  });
});

describe('a version that was decided', () => {
  it.each(acts.map((act) => [act.kind, act] as const))('takes nothing more: %s', (_, act) => {
    const decision = { kind: 'approved', by: tom, at: aTime, version: 1 };
    const decided = aReview([...allPoints, [tom, approve]]);
    expect(decideAct(decided, act)).toEqual({ kind: 'already-decided', decision });
    expect(decideAct(decided, act, {}, { seen: 16 })).toEqual({
      kind: 'already-decided',
      decision,
    });
  });
});

describe('what happened since it was seen', () => {
  const since = (act: Parameters<typeof aReview>[0]) => aReview([...allPoints, ...(act ?? [])]);
  const seen = { seen: 16 };

  it.each([
    ['the same line was edited', edit, check],
    ['the same line was checked', check, edit],
    ['the same point was answered', point, { ...point, answer: 'no', reason: 'Not yet' } as const],
    ['it was handed on', hand, { ...hand, to: ben } as const],
    ['a point was answered before an approval', point, approve],
    ['a line was checked before a return', check, returned()],
  ])('stops it when %s', (_, earlier, act) => {
    expect(decideAct(since([[tom, earlier]]), act, {}, seen)).toEqual({ kind: 'stale' });
  });

  it.each([
    ['another line', { ...check, line: lineKey('SI01') } as const, edit],
    ['another point', { ...point, point: 2 } as const, point],
    ['a line', check, point],
    ['its being handed on', hand, check],
  ])('does not stop it when it was about %s', (_, earlier, act) => {
    expect(decideAct(since([[tom, earlier]]), act, {}, seen).kind).toBe('saved');
  });

  it.each([approve, returned()])('shows the lines that differ before a decision', (act) => {
    expect(decideAct(since([[tom, edit]]), act, {}, seen)).toEqual({
      kind: 'changed-since',
      differences: [
        {
          part: 'line',
          line: lineKey('FC01'),
          before: 'FC01 was answered.',
          after: 'Better.',
        },
      ],
    });
  });

  it.each(acts.map((act) => [act.kind, act] as const))(
    'shows what the next version changed: %s',
    (_, act) => {
      const again = since([[anna, submitted({ ...aChangedSummary('New.'), tasks: ['Search.'] })]]);
      expect(decideAct(again, act, {}, seen)).toEqual({
        kind: 'changed-since',
        differences: [
          { part: 'task', after: 'Search.' },
          { part: 'line', line: lineKey('FC01'), before: 'FC01 was answered.', after: 'New.' },
        ],
      });
    },
  );

  it('is stale when more is said to have been seen than there is', () => {
    expect(decideAct(ready, check, {}, { seen: 17 })).toEqual({ kind: 'stale' });
  });
});

describe('an approval', () => {
  it('needs every point answered, by number', () => {
    const some = aReview(allPoints.filter((_, place) => place !== 3 && place !== 14));
    expect(decideAct(some, approve)).toEqual({ kind: 'points-open', points: [4, 15] });
  });

  it('takes a no that has its reason', () => {
    const no = {
      kind: 'point-answered',
      point: 6,
      answer: 'no',
      reason: 'Asked tomorrow',
    } as const;
    expect(decideAct(aReview([...allPoints, [sue, no]]), approve).kind).toBe('saved');
  });

  it('is refused with the difference when the case has changed, and a return is not', () => {
    const current = aChangedSummary('Someone is at the door.');
    expect(decideAct(ready, approve, { current })).toEqual({
      kind: 'changed-since',
      differences: [
        {
          part: 'line',
          line: lineKey('FC01'),
          before: 'FC01 was answered.',
          after: 'Someone is at the door.',
        },
      ],
    });
    expect(decideAct(ready, returned(), { current }).kind).toBe('saved');
  });

  it('is not stopped by new guidance, names or citations', () => {
    const current = { ...aCaseSummary(), knowledgeVersion: 'def456', people: [], notes: ['Other'] };
    expect(decideAct(ready, approve, { current }).kind).toBe('saved');
  });
});

describe('words that could do harm', () => {
  const reason = (words: string) => ({ ...point, answer: 'no', reason: words }) as const;
  const places = [
    ['the text of an edit', (words: string) => ({ ...edit, text: words })],
    ['the reason of an edit', (words: string) => ({ ...edit, why: words })],
    ['the reason at a point', reason],
    ['the words of handing on', (words: string) => ({ ...hand, why: words })],
    ['the note of a return', (words: string) => ({ ...returned(), note: words })],
    ['the note of an approval', (words: string) => ({ ...approve, note: words })],
  ] as const;

  it.each(places)('stop it, or need somebody to be sure: %s', (_, act) => {
    const block = { kind: 'blocked', findings: [aFinding('block')] };
    expect(decideAct(ready, act('BLOCK'))).toEqual(block);
    expect(decideAct(ready, act('BLOCK'), {}, { isSure: true })).toEqual(block);
    const findings = [aFinding('warn')];
    expect(decideAct(ready, act('WARN'))).toEqual({ kind: 'warned', findings });
    expect(decideAct(ready, act('WARN'), {}, { isSure: true })).toEqual({
      kind: 'saved',
      event: { seq: 17, at: aTime, by: sue, act: act('WARN') },
      warnings: findings,
    });
  });
});

describe('an act about what is not there', () => {
  it('is stale for a line, and for a return that names one', () => {
    expect(decideAct(ready, { ...check, line: lineKey('FC99') })).toEqual({ kind: 'stale' });
    expect(decideAct(ready, returned(lineKey('FC99')))).toEqual({ kind: 'stale' });
  });

  it('is refused for somebody who is no supervisor', () => {
    expect(decideAct(ready, { ...hand, to: anna })).toEqual({ kind: 'not-a-supervisor' });
  });
});

describe('what a page may post', () => {
  it('is never a submission', () => {
    expect(reviewMoveSchema.safeParse({ seen: 1, act: submitted() }).success).toBe(false);
  });

  it.each([
    ['yes', undefined, true],
    ['no', undefined, false],
    ['not-applicable', undefined, false],
    ['no', 'Asked tomorrow', true],
  ])('gives a reason unless the answer is yes: %s, %s', (answer, reason, isTaken) => {
    const act = { kind: 'point-answered', point: 1, answer, ...(reason ? { reason } : {}) };
    expect(reviewMoveSchema.safeParse({ seen: 1, act }).success).toBe(isTaken);
  });
});
