import type { Cues } from './cues.js';
import type { Ground } from './field.js';
import type { PassageId, SourceId } from './ids.js';
import type { Passage, Source } from './passage.js';
import type { Search } from './retrieval.js';
import type { Script } from './script.js';
import type { Term } from './tokens.js';
import type { WordingFamily } from './wording.js';

/** Everything users may be told and asked, loaded whole or not at all. */
export type Knowledge = {
  /** First twelve hex digits of the SHA-256 over all files; every answer and summary names it. */
  readonly version: string;
  readonly sources: ReadonlyMap<SourceId, Source>;
  readonly passages: ReadonlyMap<PassageId, Passage>;
  readonly terms: readonly Term[];
  /** Tells whether a question is of this field. */
  readonly findGround: (text: string) => Ground;
  readonly cues: Cues;
  readonly neverAdvise: readonly WordingFamily[];
  /** Every version of every script. */
  readonly scripts: readonly Script[];
  /** Over published passages only. */
  readonly search: Search<PassageId>;
};

/** The newest released version of a script; drafts are never run. */
export function newestScript(knowledge: Knowledge, name: string): Script | undefined {
  return knowledge.scripts
    .filter((script) => script.name === name && script.status === 'released')
    .reduce<Script | undefined>((a, b) => (a && a.version > b.version ? a : b), undefined);
}

/** The version an open screening began with; undefined only when a file was deleted, which is a fault. */
export function scriptOf(knowledge: Knowledge, name: string, version: number): Script | undefined {
  return knowledge.scripts.find((script) => script.name === name && script.version === version);
}

/** Scripts that can be begun, by name, newest version of each. */
export function startableScripts(knowledge: Knowledge): readonly Script[] {
  const names = [...new Set(knowledge.scripts.map((script) => script.name))];
  return names.flatMap((name) => newestScript(knowledge, name) ?? []);
}
