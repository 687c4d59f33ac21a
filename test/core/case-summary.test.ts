import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summariseCase } from '../../src/core/case-summary.js';
import {
  type CaseSummary,
  caseSummarySchema,
  type SummaryLine,
} from '../../src/core/case-summary-schema.js';
import { startableScripts } from '../../src/core/knowledge.js';
import { phrases } from '../../src/core/phrases.js';
import { replay } from '../../src/core/replay.js';
import { notAskedReasonSchema, type Value } from '../../src/core/reply.js';
import type {
  Act,
  FieldValue,
  Position,
  Screening,
  ScreeningEvent,
} from '../../src/core/screening.js';
import type { Field, Question, Script } from '../../src/core/script.js';
import { summaryHeader, summaryMarkdown } from '../../src/core/summary-markdown.js';
import {
  aCard,
  anEvent,
  anna,
  aQuestion,
  aRecord,
  aReply,
  aScreening,
  aScript,
  aSummaryContext,
  aTime,
  choice,
  choices,
  eventsOf,
  type QuestionInput,
  questionId,
  theList,
} from '../builders.js';
import { loadReal, realScript, type Said, stringsIn, walkedScreening } from '../real-knowledge.js';

const text = (words: string): Value => ({ kind: 'text', text: words });
const date = (day: string, precision: 'exact' | 'about' | 'month' | 'year' | 'before' = 'exact') =>
  ({ kind: 'date', day, precision }) as const;

const feeding = (line: string): QuestionInput['feeds'] => ({
  statement: 'S3',
  line,
  cites: ['cop-inv key points'],
});

function summaryOf(script: Script, ...acts: readonly Act[]): CaseSummary {
  const screening = aScreening({ events: eventsOf(...acts) });
  return summariseCase('SP-4K7Q-2M', [{ script, screening }], aSummaryContext());
}

function linesOf(summary: CaseSummary): readonly SummaryLine[] {
  return summary.sections.flatMap(({ lines }) => lines);
}

/** The one line of a summary that has one. */
function lineOf(script: Script, ...acts: readonly Act[]): SummaryLine {
  const lines = linesOf(summaryOf(script, ...acts));
  expect(lines).toHaveLength(1);
  const [line] = lines;
  if (!line) throw new Error('the summary has no line');
  return line;
}

describe('a line of the summary', () => {
  const asked = aScript([aQuestion({ feeds: feeding('Before: {answer}.') })]);

  it('names the reply it rests on, who gave it and when, and the guidance behind it', () => {
    expect(lineOf(asked, aReply('QA01', 'yes'))).toEqual({
      text: 'Before: Yes.',
      status: 'answered',
      from: {
        screening: '00000000-0000-4000-8000-000000000001',
        question: 'QA01',
        ask: 'Has it happened before?',
        saidBy: 'caller',
        said: 'Yes',
        by: anna,
        at: aTime,
        replaced: [],
      },
      cites: [
        {
          source: {
            id: 'cop-inv',
            publisher: 'College of Policing',
            title: 'Advice for investigators',
            url: 'https://www.college.police.uk/advice',
            checkedOn: '2026-11-20',
          },
          locator: 'key points',
        },
      ],
    });
  });

  it.each<[string, Value, string, SummaryLine['status']]>([
    ['a yes', choice('yes'), 'Before: Yes.', 'answered'],
    ['a no that was said', choice('no'), 'Before: No.', 'answered'],
    ['unsure', choice('unsure'), 'Before: Unsure.', 'answered'],
    ['not known', { kind: 'not-known' }, 'Before: not known.', 'not known'],
    ['declined', { kind: 'declined' }, 'Before: declined.', 'declined'],
    [
      'not asked for distress',
      { kind: 'not-asked', reason: 'distress' },
      'Not asked (distress): Has it happened before?',
      'not asked',
    ],
    [
      'not asked because it is held',
      { kind: 'not-asked', reason: 'already-held' },
      'Not asked (already held from earlier contact): Has it happened before?',
      'not asked',
    ],
  ])('prints %s', (_, value, words, status) => {
    const line = lineOf(asked, aReply('QA01', value));
    expect({ text: line.text, status: line.status }).toEqual({ text: words, status });
  });

  it('prints a question that was not reached as not asked, with nobody’s reply', () => {
    const { text: words, status, from } = lineOf(asked);
    expect({ words, status, said: from.said, by: from.by, at: from.at }).toEqual({
      words: 'Not asked (not reached): Has it happened before?',
      status: 'not reached',
      said: undefined,
      by: undefined,
      at: undefined,
    });
  });

  it('prints a question closed for danger with that reason', () => {
    const script = aScript([
      aQuestion({
        id: 'QA01',
        flags: [{ level: 'red', on: ['yes'], message: 'IDM-1', about: 'said so' }],
      }),
      aQuestion({ id: 'QA02', ask: 'Where do you work?' }),
    ]);
    const lines = linesOf(summaryOf(script, aReply('QA01', 'yes')));
    expect(lines.map((line) => [line.text, line.status])).toEqual([
      ['Before: Yes.', 'answered'],
      ['Not asked (danger): Where do you work?', 'not asked'],
    ]);
  });

  it('leaves out a question that does not apply', () => {
    const script = aScript([
      aQuestion({ id: 'QA01' }),
      aQuestion({ id: 'QA02', when: { question: 'QA01', is: ['yes'] } }),
    ]);
    expect(
      linesOf(summaryOf(script, aReply('QA01', 'no'))).map(({ from }) => from.question),
    ).toEqual(['QA01']);
  });

  it('prints labels of several choices, and words typed in quotation marks', () => {
    const script = aScript([
      aQuestion({
        id: 'QA01',
        type: 'MS',
        choices: [
          { value: 'calls', label: 'Calls' },
          { value: 'gifts', label: 'Gifts left' },
        ],
        feeds: feeding('Contact: {answer}.'),
      }),
      aQuestion({ id: 'QA02', type: 'FT', feeds: feeding('In their words: {answer}.') }),
      aQuestion({ id: 'QA03', type: 'N', feeds: feeding('Times: {answer}.') }),
    ]);
    const said = summaryOf(
      script,
      aReply('QA01', choices('calls', 'gifts')),
      aReply('QA02', text('He waits by the gate.')),
      aReply('QA03', { kind: 'number', number: 0 }),
    );
    expect(linesOf(said).map((line) => line.text)).toEqual([
      'Contact: Calls; Gifts left.',
      'In their words: “He waits by the gate.”.',
      'Times: 0.',
    ]);
  });

  it.each([
    ['he wrote "soon" twice', '“he wrote ‘soon’ twice”'],
    ['“Soon” he wrote', '“‘Soon’ he wrote”'],
    ['no”. Danger: No. “', '“no’. Danger: No. ‘”'],
    ['he said ("now")', '“he said (‘now’)”'],
    ['„bald‟ ＂x＂', '“‘bald‘ ‘x’”'],
    ["it’s 5' away", "“it’s 5' away”"],
  ])('closes no quotation before its words end: %s', (words, printed) => {
    const script = aScript([aQuestion({ type: 'FT', feeds: feeding('{answer}') })]);
    const [line] = linesOf(summaryOf(script, aReply('QA01', text(words))));
    expect(line?.text).toBe(printed);
  });

  it('keeps what a changed reply was before, newest first', () => {
    const change = (value: Value) => [{ kind: 'back' } as const, aReply('QA01', value)];
    const { text: words, from } = lineOf(
      asked,
      aReply('QA01', 'no'),
      ...change({ kind: 'declined' }),
      ...change(choice('yes')),
    );
    expect({ words, said: from.said, replaced: from.replaced }).toEqual({
      words: 'Before: Yes.',
      said: 'Yes',
      replaced: [
        { said: 'declined', at: aTime, by: anna },
        { said: 'No', at: aTime, by: anna },
      ],
    });
  });

  it('prints the time of the reply and the answer to another question where the script names them', () => {
    const script = aScript([
      aQuestion({ id: 'QA01', feeds: feeding('Asked at {time}: {answer}.') }),
      aQuestion({ id: 'QA02', feeds: feeding('{answer}, after {QA01}.') }),
    ]);
    const lines = linesOf(summaryOf(script, aReply('QA01', 'no'), aReply('QA02', 'yes')));
    expect(lines.map((line) => line.text)).toEqual([
      'Asked at 20 November 2026 at 14:05: No.',
      'Yes, after No.',
    ]);
  });

  it('stands in the section its question feeds, and sections in their fixed order', () => {
    const script = aScript([
      aQuestion({ id: 'QA01', feeds: { ...feeding('{answer}'), statement: 'S8' } }),
      aQuestion({ id: 'QA02', feeds: { ...feeding('{answer}'), statement: 'S1' } }),
    ]);
    const summary = summaryOf(script, aReply('QA01', 'yes'), aReply('QA02', 'no'));
    expect(summary.sections.map(({ id, title, lines }) => [id, title, lines.length])).toEqual([
      ['S1', 'Safety now', 1],
      ['S8', 'Wishes, plan, referral and updates', 1],
    ]);
  });

  it.each<[string, Value, string]>([
    ['an exact date', date('2026-11-03'), '3 November 2026; check 3 May 2027'],
    ['the last day of August', date('2026-08-31'), '31 August 2026; check 28 February 2027'],
    ['about a date', date('2026-11-03', 'about'), 'about 3 November 2026; check about 3 May 2027'],
    [
      'a month, from its first day',
      date('2026-03-01', 'month'),
      'March 2026; check 1 September 2026',
    ],
    ['a year, from its first day', date('2025-01-01', 'year'), '2025; check 1 July 2025'],
    [
      'some time before',
      date('2026-01-01', 'before'),
      'before 1 January 2026; check before 1 July 2026',
    ],
    ['no date at all', { kind: 'not-known' }, 'not known; check not worked out'],
  ])('works out the check date six months on from %s', (_, value, words) => {
    const script = aScript([
      aQuestion({ type: 'DT', feeds: feeding('{answer}; check {plusSixMonths}') }),
    ]);
    expect(lineOf(script, aReply('QA01', value)).text).toBe(words);
  });
});

describe('the summary', () => {
  it('tells how each screening stands', () => {
    const script = aScript([
      aQuestion({ flags: [{ level: 'red', on: ['yes'], message: 'IDM-1', about: 'said so' }] }),
    ]);
    const states = [[], [aReply('QA01', 'no')], [aReply('QA01', 'yes')]].map(
      (acts) => summaryOf(script, ...acts).screenings[0]?.state,
    );
    expect(states).toEqual(['unfinished', 'finished', 'stopped for danger']);
  });

  it.each<[string, readonly Act[], readonly string[]]>([
    ['nothing was said', [], ['A script: no answer to QA01.']],
    ['it is not known', [aReply('QA01', { kind: 'not-known' })], ['A script: no answer to QA01.']],
    ['it was declined', [aReply('QA01', { kind: 'declined' })], ['A script: no answer to QA01.']],
    ['no was said', [aReply('QA01', 'no')], []],
  ])('is incomplete or not when %s', (_, acts, incomplete) => {
    expect(summaryOf(aScript([aQuestion()]), ...acts).incomplete).toEqual(incomplete);
  });

  it('lists flags with what was described, and that DANGER was pressed', () => {
    const script = aScript([
      aQuestion({ flags: [{ level: 'note', on: ['yes'], about: 'said it happened before' }] }),
    ]);
    const { flags } = summaryOf(script, aReply('QA01', 'yes'), { kind: 'danger' });
    expect(
      flags.map(({ level, question, about, screening }) => [level, question, about, screening]),
    ).toEqual([
      ['note', 'QA01', 'said it happened before', aScreening().id],
      ['red', undefined, 'DANGER was pressed', aScreening().id],
    ]);
  });

  it('lists each task once, and asks for absent answers at the next contact', () => {
    const task = { on: ['yes'], text: 'Search the history.' };
    const script = aScript(
      [
        aQuestion({ id: 'QA01', tasks: [task] }),
        aQuestion({ id: 'QA02', tasks: [task] }),
        aQuestion({ id: 'QA03' }),
      ],
      { tasks: ['Offer a specialist service.'] },
    );
    const acts = [aReply('QA01', 'yes'), aReply('QA02', 'yes')];
    expect(summaryOf(script, ...acts, aReply('QA03', { kind: 'declined' })).tasks).toEqual([
      'Search the history.',
      'Offer a specialist service.',
      'Complete the questions marked not asked, not known or declined at the next safe contact.',
    ]);
    expect(summaryOf(script, ...acts, aReply('QA03', 'no')).tasks).toEqual([
      'Search the history.',
      'Offer a specialist service.',
    ]);
  });

  it('is the same for the same replies', () => {
    const script = aScript([aQuestion({ id: 'QA01' }), aQuestion({ id: 'QA02', type: 'FT' })]);
    const make = () => summaryOf(script, aReply('QA01', 'yes'), aReply('QA02', text('Words.')));
    expect(make()).toEqual(make());
    expect(summaryMarkdown(make(), 'PC Example')).toBe(summaryMarkdown(make(), 'PC Example'));
  });

  it('joins the screenings of a case in the order they were begun, and says each ending once', () => {
    const first = aScript([aQuestion({ id: 'QA01' })], { name: 'one', title: 'The first' });
    const second = aScript([aQuestion({ id: 'QB01' })], { name: 'two', title: 'The second' });
    const parts = [
      {
        script: first,
        screening: aScreening({ script: 'one', events: eventsOf(aReply('QA01', 'no')) }),
      },
      { script: second, screening: aScreening({ script: 'two', events: [] }) },
    ];
    const summary = summariseCase('SP-4K7Q-2M', parts, aSummaryContext());
    expect(summary.screenings.map(({ title, state }) => [title, state])).toEqual([
      ['The first', 'finished'],
      ['The second', 'unfinished'],
    ]);
    expect(linesOf(summary).map(({ from }) => from.question)).toEqual(['QA01', 'QB01']);
    expect(summary.incomplete).toEqual(['The second: no answer to QB01.']);
    expect(summary.endings).toEqual(['This is a prompt.']);
  });
});

describe('records in the summary', () => {
  const listing = aScript([aCard(), aQuestion({ id: 'QA01' })]);
  const strike = (number: number): Act => ({
    kind: 'strike',
    question: questionId('QC01'),
    number,
  });
  const linesAfter = (...acts: readonly Act[]) =>
    linesOf(summaryOf(listing, ...acts)).filter(({ from }) => from.question === 'QC01');

  it('are a line each, with their number, their words and who took them down', () => {
    const lines = linesAfter(
      aRecord('QC01', {
        what: { kind: 'text', text: 'He waited' },
        when: date('2026-03-01', 'month'),
      }),
      aRecord('QC01', 'A call'),
      theList('QC01'),
    );
    expect(lines.map(({ text: words, status, from }) => [words, status, from.record])).toEqual([
      ['Incident: “He waited”; When: March 2026.', 'answered', 1],
      ['Incident: “A call”.', 'answered', 2],
    ]);
    expect(lines[0]?.from).toEqual({
      screening: aScreening().id,
      question: 'QC01',
      ask: 'What has happened?',
      saidBy: 'caller',
      record: 1,
      said: '“He waited”; When: March 2026',
      by: anna,
      at: aTime,
      replaced: [],
    });
  });

  it('are printed though the list was not ended', () => {
    expect(linesAfter(aRecord('QC01', 'A call')).map((line) => line.text)).toEqual([
      'Incident: “A call”.',
    ]);
  });

  it('that were struck are left out, and the others keep their numbers', () => {
    const acts = [aRecord('QC01', 'One'), aRecord('QC01', 'Two'), strike(1), theList('QC01')];
    expect(linesAfter(...acts).map(({ text: words, from }) => [words, from.record])).toEqual([
      ['Incident: “Two”.', 2],
    ]);
  });

  it.each<[string, readonly Act[], string, SummaryLine['status']]>([
    ['an empty list', [theList('QC01')], 'Incident: none recorded.', 'answered'],
    [
      'a list whose only record was struck',
      [aRecord('QC01', 'One'), strike(1), theList('QC01')],
      'Incident: none recorded.',
      'answered',
    ],
    [
      'a list that is not known',
      [aReply('QC01', { kind: 'not-known' })],
      'Incident: not known.',
      'not known',
    ],
    ['no list', [], 'Not asked (not reached): What has happened?', 'not reached'],
  ])('of %s are told in one line', (_, acts, words, status) => {
    expect(linesAfter(...acts).map((line) => [line.text, line.status])).toEqual([[words, status]]);
  });

  it('say what they were before they were changed, and why', () => {
    const reason: Act = { kind: 'reason', question: questionId('QC01'), reason: 'misheard' };
    const [line] = linesAfter(aRecord('QC01', 'One'), aRecord('QC01', 'First', 1), reason);
    expect([line?.from.said, line?.from.reason, line?.from.replaced]).toEqual([
      '“First”',
      'misheard',
      [{ said: '“One”', at: aTime, by: anna }],
    ]);
  });
});

describe('a reply that no longer applies', () => {
  const forked = aScript([
    aQuestion({ id: 'QA01' }),
    aQuestion({ id: 'QA02', when: { question: 'QA01', is: ['yes'] } }),
    aCard({ when: { question: 'QA01', is: ['yes'] } }),
    aQuestion({ id: 'QA03', feeds: feeding('{answer}, with {QA02} and {QC01}.') }),
  ]);
  const acts = [
    aReply('QA01', 'yes'),
    aReply('QA02', 'no'),
    aRecord('QC01', 'A call'),
    aReply('QA01', 'no'),
    aReply('QA03', 'no'),
  ];

  it('is out of the sections, but named with its words, records among them', () => {
    const summary = summaryOf(forked, ...acts);
    expect(linesOf(summary).map(({ from }) => from.question)).toEqual(['QA01', 'QA03']);
    expect(summary.dropped.map(({ from, text: words }) => [from.question, words])).toEqual([
      ['QA02', 'Before: No.'],
      ['QC01', 'Incident: “A call”.'],
    ]);
    expect(summary.screenings[0]?.notApplicable).toEqual(['QA02', 'QC01']);
  });

  it('stands apart in the whole summary', () => {
    const markdown = summaryMarkdown(summaryOf(forked, ...acts), 'PC Example');
    const [before = '', after = ''] = markdown.split(`## ${phrases.droppedTitle}`);
    expect(before).not.toContain('A call');
    expect(after).toContain('- Before: No. *(QA02, answered;');
    expect(after).toContain('- Incident: “A call”. *(QC01 no. 1, answered;');
  });

  it('fills no line of another question', () => {
    const [, line] = linesOf(summaryOf(forked, ...acts));
    expect(line?.text).toBe('No, with not asked and not asked.');
  });

  it('is named nowhere once its question comes back', () => {
    const summary = summaryOf(forked, ...acts, aReply('QA01', 'yes'));
    expect(summary.dropped).toEqual([]);
    expect(linesOf(summary)).toHaveLength(4);
  });
});

describe('whose words a line holds', () => {
  const script = aScript([
    aQuestion({ id: 'QA01', feeds: feeding('Said: {answer}.') }),
    aQuestion({ id: 'QA02', aloud: false, feeds: feeding('Done: {answer}.') }),
    aQuestion({ id: 'QA03', saidBy: 'records', feeds: feeding('Held: {answer}.') }),
  ]);
  const summary = summaryOf(script, ...['QA01', 'QA02', 'QA03'].map((id) => aReply(id, 'yes')));

  it('is the caller’s where the question is read aloud, else the user’s, unless the script says', () => {
    expect(linesOf(summary).map(({ from }) => from.saidBy)).toEqual(['caller', 'user', 'records']);
  });

  it('is printed with what police systems hold apart from what was said', () => {
    const [, section = ''] = summaryMarkdown(summary, 'PC Example').split('## S3');
    const places = ['Said: Yes.', 'Done: Yes.', `**${phrases.policeRecords}**`, 'Held: Yes.'].map(
      (part) => section.indexOf(part),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(section).toContain('*(QA01, answered; caller, taken down by PC Anna Example,');
    expect(section).toContain('*(QA02, answered; PC Anna Example,');
  });

  it('has no heading for police records where there are none', () => {
    const markdown = summaryMarkdown(summaryOf(aScript([aQuestion()])), 'PC Example');
    expect(markdown).not.toContain(phrases.policeRecords);
  });
});

describe('an answer that was told earlier and is still right', () => {
  const told = '2026-03-01T10:00:00.000Z';
  const confirmed: Act = {
    kind: 'reply',
    question: questionId('QA01'),
    value: choice('yes'),
    held: { screening: aScreening().id, question: questionId('QB01'), at: told },
  };
  const summary = summaryOf(aScript([aQuestion()]), confirmed);

  it('says when it was told, beside when it was confirmed', () => {
    const [line] = linesOf(summary);
    expect([line?.from.heldFrom, line?.from.at]).toEqual([told, aTime]);
    expect(summaryMarkdown(summary, 'PC Example')).toContain(
      '20 November 2026 at 14:05; told on 1 March 2026 at 10:00 and found still right)*',
    );
  });
});

describe('a summary of the short set', () => {
  const script = aScript([
    aQuestion({ id: 'QA01', short: true }),
    aQuestion({ id: 'QA02', ask: 'Where do you work?' }),
  ]);
  const shorten: Act = { kind: 'shorten', reason: 'call-ended' };

  it('says why the rest was not asked, and asks for a time to do so', () => {
    const summary = summaryOf(script, shorten, aReply('QA01', 'no'));
    expect(linesOf(summary).map((line) => [line.text, line.status])).toEqual([
      ['Before: No.', 'answered'],
      ['Not asked (call ended; short set only): Where do you work?', 'not asked'],
    ]);
    expect(summary.screenings[0]?.state).toBe('short set only');
    expect(summary.tasks).toEqual([
      'Only the short set was asked: agree a time for the rest at the next safe contact.',
      'Complete the questions marked not asked, not known or declined at the next safe contact.',
    ]);
  });

  it('says nothing of it once the rest was asked', () => {
    const acts = [aReply('QA01', 'no'), aReply('QA02', 'no')];
    const summary = summaryOf(script, shorten, { kind: 'lengthen' }, ...acts);
    expect([summary.screenings[0]?.state, summary.tasks]).toEqual(['finished', []]);
  });

  it('is unfinished while one of its questions is open', () => {
    expect(summaryOf(script, shorten).screenings[0]?.state).toBe('unfinished');
  });
});

describe('a plan', () => {
  const owners = [
    { value: 'us', label: 'The police' },
    { value: 'them', label: 'The advocate' },
  ];
  const flagged = (id: string, level: 'red' | 'amber' | 'note'): QuestionInput =>
    aQuestion({ id, flags: [{ level, on: ['yes'], message: 'IDM-1', about: `said ${id}` }] });
  const row = (...matters: readonly string[]) =>
    aRecord('QC01', {
      what: { kind: 'text', text: 'Change the locks' },
      for: { kind: 'choices', choices: [...matters] },
    });
  const rows = aCard({
    holds: 'plan',
    fields: [
      { id: 'what', label: 'What is done', type: 'FT' },
      { id: 'for', label: 'For which matter', type: 'MS', choicesFrom: 'flags' },
      { id: 'owner', label: 'By whom', type: 'MC', choices: owners },
      { id: 'by', label: 'By when', type: 'DT', ahead: true },
    ],
  });
  const questions = [flagged('QA01', 'amber'), flagged('QA02', 'amber'), flagged('QA03', 'note')];
  const all = ['QA01', 'QA02', 'QA03'].map((id) => aReply(id, 'yes'));
  const incompleteWith = (needsPlan: boolean, ...acts: readonly Act[]) =>
    summaryOf(aScript([...questions, rows], { needsPlan }), ...all, ...acts).incomplete;

  it('that lacks a row for a red or amber matter leaves the summary incomplete', () => {
    expect(incompleteWith(true)).toEqual(['Plan: no row for QA01, QA02.']);
    expect(incompleteWith(true, row('QA02'))).toEqual(['Plan: no row for QA01.']);
    expect(incompleteWith(true, row('QA02'), row('QA01'))).toEqual([]);
    expect(incompleteWith(true, row('QA01', 'QA02'))).toEqual([]);
  });

  it('is not asked for by a script that needs none', () => {
    expect(incompleteWith(false)).toEqual([]);
  });

  it('counts no row that was struck', () => {
    const strike: Act = { kind: 'strike', question: questionId('QC01'), number: 1 };
    expect(incompleteWith(true, row('QA01', 'QA02'), strike)).toEqual([
      'Plan: no row for QA01, QA02.',
    ]);
  });

  it('of one screening covers the matters of another in the same case', () => {
    const parts = [
      {
        script: aScript(questions, { needsPlan: true }),
        screening: aScreening({ events: eventsOf(...all) }),
      },
      {
        script: aScript([rows], { minimum: ['QC01'] }),
        screening: aScreening({ events: eventsOf(row('QA01', 'QA02'), theList('QC01')) }),
      },
    ];
    expect(summariseCase('SP-4K7Q-2M', parts, aSummaryContext()).incomplete).toEqual([]);
    expect(summariseCase('SP-4K7Q-2M', parts.slice(0, 1), aSummaryContext()).incomplete).toEqual([
      'Plan: no row for QA01, QA02.',
    ]);
  });
});

describe('a task', () => {
  it('may name the answer it rests on, and another', () => {
    const tasks = [{ on: ['given'], text: 'Ask again on {answer}, through {QA01}.' }];
    const script = aScript([
      aQuestion({ id: 'QA01', type: 'FT' }),
      aQuestion({ id: 'QA02', type: 'DT', ahead: true, tasks }),
    ]);
    const acts = [aReply('QA01', text('the "advocate"')), aReply('QA02', date('2026-12-03'))];
    const summary = summaryOf(script, ...acts);
    expect(summary.tasks).toEqual(['Ask again on 3 December 2026, through “the ‘advocate’”.']);
    expect(summaryMarkdown(summary, '*')).toContain('through “the ‘advocate’”.');
  });

  it('keeps somebody’s words as words in the whole summary', () => {
    const tasks = [{ on: ['given'], text: 'Ask {answer}.' }];
    const script = aScript([aQuestion({ type: 'FT', tasks })]);
    const markdown = summaryMarkdown(summaryOf(script, aReply('QA01', text('[x](y)'))), 'PC');
    expect(markdown).toContain('- Ask “\\[x\\](y)”.');
  });

  it('is left by a list that holds something, or by one that holds nothing', () => {
    const tasks = [
      { on: ['given'], text: 'Secure what is listed ({answer}).' },
      { on: ['none'], text: 'Ask again what there is.' },
    ];
    const script = aScript([aCard({ tasks })]);
    expect(summaryOf(script, aRecord('QC01', 'A letter'), theList('QC01')).tasks).toEqual([
      'Secure what is listed (1 recorded).',
    ]);
    expect(summaryOf(script, theList('QC01')).tasks).toEqual(['Ask again what there is.']);
  });
});

describe('the note on the force’s own instrument', () => {
  const beside = aScript([aQuestion()], { besideInstrument: true });
  const notesWith = (script: Script, ...instruments: readonly string[]) =>
    summariseCase(
      'SP-4K7Q-2M',
      [{ script, screening: aScreening() }],
      aSummaryContext({ instruments }),
    ).notes;

  it('says that none is loaded, or names those that are', () => {
    expect(notesWith(beside)).toEqual([phrases.instrumentNotLoaded]);
    expect(notesWith(beside, 'The checklist', 'The other')).toEqual([
      phrases.instrumentLoaded('The checklist, The other'),
    ]);
  });

  it('is not printed beside a script that stands alone', () => {
    expect(notesWith(aScript([aQuestion()]), 'The checklist')).toEqual([]);
  });
});

describe('the kinds an indication lists', () => {
  const script = aScript(
    [
      aQuestion({ id: 'QA01' }),
      aQuestion({ id: 'QA02' }),
      aQuestion({ id: 'QA03' }),
      aQuestion({ id: 'QA04' }),
      aQuestion({
        id: 'QA05',
        type: 'MS',
        choices: [
          { value: 'calls', label: 'Calls' },
          { value: 'neither', label: 'None of these', alone: true },
        ],
      }),
    ],
    {
      kinds: {
        QA01: 'following',
        QA02: 'watching',
        QA03: 'loitering',
        QA04: 'calling',
        QA05: 'posting',
      },
      indications: [
        {
          id: 'I-1',
          text: 'Yes: {kinds:described}. Unsure: {kinds:unsure}. No: {kinds:not-described}. Absent: {kinds:absent}. All {count}: {kinds}.',
          rests: ['QA01'],
          cites: ['cop-inv key points'],
        },
      ],
    },
  );
  const said = (...acts: readonly Act[]) => summaryOf(script, ...acts).indications[0]?.text;

  it('stand apart by what became of each, and an absent one is in no other list', () => {
    expect(
      said(
        aReply('QA01', 'yes'),
        aReply('QA02', 'unsure'),
        aReply('QA03', 'no'),
        aReply('QA04', { kind: 'declined' }),
        aReply('QA05', choices('neither')),
      ),
    ).toBe(
      'Yes: following. Unsure: watching. No: loitering; posting. Absent: calling (declined). All 2: following; watching.',
    );
  });

  it('are “none” where there is none, never left blank', () => {
    const absent = 'following (not asked); watching (not asked); loitering (not asked)';
    expect(said()).toBe(
      `Yes: none. Unsure: none. No: none. Absent: ${absent}; calling (not asked); posting (not asked). All 0: none.`,
    );
  });
});

describe('the summary as Markdown', () => {
  const script = aScript([
    aQuestion({ id: 'QA01' }),
    aQuestion({ id: 'QA02', type: 'FT', feeds: feeding('Their words: {answer}.') }),
  ]);
  const typed = (words: string) =>
    summaryMarkdown(
      summaryOf(script, aReply('QA01', 'no'), aReply('QA02', text(words))),
      'PC Example',
    );
  const lineWith = (markdown: string) =>
    markdown.split('\n').filter((line) => line.includes('Their words'));

  it('reads as a whole: header, what is missing first, lines with reply and source', () => {
    const markdown = summaryMarkdown(
      summaryOf(script, aReply('QA02', text('At the gate.'))),
      'PC Example',
    );
    expect(markdown).toBe(`# Case summary SP-4K7Q-2M

*Draft by PC Example with the assistant. Not a decision, risk grade or crime record. Not for disclosure until reviewed: check every document for the victim’s details before it leaves.*

**Incomplete — see absent answers.** A script: no answer to QA01.

- A script (version 1): unfinished

## S3 What is reported, and timeline

- Not asked (not reached): Has it happened before? *(QA01, not reached)* [1]
- Their words: “At the gate.”. *(QA02, answered; caller, taken down by PC Anna Example, 20 November 2026 at 14:05)* [1]

## Still to do

- Complete the questions marked not asked, not known or declined at the next safe contact.

## Sources

1. College of Policing, Advice for investigators, key points <https://www.college.police.uk/advice> (checked 20 November 2026)

Drawn up for 20 November 2026. Guidance version abc123.
`);
  });

  it.each([
    ['a link', '[tell me](https://evil.example)', '“\\[tell me\\](https\\://evil.example)”'],
    ['a bare address', 'see http://evil.example', '“see http\\://evil.example”'],
    ['an address without its scheme', 'see www.evil.example', '“see www\\.evil.example”'],
    ['an e-mail address', 'anna@evil.example', '“anna\\@evil.example”'],
    ['a mention', '<at>Anna</at>', '“\\<at\\>Anna\\</at\\>”'],
    ['HTML', '<b onclick=x>no</b>', '“\\<b onclick=x\\>no\\</b\\>”'],
    ['backticks', '``` `code`', '“\\`\\`\\` \\`code\\`”'],
    ['emphasis', '**no** _no_ ~~no~~', '“\\*\\*no\\*\\* \\_no\\_ \\~\\~no\\~\\~”'],
    ['an image', '![x](y)', '“!\\[x\\](y)”'],
    ['a table and a heading', '| a # b', '“\\| a \\# b”'],
    ['a backslash', 'C:\\*x', '“C:\\\\\\*x”'],
  ])('keeps %s as words', (_, words, shown) => {
    const lines = lineWith(typed(words));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(shown);
  });

  it.each([
    ['a line feed', '\n'],
    ['a carriage return', '\r'],
    ['both', '\r\n\r\n'],
    ['a line separator', '\u2028'],
    ['a paragraph separator', '\u2029'],
    ['a form feed', '\f'],
    ['a vertical tab', '\v'],
    ['next line', '\u0085'],
  ])('keeps words with %s on one line', (_, mark) => {
    const lines = lineWith(typed(`first${mark}# second${mark}- third`));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('“first \\# second - third”');
  });

  it.each([
    ['right-to-left override', '\u202e'],
    ['left-to-right embedding', '\u202a'],
    ['an isolate', '\u2067'],
    ['a right-to-left mark', '\u200f'],
    ['a zero-width space', '\u200b'],
    ['a byte order mark', '\ufeff'],
    ['a tag character', '\u{e0041}'],
    ['an escape', '\u001b'],
  ])('does not print %s, and says that something was left out', (_, mark) => {
    const markdown = typed(`safe${mark}ty`);
    expect(markdown).not.toContain(mark);
    expect(lineWith(markdown)[0]).toContain('“safety” (hidden characters left out)');
  });

  it('keeps an accent, an emoji joined of several, and Arabic as they are', () => {
    const words = 'Zoë 👩‍👧 مرحبا';
    expect(lineWith(typed(words))[0]).toContain(`“${words}”`);
  });

  it('prints the old value of a changed reply once, escaped like any other words', () => {
    const acts = [
      aReply('QA01', 'no'),
      aReply('QA02', text('*old*')),
      { kind: 'back' } as const,
      aReply('QA02', text('new')),
    ];
    const [line] = lineWith(summaryMarkdown(summaryOf(script, ...acts), 'PC Example'));
    expect(line).toBe(
      '- Their words: “new”. *(QA02, answered; caller, taken down by PC Anna Example, 20 November 2026 at 14:05; changed from “\\*old\\*” of 20 November 2026 at 14:05 by PC Anna Example: no reason given)* [1]',
    );
  });

  it('escapes the name of whoever prepared it', () => {
    const markdown = summaryMarkdown(
      summaryOf(script),
      '*PC* [x](https://evil.example)\n# Example',
    );
    expect(markdown).toContain(
      '*Draft by \\*PC\\* \\[x\\](https\\://evil.example) \\# Example with the assistant.',
    );
  });

  it('heads every summary with what it is not', () => {
    expect(summaryHeader('PC Example')).toMatch(
      /^Draft by PC Example .* Not a decision, risk grade/,
    );
  });
});

const knowledge = await loadReal();
const firstContact = realScript(knowledge, 'first-contact');
const identification = realScript(knowledge, 'identification');

const real = aSummaryContext({ sources: knowledge.sources });

function realSummary(script: Script, screening: Screening): CaseSummary {
  return summariseCase(screening.caseRef, [{ script, screening }], real);
}

function walkedSummary(script: Script, said: Said, rest?: Value): CaseSummary {
  return realSummary(script, walkedScreening(script, said, rest));
}

/** Words that section C forbids the engine; a person may say them. */
const saidByPerson = 'He is a stalker, high risk, 80 %, confirmed';

/** A random value that fits the question, absent ones included. */
function anyValue({ type, choices: offered }: Question): fc.Arbitrary<Value> {
  const absent = fc.oneof(
    fc.constant<Value>({ kind: 'not-known' }),
    fc.constant<Value>({ kind: 'declined' }),
    fc
      .constantFrom(...notAskedReasonSchema.options)
      .map((reason): Value => ({ kind: 'not-asked', reason })),
  );
  const names = offered.map(({ value }) => value);
  const given: Readonly<Record<Question['type'], () => fc.Arbitrary<Value>>> = {
    YN: () => fc.constantFrom(...names).map(choice),
    YNU: () => fc.constantFrom(...names).map(choice),
    MC: () => fc.constantFrom(...names).map(choice),
    MS: () => fc.subarray(names, { minLength: 1 }).map((some) => choices(...some)),
    FT: () => fc.constant(text(saidByPerson)),
    DT: () =>
      fc
        .constantFrom('exact', 'about', 'month', 'year', 'before')
        .map((p) => date('2026-08-31', p)),
    N: () => fc.nat(50).map((number): Value => ({ kind: 'number', number })),
    CARD: () => fc.constant<Value>({ kind: 'listed', count: 0 }),
  };
  return fc.oneof({ weight: 3, arbitrary: given[type]() }, { weight: 1, arbitrary: absent });
}

/** A record whose fields fit, some of them empty, in place of an earlier one or as one more. */
function anyRecord(question: Question, count: number): fc.Arbitrary<Act> {
  const [first, ...others] = question.fields;
  if (!first) throw new Error(`filling in ${question.id}: it has no fields`);
  const filledIn = (field: Field): fc.Arbitrary<FieldValue> => {
    const names = field.choices.map(({ value }) => value);
    if (field.type === 'FT') return fc.constant({ kind: 'text', text: saidByPerson });
    if (field.type === 'DT') return fc.constantFrom(date('2026-08-31', 'about'));
    if (field.type === 'MS')
      return fc
        .subarray(names, { minLength: 1 })
        .map((some) => ({ kind: 'choices', choices: some }));
    return fc.constantFrom(...names).map((name) => ({ kind: 'choice', choice: name }));
  };
  const filled = others
    .filter((field) => !field.choicesFrom)
    .map((field) => fc.option(filledIn(field).map((value) => [field.id, value] as const)));
  return fc
    .tuple(filledIn(first), fc.tuple(...filled), fc.nat(count))
    .map(([value, rest, number]) =>
      aRecord(
        question.id,
        Object.fromEntries([[first.id, value], ...rest.flatMap((one) => (one ? [one] : []))]),
        number > 0 ? number : undefined,
      ),
    );
}

/**
 * A random walk: mostly replies and records to what is asked, now and then back, keep, pause, resume, the short set,
 * a reason, a record struck or DANGER.
 */
function randomWalk(script: Script, gen: fc.GeneratorValue): readonly ScreeningEvent[] {
  const events: ScreeningEvent[] = [];
  const length = gen(() => fc.integer({ min: 0, max: 90 }));
  while (events.length < length) {
    const position = replay(script, events);
    const kind = gen(() => fc.constantFrom(...Array<'say'>(25).fill('say'), ...others, ...needing));
    if (kind === 'say' && !position.at) break;
    const act = gen(() => anyAct(position, kind));
    events.push(anEvent({ seq: events.length + 1, act }));
  }
  return events;
}

const others = ['back', 'keep', 'pause', 'resume', 'danger', 'lengthen'] as const;
/** What needs more than its name; without it, the reply is kept instead. */
const needing = ['shorten', 'reason', 'strike'] as const;

function anyAct(
  { at, records, awaitsReason }: Position,
  kind: 'say' | (typeof others)[number] | (typeof needing)[number],
): fc.Arbitrary<Act> {
  const count = at ? (records.get(at.id)?.length ?? 0) : 0;
  switch (kind) {
    case 'say': {
      if (!at) return fc.constant<Act>({ kind: 'keep' });
      const reply = anyValue(at).map((value) => aReply(at.id, value));
      return at.type === 'CARD' ? fc.oneof(anyRecord(at, count), reply) : reply;
    }
    case 'shorten':
      return fc
        .constantFrom(...notAskedReasonSchema.options)
        .map((reason): Act => ({ kind: 'shorten', reason }));
    case 'reason':
      return fc.constant<Act>(
        awaitsReason
          ? { kind: 'reason', question: awaitsReason, reason: 'New information' }
          : { kind: 'keep' },
      );
    case 'strike':
      return fc.constant<Act>(
        at && count > 0 ? { kind: 'strike', question: at.id, number: count } : { kind: 'keep' },
      );
    default:
      return fc.constant<Act>({ kind });
  }
}

/**
 * Walks tried of each script; more of those that every case begins with. A failure is told as it was met, since
 * shrinking a long walk takes longer than reading it.
 */
const walked = startableScripts(knowledge).map((script) => {
  const isFirst = script === firstContact || script === identification;
  return [script.title, script, isFirst ? 150 : 30] as const;
});

describe.each(walked)('any walk through %s', (_, script, numRuns) => {
  it('keeps a person’s own words, always in quotation marks', () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const events = randomWalk(script, gen);
        const screening = aScreening({ script: script.name, version: script.version, events });
        const printed = stringsIn(realSummary(script, screening).sections).join('\n');
        const count = (words: string) => printed.split(words).length - 1;
        expect(count(saidByPerson)).toBe(count(`“${saidByPerson}”`));
        const { standings, route } = replay(script, events);
        const onRoute = route.filter(
          ({ state, question }) =>
            state === 'replied' && standings.get(question.id)?.value.kind === 'text',
        );
        expect(count(saidByPerson)).toBeGreaterThanOrEqual(onRoute.length);
      }),
      { numRuns: numRuns * 0.4, endOnFailure: true },
    );
  });

  it('gives a summary that fits its published form', () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const events = randomWalk(script, gen);
        const screening = aScreening({ script: script.name, version: script.version, events });
        const summary = realSummary(script, screening);
        expect(caseSummarySchema.parse(summary)).toEqual(summary);
      }),
      { numRuns: numRuns * 0.4, endOnFailure: true },
    );
  });

  it('never reads an absent answer as no', () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const events = randomWalk(script, gen);
        const screening = aScreening({ script: script.name, version: script.version, events });
        const absent = linesOf(realSummary(script, screening)).filter(
          ({ status }) => status !== 'answered',
        );
        for (const line of absent) {
          const rest = line.text.replace(line.from.ask, '');
          expect(rest).toMatch(/\bnot (?:known|asked|reached)\b|\bdeclined\b/i);
          expect(rest).not.toMatch(/[:,] (?:no|none)\b/i);
        }
      }),
      { numRuns: numRuns * 0.4, endOnFailure: true },
    );
  });
});

describe('the real scripts', () => {
  it('print every line with at least one source', () => {
    const lines = [firstContact, identification].flatMap((script) =>
      linesOf(walkedSummary(script, {})),
    );
    expect(lines.length).toBeGreaterThan(40);
    expect(lines.filter(({ cites }) => cites.length === 0)).toEqual([]);
  });

  it('leave no placeholder unfilled', () => {
    const texts = [firstContact, identification].flatMap((script) => {
      const summary = walkedSummary(script, { SI02: 'one' });
      return [...linesOf(summary), ...summary.indications].map((line) => line.text);
    });
    expect(texts.filter((words) => /\{\w/.test(words))).toEqual([]);
  });

  it('name the question that each line answers', () => {
    const screening = walkedScreening(firstContact, { FC01: 'no' });
    const ids = linesOf(realSummary(firstContact, screening)).map(({ from }) => from.question);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(questionId('FC20'));
  });
});
