import type { SourceId } from '../core/ids.js';
import type { ImportedBlock } from '../core/imported-document.js';
import type { Knowledge } from '../core/knowledge.js';
import { beginningOf } from '../core/lint-finding.js';
import { diffEditions } from '../core/rests-on-changed.js';
import { findReader, readDocument } from './read-document.js';

/** Prints what a source's newer edition changed, and which passages rest on that; 1 when a file is refused. */
export async function diff(
  knowledge: Knowledge,
  files: { readonly before: string; readonly after: string },
  source: string | undefined,
): Promise<number> {
  if (source !== undefined && !knowledge.sources.has(source as SourceId)) {
    process.stderr.write(`There is no source ${source} in sources.yaml.\n`);
    return 2;
  }
  const reader = findReader();
  const before = await readDocument(files.before, reader);
  const after = await readDocument(files.after, reader);
  if (!before || !after) return 1;
  const found = diffEditions(
    before.blocks,
    after.blocks,
    knowledge.passages.values(),
    source as SourceId | undefined,
  );
  const say = (blocks: readonly ImportedBlock[], at: number) => {
    const { page, text } = blocks[at] as ImportedBlock;
    return `${page === null ? '' : `page ${page}: `}${beginningOf(text)}`;
  };
  for (const change of found.changes) {
    if (change.kind !== 'added') print(`- ${say(before.blocks, change.before)}`);
    if (change.kind !== 'removed') print(`+ ${say(after.blocks, change.after)}`);
  }
  const count = (kind: string) => found.changes.filter((change) => change.kind === kind).length;
  print(
    `${count('changed')} paragraphs changed, ${count('added')} added, ${count('removed')} removed.`,
  );
  if (source === undefined)
    print('Name the source (--source ID) to see which passages rest on these.');
  for (const { passage, locator, kind } of found.touched)
    print(
      kind === 'changed'
        ? `passage ${passage}: rests on changed text, ${locator}`
        : `passage ${passage}: look yourself, ${locator} was not found in the files`,
    );
  return 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
