import { describe, expect, it } from 'vitest';
import { screeningIdSchema, type UserId, userIdSchema } from '../../src/core/ids.js';
import type { Script } from '../../src/core/script.js';
import type { Screenings } from '../../src/flows/ports.js';
import { findView, makeTakeReply, type Reply, type TakenAct } from '../../src/flows/take-reply.js';
import {
  aKnowledge,
  anna,
  aQuestion,
  aScreening,
  aScript,
  aTime,
  type QuestionInput,
  questionId,
} from '../builders.js';
import { makeFakeScreenings } from '../fakes.js';

const clock = () => new Date(aTime);
const readDate = (text: string) =>
  text === 'last friday' ? ({ day: '2026-11-13', precision: 'exact' } as const) : undefined;
const ben: UserId = userIdSchema.parse('ben');
const mine = aScreening().id;
const absent = screeningIdSchema.parse('00000000-0000-4000-8000-00000000dead');

const script = aScript([
  aQuestion({ id: 'QA01' }),
  aQuestion({ id: 'QA02', type: 'FT' }),
  aQuestion({ id: 'QA03', type: 'DT' }),
]);

const says = (question: string, words: string): TakenAct => ({
  kind: 'words',
  question: questionId(question),
  words,
});

/** A screening of Anna's, begun, and a way to reply to it. */
async function begun(scripts: readonly Script[] = [script]) {
  const screenings = makeFakeScreenings();
  const { events: _, ...screening } = aScreening();
  await screenings.start({ ...screening, activityId: 'start-1' });
  const takeReply = makeTakeReply(aKnowledge({ scripts }), screenings, clock, readDate);
  let count = 0;
  const reply = (act: TakenAct, given: Partial<Reply> = {}) => {
    count += 1;
    const seen = count - 1;
    const activityId = `activity-${count}`;
    return takeReply({
      screening: mine,
      by: anna,
      client: 'card',
      activityId,
      seen,
      act,
      ...given,
    });
  };
  return { screenings, reply };
}

const countOf = async (screenings: Screenings) => (await screenings.find(mine))?.events.length;

describe('taking a reply', () => {
  it('stores it with who, when and how, and tells where the screening then stands', async () => {
    const { screenings, reply } = await begun();
    const taken = await reply(says('QA01', 'yes'), { client: 'chat' });
    const stored = await screenings.find(mine);
    expect(stored?.events).toEqual([
      {
        seq: 1,
        at: aTime,
        by: 'anna',
        client: 'chat',
        activityId: 'activity-1',
        act: { kind: 'reply', question: 'QA01', value: { kind: 'choice', choice: 'yes' } },
      },
    ]);
    expect(taken).toMatchObject({ kind: 'saved', threats: [], view: { screening: stored } });
    expect('view' in taken && taken.view.position.at?.id).toBe('QA02');
  });

  it.each<[string, TakenAct, object]>([
    [
      'an absent answer',
      { kind: 'absent', question: questionId('QA01'), value: { kind: 'declined' } },
      { kind: 'reply', question: 'QA01', value: { kind: 'declined' } },
    ],
    [
      'not asked, with its reason',
      {
        kind: 'absent',
        question: questionId('QA01'),
        value: { kind: 'not-asked', reason: 'distress' },
      },
      { kind: 'reply', question: 'QA01', value: { kind: 'not-asked', reason: 'distress' } },
    ],
    ['DANGER', { kind: 'danger' }, { kind: 'danger' }],
    ['a pause', { kind: 'pause' }, { kind: 'pause' }],
  ])('stores %s', async (_, act, stored) => {
    const { screenings, reply } = await begun();
    expect((await reply(act)).kind).toBe('saved');
    expect((await screenings.find(mine))?.events.map((event) => event.act)).toEqual([stored]);
  });

  it('reads dates with what was handed in, as of today in London', async () => {
    const { screenings, reply } = await begun();
    await reply(says('QA01', 'no'));
    await reply(says('QA02', 'words'));
    expect((await reply(says('QA03', 'last friday'))).kind).toBe('saved');
    expect((await screenings.find(mine))?.events.at(-1)?.act).toMatchObject({
      value: { kind: 'date', day: '2026-11-13', precision: 'exact' },
    });
  });

  it('refuses words that do not fit, with the reason, and stores nothing', async () => {
    const { screenings, reply } = await begun();
    const taken = await reply(says('QA01', 'perhaps'));
    expect(taken).toMatchObject({ kind: 'refused', reason: 'not-a-choice' });
    expect(await countOf(screenings)).toBe(0);
  });

  it('refuses to go back from the first question', async () => {
    const { reply } = await begun();
    expect(await reply({ kind: 'back' })).toMatchObject({
      kind: 'refused',
      reason: 'no-earlier-question',
    });
  });

  it('names words that may speak of danger, stores them as said, and raises no flag', async () => {
    const { screenings, reply } = await begun();
    await reply(says('QA01', 'no'));
    const taken = await reply(says('QA02', 'He has a KNIFE and will kill me, knife'));
    expect(taken).toMatchObject({ kind: 'saved', threats: ['knife', 'kill'] });
    expect('view' in taken && taken.view.position.flags).toEqual([]);
    expect((await screenings.find(mine))?.events.at(-1)?.act).toMatchObject({
      value: { text: 'He has a KNIFE and will kill me, knife' },
    });
  });
});

describe('a reply that comes again or late', () => {
  it('has one effect when its activity arrives three times', async () => {
    const { screenings, reply } = await begun();
    const same = { activityId: 'the-same', seen: 0 };
    const kinds = [];
    for (let i = 0; i < 3; i += 1) kinds.push((await reply(says('QA01', 'yes'), same)).kind);
    expect(kinds).toEqual(['saved', 'repeated', 'repeated']);
    expect(await countOf(screenings)).toBe(1);
  });

  it('has one effect when the same press arrives under a new id', async () => {
    const { screenings, reply } = await begun();
    await reply(says('QA01', 'yes'), { seen: 0 });
    expect((await reply(says('QA01', 'yes'), { seen: 0 })).kind).toBe('repeated');
    expect(await countOf(screenings)).toBe(1);
  });

  it.each<[string, TakenAct, number]>([
    ['another answer on a card already answered', says('QA01', 'no'), 0],
    ['an answer to a question that is not being asked', says('QA03', '2024'), 1],
    ['an answer to a question no script has', says('QA77', 'yes'), 1],
    ['a card from the future', says('QA02', 'words'), 7],
    ['back on an old card', { kind: 'back' }, 0],
  ])('is stale: %s', async (_, act, seen) => {
    const { screenings, reply } = await begun();
    await reply(says('QA01', 'yes'), { seen: 0 });
    const taken = await reply(act, { seen });
    expect(taken.kind).toBe('stale');
    expect('view' in taken && taken.view.position.at?.id).toBe('QA02');
    expect(await countOf(screenings)).toBe(1);
  });

  it('takes DANGER from a card however old', async () => {
    const { reply } = await begun();
    await reply(says('QA01', 'yes'), { seen: 0 });
    await reply(says('QA02', 'words'), { seen: 1 });
    const taken = await reply({ kind: 'danger' }, { seen: 0 });
    expect(taken.kind).toBe('saved');
    expect('view' in taken && taken.view.position.inDanger).toBe(true);
  });

  it('lets one of two replies at once win, and tells the other', async () => {
    const { screenings, reply } = await begun();
    const both = [says('QA01', 'yes'), says('QA01', 'no')].map((act) => reply(act, { seen: 0 }));
    const kinds = (await Promise.all(both)).map(({ kind }) => kind);
    expect(kinds).toEqual(['saved', 'stale']);
    expect(await countOf(screenings)).toBe(1);
  });
});

describe('whose screening it is', () => {
  it('another person’s looks exactly like none, and nothing is stored', async () => {
    const { screenings, reply } = await begun();
    const others = await reply({ kind: 'danger' }, { by: ben });
    const none = await reply({ kind: 'danger' }, { screening: absent });
    expect(others).toEqual({ kind: 'not-yours' });
    expect(none).toEqual(others);
    expect(await countOf(screenings)).toBe(0);
  });

  it('another person’s is not found either', async () => {
    const { screenings } = await begun();
    const knowledge = aKnowledge({ scripts: [script] });
    expect(await findView(knowledge, screenings, mine, ben)).toBeUndefined();
    expect(await findView(knowledge, screenings, absent, anna)).toBeUndefined();
    expect((await findView(knowledge, screenings, mine, anna))?.position.at?.id).toBe('QA01');
  });
});

describe('the version of the script', () => {
  const version = (number: number, questions: readonly QuestionInput[]) =>
    aScript(questions, { version: number });
  const newer = version(2, [aQuestion({ id: 'QB01' }), aQuestion({ id: 'QB02' })]);

  it('is kept when a newer one is released', async () => {
    const { reply } = await begun([newer, script]);
    const taken = await reply(says('QA01', 'yes'));
    expect('view' in taken && [taken.view.script.version, taken.view.position.at?.id]).toEqual([
      1,
      'QA02',
    ]);
  });

  it('that is not installed is a fault naming it', async () => {
    const { reply } = await begun([newer]);
    await expect(reply(says('QA01', 'yes'))).rejects.toThrow(
      'reading screening 00000000-0000-4000-8000-000000000001: script test-script version 1 is not installed',
    );
  });
});
