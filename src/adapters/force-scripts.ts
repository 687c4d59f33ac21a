import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Script } from '../core/script.js';
import { approvalsName } from './approvals-file.js';
import { type KnowledgeFile, readKnowledgeFile } from './knowledge-file.js';

/**
 * A force's own scripts, kept outside this repository: `<name>.<version>.yaml` and, where they cite what is not among
 * the shipped sources, `sources.yaml`. They are loaded whole or not at all, since a script that went missing would be
 * found out by whoever has a caller on the line.
 */

/** How their files are named in faults, beside those of `scripts/`. */
export const forceFolder = 'SCRIPTS_DIR/';

/** Reads the files of a force's directory; what does not belong there is a fault, so that no typing mistake hides a script. */
export async function readForceFiles(
  directory: string,
  faults: string[],
): Promise<readonly KnowledgeFile[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    const { code = 'unknown fault' } = error as NodeJS.ErrnoException;
    faults.push(`SCRIPTS_DIR, ${directory}: cannot be read (${code})`);
    return [];
  });
  const names = entries
    .map(({ name }) => name)
    // A hidden file, such as .git, or a page of notes is no script.
    .filter((name) => !name.startsWith('.') && !/\.(?:md|txt)$/i.test(name))
    .filter((name) => name !== approvalsName)
    .sort();
  faults.push(
    ...names
      .filter((name) => !isForceFile(name))
      .map(
        (name) =>
          `${forceFolder}${name}: is neither sources.yaml nor named <name>.<version>.yaml, e.g. house-visit.1.yaml`,
      ),
  );
  return Promise.all(
    names
      .filter(isForceFile)
      .map((name) => readKnowledgeFile(`${forceFolder}${name}`, path.join(directory, name))),
  );
}

/** Whether a force's directory of scripts may hold a file of that path. */
export function isForceFile(name: string): boolean {
  return name === 'sources.yaml' || scriptFile.test(name);
}

/** `house-visit.1.yaml` */
const scriptFile = /^[a-z]+(?:-[a-z]+)*\.[1-9]\d*\.yaml$/;

/** What a force's script may not do, beyond what no script may. */
export function forceScriptFaults(
  own: readonly Script[],
  shipped: readonly Script[],
): readonly string[] {
  return [
    ...shipped
      .filter(({ licence }) => licence)
      .map((script) => `scripts/${fileOf(script)}, licence: only a force's own script carries one`),
    ...own.flatMap((script) => {
      const at = `${forceFolder}${fileOf(script)}`;
      return [
        ...(shipped.some(({ name }) => name === script.name)
          ? [`${at}, name: ${script.name} is a script that comes with Signpost; take another name`]
          : []),
        ...(script.licence
          ? []
          : [
              `${at}, licence: is missing; say who answers for the script, or on what terms the instrument is used`,
            ]),
        ...sharedIds(script, [...shipped, ...own]).map(
          ({ id, name }) => `${at}, ${id}: is a question of ${name}; take letters of your own`,
        ),
      ];
    }),
  ];
}

/** An answer is carried over to a question of the same id, so two scripts may not mean different things by one. */
function sharedIds(script: Script, all: readonly Script[]) {
  const owners = new Map(
    all
      .filter(({ name }) => name !== script.name)
      .flatMap(({ name, questions }) => questions.map(({ id }) => [id, name] as const)),
  );
  return script.questions.flatMap(({ id }) => {
    const name = owners.get(id);
    return name === undefined ? [] : [{ id, name }];
  });
}

/** How the file of a script has to be named. */
export function fileOf({ name, version }: Script): string {
  return `${name}.${version}.yaml`;
}
