import { describe, expect, it } from 'vitest';
import { type Asked, taskOf } from '../../src/core/curator-task.js';
import { passageIdSchema } from '../../src/core/ids.js';
import { makeRedact } from '../../src/core/redact.js';

const redact = makeRedact({
  common: new Set('keep parrot length order last what about much'.split(' ')),
  proper: new Set(),
  stems: new Set(),
});
const at = '2026-11-20T10:00:00.000Z';
const asked = (given: Partial<Asked> = {}): Asked => ({
  ...{ kind: 'not-covered', question: 'Can Dave keep a parrot?', earlier: [] },
  ...{ answerKind: 'not-covered', shown: [], knowledgeVersion: 'k1', at },
  ...given,
});

describe('a curator’s task', () => {
  it('holds the question without personal data, and never who asked', () => {
    const comment = 'Ring me on 07700 900123';
    expect(taskOf(asked({ comment, topic: 'breach' }), redact)).toEqual({
      ...{ kind: 'not-covered', question: 'Can [name] keep a parrot?', earlier: [] },
      key: 'can name keep a parrot',
      ...{ answerKind: 'not-covered', shown: [], topic: 'breach', knowledgeVersion: 'k1' },
      ...{ comment: 'Ring me on [phone]', at },
    });
  });

  it('is the same for the same question, however it is written and whoever it names', () => {
    const keyOf = (question: string) => taskOf(asked({ question }), redact)?.key;
    expect(keyOf(' can SARAH keep \n a parrot')).toBe(keyOf('Can Dave keep a parrot?'));
    expect(keyOf('Can Dave keep two parrots?')).not.toBe(keyOf('Can Dave keep a parrot?'));
  });

  it('keeps what a short question leans on, and no more', () => {
    const earlier = ['What about Dave?', 'How long does an order last?', 'Older'];
    const short = taskOf(asked({ question: 'And for a parrot?', earlier }), redact);
    expect(short?.earlier).toEqual(['What about [name]?', 'How long does an order last?']);
    const whole = taskOf(asked({ question: `Can a parrot ${'much '.repeat(8)}`, earlier }), redact);
    expect(whole?.earlier).toEqual([]);
  });

  it.each(['Dave Smith', '07700 900123', 'hello', '?'])('is not made of “%s”', (question) => {
    expect(taskOf(asked({ question }), redact)).toBeUndefined();
  });

  it('is made of an answer judged wrong whose question is no longer known', () => {
    const shown = [passageIdSchema.parse('spo-length')];
    expect(
      taskOf(asked({ kind: 'judged-wrong', question: undefined, shown }), redact),
    ).toMatchObject({ question: null, key: 'shown spo-length', shown });
  });

  it('is bounded, whatever was typed', () => {
    for (const question of [
      'parrot '.repeat(400),
      `parrot ${'x'.repeat(3_000)}`,
      `parrot \0 \ud800 ${'🦜'.repeat(900)}`,
    ]) {
      const task = taskOf(asked({ question, comment: question }), redact);
      expect(task?.question?.length).toBeLessThanOrEqual(510);
      expect(task?.comment.length).toBeLessThanOrEqual(510);
      expect(task?.question?.isWellFormed()).toBe(true);
      expect(task?.question).not.toContain('\0');
    }
  });
});
