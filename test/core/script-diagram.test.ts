import { describe, expect, it } from 'vitest';
import { scriptDiagram } from '../../src/core/script-diagram.js';
import { aQuestion, aScript, type QuestionInput } from '../builders.js';

/** The drawing without its head, its end and its legend, which every script shares. */
function drawn(...questions: readonly QuestionInput[]): readonly string[] {
  const lines = scriptDiagram(aScript(questions))
    .split('\n')
    .map((line) => line.trim());
  return lines.slice(2, lines.indexOf('stop(["No question left: case summary"])'));
}

describe('the diagram of a script', () => {
  it('draws questions from top to bottom, from the title to the summary', () => {
    const lines = scriptDiagram(aScript([aQuestion({ ask: 'Has it happened before?' })])).split(
      '\n',
    );
    expect(lines.slice(0, 6)).toEqual([
      'flowchart TD',
      '  start(["A script, version 1 (test-script)"])',
      '  start --> QA01',
      '  QA01["QA01 Has it happened before?"]',
      '  QA01 --> stop',
      '  stop(["No question left: case summary"])',
    ]);
    expect(lines.join('\n')).toContain('subgraph legend ["How to read this"]');
  });

  it('draws a condition as a diamond with the replies that lead in and a way past', () => {
    expect(
      drawn(
        aQuestion({ id: 'QA01' }),
        aQuestion({ id: 'QA02', when: { question: 'QA01', is: ['yes', 'not-known'] } }),
        aQuestion({ id: 'QA03' }),
      ),
    ).toEqual([
      'start --> QA01',
      'QA01["QA01 Has it happened before?"]',
      'QA01 --> QA02_when',
      'QA02_when{"QA01?"}',
      'QA02_when -->|"QA01 is “Yes” or not known"| QA02',
      'QA02_when -->|"otherwise"| QA03',
      'QA02["QA02 Has it happened before?"]',
      'QA02 --> QA03',
      'QA03["QA03 Has it happened before?"]',
      'QA03 --> stop',
    ]);
  });

  it('lets questions in a row under one condition share its diamond', () => {
    const when = { question: 'QA01', is: ['yes'] };
    const lines = drawn(
      aQuestion({ id: 'QA01' }),
      aQuestion({ id: 'QA02', when }),
      aQuestion({ id: 'QA03', when }),
    );
    expect(lines.filter((line) => line.includes('-->'))).toEqual([
      'start --> QA01',
      'QA01 --> QA02_when',
      'QA02_when -->|"QA01 is “Yes”"| QA02',
      'QA02_when -->|"otherwise"| stop',
      'QA02 --> QA03',
      'QA03 --> stop',
    ]);
  });

  it('says all, any and raised in words', () => {
    const lines = drawn(
      aQuestion({ id: 'QA01' }),
      aQuestion({
        id: 'QA02',
        when: {
          any: [
            { raised: 'red' },
            { all: [{ raised: 'amber' }, { question: 'QA01', is: ['no', 'declined'] }] },
          ],
        },
      }),
    );
    expect(lines).toContain('QA02_when{"red flag, amber flag, QA01?"}');
    expect(lines).toContain(
      'QA02_when -->|"a red flag was raised#59; or (an amber flag was raised#59; and QA01 is “No” or declined)"| QA02',
    );
  });

  it('marks the danger set and each level of flag by shape and word, and names the replies that raise it', () => {
    expect(
      drawn(
        aQuestion({
          id: 'QA01',
          danger: true,
          mustAsk: true,
          short: true,
          flags: [
            {
              level: 'red',
              on: ['yes', 'not-known'],
              message: 'IDM-1',
              about: 'said it is now',
            },
            { level: 'amber', on: ['unsure'], about: 'was unsure' },
            { level: 'note', on: ['no'], and: { raised: 'amber' }, about: 'said no' },
          ],
        }),
      ),
    ).toEqual([
      'start --> QA01',
      'QA01[["QA01 Has it happened before?<br>(danger set, short set, must be asked)"]]',
      'QA01_flag1{{"RED FLAG: said it is now"}}',
      'QA01 -.->|"“Yes” or not known"| QA01_flag1',
      'QA01_flag2[/"AMBER FLAG: was unsure"\\]',
      'QA01 -.->|"“Unsure”"| QA01_flag2',
      'QA01_flag3>"NOTE: said no"]',
      'QA01 -.->|"“No”; and an amber flag was raised"| QA01_flag3'.replace(';', '#59;'),
      'QA01 --> stop',
    ]);
  });

  it('escapes every mark that Mermaid could read as its own, and shortens long questions at a word', () => {
    const [, node] = drawn(
      aQuestion({ ask: 'He said "end" | ]] `x` %%{init}%% <b> &amp; #quot; \\ *a* ;' }),
    );
    expect(node).toBe(
      'QA01["QA01 He said #34;end#34; #124; #93;#93; #96;x#96; #37;#37;#123;init#125;#37;#37; #60;b#62; #38;amp#59; #35;quot#59; #92; #42;a#42; #59;"]',
    );
    const [, long] = drawn(aQuestion({ ask: `${'word '.repeat(29)}end?` }));
    expect(long).toBe(`QA01["QA01 ${'word '.repeat(14)}…"]`);
  });
});
