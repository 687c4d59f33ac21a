import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { answerIdSchema, passageIdSchema, userIdSchema } from '../../src/core/ids.js';
import type { Feedback, GivenAnswer } from '../../src/flows/ports.js';
import { describeStores, drivers, portsOver, usePool } from './stores.js';

const at = '2026-11-20T10:00:00.000Z';
const prompt = { id: 'choose-sentences', version: 3, digest: '0123456789ab' };

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

  it('that was not sent before it was recorded, or whose question was withdrawn, does not stand', async () => {
    const { answers } = ports();
    const [soon, recorded] = [anAnswer(), anAnswer()];
    expect(await answers.stands(soon.id)).toBe(false);
    answers.recordSoon(soon, 'm1');
    await answers.record(recorded);
    expect([await answers.stands(soon.id), await answers.stands(recorded.id)]).toEqual([
      true,
      true,
    ]);
    await answers.supersede(soon.chat, soon.activityId);
    expect(await answers.stands(soon.id)).toBe(false);
  });

  it('is improved once, and found by the same message afterwards', async () => {
    const { answers } = ports();
    const answer = anAnswer();
    await answers.record(answer);
    await answers.markSent(answer.id, 'm1');
    const better = { ...answer, kind: 'partly', chosenBy: [prompt] };
    expect(await answers.improve(better)).toBe('improved');
    expect(await answers.improve(better)).toBe('superseded');
    expect(await answers.giveFeedback(someFeedback(answer, 'm1'))).toBe('stored');
    expect(await answers.supersede(answer.chat, answer.activityId)).toBe('m1');
  });

  it('is not improved once its question was withdrawn, or where there is none', async () => {
    const { answers } = ports();
    const answer = anAnswer({ chosenBy: [prompt] });
    expect(await answers.improve(answer)).toBe('superseded');
    await answers.record(answer);
    await answers.supersede(answer.chat, answer.activityId);
    expect(await answers.improve(answer)).toBe('superseded');
  });

  it('is not improved by no prompt at all', async () => {
    const answer = anAnswer();
    await ports().answers.record(answer);
    await expect(ports().answers.improve(answer)).rejects.toThrow();
    expect(await ports().answers.improve({ ...answer, chosenBy: [prompt] })).toBe('improved');
  });
});

for (const driver of drivers) {
  describe.skipIf(driver.isMissing)(`an answer in ${driver.name}`, () => {
    const pool = usePool(driver);
    const rowOf = ({ id }: GivenAnswer) =>
      withClient(pool(), async (client) => {
        const { rows } = await client.query(
          'select kind, passages, knowledge_version, topic, chosen_by, is_improved from answers where id = $1',
          [id],
        );
        return rows;
      });

    it('names the prompts that chose it, and none where code did', async () => {
      const { answers } = portsOver(pool());
      const [byCode, byModel, soon] = [
        anAnswer({ topic: 'breach' }),
        anAnswer({ chosenBy: [prompt] }),
        anAnswer({ chosenBy: [prompt] }),
      ];
      await answers.record(byCode);
      await answers.record(byModel);
      answers.recordSoon(soon, undefined);
      await answers.stands(soon.id);
      const { kind, passages, knowledgeVersion: knowledge_version } = byCode;
      const row = { kind, passages, knowledge_version, topic: null, is_improved: false };
      expect(await rowOf(byCode)).toEqual([{ ...row, topic: 'breach', chosen_by: [] }]);
      expect(await rowOf(byModel)).toEqual([{ ...row, chosen_by: [prompt] }]);
      expect(await rowOf(soon)).toEqual([{ ...row, chosen_by: [prompt] }]);
    });

    it('that was improved says what is shown now', async () => {
      const { answers } = portsOver(pool());
      const first = anAnswer({ kind: 'not-covered', passages: [], topic: 'breach' });
      await answers.record(first);
      const { topic: _, ...rest } = first;
      const passages = [passageIdSchema.parse('spo-length')];
      const now = { kind: 'answered', passages, knowledgeVersion: 'k2' };
      await answers.improve({ ...rest, ...now, chosenBy: [prompt] });
      expect(await rowOf(first)).toEqual([
        {
          ...{ kind: 'answered', passages, knowledge_version: 'k2', topic: null },
          ...{ chosen_by: [prompt], is_improved: true },
        },
      ]);
    });
  });
}
