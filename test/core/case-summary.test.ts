import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaseSummary, type SummaryLine, summariseCase } from '../../src/core/case-summary.js';
import { replay } from '../../src/core/replay.js';
import { notAskedReasonSchema, type Value } from '../../src/core/reply.js';
import type { Act, Screening, ScreeningEvent } from '../../src/core/screening.js';
import type { Question, Script } from '../../src/core/script.js';
import { summaryHeader, summaryMarkdown } from '../../src/core/summary-markdown.js';
import {
  anEvent,
  anna,
  aQuestion,
  aReply,
  aScreening,
  aScript,
  aSource,
  aTime,
  choice,
  choices,
  eventsOf,
  type QuestionInput,
  questionId,
} from '../builders.js';
import { forbidden, officersField } from '../forbidden-words.js';
import { loadReal, realScript, type Said, stringsIn, walkedScreening } from '../real-knowledge.js';

const sources = new Map([[aSource().id, aSource()]]);
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
  return summariseCase('SP-4K7Q-2M', [{ script, screening }], sources, 'abc123');
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
    const summary = summariseCase('SP-4K7Q-2M', parts, sources, 'abc123');
    expect(summary.screenings.map(({ title, state }) => [title, state])).toEqual([
      ['The first', 'finished'],
      ['The second', 'unfinished'],
    ]);
    expect(linesOf(summary).map(({ from }) => from.question)).toEqual(['QA01', 'QB01']);
    expect(summary.incomplete).toEqual(['The second: no answer to QB01.']);
    expect(summary.endings).toEqual(['This is a prompt.']);
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
- Their words: “At the gate.”. *(QA02, answered, 20 November 2026 at 14:05)* [1]

## Still to do

- Complete the questions marked not asked, not known or declined at the next safe contact.

## Sources

1. College of Policing, Advice for investigators, key points <https://www.college.police.uk/advice> (checked 20 November 2026)

Guidance version abc123.
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
      '- Their words: “new”. *(QA02, answered, 20 November 2026 at 14:05; changed from “\\*old\\*” of 20 November 2026 at 14:05)* [1]',
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

function realSummary(script: Script, screening: Screening): CaseSummary {
  return summariseCase(screening.caseRef, [{ script, screening }], knowledge.sources, 'abc123');
}

function walkedSummary(script: Script, said: Said, rest?: Value): CaseSummary {
  return realSummary(script, walkedScreening(script, said, rest));
}

function indicationsIn(summary: CaseSummary): ReadonlyMap<string, string> {
  return new Map(summary.indications.map(({ id, text: words }) => [id, words]));
}

const referral = expect.stringContaining('Offer a specialist stalking service');
/** Says that less is to be done, or that a report matters less. */
const lowering =
  /\b(?:less|lower|low|minor|trivial|only|merely|no need|not needed|unfounded|close(?! it \(CL\))|closed|no concern|no risk|reassur\w*|nothing to)\b/i;
const notLess = 'Nothing here suggests the report should be treated as less serious.';

describe('the cases the design names', () => {
  it('T1: unsure about danger is red, opens only FC02 to FC09, and the rest is not asked for danger', () => {
    const begun = replay(firstContact, eventsOf(aReply('FC01', 'unsure')));
    expect(begun.inDanger).toBe(true);
    expect(begun.messages).toEqual(['IDM-1', 'IDM-1n']);
    expect(
      begun.route.filter(({ state }) => state === 'open').map(({ question }) => question.id),
    ).toEqual(['FC02', 'FC03', 'FC04', 'FC05', 'FC06', 'FC07', 'FC08', 'FC09']);

    const summary = walkedSummary(firstContact, { FC01: 'unsure' });
    expect(summary.screenings.map(({ state }) => state)).toEqual(['stopped for danger']);
    const rest = linesOf(summary).filter(({ from }) => from.question > 'FC09');
    expect(rest.map(({ from }) => from.question)).toEqual([
      ...['FC19', 'FC10', 'FC11', 'FC12', 'FC13', 'FC14', 'FC15', 'FC16', 'FC18', 'FC17', 'FC20'],
    ]);
    for (const line of rest) {
      expect([line.status, line.text]).toEqual([
        'not asked',
        `Not asked (danger): ${line.from.ask}`,
      ]);
    }
  });

  it('T2: all answers not known give I-3, tasks, and no word that makes it less', () => {
    const summary = walkedSummary(identification, {});
    const indications = indicationsIn(summary);
    expect([...indications.keys()]).toEqual(['I-3', 'I-4', 'I-5']);
    expect(indications.get('I-3')).toContain(notLess);
    expect(summary.tasks).toEqual([
      referral,
      expect.stringContaining(officersField),
      expect.stringContaining('Before the contact ends, close it'),
      'Complete the questions marked not asked, not known or declined at the next safe contact.',
    ]);
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

  it('T3: one incident gives I-2 and the history task', () => {
    const summary = walkedSummary(identification, { SI02: 'one', SI02b: 'no', SI06a: 'yes' });
    const indications = indicationsIn(summary);
    expect([...indications.keys()]).toEqual(['I-2', 'I-4', 'I-5']);
    expect(indications.get('I-2')).toMatch(
      /^At present one occasion is recorded\. This does not rule out stalking\. History search done: No\. Kinds of behaviour described: \(a\) following\./,
    );
    expect(summary.tasks).toContain(
      'History search: caller, suspect, address, phone and linked people.',
    );
  });

  const others = Object.fromEntries([...'abcdefg'].map((letter) => [`SI06${letter}`, 'no']));

  it('T4: a neighbour who watches and posts, without following or a relationship, gives I-1 with (c) and (g)', () => {
    const summary = walkedSummary(identification, {
      ...others,
      SI02: 'two-to-five',
      SI05: 'neighbour',
      SI06c: 'yes',
      SI06g: 'yes',
      SI10: 'none-wanted',
    });
    const indications = indicationsIn(summary);
    expect([...indications.keys()]).toEqual(['I-1', 'I-4', 'I-5']);
    expect(indications.get('I-1')).toContain(
      'describe 2 kind(s) of behaviour that the Act lists as examples of acts associated with stalking ((c) publishing material; (g) watching or spying). Occasions reported: 2 to 5;',
    );
    expect(indications.get('I-1')).toContain(
      'consistent with a course of conduct that could amount to stalking.',
    );
    expect(summary.tasks).not.toContain(
      'Domestic abuse: follow force policy in addition, never instead.',
    );
  });

  it('T5: an ex-partner who only sends messages gives I-1, domestic abuse in addition, and the stalking referral', () => {
    const summary = walkedSummary(identification, {
      ...others,
      SI02: 'six-to-twenty',
      SI05: 'ex-partner',
      SI06b: 'yes',
      SI06b2: choices('messages'),
      SI10: 'wanted-at-first',
    });
    const indications = indicationsIn(summary);
    expect([...indications.keys()]).toEqual(['I-1', 'I-4', 'I-5']);
    expect(indications.get('I-1')).toContain('((b) contacting or attempting to contact)');
    expect(summary.tasks).toEqual(
      expect.arrayContaining([
        'Domestic abuse: follow force policy in addition, never instead.',
        referral,
      ]),
    );
    expect(linesOf(summary).map((line) => line.text)).toContain(
      'Relationship: Ex-partner. It does not affect whether this may be stalking.',
    );
  });
});

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
  };
  return fc.oneof({ weight: 3, arbitrary: given[type]() }, { weight: 1, arbitrary: absent });
}

/** A random walk: mostly replies to what is asked, now and then back, keep, pause, resume or DANGER. */
function randomWalk(script: Script, gen: fc.GeneratorValue): readonly ScreeningEvent[] {
  const events: ScreeningEvent[] = [];
  const length = gen(() => fc.integer({ min: 0, max: 90 }));
  while (events.length < length) {
    const { at } = replay(script, events);
    const kind = gen(() =>
      fc.constantFrom(
        ...Array<'reply'>(25).fill('reply'),
        'back',
        'keep',
        'pause',
        'resume',
        'danger',
      ),
    );
    if (kind === 'reply' && !at) break;
    const act: Act =
      kind === 'reply' && at
        ? aReply(
            at.id,
            gen(() => anyValue(at)),
          )
        : { kind: kind === 'reply' ? 'keep' : kind };
    events.push(anEvent({ seq: events.length + 1, act }));
  }
  return events;
}

describe.each([
  ['first contact', firstContact],
  ['identification', identification],
])('T16: any walk through %s', (_, script) => {
  it('prints no word of the engine that grades, decides or reassures', () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const screening = aScreening({
          script: script.name,
          version: script.version,
          events: randomWalk(script, gen),
        });
        const summary = realSummary(script, screening);
        // What a source is called is its publisher's, not the engine's.
        const own = {
          ...summary,
          sections: summary.sections.map(({ lines, ...section }) => ({
            ...section,
            lines: lines.map(({ cites: _cites, ...line }) => line),
          })),
          indications: summary.indications.map(({ cites: _cites, ...indication }) => indication),
        };
        const markdown = summaryMarkdown(summary, 'PC Example').split(`## Sources`)[0] ?? '';
        const said = [...stringsIn(own), markdown].map((words) =>
          words
            .replaceAll(`“${saidByPerson}”`, '')
            .replaceAll(officersField, '')
            .replaceAll('risk grade or crime record', ''),
        );
        for (const words of said)
          for (const [pattern] of forbidden) expect(words).not.toMatch(pattern);
      }),
      { numRuns: 150 },
    );
  });

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
      { numRuns: 60 },
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
      { numRuns: 60 },
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
