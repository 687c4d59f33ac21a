import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeInTurn } from '../../src/adapters/postgres/in-turn.js';
import { makeScreeningMemory } from '../../src/adapters/postgres/screening-memory.js';
import { screeningIdSchema } from '../../src/core/ids.js';
import { aScreening, eventsOf } from '../builders.js';

/** A screening of its own with that many events. */
function withEvents(count: number) {
  const id = screeningIdSchema.parse(randomUUID());
  return aScreening({ id, events: eventsOf(...Array(count).fill({ kind: 'pause' })) });
}

describe('the screenings remembered', () => {
  it('are as many as were allowed, those used last', () => {
    const memory = makeScreeningMemory({ screenings: 2, events: 100 });
    const [a, b, c] = [withEvents(1), withEvents(1), withEvents(1)];
    memory.set(a);
    memory.set(b);
    expect(memory.get(a.id)).toBe(a);
    memory.set(c);
    expect([a, b, c].map(({ id }) => memory.get(id))).toEqual([a, undefined, c]);
  });

  it('hold no more events than were allowed, however few they are', () => {
    const memory = makeScreeningMemory({ screenings: 100, events: 10 });
    const [a, b] = [withEvents(6), withEvents(4)];
    memory.set(a);
    memory.set(b);
    expect([a, b].map(({ id }) => memory.get(id))).toEqual([a, b]);
    const longer = { ...b, events: withEvents(5).events };
    memory.set(longer);
    expect([a, b].map(({ id }) => memory.get(id))).toEqual([undefined, longer]);
    memory.set(withEvents(11));
    expect(memory.get(longer.id)).toBeUndefined();
  });

  it('make room when one is forgotten, and when one is set anew', () => {
    const memory = makeScreeningMemory({ screenings: 100, events: 10 });
    const [a, b] = [withEvents(6), withEvents(6)];
    for (let count = 0; count < 5; count += 1) memory.set(a);
    memory.forget(a.id);
    memory.forget(a.id);
    memory.set(b);
    memory.set(withEvents(4));
    expect([a, b].map(({ id }) => memory.get(id))).toEqual([undefined, b]);
  });
});

describe('what runs in turn', () => {
  it('goes one after the other under one key, past those that fail, and side by side under two', async () => {
    const inTurn = makeInTurn<string>();
    const done: string[] = [];
    let free = () => {};
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    const first = inTurn('a', async () => {
      await held;
      done.push('first');
      throw new Error('broken');
    });
    const second = inTurn('a', async () => done.push('second'));
    await inTurn('b', async () => done.push('other'));
    free();
    await expect(first).rejects.toThrow('broken');
    await second;
    expect(done).toEqual(['other', 'first', 'second']);
  });
});
