import { parseArgs } from 'node:util';
import { dayOf } from '../core/days.js';
import { currentScripts, type Knowledge } from '../core/knowledge.js';
import { isOverdue } from '../core/passage.js';
import type { Script } from '../core/script.js';
import { scriptDiagram } from '../core/script-diagram.js';
import { staleWarnings, warningsOf } from '../core/script-warnings.js';
import { findScript } from './find-script.js';
import { knowledgeFolder, knowledgeOptions, openKnowledge } from './open-knowledge.js';
import { changedReleases, recordReleases } from './released-scripts.js';

const usage = `npm run knowledge -- check [DIR]      loads everything and lists what a person should look at;
                                      DIR holds a force's own scripts (default: SCRIPTS_DIR)
npm run knowledge -- diagram NAME     draws a script's routes as a Mermaid flowchart; NAME.2 for version 2
npm run knowledge -- stale            passages and scripts past their review date, and drafts
npm run knowledge -- record           records each released script that comes with Signpost, so that an edit is noticed
  --scripts DIR    a force's own scripts (default: SCRIPTS_DIR)
  --knowledge DIR  another knowledge base (default: KNOWLEDGE_DIR, else the one shipped)`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: knowledgeOptions });
  const [command, name] = positionals;
  const known = ['check', 'diagram', 'stale', 'record'];
  if (!command || !known.includes(command) || (command === 'diagram' && !name)) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const scripts = command === 'check' ? (name ?? values.scripts) : values.scripts;
  const knowledge = await openKnowledge({ ...values, scripts });
  if (!knowledge) return 1;
  const today = dayOf(new Date());
  const folder = knowledgeFolder(values);
  if (command === 'check') return check(knowledge, today, await changedReleases(folder));
  if (command === 'record') return record(knowledge, folder);
  if (command === 'stale') return print(staleLines(knowledge, today), 'Nothing is due.');
  return diagram(knowledge, name ?? '');
}

function check(knowledge: Knowledge, today: string, changed: readonly string[]): number {
  const lines = currentScripts(knowledge).flatMap((script) =>
    warningsOf(script, today).map(
      ({ question, reason }) => `${titleOf(script)}, ${question}: ${reason}`,
    ),
  );
  const overdue = [...knowledge.passages.values()].filter(
    (passage) => passage.status === 'published' && isOverdue(passage, today),
  );
  for (const fault of changed) process.stderr.write(`${fault}\n`);
  print(lines, '');
  process.stdout.write(
    `${knowledge.scripts.length} scripts and ${knowledge.passages.size} passages can be used: ${changed.length} faults, ${lines.length} warnings, ${overdue.length} passages due for review.\n`,
  );
  return changed.length > 0 ? 1 : 0;
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

function staleLines(knowledge: Knowledge, today: string): readonly string[] {
  const passages = [...knowledge.passages.values()];
  return [
    ...passages
      .filter((passage) => passage.status !== 'retired' && isOverdue(passage, today))
      .map(({ id, reviewBy }) => `passage ${id}: was due for review on ${reviewBy}`),
    ...passages
      .filter(({ status }) => status === 'draft')
      .map(({ id }) => `passage ${id}: is a draft`),
    ...currentScripts(knowledge).flatMap((script) => [
      ...staleWarnings(script, today).map(
        ({ question, reason }) => `${titleOf(script)}, ${question}: ${reason}`,
      ),
      ...(script.status === 'draft' ? [`${titleOf(script)}: is a draft`] : []),
    ]),
  ];
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

process.exitCode = await main();
