import { describe, expect, it } from 'vitest';
import { sourceIdSchema } from '../../src/core/ids.js';
import type { Passage } from '../../src/core/passage.js';
import { neverAdviseSchema } from '../../src/core/wording.js';
import {
  type AskedQuestion,
  makeAnswerQuestion,
  makeWeighQuestion,
} from '../../src/flows/answer-question.js';
import { aCue, aHit, aKnowledge, aPassageOf, aSource } from '../builders.js';

const clock = () => new Date('2026-11-20T12:00:00.000Z');
const asked = (question: string, earlier: readonly string[] = []): AskedQuestion => ({
  question,
  earlier,
});

function ask(knowledge: Parameters<typeof aKnowledge>[0], question = 'what is it') {
  return makeAnswerQuestion(aKnowledge(knowledge), clock)(asked(question));
}

const spo = aPassageOf('spo', [
  ['An order lasts two years or more.'],
  ['An order can be renewed.'],
]);
const danger = aPassageOf('danger', [['Call 999 now.']]);
const never = aPassageOf('never', [['Do not advise her to block him.']]);

/** Blocks "tell … to block". */
const neverAdvise = neverAdviseSchema.parse({
  words: {},
  families: [
    {
      id: 'P1',
      level: 'block',
      patterns: ['\\btell (?:her|the victim|them) to block\\b', '\\badvise the victim to block\\b'],
      reason: 'Blocking can raise the risk.',
      cites: ['cop-inv key points'],
      insteadSay: 'Keep what he sends, and do not reply.',
      catches: [
        ...['Tell her to block him.', 'Just tell her to block.', 'Tell the victim to block him.'],
        ...['Tell them to block it.', 'Please tell her to block.'],
      ],
      passes: [
        ...['Do not tell her to block him.', 'He blocked her.', 'Never tell them to block him.'],
        ...['She blocked him.', 'Should I tell her to block him?'],
      ],
    },
  ],
});

describe('answering a question', () => {
  it('shows the passage found, each statement with its citation', () => {
    expect(ask({ passages: [aPassageOf('spo', [['An order lasts two years or more.']])] })).toEqual(
      {
        kind: 'answered',
        shown: [
          {
            passage: 'spo',
            heading: 'About spo',
            overdueSince: undefined,
            blocks: [
              { lead: [{ text: 'An order lasts two years or more.', citations: [1] }], items: [] },
            ],
          },
        ],
        citations: [
          {
            n: 1,
            passage: 'spo',
            heading: 'About spo',
            quote: 'An order lasts two years or more.',
            source: {
              id: 'cop-inv',
              publisher: 'College of Policing',
              title: 'Advice for investigators',
              url: 'https://www.college.police.uk/advice',
              locator: 'key points',
              checkedOn: '2026-11-20',
            },
          },
        ],
        missing: [],
        nearest: [{ passage: 'spo', heading: 'About spo' }],
        more: [],
        differing: [],
        askedIn: 'english',
        hasCorrection: false,
        knowledgeVersion: 'abc123',
        chosenBy: [],
      },
    );
  });

  it('hands the earlier questions to the search, newest first', () => {
    const seen: unknown[] = [];
    const search: ReturnType<typeof aKnowledge>['search'] = (question, options) => {
      seen.push([question, options?.earlier]);
      return [];
    };
    makeAnswerQuestion(aKnowledge({ search }), clock)(asked('and how long', ['second', 'first']));
    expect(seen).toEqual([['and how long', ['second', 'first']]]);
  });

  it('is not pulled by what was asked before when it asks what a thing is and is found whole', () => {
    const seen: unknown[] = [];
    const search: ReturnType<typeof aKnowledge>['search'] = (_, options) => {
      seen.push(options?.earlier);
      return [aHit(spo)];
    };
    const answer = makeAnswerQuestion(aKnowledge({ passages: [spo], search }), clock);
    answer(asked('what is an order', ['how long is bail']));
    expect(seen).not.toContainEqual(['how long is bail']);
    answer(asked('what is it', ['how long is bail']));
    expect(seen).toContainEqual(['how long is bail']);
  });

  it('answers a question in the very words of an example, however common they are', () => {
    const passage = { ...spo, asks: ['What’s an order?'] };
    const search = () => [
      aHit(danger, { score: 1, likeness: 0 }),
      aHit(spo, { score: 1, likeness: 0 }),
    ];
    const given = { passages: [danger, passage], search };
    expect(ask(given, 'what is an ORDER').shown.map((one) => one.passage)).toEqual(['spo']);
    expect(ask(given, 'what about an order').kind).toBe('not-covered');
  });

  it('says what of the question no passage speaks of', () => {
    const search = () => [aHit(spo, { coverage: 0.5, likeness: 0.3, missing: ['jersey', 'fee'] })];
    const answer = ask({ passages: [spo], search }, 'what is the fee for an order in Jersey');
    expect([answer.kind, answer.missing]).toEqual(['partly', ['jersey', 'fee']]);
  });

  it('shows nothing when nothing was found', () => {
    const answer = ask({ passages: [spo], search: () => [] }, 'what is for lunch');
    expect(answer).toEqual({
      kind: 'not-covered',
      shown: [],
      citations: [],
      missing: [],
      nearest: [],
      more: [],
      differing: [],
      askedIn: 'english',
      hasCorrection: false,
      knowledgeVersion: 'abc123',
      chosenBy: [],
    });
  });

  it('declines a question of another subject, however well it was found', () => {
    expect(ask({ passages: [spo], findGround: () => 'outside' }).kind).toBe('not-covered');
  });

  it('says that a passage is past its review date', () => {
    const old = aPassageOf('spo', [['An order lasts.']], { reviewBy: '2026-11-19' });
    expect(ask({ passages: [old] }).shown.map((shown) => shown.overdueSince)).toEqual([
      '2026-11-19',
    ]);
  });
});

describe('danger', () => {
  const cues = {
    danger: [aCue('outside', ['danger'])],
    premises: [aCue('block', ['never'])],
    refusals: [aCue('find', [])],
  };
  const passages = [spo, danger, never];

  it('comes before everything else, and only a correction follows', () => {
    const answer = ask({ passages, cues }, 'he is outside, should she block him or find him');
    expect([answer.kind, answer.hasCorrection, answer.shown.map(({ passage }) => passage)]).toEqual(
      ['urgent', false, ['danger', 'never']],
    );
  });

  it('is urgent even where its passage cannot be quoted', () => {
    const draft = aPassageOf('danger', [['Call 999 now.']], { status: 'draft' });
    const answer = ask({ passages: [draft], cues }, 'he is outside');
    expect([answer.kind, answer.shown]).toEqual(['urgent', []]);
  });

  it('looks at the question itself, not at earlier ones', () => {
    const answer = makeAnswerQuestion(
      aKnowledge({ passages, cues }),
      clock,
    )(asked('how long does an order last', ['he is outside']));
    expect(answer.kind).toBe('answered');
  });

  it('comes before a refusal, and a refusal before a correction', () => {
    expect(ask({ passages, cues }, 'find out who is outside').kind).toBe('urgent');
    expect(ask({ passages, cues }, 'find him').shown).toEqual([]);
  });

  it('shows with a refusal what corrects a dangerous premise beside it, and nothing else', () => {
    const refused = ask({ passages, cues }, 'find him so that she can block him');
    const shown = refused.shown.map(({ passage }) => passage);
    expect([refused.kind, shown, refused.hasCorrection]).toEqual(['refused', ['never'], true]);
  });
});

describe('a follow-up', () => {
  const spoken = ['how long does an SPO last?'];
  const findGround = (text: string) => (/SPO/.test(text) ? 'inside' : 'open');
  const kindOf = (question: string, hit: Parameters<typeof aHit>[1]) => {
    const search = () => [aHit(spo, { score: 18, likeness: 0, ...hit })];
    const given = aKnowledge({ passages: [spo], findGround, search });
    return makeAnswerQuestion(given, clock)(asked(question, spoken)).kind;
  };
  const half = { coverage: 0.5, missing: ['last'] };

  it.each<[string, Parameters<typeof aHit>[1]]>([
    ['does it end?', half],
    ['and the minimum?', half],
    ['what about the minimum', half],
    ['does that minimum apply too', half],
    ['he’s moved abroad', half],
    ['why?', { coverage: 0, missing: [] }],
  ])('“%s” stands where the conversation stood', (question, hit) => {
    expect(kindOf(question, hit)).toBe('partly');
  });

  it.each<[string, Parameters<typeof aHit>[1]]>([
    ['what is the best pizza in Leeds', half],
    ['why is the sky blue', half],
    ['is it pizza', { coverage: 0.1, missing: ['pizza'] }],
    ['tell me in a few words where they sell the very best pizza in Leeds', half],
  ])('“%s” stands on its own', (question, hit) => {
    expect(kindOf(question, hit)).toBe('not-covered');
  });
});

describe('a dangerous premise', () => {
  const cues = { danger: [], premises: [aCue('block', ['never'])], refusals: [] };

  it('is corrected first, then the question is answered', () => {
    const answer = ask({ passages: [spo, never], cues }, 'should she block him, and how long');
    expect(answer.kind).toBe('answered');
    expect(answer.hasCorrection).toBe(true);
    expect(answer.shown.map(({ passage }) => passage)).toEqual(['never', 'spo']);
    expect(answer.shown[1]?.blocks).toHaveLength(1);
  });

  it('is corrected alone when nothing else fits well', () => {
    const search = () => [aHit(spo, { score: 1, coverage: 0.1, likeness: 0 })];
    const answer = ask({ passages: [spo, never], cues, search }, 'block him');
    expect(answer.shown.map(({ passage }) => passage)).toEqual(['never']);
  });

  it('says nothing of a correction when none can be quoted', () => {
    const retired = aPassageOf('never', [['Do not advise it.']], { status: 'retired' });
    const answer = ask({ passages: [spo, retired], cues }, 'block him');
    expect([answer.hasCorrection, answer.shown.map(({ passage }) => passage)]).toEqual([
      false,
      ['spo'],
    ]);
  });
});

describe('what may not be quoted', () => {
  it.each<[string, Partial<Passage>]>([
    ['a draft', { status: 'draft' }],
    ['a retired passage', { status: 'retired' }],
    ['a passage not yet in force', { inForce: { from: '2026-11-21', to: null } }],
    ['a passage no longer in force', { inForce: { from: null, to: '2026-11-19' } }],
  ])('%s is never shown, whether found, corrected with or urgent', (_, given) => {
    const passage = aPassageOf('hidden', [['Words that may not be shown.']], given);
    const cues = {
      danger: [aCue('outside', ['hidden'])],
      premises: [aCue('block', ['hidden'])],
      refusals: [],
    };
    const shown = ['what is it', 'he is outside', 'should she block him'].map(
      (question) => ask({ passages: [passage], cues }, question).shown,
    );
    expect(shown).toEqual([[], [], []]);
  });

  it.each(['2026-11-20', '2026-11-19'])('shows a passage in force from %s', (from) => {
    const passage = aPassageOf('new', [['Words in force.']], {
      inForce: { from, to: '2026-11-20' },
    });
    expect(ask({ passages: [passage] }).shown).toHaveLength(1);
  });

  it('withholds an answer whose source is not known', () => {
    const answer = ask({ passages: [spo], sources: new Map() });
    expect([answer.kind, answer.shown]).toEqual(['withheld', []]);
  });

  it('keeps what has its source when something else has none', () => {
    const marks = [{ source: sourceIdSchema.parse('unknown'), locator: 'nowhere' }];
    const [first] = spo.blocks;
    if (!first) throw new Error('the passage has no block');
    const passage = {
      ...spo,
      blocks: [first, { lead: [{ text: 'No source.', marks }], items: [] }],
    };
    const answer = ask({ passages: [passage] });
    expect([answer.kind, answer.shown[0]?.blocks.length]).toEqual(['answered', 1]);
  });
});

describe('the guard against unsafe advice', () => {
  const unsafe = 'Tell her to block him.';

  it('drops a planted block and keeps the rest', () => {
    const passage = aPassageOf('spo', [['An order lasts.'], [unsafe]]);
    const answer = ask({ passages: [passage], neverAdvise });
    expect(answer.kind).toBe('answered');
    expect(answer.shown.map(({ blocks }) => blocks)).toEqual([
      [{ lead: [{ text: 'An order lasts.', citations: [1] }], items: [] }],
    ]);
    expect(answer.citations).toHaveLength(1);
  });

  it('drops the whole block when a safe sentence stands beside the unsafe one', () => {
    const passage = aPassageOf('spo', [['An order lasts.'], ['Keep every message.', unsafe]]);
    const shown = JSON.stringify(ask({ passages: [passage], neverAdvise }));
    expect(shown).toContain('An order lasts.');
    expect(shown).not.toContain('block him');
  });

  it('drops advice that is unsafe only together with its lead-in', () => {
    const marks = [{ source: aSource().id, locator: 'key points' }];
    const [first] = spo.blocks;
    if (!first) throw new Error('the passage has no block');
    const list = {
      lead: [{ text: 'Advise the victim to:', marks }],
      items: [{ text: 'block his number.', marks }],
    };
    const answer = ask({ passages: [{ ...spo, blocks: [first, list] }], neverAdvise });
    expect(answer.shown.map(({ blocks }) => blocks.length)).toEqual([1]);
  });

  it('lets through the same words where the lead-in negates them', () => {
    const marks = [{ source: aSource().id, locator: 'key points' }];
    const list = {
      lead: [{ text: 'Do not advise the victim to:', marks }],
      items: [{ text: 'block his number.', marks }],
    };
    const answer = ask({ passages: [{ ...spo, blocks: [list] }], neverAdvise });
    expect(answer.shown.map(({ blocks }) => blocks.length)).toEqual([1]);
  });

  it('withholds the answer when nothing safe is left', () => {
    const answer = ask({ passages: [aPassageOf('spo', [[unsafe]])], neverAdvise });
    expect([answer.kind, answer.shown, answer.citations]).toEqual(['withheld', [], []]);
  });

  it('neither shows a passage under an unsafe heading nor names one', () => {
    const misled = aPassageOf('misled', [['An order lasts.']], { heading: unsafe });
    const vague = () => [spo, misled, never].map((p) => aHit(p, { score: 8, likeness: 0 }));
    const given = { passages: [spo, misled, never], neverAdvise };
    expect(ask({ ...given, passages: [misled] }).kind).toBe('withheld');
    expect(ask({ ...given, search: vague }, 'SPO').nearest.map(({ passage }) => passage)).toEqual([
      'spo',
      'never',
    ]);
    const answer = ask(given);
    expect(JSON.stringify(answer)).not.toContain(unsafe);
  });

  it('guards corrections and urgent answers too', () => {
    const passages = [aPassageOf('never', [[unsafe]]), aPassageOf('danger', [[unsafe]])];
    const cues = {
      danger: [aCue('outside', ['danger'])],
      premises: [aCue('block', ['never'])],
      refusals: [],
    };
    const given = { passages, cues, neverAdvise };
    expect(ask(given, 'he is outside').shown).toEqual([]);
    expect(ask(given, 'should she block him')).toMatchObject({
      kind: 'withheld',
      hasCorrection: false,
    });
  });
});

describe('a question that is not covered', () => {
  const unit = aPassageOf('unit', [['Ask the stalking unit.'], ['It reviews cases.']]);
  const away = aPassageOf('away', [['Not covered here: ask the police there.']], {
    asks: ['stalking in Scotland', 'law there', 'police there'],
  });
  const uncovered = { field: [unit.id], abroad: [away.id] };
  const cues = { danger: [], premises: [], refusals: [], uncovered };
  const poorly = () => [aHit(spo, { score: 1, coverage: 0.3, likeness: 0 })];
  const passages = [spo, unit, away];

  it('is told whom to ask, with the source, and what lies nearest', () => {
    const answer = ask({ passages, cues, search: poorly }, 'can a stalker keep a dog');
    expect(answer).toMatchObject({
      kind: 'not-covered',
      shown: [{ passage: 'unit' }],
      nearest: [{ passage: 'spo' }],
    });
    expect(answer.citations.map(({ passage }) => passage)).toEqual(['unit', 'unit']);
  });

  it.each(['outside', 'open'] as const)('is shown nothing when it is %s the field', (ground) => {
    const answer = ask({ passages, cues, search: poorly, findGround: () => ground }, 'my rota');
    expect([answer.kind, answer.shown]).toEqual(['not-covered', []]);
  });

  const findGround = (text: string) => (/Scotland/.test(text) ? 'abroad' : 'inside');

  it('names the place with another law, however well ours was found', () => {
    const answer = ask({ passages, cues, findGround }, 'maximum sentence in Scotland');
    expect([answer.kind, answer.shown.map(({ passage }) => passage)]).toEqual([
      'not-covered',
      ['away'],
    ]);
  });

  it('is answered by a passage that is about that place', () => {
    const cross = aPassageOf('cross', [['An order reaches no further than Wales.']], {
      heading: 'Does an order apply in Scotland?',
    });
    const answer = ask({ passages: [spo, cross], cues, findGround }, 'is it valid in Scotland');
    expect([answer.kind, answer.shown.map(({ passage }) => passage)]).toEqual([
      'answered',
      ['cross'],
    ]);
  });
});

describe('a word or two that stand in many passages', () => {
  const passages = ['a', 'b', 'c'].map((id) => aPassageOf(id, [['Words.']]));
  const search = () => passages.map((passage) => aHit(passage, { score: 8, likeness: 0.4 }));

  it('is asked back, with choices', () => {
    const answer = ask({ passages, search }, 'SPO');
    expect([answer.kind, answer.shown, answer.nearest.map(({ heading }) => heading)]).toEqual([
      'unclear',
      [],
      ['About a', 'About b', 'About c'],
    ]);
  });

  it('is answered when what it is was asked', () => {
    expect(ask({ passages, search }, 'what’s an SPO').kind).toBe('answered');
  });
});

describe('passages that contradict each other', () => {
  const said = (id: string, years: string) =>
    aPassageOf(id, [[`A full order lasts at least ${years} years from the day it is made.`]]);

  it('are never mixed: the better found is shown, the other named', () => {
    const answer = ask({ passages: [said('two', 'two'), said('five', 'five')] });
    expect(answer.shown.map(({ passage }) => passage)).toEqual(['two']);
    expect(answer.differing).toEqual([{ passage: 'five', heading: 'About five' }]);
  });

  it('stand together when they say the same', () => {
    const answer = ask({ passages: [said('one', 'two'), said('other', 'two')] });
    expect([answer.shown.length, answer.differing]).toEqual([2, []]);
  });
});

describe('a question that asks several things', () => {
  const findGround = (text: string) =>
    /order/.test(text) ? 'inside' : /overtime/.test(text) ? 'outside' : 'open';

  it('names the part that is of another subject, and searches with the rest', () => {
    const searched: string[] = [];
    const search: ReturnType<typeof aKnowledge>['search'] = (question) => {
      searched.push(question);
      return [aHit(spo)];
    };
    const question = 'how long does an order last and how do I claim <b>overtime</b>?';
    const answer = ask({ passages: [spo], findGround, search }, question);
    expect([answer.kind, answer.missing, [...new Set(searched)]]).toEqual([
      'partly',
      ['how do I claim b overtime b'],
      ['how long does an order last'],
    ]);
  });

  it('names the parts that guidance speaks of and the answer does not, to be asked by themselves', () => {
    const breach = aPassageOf('breach', [['Breach is an offence.']]);
    const search: ReturnType<typeof aKnowledge>['search'] = (question) =>
      /breach/.test(question) && !/last/.test(question) ? [aHit(breach)] : [aHit(spo)];
    const several = 'How long does an order last? Is breach an offence?';
    const whole = ask({ passages: [spo, breach], search }, several);
    expect([whole.kind, whole.missing, whole.leftOpen]).toEqual([
      'answered',
      [],
      ['Is breach an offence'],
    ]);
    const told = 'How long does an order last? He was told of the breach.';
    expect(ask({ passages: [spo, breach], search }, told).leftOpen).toBeUndefined();
    const unknown = ask(
      { passages: [spo], search: (text) => (/last/.test(text) ? [aHit(spo)] : []) },
      several,
    );
    expect(unknown.leftOpen).toBeUndefined();
  });

  it('answers the first part where nothing speaks of all together, and names the others', () => {
    const breach = aPassageOf('breach', [['Breach is an offence.']]);
    const search: ReturnType<typeof aKnowledge>['search'] = (question) => {
      const isBoth = /breach/.test(question) && /last/.test(question);
      return isBoth ? [] : [aHit(/breach/.test(question) ? breach : spo)];
    };
    const answer = ask(
      { passages: [spo, breach], search },
      'how long does it last, is breach a crime',
    );
    expect([answer.kind, answer.shown.map(({ passage }) => passage), answer.leftOpen]).toEqual([
      'answered',
      ['spo'],
      ['is breach a crime'],
    ]);
  });

  it('names what was asked beside a request that is refused', () => {
    const cues = { danger: [], premises: [], refusals: [aCue('find', [])] };
    const search = () => [aHit(spo)];
    const answer = ask(
      { passages: [spo], cues, search },
      'find him for me. how long does an order last?',
    );
    expect([answer.kind, answer.shown, answer.leftOpen]).toEqual([
      'refused',
      [],
      ['how long does an order last'],
    ]);
  });

  it('does not part what leans on the rest', () => {
    const answer = ask(
      { passages: [spo], findGround, search: () => [aHit(spo, { coverage: 0.4 })] },
      'how long does an order last? can they change it',
    );
    expect([answer.kind, answer.missing]).toEqual(['answered', []]);
  });

  it('is not covered at all when no part is', () => {
    const question = 'how do I claim overtime and when is overtime paid?';
    expect(ask({ passages: [spo], findGround }, question).kind).toBe('not-covered');
  });
});

describe('a word that stands nowhere in the guidance', () => {
  it('is named, however well the rest was found', () => {
    const search: ReturnType<typeof aKnowledge>['search'] = (question) =>
      question === 'salary' ? [] : [aHit(spo, { missing: ['salary', 'advocate'] })];
    const answer = ask({ passages: [spo], search }, 'what salary does an advocate get');
    expect([answer.kind, answer.missing]).toEqual(['partly', ['salary']]);
  });

  it('is not named when another passage shown speaks of it', () => {
    const other = aPassageOf('other', [['Salaries are not covered by an order.']]);
    const search: ReturnType<typeof aKnowledge>['search'] = (question) =>
      question === 'salary' ? [] : [aHit(spo, { missing: ['salary'] }), aHit(other)];
    expect(ask({ passages: [spo, other], search }, 'salary and order').missing).toEqual([]);
  });
});

describe('for whom a question is asked', () => {
  const forPolice = aPassageOf('police', [['Serve the order.']], { audience: ['officer'] });
  const forAdvocates = aPassageOf('advocates', [['Go with the victim.']], {
    audience: ['advocate'],
  });
  const given = { passages: [forPolice, forAdvocates] };
  const shownTo = (audience?: 'advocate' | 'supervisor') =>
    makeAnswerQuestion(
      aKnowledge(given),
      clock,
    )({ ...asked('what do I do'), audience }).shown.map(({ passage }) => passage);

  it('searches all passages when it is not known', () => {
    expect(shownTo()).toEqual(['police', 'advocates']);
  });

  it('searches only those written for them', () => {
    expect(shownTo('advocate')).toEqual(['advocates']);
    expect(shownTo('supervisor')).toEqual([]);
  });

  it('shows danger to everybody', () => {
    const cues = { danger: [aCue('outside', ['police'])], premises: [], refusals: [] };
    const answer = makeAnswerQuestion(
      aKnowledge({ ...given, cues }),
      clock,
    )({ ...asked('he is outside'), audience: 'advocate' });
    expect(answer.shown.map(({ passage }) => passage)).toEqual(['police']);
  });
});

describe('a question in Welsh', () => {
  it('is searched by its meaning, and says so', () => {
    const searched: string[] = [];
    const search: ReturnType<typeof aKnowledge>['search'] = (question) => {
      searched.push(question);
      return [aHit(spo)];
    };
    const answer = ask({ passages: [spo], search }, 'Beth yw gorchymyn diogelu rhag stelcian?');
    expect([answer.kind, answer.askedIn, [...new Set(searched)]]).toEqual([
      'answered',
      'welsh',
      ['what is stalking protection order'],
    ]);
  });

  it('is looked through for danger in both languages', () => {
    const cues = { danger: [aCue('outside', ['danger'])], premises: [], refusals: [] };
    const passages = [spo, danger];
    expect(ask({ passages, cues }, 'Mae e y tu allan i’r tŷ nawr').kind).toBe('urgent');
    expect(ask({ passages, cues }, 'Mae e wedi dweud: stay outside').kind).toBe('urgent');
  });
});

describe('what lies beyond the screen', () => {
  const long = (start: string) => `${start} ${'and so on '.repeat(40)}.`;

  it('is named with its passage, and what is shown has no gap', () => {
    const passage = aPassageOf('long', [[long('A')], [long('B')], ['A short end.']]);
    const answer = ask({ passages: [passage] });
    expect(answer.shown[0]?.blocks).toHaveLength(1);
    expect(answer.more).toEqual([{ passage: 'long', heading: 'About long' }]);
  });

  it('is nothing when everything that fits is shown', () => {
    expect(ask({ passages: [spo] }).more).toEqual([]);
  });
});

describe('a question in other words', () => {
  const bail = aPassageOf('bail', [['Bail ends after a time.']]);
  const passages = [spo, bail];
  const weak = { score: 1, coverage: 0.1, likeness: 0, missing: ['paper'] };
  const searching = (strong: string) => ({
    passages,
    search: (asked: string) =>
      asked === strong
        ? [aHit(bail, { missing: [] })]
        : [aHit(spo, weak), aHit(bail, { ...weak, score: 0.9 })],
  });
  const answerTo = (given: Parameters<typeof aKnowledge>[0], reworded?: string) =>
    makeAnswerQuestion(
      aKnowledge(given),
      clock,
    )({ ...asked('the paper thing'), ...(reworded === undefined ? {} : { reworded }) });

  it('is found by either, and as surely as the other words found it', () => {
    const given = searching('when does bail end');
    const found = answerTo(given, 'when does bail end');
    expect([answerTo(given).kind, found.kind]).toEqual(['not-covered', 'answered']);
    expect(found.shown.map(({ passage }) => passage)).toEqual(['bail']);
  });

  it('never makes a question of another subject one of this field', () => {
    const given = { ...searching('when does bail end'), findGround: () => 'outside' as const };
    expect(answerTo(given, 'when does bail end').kind).toBe('not-covered');
  });

  it('takes no danger, refusal or correction away, and makes none', () => {
    const cues = { danger: [aCue('outside')], premises: [], refusals: [aCue('track')] };
    const answer = makeAnswerQuestion(aKnowledge({ passages, cues }), clock);
    const kinds = ['he is outside', 'track her', 'bail'].map(
      (question) => answer({ ...asked(question), reworded: 'outside track bail' }).kind,
    );
    expect(kinds).toEqual(['urgent', 'refused', 'answered']);
  });
});

describe('what is left to be chosen from', () => {
  const weigh = (given: Parameters<typeof aKnowledge>[0], question = 'order') =>
    makeWeighQuestion(aKnowledge(given), clock)(asked(question));
  const other = aPassageOf('other', [['Breach is an offence.']]);

  it('is what was found, after what is to stand first', () => {
    const choosable = weigh({ passages: [spo, never, other] }).choosable?.([other.id]);
    expect(choosable?.passages.map(({ id }) => id)).toEqual(['other', 'spo', 'never']);
  });

  it('is nothing where rules decide, or nothing fits', () => {
    const cues = {
      ...{ danger: [aCue('outside')], refusals: [aCue('track')] },
      premises: [aCue('block', ['never'])],
    };
    const given = { passages: [spo, never], cues };
    const questions = ['he is outside', 'track her', 'block him'];
    expect(questions.map((question) => weigh(given, question).choosable)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(weigh({ passages: [spo], search: () => [] }).choosable).toBeUndefined();
  });

  it('is shown only where it may be quoted, however it was chosen', () => {
    const retired = { ...other, status: 'retired' as const };
    const choosable = weigh({ passages: [spo, retired] }).choosable?.([retired.id]);
    const draft = [{ label: 'other#1' as const, quote: 'Breach is an offence.' }];
    expect(choosable?.show(draft, [], false).shown).toEqual([]);
  });

  it('stands after the emergency guidance when the choice is urgent', () => {
    const cues = { danger: [aCue('outside', ['danger'])], premises: [], refusals: [] };
    const choosable = weigh({ passages: [spo, danger], cues }).choosable?.([]);
    const draft = [{ label: 'spo#1' as const, quote: 'An order lasts two years or more.' }];
    const shown = choosable?.show(draft, [], true);
    expect([shown?.kind, shown?.shown.map(({ passage }) => passage)]).toEqual([
      'urgent',
      ['danger', 'spo'],
    ]);
  });
});
