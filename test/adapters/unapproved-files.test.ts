import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { appendApproval, readApprovals } from '../../src/adapters/approvals-file.js';
import { sha256Of } from '../../src/adapters/knowledge-file.js';
import { loadKnowledge, type Parsed } from '../../src/adapters/knowledge-files.js';
import type { Approval } from '../../src/core/approval.js';
import { passageIdSchema } from '../../src/core/ids.js';
import { findStartable, newestScript, scriptOf } from '../../src/core/knowledge.js';
import { isQuotable } from '../../src/core/passage.js';
import { makeAnswerQuestion } from '../../src/flows/answer-question.js';
import { aQuestion, aScriptFile, type ScriptInput, today } from '../builders.js';
import { knowledgeFolder } from '../real-knowledge.js';

/** A force's folders as they lie on the disk, loaded where two people have to stand for each file. */

const example = path.join(import.meta.dirname, '../../docs/example-guidance');
const release = 'guidance/custody/release.md';
const advocates = 'guidance/local-services/advocates.md';
const all = [release, advocates, 'sources.yaml', 'terms.yaml'];
/** The knowledge shipped is parsed once for all. */
const parsed: Parsed = new Map();
let folder = '';
let own = '';
let scripts = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-approved-'));
});
beforeEach(async () => {
  own = await mkdtemp(path.join(folder, 'own-'));
  scripts = await mkdtemp(path.join(folder, 'scripts-'));
  await cp(example, own, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

const load = (approval: 'two' | 'none' = 'two', base = knowledgeFolder) =>
  loadKnowledge(base, parsed, scripts, own, approval);
const id = (name: string) => passageIdSchema.parse(name);

/** Ann wrote and Bob checked files as they lie there now. */
async function stand(directory: string, ...files: readonly string[]): Promise<void> {
  for (const file of files) {
    const sha256 = sha256Of(await readFile(path.join(directory, file)));
    for (const [by, what] of [
      ['Ann', 'wrote'],
      ['Bob', 'checked'],
    ] as const)
      await appendApproval(directory, { file, sha256, by, what, at: '2026-11-20T09:00:00.000Z' });
  }
}

/** What two people do not stand for, a line each. */
const unapproved = async (approval: 'two' | 'none' = 'two') =>
  (await load(approval)).unapproved.map(({ file, why }) => `${file}: ${why}`);
const nobody = 'nobody has said to have written or checked this version';
const changed = `changed since it was approved on 2026-11-20; ${nobody}`;

async function edit(file: string, from: string, to: string): Promise<void> {
  const at = path.join(own, file);
  await writeFile(at, (await readFile(at, 'utf8')).replace(from, to));
}

async function putScript(version: number, given: Partial<ScriptInput> = {}): Promise<void> {
  const script = aScriptFile({
    ...{ name: 'house-visit', version, licence: { kind: 'own-work', owner: 'Stalking lead' } },
    questions: [aQuestion({ id: 'ZZ01' })],
    ...given,
  });
  await writeFile(
    path.join(scripts, `house-visit.${version}.yaml`),
    stringify({ ...script, minimum: ['ZZ01'] }),
  );
}

describe('a force’s guidance, where two people have to stand for it', () => {
  it('is used whole once they do, and the version of the knowledge is that of its files alone', async () => {
    await stand(own, ...all);
    const knowledge = await load();
    expect(knowledge.unapproved).toEqual([]);
    expect(knowledge.passages.get(id('blankshire-lantern-service'))?.status).toBe('published');
    expect(knowledge.version).toBe((await load('none')).version);
  });

  it('is left out, and national guidance stands, where nobody does', async () => {
    const knowledge = await load();
    expect(knowledge.unapproved).toEqual(
      all.map((file) => ({
        ...{ file: `LOCAL_GUIDANCE_DIR/${file}`, why: nobody, wasApproved: false },
      })),
    );
    const national = await loadKnowledge(knowledgeFolder, parsed);
    expect([...knowledge.passages.keys()]).toEqual([...national.passages.keys()]);
    expect([...knowledge.sources.keys()]).toEqual([...national.sources.keys()]);
    expect(knowledge.version).toBe(national.version);
    const replaced = knowledge.passages.get(id('ss-no-local'));
    expect(replaced && isQuotable(replaced, today)).toBe(true);
  });

  it('is never quoted from a file that was changed since', async () => {
    await stand(own, ...all);
    await edit(release, 'duty inspector', 'duty sergeant');
    const question = 'Who must agree before a stalking suspect is released in Blankshire?';
    const answer = async (approval: 'two' | 'none') => {
      const clock = () => new Date(`${today}T12:00:00Z`);
      return JSON.stringify(
        makeAnswerQuestion(await load(approval), clock)({ question, earlier: [] }),
      );
    };
    expect(await answer('none')).toContain('duty sergeant agrees');
    expect(await answer('two')).not.toMatch(/duty sergeant|blankshire-release/);
    expect(await unapproved()).toEqual([`LOCAL_GUIDANCE_DIR/${release}: ${changed}`]);
    expect(await unapproved('none')).toEqual(await unapproved());
    await edit(release, 'duty sergeant', 'duty inspector');
    expect(await answer('two')).toContain('duty inspector agrees');
  });

  it('stops no start by what is written in a file that is left out', async () => {
    await stand(own, ...all);
    await writeFile(path.join(own, 'guidance/custody/broken.md'), 'No article at all.');
    await edit(release, 'id: blankshire-release-inspector', 'id: ss-no-local');
    await expect(load('none')).rejects.toThrow('broken.md: has no front matter');
    expect(await unapproved()).toEqual([
      `LOCAL_GUIDANCE_DIR/guidance/custody/broken.md: ${nobody}`,
      `LOCAL_GUIDANCE_DIR/${release}: ${changed}`,
    ]);
  });

  it('is left out with the list of sources that it cites', async () => {
    await stand(own, ...all);
    await edit('sources.yaml', 'Custody and bail policy', 'Custody policy');
    const knowledge = await load();
    const cites = 'cites a source that stands in no approved sources.yaml';
    expect(knowledge.unapproved.map(({ file, why }) => `${file}: ${why}`)).toEqual([
      `LOCAL_GUIDANCE_DIR/sources.yaml: ${changed}`,
      `LOCAL_GUIDANCE_DIR/${release}: ${cites}`,
      `LOCAL_GUIDANCE_DIR/${advocates}: ${cites}`,
    ]);
    expect(knowledge.passages.has(id('blankshire-lantern-service'))).toBe(false);
    expect(knowledge.passages.get(id('ss-no-local'))?.givesWay).toBeUndefined();
  });

  it('may name a successor that is left out', async () => {
    await edit(release, 'status: published', 'status: retired');
    await edit(
      release,
      'id: blankshire-release-inspector',
      'id: blankshire-release-inspector\nsuccessor: blankshire-lantern-service',
    );
    await stand(own, release, 'sources.yaml');
    const passage = (await load()).passages.get(id('blankshire-release-inspector'));
    expect([passage?.status, passage?.successor]).toEqual(['retired', undefined]);
  });

  it('is told of where its line ends were changed, or where it is gone', async () => {
    await stand(own, ...all);
    const at = path.join(own, release);
    await writeFile(at, (await readFile(at, 'utf8')).replaceAll('\n', '\r\n'));
    await rm(path.join(own, advocates));
    expect(await unapproved()).toEqual([
      `LOCAL_GUIDANCE_DIR/${release}: its line ends were changed since it was approved on 2026-11-20; ${nobody}`,
      `LOCAL_GUIDANCE_DIR/${advocates}: was approved on 2026-11-20 and is gone`,
    ]);
  });
});

describe('a force’s scripts, where two people have to stand for them', () => {
  it('are begun in their newest approved version', async () => {
    await putScript(1);
    await putScript(2);
    await stand(scripts, 'house-visit.1.yaml');
    expect(newestScript(await load(), 'house-visit')?.version).toBe(1);
    await stand(scripts, 'house-visit.2.yaml');
    expect(newestScript(await load(), 'house-visit')?.version).toBe(2);
  });

  it('do not come back in an older version when a newer one, approved once, is left out', async () => {
    await putScript(1);
    await putScript(2);
    await stand(scripts, 'house-visit.1.yaml', 'house-visit.2.yaml');
    await stand(own, ...all);
    for (const spoil of [
      () => putScript(2, { title: 'Another title' }),
      () => rm(path.join(scripts, 'house-visit.2.yaml')),
    ]) {
      await spoil();
      const knowledge = await load();
      expect(findStartable(knowledge, 'house-visit', today).kind).toBe('no-such-script');
      // What was begun with the older one goes on.
      expect(scriptOf(knowledge, 'house-visit', 1)?.version).toBe(1);
      expect(scriptOf(knowledge, 'house-visit', 2)).toBeUndefined();
      expect(knowledge.unapproved.map(({ file }) => file)).toEqual([
        'SCRIPTS_DIR/house-visit.2.yaml',
        'SCRIPTS_DIR/house-visit.1.yaml',
      ]);
    }
  });
});

describe('another knowledge base, where two people have to stand for it', () => {
  it('needs them for what is not as it came with the release, and is used whole or not at all', async () => {
    const base = path.join(folder, 'base');
    await cp(knowledgeFolder, base, { recursive: true });
    await stand(own, ...all);
    expect((await load('two', base)).unapproved).toEqual([]);
    await appendFile(path.join(base, 'terms.yaml'), '# a note\n');
    await expect(load('two', base)).rejects.toThrow(
      new RegExp(`^terms\\.yaml, KNOWLEDGE_APPROVAL: ${nobody}$`),
    );
    expect((await load('none', base)).unapproved).toEqual([
      { file: 'terms.yaml', why: nobody, wasApproved: false },
    ]);
    await stand(base, 'terms.yaml');
    expect((await load('two', base)).unapproved).toEqual([]);
    await cp(path.join(knowledgeFolder, 'terms.yaml'), path.join(base, 'terms.yaml'));
    await appendFile(path.join(base, 'approvals.jsonl'), '{"file":');
    expect((await load('two', base)).unapproved).toEqual([
      {
        file: 'approvals.jsonl',
        why: 'line 3 was not written to its end and is ignored',
        wasApproved: false,
      },
    ]);
  });
});

describe('the list of approvals on the disk', () => {
  const approval: Approval = {
    ...{ file: release, sha256: 'a'.repeat(64), by: 'Ann', what: 'wrote' },
    at: '2026-11-20T09:00:00.000Z',
  };
  const list = () => path.join(own, 'approvals.jsonl');

  it('takes the next line whole after one that was cut off', async () => {
    await appendApproval(own, approval);
    await appendFile(list(), '{"file":"guid');
    const cut = { ignored: ['line 2 was not written to its end and is ignored'] };
    expect(await readApprovals(own)).toEqual({ approvals: [approval], ...cut });
    await appendApproval(own, { ...approval, by: 'Bob' });
    expect(await readApprovals(own)).toEqual({
      approvals: [approval, { ...approval, by: 'Bob' }],
      ignored: ['line 2 is no approval and is ignored'],
    });
    expect((await readFile(list(), 'utf8')).split('\n')).toHaveLength(4);
  });

  it('keeps every line of several who add to it at once', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `Person ${at}`);
    await Promise.all(names.map((by) => appendApproval(own, { ...approval, by })));
    const { approvals, ignored } = await readApprovals(own);
    expect(approvals.map(({ by }) => by).toSorted()).toEqual(names.toSorted());
    expect(ignored).toEqual([]);
  });

  it('counts for nothing when it is too large or is no file', async () => {
    await writeFile(list(), ' '.repeat(5_000_001));
    expect(await readApprovals(own)).toEqual({
      approvals: [],
      ignored: ['is larger than 5 MB and is not read'],
    });
    await rm(list());
    await mkdir(list());
    expect(await readApprovals(own)).toEqual({
      approvals: [],
      ignored: ['cannot be read (EISDIR)'],
    });
    expect((await unapproved())[0]).toBe(
      'LOCAL_GUIDANCE_DIR/approvals.jsonl: cannot be read (EISDIR)',
    );
  });
});
