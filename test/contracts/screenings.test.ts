import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type CaseId,
  caseIdSchema,
  questionIdSchema,
  type ScreeningId,
  screeningIdSchema,
  userIdSchema,
} from '../../src/core/ids.js';
import type { Act, Screening, ScreeningEvent } from '../../src/core/screening.js';
import type { Screenings } from '../../src/flows/ports.js';
import { describeStores } from './stores.js';

const officer = userIdSchema.parse('officer-1');
const question = questionIdSchema.parse('FC01');
const at = '2026-11-20T10:00:00.123Z';

type Begun = Parameters<Screenings['start']>[0];

function aStart(given: Partial<Begun> = {}): Begun {
  return {
    id: screeningIdSchema.parse(randomUUID()),
    caseId: newCase(),
    caseRef: `SP-${randomUUID().slice(0, 13)}`,
    script: 'first-contact',
    version: 1,
    startedBy: officer,
    startedAt: at,
    activityId: randomUUID(),
    ...given,
  };
}

function newCase(): CaseId {
  return caseIdSchema.parse(randomUUID());
}

async function begin(screenings: Screenings): Promise<ScreeningId> {
  return (await screenings.start(aStart())).id;
}

function nextEvent(screening: Screening, act: Act = { kind: 'pause' }): ScreeningEvent {
  const seq = screening.events.length + 1;
  return { seq, at, by: officer, client: 'card', activityId: randomUUID(), act };
}

function save(screenings: Screenings, id: ScreeningId, act?: Act): Promise<string | undefined> {
  return screenings.change(id, (screening) => ({
    save: nextEvent(screening, act),
    result: 'changed',
  }));
}

async function eventsOf(screenings: Screenings, id: ScreeningId) {
  return (await screenings.find(id))?.events;
}

const reply = (value: Extract<Act, { kind: 'reply' }>['value']): Act => ({
  kind: 'reply',
  question,
  value,
});

describeStores('screenings', (ports) => {
  it('finds a screening as it was begun, with no events', async () => {
    const { activityId, ...begun } = aStart();
    const started = await ports().screenings.start({ ...begun, activityId });
    expect(started).toEqual({ kind: 'started', id: begun.id });
    const people = [officer];
    expect(await ports().screenings.find(begun.id)).toEqual({
      ...begun,
      people,
      barred: [],
      isFollowOn: false,
      events: [],
    });
  });

  it('tells the first screening of a case from those that follow, and lets in who begins them', async () => {
    const { screenings } = ports();
    const { caseId, caseRef } = aStart();
    const colleague = userIdSchema.parse('officer-2');
    for (const startedBy of [officer, colleague, officer]) {
      await screenings.start(aStart({ caseId, caseRef, startedBy }));
    }
    const listed = await screenings.listCase(caseId);
    expect(listed.map((one) => one.isFollowOn)).toEqual([false, true, true]);
    expect(listed.map((one) => one.people)).toEqual(Array(3).fill([officer, colleague]));
  });

  it('takes one of several begun at once in a new case for its first', async () => {
    const { screenings } = ports();
    const { caseId, caseRef } = aStart();
    const starts = Array.from({ length: 12 }, () => screenings.start(aStart({ caseId, caseRef })));
    expect((await Promise.all(starts)).map(({ kind }) => kind)).toEqual(Array(12).fill('started'));
    const listed = await screenings.listCase(caseId);
    expect(listed.map((one) => one.isFollowOn)).toEqual([false, ...Array(11).fill(true)]);
  });

  it('refuses to begin a screening under an id that is in use', async () => {
    const first = aStart();
    await ports().screenings.start(first);
    await expect(ports().screenings.start(aStart({ id: first.id }))).rejects.toThrow();
  });

  it('finds nothing under an id that was never given', async () => {
    expect(await ports().screenings.find(aStart().id)).toBeUndefined();
  });

  it('begins one screening for an activity, however often and at once it arrives', async () => {
    const activityId = randomUUID();
    const starts = [1, 2, 3, 4].map(() => ports().screenings.start(aStart({ activityId })));
    const begun = await Promise.all(starts);
    expect(begun.map((one) => one.kind).sort()).toEqual([
      'already',
      'already',
      'already',
      'started',
    ]);
    expect(new Set(begun.map((one) => one.id)).size).toBe(1);
    for (const { id } of begun) expect(await ports().screenings.find(id)).toBeDefined();
  });

  it('takes the same activity id of another person for another activity', async () => {
    const activityId = randomUUID();
    const startedBy = userIdSchema.parse('officer-2');
    await ports().screenings.start(aStart({ activityId }));
    const second = await ports().screenings.start(aStart({ activityId, startedBy }));
    expect(second.kind).toBe('started');
  });

  it('refuses a second name for a case, and a second case under a name', async () => {
    const first = aStart();
    await ports().screenings.start(first);
    await expect(ports().screenings.start(aStart({ caseId: first.caseId }))).rejects.toThrow();
    await expect(ports().screenings.start(aStart({ caseRef: first.caseRef }))).rejects.toThrow();
  });

  it.each<Act>([
    { kind: 'back' },
    { kind: 'keep' },
    { kind: 'danger' },
    { kind: 'pause' },
    { kind: 'resume' },
    { kind: 'shorten', reason: 'distress' },
    { kind: 'lengthen' },
    { kind: 'reason', question, reason: 'a slip of the finger' },
    { kind: 'strike', question, number: 2 },
    {
      kind: 'record',
      question,
      number: 1,
      fields: {
        detail: { kind: 'text', text: 'x'.repeat(20_000) },
        kinds: { kind: 'choices', choices: ['b', 'a'] },
        'reported-on': { kind: 'date', day: '2024-02-29', precision: 'about' },
        told: { kind: 'choice', choice: 'yes' },
      },
    },
    { kind: 'record', question, fields: {} },
    {
      kind: 'reply',
      question,
      value: { kind: 'choice', choice: 'yes' },
      held: { screening: screeningIdSchema.parse(randomUUID()), question, at },
    },
    reply({ kind: 'listed', count: 0 }),
    reply({ kind: 'choices', choices: ['b', 'a'] }),
    reply({ kind: 'text', text: ' She said: "no"\n\u202e\\u0000 ǆ 👩🏽‍🚒 ' }),
    reply({ kind: 'date', day: '2024-02-29', precision: 'about' }),
    reply({ kind: 'number', number: 1_000_000 }),
    reply({ kind: 'not-known' }),
    reply({ kind: 'declined' }),
    reply({ kind: 'not-asked', reason: 'danger' }),
  ])('gives back $kind $value.kind as it was saved, its keys in the same order', async (act) => {
    const { screenings } = ports();
    const id = await begin(screenings);
    expect(await save(screenings, id, act)).toBe('changed');
    const events = await eventsOf(screenings, id);
    const activityId = expect.any(String);
    expect(events).toEqual([{ seq: 1, at, by: officer, client: 'card', activityId, act }]);
    // A press sent twice is recognised by comparing acts as text.
    expect(JSON.stringify(events?.[0]?.act)).toBe(JSON.stringify(act));
  });

  it('gives back any text unchanged', async () => {
    const { screenings } = ports();
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 200 })
      .filter((given) => !given.includes('\0'));
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        const id = await begin(screenings);
        await save(screenings, id, reply({ kind: 'text', text: given }));
        const events = await eventsOf(screenings, id);
        expect(events?.[0]?.act).toEqual(reply({ kind: 'text', text: given }));
      }),
      { numRuns: 40 },
    );
  });

  it.each(['a\0b', 'half \ud83d pair'])(
    'refuses a text it could not give back, and keeps nothing of it',
    async (text) => {
      const { screenings } = ports();
      const id = await begin(screenings);
      await expect(save(screenings, id, reply({ kind: 'text', text }))).rejects.toThrow();
      expect(await eventsOf(screenings, id)).toEqual([]);
    },
  );

  it('takes the next change after one that the store refused', async () => {
    const { screenings } = ports();
    const id = await begin(screenings);
    const changes = [
      save(screenings, id, reply({ kind: 'text', text: 'a\0b' })).catch(() => 'refused'),
      save(screenings, id),
    ];
    expect(await Promise.all(changes)).toEqual(['refused', 'changed']);
    expect(await eventsOf(screenings, id)).toHaveLength(1);
  });

  it('saves nothing when a change asks for nothing, and gives its result', async () => {
    const { screenings } = ports();
    const id = await begin(screenings);
    expect(await screenings.change(id, ({ events }) => ({ result: events.length }))).toBe(0);
    expect(await eventsOf(screenings, id)).toEqual([]);
  });

  it('runs no change on a screening that does not exist', async () => {
    const change = () => {
      throw new Error('was run');
    };
    expect(await ports().screenings.change(aStart().id, change)).toBeUndefined();
  });

  it('runs changes that come at once one after the other', async () => {
    const { screenings } = ports();
    const id = await begin(screenings);
    const changes = Array.from({ length: 25 }, () =>
      screenings.change(id, (screening) => ({
        save: nextEvent(screening),
        result: screening.events.length,
      })),
    );
    const seen = await Promise.all(changes);
    const expected = Array.from({ length: 25 }, (_, index) => index);
    expect(seen.sort((a, b) => Number(a) - Number(b))).toEqual(expected);
    const events = await eventsOf(screenings, id);
    expect(events?.map((event) => event.seq)).toEqual(expected.map((index) => index + 1));
  });

  it('changes many screenings at once without mixing them up', async () => {
    const { screenings } = ports();
    const ids = await Promise.all(Array.from({ length: 30 }, () => begin(screenings)));
    await Promise.all(ids.map((id) => save(screenings, id, reply({ kind: 'text', text: id }))));
    const texts = await Promise.all(ids.map((id) => eventsOf(screenings, id)));
    expect(texts).toHaveLength(30);
    texts.forEach((events, index) => {
      const act = reply({ kind: 'text', text: ids[index] ?? '' });
      expect(events).toEqual([expect.objectContaining({ seq: 1, act })]);
    });
  });

  it.each([1, 3, 0])(
    'refuses an event %i after the first, and keeps nothing of it',
    async (seq) => {
      const { screenings } = ports();
      const id = await begin(screenings);
      await save(screenings, id);
      const gap = screenings.change(id, (screening) => ({
        save: { ...nextEvent(screening), seq },
        result: 'changed',
      }));
      await expect(gap).rejects.toThrow();
      expect(await eventsOf(screenings, id)).toHaveLength(1);
    },
  );

  it('refuses a second event of one activity', async () => {
    const { screenings } = ports();
    const id = await begin(screenings);
    const activityId = randomUUID();
    const change = (screening: Screening) => ({
      save: { ...nextEvent(screening), activityId },
      result: 'changed',
    });
    await screenings.change(id, change);
    await expect(screenings.change(id, change)).rejects.toThrow();
    expect(await eventsOf(screenings, id)).toHaveLength(1);
  });

  it('keeps nothing of a change that throws, and takes the next one', async () => {
    const { screenings } = ports();
    const id = await begin(screenings);
    const broken = screenings.change(id, () => {
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
    expect(await save(screenings, id)).toBe('changed');
    expect(await eventsOf(screenings, id)).toHaveLength(1);
  });

  it('lists the screenings of a case in the order they were begun, whatever their clocks said', async () => {
    const { screenings } = ports();
    const sameCase = { caseId: newCase(), caseRef: `SP-${randomUUID().slice(0, 13)}` };
    const first = aStart({ ...sameCase, startedAt: '2026-11-20T12:00:00.000Z' });
    const second = aStart({ ...sameCase, startedAt: '2026-11-20T11:00:00.000Z' });
    await screenings.start(first);
    await screenings.start(second);
    await save(screenings, first.id);
    await save(screenings, first.id);
    const listed = await screenings.listCase(sameCase.caseId);
    expect(listed.map((one) => [one.id, one.events.length])).toEqual([
      [first.id, 2],
      [second.id, 0],
    ]);
    expect(await screenings.listCase(newCase())).toEqual([]);
  });

  it('lists every screening of a case once a person was let into it', async () => {
    const { screenings, cases } = ports();
    const { caseId, caseRef } = aStart();
    const first = await screenings.start(aStart({ caseId, caseRef }));
    const second = await screenings.start(aStart({ caseId, caseRef }));
    const by = userIdSchema.parse(`officer-${randomUUID()}`);
    expect(await screenings.listOf(by, 10)).toEqual([]);
    const codeHash = createHash('sha256').update(randomUUID()).digest('hex');
    const validUntil = '2026-11-20T10:15:00.000Z';
    await cases.invite({ codeHash, screening: first.id, by: officer, at, validUntil });
    await cases.join({ codeHash, by, at });
    const listed = await screenings.listOf(by, 10);
    expect(listed.map(({ id, people }) => ({ id, people }))).toEqual([
      { id: second.id, people: [officer, by] },
      { id: first.id, people: [officer, by] },
    ]);
  });

  it('lists the newest screenings of a person, newest first, and nobody else’s', async () => {
    const { screenings } = ports();
    const startedBy = userIdSchema.parse(`officer-${randomUUID()}`);
    const starts = [aStart({ startedBy }), aStart({ startedBy }), aStart({ startedBy })];
    for (const one of starts) await screenings.start(one);
    await begin(screenings);
    const ids = starts.map((one) => one.id).reverse();
    await save(screenings, starts[0]?.id ?? aStart().id);
    expect((await screenings.listOf(startedBy, 10)).map((one) => one.id)).toEqual(ids);
    expect((await screenings.listOf(startedBy, 2)).map((one) => one.id)).toEqual(ids.slice(0, 2));
  });
});
