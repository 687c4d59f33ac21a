import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wire } from '../bot/wire.js';
import { makeLog } from '../src/adapters/log.js';
import { readConfig } from '../src/config.js';
import { type ConnectorDouble, startConnectorDouble } from './bot/connector-double.js';
import { knowledgeFolder } from './real-knowledge.js';
import { aPerson, aStoreFolder, type Running } from './running.js';

/** The whole program in local mode, while somebody writes guidance beside it. */

let folder = '';
let connector: ConnectorDouble;
let store: Awaited<ReturnType<typeof aStoreFolder>>;
let running: Running;
const lines: string[] = [];
let waiting: { readonly event: string; readonly done: (line: string) => void } | undefined;

/** Resolves with the next log line of an event. */
function nextLine(event: string): Promise<string> {
  return new Promise((resolve) => {
    waiting = { event, done: resolve };
  });
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-reload-'));
  await cp(knowledgeFolder, folder, { recursive: true });
  store = await aStoreFolder();
  connector = await startConnectorDouble();
  const config = readConfig({ PORT: '0', DATA_DIR: store.folder, KNOWLEDGE_DIR: folder });
  const write = (line: string) => {
    lines.push(line);
    if (waiting && line.includes(`"${waiting.event}"`)) waiting.done(line);
  };
  const wired = await wire(config, makeLog('debug', { write }), () => new Date());
  const port = await wired.http.listen();
  running = { port, connector, logged: () => lines.join(''), close: wired.close };
}, 60_000);

afterAll(async () => {
  await running.close();
  await connector.close();
  await store.remove();
  await rm(folder, { recursive: true });
});

const question = 'How long does a stalking protection order last?';

describe('guidance that is changed while the program runs in local mode', () => {
  it('is answered with once it loads whole, and left out while it has a fault', async () => {
    const file = path.join(folder, 'guidance/stalking-protection-orders/spo-length-and-interim.md');
    const article = await readFile(file, 'utf8');
    const words = article
      .split('\n')
      .find((line) => line.includes('two years'))
      ?.split('. [@')[0];
    if (!words) throw new Error('looking for how long an order lasts: it is gone');
    const [before, during, after] = ['a', 'b', 'c'].map((id) => aPerson(() => running, id));
    await before?.say(question);
    expect(before?.texts().join()).toContain(words);

    const refused = nextLine('knowledge-not-reloaded');
    await writeFile(file, article.replace(words, `${words}. [@nobody s1] More`));
    expect(await refused).toContain('source nobody is not in sources.yaml');
    await during?.say(question);
    expect(during?.texts().join()).toContain(words);

    const reloaded = nextLine('knowledge-reloaded');
    await writeFile(file, article.replace(words, `In short, ${words}`));
    expect(await reloaded).toMatch(/"knowledgeVersion":"[0-9a-f]{12}"/);
    await after?.say(question);
    expect(after?.texts().join()).toContain(`In short, ${words}`);
  });
});
