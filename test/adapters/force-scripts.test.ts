import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadKnowledge, type Parsed } from '../../src/adapters/knowledge-files.js';
import { summariseCase } from '../../src/core/case-summary.js';
import { loadedInstruments, noticesOf } from '../../src/core/knowledge.js';
import {
  aQuestion,
  aScreening,
  aScript,
  aScriptFile,
  aSummaryContext,
  type ScriptInput,
  today,
} from '../builders.js';
import { knowledgeFolder } from '../real-knowledge.js';

const examples = path.join(import.meta.dirname, '../../docs/example-scripts');
// Guidance is parsed once for all loads.
const parsed: Parsed = new Map();
let folder = '';
let shipped = '';
let own = '';

/** The knowledge shipped, with one script: these tests are about what is loaded beside it. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-force-'));
  shipped = path.join(folder, 'knowledge');
  const isScript = (file: string) =>
    file.startsWith(path.join(knowledgeFolder, 'scripts') + path.sep);
  await cp(knowledgeFolder, shipped, { recursive: true, filter: (file) => !isScript(file) });
  const script = path.join('scripts', 'first-contact.1.yaml');
  await cp(path.join(knowledgeFolder, script), path.join(shipped, script));
});

beforeEach(async () => {
  own = await mkdtemp(path.join(folder, 'own-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const ownWork = { kind: 'own-work', owner: 'Stalking lead' } as const;

async function put(file: string, given: Partial<ScriptInput> = {}): Promise<void> {
  const questions = [aQuestion({ id: 'ZZ01' })];
  const script = aScriptFile({ name: 'house-visit', licence: ownWork, questions, ...given });
  await writeFile(path.join(own, file), stringify({ ...script, minimum: ['ZZ01'] }));
}

function load(directory: string | undefined = own) {
  return loadKnowledge(shipped, parsed, directory);
}

/** The faults that stop the load, line by line; fails when nothing does. */
async function faults(): Promise<readonly string[]> {
  const outcome = await load().then(
    () => 'loaded',
    (error: unknown) => String(error).replace(/^Error: /, ''),
  );
  return outcome.split('\n');
}

describe('a force’s own scripts', () => {
  it('are loaded beside those that come with Signpost, every version of them', async () => {
    await put('house-visit.1.yaml');
    await put('house-visit.2.yaml', { version: 2 });
    await writeFile(path.join(own, 'notes.md'), 'Notes are passed over.');
    const { scripts } = await load();
    expect(scripts.map(({ name, version }) => `${name}.${version}`)).toEqual([
      'first-contact.1',
      'house-visit.1',
      'house-visit.2',
    ]);
  });

  it('may cite sources of their own', async () => {
    const why = { text: 'As we agreed.', cites: ['our-policy section 2'] };
    await put('house-visit.1.yaml', { questions: [aQuestion({ id: 'ZZ01', why })] });
    expect(await faults()).toEqual([
      'script house-visit ZZ01: source our-policy is not in sources.yaml',
    ]);
    const source = {
      id: 'our-policy',
      publisher: 'Blankshire Police',
      title: 'Policy',
      url: null,
      edition: '2026',
      licence: 'all-rights-reserved',
      checkedOn: today,
      verified: 'Made up for this test',
    };
    await writeFile(path.join(own, 'sources.yaml'), stringify([source]));
    expect((await load()).sources.get(source.id as never)).toEqual(source);
  });

  it('count towards the version of the knowledge', async () => {
    const { version: without } = await loadKnowledge(shipped, parsed);
    await put('house-visit.1.yaml');
    const { version: first } = await load();
    await put('house-visit.1.yaml', { title: 'Another title' });
    const { version: changed } = await load();
    expect(new Set([without, first, changed]).size).toBe(3);
    expect((await load()).version).toBe(changed);
  });

  it('stop the start with every fault at once, each with file, question and reason', async () => {
    await put('house-visit.1.yaml', { version: 2 });
    await put('other-visit.1.yaml', {
      name: 'other-visit',
      questions: [aQuestion({ id: 'ZZ01', when: { question: 'ZZ09', is: ['yes'] } })],
    });
    await writeFile(path.join(own, 'House visit.yml'), 'name: house-visit');
    await mkdir(path.join(own, 'old'));
    const named = 'named <name>.<version>.yaml, e.g. house-visit.1.yaml';
    expect(await faults()).toEqual([
      `SCRIPTS_DIR/House visit.yml: is neither sources.yaml nor ${named}`,
      `SCRIPTS_DIR/old: is neither sources.yaml nor ${named}`,
      'SCRIPTS_DIR/house-visit.1.yaml, name: holds house-visit version 2',
      'SCRIPTS_DIR/other-visit.1.yaml, ZZ01: looks at ZZ09, which is not asked before it',
    ]);
  });

  it('stop the start when their directory is not there', async () => {
    own = path.join(folder, 'nowhere');
    expect(await faults()).toEqual([`SCRIPTS_DIR, ${own}: cannot be read (ENOENT)`]);
  });

  it('take no name and no question of another script', async () => {
    await put('first-contact.9.yaml', { name: 'first-contact', version: 9 });
    await put('house-visit.1.yaml', {
      questions: [aQuestion({ id: 'ZZ01' }), aQuestion({ id: 'FC11' })],
    });
    expect(await faults()).toEqual([
      'SCRIPTS_DIR/first-contact.9.yaml, name: first-contact is a script that comes with Signpost; take another name',
      'SCRIPTS_DIR/first-contact.9.yaml, ZZ01: is a question of house-visit; take letters of your own',
      'SCRIPTS_DIR/house-visit.1.yaml, ZZ01: is a question of first-contact; take letters of your own',
      'SCRIPTS_DIR/house-visit.1.yaml, FC11: is a question of first-contact; take letters of your own',
    ]);
  });

  it('say who answers for them', async () => {
    const { licence: _, ...script } = aScriptFile({ name: 'house-visit' });
    await writeFile(path.join(own, 'house-visit.1.yaml'), stringify(script));
    expect(await faults()).toEqual([
      'SCRIPTS_DIR/house-visit.1.yaml, licence: is missing; say who answers for the script, or on what terms the instrument is used',
    ]);
  });

  it('leave no term of a licence out where they are an instrument of somebody else', async () => {
    await put('house-visit.1.yaml', { licence: { kind: 'instrument' } as never });
    const missing = (await faults()).map((fault) => /licence\.(\w+): /.exec(fault)?.[1]);
    expect(missing).toEqual([
      'instrument',
      'owner',
      'permission',
      'users',
      'training',
      'expiresOn',
      'notice',
    ]);
  });

  it('are loaded after their licence has ended, so that open screenings go on', async () => {
    const file = await readFile(path.join(examples, 'lantern-prompts.1.yaml'), 'utf8');
    await cp(path.join(examples, 'sources.yaml'), path.join(own, 'sources.yaml'));
    const ended = file.replace('expiresOn: 2027-11-19', 'expiresOn: 2020-01-01');
    await writeFile(path.join(own, 'lantern-prompts.1.yaml'), ended);
    const knowledge = await load();
    expect(knowledge.scripts.map(({ name }) => name)).toContain('lantern-prompts');
    expect(loadedInstruments(knowledge, today)).toEqual([]);
  });
});

describe('the example of an instrument', () => {
  it('can be loaded as it stands, and prints its owner’s notice word for word', async () => {
    const knowledge = await load(examples);
    expect(loadedInstruments(knowledge, today)).toEqual([
      { title: 'The Lantern Prompts', expiresOn: '2027-11-19' },
    ]);
    expect(noticesOf(knowledge.scripts)).toEqual([
      'The Lantern Prompts © The Lantern Society (invented). Used by permission. Not to be copied or changed.',
    ]);
  });

  it('stands whole in the page that explains it', async () => {
    const page = await readFile(path.join(examples, '../force-scripts.md'), 'utf8');
    for (const name of ['lantern-prompts.1.yaml', 'sources.yaml', 'replies.txt'])
      expect(page).toContain(await readFile(path.join(examples, name), 'utf8'));
  });

  it('T15: without a loaded instrument the summary says so, and with one it names it', async () => {
    const script = aScript([aQuestion()], { besideInstrument: true });
    const sources = new Map((await load(examples)).sources);
    const notes = async (directory: string | undefined) => {
      const knowledge = await loadKnowledge(shipped, parsed, directory);
      const instruments = loadedInstruments(knowledge, today).map(({ title }) => title);
      const context = aSummaryContext({ sources, instruments });
      return summariseCase('SP-1', [{ script, screening: aScreening() }], context).notes;
    };
    expect((await notes(undefined)).join(' ')).toContain('Force instrument not loaded');
    expect((await notes(examples)).join(' ')).toContain('The Lantern Prompts');
  });
});
