import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KnowledgeFault } from '../../src/adapters/knowledge-files.js';
import {
  makeLiveKnowledge,
  perKnowledge,
  quietMs,
  viewOfCurrent,
  watchFolders,
} from '../../src/adapters/live-knowledge.js';
import type { Knowledge } from '../../src/core/knowledge.js';
import { makeAnswerQuestion } from '../../src/flows/answer-question.js';
import { aKnowledge, aPassageOf, aQuestion, aScript } from '../builders.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const released = aScript([aQuestion({ id: 'QA01' })]);
const other = aScript([aQuestion({ id: 'QA01', ask: 'Was it yesterday?' })]);
const old = aKnowledge({ version: 'old', scripts: [released] });

/** Live knowledge whose files are what the test says, and what came of each change. */
function aLive(loads: (() => Promise<Knowledge>)[]) {
  const came: string[] = [];
  let change = () => {};
  let stopped = 0;
  const live = makeLiveKnowledge(old, {
    load: () => (loads.shift() ?? (async () => old))(),
    watch: (onChange) => {
      change = onChange;
      return () => {
        stopped += 1;
      };
    },
    onLoaded: ({ version }) => came.push(`loaded ${version}`),
    onRefused: (error) => came.push(String(error)),
  });
  const settle = () => vi.advanceTimersByTimeAsync(quietMs);
  return { live, came, change: () => change(), settle, stops: () => stopped };
}

describe('live knowledge', () => {
  it('is loaded once after several changes that follow each other', async () => {
    const next = { ...old, version: 'next' };
    const load = vi.fn(async () => next);
    const { live, came, change, settle } = aLive([load, load]);
    change();
    await vi.advanceTimersByTimeAsync(quietMs - 1);
    change();
    expect(live.current()).toBe(old);
    await settle();
    expect([live.current(), came, load.mock.calls.length]).toEqual([next, ['loaded next'], 1]);
  });

  it('stays as it was while there is a fault, says why, and is taken in once it is mended', async () => {
    const next = { ...old, version: 'next' };
    const { live, came, change, settle } = aLive([
      async () => {
        throw new KnowledgeFault('guidance/a/b.md: has no front matter');
      },
      async () => next,
    ]);
    change();
    await settle();
    expect([live.current(), came]).toEqual([old, ['Error: guidance/a/b.md: has no front matter']]);
    change();
    await settle();
    expect(live.current()).toBe(next);
  });

  it.each([
    ['was edited', [other]],
    ['is gone', []],
  ])(
    'is refused when a released script %s, since open screenings keep it',
    async (became, scripts) => {
      const { live, came, change, settle } = aLive([
        async () => ({ ...old, version: 'next', scripts }),
      ]);
      change();
      await settle();
      expect(live.current()).toBe(old);
      expect(came).toEqual([
        `Error: test-script.1.yaml ${became} after its release, but open screenings keep it: put it back as it was, and make the change in test-script.2.yaml`,
      ]);
    },
  );

  it('takes in a new version of a script and a changed draft', async () => {
    const draft = { ...other, version: 2, status: 'draft' as const };
    const changed = { ...draft, title: 'Another title' };
    const first = { ...old, version: 'first', scripts: [released, draft] };
    const next = { ...old, version: 'next', scripts: [changed, released] };
    const { live, change, settle } = aLive([async () => first, async () => next]);
    for (const expected of [first, next]) {
      change();
      await settle();
      expect(live.current()).toBe(expected);
    }
  });

  it('says nothing when the files say the same', async () => {
    const { live, came, change, settle } = aLive([async () => ({ ...old })]);
    change();
    await settle();
    expect([live.current(), came]).toEqual([old, []]);
  });

  it('is not loaded after it was closed', async () => {
    const { live, came, change, stops } = aLive([async () => ({ ...old, version: 'next' })]);
    change();
    await live.close();
    await vi.advanceTimersByTimeAsync(quietMs * 2);
    expect([live.current(), came, stops()]).toEqual([old, [], 1]);
  });
});

describe('what is made of live knowledge', () => {
  it('answers from the new passages, and names the version it used', () => {
    const clock = () => new Date('2026-11-20T12:00:00Z');
    const knowing = (version: string, words: string) =>
      aKnowledge({ version, passages: [aPassageOf('one', [[words]])] });
    let current = knowing('old', 'It lasts two years.');
    const answering = perKnowledge(
      () => current,
      (knowledge) => makeAnswerQuestion(knowledge, clock),
    );
    const asked = { question: 'how long is it', earlier: [] };
    const first = answering();
    expect(answering()).toBe(first);
    expect(first(asked)).toMatchObject({ knowledgeVersion: 'old' });
    current = knowing('new', 'It lasts three years.');
    expect(answering()(asked)).toMatchObject({ knowledgeVersion: 'new' });
    expect(JSON.stringify(answering()(asked).shown)).toContain('three years');
    // A turn under way keeps what it began with.
    expect(first(asked)).toMatchObject({ knowledgeVersion: 'old' });
  });

  it('reads every field of the knowledge in use', () => {
    let current = old;
    const view = viewOfCurrent(() => current);
    expect({ ...view }).toEqual(old);
    current = aKnowledge({ version: 'new', passages: [aPassageOf('one', [['Words.']])] });
    expect({ ...view }).toEqual(current);
  });
});

describe('folders that are watched', () => {
  it('tell of a change in any folder below them, and stay quiet about faults when files come and go', async () => {
    vi.useRealTimers();
    const folder = await mkdtemp(path.join(tmpdir(), 'signpost-watch-'));
    await mkdir(path.join(folder, 'guidance/a'), { recursive: true });
    const faults: unknown[] = [];
    let told = () => {};
    const changed = new Promise<void>((resolve) => {
      told = resolve;
    });
    const stop = watchFolders([folder], told, (error) => faults.push(error));
    for (let at = 0; at < 20; at += 1) {
      const file = path.join(folder, `guidance/a/${at}.md`);
      await writeFile(`${file}.tmp`, 'words');
      await rename(`${file}.tmp`, file);
      await rm(file);
    }
    await changed;
    stop();
    await rm(folder, { recursive: true });
    expect(faults).toEqual([]);
  });
});
