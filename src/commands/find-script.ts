import type { Knowledge } from '../core/knowledge.js';
import type { Script } from '../core/script.js';

/** The script of a name such as `breach` or `breach.2`; without a version the newest, a draft too, for its author. */
export function findScript({ scripts }: Knowledge, name: string): Script | undefined {
  return scripts
    .filter((script) => script.name === name || `${script.name}.${script.version}` === name)
    .reduce<Script | undefined>((a, b) => (a && a.version > b.version ? a : b), undefined);
}
