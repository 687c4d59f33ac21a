import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { check } from '../../src/commands/knowledge-check.js';
import { diff } from '../../src/commands/knowledge-diff.js';
import { importFile, newArticle } from '../../src/commands/knowledge-drafts.js';
import { stale, stats } from '../../src/commands/knowledge-lists.js';
import { aDocx, aPdf } from '../adapters/imports/files.js';
import { aKnowledge, aPassageOf, today } from '../builders.js';
import { loadReal } from '../real-knowledge.js';

/** The curator's commands as they are run, over the knowledge shipped and a force's own folder. */

const root = path.join(import.meta.dirname, '../..');
let folder = '';
let local = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-curate-'));
  local = await mkdtemp(path.join(folder, 'local-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a command printed while it ran in this process, and its exit code. */
async function heard(run: () => number | Promise<number>) {
  const said = { out: '', err: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
      said.out += part;
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((part) => {
      said.err += part;
      return true;
    }),
  ];
  try {
    return { code: await run(), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Exit code and standard error of the command as it is typed. */
function typed(...args: readonly string[]) {
  const file = path.join(root, 'src/commands/knowledge.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { cwd: root });
  let err = '';
  child.stderr.on('data', (part) => {
    err += part;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, err })));
}

const knowledge = await loadReal();

async function put(name: string, bytes: string | Buffer): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return file;
}

const files = () => readdir(local, { recursive: true });
const long =
  'Officers should keep a record of each act, with its day and place, so that a pattern shows.';

const add = (name: string) => heard(() => newArticle(knowledge, local, name, today));
const take = (file: string, source: string, topic = 'recording') =>
  heard(() => importFile(knowledge, local, { file, source, topic, article: undefined }, today));

describe('npm run knowledge', () => {
  it('takes its names and options as they are typed', async () => {
    const file = path.join(local, 'guidance/custody/typed.md');
    expect(await typed('new', 'custody/typed', '--local', local)).toEqual({ code: 0, err: '' });
    expect(await readFile(file, 'utf8')).toContain('status: draft');
    for (const wrong of [
      ['import', 'a.pdf'],
      ['stale', '--on', 'tomorrow'],
      ['diff', 'one'],
    ])
      expect(await typed(...wrong)).toMatchObject({ code: 2 });
    await rm(path.join(local, 'guidance'), { recursive: true });
  });
});

describe('a new article', () => {
  it('is a draft, and never written over one', async () => {
    const file = path.join(local, 'guidance/custody/grading.md');
    expect(await add('custody/grading')).toEqual({
      code: 0,
      out: `wrote ${file}\nAs drafts, 1 in number: none is used before it is published.\n`,
      err: '',
    });
    await writeFile(file, 'Written by somebody.');
    expect(await add('custody/grading')).toEqual({
      code: 1,
      out: '',
      err: `${file} is there already; it was left as it is.\n`,
    });
    expect([await readFile(file, 'utf8'), await files()]).toEqual([
      'Written by somebody.',
      ['guidance', 'guidance/custody', 'guidance/custody/grading.md'],
    ]);
  });

  it.each(['../secrets/a', 'custody', 'custody/a/b', 'custody/..', 'Custody/A'])(
    'cannot be named %s',
    async (name) => {
      const before = await files();
      expect(await add(name)).toEqual({
        code: 2,
        out: '',
        err: `Name it as topic/article, in small letters and hyphens, not “${name}”.\n`,
      });
      expect(await files()).toEqual(before);
    },
  );
});

describe('an import', () => {
  it('quotes a file under an open licence, with its pages', async () => {
    const file = await put('Open guide.pdf', await aPdf([['# Recording', long], [long]]));
    const { code, out } = await take(file, 'leg-spa');
    expect(code).toBe(0);
    expect(out).toContain('(OGL-3.0) lets its words be copied');
    const draft = await readFile(path.join(local, 'guidance/recording/open-guide.md'), 'utf8');
    expect(draft).toContain(`“${long}” [@leg-spa page 2]`);
  });

  it('takes no sentence of a file whose licence does not allow it', async () => {
    const file = await put('closed.docx', await aDocx(['# Recording', long]));
    const { code, out } = await take(file, 'cop-inv');
    expect(code).toBe(0);
    expect(out).toContain('only headings and places were taken');
    const draft = await readFile(path.join(local, 'guidance/recording/closed.md'), 'utf8');
    expect(draft).not.toContain('pattern shows');
    expect(draft).toContain('## Recording');
    expect(draft).toContain(
      'To be written in our own words. [@cop-inv section “Recording”, paragraph 1]',
    );
  });

  it('writes nothing for a file that is refused, a source nobody knows or a topic that is a path', async () => {
    const before = await files();
    const scan = await put('scan.pdf', await aPdf([[]]));
    expect(await take(scan, 'leg-spa')).toEqual({
      code: 1,
      out: '',
      err: `${scan}: The PDF holds no text: it is likely a scan, and has to be read by text recognition first.\n`,
    });
    expect(await take(scan, 'nobody')).toEqual({
      code: 2,
      out: '',
      err: 'There is no source nobody: add it to sources.yaml first, with its licence.\n',
    });
    expect(await take(scan, 'leg-spa', '../x')).toMatchObject({ code: 2 });
    expect(await files()).toEqual(before);
  });

  it('writes none of several articles when one of them is there', async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `# Part ${at}\n\n${long}\n`);
    const file = await put('many.md', lines.join('\n'));
    const second = path.join(local, 'guidance/recording/many-2.md');
    await writeFile(second, 'Written by somebody.');
    const before = await files();
    expect(await take(file, 'leg-spa')).toMatchObject({
      code: 1,
      err: `${second} is there already; it was left as it is.\n`,
    });
    expect(await files()).toEqual(before);
  });
});

describe('a difference', () => {
  it('is listed with the passages that rest on it', async () => {
    const act = (years: string) =>
      `# Act\n\n3 Duration\n\n(1) An order has effect for ${years}, or until a further order.\n\n4 Variation\n\n(1) The person may apply to vary it.\n`;
    const before = await put('old.md', act('a fixed period of at least 2 years'));
    const after = await put('new.md', act('a fixed period of at least 3 years'));
    const { code, out } = await heard(() => diff(knowledge, { before, after }, 'leg-spa'));
    expect(code).toBe(0);
    expect(out).toContain('- (1) An order has effect for a fixed period of at least 2 years');
    expect(out).toContain('1 paragraphs changed, 0 added, 0 removed.\n');
    expect(out).toMatch(/^passage spo-length: rests on changed text, s3/m);
    expect(out).toMatch(/^passage [a-z0-9-]+: look yourself, s8 was not found in the files$/m);
    expect(await heard(() => diff(knowledge, { before, after }, 'nobody'))).toMatchObject({
      code: 2,
    });
  });
});

describe('the lists', () => {
  it('of the check fail for faults, and for warnings when they are to be strict', async () => {
    const warned = aKnowledge({ passages: [aPassageOf('short', [['Keep a note.']])] });
    const clean = aKnowledge();
    const ran = async (...given: Parameters<typeof check>) =>
      (await heard(() => check(...given))).code;
    expect([
      await ran(clean, today, [], true),
      await ran(warned, today, [], false),
      await ran(warned, today, [], true),
      await ran(clean, today, ['scripts/a.1.yaml was edited'], false),
    ]).toEqual([0, 0, 1, 1]);
    expect(await heard(() => check(warned, today, [], false))).toEqual({
      code: 0,
      out: 'passage short: has 3 words, not 40 to 160\n0 scripts and 1 passages can be used: 0 faults, 1 warnings, 0 passages due for review.\n',
      err: '',
    });
  });

  it('of what is stale look ahead to any day', async () => {
    const { code, out } = await heard(() => stale(knowledge, '2030-01-01'));
    expect(code).toBe(0);
    expect(out).toMatch(/^passage spo-length: was due for review on \d{4}-\d\d-\d\d$/m);
    expect(out).toMatch(/^source leg-spa: was last read on \d{4}-\d\d-\d\d$/m);
    expect(await heard(() => stale(aKnowledge(), today))).toMatchObject({
      out: 'Nothing is due.\n',
    });
  });

  it('of counts name topic, audience, status, source and licence', async () => {
    const { out } = await heard(() => stats(knowledge, today));
    expect(out).toMatch(/^\d+ passages with \d+ statements and \d+ words/);
    const groups = ['  published', '  offences', '  officer', '  leg-spa', '  OGL-3.0'];
    for (const line of groups) expect(out).toContain(line);
  });
});
