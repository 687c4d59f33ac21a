import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLive } from '../bot/wire-knowledge.js';
import { appendApproval } from '../src/adapters/approvals-file.js';
import { sha256Of } from '../src/adapters/knowledge-file.js';
import { makeLog } from '../src/adapters/log.js';
import { readConfig } from '../src/config.js';
import { makeAnswerQuestion } from '../src/flows/answer-question.js';
import { today } from './builders.js';

/** The start of the server with a force's guidance, as production and as a machine of one's own has it. */

const advocates = 'guidance/local-services/advocates.md';
const production = {
  KEY_FILE: 'k',
  MICROSOFT_APP_ID: '00000000-0000-4000-8000-00000000B070',
  MICROSOFT_APP_PASSWORD: 'pw',
  MICROSOFT_APP_TENANT_ID: '11111111-2222-4333-8444-555555555555',
  MICROSOFT_APP_TYPE: 'SingleTenant',
  TAB_APP_ID: '00000000-0000-4000-8000-0000000007ab',
};
let own = '';
beforeAll(async () => {
  own = await mkdtemp(path.join(tmpdir(), 'signpost-start-'));
  await cp(path.join(import.meta.dirname, '../docs/example-guidance'), own, { recursive: true });
});
afterAll(() => rm(own, { recursive: true }));

/** The log of a start, and whether the force's passage or the national one it replaces is quoted. */
async function start(settings: Readonly<Record<string, string>>) {
  const lines: string[] = [];
  const log = makeLog('info', { write: (line) => lines.push(line) });
  const live = await openLive(readConfig({ ...settings, LOCAL_GUIDANCE_DIR: own }), log);
  const answerQuestion = makeAnswerQuestion(live.current(), () => new Date(`${today}T12:00:00Z`));
  const shownFor = (question: string) =>
    answerQuestion({ question, earlier: [] }).shown.map(({ passage }) => String(passage));
  await live.close();
  return {
    logged: lines.map((line) => JSON.parse(line)),
    quotes: shownFor('Which stalking advocacy service covers Blankshire?').includes(
      'blankshire-lantern-service',
    ),
    national: shownFor('What if there is no local stalking service in my force area?').includes(
      'ss-no-local',
    ),
  };
}

const files = ['guidance/custody/release.md', advocates, 'sources.yaml', 'terms.yaml'];
const nobody = 'nobody has said to have written or checked this version';

describe('a start in production', () => {
  it('quotes nothing that two people do not stand for, and names each file and what is missing', async () => {
    const { logged, quotes, national } = await start(production);
    expect([quotes, national]).toEqual([false, true]);
    expect(logged).toEqual([
      {
        ...{ level: 'error', time: expect.any(String), event: 'knowledge-left-out', count: 4 },
        error: {
          name: 'Error',
          message: files.map((file) => `LOCAL_GUIDANCE_DIR/${file}: ${nobody}`).join('\n'),
          frames: expect.any(Array),
        },
      },
    ]);
  });

  it('without approval has to be wished for, and is logged', async () => {
    const { logged, quotes } = await start({ ...production, KNOWLEDGE_APPROVAL: 'none' });
    expect(quotes).toBe(true);
    expect(logged).toMatchObject([
      { level: 'warn', event: 'knowledge-without-approval', count: 4 },
    ]);
  });

  it('quotes what one person wrote and another checked, until a word of it is changed', async () => {
    for (const file of files) {
      const sha256 = sha256Of(await readFile(path.join(own, file)));
      const version = { file, sha256, at: '2026-11-20T09:00:00.000Z' };
      await appendApproval(own, { ...version, by: 'A. Smith', what: 'wrote' });
      await appendApproval(own, { ...version, by: 'B. Jones', what: 'checked' });
    }
    expect(await start(production)).toEqual({ logged: [], quotes: true, national: false });
    const at = path.join(own, advocates);
    await writeFile(at, (await readFile(at, 'utf8')).replace('same shift', 'next shift'));
    const { logged, quotes, national } = await start(production);
    expect([quotes, national]).toEqual([false, true]);
    expect(logged[0].error.message).toBe(
      `LOCAL_GUIDANCE_DIR/${advocates}: changed since it was approved on 2026-11-20; ${nobody}`,
    );
  });
});

describe('a start on a machine of one’s own', () => {
  it('uses what is being written, and leaves it out where two are asked for', async () => {
    expect(await start({})).toMatchObject({ logged: [], quotes: true });
    expect(await start({ KNOWLEDGE_APPROVAL: 'two' })).toMatchObject({ quotes: false });
  });
});

describe('the setting KNOWLEDGE_APPROVAL', () => {
  it('is two in production and none elsewhere, where it is not set', () => {
    const approval = (settings: object) => readConfig({ ...settings }).knowledgeApproval;
    expect([approval(production), approval({}), approval({ KNOWLEDGE_APPROVAL: 'two' })]).toEqual([
      'two',
      'none',
      'two',
    ]);
    expect(() => approval({ KNOWLEDGE_APPROVAL: 'one' })).toThrow(
      'The setting KNOWLEDGE_APPROVAL cannot be used: must be two or none.',
    );
  });
});
