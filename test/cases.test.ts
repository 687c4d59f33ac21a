import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summariseCase } from '../src/core/case-summary.js';
import type { CaseSummary, SummaryLine } from '../src/core/case-summary-schema.js';
import { caseIdSchema, type ScreeningId, screeningIdSchema, type UserId } from '../src/core/ids.js';
import type { Knowledge } from '../src/core/knowledge.js';
import {
  answerLead,
  changeReasons,
  notAskedWords,
  phrases,
  replyRefused,
} from '../src/core/phrases.js';
import { replay } from '../src/core/replay.js';
import { notAskedReasonSchema, type Value } from '../src/core/reply.js';
import type {
  Act,
  Position,
  RecordFields,
  Screening,
  ScreeningEvent,
} from '../src/core/screening.js';
import type { Field, Question, Script } from '../src/core/script.js';
import { summaryHeader, summaryMarkdown } from '../src/core/summary-markdown.js';
import { findWording } from '../src/core/wording.js';
import { whoeverIsOnIt } from '../src/flows/may-work-on.js';
import { findView } from '../src/flows/screening-view.js';
import { makeStartScreening } from '../src/flows/start-screening.js';
import { makeSummariseCase } from '../src/flows/summarise-case.js';
import { makeTakeReply, type TakenAct } from '../src/flows/take-reply.js';
import {
  anEvent,
  anna,
  aQuestion,
  aRecord,
  aReply,
  aScreening,
  aScript,
  ben,
  choice,
  choices,
  eventsOf,
  questionId,
  today,
} from './builders.js';
import { makeFakeAudit, makeFakeCases, makeFakePeople, makeFakeScreenings } from './fakes.js';
import { forbidden, officersField } from './forbidden-words.js';
import { loadReal, realScript, type Said, stringsIn, walkedScreening } from './real-knowledge.js';

/**
 * The sixteen cases the design names (screening design, section D), on the scripts that are shipped.
 * Over 200 lines, so that all of them are found in one place, in their order.
 */

const knowledge = await loadReal();
const firstContact = realScript(knowledge, 'first-contact');
const identification = realScript(knowledge, 'identification');
const indicators = realScript(knowledge, 'risk-indicators');
const cyber = realScript(knowledge, 'cyber-evidence');
const order = realScript(knowledge, 'protection-order');
const breach = realScript(knowledge, 'breach');
const plan = realScript(knowledge, 'needs-and-plan');

const declined: Value = { kind: 'declined' };
const listed: Value = { kind: 'listed', count: 0 };
const text = (words: string): Value => ({ kind: 'text', text: words });

type Part = { readonly script: Script; readonly screening: Screening };

/** What is pasted is printed as it came; reading it into rows is tested elsewhere. */
const noImport = () => ({ rows: [], remarks: [] });

/** A screening answered to its end, with the records that were made along the way. */
function part(script: Script, said: Said, rest?: Value, ...records: readonly Act[]): Part {
  const { events, ...screening } = walkedScreening(script, said, rest);
  const acts = [...events.map(({ act }) => act), ...records];
  return { script, screening: { ...screening, events: eventsOf(...acts) } };
}

function summaryOf(...parts: readonly Part[]): CaseSummary {
  return summaryWith([], ...parts);
}

function summaryWith(instruments: readonly string[], ...parts: readonly Part[]): CaseSummary {
  return summariseCase('SP-4K7Q-2M', parts, {
    sources: knowledge.sources,
    knowledgeVersion: 'abc123',
    on: today,
    names: new Map([[anna, 'PC Example']]),
    instruments,
    readImport: noImport,
  });
}

const markdownOf = (summary: CaseSummary) => summaryMarkdown(summary, 'PC Example');

/** Where a screening stands right after one question was answered, all before it as in `said` or not known. */
function rightAfter(script: Script, id: string, value: Value, said: Said = {}): Position {
  const { events } = walkedScreening(script, { ...said, [id]: value });
  const place = events.findIndex(({ act }) => act.kind === 'reply' && act.question === id);
  expect(place, `${id} is asked`).not.toBe(-1);
  return replay(script, events.slice(0, place + 1));
}

const levelsOf = ({ flags }: Pick<Position, 'flags'>) =>
  flags.map(({ level, question }) => `${level} ${question}`);

const linesOf = ({ sections }: CaseSummary) => sections.flatMap(({ lines }) => lines);
const sectionOf = ({ sections }: CaseSummary, id: string): readonly SummaryLine[] =>
  sections.find((section) => section.id === id)?.lines ?? [];

const indicationsIn = ({ indications }: CaseSummary): ReadonlyMap<string, string> =>
  new Map(indications.map(({ id, text: words }) => [id, words]));

const referral = expect.stringContaining('Offer a specialist stalking service');
const domesticAbuse = 'Domestic abuse: follow force policy in addition, never instead.';
const later =
  'Complete the questions marked not asked, not known or declined at the next safe contact.';
/** Says that less is to be done, or that a report matters less. */
const lowering =
  /\b(?:less|lower|low|minor|trivial|only|merely|no need|not needed|unfounded|close(?! it \(CL\))|closed|no concern|no risk|reassur\w*|nothing to)\b/i;
const notLess = 'Nothing here suggests the report should be treated as less serious.';

/** None of the acts that the Act lists. */
const noneListed = Object.fromEntries([...'abcdefg'].map((letter) => [`SI06${letter}`, 'no']));

describe('the cases the design names', () => {
  it('T1 FC01 unsure: red, only FC02 to FC09 open, and the rest not asked for danger', () => {
    const begun = replay(firstContact, eventsOf(aReply('FC01', 'unsure')));
    expect(levelsOf(begun)).toEqual(['red FC01']);
    expect(begun.messages).toEqual(['IDM-1', 'IDM-1n']);
    const open = begun.route.filter(({ state }) => state === 'open');
    expect(open.map(({ question }) => question.id)).toEqual([
      'FC02',
      'FC03',
      'FC04',
      'FC05',
      'FC06',
      'FC07',
      'FC08',
      'FC09',
    ]);

    const summary = summaryOf(part(firstContact, { FC01: 'unsure' }));
    expect(summary.screenings.map(({ state }) => state)).toEqual(['stopped for danger']);
    const rest = linesOf(summary).filter(({ from }) => from.question > 'FC09');
    expect(rest.map(({ from }) => from.question).sort()).toEqual([
      'FC10',
      'FC11',
      'FC12',
      'FC13',
      'FC14',
      'FC15',
      'FC16',
      'FC17',
      'FC18',
      'FC19',
      'FC20',
    ]);
    expect(rest.map(({ status, text: words }) => [status, words])).toEqual(
      rest.map(({ from }) => ['not asked', `Not asked (danger): ${from.ask}`]),
    );
  });

  it('T2 all answers not known: I-3, no lowering words, and tasks', () => {
    const summary = summaryOf(part(identification, {}));
    const indications = indicationsIn(summary);
    expect([...indications.keys()]).toEqual(['I-3', 'I-4', 'I-5']);
    expect(indications.get('I-3')).toContain(notLess);
    expect(summary.tasks).toEqual(
      expect.arrayContaining([referral, expect.stringContaining(officersField), later]),
    );
    const said = [
      ...linesOf(summary).map((line) => line.text),
      ...summary.tasks,
      ...summary.endings,
      ...summary.incomplete,
      ...[...indications.values()].map((words) => words.replace(notLess, '')),
    ];
    expect(said.length).toBeGreaterThan(30);
    expect(said.filter((words) => lowering.test(words))).toEqual([]);
    expect(new Set(linesOf(summary).map(({ status }) => status))).toEqual(new Set(['not known']));
  });

  it('T3 one incident: I-2, with the history task', () => {
    const one = { SI02: 'one', SI02b: 'no', SI06a: 'yes' };
    expect(rightAfter(identification, 'SI02', choice('one')).messages).toEqual(['M1']);
    const summary = summaryOf(part(identification, one));
    const indications = indicationsIn(summary);
    expect([...indications.keys()]).toEqual(['I-2', 'I-4', 'I-5']);
    expect(indications.get('I-2')).toMatch(
      /^At present one occasion is recorded\. This does not rule out stalking\. History search done: No\. Kinds of behaviour described: \(a\) following\./,
    );
    expect(summary.tasks).toContain(
      'History search: caller, suspect, address, phone and linked people.',
    );
  });

  it('T4 a neighbour who watches and posts, without following or a relationship: I-1 with (c) and (g)', () => {
    const summary = summaryOf(
      part(identification, {
        ...noneListed,
        SI02: 'two-to-five',
        SI05: 'neighbour',
        SI06c: 'yes',
        SI06g: 'yes',
        SI10: 'none-wanted',
      }),
    );
    const indications = indicationsIn(summary);
    expect([...indications.keys()]).toEqual(['I-1', 'I-4', 'I-5']);
    expect(indications.get('I-1')).toContain(
      'describe 2 kind(s) of behaviour that the Act lists as examples of acts associated with stalking ((c) publishing material; (g) watching or spying). Occasions reported: 2 to 5;',
    );
    expect(indications.get('I-1')).toContain(
      'consistent with a course of conduct that could amount to stalking.',
    );
    expect(summary.tasks).not.toContain(domesticAbuse);
  });

  it('T5 an ex-partner, messages only: I-1, domestic abuse in addition, and still the stalking referral', () => {
    const summary = summaryOf(
      part(identification, {
        ...noneListed,
        SI02: 'six-to-twenty',
        SI05: 'ex-partner',
        SI06b: 'yes',
        SI06b2: choices('messages'),
        SI10: 'wanted-at-first',
      }),
    );
    const indications = indicationsIn(summary);
    expect([...indications.keys()]).toEqual(['I-1', 'I-4', 'I-5']);
    expect(indications.get('I-1')).toContain('((b) contacting or attempting to contact)');
    expect(summary.tasks).toEqual(expect.arrayContaining([domesticAbuse, referral]));
    expect(linesOf(summary).map((line) => line.text)).toContain(
      'Relationship: Ex-partner. It does not affect whether this may be stalking.',
    );
  });

  describe('T6 anonymous online threat, from an account with no followers', () => {
    const threat = {
      CY09: 'yes',
      CY09b: choices('kill'),
      CY12: text('An account with no followers'),
    };

    it.each([
      ['no', ['amber CY09']],
      ['unsure', ['amber CY09', 'red CY09c']],
      ['yes', ['amber CY09', 'red CY09c']],
    ])('is amber, and red by how soon it is meant (%s)', (soon, levels) => {
      const position = rightAfter(cyber, 'CY09c', choice(soon), threat);
      expect(levelsOf(position)).toEqual(levels);
      expect(position.messages).toEqual(levels.length > 1 ? ['IDM-1', 'IDM-1n'] : []);
    });

    it('is shown IDM-5 at once, before anybody knows how soon', () => {
      expect(rightAfter(cyber, 'CY09', choice('yes')).messages).toEqual(['IDM-5']);
    });

    it('raises the same flags however large the audience is', () => {
      const flagsFor = (words: string) =>
        summaryOf(part(cyber, { ...threat, CY09c: 'no', CY12: text(words) })).flags;
      expect(flagsFor('An account with no followers')).toEqual(flagsFor('Millions follow it'));
    });

    it('is in the evidence: the account, the words, and each item kept', () => {
      const summary = summaryOf(
        part(identification, { SI04: 'no-idea' }),
        part(
          cyber,
          { ...threat, CY09c: 'no', CY09d: text('You are next'), CY11: listed },
          undefined,
          aRecord('CY11', 'Screenshot of the post'),
        ),
      );
      expect(summary.tasks).toContain(
        'Cyberstalking and digital evidence to be run if the contact is anonymous and online (CY12).',
      );
      expect(sectionOf(summary, 'S6').map((line) => line.text)).toEqual(
        expect.arrayContaining([
          'Handles/URLs: “An account with no followers”.',
          'Evidence register: “Screenshot of the post”.',
        ]),
      );
      expect(sectionOf(summary, 'S5').map((line) => line.text)).toEqual(
        expect.arrayContaining(['Online threat: Yes.', 'Online threat, words: “You are next”.']),
      );
    });
  });

  describe('T7 RI declined wholly', () => {
    const whollyDeclined = part(indicators, { RI23: text('Not yet.') }, declined);

    it('prints each indicator as declined, and none as a no', () => {
      const summary = summaryOf(whollyDeclined);
      const lines = sectionOf(summary, 'S5').filter(({ from }) => from.question !== 'RI23');
      expect(lines.length).toBeGreaterThanOrEqual(20);
      expect(lines.filter(({ status }) => status !== 'declined')).toEqual([]);
      expect(lines.filter((line) => !/\bdeclined\b/.test(line.text))).toEqual([]);
      const printed = indicationsIn(summary).get('R-1');
      expect(printed).toMatch(
        /^Indicators described: none\. Described as unsure: none\. Not described: none\./,
      );
      expect(printed).toContain('RI01 fear (declined); RI02 threats (declined)');
      expect(printed).toContain('a short list does not mean low concern');
    });

    it.each<[string, Part, string]>([
      ['First contact', part(firstContact, { FC01: 'yes' }), 'FC01'],
      ['Breach of an order', part(breach, { BR01: 'yes' }), 'BR01'],
      ['Cyberstalking', part(cyber, { CY07: 'yes', CY07b: 'yes' }), 'CY07, CY07b'],
    ])('still requires a plan for any red, here of %s', (_, red, questions) => {
      expect(summaryOf(whollyDeclined, red).incomplete).toContain(`Plan: no row for ${questions}.`);
    });

    it('has that plan once a row is made for the red matter', () => {
      const red = part(breach, { BR01: 'yes' });
      const row = aRecord('NE11h', {
        what: { kind: 'text', text: 'Patrol tonight' },
        for: { kind: 'choices', choices: ['BR01'] },
      });
      const { incomplete } = summaryOf(
        whollyDeclined,
        red,
        part(plan, { NE11h: listed }, undefined, row),
      );
      expect(incomplete.filter((words) => words.startsWith('Plan:'))).toEqual([]);
    });
  });

  describe('T8 order not found on the system', () => {
    const conduct = aRecord('BR03', 'He came to the gate');
    const reported = { BR02: 'restraining', BR03: listed, BR02c: 'no' };

    it.each<[string, Said]>([
      ['the terms are not held either', { BR02d: 'no' }],
      ['whether the terms are held is not known', {}],
      ['somebody says the terms are held', { BR02d: 'yes', BR03c: text('Not to come near') }],
    ])('makes no statement on a breach when %s', (_, said) => {
      const summary = summaryOf(part(breach, { ...reported, ...said }, undefined, conduct));
      const indications = indicationsIn(summary);
      expect([...indications.keys()]).toEqual(['B-2']);
      expect(indications.get('B-2')).toContain("do not tell the caller it is or isn't a breach");
      const own = [...indications.values(), ...linesOf(summary).map((line) => line.text)];
      const stated =
        /appears to touch|without reasonable excuse|\b(?:is|was) (?:in |a |no |not a )breach/i;
      expect(own.filter((words) => stated.test(words))).toEqual([]);
      expect(summary.tasks).toContain(
        'Find the order: search by name, victim and address, and ask the court or the force that holds it.',
      );
    });

    it('speaks of the term it appears to touch once order and terms are held, and still not of a breach', () => {
      const held = {
        BR02: 'spo',
        BR03: listed,
        BR02c: 'yes',
        BR02d: 'yes',
        BR03c: text('Not to come near'),
      };
      const indications = indicationsIn(summaryOf(part(breach, held, undefined, conduct)));
      expect([...indications.keys()]).toEqual(['B-1']);
      expect(indications.get('B-1')).toContain(
        'This appears to touch that term; whether it is a breach is for the officer and the court.',
      );
    });
  });

  it('T9 draft “just block him”: blocked (P1), with the alternative', () => {
    const [match, ...others] = findWording(knowledge.neverAdvise, 'just block him');
    expect(others).toEqual([]);
    expect(match).toMatchObject({ family: 'P1', level: 'block', start: 0 });
    const family = knowledge.neverAdvise.find(({ id }) => id === match?.family);
    expect(family?.insteadSay).toBe(
      'Please keep everything. Before anything is blocked or deleted, we will plan evidence and safety with you; the choice stays yours.',
    );
    expect(findWording(knowledge.neverAdvise, family?.insteadSay ?? 'just block him')).toEqual([]);
  });

  it('T10 SPO “not – other order exists”: M2, and the supervisor', () => {
    const said = { SPO10: 'not' };
    const position = rightAfter(order, 'SPO10d', choices('other-order-exists'), said);
    expect(position.messages).toEqual(['M2', 'IDM-5']);
    expect(levelsOf(position)).toEqual(['amber SPO10d']);
    const open = position.route.filter(({ state }) => state === 'open');
    const required = open
      .filter(({ question }) => question.mustAsk)
      .map(({ question }) => question.id);
    // Why, when it is reviewed, and which supervisor was told: none can be passed over.
    expect(required).toEqual(['SPO10e', 'SPO10g', 'SPO10h']);
    const summary = summaryOf(part(order, { ...said, SPO10d: choices('other-order-exists') }));
    expect(summary.tasks).toEqual(
      expect.arrayContaining([
        'Check the reason for not applying with legal services or your SPO lead, and record what they say.',
        'Set a date on which the decision on the stalking protection order is reviewed.',
      ]),
    );
    expect(sectionOf(summary, 'S1').map((line) => line.text)).toContain(
      'Supervisor told of the amber matter: not known.',
    );
  });

  it.each(['yes', 'unsure'])(
    'T11 suspect suicidal (%s): amber, and the message on both lives',
    (said) => {
      const position = rightAfter(indicators, 'RI14', choice(said));
      expect(levelsOf(position)).toEqual(['amber RI14']);
      expect(position.messages).toEqual(['IDM-5', 'BL-1']);
      expect(indicators.messages['BL-1']?.text).toContain(
        'Two lives may be at risk: the suspect’s own and the caller’s.',
      );
      const named = replay(
        firstContact,
        walkedScreening(firstContact, { FC01: 'no', FC07: choices('themselves') }).events,
      );
      expect(levelsOf(named)).toEqual(['amber FC07']);
    },
  );

  it('T12 victim suicidal in SI13b: IDM-3, and nothing else is asked', () => {
    const position = rightAfter(identification, 'SI13b', choices('sleep', 'ending-life'));
    expect(levelsOf(position)).toEqual(['red SI13b']);
    expect(position.messages).toEqual(['IDM-3']);
    expect(identification.messages['IDM-3']?.text).toBe(
      "Risk to the caller's own life. Follow your force policy for suicide risk now. Stay on the line. Tell a supervisor. This does not make the report less reliable.",
    );
    expect(position.at).toBeUndefined();
  });

  it('T13 second call, same address: earlier answers are shown, not asked again', async () => {
    const desk = makeDesk(knowledge);
    const told = {
      ...{ FC01: 'no', FC02: 'free', FC04: 'somewhere-else', FC10: 'text-first' },
      ...{ FC11: 'Text, after six', FC13: 'other-place', FC17: 'spo' },
    };
    const first = await desk.begin(anna);
    await desk.answerAll(first, anna, (id) => told[id as keyof typeof told]);

    desk.goTo('2026-11-24T09:30:00.000Z');
    const second = await desk.begin(ben, first);
    const view = await desk.see(second, ben);
    // What is asked of the moment is always asked; what was not known is no answer.
    expect([...view.held.keys()]).toEqual(['FC10', 'FC11', 'FC17', 'FC13'].sort(inScript));
    expect(view.held.get(questionId('FC13'))).toEqual({
      screening: first,
      question: 'FC13',
      at: '2026-11-20T14:05:00.000Z',
      by: anna,
      value: choice('other-place'),
    });
    expect(view.told.get(questionId('FC11'))).toBe('“Text, after six”');

    const asked = await desk.answerAll(second, ben, (id) => (id === 'FC01' ? 'no' : undefined));
    expect(asked.filter((id) => view.held.has(questionId(id)))).toEqual([]);
    const summary = await desk.summarise(second, ben);
    const confirmed = linesOf(summary).filter(({ from }) => from.heldFrom !== undefined);
    expect(
      confirmed.map(({ text: words, from }) => [words, from.screening, from.heldFrom]),
    ).toEqual(
      expect.arrayContaining([
        ['Call-back: Text first.', second, '2026-11-20T14:05:00.000Z'],
        ['Visit preference: Another place.', second, '2026-11-20T14:05:00.000Z'],
      ]),
    );
    expect(confirmed).toHaveLength(4);
    expect(markdownOf(summary)).toContain(
      'told on 20 November 2026 at 14:05 and found still right',
    );
  });

  it('T14 paper to the suspect with the victim’s address: IDM-7, at SPV02 and at the head of every summary', () => {
    for (const value of [text('Not the school road'), declined]) {
      expect(rightAfter(order, 'SPV02', value).messages).toEqual(['IDM-7']);
    }
    expect(order.messages['IDM-7']?.text).toBe(
      "Check every document for the victim's address, number, workplace, school, new name, photograph or car before it leaves.",
    );
    expect(summaryHeader('PC Example')).toBe(
      'Draft by PC Example with the assistant. Not a decision, risk grade or crime record. Not for disclosure until reviewed: check every document for the victim’s details before it leaves.',
    );
    const summary = summaryOf(part(order, { SPV02b: text('Her new car') }));
    expect(markdownOf(summary).split('\n')[2]).toBe(`*${summaryHeader('PC Example')}*`);
    expect(summary.tasks).toEqual(
      expect.arrayContaining([
        "Check every document for the victim's details before it leaves (IDM-7).",
        'Keep what is recorded at SPV02b out of every document that leaves.',
      ]),
    );
  });

  describe('T15 no loaded instrument', () => {
    const asked = part(indicators, {});

    it('is said beside the indicators: force instrument not loaded', () => {
      const summary = summaryOf(asked);
      expect(summary.notes).toEqual([phrases.instrumentNotLoaded]);
      expect(markdownOf(summary)).toContain('- Force instrument not loaded: Signpost holds none.');
    });

    it('gives way to the instrument’s name where one is loaded', () => {
      const { notes } = summaryWith(['Made-up Instrument'], asked);
      expect(notes).toEqual([phrases.instrumentLoaded('Made-up Instrument')]);
    });

    it('is not said where no indicators were asked', () => {
      expect(summaryOf(part(firstContact, { FC01: 'no' })).notes).toEqual([]);
    });

    it.each([
      ['2026-11-20', phrases.instrumentLoaded('Made-up Instrument')],
      ['2026-11-19', phrases.instrumentNotLoaded],
    ])('depends on the licence of the day (ends %s)', async (expiresOn, note) => {
      const instrument = aScript([aQuestion()], {
        name: 'made-up-instrument',
        licence: {
          ...{ kind: 'instrument', instrument: 'Made-up Instrument', owner: 'Nobody' },
          ...{ permission: 'None needed', users: 'Testers', training: 'None', expiresOn },
          notice: 'Made up for tests.',
        },
      });
      const desk = makeDesk({ ...knowledge, scripts: [...knowledge.scripts, instrument] });
      const id = await desk.begin(anna, undefined, 'risk-indicators');
      expect((await desk.summarise(id, anna)).notes).toEqual([note]);
    });
  });
});

const inScript = (a: string, b: string) =>
  firstContact.questions.findIndex(({ id }) => id === a) -
  firstContact.questions.findIndex(({ id }) => id === b);

/** The flows over stores in memory, and a clock that stands still until it is moved. */
function makeDesk(known: Knowledge) {
  let now = '2026-11-20T14:05:00.000Z';
  let count = 0;
  const next = () => {
    count += 1;
    return `activity-${count}`;
  };
  const uuid = (kind: string) =>
    `00000000-0000-4000-8000-${kind}${String(count).padStart(11, '0')}`;
  const clock = () => new Date(now);
  const casePeople = new Map();
  const screenings = makeFakeScreenings(casePeople);
  const cases = makeFakeCases(screenings, casePeople);
  const start = makeStartScreening(known, screenings, clock, {
    screening: () => screeningIdSchema.parse(uuid('a')),
    case: () => caseIdSchema.parse(uuid('c')),
    caseRef: () => 'SP-4K7Q-2M',
  });
  const takeReply = makeTakeReply(known, screenings, clock, () => undefined);
  const summarise = makeSummariseCase({
    knowledge: known,
    screenings,
    cases,
    people: makeFakePeople(),
    rolesOf: async () => ['officer'],
    audit: makeFakeAudit(),
    clock,
    readImport: noImport,
  });
  const see = async (id: ScreeningId, by: UserId) => {
    const view = await findView(known, screenings, id, by, whoeverIsOnIt);
    if (!view) throw new Error(`looking at screening ${id}: there is none`);
    return view;
  };
  return {
    see,
    goTo: (time: string) => {
      now = time;
    },
    begin: async (by: UserId, after?: ScreeningId, script = 'first-contact') => {
      const earlier = after && (await screenings.find(after));
      const caseOf = earlier ? { caseOf: earlier } : {};
      const started = await start({ script, by, ...caseOf, activityId: next() });
      if (started.kind !== 'started') throw new Error(`starting ${script}: ${started.kind}`);
      return started.id;
    },
    /** Confirms what is held, says what it is told to say, and not known to the rest. Returns what had to be asked. */
    answerAll: async (id: ScreeningId, by: UserId, say: (id: string) => string | undefined) => {
      const asked: string[] = [];
      for (;;) {
        const { position, held, screening } = await see(id, by);
        const question = position.at?.id;
        if (!question) return asked;
        const words = say(question);
        const given: TakenAct = words
          ? { kind: 'words', question, words }
          : { kind: 'absent', question, value: { kind: 'not-known' } };
        const act: TakenAct = held.has(question) ? { kind: 'confirm', question } : given;
        if (act.kind !== 'confirm') asked.push(question);
        const seen = screening.events.length;
        const taken = await takeReply({
          screening: id,
          by,
          client: 'card',
          activityId: next(),
          seen,
          act,
        });
        if (taken.kind !== 'saved') throw new Error(`replying to ${question}: ${taken.kind}`);
      }
    },
    summarise: async (id: ScreeningId, by: UserId) => {
      const drafted = await summarise(id, by);
      if (!drafted) throw new Error(`summarising ${id}: there is nothing`);
      return drafted.summary;
    },
  };
}

// T16.

/** Words that section C forbids the engine; a person may say them. */
const saidByPerson = 'He is a stalker, high risk, 80 %, confirmed';

/** A random value that fits the question or field, absent ones left out. */
function anyGiven({
  type,
  choices: offered,
}: Pick<Question, 'choices'> & Pick<Question | Field, 'type'>): fc.Arbitrary<Value> {
  const names = offered.map(({ value }) => value);
  switch (type) {
    case 'YN':
    case 'YNU':
    case 'MC':
      return fc.constantFrom(...names).map(choice);
    case 'MS':
      return fc.subarray(names, { minLength: 1 }).map((some) => choices(...some));
    case 'FT':
      return fc.constant(text(saidByPerson));
    case 'DT':
      return fc
        .tuple(
          fc.constantFrom('2026-08-31', '2026-11-19', '2024-01-01', '2026-12-02'),
          fc.constantFrom(
            'exact' as const,
            'about' as const,
            'month' as const,
            'year' as const,
            'before' as const,
          ),
        )
        .map(([day, precision]): Value => ({ kind: 'date', day, precision }));
    case 'N':
      return fc.nat(50).map((number): Value => ({ kind: 'number', number }));
    case 'CARD':
      return fc.constant(listed);
    default:
      return type satisfies never;
  }
}

const anyAbsent = fc.oneof(
  fc.constant<Value>({ kind: 'not-known' }),
  fc.constant<Value>({ kind: 'declined' }),
  fc
    .constantFrom(...notAskedReasonSchema.options)
    .map((reason): Value => ({ kind: 'not-asked', reason })),
);
const anyValue = (question: Question) =>
  fc.oneof({ weight: 3, arbitrary: anyGiven(question) }, { weight: 1, arbitrary: anyAbsent });

/** A random record: its first field, and some of the others. */
function anyRecord({ id, fields }: Question): fc.Arbitrary<Act> {
  const each = fields.map((field, place) => {
    const isOffered = field.choices.length > 0 || !['MC', 'MS', 'YNU'].includes(field.type);
    const given = isOffered ? anyGiven(field) : fc.constant(choices('CY07'));
    const value = fc.option(given, { nil: undefined, freq: place === 0 ? 1_000_000 : 3 });
    return value.map((one) => (one ? [[field.id, one] as const] : []));
  });
  return fc
    .tuple(...each)
    .map((filled) => aRecord(id, Object.fromEntries(filled.flat()) as RecordFields));
}

type Kind = Act['kind'];

/** A random walk: mostly replies and records, now and then anything else a person can press. */
function randomWalk(script: Script, gen: fc.GeneratorValue): readonly ScreeningEvent[] {
  const events: ScreeningEvent[] = [];
  const length = gen(() => fc.integer({ min: 0, max: 90 }));
  const lists = script.questions.filter(({ type }) => type === 'CARD');
  while (events.length < length) {
    const { at, awaitsReason } = replay(script, events);
    const kind = gen(() =>
      fc.constantFrom<Kind>(
        ...Array<'reply'>(25).fill('reply'),
        ...(['back', 'keep', 'pause', 'resume', 'danger', 'shorten', 'lengthen'] as const),
        ...(['record', 'record', 'record', 'strike', 'reason'] as const),
      ),
    );
    if (kind === 'reply' && !at) break;
    const act = actOf(kind, at, awaitsReason, lists, gen);
    events.push(anEvent({ seq: events.length + 1, act }));
  }
  return events;
}

function actOf(
  kind: Kind,
  at: Question | undefined,
  awaitsReason: string | undefined,
  lists: readonly Question[],
  gen: fc.GeneratorValue,
): Act {
  const list = lists.length > 0 ? gen(() => fc.constantFrom(...lists)) : undefined;
  switch (kind) {
    case 'reply':
      return at
        ? aReply(
            at.id,
            gen(() => anyValue(at)),
          )
        : { kind: 'keep' };
    case 'record':
      return list ? gen(() => anyRecord(list)) : { kind: 'keep' };
    case 'strike':
      return list ? { kind, question: list.id, number: 1 } : { kind: 'keep' };
    case 'reason': {
      const reason = gen(() => fc.constantFrom(...changeReasons));
      return awaitsReason ? { kind, question: questionId(awaitsReason), reason } : { kind: 'keep' };
    }
    case 'shorten':
      return { kind, reason: gen(() => fc.constantFrom(...notAskedReasonSchema.options)) };
    default:
      return { kind };
  }
}

function randomPart(script: Script, gen: fc.GeneratorValue): Part {
  const { name, version } = script;
  return {
    script,
    screening: aScreening({ script: name, version, events: randomWalk(script, gen) }),
  };
}

/** What the engine itself says: not what a source is called, nor what people said, which stands in quotation marks. */
function engineWords(texts: readonly string[]): string {
  return texts
    .join('\n')
    .replaceAll(`“${saidByPerson}”`, '')
    .replaceAll(officersField, '')
    .replaceAll('risk grade or crime record', '')
    .replaceAll('I never decide, score or predict', '');
}

/** Each forbidden word found, with what stands about it. */
const forbiddenIn = (words: string) =>
  forbidden.flatMap(([pattern]) => {
    const found = pattern.exec(words);
    return found ? [words.slice(Math.max(0, found.index - 40), found.index + 40)] : [];
  });

function ownTexts(summary: CaseSummary): readonly string[] {
  // Of an imported timeline nothing is the engine's: it is printed as it came, marked off as somebody's own.
  const { timeline, ...rest } = summary;
  const { imports: _imports, ...ours } = timeline ?? { imports: [] };
  const without = { ...rest, ours };
  const texts = JSON.parse(JSON.stringify(without, (key, value) => (key === 'cites' ? [] : value)));
  const markdown = (markdownOf(summary).split('## Sources')[0] ?? '')
    .split('\n')
    .filter((line) => !line.startsWith('> '));
  return [...stringsIn(texts), ...markdown];
}

const newest = [...new Set(knowledge.scripts.map(({ name }) => name))]
  .sort()
  .map((name) => [name, realScript(knowledge, name)] as const);

describe('T16 no word that grades, decides or reassures is typed by the engine', () => {
  it('knows all nine scripts', () => {
    expect(newest.map(([name]) => name)).toEqual([
      'breach',
      'closing',
      'cyber-evidence',
      'first-contact',
      'identification',
      'needs-and-plan',
      'protection-order',
      'risk-indicators',
      'timeline',
    ]);
  });

  it.each(knowledge.scripts.map((script) => [`${script.name} ${script.version}`, script] as const))(
    'in the words of %s',
    (_, script) => {
      // Notes to those who write scripts are never printed, and a source’s name is its publisher’s.
      const left = ['cites', 'changes'];
      const own = JSON.parse(
        JSON.stringify(script, (key, value) => (left.includes(key) ? [] : value)),
      );
      expect(stringsIn(own).length).toBeGreaterThan(60);
      expect(forbiddenIn(engineWords(stringsIn(own)))).toEqual([]);
    },
  );

  it('in the fixed phrases', () => {
    const said = Object.values(phrases).map((phrase) =>
      typeof phrase === 'function' ? sample(phrase as (given: never) => unknown) : phrase,
    );
    const all = stringsIn([said, answerLead, changeReasons, notAskedWords, replyRefused]);
    expect(all.length).toBeGreaterThan(80);
    expect(forbiddenIn(engineWords(all))).toEqual([]);
  });

  it.each(newest)('in the summary of any walk through %s', (_, script) => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const summary = summaryOf(randomPart(script, gen));
        expect(forbiddenIn(engineWords(ownTexts(summary)))).toEqual([]);
      }),
      { seed: 16, numRuns: 60, endOnFailure: true },
    );
  });

  it('in the summary of any case of several screenings', () => {
    fc.assert(
      fc.property(
        fc.gen(),
        fc.subarray([...newest], { minLength: 2, maxLength: 4 }),
        (gen, some) => {
          const summary = summaryOf(...some.map(([, script]) => randomPart(script, gen)));
          expect(forbiddenIn(engineWords(ownTexts(summary)))).toEqual([]);
        },
      ),
      { seed: 16, numRuns: 60, endOnFailure: true },
    );
  });

  it.each(newest)('while a person’s own words stay, always in quotation marks: %s', (_, script) => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const whole = randomPart(script, gen);
        const printed = stringsIn(summaryOf(whole).sections).join('\n');
        const count = (words: string) => printed.split(words).length - 1;
        expect(count(saidByPerson)).toBe(count(`“${saidByPerson}”`));
        const { standings, route } = replay(script, whole.screening.events);
        const typed = route.filter(
          ({ state, question }) =>
            state === 'replied' && standings.get(question.id)?.value.kind === 'text',
        );
        expect(count(saidByPerson)).toBeGreaterThanOrEqual(typed.length);
      }),
      { seed: 16, numRuns: 30, endOnFailure: true },
    );
  });

  it.each(newest)('nor is an absent answer printed as a no: %s', (_, script) => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const absent = linesOf(summaryOf(randomPart(script, gen))).filter(
          ({ status }) => status !== 'answered',
        );
        const rests = absent.map((line) => line.text.replace(line.from.ask, ''));
        expect(
          rests.filter((rest) => !/\bnot (?:known|asked|reached)\b|\bdeclined\b/i.test(rest)),
        ).toEqual([]);
        expect(rests.filter((rest) => /[:,] (?:no|none)\b/i.test(rest))).toEqual([]);
      }),
      { seed: 16, numRuns: 30, endOnFailure: true },
    );
  });
});

/** What a phrase says when it is given a word, or a reason where it wants one. */
function sample(phrase: (given: never) => unknown): unknown {
  const say = phrase as (given: string | number) => unknown;
  return [say('distress'), say('a word')];
}
