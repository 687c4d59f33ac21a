import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Knowledge } from '../core/knowledge.js';
import { type Passage, statementsOf } from '../core/passage.js';
import { makeIsSafe } from '../core/safe-block.js';
import { approvalsName } from './approvals-file.js';
import { type KnowledgeFile, readKnowledgeFile } from './knowledge-file.js';

/**
 * A force's own guidance, kept outside this repository: `guidance/<topic>/<article>.md` and, where needed,
 * `sources.yaml` and `terms.yaml`. Loaded whole or not at all, like the force's scripts.
 */

/** How their files are named in faults, beside those of the knowledge shipped. */
export const localFolder = 'LOCAL_GUIDANCE_DIR/';

/** Reads the files of a force's guidance; what does not belong there is a fault, so that no typing mistake hides an article. */
export async function readLocalFiles(
  directory: string,
  faults: string[],
): Promise<readonly KnowledgeFile[]> {
  const options = { recursive: true, withFileTypes: true } as const;
  const entries = await readdir(directory, options).catch((error: unknown) => {
    const { code = 'unknown fault' } = error as NodeJS.ErrnoException;
    faults.push(`LOCAL_GUIDANCE_DIR, ${directory}: cannot be read (${code})`);
    return [];
  });
  const names = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    // A hidden file, such as those of .git, or a page of notes beside the folder is no article.
    .filter((name) => !/(?:^|\/)\./.test(name) && !/^[^/]+\.(?:md|txt)$/i.test(name))
    .filter((name) => name !== approvalsName)
    .sort();
  faults.push(
    ...names
      .filter((name) => !isLocalFile(name))
      .map(
        (name) =>
          `${localFolder}${name}: is neither sources.yaml, terms.yaml nor guidance/<topic>/<article>.md`,
      ),
  );
  return Promise.all(
    names
      .filter(isLocalFile)
      .map((name) => readKnowledgeFile(`${localFolder}${name}`, path.join(directory, name))),
  );
}

/** Whether a force's directory of guidance may hold a file of that path. */
export function isLocalFile(name: string): boolean {
  return localFile.test(name);
}

/** `guidance/custody/grading.md`, `sources.yaml`, `terms.yaml` */
const localFile =
  /^(?:(?:sources|terms)\.yaml|guidance\/[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*\.md)$/;

/** What may not be sent is never shown; a local passage that holds it would leave a gap, so it stops the start. */
export function unsafeFaults(
  local: readonly Passage[],
  neverAdvise: Knowledge['neverAdvise'],
): readonly string[] {
  const isSafe = makeIsSafe(neverAdvise);
  return local
    .filter(({ status }) => status === 'published')
    .flatMap(({ id, blocks }) =>
      blocks
        .filter((block) => !isSafe(block))
        .map((block) => {
          const words = statementsOf(block)[0]?.text.slice(0, 60);
          return `passage ${id}: the paragraph "${words}" holds words of never-advise.yaml that must not be sent`;
        }),
    );
}
