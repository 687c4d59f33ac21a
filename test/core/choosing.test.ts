import { describe, expect, it } from 'vitest';
import { type Choice, checkChoice, choiceSchema, unitsPicked } from '../../src/core/choosing.js';
import { offerSentences } from '../../src/core/choosing-offer.js';
import { labelOf, quotedOf } from '../../src/core/citations.js';
import type { Passage } from '../../src/core/passage.js';
import { aPassageOf } from '../builders.js';

const spo = aPassageOf('spo', [
  ['A full order lasts two years or more.'],
  ['But an interim order lasts for a fixed period.'],
  ['Police apply to a magistrates’ court.'],
]);
const breach = aPassageOf('breach', [
  ['Breach of an order is an offence.'],
  ['Arrest the suspect where the test is met.'],
]);
const listed: Passage = {
  ...aPassageOf('listed', [['Do not:']]),
  blocks: [
    {
      lead: [{ text: 'Do not:', marks: spo.blocks[0]?.lead[0]?.marks ?? [] }],
      items: [{ text: 'give out the new address', marks: spo.blocks[0]?.lead[0]?.marks ?? [] }],
    },
  ],
};

const none: Choice = { sentences: [], unanswered: [], danger: null };
const pick = (label: string, quote: string, part: string | null = null) => ({ label, quote, part });

function check(
  choice: Partial<Choice>,
  {
    passages = [spo, breach],
    question = 'how long does an order last and what is a breach',
    own = [] as readonly Passage[],
    isSafe = (): boolean => true,
  } = {},
) {
  const draft = own.flatMap((passage) => passage.blocks.flatMap((one) => quotedOf(passage, one)));
  return checkChoice({ ...none, ...choice }, offerSentences(passages), {
    question,
    own: unitsPicked(draft, passages),
    isSafe,
  });
}
const labelsOf = ({ units }: ReturnType<typeof check>) =>
  units.map(({ draft }) => [...new Set(draft.map(({ label }) => label))]);

describe('what a model is given', () => {
  it('is sentences under labels that tell nothing, with their heading, and items with their lead-in', () => {
    expect(offerSentences([breach, listed]).passages).toEqual([
      {
        heading: 'About breach',
        sentences: [
          { label: 's1', under: null, text: 'Breach of an order is an offence.' },
          { label: 's2', under: null, text: 'Arrest the suspect where the test is met.' },
        ],
      },
      {
        heading: 'About listed',
        sentences: [
          { label: 's3', under: null, text: 'Do not:' },
          { label: 's4', under: 'Do not:', text: 'give out the new address' },
        ],
      },
    ]);
  });

  it('is bounded in words, leaves out whole paragraphs, and never the first', () => {
    const long = 'word '.repeat(1_500).trim();
    const heavy = aPassageOf('heavy', [[long], ['Short and true.']]);
    const { passages } = offerSentences([heavy, spo]);
    expect(passages.map(({ sentences }) => sentences.map(({ text }) => text))).toEqual([[long]]);
  });

  it('is nothing when nothing was found', () => {
    expect(offerSentences([]).passages).toEqual([]);
  });
});

describe('what a model chose', () => {
  it('becomes a draft in its order, each sentence with what it must not be parted from', () => {
    const checked = check({
      sentences: [
        pick('s4', 'Breach of an order is an offence.'),
        pick('s2', 'an interim order lasts'),
      ],
    });
    expect(labelsOf(checked)).toEqual([
      [labelOf(breach.id, 0)],
      [labelOf(spo.id, 1), labelOf(spo.id, 0)],
    ]);
    expect(checked.dropped).toEqual({});
  });

  it.each<[string, Choice['sentences'][number], string]>([
    [
      'a label that was not given',
      pick('s9', 'Breach of an order is an offence.'),
      'unknown-label',
    ],
    ['a label of the language itself', pick('__proto__', 'an order is an'), 'unknown-label'],
    ['words of another sentence', pick('s1', 'Breach of an order is an offence.'), 'not-quoted'],
    ['a “not” put in', pick('s4', 'Breach of an order is not an offence.'), 'not-quoted'],
    ['letters of another alphabet', pick('s4', 'Breаch of an order is an offence.'), 'not-quoted'],
    ['half a word', pick('s4', 'reach of an order'), 'not-quoted'],
    ['more than any sentence holds', pick('s4', 'an order '.repeat(500)), 'not-quoted'],
    ['two words only', pick('s4', 'an offence'), 'too-short'],
    ['no words', pick('s4', ''), 'not-quoted'],
  ])('loses %s', (_, one, why) => {
    const checked = check({ sentences: [one] });
    expect([checked.units, checked.dropped]).toEqual([[], { [why]: 1 }]);
  });

  it('may quote with other spaces, cases, marks and invisible characters', () => {
    const quote = ' BREACH  of an\u200b order is an offence! ';
    expect(labelsOf(check({ sentences: [pick('s4', quote)] }))).toEqual([[labelOf(breach.id, 0)]]);
  });

  it('may quote a short sentence whole', () => {
    const short = aPassageOf('short', [['Call 999.']]);
    const checked = check({ sentences: [pick('s1', 'Call 999')] }, { passages: [short] });
    expect(labelsOf(checked)).toEqual([[labelOf(short.id, 0)]]);
  });

  it('is shown once, however often it is chosen and in whichever passage it stands', () => {
    const twin = aPassageOf('twin', [['Breach of an order is an offence.']]);
    const again = pick('s1', 'Breach of an order');
    const checked = check(
      { sentences: [again, again, pick('s3', 'Breach of an order')] },
      { passages: [breach, twin] },
    );
    expect([labelsOf(checked), checked.dropped]).toEqual([[[labelOf(breach.id, 0)]], { twice: 2 }]);
  });

  it('is read no further than sixty sentences', () => {
    const sentences = Array.from({ length: 10_000 }, () => pick('s4', 'Breach of an order'));
    expect(check({ sentences }).dropped).toEqual({ 'too-many': 9_940, twice: 59 });
  });

  it('is held to one screen, the first always shown', () => {
    const words = (name: string) => [`${name} ${'word '.repeat(119).trim()}`];
    const passages = [aPassageOf('one', [words('One'), words('Two')]), spo];
    const sentences = [
      pick('s1', 'One word word'),
      pick('s2', 'Two word word'),
      pick('s5', 'Police apply to a'),
    ];
    const checked = check({ sentences }, { passages });
    expect([labelsOf(checked), checked.dropped]).toEqual([
      [['one#1'], [labelOf(spo.id, 2)]],
      { 'no-room': 1 },
    ]);
  });

  it('is held to twenty citations', () => {
    const mark = spo.blocks[0]?.lead[0]?.marks[0];
    if (!mark) throw new Error('the passage has no mark');
    const cited = (text: string) => ({
      lead: [{ text, marks: Array.from({ length: 12 }, () => mark) }],
      items: [],
    });
    const many = { ...spo, blocks: [cited('One rule of many.'), cited('A second rule of many.')] };
    const sentences = [pick('s1', 'One rule of many'), pick('s2', 'A second rule of many')];
    expect(check({ sentences }, { passages: [many] }).dropped).toEqual({ 'no-room': 1 });
  });

  it('is followed by what code chose itself, as far as there is room', () => {
    const checked = check(
      { sentences: [pick('s5', 'Arrest the suspect where')] },
      { own: [spo, breach] },
    );
    expect(checked.units.map(({ isChosen, text }) => [isChosen, text])).toEqual([
      [true, 'Arrest the suspect where the test is met.'],
      [
        false,
        'A full order lasts two years or more. But an interim order lasts for a fixed period.',
      ],
      [false, 'Police apply to a magistrates’ court.'],
      [false, 'Breach of an order is an offence.'],
    ]);
  });

  it('is nothing when nothing passes, whatever code chose', () => {
    expect(check({ sentences: [] }, { own: [spo] }).units).toEqual([]);
  });
});

describe('the parts of a question', () => {
  const sentences = [
    pick('s1', 'A full order lasts', 'how long does an order last'),
    pick('s4', 'Breach of an order', 'what is a breach'),
  ];

  it('are named in the user’s words where several were asked', () => {
    expect([...check({ sentences }).parts]).toEqual([
      ['spo', 'how long does an order last'],
      ['breach', 'what is a breach'],
    ]);
  });

  it('are not named when only one was', () => {
    expect(check({ sentences: sentences.slice(0, 1) }).parts.size).toBe(0);
  });

  it('are dropped when nobody asked them, and when what stands there does not speak of them', () => {
    const turned = [
      pick('s1', 'A full order lasts', 'may I hit him'),
      pick('s4', 'Breach of an order', 'how long'),
      pick('s5', 'Arrest the suspect where', 'how long does an order last'),
    ];
    const checked = check({ sentences: turned });
    expect([checked.parts.size, checked.dropped]).toEqual([
      0,
      { 'part-not-asked': 1, 'part-not-spoken-of': 2 },
    ]);
  });
});

describe('what a model says is unanswered', () => {
  const sentences = [pick('s4', 'Breach of an order')];
  const question =
    'is breach of an order an offence, who tells [name 1] and what is our form called';
  const unanswered = (...parts: readonly string[]) => {
    const checked = check({ sentences, unanswered: [...parts] }, { question });
    return [checked.unanswered, checked.dropped];
  };

  it('is said in the user’s own words, or in one of our list that the question asks', () => {
    expect(unanswered('what is our form called', 'own-force')).toEqual([
      ['what is our form called', 'how your own force does it'],
      {},
    ]);
  });

  it.each([
    ['words of its own', 'the victim should move away', 'unanswered-not-asked'],
    ['mark-up around nothing asked', '<b>all</b>', 'unanswered-not-asked'],
    ['a person', 'who tells [name 1]', 'unanswered-not-asked'],
    ['words that say nothing', 'is an and what', 'unanswered-not-asked'],
    ['one of our list that was not asked', 'how-long', 'unanswered-not-asked'],
    ['what is shown speaks of', 'breach of an order', 'unanswered-spoken-of'],
  ])('is not %s', (_, part, why) => {
    expect(unanswered(part)).toEqual([[], { [why]: 1 }]);
  });

  it('is no more than three parts, each once', () => {
    const [said] = unanswered(
      'who tells',
      'who tells',
      'what is our form',
      'our form called',
      'form called',
    );
    expect(said).toEqual(['who tells', 'what is our form', 'our form called']);
  });

  it('is not said when it is advice that may never be given', () => {
    const checked = check(
      { sentences, unanswered: ['our form called'] },
      { question, isSafe: () => false },
    );
    expect(checked.unanswered).toEqual([]);
  });
});

describe('danger', () => {
  const question = 'he is outside the house with a knife, what is a breach';

  it('is heard when it is said in the user’s words', () => {
    expect(check({ danger: 'outside the house with a knife' }, { question }).isDanger).toBe(true);
  });

  it('is heard when who is meant is hidden in it', () => {
    const told = '[name 1] is outside, says [name 2], with a knife';
    const danger = '[name 1] is outside, says [name 2]';
    expect(check({ danger }, { question: told }).isDanger).toBe(true);
  });

  it.each(['[name 1]', '[name 1] is inside', 'he has a gun', 'is the with', ''])(
    'is not made up: “%s”',
    (danger) => {
      const { isDanger, dropped } = check({ danger }, { question });
      expect([isDanger, dropped]).toEqual([false, { 'danger-not-said': 1 }]);
    },
  );
});

describe('the shape of a reply', () => {
  it('keeps nothing that it does not name', () => {
    const parsed = choiceSchema.safeParse({ ...none, answer: 'Trust me.' });
    expect(parsed.success && Object.keys(parsed.data)).toEqual([
      'sentences',
      'unanswered',
      'danger',
    ]);
  });
});
