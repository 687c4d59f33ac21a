import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostRecords } from '../../src/core/record.js';
import { replay } from '../../src/core/replay.js';
import { notAskedReasonSchema, type Value } from '../../src/core/reply.js';
import { holds } from '../../src/core/route.js';
import {
  type Act,
  droppedOf,
  type Held,
  type Move,
  progressOf,
  type Screening,
  type ScreeningEvent,
  type Step,
} from '../../src/core/screening.js';
import type { Question, Script } from '../../src/core/script.js';
import { step } from '../../src/core/step.js';
import {
  aCard,
  aMove,
  anEvent,
  anna,
  aQuestion,
  aRecord,
  aReply,
  aScreening,
  aScript,
  aTime,
  choice,
  choices,
  eventsOf,
  type QuestionInput,
  questionId,
  theList,
  withoutUnreachable,
} from '../builders.js';

const yes = (question: string) => ({ question, is: ['yes'] });

/** Three questions; QA02 is asked only after a yes to QA01. */
const forked = aScript([
  aQuestion({ id: 'QA01' }),
  aQuestion({ id: 'QA02', when: yes('QA01') }),
  aQuestion({ id: 'QA03' }),
]);

/** QA02 raises red; QA03 and QA05 are in the danger set, QA05 only once red stands. */
const dangerous = aScript([
  aQuestion({ id: 'QA01', mustAsk: true }),
  aQuestion({
    id: 'QA02',
    danger: true,
    flags: [
      { level: 'red', on: ['yes', 'unsure'], message: 'IDM-1', about: 'said they are near' },
      { level: 'note', on: ['no'], about: 'said they are away' },
    ],
  }),
  aQuestion({ id: 'QA03', danger: true }),
  aQuestion({ id: 'QA04' }),
  aQuestion({ id: 'QA05', danger: true, when: { raised: 'red' } }),
]);

function statesOf(script: Script, ...acts: readonly Act[]): readonly string[] {
  return replay(script, eventsOf(...acts)).route.map((stop) => `${stop.question.id} ${stop.state}`);
}

function askedNow(script: Script, ...acts: readonly Act[]): string | undefined {
  return replay(script, eventsOf(...acts)).at?.id;
}

describe('where a screening stands', () => {
  it('is the first question when nothing was said', () => {
    const position = replay(forked, []);
    expect(position).toEqual({
      standings: new Map(),
      records: new Map(),
      route: [
        { question: forked.questions[0], state: 'open' },
        { question: forked.questions[1], state: 'not-applicable' },
        { question: forked.questions[2], state: 'open' },
      ],
      at: forked.questions[0],
      isRevisiting: false,
      awaitsReason: undefined,
      isPaused: false,
      short: undefined,
      inDanger: false,
      flags: [],
      messages: [],
    });
  });

  it('takes in a question when its condition holds', () => {
    expect(statesOf(forked, aReply('QA01', 'yes'))).toEqual([
      'QA01 replied',
      'QA02 open',
      'QA03 open',
    ]);
  });

  it.each(['no', 'unsure'])(
    'passes over a question whose condition does not hold (%s)',
    (reply) => {
      expect(statesOf(forked, aReply('QA01', reply))).toEqual([
        'QA01 replied',
        'QA02 not-applicable',
        'QA03 open',
      ]);
    },
  );

  it.each<Value>([
    { kind: 'not-known' },
    { kind: 'declined' },
    { kind: 'not-asked', reason: 'distress' },
  ])('goes on after $kind, and takes it for neither yes nor no', (value) => {
    const script = aScript([
      aQuestion({ id: 'QA01' }),
      aQuestion({ id: 'QA02', when: { question: 'QA01', is: ['yes', 'no', 'unsure'] } }),
      aQuestion({ id: 'QA03' }),
    ]);
    expect(askedNow(script, aReply('QA01', value))).toBe('QA03');
  });

  it('is the end when every question on the route has a reply', () => {
    const position = replay(forked, eventsOf(aReply('QA01', 'no'), aReply('QA03', 'no')));
    expect(position.at).toBeUndefined();
    expect(progressOf(position)).toEqual({ asked: 2, left: 0 });
  });

  it('counts the newest reply, and keeps those it replaced, newest first', () => {
    const acts = [aReply('QA01', 'yes'), aReply('QA01', 'unsure'), aReply('QA01', 'no')];
    const position = replay(forked, eventsOf(...acts));
    expect(position.standings.get(questionId('QA01'))).toEqual({
      value: choice('no'),
      seq: 3,
      at: aTime,
      by: anna,
      reason: undefined,
      replaced: [
        { value: choice('unsure'), at: aTime, by: anna },
        { value: choice('yes'), at: aTime, by: anna },
      ],
    });
  });

  it('ignores a reply whose question left the route, but keeps it in the record', () => {
    const acts = [aReply('QA01', 'yes'), aReply('QA02', 'yes'), aReply('QA01', 'no')];
    const position = replay(forked, eventsOf(...acts));
    expect(statesOf(forked, ...acts)).toEqual(['QA01 replied', 'QA02 not-applicable', 'QA03 open']);
    expect(droppedOf(position)).toEqual(['QA02']);
    expect(position.standings.get(questionId('QA02'))?.value).toEqual(choice('yes'));
  });

  it('names a list that left the route before it was ended, too', () => {
    const script = aScript([aQuestion({ id: 'QA01' }), aCard({ when: yes('QA01') })]);
    const acts = [aReply('QA01', 'yes'), aRecord('QC01', 'One'), aReply('QA01', 'no')];
    expect(droppedOf(replay(script, eventsOf(...acts)))).toEqual(['QC01']);
  });

  it('counts such a reply again when its question comes back', () => {
    const acts = [
      aReply('QA01', 'yes'),
      aReply('QA02', 'yes'),
      aReply('QA01', 'no'),
      aReply('QA01', 'yes'),
    ];
    expect(askedNow(forked, ...acts)).toBe('QA03');
  });

  it('drops what depended on a dropped reply', () => {
    const script = aScript([
      aQuestion({ id: 'QA01' }),
      aQuestion({ id: 'QA02', when: yes('QA01') }),
      aQuestion({ id: 'QA03', when: yes('QA02') }),
    ]);
    const acts = [aReply('QA01', 'yes'), aReply('QA02', 'yes'), aReply('QA01', 'no')];
    expect(statesOf(script, ...acts)).toEqual([
      'QA01 replied',
      'QA02 not-applicable',
      'QA03 not-applicable',
    ]);
  });

  it('goes back one question at a time, and on again when the reply is kept', () => {
    const said = [aReply('QA01', 'yes'), aReply('QA02', 'no')];
    const back: Act = { kind: 'back' };
    expect(askedNow(forked, ...said, back)).toBe('QA02');
    expect(askedNow(forked, ...said, back, back)).toBe('QA01');
    expect(askedNow(forked, ...said, back, back, { kind: 'keep' })).toBe('QA03');
    expect(replay(forked, eventsOf(...said, back)).isRevisiting).toBe(true);
    expect(replay(forked, eventsOf(...said, back, { kind: 'keep' })).isRevisiting).toBe(false);
  });

  it('goes on from a changed reply along the new route', () => {
    const acts: Act[] = [aReply('QA01', 'no'), { kind: 'back' }, aReply('QA01', 'yes')];
    expect(askedNow(forked, ...acts)).toBe('QA02');
  });

  it('is paused until somebody resumes or replies', () => {
    const pause: Act = { kind: 'pause' };
    const isPaused = (...acts: readonly Act[]) => replay(forked, eventsOf(...acts)).isPaused;
    expect(isPaused(pause)).toBe(true);
    expect(isPaused(pause, { kind: 'resume' })).toBe(false);
    expect(isPaused(pause, aReply('QA01', 'yes'))).toBe(false);
    expect(isPaused(pause, { kind: 'danger' })).toBe(false);
  });

  it('does not change with a reply to a question the script does not have', () => {
    expect(statesOf(forked, aReply('QA09', 'yes'))).toEqual(statesOf(forked));
  });

  it.each([
    ['all', { all: [yes('QA01'), yes('QA02')] }, false],
    ['any', { any: [yes('QA01'), yes('QA02')] }, true],
    ['a flag that stands', { raised: 'amber' as const }, true],
    ['a flag that does not', { raised: 'red' as const }, false],
  ])('tests %s of its conditions', (_, condition, expected) => {
    const counted = new Map([
      [questionId('QA01'), choice('yes')],
      [questionId('QA02'), choices('no')],
    ]);
    const { flags } = replay(
      aScript([aQuestion({ flags: [{ level: 'amber', on: ['yes'], about: 'said yes' }] })]),
      eventsOf(aReply('QA01', 'yes')),
    );
    expect(holds(condition as Parameters<typeof holds>[0], counted, flags)).toBe(expected);
  });
});

describe('a red flag', () => {
  it.each(['yes', 'unsure'])('stops everything but the danger set (%s)', (reply) => {
    const acts = [aReply('QA01', 'no'), aReply('QA02', reply)];
    const position = replay(dangerous, eventsOf(...acts));
    expect(statesOf(dangerous, ...acts)).toEqual([
      'QA01 replied',
      'QA02 replied',
      'QA03 open',
      'QA04 closed',
      'QA05 open',
    ]);
    expect(position.inDanger).toBe(true);
    expect(position.messages).toEqual(['IDM-1']);
    expect(position.flags).toEqual([
      {
        level: 'red',
        question: 'QA02',
        message: 'IDM-1',
        about: 'said they are near',
        seq: 2,
        at: aTime,
      },
    ]);
  });

  it('ends the screening when the danger questions have been put', () => {
    const acts = [aReply('QA01', 'no'), aReply('QA02', 'yes'), aReply('QA03', 'no')];
    expect(askedNow(dangerous, ...acts)).toBe('QA05');
    expect(askedNow(dangerous, ...acts, aReply('QA05', 'no'))).toBeUndefined();
  });

  it('is never cleared by a later reply', () => {
    const acts: Act[] = [
      aReply('QA01', 'no'),
      aReply('QA02', 'yes'),
      { kind: 'back' },
      aReply('QA02', 'no'),
    ];
    const position = replay(dangerous, eventsOf(...acts));
    expect(position.inDanger).toBe(true);
    expect(position.flags.map((flag) => flag.about)).toEqual([
      'said they are near',
      'said they are away',
    ]);
  });

  it('is raised by pressing DANGER at any time', () => {
    const position = replay(dangerous, eventsOf({ kind: 'danger' }));
    expect(position.at?.id).toBe('QA02');
    expect(position.messages).toEqual(['IDM-1']);
    expect(position.flags).toEqual([
      {
        level: 'red',
        question: undefined,
        message: 'IDM-1',
        about: 'DANGER was pressed',
        seq: 1,
        at: aTime,
      },
    ]);
  });

  it('brings the message that always follows another', () => {
    const script = aScript([aQuestion()], {
      messages: {
        'IDM-1': { text: 'Stop.', followedBy: 'IDM-1n' },
        'IDM-1n': { text: 'Call 999.' },
      },
    });
    expect(replay(script, eventsOf({ kind: 'danger' })).messages).toEqual(['IDM-1', 'IDM-1n']);
  });
});

describe('a flag', () => {
  const paired = aScript(
    [
      aQuestion({ id: 'QA01' }),
      aQuestion({
        id: 'QA02',
        flags: [
          {
            level: 'red',
            on: ['yes'],
            and: yes('QA01'),
            message: 'IDM-1',
            about: 'both were said',
          },
        ],
      }),
      aQuestion({
        id: 'QA03',
        flags: [
          {
            level: 'note',
            on: ['yes'],
            and: { raised: 'red' },
            message: 'IDM-4',
            about: 'a child',
          },
        ],
      }),
    ],
    { messages: { 'IDM-1': { text: 'Stop.' }, 'IDM-4': { text: 'A child.' } } },
  );
  const raised = (...acts: readonly Act[]) =>
    replay(paired, eventsOf(...acts)).flags.map((flag) => flag.about);

  it('waits for the other reply its rule looks at', () => {
    expect(raised(aReply('QA01', 'no'), aReply('QA02', 'yes'))).toEqual([]);
    expect(raised(aReply('QA01', 'yes'), aReply('QA02', 'yes'))).toEqual(['both were said']);
  });

  it('is raised by whichever reply completes the pattern', () => {
    const acts: Act[] = [
      aReply('QA01', 'no'),
      aReply('QA02', 'yes'),
      { kind: 'back' },
      { kind: 'back' },
      aReply('QA01', 'yes'),
    ];
    const position = replay(paired, eventsOf(...acts));
    expect(raised(...acts)).toEqual(['both were said']);
    expect(position.inDanger).toBe(true);
    expect(position.messages).toEqual(['IDM-1']);
  });

  it('that waits for red is raised when DANGER is pressed after it', () => {
    const acts: Act[] = [aReply('QA01', 'no'), aReply('QA02', 'no'), aReply('QA03', 'yes')];
    expect(raised(...acts)).toEqual([]);
    expect(raised(...acts, { kind: 'danger' })).toEqual(['DANGER was pressed', 'a child']);
    expect(replay(paired, eventsOf(...acts, { kind: 'danger' })).messages).toEqual([
      'IDM-1',
      'IDM-4',
    ]);
  });

  it('that one completion calls for follows it in the same event', () => {
    const acts = [aReply('QA01', 'no'), aReply('QA02', 'yes'), aReply('QA03', 'yes')];
    expect(raised(...acts, aReply('QA01', 'yes'))).toEqual(['both were said', 'a child']);
  });

  it('is not raised by a reply that no longer counts', () => {
    const script = aScript([
      aQuestion({ id: 'QA01' }),
      aQuestion({ id: 'QA02', when: yes('QA01') }),
      aQuestion({
        id: 'QA03',
        flags: [{ level: 'amber', on: ['yes'], and: yes('QA02'), about: 'both were said' }],
      }),
    ]);
    const acts = [
      aReply('QA01', 'yes'),
      aReply('QA02', 'yes'),
      aReply('QA01', 'no'),
      aReply('QA03', 'yes'),
    ];
    expect(replay(script, eventsOf(...acts)).flags).toEqual([]);
  });

  it('does not stop the questions when it is amber or a note', () => {
    const script = aScript([
      aQuestion({ id: 'QA01', flags: [{ level: 'amber', on: ['yes'], about: 'said yes' }] }),
      aQuestion({ id: 'QA02', when: { raised: 'amber' } }),
    ]);
    expect(askedNow(script, aReply('QA01', 'yes'))).toBe('QA02');
    expect(askedNow(script, aReply('QA01', 'no'))).toBeUndefined();
  });
});

/** A reply as it is pressed, its value already read. */
function pressed(question: string, value: Value | string): Move['act'] {
  const read = typeof value === 'string' ? choice(value) : value;
  return { kind: 'reply', question: questionId(question), parsed: { kind: 'value', value: read } };
}

function taken(
  script: Script,
  screening: Screening,
  act: Move['act'],
  given: Partial<Move> = {},
): Step {
  return step(script, screening, aMove(screening, act, given), aTime);
}

const begun = (...acts: readonly Act[]) => aScreening({ events: eventsOf(...acts) });

describe('a step', () => {
  it('saves a reply to the question that is asked', () => {
    const move = taken(forked, begun(), pressed('QA01', 'yes'));
    expect(move).toEqual({ kind: 'saved', event: anEvent() });
  });

  it('keeps the reason given for a changed reply', () => {
    const screening = begun(aReply('QA01', 'yes'), { kind: 'back' }, aReply('QA01', 'no'));
    const act: Act = { kind: 'reason', question: questionId('QA01'), reason: 'misheard' };
    expect(taken(forked, screening, act)).toEqual({
      kind: 'saved',
      event: anEvent({ seq: 4, act }),
    });
  });

  it.each(['QA02', 'QA03'])('is stale for a question that is not asked now (%s)', (question) => {
    expect(taken(forked, begun(), pressed(question, 'yes'))).toEqual({ kind: 'stale' });
  });

  it('is stale when the screening has moved on since it was seen', () => {
    const screening = begun(aReply('QA01', 'no'));
    expect(taken(forked, screening, pressed('QA01', 'yes'), { seen: 0 })).toEqual({
      kind: 'stale',
    });
    expect(taken(forked, screening, { kind: 'back' }, { seen: 0 })).toEqual({ kind: 'stale' });
  });

  it('is stale when somebody else gave the same reply', () => {
    const screening = aScreening({ events: [anEvent({ by: 'ben' as typeof anna })] });
    expect(taken(forked, screening, pressed('QA01', 'yes'), { seen: 0 })).toEqual({
      kind: 'stale',
    });
  });

  it('is a repeat when the same activity arrives again', () => {
    const screening = begun(aReply('QA01', 'yes'), aReply('QA02', 'no'));
    const move = taken(forked, screening, pressed('QA03', 'no'), { activityId: 'activity-1' });
    expect(move).toEqual({ kind: 'repeated' });
  });

  it('is a repeat when the same press arrives under a new id right after it was taken', () => {
    const screening = begun(aReply('QA01', 'yes'));
    const given = { seen: 0, activityId: 'another' };
    expect(taken(forked, screening, pressed('QA01', 'yes'), given)).toEqual({ kind: 'repeated' });
  });

  it('is a repeat when “back” is pressed twice on one card', () => {
    const screening = begun(aReply('QA01', 'yes'), aReply('QA02', 'no'), { kind: 'back' });
    const given = { seen: 2, activityId: 'another' };
    expect(taken(forked, screening, { kind: 'back' }, given)).toEqual({ kind: 'repeated' });
  });

  it('refuses a reply that could not be read, with its reason', () => {
    const act: Move['act'] = {
      kind: 'reply',
      question: questionId('QA01'),
      parsed: { kind: 'refused', reason: 'not-a-choice' },
    };
    expect(taken(forked, begun(), act)).toEqual({ kind: 'refused', reason: 'not-a-choice' });
  });

  it('refuses to go back from the first question', () => {
    const refused = { kind: 'refused', reason: 'no-earlier-question' };
    expect(taken(forked, begun(), { kind: 'back' })).toEqual(refused);
    const revisited = begun(aReply('QA01', 'yes'), { kind: 'back' });
    expect(taken(forked, revisited, { kind: 'back' })).toEqual(refused);
  });

  it('refuses to go back when only a later question has a reply', () => {
    const script = aScript([
      aQuestion({ id: 'QA01', danger: true, when: { raised: 'red' } }),
      aQuestion({ id: 'QA02' }),
    ]);
    const screening = begun(aReply('QA02', 'no'), { kind: 'danger' });
    expect(taken(script, screening, { kind: 'back' })).toEqual({
      kind: 'refused',
      reason: 'no-earlier-question',
    });
  });

  it('may go back from the end', () => {
    const screening = begun(aReply('QA01', 'no'), aReply('QA03', 'no'));
    expect(taken(forked, screening, { kind: 'back' }).kind).toBe('saved');
  });

  it.each(notAskedReasonSchema.options)(
    'lets a question that must be asked be skipped only with an excuse (%s)',
    (reason) => {
      const move = taken(dangerous, begun(), pressed('QA01', { kind: 'not-asked', reason }));
      const isExcuse = reason === 'danger' || reason === 'call-ended';
      expect(move).toEqual(
        isExcuse
          ? {
              kind: 'saved',
              event: anEvent({ act: aReply('QA01', { kind: 'not-asked', reason }) }),
            }
          : { kind: 'refused', reason: 'must-be-asked' },
      );
    },
  );

  it.each<Value>([{ kind: 'not-known' }, { kind: 'declined' }])(
    'takes $kind to a question that must be asked: it was asked',
    (value) => {
      expect(taken(dangerous, begun(), pressed('QA01', value)).kind).toBe('saved');
    },
  );

  it.each<Move['act']>([{ kind: 'danger' }, { kind: 'pause' }, { kind: 'resume' }])(
    'is never stale for $kind',
    (act) => {
      const screening = begun(aReply('QA01', 'yes'), aReply('QA02', 'yes'));
      expect(taken(forked, screening, act, { seen: 0 }).kind).toBe('saved');
    },
  );
});

describe('the reason of a change', () => {
  const back: Act = { kind: 'back' };
  const awaited = (...acts: readonly Act[]) => replay(forked, eventsOf(...acts)).awaitsReason;
  const reason = (why: string): Act => ({
    kind: 'reason',
    question: questionId('QA01'),
    reason: why,
  });

  it.each<[string, readonly Act[], string | undefined]>([
    ['a first reply', [aReply('QA01', 'yes')], undefined],
    ['another reply', [aReply('QA01', 'yes'), back, aReply('QA01', 'no')], 'QA01'],
    ['the same reply again', [aReply('QA01', 'yes'), back, aReply('QA01', 'yes')], undefined],
    [
      'a reply to what was passed over',
      [aReply('QA01', { kind: 'not-asked', reason: 'distress' }), back, aReply('QA01', 'yes')],
      undefined,
    ],
    [
      'a reply in place of “not known”',
      [aReply('QA01', { kind: 'not-known' }), back, aReply('QA01', 'yes')],
      'QA01',
    ],
    [
      'passing over what had a reply',
      [aReply('QA01', 'yes'), back, aReply('QA01', { kind: 'not-asked', reason: 'distress' })],
      'QA01',
    ],
    ['a reply that is kept', [aReply('QA01', 'yes'), back, { kind: 'keep' }], undefined],
  ])('after %s', (_, acts, question) => {
    expect(awaited(...acts)).toBe(question);
  });

  const changed = [aReply('QA01', 'yes'), back, aReply('QA01', 'no')];

  it('stands beside the reply it was given for, and what that replaced', () => {
    const position = replay(forked, eventsOf(...changed, reason('misheard')));
    expect(position.awaitsReason).toBeUndefined();
    expect(position.standings.get(questionId('QA01'))).toEqual({
      value: choice('no'),
      seq: 3,
      at: aTime,
      by: anna,
      reason: 'misheard',
      held: undefined,
      replaced: [{ value: choice('yes'), at: aTime, by: anna, reason: undefined }],
    });
  });

  it('stays with its own reply when that is changed again', () => {
    const acts = [...changed, reason('misheard'), back, aReply('QA01', 'unsure')];
    const standing = replay(forked, eventsOf(...acts)).standings.get(questionId('QA01'));
    expect(standing?.reason).toBeUndefined();
    expect(standing?.replaced).toEqual([
      { value: choice('no'), at: aTime, by: anna, reason: 'misheard' },
      { value: choice('yes'), at: aTime, by: anna, reason: undefined },
    ]);
  });

  it.each<Act>([
    back,
    { kind: 'keep' },
    { kind: 'danger' },
    { kind: 'pause' },
    { kind: 'shorten', reason: 'call-ended' },
    aReply('QA03', 'no'),
  ])('is no longer asked once something else is done: $kind', (act) => {
    expect(awaited(...changed, act)).toBeUndefined();
    const late = replay(forked, eventsOf(...changed, act, reason('misheard')));
    expect(late.standings.get(questionId('QA01'))?.reason).toBeUndefined();
    expect(taken(forked, begun(...changed, act), reason('misheard') as Move['act'])).toEqual({
      kind: 'stale',
    });
  });

  it('is stale for a question that was not changed', () => {
    const other = { ...reason('misheard'), question: questionId('QA03') } as Move['act'];
    expect(taken(forked, begun(...changed), other)).toEqual({ kind: 'stale' });
  });

  it('is not asked for while red stands: the danger questions come first', () => {
    const acts = [aReply('QA01', 'no'), aReply('QA02', 'no'), back, aReply('QA02', 'yes')];
    const position = replay(dangerous, eventsOf(...acts));
    expect([position.inDanger, position.awaitsReason, position.at?.id]).toEqual([
      true,
      undefined,
      'QA03',
    ]);
  });

  it.each<[string, string, string]>([
    ['longer than can be kept', 'x'.repeat(8_001), 'too-long'],
    ['what no store takes', 'a\0b', 'not-text'],
    ['nothing', '  ', 'empty'],
  ])('is refused when it is %s', (_, why, refusal) => {
    expect(taken(forked, begun(...changed), reason(why) as Move['act'])).toEqual({
      kind: 'refused',
      reason: refusal,
    });
  });
});

describe('a step that takes records', () => {
  const listing = aScript([
    aCard(),
    aQuestion({ id: 'QA01' }),
    aCard({ id: 'QC02', when: { question: 'QA01', is: ['yes'] } }),
  ]);
  const text = (words: string) => ({ kind: 'text', text: words }) as const;
  const record = (
    words: string,
    { question = 'QC01', number }: { question?: string; number?: number } = {},
  ): Move['act'] => ({
    kind: 'record',
    question: questionId(question),
    ...(number === undefined ? {} : { number }),
    parsed: { kind: 'record', fields: { what: text(words) } },
  });
  const strike = (number: number): Extract<Act, { kind: 'strike' }> => ({
    kind: 'strike',
    question: questionId('QC01'),
    number,
  });
  const old = { seen: 0, activityId: 'another' };

  it('saves one that is added, and one that takes the place of another', () => {
    expect(taken(listing, begun(), record('One'))).toEqual({
      kind: 'saved',
      event: anEvent({ act: aRecord('QC01', 'One') }),
    });
    expect(taken(listing, begun(aRecord('QC01', 'One')), record('First', { number: 1 }))).toEqual({
      kind: 'saved',
      event: anEvent({ seq: 2, act: aRecord('QC01', 'First', 1) }),
    });
  });

  it('counts the records itself when the list is ended', () => {
    const screening = begun(aRecord('QC01', 'One'), aRecord('QC01', 'Two'));
    expect(taken(listing, screening, pressed('QC01', { kind: 'listed', count: 9 }))).toEqual({
      kind: 'saved',
      event: anEvent({ seq: 3, act: aReply('QC01', { kind: 'listed', count: 2 }) }),
    });
  });

  it('takes one that is added on an old card, since it takes nothing from anybody', () => {
    const screening = begun(aRecord('QC01', 'One'), theList('QC01'), aReply('QA01', 'no'));
    expect(taken(listing, screening, record('Two'), old).kind).toBe('saved');
  });

  it('is a repeat when the same record is added twice from one card', () => {
    const screening = begun(aRecord('QC01', 'One'));
    expect(taken(listing, screening, record('One'), old)).toEqual({ kind: 'repeated' });
    expect(taken(listing, screening, record('Two'), old).kind).toBe('saved');
  });

  it.each<[string, readonly Act[], Move['act'], Partial<Move>]>([
    ['changes one on an old card', [aRecord('QC01', 'One')], record('First', { number: 1 }), old],
    ['strikes one on an old card', [aRecord('QC01', 'One')], strike(1), old],
    ['changes one that there is not', [aRecord('QC01', 'One')], record('First', { number: 2 }), {}],
    [
      'changes one that was struck',
      [aRecord('QC01', 'One'), strike(1)],
      record('x', { number: 1 }),
      {},
    ],
    ['strikes one twice', [aRecord('QC01', 'One'), strike(1)], strike(1), {}],
    ['adds to a question that takes none', [], record('One', { question: 'QA01' }), {}],
    ['adds to one that does not apply', [], record('One', { question: 'QC02' }), {}],
    ['adds to one closed for danger', [{ kind: 'danger' }], record('One'), {}],
    ['adds to one that is not there', [], record('One', { question: 'QC09' }), {}],
  ])('is stale when it %s', (_, acts, act, given) => {
    expect(taken(listing, begun(...acts), act, given)).toEqual({ kind: 'stale' });
  });

  it('is stale, not a repeat, when another one is struck from the same old card', () => {
    const screening = begun(aRecord('QC01', 'One'), aRecord('QC01', 'Two'), strike(1));
    expect(taken(listing, screening, strike(2), { seen: 2, activityId: 'x' })).toEqual({
      kind: 'stale',
    });
    expect(taken(listing, screening, strike(1), { seen: 2, activityId: 'x' })).toEqual({
      kind: 'repeated',
    });
  });

  it('refuses what could not be read, and names the field', () => {
    const act: Move['act'] = {
      kind: 'record',
      question: questionId('QC01'),
      parsed: { kind: 'refused', reason: 'not-a-date', field: 'When' },
    };
    expect(taken(listing, begun(), act)).toEqual({
      kind: 'refused',
      reason: 'not-a-date',
      field: 'When',
    });
  });

  it('refuses more than 500, and still lets one of them be changed', () => {
    const full = begun(...Array.from({ length: mostRecords }, (_, i) => aRecord('QC01', `${i}`)));
    expect(mostRecords).toBe(500);
    expect(taken(listing, full, record('One more'))).toEqual({
      kind: 'refused',
      reason: 'too-many-records',
    });
    expect(taken(listing, full, record('Changed', { number: 500 })).kind).toBe('saved');
  });

  it('asks why a record was changed or struck, and not why one was added or saved as it was', () => {
    const awaited = (...acts: readonly Act[]) =>
      replay(listing, eventsOf(aRecord('QC01', 'One'), ...acts)).awaitsReason;
    expect(awaited()).toBeUndefined();
    expect(awaited(aRecord('QC01', 'Two'))).toBeUndefined();
    expect(awaited(aRecord('QC01', 'One', 1))).toBeUndefined();
    expect(awaited(aRecord('QC01', 'First', 1))).toBe('QC01');
    expect(awaited(strike(1))).toBe('QC01');
  });
});

describe('a step that confirms what was told earlier', () => {
  const answer: Held = {
    screening: aScreening().id,
    question: questionId('QB07'),
    at: '2026-03-01T10:00:00.000Z',
    by: 'ben' as typeof anna,
    value: choice('no'),
  };
  const held = new Map([[questionId('QA01'), answer]]);
  const confirm = (question: string): Move['act'] => ({
    kind: 'confirm',
    question: questionId(question),
  });
  const confirmed = (screening: Screening, act: Move['act'], given: Partial<Move> = {}) =>
    step(forked, screening, aMove(screening, act, given), aTime, held);
  const { screening: from, question, at, value } = answer;
  const saved: Act = {
    kind: 'reply',
    question: questionId('QA01'),
    value,
    held: { screening: from, question, at },
  };

  it('saves its value as the reply, with where and when it was told', () => {
    expect(confirmed(begun(), confirm('QA01'))).toEqual({
      kind: 'saved',
      event: anEvent({ act: saved }),
    });
    expect(replay(forked, eventsOf(saved)).standings.get(questionId('QA01'))).toMatchObject({
      value: choice('no'),
      by: anna,
      held: { screening: from, question, at },
    });
  });

  it('is stale where nothing is held, or another question is asked', () => {
    expect(confirmed(begun(aReply('QA01', 'no')), confirm('QA03'))).toEqual({ kind: 'stale' });
    expect(confirmed(begun(aReply('QA01', 'no')), confirm('QA01'))).toEqual({ kind: 'stale' });
    expect(taken(forked, begun(), confirm('QA01'))).toEqual({ kind: 'stale' });
  });

  it('is a repeat when it is pressed twice on one card', () => {
    const given = { seen: 0, activityId: 'another' };
    expect(confirmed(begun(saved), confirm('QA01'), given)).toEqual({ kind: 'repeated' });
  });

  it('is forgotten when another reply takes its place', () => {
    const acts: Act[] = [saved, { kind: 'back' }, aReply('QA01', 'yes')];
    const standing = replay(forked, eventsOf(...acts)).standings.get(questionId('QA01'));
    expect([standing?.held, standing?.value]).toEqual([undefined, choice('yes')]);
  });
});

// Properties over random scripts and random walks.

const values = ['yes', 'no', 'unsure'] as const;
const someValues = fc.subarray([...values, 'not-known', 'declined', 'not-asked'], { minLength: 1 });

const conditionOn = (ids: readonly string[]) => {
  const onReply = fc.record({ question: fc.constantFrom(...ids), is: someValues });
  const pair = fc.array(onReply, { minLength: 1, maxLength: 2 });
  return fc.oneof(
    onReply,
    fc.record({ all: pair }),
    fc.record({ any: pair }),
    fc.record({ raised: fc.constantFrom('red', 'amber') }),
  );
};

const flagOn = (ids: readonly string[]) =>
  fc
    .record({
      level: fc.constantFrom('red' as const, 'amber' as const, 'note' as const),
      on: someValues,
      and: fc.option(conditionOn(ids), { nil: undefined }),
    })
    .map(({ and, ...rule }) => ({
      ...rule,
      message: 'IDM-1',
      about: `${rule.level} on ${rule.on.join(', ')}${and ? ', with more' : ''}`,
      ...(and ? { and } : {}),
    }));

function questionAt(index: number, withFlags: boolean): fc.Arbitrary<QuestionInput> {
  const idOf = (i: number) => `QA${String(i + 1).padStart(2, '0')}`;
  const earlier = Array.from({ length: index }, (_, i) => idOf(i));
  const when =
    index === 0 ? fc.constant(undefined) : fc.option(conditionOn(earlier), { nil: undefined });
  const flags = fc.array(flagOn([...earlier, idOf(index)]), { maxLength: withFlags ? 2 : 0 });
  return fc
    .record({ when, flags, danger: fc.boolean(), mustAsk: fc.boolean() })
    .map(({ when: condition, ...rest }) =>
      aQuestion({ id: idOf(index), ...rest, ...(condition ? { when: condition } : {}) }),
    );
}

const scripts = (withFlags = true) =>
  fc
    .integer({ min: 1, max: 7 })
    .chain((length) => fc.tuple(...Array.from({ length }, (_, i) => questionAt(i, withFlags))))
    .map((questions) => aScript(withoutUnreachable(questions)));

type Intent =
  | { readonly kind: 'back' | 'keep' | 'danger' | 'pause' | 'resume' }
  | { readonly kind: 'say'; readonly value: Value };

const says: fc.Arbitrary<Intent> = fc
  .oneof(
    fc.constantFrom(...values).map(choice),
    fc.constantFrom<Value>(
      { kind: 'not-known' },
      { kind: 'declined' },
      { kind: 'not-asked', reason: 'danger' },
    ),
  )
  .map((value) => ({ kind: 'say', value }));
const saysOrGoesBack = fc.oneof(
  { weight: 4, arbitrary: says },
  fc.constant<Intent>({ kind: 'back' }),
);
const anything = fc.oneof(
  { weight: 6, arbitrary: saysOrGoesBack },
  fc.constantFrom<Intent>(
    { kind: 'keep' },
    { kind: 'danger' },
    { kind: 'pause' },
    { kind: 'resume' },
  ),
);
const walks = (intent: fc.Arbitrary<Intent>) => fc.array(intent, { maxLength: 20 });

/** Carries out an intent on the question asked now; a refused or impossible one changes nothing. */
function carryOut(script: Script, screening: Screening, intent: Intent): Screening {
  const { at } = replay(script, screening.events);
  if (intent.kind === 'say' && !at) return screening;
  const act = intent.kind === 'say' && at ? pressed(at.id, intent.value) : intent;
  const made = taken(script, screening, act as Move['act']);
  return made.kind === 'saved'
    ? { ...screening, events: [...screening.events, made.event] }
    : screening;
}

/** Every screening along a walk, the beginning included. */
function along(script: Script, intents: readonly Intent[]): readonly Screening[] {
  const all = [aScreening()];
  for (const intent of intents) all.push(carryOut(script, all.at(-1) ?? aScreening(), intent));
  return all;
}

/** The first open question, worked out another way: newest replies, one pass, no walk. */
function expectedAt(script: Script, events: readonly ScreeningEvent[]): Question | undefined {
  const position = replay(script, events);
  const newest = new Map<string, Value>();
  for (const { act } of events) if (act.kind === 'reply') newest.set(act.question, act.value);
  const counted = new Map<Question['id'], Value>();
  for (const question of script.questions) {
    if (question.when && !holds(question.when, counted, position.flags)) continue;
    const value = newest.get(question.id);
    if (value) counted.set(question.id, value);
    else if (question.danger || !position.flags.some((flag) => flag.level === 'red'))
      return question;
  }
  return undefined;
}

describe('over random scripts and walks', () => {
  it('replaying stored events gives the position that stood after each step', () => {
    fc.assert(
      fc.property(scripts(), walks(anything), (script, intents) => {
        const last = along(script, intents).at(-1) ?? aScreening();
        for (const [i, screening] of along(script, intents).entries()) {
          const { events } = screening;
          const stored = JSON.parse(JSON.stringify(last.events.slice(0, events.length)));
          const position = replay(script, events);
          expect(replay(script, stored), `after ${i} moves`).toEqual(position);
          if (!position.isRevisiting) expect(position.at).toEqual(expectedAt(script, events));
        }
      }),
    );
  });

  it('there is no dead end: whatever is asked can be replied, and the end comes', () => {
    fc.assert(
      fc.property(
        scripts(),
        walks(anything),
        fc.constantFrom(...values),
        (script, intents, value) => {
          let screening = along(script, intents).at(-1) ?? aScreening();
          // One more than there are questions, since one of them may be open again.
          for (let i = 0; i <= script.questions.length; i += 1) {
            const { at } = replay(script, screening.events);
            if (!at) break;
            const next = carryOut(script, screening, { kind: 'say', value: choice(value) });
            expect(next.events.length).toBe(screening.events.length + 1);
            screening = next;
          }
          expect(replay(script, screening.events).at).toBeUndefined();
        },
      ),
    );
  });

  it('DANGER can be pressed in every state, and only the danger set is asked after it', () => {
    fc.assert(
      fc.property(scripts(), walks(anything), (script, intents) => {
        for (const screening of along(script, intents)) {
          const pressedThen = carryOut(script, screening, { kind: 'danger' });
          expect(pressedThen.events.length).toBe(screening.events.length + 1);
          const position = replay(script, pressedThen.events);
          expect(position.inDanger).toBe(true);
          expect(position.at?.danger ?? true).toBe(true);
        }
      }),
    );
  });

  it('a flag that was raised still stands after every later move', () => {
    fc.assert(
      fc.property(scripts(), walks(anything), (script, intents) => {
        let before: ReturnType<typeof replay>['flags'] = [];
        for (const { events } of along(script, intents)) {
          const { flags } = replay(script, events);
          expect(flags.slice(0, before.length)).toEqual(before);
          before = flags;
        }
      }),
    );
  });

  it('every rule that holds has its flag, in whatever order the replies came', () => {
    fc.assert(
      fc.property(scripts(), walks(anything), (script, intents) => {
        for (const { events } of along(script, intents)) {
          const { standings, route, flags } = replay(script, events);
          const counted = new Map(
            route.flatMap(({ question, state }) => {
              const value = state === 'replied' ? standings.get(question.id)?.value : undefined;
              return value ? [[question.id, value] as const] : [];
            }),
          );
          const met = script.questions.flatMap((question) =>
            question.flags
              .filter(
                (rule) =>
                  counted.has(question.id) &&
                  holds({ question: question.id, is: rule.on }, counted, flags) &&
                  (!rule.and || holds(rule.and, counted, flags)),
              )
              .map((rule) => ({ question: question.id, level: rule.level, about: rule.about })),
          );
          expect(flags).toEqual(
            expect.arrayContaining(met.map((rule) => expect.objectContaining(rule))),
          );
        }
      }),
    );
  });

  it('taking away the last reply changes no other question’s reply', () => {
    fc.assert(
      fc.property(scripts(), walks(anything), (script, intents) => {
        const { events } = along(script, intents).at(-1) ?? aScreening();
        const last = events.findLast((event) => event.act.kind === 'reply');
        if (last?.act.kind !== 'reply') return;
        const { question } = last.act;
        const standings = (kept: readonly ScreeningEvent[]) =>
          [...replay(script, kept).standings].filter(([id]) => id !== question);
        const without = events.filter((event) => event !== last);
        expect(new Map(standings(without))).toEqual(new Map(standings(events)));
      }),
    );
  });

  it('replies that left the route decide nothing: without them the route is the same', () => {
    fc.assert(
      fc.property(scripts(false), walks(saysOrGoesBack), (script, intents) => {
        const { events } = along(script, intents).at(-1) ?? aScreening();
        const position = replay(script, events);
        const dropped = new Set<string>(droppedOf(position));
        const without = events.filter(
          ({ act }) => act.kind !== 'reply' || !dropped.has(act.question),
        );
        expect(replay(script, without).route).toEqual(position.route);
      }),
    );
  });
});
