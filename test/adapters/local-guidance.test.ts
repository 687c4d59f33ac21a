import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadKnowledge, type Parsed } from '../../src/adapters/knowledge-files.js';
import { passageIdSchema } from '../../src/core/ids.js';
import { lintKnowledge } from '../../src/core/lint-knowledge.js';
import { isQuotable } from '../../src/core/passage.js';
import { makeAnswerQuestion } from '../../src/flows/answer-question.js';
import { today } from '../builders.js';
import { knowledgeFolder } from '../real-knowledge.js';

const example = path.join(import.meta.dirname, '../../docs/example-guidance');
/** The knowledge shipped is parsed once for all. */
const parsed: Parsed = new Map();
let folder = '';
let own = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-local-'));
});
beforeEach(async () => {
  own = await mkdtemp(path.join(folder, 'own-'));
});
afterAll(() => rm(folder, { recursive: true }));

const load = (directory: string | undefined = own) =>
  loadKnowledge(knowledgeFolder, parsed, undefined, directory);
const id = (name: string) => passageIdSchema.parse(name);

type Given = {
  readonly id?: string;
  readonly head?: Readonly<Record<string, unknown>>;
  readonly body?: string;
};

async function put(file: string, given: Given = {}): Promise<void> {
  const head = {
    ...{ id: 'our-article', title: 'Our article', audience: ['officer'] },
    ...{ jurisdiction: 'Blankshire', status: 'published', inForce: { from: null, to: null } },
    ...{ checkedOn: today, reviewBy: '2027-05-20' },
    ...given.head,
  };
  const block = stringify({
    id: given.id ?? 'our-passage',
    asks: ['ask one', 'ask two', 'ask three'],
  });
  const body = given.body ?? 'The duty inspector decides. [@leg-spa s1]';
  await mkdir(path.dirname(path.join(own, file)), { recursive: true });
  await writeFile(
    path.join(own, file),
    `---\n${stringify(head)}---\n\n## Who decides here?\n\n\`\`\`passage\n${block}\`\`\`\n\n${body}\n`,
  );
}

/** The faults that stop the load, line by line; fails when nothing does. */
async function faults(directory = own): Promise<readonly string[]> {
  const outcome = await load(directory).then(
    () => 'loaded',
    (error: unknown) => String(error).replace(/^Error: /, ''),
  );
  return outcome.split('\n');
}

const article = 'guidance/custody/grading.md';

describe('a force’s own guidance', () => {
  it('is loaded beside what comes with Signpost, and counts towards the version', async () => {
    const { version: without, passages } = await load(undefined);
    await put(article);
    const first = await load();
    expect(first.passages.size).toBe(passages.size + 1);
    expect(first.passages.get(id('our-passage'))).toMatchObject({
      topic: 'custody',
      heading: 'Who decides here?',
      jurisdiction: 'Blankshire',
    });
    await put(article, { body: 'The duty sergeant decides. [@leg-spa s1]' });
    const changed = await load();
    expect(new Set([without, first.version, changed.version]).size).toBe(3);
  });

  it('answers a question with its own source', async () => {
    const answerQuestion = makeAnswerQuestion(
      await load(example),
      () => new Date(`${today}T12:00:00Z`),
    );
    const question = 'Who must agree before a stalking suspect is released in Blankshire?';
    const { kind, citations } = answerQuestion({ question, earlier: [] });
    expect(kind).toBe('answered');
    expect(citations.map(({ passage }) => passage)).toContain('blankshire-release-inspector');
    expect(citations[0]).toMatchObject({ source: { publisher: 'Blankshire Police (invented)' } });
  });

  it('stands in the place of what it replaces while it is in force, and no longer', async () => {
    const replaces = {
      replaces: ['ss-no-local'],
      inForce: { from: '2026-11-01', to: '2026-12-31' },
    };
    await put(article, { head: replaces });
    const national = (await load()).passages.get(id('ss-no-local'));
    if (!national) throw new Error('looking for ss-no-local: it is gone');
    const days = ['2026-10-31', '2026-11-01', '2026-12-31', '2027-01-01'];
    expect(days.map((day) => isQuotable(national, day))).toEqual([true, false, false, true]);
    for (const status of ['draft', 'retired']) {
      await put(article, { head: { ...replaces, status } });
      const passage = (await load()).passages.get(id('ss-no-local'));
      expect(passage && isQuotable(passage, '2026-11-01')).toBe(true);
    }
  });

  it('is shown by a sign of danger in the place of what it replaces', async () => {
    const before = await load(undefined);
    const [cue] = before.cues.danger;
    const [shown] = cue?.shows ?? [];
    if (!cue || !shown) throw new Error('looking for a sign of danger that shows a passage');
    await put(article, { head: { replaces: [shown] } });
    const { cues } = await load();
    expect(cues.danger[0]?.shows).toEqual(['our-passage', ...cue.shows]);
    const answerQuestion = makeAnswerQuestion(await load(), () => new Date(`${today}T12:00:00Z`));
    const { kind, shown: seen } = answerQuestion({ question: cue.catches[0] ?? '', earlier: [] });
    expect([kind, seen[0]?.passage]).toEqual(['urgent', 'our-passage']);
    expect(seen.map(({ passage }) => passage)).not.toContain(shown);
  });

  it('may add sources and terms of its own', async () => {
    await cp(example, own, { recursive: true });
    await writeFile(path.join(own, 'notes.md'), 'Notes are passed over.');
    const { sources, terms } = await load();
    expect([...sources.keys()].filter((name) => name.startsWith('blankshire'))).toEqual([
      'blankshire-custody',
      'blankshire-services',
    ]);
    expect(terms.at(-1)?.id).toBe('lantern-service');
  });
});

describe('a force’s own guidance stops the start', () => {
  it('when its directory is not there', async () => {
    const nowhere = path.join(folder, 'nowhere');
    expect(await faults(nowhere)).toEqual([
      `LOCAL_GUIDANCE_DIR, ${nowhere}: cannot be read (ENOENT)`,
    ]);
  });

  it('with every fault at once, each with file and reason', async () => {
    await put('guidance/custody/Grading.md');
    await put('guidance/stray.md');
    await writeFile(path.join(own, 'source.yaml'), '[]');
    await put('guidance/custody/empty.md', { id: 'our-empty', body: '' });
    await put('guidance/custody/unmarked.md', { id: 'our-unmarked', body: 'No mark.' });
    await put('guidance/custody/unknown.md', {
      id: 'our-unknown',
      body: 'Words. [@nobody page 1]',
    });
    const misplaced = 'is neither sources.yaml, terms.yaml nor guidance/<topic>/<article>.md';
    expect(await faults()).toEqual([
      `LOCAL_GUIDANCE_DIR/guidance/custody/Grading.md: ${misplaced}`,
      `LOCAL_GUIDANCE_DIR/guidance/stray.md: ${misplaced}`,
      `LOCAL_GUIDANCE_DIR/source.yaml: ${misplaced}`,
      expect.stringMatching(
        /^LOCAL_GUIDANCE_DIR\/guidance\/custody\/empty\.md: line \d+: an empty passage$/,
      ),
      expect.stringMatching(
        /^LOCAL_GUIDANCE_DIR\/guidance\/custody\/unmarked\.md: line \d+: no source after "No mark\."$/,
      ),
      'passage our-unknown: source nobody is not in sources.yaml',
    ]);
  });

  it('when it takes an id that is there already', async () => {
    await put(article, { id: 'ss-no-local' });
    const source = parsedSource('leg-spa');
    await writeFile(path.join(own, 'sources.yaml'), stringify([source]));
    await writeFile(path.join(own, 'terms.yaml'), stringify([{ id: 'spo', says: ['an SPO'] }]));
    expect(await faults()).toEqual([
      expect.stringMatching(
        /^LOCAL_GUIDANCE_DIR\/guidance\/custody\/grading\.md, id: ss-no-local stands in guidance\/[a-z-]+\/[a-z-]+\.md already$/,
      ),
      'LOCAL_GUIDANCE_DIR/sources.yaml, id: leg-spa stands in sources.yaml already',
      'LOCAL_GUIDANCE_DIR/terms.yaml, id: spo stands in terms.yaml already',
    ]);
  });

  it('when it replaces what is not there, or its own', async () => {
    await put(article, { head: { replaces: ['our-passage', 'no-passage'] } });
    expect(await faults()).toEqual([
      'passage our-passage, replaces: our-passage is no passage shipped with Signpost',
      'passage our-passage, replaces: no-passage is no passage shipped with Signpost',
    ]);
  });

  it('when it holds words that must not be sent', async () => {
    await put(article, {
      body: 'Tell the victim to block him and change her number. [@leg-spa s1]',
    });
    expect(await faults()).toEqual([
      'passage our-passage: the paragraph "Tell the victim to block him and change her number." holds words of never-advise.yaml that must not be sent',
    ]);
  });
});

describe('the example of a force’s guidance', () => {
  it('can be loaded as it stands, and the lint finds no fault with it', async () => {
    const findings = lintKnowledge(await load(example), today);
    expect(findings.filter(({ where }) => where.includes('blankshire'))).toEqual([]);
  });

  it('stands whole in the page that explains it', async () => {
    const page = await readFile(path.join(example, '../local-guidance.md'), 'utf8');
    for (const name of [
      'guidance/custody/release.md',
      'guidance/local-services/advocates.md',
      'sources.yaml',
      'terms.yaml',
    ])
      expect(page).toContain(await readFile(path.join(example, name), 'utf8'));
  });
});

function parsedSource(name: string) {
  return {
    ...{ id: name, publisher: 'Us', title: 'Ours', url: null, edition: '1' },
    ...{ licence: 'OGL-3.0', checkedOn: today, verified: 'Made up' },
  };
}
