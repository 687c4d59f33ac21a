import { KnowledgeFault, loadKnowledge } from '../adapters/knowledge-files.js';
import { isOwnFault } from '../adapters/log.js';
import { packageVersion } from '../adapters/package-version.js';
import { inspectStore } from '../adapters/postgres/inspect-store.js';
import { type Config, ConfigFault, readConfig } from '../config.js';
import type { Knowledge } from '../core/knowledge.js';
import { installedBy, saySelfCheck } from '../core/self-check.js';
import { english } from '../core/words.js';
import { runSelfCheck } from '../flows/self-check.js';
import { makeModelState } from '../flows/turn-switch.js';
import { knowledgeFolder } from './open-knowledge.js';
import { openStore } from './open-store.js';

const usage = `npm run self-check      names mode, store, identity, versions, switches, newest migration and the end of the audit
Nothing of it is secret. The store is that of DATABASE_URL, else of DATA_DIR (which must not be in use: there, type
“/self-check” in the chat). Exit code: 0 all is as it has to be, 1 something is not, 2 not looked at.`;

async function main(): Promise<number> {
  if (process.argv.length > 2) return refuse(usage);
  const config = readConfig(process.env);
  const store = await openStore(config.store);
  const knowledge = await load(config);
  const unread = () => Promise.reject(new Error('the store was not opened'));
  try {
    const check = await runSelfCheck({
      installed: installedBy(config, await packageVersion()),
      knowledge: () => knowledge,
      modelState: makeModelState({
        isConfigured: config.model !== undefined,
        isOffBySetting: config.model?.isOff ?? false,
      }),
      inspect: typeof store === 'string' ? unread : () => inspectStore(store.pool),
      clock: () => new Date(),
      // What a driver says names addresses; the finding is a sentence of ours.
      onFault: () => undefined,
    });
    const { lines, faults, notes } = saySelfCheck(check, english.selfCheck);
    const why = typeof store === 'string' ? [store] : [];
    const found = faults.length > 0 ? [...faults, ...why] : [english.selfCheck.sound];
    process.stdout.write(`${[...lines, ...found, ...notes].join('\n')}\n`);
    return faults.length > 0 ? 1 : 0;
  } finally {
    if (typeof store !== 'string') await store.close();
  }
}

/** Undefined where it cannot be used: `npm run knowledge -- check` names file and field. */
function load({ scriptsDir, localGuidanceDir }: Config): Promise<Knowledge | undefined> {
  return loadKnowledge(knowledgeFolder({}), new Map(), scriptsDir, localGuidanceDir).catch(
    (error: unknown) => {
      const isMissing = (error as { code?: unknown }).code === 'ENOENT';
      if (error instanceof KnowledgeFault || isMissing) return undefined;
      throw error;
    },
  );
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`);
  return 2;
}

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof ConfigFault || isOwnFault(error)) return refuse(error.message);
  throw error;
});
