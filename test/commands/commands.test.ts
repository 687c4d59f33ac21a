import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseSummarySchema } from '../../src/core/case-summary-schema.js';

/** The commands as they are run: what they print, and the exit codes that scripts rely on. */

const root = path.join(import.meta.dirname, '../..');
const examples = path.join(root, 'docs/example-scripts');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-commands-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

function run(
  command: 'ask' | 'screen' | 'knowledge',
  args: readonly string[],
  typed = '',
): Promise<Ran> {
  const file = path.join(root, `src/commands/${command}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { cwd: root });
  const said = { out: '', err: '' };
  child.stdout.on('data', (part) => {
    said.out += part;
  });
  child.stderr.on('data', (part) => {
    said.err += part;
  });
  child.stdin.end(typed);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}

const lantern = ['--scripts', examples, '--script', 'lantern-prompts'];

describe('npm run screen', () => {
  it('prints JSON of the published schema, and nothing else, from a file of replies', async () => {
    const replies = path.join(examples, 'replies.txt');
    const { code, out } = await run('screen', [...lantern, '--replies', replies, '--json']);
    expect(code).toBe(0);
    const summary = caseSummarySchema.parse(JSON.parse(out));
    expect(summary.screenings.map(({ script, state }) => `${script} ${state}`)).toEqual([
      'lantern-prompts finished',
    ]);
  });

  it('stops at a reply it cannot take with file, line, question and reason, and exit code 2', async () => {
    const file = path.join(folder, 'replies.txt');
    await writeFile(file, 'LQ01: no\nLQ02: a candle\n');
    const { code, out, err } = await run('screen', [...lantern, '--replies', file]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(
      `${file}, line 2: LQ02: That is not one of the choices. Type its number or its words.\n`,
    );
  });

  it('asks, takes what is typed, and prints the summary so far when the input ends', async () => {
    const { code, out } = await run('screen', lantern, 'help\n2\n!\n');
    expect(code).toBe(0);
    expect(out).toContain('Kept in memory only: nothing is stored, sent or logged.');
    expect(out).toContain('The Lantern Prompts © The Lantern Society (invented).');
    expect(out).toContain('LQ02 Read aloud: “Which of these have you found at your door?”');
    expect(out).toContain('!! IMMEDIATE DANGER.');
    expect(out).toContain('# Case summary SP-TEST-RUN');
    expect(out).toContain('Somebody at the door or window: No.');
  });
});

describe('npm run knowledge', () => {
  it('checks a force’s directory: 0 with warnings, 1 with the faults named', async () => {
    const good = await run('knowledge', ['check', examples]);
    expect(good.code).toBe(0);
    expect(good.out).toMatch(
      /can be used: 0 faults, \d+ warnings, \d+ passages due for review\.\n$/,
    );
    await writeFile(path.join(folder, 'house-visit.1.yaml'), 'name: house-visit\n');
    const bad = await run('knowledge', ['check', folder]);
    expect([bad.code, bad.out]).toEqual([1, '']);
    expect(bad.err).toContain('SCRIPTS_DIR/house-visit.1.yaml, questions: ');
  });

  it('draws a script, and refuses a name that is none', async () => {
    const drawn = await run('knowledge', ['diagram', 'lantern-prompts', '--scripts', examples]);
    expect([drawn.code, drawn.err]).toEqual([0, '']);
    expect(drawn.out).toMatch(/^flowchart TD\n {2}start\(\["Lantern prompts/);
    const none = await run('knowledge', ['diagram', 'no-script', '--scripts', examples]);
    expect([none.code, none.out]).toEqual([2, '']);
  });
});

describe('npm run ask -- --wording', () => {
  it('marks the phrases of a message given with it or typed in', async () => {
    const text = 'Hi Sarah, just block him.';
    const given = await run('ask', ['--wording', text]);
    expect(given).toMatchObject({ code: 0, err: '' });
    expect(given.out).toContain('“just block him”');
    expect(given.out).toMatch(/\n\[1\] .+\(checked /);
    expect(await run('ask', ['--wording'], text)).toEqual(given);
    const { out } = await run('ask', ['--wording', '--json', text]);
    expect(JSON.parse(out)).toMatchObject({
      ...{ kind: 'marked', isDanger: false },
      marks: [{ family: 'P1', phrases: ['just block him'] }],
    });
  });

  it('says what is wrong with nothing, or with too much', async () => {
    expect(await run('ask', ['--wording'], ' \n')).toMatchObject({ code: 2 });
    const huge = await run('ask', ['--wording'], 'x'.repeat(500_000));
    expect(huge).toMatchObject({ code: 2, err: '' });
    expect(huge.out).toContain('did not check it');
  });
});
