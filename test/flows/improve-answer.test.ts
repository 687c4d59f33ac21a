import { describe, expect, it } from 'vitest';
import type { Choice } from '../../src/core/choosing.js';
import type { OfferedPassage } from '../../src/core/choosing-offer.js';
import type { PassageId } from '../../src/core/ids.js';
import type { Knowledge } from '../../src/core/knowledge.js';
import type { SecondReading } from '../../src/core/second-reading.js';
import { type AskedQuestion, makeAnswerQuestion } from '../../src/flows/answer-question.js';
import type { ImproveNote } from '../../src/flows/choose-sentences.js';
import { type ImproveParts, makeImproveAnswer } from '../../src/flows/improve-answer.js';
import type { ModelReply } from '../../src/flows/ports.js';
import { aCue, aHit, aKnowledge, aPassageOf } from '../builders.js';
import { wordlessPrompts } from '../model-prompts.js';

const clock = () => new Date('2026-11-20T12:00:00.000Z');

const spo = aPassageOf('spo', [
  ['A full order lasts two years or more.'],
  ['But an interim order lasts for a fixed period.'],
  ['Police apply to a court for an order.'],
]);
const breach = aPassageOf('breach', [['Breach of an order is an offence.']]);
const parking = aPassageOf('parking', [['Cameras watch the car park.']]);
const emergency = aPassageOf('emergency', [['Call 999 now.']]);
/** Found in this order, surely enough to be answered from. */
const passages = [spo, breach, parking];
const aField = (given: Parameters<typeof aKnowledge>[0] = {}): Knowledge =>
  aKnowledge({ passages, ...given });

const chooseName = { id: 'choose-sentences', version: 1, digest: '0123456789ab' };
const readAgainName = { ...chooseName, id: 'second-reading' };
const none: Choice = { sentences: [], unanswered: [], danger: null };
const pick = (label: string, quote: string, part: string | null = null) => ({ label, quote, part });
const replied = <T>(output: T): ModelReply<T> => ({ kind: 'replied', output, tokens: undefined });

type Replies = {
  readonly choose?: Partial<Choice> | ModelReply<unknown>;
  readonly readAgain?: SecondReading | ModelReply<unknown>;
};

/** Improves an answer with a model that replies so; tells what it was asked and what became of it. */
async function improve(
  question: string,
  replies: Replies = {},
  {
    knowledge = aField(),
    earlier = [] as readonly string[],
    ...given
  }: Partial<ImproveParts> & Partial<AskedQuestion> = {},
) {
  const sent: { id: string; inputs: Readonly<Record<string, string>> }[] = [];
  const notes: ImproveNote[] = [];
  const ask: ImproveParts['ask'] = async (prompt, inputs) => {
    sent.push({ id: prompt.id, inputs });
    const reply = prompt.id === 'second-reading' ? replies.readAgain : replies.choose;
    if (reply && 'kind' in reply) return reply as never;
    const whole = prompt.id === 'second-reading' ? reply : { ...none, ...reply };
    return replied(prompt.schema.parse(whole));
  };
  const improveAnswer = makeImproveAnswer({
    ...{ knowledge, clock, ask, prompts: wordlessPrompts, secondReading: false },
    hide: (texts) => ({ hidden: texts, restore: (text) => text }),
    note: (note) => notes.push(note),
    ...given,
  });
  const asked = { question, earlier };
  const byWords = makeAnswerQuestion(knowledge, clock)(asked);
  const answered = await improveAnswer(asked, byWords, new AbortController().signal);
  return {
    answered,
    byWords,
    sent,
    notes: notes.map(({ kind }) => kind),
    dropped: notes[0]?.dropped,
  };
}
const textsOf = (answered: Awaited<ReturnType<typeof improve>>['answered']) =>
  answered?.shown.map(({ passage, blocks }) => [
    passage,
    ...blocks.flatMap(({ lead }) => lead.map(({ text }) => text)),
  ]);

const breachFirst = { sentences: [pick('s4', 'breach of an order')] };

describe('improving an answer', () => {
  it('shows what the model chose, whole and cited, then code’s own, and says by which prompt', async () => {
    const { answered, notes } = await improve('order breach', { choose: breachFirst });
    expect(textsOf(answered)).toEqual([
      ['breach', 'Breach of an order is an offence.'],
      [
        'spo',
        'A full order lasts two years or more.',
        'But an interim order lasts for a fixed period.',
        'Police apply to a court for an order.',
      ],
      ['parking', 'Cameras watch the car park.'],
    ]);
    expect(answered).toMatchObject({
      kind: 'answered',
      chosenBy: [chooseName],
      knowledgeVersion: 'abc123',
    });
    expect(answered?.citations.map(({ n, quote }) => [n, quote])[0]).toEqual([
      1,
      'Breach of an order is an offence.',
    ]);
    expect(notes).toEqual(['chosen']);
  });

  it('gives the model the question, what was asked before and sentences, without ids or links', async () => {
    const earlier = ['one', 'two', 'three', 'four'];
    const { sent } = await improve('order breach', {}, { earlier });
    expect(sent.map(({ id }) => id)).toEqual(['choose-sentences']);
    const { question = '', earlier: before = '', passages: offered = '' } = sent[0]?.inputs ?? {};
    expect([JSON.parse(question), JSON.parse(before)]).toEqual([
      'order breach',
      ['one', 'two', 'three'],
    ]);
    const given: readonly OfferedPassage[] = JSON.parse(offered);
    expect(given[1]).toEqual({
      heading: 'About breach',
      sentences: [{ label: 's4', under: null, text: 'Breach of an order is an offence.' }],
    });
    expect(offered).not.toMatch(/https?:|cop-inv|#/);
  });

  it('hides personal data in the question and in what was asked before', async () => {
    const hide: ImproveParts['hide'] = (texts) => ({
      hidden: texts.map((text) => text.replaceAll('Ann', '[name 1]')),
      restore: (text) => text,
    });
    const { sent } = await improve('order breach by Ann', {}, { hide, earlier: ['who is Ann'] });
    expect(JSON.stringify(sent)).not.toContain('Ann');
    expect(JSON.stringify(sent)).toContain('who is [name 1]');
  });

  it('sends no half of what it hides, however long an earlier question was', async () => {
    const hide: ImproveParts['hide'] = (texts) => ({
      hidden: texts.map((text) => text.replaceAll('mike@example.org', '[email]')),
      restore: (text) => text,
    });
    const earlier = Array.from({ length: 30 }, (_, i) => `${'x'.repeat(280 + i)} mike@example.org`);
    for (const one of earlier) {
      const { sent } = await improve('order breach', {}, { hide, earlier: [one] });
      expect(JSON.stringify(sent)).not.toContain('mik');
    }
  });

  it('names the part that nothing answers, in the user’s words', async () => {
    const search: Knowledge['search'] = (text) =>
      /^the fee/.test(text) ? [] : passages.map((passage) => aHit(passage));
    const { answered } = await improve(
      'order breach and the fee for Jersey',
      { choose: { ...breachFirst, unanswered: ['the fee for Jersey', 'nothing helps'] } },
      { knowledge: aField({ search }) },
    );
    expect([answered?.kind, answered?.missing]).toEqual(['partly', ['the fee for Jersey']]);
  });

  it('does not say that nothing is held on what the search finds, only that it is not here', async () => {
    const fee = aPassageOf('fee', [['There is a fee.']]);
    const search: Knowledge['search'] = (text) =>
      /^the fee/.test(text) ? [aHit(fee)] : passages.map((passage) => aHit(passage));
    const { answered } = await improve(
      'order breach and the fee for Jersey',
      { choose: { ...breachFirst, unanswered: ['the fee for Jersey'] } },
      { knowledge: aField({ passages: [...passages, fee], search }) },
    );
    expect([answered?.kind, answered?.missing, answered?.leftOpen]).toEqual([
      'answered',
      [],
      ['the fee for Jersey'],
    ]);
  });

  it('says for which part of the question a passage stands there', async () => {
    const { answered } = await improve(
      'how long does a full order last and what is breach of an order',
      {
        choose: {
          sentences: [
            pick('s1', 'a full order lasts', 'how long does a full order last'),
            pick('s4', 'breach of an order', 'what is breach of an order'),
          ],
        },
      },
    );
    expect(answered?.shown.map(({ passage, part }) => [passage, part])).toEqual([
      ['spo', 'how long does a full order last'],
      ['breach', 'what is breach of an order'],
      ['parking', undefined],
    ]);
  });
});

describe('a model that helps nothing', () => {
  it.each<[string, Replies['choose'], ImproveNote['kind']]>([
    ['is late', { kind: 'unavailable', why: 'late' }, 'no-reply'],
    ['is filtered', { kind: 'unusable', why: 'filtered' }, 'no-reply'],
    ['chooses nothing', {}, 'nothing-left'],
    ['invents', { sentences: [pick('s4', 'breach is lawful')] }, 'nothing-left'],
    [
      'chooses what is beside the point',
      { sentences: [pick('s5', 'cameras watch the')] },
      'beside-the-point',
    ],
  ])('leaves code’s own answer when it %s', async (_, choose, kind) => {
    const { answered, notes } = await improve('order breach', choose ? { choose } : {});
    expect([answered, notes]).toEqual([undefined, [kind]]);
  });

  it('leaves it when it throws', async () => {
    const ask = () => Promise.reject(new Error('asking: it broke'));
    const { answered, notes } = await improve('order breach', {}, { ask });
    expect([answered, notes]).toEqual([undefined, ['fault']]);
  });

  it('counts why something was dropped', async () => {
    const { dropped } = await improve('order breach', {
      choose: {
        sentences: [...breachFirst.sentences, pick('s99', 'an order is'), pick('s1', 'no')],
      },
    });
    expect(dropped).toEqual({ 'unknown-label': 1, 'not-quoted': 1 });
  });
});

describe('rules first', () => {
  const cues = {
    ...{ premises: [aCue('blocking', ['breach'])], refusals: [aCue('track')] },
    danger: [aCue('outside', ['emergency'])],
  };
  const knowledge = aField({ cues, passages: [...passages, emergency] });

  it.each(['he is outside', 'track her order', 'blocking an order'])(
    'never asks the model about “%s”',
    async (question) => {
      const { answered, sent, notes } = await improve(question, {}, { knowledge });
      expect([answered, sent, notes]).toEqual([undefined, [], ['by-rule']]);
    },
  );

  it('never asks it when nothing was found', async () => {
    const nothing = aField({ search: () => [] });
    const { answered, sent, notes } = await improve('order', {}, { knowledge: nothing });
    expect([answered, sent, notes]).toEqual([undefined, [], ['nothing-to-choose']]);
  });

  it('lets the model add care: the emergency guidance stands first', async () => {
    const choose = { ...breachFirst, danger: 'he is at the door' };
    const { answered } = await improve(
      'breach of an order, he is at the door',
      { choose },
      { knowledge },
    );
    expect([answered?.kind, answered?.shown.map(({ passage }) => passage).slice(0, 2)]).toEqual([
      'urgent',
      ['emergency', 'breach'],
    ]);
  });

  it('keeps that care when nothing else of the reply passes', async () => {
    const { answered, byWords } = await improve(
      'breach of an order, he is at the door',
      { choose: { danger: 'at the door' } },
      { knowledge },
    );
    expect(textsOf(answered)).toEqual(
      [['emergency', 'Call 999 now.'], ...(textsOf(byWords) ?? [])].filter(
        ([passage], place) => place === 0 || passage !== 'emergency',
      ),
    );
  });

  it('hears no danger that the user did not speak of', async () => {
    const choose = { ...breachFirst, danger: 'he has a gun' };
    const { answered } = await improve('breach of an order', { choose }, { knowledge });
    expect(answered?.kind).toBe('answered');
  });
});

describe('passages that contradict each other', () => {
  it('are never mixed by a choice: the better found is shown, the other named', async () => {
    const said = (id: string, years: string) =>
      aPassageOf(id, [[`A full order lasts at least ${years} years from the day it is made.`]]);
    const { answered } = await improve(
      'full order years',
      {
        choose: {
          sentences: [pick('s2', 'at least five years'), pick('s1', 'at least two years')],
        },
      },
      { knowledge: aField({ passages: [said('two', 'two'), said('five', 'five')] }) },
    );
    expect([textsOf(answered)?.map(([id]) => id), answered?.differing]).toEqual([
      ['two'],
      [{ passage: 'five', heading: 'About five' }],
    ]);
  });
});

describe('a second reading', () => {
  const two = { sentences: [pick('s4', 'breach of an order'), pick('s1', 'a full order lasts')] };

  it('may take a statement away, with what it must not be parted from', async () => {
    const { answered, sent } = await improve(
      'order breach',
      { choose: two, readAgain: { remove: ['p2', 'p4'] } },
      { secondReading: true },
    );
    expect(sent.map(({ id }) => id)).toEqual(['choose-sentences', 'second-reading']);
    expect(textsOf(answered)).toEqual([
      ['breach', 'Breach of an order is an offence.'],
      ['spo', 'Police apply to a court for an order.'],
    ]);
    expect(answered?.chosenBy).toEqual([chooseName, readAgainName]);
  });

  it('leaves code’s own answer when it takes everything away', async () => {
    const { answered, notes } = await improve(
      'order breach',
      { choose: two, readAgain: { remove: ['p1', 'p2', 'p3', 'p4'] } },
      { secondReading: true },
    );
    expect([answered, notes]).toEqual([undefined, ['nothing-left']]);
  });

  it('leaves code’s own answer when it cannot be had', async () => {
    const { answered, notes } = await improve(
      'order breach',
      { choose: two, readAgain: { kind: 'unavailable', why: 'late' } },
      { secondReading: true },
    );
    expect([answered, notes]).toEqual([undefined, ['not-read-again']]);
  });
});

describe('a question understood first', () => {
  const prompt = { ...chooseName, id: 'understand-question' };
  const found = (question: string): Knowledge['search'] => {
    const search: Knowledge['search'] = (asked) =>
      asked === question ? [aHit(breach)] : [aHit(spo, { score: 1, coverage: 0.1, likeness: 0 })];
    return search;
  };

  it('is searched in other words as well, and chosen from what both found', async () => {
    const { answered } = await improve(
      'and the order',
      { choose: { sentences: [pick('s1', 'breach of an order')] } },
      {
        knowledge: aField({ search: found('breach of an order') }),
        understand: async () => ({ reworded: 'breach of an order', prompt }),
        earlier: ['what is breach'],
      },
    );
    expect([answered?.shown[0]?.passage, answered?.chosenBy]).toEqual([
      'breach',
      [prompt, chooseName],
    ]);
  });

  it('is answered by code in other words when the model chooses nothing', async () => {
    const { answered } = await improve(
      'and the order',
      { choose: { kind: 'unavailable', why: 'late' } },
      {
        knowledge: aField({ search: found('breach of an order') }),
        understand: async () => ({ reworded: 'breach of an order', prompt }),
        earlier: ['what is breach'],
      },
    );
    expect([answered?.shown[0]?.passage, answered?.chosenBy]).toEqual(['breach', [prompt]]);
  });

  it('offers what may have been meant when too little was said', async () => {
    const vague = (id: PassageId) => ({ ...aHit(spo), id, score: 5, likeness: 0 });
    const knowledge = aField({ search: () => passages.map(({ id }) => vague(id)) });
    const { answered, byWords, sent, notes } = await improve(
      'order',
      {},
      {
        knowledge,
        understand: async () => ({ offer: [breach.id, 'nobody' as PassageId], prompt }),
      },
    );
    expect(byWords.kind).toBe('unclear');
    expect(answered).toEqual({
      ...byWords,
      nearest: [{ passage: 'breach', heading: 'About breach' }],
      chosenBy: [prompt],
    });
    expect([sent, notes]).toEqual([[], ['offered']]);
  });
});
