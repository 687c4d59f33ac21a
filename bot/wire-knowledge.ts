import path from 'node:path';
import { KnowledgeFault, loadKnowledge } from '../src/adapters/knowledge-files.js';
import {
  type LiveKnowledge,
  makeLiveKnowledge,
  watchFolders,
} from '../src/adapters/live-knowledge.js';
import { type Log, ownFault } from '../src/adapters/log.js';
import { findBuilt, packageRoot } from '../src/adapters/package-root.js';
import { readParsed } from '../src/adapters/parsed-knowledge.js';
import { readVectors } from '../src/adapters/vector-file.js';
import type { Config } from '../src/config.js';
import type { Knowledge } from '../src/core/knowledge.js';
import { knownWordsOf } from '../src/core/known-words.js';
import { makeRedact } from '../src/core/redact.js';
import { type FindNear, makeFindNear } from '../src/flows/find-near.js';

/** The part of the composition root that loads what users may be told. */

/** In local mode knowledge is read again when its files change; on a server it is loaded at the start only. */
export async function openLive(config: Config, log: Log): Promise<LiveKnowledge> {
  const directory = config.knowledgeDir ?? path.join(packageRoot(), 'knowledge');
  const { scriptsDir, localGuidanceDir, knowledgeApproval } = config;
  const parsed = await readParsed(findBuilt('parsed-knowledge.json'));
  const load = () =>
    loadKnowledge(directory, parsed, scriptsDir, localGuidanceDir, knowledgeApproval);
  const first = await load();
  logUnapproved(config, first, log);
  if (config.auth.kind !== 'anonymous') return { current: () => first, close: async () => {} };
  const folders = [directory, scriptsDir, localGuidanceDir].filter(
    (folder) => folder !== undefined,
  );
  const refused = (error: unknown) =>
    // Faults name files and reasons, and knowledge holds nothing about anybody.
    log.error(
      'knowledge-not-reloaded',
      {},
      error instanceof KnowledgeFault ? ownFault(error.message) : error,
    );
  return makeLiveKnowledge(first, {
    load,
    watch: (onChange) => watchFolders(folders, onChange, refused),
    onLoaded: (knowledge) => {
      log.info('knowledge-reloaded', { knowledgeVersion: knowledge.version });
      logUnapproved(config, knowledge, log);
    },
    onRefused: refused,
  });
}

/** Says which files of the force's are left out, and why; or, in production, that nobody has to stand for them. */
function logUnapproved(
  { auth, knowledgeApproval }: Config,
  { unapproved }: Knowledge,
  log: Log,
): void {
  const count = unapproved.length;
  if (knowledgeApproval === 'none') {
    if (auth.kind !== 'anonymous') log.warn('knowledge-without-approval', { count });
    return;
  }
  if (count === 0) return;
  // Names of files, days and fixed words; who wrote or checked is not among them.
  const lines = unapproved.map(({ file, why }) => `${file}: ${why}`);
  log.error('knowledge-left-out', { count }, ownFault(lines.join('\n')));
}

/** Undefined where no embedding model is set, which is usual. */
export async function openNear(
  { embeddings }: Config,
  knowledge: Knowledge,
  log: Log,
): Promise<FindNear | undefined> {
  if (!embeddings) return undefined;
  const { model, file, timeoutMs } = embeddings;
  const { vectors, missing } = await readVectors(file, model, knowledge.passages.values());
  if (missing > 0) log.warn('passages-without-vectors', { count: missing });
  // Loaded only where it is used: it is large, and most servers find by words alone.
  const { makeOpenAiEmbed } = await import('../src/adapters/openai-embeddings.js');
  const embed = makeOpenAiEmbed(embeddings, (error) => log.error('embedding-failed', {}, error));
  return makeFindNear(embed, vectors, makeRedact(knownWordsOf(knowledge)), timeoutMs);
}
