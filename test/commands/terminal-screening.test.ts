import { describe, expect, it } from 'vitest';
import { parseReplies } from '../../src/commands/replies-file.js';
import { openingWords, stepWords } from '../../src/commands/screen-words.js';
import { beginInTerminal, giveFiled } from '../../src/commands/terminal-screening.js';
import { caseSummarySchema } from '../../src/core/case-summary-schema.js';
import type { Script } from '../../src/core/script.js';
import { aKnowledge, aQuestion, aScript, aTime } from '../builders.js';

const clock = () => new Date(aTime);
const script = aScript(
  [
    aQuestion({
      id: 'QA01',
      danger: true,
      flags: [{ level: 'red', on: ['yes'], message: 'IDM-1', about: 'said it is now' }],
    }),
    aQuestion({ id: 'QA02', ask: 'What do you call it?', type: 'FT', aloud: false }),
    aQuestion({
      id: 'QA03',
      ask: 'What happened?',
      type: 'CARD',
      fields: [
        { id: 'what', label: 'What', type: 'FT' },
        { id: 'when', label: 'When', type: 'DT' },
      ],
    }),
    aQuestion({ id: 'QA04', when: { question: 'QA03', is: ['given'] } }),
  ],
  { messages: { 'IDM-1': { text: 'Stop now.', readAloud: 'Help first.' } } },
);

function begin(run: Script = script) {
  return beginInTerminal(aKnowledge({ scripts: [run] }), run, clock);
}

/** The summary's lines after the replies of a file, and why the file ended early if it did. */
async function outcomeOf(text: string) {
  const screening = await begin();
  const read = parseReplies(text);
  if (read.kind === 'refused') throw new Error(read.reason);
  const fault = await giveFiled(screening, read.replies);
  const { sections, screenings } = caseSummarySchema.parse(await screening.summary());
  const lines = sections.flatMap((section) => section.lines.map((line) => line.text));
  return { fault, lines, state: screenings[0]?.state };
}

describe('a screening in the terminal', () => {
  it('takes the replies of a file, ends a list when the file goes on, and gives the summary', async () => {
    expect(
      await outcomeOf(
        'QA01: 2\nQA02: a word: two\nQA03: He came on 3 November 2026\nQA03: He rang\nQA04: u\n',
      ),
    ).toEqual({
      fault: undefined,
      lines: [
        'Before: No.',
        'Before: “a word: two”.',
        'Before: “He came on 3 November 2026”; When: 3 November 2026.',
        'Before: “He rang”.',
        'Before: not known.',
      ],
      state: 'finished',
    });
  });

  it('takes records field by field, and ends their list at the end of the file', async () => {
    const { fault, lines, state } = await outcomeOf(
      'QA01: n\nQA02: s distress\nQA03:\n  - {what: He came, when: 2026}\n',
    );
    expect(fault).toBeUndefined();
    expect(lines).toEqual([
      'Before: No.',
      'Not asked (distress): What do you call it?',
      'Before: “He came”; When: 2026.',
      'Not asked (not reached): Has it happened before?',
    ]);
    expect(state).toBe('unfinished');
  });

  it('goes back, keeps why an answer was changed, and stops for danger', async () => {
    const screening = await begin();
    const read = parseReplies(
      'QA01: no\nQA02: b\nQA01: unsure\nQA01: because she misheard\nQA02: !\n',
    );
    if (read.kind === 'refused') throw new Error(read.reason);
    expect(await giveFiled(screening, read.replies)).toBeUndefined();
    const { sections, screenings, flags } = await screening.summary();
    expect(sections[0]?.lines[0]?.from).toMatchObject({ said: 'Unsure', reason: 'she misheard' });
    expect(flags.map(({ about }) => about)).toEqual(['DANGER was pressed']);
    expect(screenings[0]?.state).toBe('stopped for danger');
  });

  it.each([
    ['QA02: hello', 1, 'QA02 is not being asked: it comes later. The question now is QA01.'],
    [
      'QA01: no\nQA01: no',
      2,
      'QA01 is not being asked: it was answered before, so go back with “b”.',
    ],
    ['QA01: yes\nQA02: a', 2, 'QA02 is not being asked: it is closed because of danger.'],
    ['QA01: purple', 1, 'QA01: That is not one of the choices.'],
    ['QA09: no', 1, 'QA09 is no question of test-script 1.'],
    ['QA01: s', 1, 'QA01: “s” is no reply; a skip needs its reason, e.g. “s distress”.'],
    ['QA01: n\nQA02: a\nQA03: {wath: x}', 3, 'QA03 has no field wath.'],
    ['QA01: n\nQA02: a\nQA03: {what: x, when: blue}', 3, 'QA03: When: That is not a date'],
    [
      'QA01: n\nQA02: a\nQA03: done\nQA04: n',
      4,
      'QA04 is not being asked: these replies do not lead to it. No question is left.',
    ],
  ])('stops %j at line %i with the reason', async (text, line, reason) => {
    const { fault } = await outcomeOf(text);
    expect(fault?.line).toBe(line);
    expect(fault?.reason).toContain(reason);
  });

  it('says at the start that nothing is stored, and on whose terms an instrument is run', () => {
    const instrument = aScript([aQuestion()], {
      licence: {
        kind: 'instrument',
        instrument: 'The Lantern Prompts',
        owner: 'Lantern Society',
        permission: 'LIC-1',
        users: 'Officers',
        training: 'Half a day',
        expiresOn: '2027-11-20',
        notice: 'All rights with the Lantern Society.',
      },
    });
    expect(openingWords(instrument)).toEqual([
      'A script (test-script, version 1, released)',
      'Kept in memory only: nothing is stored, sent or logged. Use no real person’s details.',
      '',
      'For tests, and for nothing else.',
      'Instrument of Lantern Society: The Lantern Prompts. Permission LIC-1, until 20 November 2027.',
      'May be used by: Officers. Training: Half a day.',
      'All rights with the Lantern Society.',
      'Read first: “Thank you.”',
      'Type “help” for the keys. Ctrl+C ends and prints the summary so far.',
    ]);
  });

  it('shows each step with its words, choices and messages', async () => {
    const screening = await begin();
    expect(stepWords(await screening.view())).toEqual([
      '',
      '— 0 asked, 3 left',
      'QA01 Read aloud: “Has it happened before?”',
      '  1  Yes',
      '  2  No',
      '  3  Unsure',
    ]);
    const question = script.questions[0]?.id;
    if (!question) throw new Error('looking for QA01: it is gone');
    await screening.take({ kind: 'words', question, words: '1' });
    const words = stepWords(await screening.view());
    expect(words.slice(0, 3)).toEqual(['', '!! Stop now.', '   Read aloud: “Help first.”']);
    expect(words).toHaveLength(4);
  });
});
