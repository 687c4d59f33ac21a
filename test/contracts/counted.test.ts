import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { answerIdSchema } from '../../src/core/ids.js';
import { countedFactsOf } from '../../src/core/overview.js';
import type { GivenAnswer } from '../../src/flows/ports.js';
import { aReview, aSummary, at, describeReviewStores, submitted, take } from './review-setup.js';

const facts = countedFactsOf(aSummary('SP-1'));
const returned = {
  kind: 'returned',
  codes: ['wording', 'other'],
  note: 'Look again.',
  lines: [],
} as const;

describeReviewStores('what the overview counts', (ports) => {
  it('is every version sent since then, with its team, its decision and its reasons', async () => {
    const sent = { team: 'Response', sentAt: at, codes: [], facts };
    const { id, caseRef } = await aReview(ports(), { team: 'Response' });
    expect(await ports().counted.listSent(at)).toEqual([{ ...sent, decidedAt: null }]);
    await take(ports(), id, { ...returned, codes: [...returned.codes], lines: [] });
    await take(ports(), id, submitted(caseRef), undefined, { team: 'Response' });
    await take(ports(), id, { kind: 'approved' });
    expect(await ports().counted.listSent(at)).toEqual([
      { ...sent, decidedAt: at, codes: returned.codes },
      { ...sent, decidedAt: at },
    ]);
    expect(await ports().counted.listSent('2026-11-20T10:00:00.001Z')).toEqual([]);
  });

  it('is every question that was not covered and stands, with the nearest topic', async () => {
    const asked = (given: Partial<GivenAnswer>): GivenAnswer => ({
      ...{ id: answerIdSchema.parse(randomUUID()), chat: 'c', activityId: randomUUID(), at },
      ...{ kind: 'not-covered', passages: [], knowledgeVersion: '1' },
      ...given,
    });
    const withdrawn = asked({ topic: 'breach' });
    for (const answer of [asked({ kind: 'answered' }), withdrawn, asked({ topic: 'breach' })])
      await ports().answers.record(answer);
    ports().answers.recordSoon(asked({ at: '2026-11-20T11:00:00.000Z' }), undefined);
    await ports().answers.supersede('c', withdrawn.activityId);
    expect(await ports().counted.listUncovered(at)).toEqual([
      { at, topic: 'breach' },
      { at: '2026-11-20T11:00:00.000Z', topic: null },
    ]);
    expect(await ports().counted.listUncovered('2026-11-21T00:00:00.000Z')).toEqual([]);
  });
});
