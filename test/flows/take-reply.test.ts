import { describe, expect, it } from 'vitest';
import { screeningIdSchema, type UserId, userIdSchema } from '../../src/core/ids.js';
import type { Script } from '../../src/core/script.js';
import { whoeverIsOnIt } from '../../src/flows/may-work-on.js';
import type { Screenings } from '../../src/flows/ports.js';
import { findView, recallView } from '../../src/flows/screening-view.js';
import { makeTakeReply, type Reply, type TakenAct } from '../../src/flows/take-reply.js';
import {
  aCard,
  aKnowledge,
  anEvent,
  anna,
  aQuestion,
  aRecord,
  aReply,
  aScreening,
  aScript,
  aTime,
  ben,
  type QuestionInput,
  questionId,
} from '../builders.js';
import { type CasePeople, makeFakeScreenings } from '../fakes.js';

const clock = () => new Date(aTime);
const readDate = (text: string) =>
  text === 'last friday' ? ({ day: '2026-11-13', precision: 'exact' } as const) : undefined;
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

const carl: UserId = userIdSchema.parse('carl');

/** A screening of Anna's, begun, and a way to reply to it. Ben, let in, works on it too. */
async function begun(scripts: readonly Script[] = [script]) {
  const people: CasePeople = new Map();
  const screenings = makeFakeScreenings(people);
  const { events: _, ...screening } = aScreening();
  await screenings.start({ ...screening, activityId: 'start-1' });
  people.set(screening.caseId, [anna, ben]);
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
    const others = await reply({ kind: 'danger' }, { by: carl });
    const none = await reply({ kind: 'danger' }, { screening: absent });
    expect(others).toEqual({ kind: 'not-yours' });
    expect(none).toEqual(others);
    expect(await countOf(screenings)).toBe(0);
  });

  it('another person’s is not found either', async () => {
    const { screenings } = await begun();
    const knowledge = aKnowledge({ scripts: [script] });
    expect(await findView(knowledge, screenings, mine, carl, whoeverIsOnIt)).toBeUndefined();
    expect(await findView(knowledge, screenings, absent, anna, whoeverIsOnIt)).toBeUndefined();
    expect(
      (await findView(knowledge, screenings, mine, anna, whoeverIsOnIt))?.position.at?.id,
    ).toBe('QA01');
  });
});

describe('what an instance remembers of a screening', () => {
  it('is read anew where the card that was seen is newer', async () => {
    const { screenings, reply } = await begun();
    const old = await screenings.find(mine);
    await reply(says('QA01', 'yes'));
    const elsewhere: Screenings = { ...screenings, recall: async () => old };
    const knowledge = aKnowledge({ scripts: [script] });
    const askedAt = async (seen: number) =>
      (await recallView(knowledge, elsewhere, { id: mine, seen }, anna, whoeverIsOnIt))?.position.at
        ?.id;
    expect([await askedAt(0), await askedAt(1)]).toEqual(['QA01', 'QA02']);
  });
});

describe('two people in one screening', () => {
  it('see what the other has answered', async () => {
    const { screenings, reply } = await begun();
    await reply(says('QA01', 'yes'));
    const view = await findView(
      aKnowledge({ scripts: [script] }),
      screenings,
      mine,
      ben,
      whoeverIsOnIt,
    );
    expect([view?.position.at?.id, view?.position.standings.get(questionId('QA01'))?.by]).toEqual([
      'QA02',
      anna,
    ]);
  });

  it('are told what the other recorded meanwhile when a press is stale, and nothing changes', async () => {
    const { screenings, reply } = await begun();
    await reply(says('QA01', 'yes'), { seen: 0 });
    await reply(says('QA02', 'At the gate'), { seen: 1 });
    const before = await screenings.find(mine);
    const taken = await reply(says('QA01', 'no'), { by: ben, seen: 0 });
    expect(taken).toMatchObject({ kind: 'stale', threats: [], dropped: [] });
    expect('meanwhile' in taken && taken.meanwhile).toEqual(before?.events);
    expect(await screenings.find(mine)).toEqual(before);
  });

  it('are told the same when the press counts however old its card', async () => {
    const { reply } = await begun();
    await reply(says('QA01', 'yes'), { seen: 0 });
    const taken = await reply({ kind: 'danger' }, { by: ben, seen: 0 });
    expect([taken.kind, 'meanwhile' in taken && taken.meanwhile.map(({ seq }) => seq)]).toEqual([
      'saved',
      [1],
    ]);
  });

  it('are told nothing of what they did themselves', async () => {
    const { reply } = await begun();
    await reply(says('QA01', 'yes'), { seen: 0 });
    expect(await reply({ kind: 'danger' }, { seen: 0 })).toMatchObject({ meanwhile: [] });
  });
});

describe('records', () => {
  const listing = aScript([aCard(), aQuestion({ id: 'QA01' })]);
  const adds = (fields: Readonly<Record<string, string>>, number?: number): TakenAct => ({
    kind: 'record',
    question: questionId('QC01'),
    ...(number === undefined ? {} : { number }),
    fields,
  });
  const actsIn = async (screenings: Screenings) =>
    (await screenings.find(mine))?.events.map(({ act }) => act);

  it('are stored as they were filled in on the card', async () => {
    const { screenings, reply } = await begun([listing]);
    const taken = await reply(adds({ what: 'A call', when: 'last friday', kinds: 'calls' }));
    expect(taken.kind).toBe('saved');
    expect(await actsIn(screenings)).toEqual([
      {
        kind: 'record',
        question: 'QC01',
        fields: {
          what: { kind: 'text', text: 'A call' },
          when: { kind: 'date', day: '2026-11-13', precision: 'exact' },
          kinds: { kind: 'choices', choices: ['calls'] },
        },
      },
    ]);
  });

  it('are typed one a line, until a line ends the list', async () => {
    const { screenings, reply } = await begun([listing]);
    for (const line of ['He rang twice', 'last friday', 'that’s all']) {
      expect((await reply(says('QC01', line))).kind).toBe('saved');
    }
    expect(await actsIn(screenings)).toEqual([
      aRecord('QC01', 'He rang twice'),
      aRecord('QC01', {
        what: { kind: 'text', text: 'last friday' },
        when: { kind: 'date', day: '2026-11-13', precision: 'exact' },
      }),
      aReply('QC01', { kind: 'listed', count: 2 }),
    ]);
  });

  it('are refused by the field that could not be read', async () => {
    const { screenings, reply } = await begun([listing]);
    expect(await reply(adds({ what: 'A call', when: 'someday' }))).toMatchObject({
      kind: 'refused',
      reason: 'not-a-date',
      field: 'When',
    });
    expect(await countOf(screenings)).toBe(0);
  });

  it('may hold words that speak of danger, which are named', async () => {
    const { reply } = await begun([listing]);
    expect(await reply(adds({ what: 'He said he will kill me' }))).toMatchObject({
      kind: 'saved',
      threats: ['kill'],
    });
  });
});

describe('a change', () => {
  const forked = aScript([
    aQuestion({ id: 'QA01' }),
    aQuestion({ id: 'QA02', when: { question: 'QA01', is: ['yes'] } }),
    aQuestion({ id: 'QA03' }),
  ]);

  it('names the questions whose replies it took off the route, once', async () => {
    const { reply } = await begun([forked]);
    await reply(says('QA01', 'yes'));
    await reply(says('QA02', 'no'));
    await reply({ kind: 'back' });
    await reply({ kind: 'back' });
    const changed = await reply(says('QA01', 'no'));
    expect(changed).toMatchObject({ kind: 'saved', dropped: ['QA02'] });
    const reason = { kind: 'reason', question: questionId('QA01'), reason: 'misheard' } as const;
    expect(await reply(reason)).toMatchObject({ kind: 'saved', dropped: [] });
  });
});

describe('answers held from earlier contact', () => {
  const first = aScript([aQuestion({ id: 'QB01' }), aQuestion({ id: 'QB02' })], { name: 'first' });
  const second = aScript([aQuestion({ id: 'QA01', same: ['QB01'] }), aQuestion({ id: 'QA02' })]);
  const confirm: TakenAct = { kind: 'confirm', question: questionId('QA01') };

  /** The second screening of a case whose first has a reply to QB01. */
  async function followedOn() {
    const screenings = makeFakeScreenings();
    const earlier = screeningIdSchema.parse('00000000-0000-4000-8000-0000000000e1');
    const { events: _, ...screening } = aScreening();
    await screenings.start({ ...screening, id: earlier, script: 'first', activityId: 'start-0' });
    await screenings.change(earlier, () => ({
      save: anEvent({ act: aReply('QB01', 'unsure'), at: '2026-03-01T10:00:00.000Z' }),
      result: undefined,
    }));
    await screenings.start({ ...screening, activityId: 'start-1' });
    const knowledge = aKnowledge({ scripts: [first, second] });
    const takeReply = makeTakeReply(knowledge, screenings, clock, readDate);
    const reply = (act: TakenAct, seen: number) =>
      takeReply({
        screening: mine,
        by: anna,
        client: 'card',
        activityId: `activity-${seen}`,
        seen,
        act,
      });
    return { knowledge, screenings, earlier, reply };
  }

  it('are offered in the next screening of the case', async () => {
    const { knowledge, screenings, earlier } = await followedOn();
    const view = await findView(knowledge, screenings, mine, anna, whoeverIsOnIt);
    expect(view?.held).toEqual(
      new Map([
        [
          'QA01',
          {
            screening: earlier,
            question: 'QB01',
            at: '2026-03-01T10:00:00.000Z',
            by: anna,
            value: { kind: 'choice', choice: 'unsure' },
          },
        ],
      ]),
    );
    expect(view?.told).toEqual(new Map([['QB01', 'Unsure']]));
  });

  it('are stored with where they were told when somebody says that they still hold', async () => {
    const { screenings, earlier, reply } = await followedOn();
    expect((await reply(confirm, 0)).kind).toBe('saved');
    expect((await screenings.find(mine))?.events.map(({ act }) => act)).toEqual([
      {
        kind: 'reply',
        question: 'QA01',
        value: { kind: 'choice', choice: 'unsure' },
        held: { screening: earlier, question: 'QB01', at: '2026-03-01T10:00:00.000Z' },
      },
    ]);
  });

  it('cannot be confirmed where there are none', async () => {
    const { reply } = await begun([second]);
    expect((await reply(confirm)).kind).toBe('stale');
  });
});

describe('the flags of the case', () => {
  const flagged = aScript([
    aQuestion({
      id: 'QA01',
      flags: [{ level: 'amber', on: ['yes'], about: 'said it happened before' }],
    }),
    aCard({
      id: 'QC01',
      fields: [
        { id: 'what', label: 'What is done', type: 'FT' },
        { id: 'for', label: 'For which matter', type: 'MS', choicesFrom: 'flags' },
      ],
    }),
  ]);

  it('can be chosen in a row of the plan, as the card sends them', async () => {
    const { screenings, reply } = await begun([flagged]);
    await reply(says('QA01', 'yes'));
    const fields = { what: 'Change the locks', for: 'QA01' };
    const taken = await reply({ kind: 'record', question: questionId('QC01'), fields });
    expect(taken.kind).toBe('saved');
    expect('view' in taken && taken.view.caseFlags).toEqual([
      { question: 'QA01', about: 'said it happened before' },
    ]);
    expect((await screenings.find(mine))?.events.at(-1)?.act).toMatchObject({
      fields: { for: { kind: 'choices', choices: ['QA01'] } },
    });
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
