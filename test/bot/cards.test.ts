import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { JsonObject, OutgoingActivity } from '../../bot/teams/activity.js';
import { answerMessage, cut, plainMessage } from '../../bot/teams/cards/answer-message.js';
import { cardMessage, plain } from '../../bot/teams/cards/card.js';
import type { Editing } from '../../bot/teams/cards/record-part.js';
import { answeredCard, type Notice, screeningCard } from '../../bot/teams/cards/screening-card.js';
import { startCard } from '../../bot/teams/cards/start-card.js';
import { summaryCard } from '../../bot/teams/cards/summary-card.js';
import { unfinishedCard } from '../../bot/teams/cards/unfinished-card.js';
import { unsavedOf } from '../../bot/teams/screening-words.js';
import { refuseTooLarge } from '../../bot/teams/turn.js';
import { readDate } from '../../src/adapters/read-date.js';
import type { Answer, AnswerKind } from '../../src/core/answer.js';
import { answerText, showsTheSame } from '../../src/core/answer-text.js';
import { summariseCase } from '../../src/core/case-summary.js';
import { unansweredParts } from '../../src/core/choosing-words.js';
import type { Citation } from '../../src/core/citations.js';
import { passageIdSchema, screeningIdSchema } from '../../src/core/ids.js';
import { startableScripts } from '../../src/core/knowledge.js';
import { statementsOf } from '../../src/core/passage.js';
import { phrases } from '../../src/core/phrases.js';
import type { Value } from '../../src/core/reply.js';
import type { Act, RecordFields, Screening } from '../../src/core/screening.js';
import { dangerScript, type Script } from '../../src/core/script.js';
import { catalogueIn } from '../../src/core/words.js';
import { makeAnswerQuestion } from '../../src/flows/answer-question.js';
import { type ScreeningView, viewOf } from '../../src/flows/screening-view.js';
import {
  aCard,
  aKnowledge,
  aQuestion,
  aRecord,
  aReply,
  aScreening,
  aScript,
  aSummaryContext,
  choice,
  choices,
  eventsOf,
  questionId,
  today,
} from '../builders.js';
import { loadReal, realScript, stringsIn, walkedScreening } from '../real-knowledge.js';

// Node cannot import the package by its name; this is the file that browsers load.
const cards: typeof import('adaptivecards') = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
);

const knowledge = await loadReal();
const firstContact = realScript(knowledge, 'first-contact');
const identification = realScript(knowledge, 'identification');
const both = [
  ['first contact', firstContact],
  ['identification', identification],
] as const;

const sayCites = () => 'College of Policing, Advice for investigators, key points';

/** Every object in a card, however deep. */
function objectsIn(value: unknown): readonly JsonObject[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value as JsonObject, ...inner];
}

const typeOf = (object: JsonObject) => (typeof object.type === 'string' ? object.type : '');
const known =
  /^(?:AdaptiveCard|TextBlock|Container|ColumnSet|Column|Input\.(?:Text|ChoiceSet)|Action\.(?:Execute|Submit|ShowCard|ToggleVisibility))$/;

/** Everything Teams, or a screen reader, could take amiss in a card. */
function faultsOf(card: JsonObject): readonly string[] {
  const context = new cards.SerializationContext(cards.Versions.v1_5);
  const parsed = new cards.AdaptiveCard();
  parsed.hostConfig = new cards.HostConfig({ actions: { maxActions: 6 } });
  parsed.parse(card, context);
  const events = Array.from(
    { length: context.eventCount },
    (_, i) => context.getEventAt(i).message,
  );
  const invalid = parsed.validateProperties().validationEvents.map(({ message }) => message);
  const objects = objectsIn(card);
  const inputs = objects.filter((object) => typeOf(object).startsWith('Input.'));
  const ids = objects.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const lists = objects.flatMap(({ actions }) => (Array.isArray(actions) ? [actions.length] : []));
  return [
    ...[...events, ...invalid].map((message) => `parser: ${message}`),
    ...(card.version === '1.5' ? [] : ['version']),
    ...(typeof card.fallbackText === 'string' ? [] : ['fallbackText']),
    ...objects.filter((o) => !known.test(typeOf(o)) && 'type' in o).map((o) => `type ${o.type}`),
    ...inputs.filter(({ id }) => typeof id !== 'string' || !id).map(() => 'input without id'),
    ...inputs
      .filter(({ label }) => typeof label !== 'string' || !label)
      .map(() => 'input without label'),
    ...inputs
      .filter((i) => i.isRequired && !i.errorMessage)
      .map(() => 'required without errorMessage'),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id ${String(id)} twice`),
    ...lists.filter((count) => count > 6).map((count) => `${count} actions`),
    ...objects.filter((o) => typeOf(o) === 'Action.Execute').flatMap(executeFaults),
    ...objects
      .filter((o) => 'isEnabled' in o || 'backgroundImage' in o)
      .map(() => 'relies on looks'),
  ];
}

function executeFaults({ verb, title, data, fallback }: JsonObject): readonly string[] {
  const [submit] = objectsIn(fallback);
  return [
    ...(typeof verb === 'string' && verb ? [] : ['Execute without verb']),
    ...(typeof title === 'string' && title ? [] : ['Execute without title']),
    ...(submit && typeOf(submit) === 'Action.Submit'
      ? []
      : ['Execute without a Submit to fall back on']),
    ...(JSON.stringify(submit?.data) === JSON.stringify(data)
      ? []
      : ['the fallback sends other data']),
  ];
}

/** UTF-16, as Teams counts, with what the channel adds. */
function bytesOf(message: OutgoingActivity): number {
  return JSON.stringify(message).length * 2 + 2_000;
}

/** As much as can be typed into one reply, in letters that grow when they are escaped. */
const mark = 'ZQ-typed';
const longest = `${mark} ${'*_#\n'.repeat(2_000)}`.slice(0, 8_000);
const longestControls = `${mark} ${'\u0001'.repeat(8_000)}`.slice(0, 8_000);
const text = (words: string): Value => ({ kind: 'text', text: words });

/** A screening of a script, whether shipped or made up, as it stands; `all` are those of its case. */
function viewIn(
  script: Script,
  screening: Screening,
  all: readonly Screening[] = [],
  scripts: readonly Script[] = [],
): ScreeningView {
  return viewOf(aKnowledge({ scripts: [script, ...scripts] }), screening, all);
}

function viewAfter(script: Script, ...acts: readonly Act[]): ScreeningView {
  const events = eventsOf(...acts);
  return viewIn(script, aScreening({ script: script.name, version: script.version, events }));
}

/** Every step of a walk, the answer to `said` or `rest` given to each question. */
function stepsOf(script: Script, said: Readonly<Record<string, Value | string>>, rest?: Value) {
  const whole = walkedScreening(script, said, rest);
  return whole.events
    .map((_, count) => viewIn(script, { ...whole, events: whole.events.slice(0, count) }))
    .concat(viewIn(script, whole));
}

const yes = (script: Script) =>
  Object.fromEntries(
    script.questions.flatMap(({ id, type, choices: offered }) => {
      if (type === 'MS')
        return [[id, choices(...offered.filter((c) => !c.alone).map((c) => c.value))]];
      if (type === 'FT') return [[id, text(longest)]];
      if (type === 'DT')
        return [[id, { kind: 'date', day: '2026-11-01', precision: 'exact' } as const]];
      const last = offered.find(({ value }) => value === 'yes') ?? offered[0];
      return last ? [[id, choice(last.value)]] : [];
    }),
  );

describe.each(both)('the cards of %s', (_, script) => {
  const calm = {
    ...yes(script),
    FC01: 'no',
    FC04: 'somewhere-else',
    FC05: 'no',
    FC06: 'no',
    SI13b: choices('sleep'),
  };
  const walks: readonly (readonly [string, readonly ScreeningView[]])[] = [
    ['everything not known', stepsOf(script, {})],
    [
      'everything answered at its longest',
      stepsOf(script, { ...calm, FC07: choices('themselves') }),
    ],
    ['danger', stepsOf(script, yes(script))],
    ['nothing asked', stepsOf(script, {}, { kind: 'not-asked', reason: 'call-ended' })],
  ];

  it.each(walks)('are sound at every step of a walk with %s', (_name, views) => {
    expect(views.length).toBeGreaterThan(1);
    for (const view of views) {
      const card = screeningCard(view, sayCites);
      expect([view.position.at?.id, faultsOf(card)]).toEqual([view.position.at?.id, []]);
      expect(faultsOf(answeredCard(view))).toEqual([]);
    }
  });

  it.each(walks)(
    'stay below 80 kB, and keep what was typed out of summary, fallback and first line, with %s',
    (_name, views) => {
      for (const view of views) {
        const { at } = view.position;
        // Gone back to, so that the longest reply stands on the card, below the longest refusal.
        const again = viewIn(script, {
          ...view.screening,
          events: [...view.screening.events, ...eventsOf({ kind: 'back' })],
        });
        for (const shown of [view, again]) {
          const notice: Notice = { text: phrases.stale, typed: longest };
          for (const card of [screeningCard(shown, sayCites, { notice }), answeredCard(shown)]) {
            const message = cardMessage(card, 'Screening step');
            expect([at?.id, bytesOf(message) < 80 * 1_024]).toEqual([at?.id, true]);
            expect(() => refuseTooLarge(message)).not.toThrow();
            expect(JSON.stringify([message.summary, card.fallbackText])).not.toContain(mark);
          }
          const body = screeningCard(shown, sayCites).body;
          expect(JSON.stringify(Array.isArray(body) && body[0])).not.toContain(mark);
        }
      }
    },
  );

  it('may hold a picture beside as much else as Teams takes, which leaves pictures out of its count', () => {
    const image = { type: 'Image', url: `data:image/png;base64,${'A'.repeat(60_000)}` };
    const text = (length: number) => ({ type: 'TextBlock', text: 'x'.repeat(length) });
    const message = (length: number) =>
      cardMessage({ body: [image, text(length)] }, 'Case summary');
    expect(() => refuseTooLarge(message(39_000))).not.toThrow();
    expect(() => refuseTooLarge(message(41_000))).toThrow();
  });

  it('offer DANGER on every step, first to last, and a way out', () => {
    for (const [, views] of walks) {
      for (const view of views) {
        const titles = objectsIn(screeningCard(view, sayCites)).map(({ title }) => title);
        expect(titles).toContain('DANGER');
        expect(titles.includes('Pause') || titles.includes('Case summary')).toBe(true);
      }
    }
  });

  it('carry the screening and what was seen on every press', () => {
    for (const view of stepsOf(script, {})) {
      const presses = objectsIn(screeningCard(view, sayCites)).filter(
        (o) => typeOf(o) === 'Action.Execute',
      );
      expect(presses.length).toBeGreaterThan(2);
      for (const { data } of presses) {
        expect(data).toMatchObject({
          signpost: { screening: view.screening.id, seen: view.screening.events.length },
        });
      }
    }
  });
});

describe('a screening card', () => {
  const words = (view: ScreeningView, notice?: Notice) =>
    stringsIn(screeningCard(view, sayCites, { notice })).join('\n');
  const begun = viewAfter(firstContact);

  it('reads the question aloud, numbers its choices, and explains itself', () => {
    const said = words(begun);
    expect(said).toContain(
      '“Are you in danger right now, or do you think you might be in the next little while?”',
    );
    expect(said).toContain('FC01 · read aloud');
    expect(said).toContain('4  No reply');
    expect(said).toContain(`(${sayCites()})`);
    expect(said).toContain('Read first: “Thank you for contacting us.');
  });

  it('opens with the words to begin with on the first step only', () => {
    expect(words(viewAfter(firstContact, aReply('FC01', 'no')))).not.toContain('Read first');
  });

  it('shows the danger message whole when it is raised, and short on every step while red stands', () => {
    const [raised, ...later] = stepsOf(firstContact, { FC01: 'yes' }).slice(1);
    const end = later.pop();
    expect(later.length).toBeGreaterThan(4);
    for (const view of [raised, end].filter((one) => one !== undefined)) {
      expect(words(view)).toContain('IMMEDIATE DANGER. Stop this script.');
      expect(words(view)).toContain('call 999 (or your force emergency channel) now');
    }
    for (const view of later) expect(words(view)).toContain(phrases.dangerStands);
  });

  it('shows again what stood in its fields when something else was pressed', () => {
    const fields = { what: 'he followed' };
    const press = { verb: 'danger', fields, words: 'half a sentence' } as const;
    expect(unsavedOf(press, { kind: 'danger' })).toEqual({
      text: phrases.unsaved,
      typed: 'half a sentence; he followed',
    });
    expect(unsavedOf({ verb: 'danger' }, { kind: 'danger' })).toBeUndefined();
  });

  it('shows the reply that stands when it is gone back to, and offers to keep it', () => {
    const view = viewAfter(firstContact, aReply('FC01', 'no'), { kind: 'back' });
    expect(words(view)).toContain('Recorded 20 November 2026 at 14:05: No');
    expect(words(view)).toContain('Keep as it is');
    expect(words(view)).not.toContain('Skip…');
  });

  it('shows a refusal and what was typed, so that nothing is lost', () => {
    const said = words(begun, { text: 'That is not one of the choices.', typed: 'may*be' });
    expect(said).toContain('That is not one of the choices.');
    expect(said).toContain('You typed: may\\*be');
  });

  it('is paused without a question, and can be resumed', () => {
    const said = words(viewAfter(firstContact, aReply('FC01', 'no'), { kind: 'pause' }));
    expect(said).toContain(phrases.paused);
    expect(said).toContain('Resume');
    expect(said).not.toContain('FC02');
  });

  it('says at the end that the danger questions were put, and not that all were', () => {
    const last = stepsOf(firstContact, { FC01: 'yes' }).at(-1);
    if (!last) throw new Error('the walk has no step');
    expect(words(last)).toContain(phrases.finishedInDanger);
    expect(words(last)).not.toContain(phrases.finished);
  });

  it('says at the end of a script without danger questions that none were put, and offers those of First contact', () => {
    const view = viewAfter(identification, { kind: 'danger' });
    expect(words(view)).toContain(phrases.finishedInDangerUnasked);
    expect(words(view)).not.toContain(phrases.finishedInDanger);
    expect(firstContact.name).toBe(dangerScript);
    expect(firstContact.questions.some(({ danger }) => danger)).toBe(true);
    const { id, events } = view.screening;
    const starts = objectsIn(screeningCard(view, sayCites)).filter(
      (o) => typeOf(o) === 'Action.Execute' && o.verb === 'start',
    );
    expect(starts.map(({ data }) => data)).toEqual([
      {
        signpost: {
          verb: 'start',
          script: dangerScript,
          screening: id,
          seen: events.length,
          instance: id,
        },
      },
    ]);
  });

  it('fills the reasons into the message about telling a supervisor', () => {
    const view = viewAfter(firstContact, aReply('FC01', 'no'), aReply('FC04', 'knows-where-i-am'));
    expect(words(view)).toContain('Reasons: said the person knows where they are');
    expect(words(view)).not.toContain('{list}');
  });

  it('shrinks to one short line once answered, however long the reply', () => {
    const acts = [aReply('FC01', 'no'), aReply('FC11', text(longest))];
    const card = answeredCard(viewAfter(firstContact, ...acts));
    const [line = ''] = stringsIn(card.body).filter((words) => words.includes('recorded'));
    expect(line).toMatch(/^FC11 · “ZQ-typed .*… · recorded$/);
    expect(line.length).toBeLessThan(300);
    expect(line).not.toContain('\n');
  });
});

/** Titles of the buttons below a card, in order. */
const actionsOf = (card: JsonObject) =>
  (Array.isArray(card.actions) ? card.actions : []).map(({ title }) => title);
const buttonOf = (card: JsonObject, title: string) =>
  (Array.isArray(card.actions) ? card.actions : []).find((action) => action.title === title);
/** Teams asks for cards below this, as they are sent. */
const mostBytes = 28 * 1_024;

describe('the card of a list', () => {
  const free = (id: string) => ({ id, label: `What of ${id}`, type: 'FT' as const });
  const nine = aCard({
    fields: [
      ...['what', 'place', 'witnesses', 'effect', 'said'].map(free),
      { id: 'when', label: 'When', type: 'DT' as const },
      { id: 'told', label: 'Was it reported?', type: 'YNU' as const },
      {
        id: 'kinds',
        label: 'Kinds',
        type: 'MS' as const,
        choices: Array.from({ length: 8 }, (_, i) => ({
          value: `kind-${i}`,
          label: `A kind of behaviour, the ${i}th`,
        })),
      },
      { id: 'held', label: 'Held where', type: 'FT' as const },
    ],
  });
  const script = aScript([nine, aQuestion({ id: 'QA01' })]);
  const full: RecordFields = Object.fromEntries(
    ['what', 'place', 'witnesses', 'effect', 'said', 'held'].map((id) => [
      id,
      { kind: 'text', text: `${mark} *bold* [x](https://evil.example)` } as const,
    ]),
  );
  const records = (count: number) => Array.from({ length: count }, () => aRecord('QC01', full));
  const sixty = viewAfter(script, ...records(60));

  it('of nine fields and sixty records is sound and within 28 kB', () => {
    for (const shown of [
      {},
      { editing: { number: 7, isProposing: false } },
      { notice: { text: phrases.stale, typed: longest } },
    ]) {
      const card = screeningCard(sixty, sayCites, shown);
      expect(faultsOf(card)).toEqual([]);
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(mostBytes);
      expect(JSON.stringify(card.fallbackText)).not.toContain(mark);
    }
    expect(JSON.stringify(sixty.position.records.get(questionId('QC01')))).toContain(mark);
  });

  it('shows the newest five, says how many there are, and lets each be pressed', () => {
    const card = screeningCard(sixty, sayCites);
    const edits = objectsIn(card).filter(
      (o) => typeOf(o) === 'Action.Execute' && o.verb === 'edit',
    );
    expect(edits.map(({ data }) => objectsIn(data)[0])).toHaveLength(5);
    expect(JSON.stringify(edits[0]?.data)).toContain('"number":60');
    const said = stringsIn(card).join('\n');
    expect(said).toContain('60 recorded.');
    expect(said).toContain('55 earlier, in the case summary.');
  });

  it('escapes what people typed', () => {
    const said = stringsIn(screeningCard(sixty, sayCites).body).join('\n');
    expect(said).toContain('\\*bold\\* \\[x\\]');
    expect(said).not.toContain(' *bold* [x](');
  });

  it.each<[string, readonly Act[], Editing, readonly string[]]>([
    ['empty', [], undefined, ['Add', 'None', 'Skip…', 'Back', 'Pause', 'DANGER']],
    ['begun', records(1), undefined, ['Add', 'That is all', 'Skip…', 'Back', 'Pause', 'DANGER']],
    [
      'being changed',
      records(1),
      { number: 1, isProposing: false },
      ['Save', 'Leave it out', 'Skip…', 'Back', 'Pause', 'DANGER'],
    ],
  ])('has six buttons when it is %s', (_, acts, editing, titles) => {
    const card = screeningCard(viewAfter(script, ...acts), sayCites, { editing });
    expect(actionsOf(card)).toEqual(titles);
  });

  it('ticks what the words of an incident speak of only where somebody asked to look at it', () => {
    const what = { kind: 'text', text: 'He waited outside my work and followed me' } as const;
    const view = viewAfter(realScript(knowledge, 'timeline'), aRecord('TL01', { what }));
    const ticked = (editing: Editing) =>
      objectsIn(screeningCard(view, sayCites, { editing })).find(({ id }) => id === 'field-kinds')
        ?.value;
    expect(ticked({ number: 1, isProposing: true })).toBe('a,e');
    expect(ticked({ number: 1, isProposing: false })).toBeUndefined();
    const said = stringsIn(screeningCard(view, sayCites)).join('\n');
    expect(said).toContain('its words may describe (a) Following');
  });

  it('requires no field, so that none stands in the way of ending, skipping or DANGER', () => {
    const empty = screeningCard(viewAfter(script), sayCites);
    const editing = screeningCard(viewAfter(script, ...records(1)), sayCites, {
      editing: { number: 1, isProposing: false },
    });
    for (const card of [empty, editing]) {
      const needed = objectsIn(card).filter(({ isRequired }) => isRequired);
      // In the menu of Skip, where it holds back nothing but itself.
      expect(needed.map(({ id }) => id)).toEqual(['why']);
    }
    expect(buttonOf(empty, 'None')?.associatedInputs).toBe('none');
    expect(buttonOf(editing, 'Leave it out')?.associatedInputs).toBe('none');
    expect(buttonOf(empty, 'Add')?.associatedInputs).toBeUndefined();
  });

  it.each(['exact', 'about', 'month', 'year', 'before'] as const)(
    'gives back a date that is known %s as it can be read again',
    (precision) => {
      const day = { exact: '2026-03-05', about: '2026-03-05', before: '2026-03-05' };
      const when = {
        kind: 'date',
        day: { ...day, month: '2026-03-01', year: '2026-01-01' }[precision],
        precision,
      } as const;
      const what = { kind: 'text', text: 'A call' } as const;
      const view = viewAfter(script, aRecord('QC01', { what, when }));
      const input = objectsIn(
        screeningCard(view, sayCites, { editing: { number: 1, isProposing: false } }),
      ).find(({ id }) => id === 'field-when');
      const { day: read, precision: as } = readDate(String(input?.value), today) ?? {};
      expect([read, as]).toEqual([when.day, precision]);
    },
  );

  it('tells a record back in one short line in the chat', () => {
    const [line = ''] = stringsIn(answeredCard(sixty).body).filter((w) => w.includes('recorded'));
    expect(line).toMatch(/^QC01 · “ZQ-typed .*… · recorded$/);
    expect(line.length).toBeLessThan(300);
  });

  it('offers the flags of the case where a field asks for them', () => {
    const plan = aScript([
      aQuestion({ flags: [{ level: 'amber', on: ['yes'], about: 'said so before' }] }),
      aCard({
        fields: [free('what'), { id: 'for', label: 'For', type: 'MS', choicesFrom: 'flags' }],
      }),
    ]);
    const card = screeningCard(viewAfter(plan, aReply('QA01', 'yes')), sayCites);
    expect(faultsOf(card)).toEqual([]);
    const input = objectsIn(card).find(({ id }) => id === 'field-for');
    expect(input?.choices).toEqual([{ title: 'QA01: said so before', value: 'QA01' }]);
  });
});

describe('the card that asks why an answer was changed', () => {
  const view = viewAfter(
    firstContact,
    aReply('FC01', 'no'),
    { kind: 'back' },
    aReply('FC01', { kind: 'declined' }),
  );
  const card = screeningCard(view, sayCites);

  it('offers reasons, a field, and the ways out, and is sound', () => {
    expect(faultsOf(card)).toEqual([]);
    const said = stringsIn(card.body);
    expect(said).toContain(`FC01 · ${phrases.askReason}`);
    expect(said).toContain('1  The person corrected it');
    expect(actionsOf(card)).toEqual(['Save', 'Back', 'Pause', 'DANGER']);
    expect(said.join('\n')).not.toContain('FC02');
  });
});

describe('the card of an answer told earlier', () => {
  const script = aScript([aQuestion({ id: 'QA01', type: 'FT' }), aQuestion({ id: 'QA02' })]);
  const acts = [aReply('QA01', text('*post* only'))];
  const earlier = aScreening({
    id: screeningIdSchema.parse('00000000-0000-4000-8000-0000000000e1'),
    events: eventsOf(...acts),
  });
  const view = viewIn(script, aScreening({ isFollowOn: true }), [earlier]);

  it('says what was told and when, escaped, and takes one press to confirm it', () => {
    const card = screeningCard(view, sayCites);
    expect(faultsOf(card)).toEqual([]);
    expect(stringsIn(card).join('\n')).toContain(
      'You told us on 20 November 2026 at 14:05: “\\*post\\* only”. Is that still right?',
    );
    const [confirm] = objectsIn(card).filter(
      (o) => typeOf(o) === 'Action.Execute' && o.verb === 'confirm',
    );
    expect([confirm?.title, objectsIn(confirm?.data)[1]]).toEqual([
      'k  Still right',
      { screening: view.screening.id, seen: 0, verb: 'confirm', question: 'QA01' },
    ]);
  });

  it('offers nothing of it once the question has a reply of its own', () => {
    const events = eventsOf(aReply('QA01', text('email')), { kind: 'back' });
    const revisited = viewIn(script, aScreening({ isFollowOn: true, events }), [earlier]);
    expect(stringsIn(screeningCard(revisited, sayCites)).join('\n')).not.toContain('post');
  });
});

describe('the card of the short set', () => {
  const script = aScript([aQuestion({ id: 'QA01', short: true }), aQuestion({ id: 'QA02' })]);
  const shorten: Act = { kind: 'shorten', reason: 'call-ended' };
  const said = (...acts: readonly Act[]) =>
    stringsIn(screeningCard(viewAfter(script, ...acts), sayCites)).join('\n');

  it('can be asked for beside the reasons to skip, but not twice', () => {
    expect(said()).toContain('Ask only the short set from here');
    expect(said(shorten)).not.toContain('Ask only the short set from here');
    expect(said(shorten)).toContain(phrases.shortSet('call ended'));
  });

  it('says at its end that the rest is left, and offers it', () => {
    const card = screeningCard(viewAfter(script, shorten, aReply('QA01', 'no')), sayCites);
    expect(faultsOf(card)).toEqual([]);
    expect(stringsIn(card)).toContain(phrases.finishedShort);
    expect(actionsOf(card)).toContain('Ask the rest');
    expect(actionsOf(card).length).toBeLessThanOrEqual(6);
  });
});

describe('what people typed, on a card', () => {
  it.each([
    ['a link', '[tell me](https://evil.example)', '\\[tell me\\](https://evil.example)'],
    ['bold', '**no**', '\\*\\*no\\*\\*'],
    ['a list', '- one\n1. two', '\\- one\n1\\. two'],
    ['a heading', '# no', '\\# no'],
    ['code', '`no`', '\\`no\\`'],
  ])('%s stays words', (_, words, shown) => {
    expect(plain(words)).toBe(shown);
  });
});

describe('the card to begin with', () => {
  it('offers every released script once, under one new instance', () => {
    const card = startCard(startableScripts(knowledge), 'instance-1');
    expect(faultsOf(card)).toEqual([]);
    const starts = objectsIn(card).filter((o) => typeOf(o) === 'Action.Execute');
    const offered = [
      ['Breach of an order', 'breach'],
      ['Closing', 'closing'],
      ['Cyberstalking and digital evidence', 'cyber-evidence'],
      ['First contact', 'first-contact'],
      ['Incident timeline', 'timeline'],
      ['Needs, plan and referral', 'needs-and-plan'],
      ['Risk indicators', 'risk-indicators'],
      ['Stalking identification', 'identification'],
      ['Stalking protection order', 'protection-order'],
    ] as const;
    const sorted = starts.map(({ title, data }) => ({ title: String(title), data }));
    expect(sorted.sort((one, other) => (one.title < other.title ? -1 : 1))).toEqual(
      offered.map(([title, script]) => ({
        title,
        data: { signpost: { verb: 'start', script, instance: 'instance-1' } },
      })),
    );
  });

  it('names the case to go on with', () => {
    const card = startCard(startableScripts(knowledge), 'i', aScreening().id);
    expect(JSON.stringify(card)).toContain(`"screening":"${aScreening().id}"`);
  });
});

describe('the card of unfinished screenings', () => {
  const unfinished = viewAfter(firstContact, aReply('FC01', 'no'), aReply('FC11', text(longest)));

  it('names each by case, title, counts and time, as a press that opens it', () => {
    const card = unfinishedCard([unfinished, viewAfter(identification)]);
    expect(faultsOf(card)).toEqual([]);
    expect(JSON.stringify(card)).not.toContain(mark);
    const [row, ...others] = objectsIn(card).filter((o) => typeOf(o) === 'Action.Execute');
    expect(others).toHaveLength(1);
    expect(row?.title).toMatch(
      /^SP-4K7Q-2M · First contact · 2 asked, \d+ left · last used 20 November 2026 at 14:05$/,
    );
    expect(row?.data).toEqual({ signpost: { verb: 'open', screening: unfinished.screening.id } });
  });

  it('stays below 80 kB with as many as are offered', () => {
    const offered = Array.from({ length: 20 }, () => unfinished);
    const card = unfinishedCard(offered, offered);
    expect(bytesOf(cardMessage(card, 'Choose a screening')) < 80 * 1_024).toBe(true);
  });
});

describe('the summary card', () => {
  const summaryOf = (...parts: readonly (readonly [Script, ReturnType<typeof aScreening>])[]) =>
    summariseCase(
      'SP-4K7Q-2M',
      parts.map(([script, screening]) => ({ script, screening })),
      aSummaryContext({ sources: knowledge.sources }),
    );
  const full = (script: Script) =>
    walkedScreening(script, {
      ...yes(script),
      FC01: 'no',
      FC04: 'somewhere-else',
      FC05: 'no',
      FC06: 'no',
      FC07: choices('themselves'),
      SI13b: choices('sleep'),
    });
  const states: readonly (readonly [string, ReturnType<typeof summaryOf>])[] = [
    ['nothing said', summaryOf([firstContact, aScreening()])],
    ['nothing known', summaryOf([identification, walkedScreening(identification, {})])],
    ['danger', summaryOf([firstContact, walkedScreening(firstContact, { FC01: 'yes' })])],
    [
      'everything said at its longest',
      summaryOf([firstContact, full(firstContact)], [identification, full(identification)]),
    ],
    [
      'a case of fifteen screenings',
      summaryOf(
        ...Array.from({ length: 15 }, () => [identification, full(identification)] as const),
      ),
    ],
  ];

  it.each(states)('is sound and below 80 kB with %s', (_, summary) => {
    const card = summaryCard(summary, 'PC Example', aScreening().id);
    expect(faultsOf(card)).toEqual([]);
    const message = cardMessage(card, 'Case summary');
    expect(bytesOf(message)).toBeLessThan(80 * 1_024);
    expect(() => refuseTooLarge(message)).not.toThrow();
    expect(JSON.stringify([message.summary, card.fallbackText])).not.toContain(mark);
    const body = Array.isArray(card.body) ? card.body : [];
    expect(JSON.stringify(body.slice(0, 2))).not.toContain(mark);
  });

  it('says first what it is not, then that it is incomplete, and each line’s reply and source', () => {
    const summary = summaryOf([
      firstContact,
      viewAfter(firstContact, aReply('FC01', 'no')).screening,
    ]);
    const said = stringsIn(summaryCard(summary, 'PC Example', aScreening().id).body);
    const at = (part: string) => said.findIndex((words) => words.includes(part));
    expect(at('Draft by PC Example with the assistant.')).toBeGreaterThan(0);
    expect(at('Incomplete — see absent answers')).toBeGreaterThan(at('Draft by'));
    expect(at('Immediate danger asked at 20 November 2026 at 14:05: No.')).toBeGreaterThan(
      at('Incomplete'),
    );
    expect(said.join('\n')).toContain('FC01 · answered · 20 November 2026 at 14:05');
  });

  it('escapes what people said in tasks, and marks what police systems hold', () => {
    const tasks = [{ on: ['given'], text: 'Ask {answer}.' }];
    const script = aScript([
      aQuestion({ id: 'QA01', type: 'FT', tasks }),
      aQuestion({ id: 'QA02', saidBy: 'records' }),
    ]);
    const acts = [aReply('QA01', text('[x](https://evil.example)')), aReply('QA02', 'yes')];
    const summary = summariseCase(
      'SP-4K7Q-2M',
      [{ script, screening: aScreening({ events: eventsOf(...acts) }) }],
      aSummaryContext(),
    );
    const said = stringsIn(summaryCard(summary, 'PC Example', 'id').body).join('\n');
    expect(said).not.toContain('[x](');
    expect(said).toContain('• Ask “\\[x\\](https://evil.example)”.');
    expect(said).toContain('QA02 · answered · 20 November 2026 at 14:05 · police records');
  });

  it('escapes the name of whoever prepared it', () => {
    const card = summaryCard(
      summaryOf([firstContact, aScreening()]),
      '[x](https://evil.example)',
      'id',
    );
    expect(stringsIn(card).join('\n')).toContain('Draft by \\[x\\](https://evil.example) with');
  });
});

const ask = makeAnswerQuestion(knowledge, () => new Date('2026-11-20T12:00:00.000Z'));
const questions = [...knowledge.passages.values()]
  .filter(({ status }) => status === 'published')
  .map(({ asks }) => asks[0] ?? '');
const cued = [...knowledge.cues.danger, ...knowledge.cues.premises].map(
  ({ catches }) => catches[0] ?? '',
);

type Claim = { readonly position: unknown; readonly appearance: JsonObject };

function claimsOf(message: OutgoingActivity): readonly Claim[] {
  const [entity] = message.entities ?? [];
  return Array.isArray(entity?.citation) ? entity.citation : [];
}

/** Numbers in square brackets before the list of sources. */
function numbersIn(message: OutgoingActivity): readonly number[] {
  const [said = ''] = (message.text ?? '').split(`**${phrases.sources}**`);
  return [...said.matchAll(/\[(\d+)\]/g)].map((found) => Number(found[1]));
}

const isWhole = (part: string, whole: string) =>
  part === whole || (part.endsWith('…') && whole.startsWith(`${part.slice(0, -1)} `));

describe('an answer as a message', () => {
  const messages = [...questions, ...cued].map((question) => {
    const answer = ask({ question, earlier: [] });
    return { question, answer, message: answerMessage(answer, answer.hasCorrection) };
  });

  it('is tried with a question for every published passage, and one for every cue', () => {
    expect(questions.length).toBeGreaterThan(80);
    expect(cued.length).toBeGreaterThan(20);
    expect(messages.filter(({ answer }) => answer.shown.length > 0).length).toBeGreaterThan(80);
  });

  it('has one root entity, without an AI label, since no model wrote it', () => {
    for (const { question, answer, message } of messages) {
      const { entities = [] } = message;
      expect([question, entities.length]).toEqual([question, answer.citations.length > 0 ? 1 : 0]);
      for (const { citation: _, ...entity } of entities) {
        expect(entity).toEqual({
          type: 'https://schema.org/Message',
          '@type': 'Message',
          '@context': 'https://schema.org',
          '@id': '',
        });
      }
    }
  });

  it('has a citation for every number in the text and a number for every citation', () => {
    for (const { question, message } of messages) {
      const positions = claimsOf(message).map(({ position }) => position);
      expect(positions.every(Number.isInteger)).toBe(true);
      expect(new Set(positions).size).toBe(positions.length);
      expect([question, positions]).toEqual([question, [...new Set(numbersIn(message))]]);
      expect(positions.length).toBeLessThanOrEqual(20);
    }
  });

  it('cuts names, abstracts and keywords to what Teams takes, between words', () => {
    let seen = 0;
    for (const { answer, message } of messages) {
      for (const [index, { appearance }] of claimsOf(message).entries()) {
        const { name, abstract, keywords, url, ...rest } = appearance;
        const citation = answer.citations[index];
        if (!citation) throw new Error('a claim without a citation');
        expect(rest).toEqual({ '@type': 'DigitalDocument' });
        expect(String(name).length).toBeLessThanOrEqual(80);
        expect(String(abstract).length).toBeLessThanOrEqual(160);
        expect(isWhole(String(name), `${citation.source.title}, ${citation.source.locator}`)).toBe(
          true,
        );
        expect(isWhole(String(abstract), citation.quote)).toBe(true);
        expect(Array.isArray(keywords) && keywords.length).toBeLessThanOrEqual(3);
        expect(stringsIn(keywords).every((word) => word.length > 0 && word.length <= 28)).toBe(
          true,
        );
        if (url !== undefined) expect(url).toMatch(/^https:\/\/\S+$/);
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(300);
  });

  it('links nowhere but to the addresses of its sources', () => {
    const addresses = new Set([...knowledge.sources.values()].map(({ url }) => url));
    const links = messages.flatMap(({ message }) => [
      ...[...(message.text ?? '').matchAll(/\]\((\S+)\)/g)].map((found) => found[1] ?? ''),
      ...claimsOf(message).flatMap(({ appearance }) => stringsIn(appearance.url)),
    ]);
    expect(links.length).toBeGreaterThan(200);
    expect(links.filter((link) => !addresses.has(link))).toEqual([]);
  });

  it('asks for thumbs, has a neutral summary, at most three actions, and stays below 80 kB', () => {
    for (const { message } of messages) {
      expect(message.channelData).toEqual({ feedbackLoop: { type: 'default' } });
      expect(message.summary).toBe('Guidance answer ready');
      expect(message.attachments).toBeUndefined();
      expect(message.suggestedActions?.actions.length).toBeLessThanOrEqual(3);
      expect(bytesOf(message)).toBeLessThan(80 * 1_024);
    }
  });

  it('reads right where neither lists nor headings are drawn', () => {
    for (const { message } of messages) {
      const lines = (message.text ?? '').split('\n');
      expect(lines.filter((line) => /^(?:#{1,6} |[-*+] |\d+\. |\|)/.test(line))).toEqual([]);
    }
  });
});

const aCitation = (n: number, words: string, title = 'A title'): Citation => ({
  n,
  passage: passageIdSchema.parse('a-passage'),
  heading: 'A heading',
  quote: words,
  source: { ...aSourceOf(title), locator: 'section 1', checkedOn: '2026-09-20' },
});

function aSourceOf(title: string): Citation['source'] {
  const [source] = knowledge.sources.values();
  if (!source) throw new Error('there is no source');
  const { id, publisher } = source;
  return { id, publisher, title, url: null, locator: '', checkedOn: '2026-09-20' };
}

function anAnswer(
  kind: AnswerKind,
  citations: readonly Citation[],
  given: Partial<Answer> = {},
): Answer {
  const lead = citations.map(({ quote, n }) => ({ text: quote, citations: [n] }));
  const blocks = [{ lead, items: [] }];
  const passage = passageIdSchema.parse('a-passage');
  const shown = [{ passage, heading: 'A heading', overdueSince: undefined, blocks }];
  return {
    kind,
    shown: citations.length > 0 ? shown : [],
    citations,
    missing: [],
    nearest: [],
    more: [],
    differing: [],
    askedIn: 'english',
    ...given,
  };
}

describe('an answer that a model chose', () => {
  const chosenBy = [{ id: 'choose-sentences', version: 1, digest: '0123456789ab' }];
  const byCode = anAnswer('answered', [aCitation(1, 'Words.')]);
  const byModel = { ...byCode, chosenBy };

  it('carries the AI label in its one root entity, and says so in its text', () => {
    const [plain, message] = [answerMessage(byCode, false), answerMessage(byModel, false)];
    expect(message.entities).toEqual([
      { ...plain.entities?.[0], additionalType: ['AIGeneratedContent'] },
    ]);
    expect(message.text?.replace(`${phrases.chosenByModel}\n\n`, '')).toBe(plain.text);
    expect(message.text).toContain(phrases.chosenByModel);
    expect(plain.text).not.toContain(phrases.chosenByModel);
  });

  it('says above each passage which part of the question it answers, in the asker’s language', () => {
    const shown = byModel.shown.map((passage) => ({ ...passage, part: 'who pays' }));
    const lineBefore = (text: string) => {
      const lines = text.split('\n\n');
      return lines[lines.indexOf('**A heading**') - 1];
    };
    expect(lineBefore(answerText({ ...byModel, shown }))).toBe('On “who pays”:');
    expect(lineBefore(answerText({ ...byModel, shown }, false, catalogueIn('cy')))).toBe(
      'Ar “who pays”:',
    );
    expect(answerText(byModel)).not.toContain('On “');
  });

  it('names a part that nothing answers in the chat’s language where it is of our list, else in the asker’s words', () => {
    const missing = [...unansweredParts.map(({ says }) => says), 'who pays'];
    const partly = { ...byModel, kind: 'partly' as const, missing };
    const { phrases: own, unanswered } = catalogueIn('cy');
    const parts = [...unansweredParts.map(({ id }) => unanswered[id]), 'who pays'];
    const quoted = (words: readonly string[]) => words.map((one) => `“${one}”`).join(', ');
    expect(parts).toHaveLength(4);
    expect(answerText(partly)).toContain(phrases.missing(quoted(missing)));
    expect(answerText(partly, false, catalogueIn('cy'))).toContain(own.missing(quoted(parts)));
  });

  it('keeps the label where it cites nothing', () => {
    const offered = { ...anAnswer('unclear', [], { nearest: [] }), chosenBy };
    const [entity, ...more] = answerMessage(offered, false).entities ?? [];
    expect([entity?.additionalType, more]).toEqual([['AIGeneratedContent'], []]);
    expect(entity).not.toHaveProperty('citation');
  });

  it('keeps the label when it is cut to twenty citations', () => {
    const citations = Array.from({ length: 25 }, (_, i) => aCitation(i + 1, `Sentence ${i + 1}.`));
    const [entity] =
      answerMessage({ ...anAnswer('answered', citations), chosenBy }, false).entities ?? [];
    expect(entity?.additionalType).toEqual(['AIGeneratedContent']);
  });

  it('shows the same as one by code only where all but the label is the same', () => {
    expect(showsTheSame(byCode, byModel)).toBe(true);
    expect(showsTheSame(byCode, { ...byModel, missing: ['bail'] })).toBe(false);
    expect(showsTheSame(byCode, { ...byModel, kind: 'partly' })).toBe(false);
    expect(showsTheSame(byCode, anAnswer('answered', [aCitation(1, 'Other words.')]))).toBe(false);
  });
});

describe('an answer that strains the limits', () => {
  it('with more than twenty citations leaves out the blocks whose numbers Teams would not show', () => {
    const citations = Array.from({ length: 25 }, (_, i) => aCitation(i + 1, `Sentence ${i + 1}.`));
    const whole = anAnswer('urgent', citations);
    const shown = whole.shown.map((passage) => ({
      ...passage,
      blocks: [0, 7, 14, 18].map((from, i, all) => ({
        lead: citations
          .slice(from, all[i + 1])
          .map(({ quote, n }) => ({ text: quote, citations: [n] })),
        items: [],
      })),
    }));
    const message = answerMessage({ ...whole, shown }, false);
    const upTo18 = Array.from({ length: 18 }, (_, i) => i + 1);
    expect(claimsOf(message).map(({ position }) => position)).toEqual(upTo18);
    expect(numbersIn(message)).toEqual(upTo18);
    expect(message.text).not.toContain('Sentence 19.');
    expect(message.text).not.toContain('[19]');
  });

  it('leaves out an address that a source does not have', () => {
    const [claim] = claimsOf(answerMessage(anAnswer('answered', [aCitation(1, 'Words.')]), false));
    expect(claim?.appearance).not.toHaveProperty('url');
  });

  it.each<[string, number, string]>([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['one two three four', 10, 'one two…'],
    ['one two three', 9, 'one two…'],
    ['unbreakable-as-it-is', 10, 'unbreakab…'],
  ])('cuts “%s” to %i as “%s”', (words, most, expected) => {
    expect(cut(words, most)).toBe(expected);
  });

  it('never cuts through the middle of a letter', () => {
    expect(cut('👩👩👩👩👩', 6).isWellFormed()).toBe(true);
  });

  it.each<AnswerKind>(['not-covered', 'unclear', 'refused', 'withheld', 'urgent'])(
    '%s without anything shown has words, and neither entity nor numbers',
    (kind) => {
      const message = answerMessage(anAnswer(kind, []), false);
      expect(message.entities).toBeUndefined();
      expect(message.text?.length).toBeGreaterThan(10);
      expect(numbersIn(message)).toEqual([]);
    },
  );

  const names = (...ids: string[]) =>
    ids.map((id) => ({ passage: passageIdSchema.parse(id), heading: `About ${id}` }));
  const titlesOf = (answer: Answer) =>
    answerMessage(answer, false).suggestedActions?.actions.map(({ title, value }) => [
      title,
      value,
    ]);

  it('offers, one press away, what did not go on the screen, and says so', () => {
    const answer = anAnswer('answered', [aCitation(1, 'Words.')], { more: names('b', 'c') });
    expect(titlesOf(answer)).toEqual([
      ['Show the passage', 'show a-passage'],
      ['More: About b', 'show b'],
      ['More: About c', 'show c'],
    ]);
    expect(answerText(answer)).toContain(
      'More of this:\n\n• About b (show b)\n\n• About c (show c)',
    );
  });

  it('names a passage cut short by the limit of citations as having more', () => {
    const citations = Array.from({ length: 25 }, (_, i) => aCitation(i + 1, `Sentence ${i + 1}.`));
    const [whole] = anAnswer('urgent', citations).shown;
    const blocks = citations.map(({ quote, n }) => ({
      lead: [{ text: quote, citations: [n] }],
      items: [],
    }));
    const shown = whole ? [{ ...whole, blocks }] : [];
    const { text } = answerMessage(anAnswer('urgent', citations, { shown }), false);
    expect(text).toContain('• A heading (show a-passage)');
  });

  it('offers the nearest passages of what is not covered, then whom to ask with its source', () => {
    const answer = anAnswer('not-covered', [aCitation(1, 'Ask the unit.')], {
      nearest: names('b'),
    });
    expect(titlesOf(answer)).toEqual([
      ['About b', 'show b'],
      ['Start a screening', 'screen'],
    ]);
    const text = answerText(answer);
    expect(text.indexOf('• About b')).toBeLessThan(text.indexOf('Who to ask:'));
    expect(text.indexOf('Who to ask:')).toBeLessThan(text.indexOf('Ask the unit. [1]'));
  });

  it('says when a passage gives another figure, and when the question was in Welsh', () => {
    const answer = anAnswer('answered', [aCitation(1, 'Two years.')], {
      differing: names('b'),
      askedIn: 'welsh',
    });
    expect(answerText(answer)).toContain(phrases.askedInWelsh);
    expect(answerText(answer)).toContain(`${phrases.differing}\n\n• About b (show b)`);
  });

  it('offers what may have been meant as a question of its own', () => {
    const nearest = [
      { passage: passageIdSchema.parse('a-b'), heading: 'How long does an order last?' },
    ];
    const { suggestedActions } = answerMessage(anAnswer('unclear', [], { nearest }), false);
    expect(suggestedActions?.actions).toEqual([
      {
        type: 'imBack',
        title: 'How long does an order last?',
        value: 'Ask: How long does an order last?',
      },
    ]);
  });
});

describe('the text of an answer', () => {
  it('reads as a whole', () => {
    const answer = anAnswer(
      'partly',
      [aCitation(1, 'First.'), aCitation(2, 'Second.', 'Another')],
      {
        missing: ['fee'],
      },
    );
    expect(answerText(answer)).toBe(
      [
        'The guidance covers part of this.',
        '**A heading**',
        'First. [1] Second. [2]',
        'I hold nothing on: “fee”.',
        '**Sources**',
        `[1][2] ${aSourceOf('').publisher}, A title: section 1 (checked 20 September 2026)`,
      ].join('\n\n'),
    );
  });

  it('names what else was asked, to be asked by itself', () => {
    const answer = {
      ...anAnswer('answered', [aCitation(1, 'First.')]),
      leftOpen: ['what is FOUR', 'who pays'],
    };
    expect(answerText(answer)).toContain(
      'First. [1]\n\nNot answered here, ask it by itself: “what is FOUR”, “who pays”.\n\n**Sources**',
    );
  });

  it('keeps the link of a source whole whatever its title holds', () => {
    const source = {
      ...aSourceOf(''),
      title: 'DPP v Baker [2004] (Admin)',
      url: 'https://a.example/1',
    };
    const citation = { ...aCitation(1, 'Words.'), source };
    expect(answerText(anAnswer('answered', [citation]))).toContain(
      '[DPP v Baker \\[2004\\] \\(Admin\\)](https://a.example/1)',
    );
  });

  it('shows every statement of a passage byte for byte', () => {
    for (const passage of knowledge.passages.values()) {
      if (passage.status !== 'published') continue;
      const answer = ask({ question: passage.asks[0] ?? '', earlier: [] });
      const said = answerText(answer);
      for (const { blocks } of answer.shown) {
        for (const { text: words } of blocks.flatMap(({ lead, items }) => [...lead, ...items])) {
          expect(said).toContain(words);
        }
      }
    }
    expect(
      [...knowledge.passages.values()].flatMap(({ blocks }) => blocks.flatMap(statementsOf)).length,
    ).toBeGreaterThan(500);
  });
});

describe('fixed words', () => {
  it('carry neither thumbs nor citations, and a neutral summary', () => {
    expect(plainMessage(['One.', 'Two.'])).toEqual({
      type: 'message',
      text: 'One.\n\nTwo.',
      textFormat: 'markdown',
      summary: 'Message from Signpost',
    });
  });
});

describe('control characters', () => {
  it('typed by the thousand neither show nor make a card too large', () => {
    const view = viewAfter(
      firstContact,
      aReply('FC01', 'no'),
      aReply('FC11', text(longestControls)),
      {
        kind: 'back',
      },
    );
    const message = cardMessage(screeningCard(view, sayCites), 'Screening step');
    expect(bytesOf(message)).toBeLessThan(80 * 1_024);
    expect(JSON.stringify(message)).not.toContain('\\u0001');
  });
});
