import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { answerIdSchema, passageIdSchema, userIdSchema } from '../../src/core/ids.js';
import type { Feedback, GivenAnswer } from '../../src/flows/ports.js';
import { describeStores } from './stores.js';

const at = '2026-11-20T10:00:00.000Z';

function anAnswer(given: Partial<GivenAnswer> = {}): GivenAnswer {
  return {
    id: answerIdSchema.parse(randomUUID()),
    chat: `msteams|${randomUUID()}`,
    activityId: randomUUID(),
    at,
    kind: 'answer',
    passages: [passageIdSchema.parse('non-harassment-orders')],
    knowledgeVersion: '2026-11-20',
    ...given,
  };
}

function someFeedback(answer: GivenAnswer, messageId: string, by = 'officer-1'): Feedback {
  const reaction = 'like';
  return { messageId, chat: answer.chat, by: userIdSchema.parse(by), reaction, comment: '', at };
}

describeStores('answers', (ports) => {
  it('records one answer to an activity, however often and at once it arrives', async () => {
    const { chat, activityId } = anAnswer();
    const all = [1, 2, 3, 4].map(() => ports().answers.record(anAnswer({ chat, activityId })));
    expect((await Promise.all(all)).sort()).toEqual(['already', 'already', 'already', 'recorded']);
  });

  it('records an answer soon, and shows it to whoever asks at once', async () => {
    const answer = anAnswer();
    ports().answers.recordSoon(answer, 'm1');
    expect(await ports().answers.giveFeedback(someFeedback(answer, 'm1'))).toBe('stored');
    expect(await ports().answers.supersede(answer.chat, answer.activityId)).toBe('m1');
    expect(await ports().answers.record(answer)).toBe('already');
  });

  it('leaves an answer as it is when the same activity is recorded again', async () => {
    const answer = anAnswer();
    ports().answers.recordSoon(answer, 'm1');
    ports().answers.recordSoon(
      anAnswer({ chat: answer.chat, activityId: answer.activityId }),
      'm2',
    );
    expect(await ports().answers.supersede(answer.chat, answer.activityId)).toBe('m1');
  });

  it('takes the same activity id in another chat for another activity', async () => {
    const { activityId } = anAnswer();
    expect(await ports().answers.record(anAnswer({ activityId }))).toBe('recorded');
    expect(await ports().answers.record(anAnswer({ activityId, passages: [] }))).toBe('recorded');
  });

  it('refuses to mark an answer as sent that was never recorded', async () => {
    await expect(ports().answers.markSent(anAnswer().id, 'm1')).rejects.toThrow();
  });

  it('finds the message of the answer that an edit supersedes, each time it is asked', async () => {
    const answer = anAnswer();
    await ports().answers.record(answer);
    await ports().answers.markSent(answer.id, 'm1');
    expect(await ports().answers.supersede(answer.chat, answer.activityId)).toBe('m1');
    expect(await ports().answers.supersede(answer.chat, answer.activityId)).toBe('m1');
  });

  it('supersedes nothing where there was no answer, or none that was sent', async () => {
    const answer = anAnswer();
    expect(await ports().answers.supersede(answer.chat, answer.activityId)).toBeUndefined();
    await ports().answers.record(answer);
    expect(await ports().answers.supersede(answer.chat, answer.activityId)).toBeUndefined();
  });

  it('does not answer an activity again because its answer was superseded', async () => {
    const answer = anAnswer();
    await ports().answers.record(answer);
    await ports().answers.supersede(answer.chat, answer.activityId);
    const { chat, activityId } = answer;
    expect(await ports().answers.record(anAnswer({ chat, activityId }))).toBe('already');
  });

  it('lets one message show one answer that stands', async () => {
    const first = anAnswer();
    const second = anAnswer({ chat: first.chat });
    for (const answer of [first, second]) await ports().answers.record(answer);
    await ports().answers.markSent(first.id, 'm1');
    await expect(ports().answers.markSent(second.id, 'm1')).rejects.toThrow();
    await ports().answers.supersede(first.chat, first.activityId);
    await ports().answers.markSent(second.id, 'm1');
    expect(await ports().answers.giveFeedback(someFeedback(second, 'm1'))).toBe('stored');
  });

  it('stores feedback, and again from the same person and from another', async () => {
    const answer = anAnswer();
    await ports().answers.record(answer);
    await ports().answers.markSent(answer.id, 'm1');
    const first = someFeedback(answer, 'm1');
    expect(await ports().answers.giveFeedback(first)).toBe('stored');
    const changed = { ...first, reaction: 'dislike', comment: 'Wrong force’s form 👎' } as const;
    expect(await ports().answers.giveFeedback(changed)).toBe('stored');
    const another = someFeedback(answer, 'm1', 'officer-2');
    expect(await ports().answers.giveFeedback(another)).toBe('stored');
  });

  it('knows no answer for a message it never sent, or sent in another chat', async () => {
    const answer = anAnswer();
    await ports().answers.record(answer);
    await ports().answers.markSent(answer.id, 'm1');
    const { giveFeedback } = ports().answers;
    expect(await giveFeedback(someFeedback(answer, 'm2'))).toBe('unknown');
    expect(await giveFeedback(someFeedback(anAnswer(), 'm1'))).toBe('unknown');
  });
});
