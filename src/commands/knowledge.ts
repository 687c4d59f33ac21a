import { parseArgs } from 'node:util';
import { dayOf } from '../core/days.js';
import { daySchema } from '../core/ids.js';
import type { Knowledge } from '../core/knowledge.js';
import type { Script } from '../core/script.js';
import { scriptDiagram } from '../core/script-diagram.js';
import { findScript } from './find-script.js';
import { approve } from './knowledge-approve.js';
import { check } from './knowledge-check.js';
import { diff } from './knowledge-diff.js';
import { importFile, newArticle } from './knowledge-drafts.js';
import { stale, stats } from './knowledge-lists.js';
import { vectors } from './knowledge-vectors.js';
import { knowledgeFolder, knowledgeOptions, openKnowledge } from './open-knowledge.js';
import { refuseAsked } from './refusal.js';
import { changedReleases, recordReleases } from './released-scripts.js';

const usage = `npm run knowledge -- check [DIR]      loads everything and lists what a person should look at;
                                      DIR holds a force's own scripts (default: SCRIPTS_DIR)
  --strict         warnings fail it too
npm run knowledge -- new TOPIC/ARTICLE   writes an empty article as a draft
npm run knowledge -- import FILE --source ID --topic TOPIC [--article NAME]
                                      turns a saved PDF, Word document, web page or Markdown file into drafts
npm run knowledge -- diff OLD NEW [--source ID]
                                      what changed between two editions, and which passages rest on it
npm run knowledge -- approve FILE [--by NAME --as wrote|checked]
                                      shows what of a force's own file would be quoted and what changed in it,
                                      and notes that somebody stands for this version; two people have to
npm run knowledge -- stale [--on DAY] what is past or near its review date, drafts, sources read long ago
npm run knowledge -- stats            passages by topic, audience, status, source and licence; age; words
npm run knowledge -- vectors          embeds passages for the EMBEDDINGS_ settings; see the README
npm run knowledge -- diagram NAME     draws a script's routes as a Mermaid flowchart; NAME.2 for version 2
npm run knowledge -- record           records each released script that comes with Signpost, so that an edit is noticed
  --scripts DIR    a force's own scripts (default: SCRIPTS_DIR)
  --local DIR      a force's own guidance (default: LOCAL_GUIDANCE_DIR); new and import write there when it is named
  --knowledge DIR  another knowledge base (default: KNOWLEDGE_DIR, else the one shipped)`;

const options = {
  ...knowledgeOptions,
  strict: { type: 'boolean', default: false },
  on: { type: 'string' },
  source: { type: 'string' },
  topic: { type: 'string' },
  article: { type: 'string' },
  by: { type: 'string' },
  as: { type: 'string' },
} as const;

type Given = ReturnType<typeof readArguments>;

function readArguments() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  return { ...values, names: positionals.slice(1), command: positionals[0] };
}

/** How many names each command takes, and what it cannot do without. */
const commands: Readonly<Record<string, (given: Given) => boolean>> = {
  check: ({ names }) => names.length <= 1,
  new: ({ names }) => names.length === 1,
  import: ({ names, source, topic }) => names.length === 1 && !!source && !!topic,
  approve: ({ names }) => names.length === 1,
  diff: ({ names }) => names.length === 2,
  stale: ({ names, on }) => names.length === 0 && (!on || daySchema.safeParse(on).success),
  stats: ({ names }) => names.length === 0,
  vectors: ({ names }) => names.length === 0,
  diagram: ({ names }) => names.length === 1,
  record: ({ names }) => names.length === 0,
};

async function main(): Promise<number> {
  const given = readArguments();
  if (!commands[given.command ?? '']?.(given)) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const [first = ''] = given.names;
  if (given.command === 'approve') return approve({ ...given, file: first }, () => new Date());
  const scripts = given.command === 'check' ? first || given.scripts : given.scripts;
  // Whoever writes guidance works with all of it; what two people do not stand for is told.
  const knowledge = await openKnowledge({ ...given, scripts }, 'none');
  return knowledge ? run(given, knowledge) : 1;
}

async function run(given: Given, knowledge: Knowledge): Promise<number> {
  const { names, source = '', topic = '', article } = given;
  const [first = '', second = ''] = names;
  const today = dayOf(new Date());
  const folder = knowledgeFolder(given);
  const writtenTo = given.local ?? folder;
  switch (given.command) {
    case 'check':
      return check(knowledge, today, await changedReleases(folder), given.strict);
    case 'new':
      return newArticle(knowledge, writtenTo, first, today);
    case 'import':
      return importFile(knowledge, writtenTo, { file: first, source, topic, article }, today);
    case 'diff':
      return diff(knowledge, { before: first, after: second }, given.source);
    case 'stale':
      return stale(knowledge, given.on ?? today);
    case 'stats':
      return stats(knowledge, today);
    case 'vectors':
      return vectors(knowledge);
    case 'record':
      return record(knowledge, folder);
    default:
      return diagram(knowledge, first);
  }
}

/** Only scripts that come with Signpost: a force keeps the history of its own. */
async function record({ scripts }: Knowledge, folder: string): Promise<number> {
  const released = scripts.filter(({ status, licence }) => status === 'released' && !licence);
  const fresh = await recordReleases(
    folder,
    released.map((script) => `${titleOf(script)}.yaml`),
  );
  return print(
    fresh.map((name) => `recorded ${name}`),
    'All were recorded before.',
  );
}

function diagram(knowledge: Knowledge, name: string): number {
  const script = findScript(knowledge, name);
  if (!script) {
    process.stderr.write(`There is no script ${name}.\n`);
    return 2;
  }
  process.stdout.write(scriptDiagram(script));
  return 0;
}

function titleOf({ name, version }: Script): string {
  return `${name}.${version}`;
}

function print(lines: readonly string[], whenNone: string): number {
  const shown = lines.length > 0 ? lines : [whenNone].filter(Boolean);
  for (const line of shown) process.stdout.write(`${line}\n`);
  return 0;
}

process.exitCode = await main().catch(refuseAsked);
