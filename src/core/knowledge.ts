import type { LeftOut } from './approval.js';
import type { Cues } from './cues.js';
import type { Ground } from './field.js';
import type { Day, PassageId, SourceId } from './ids.js';
import type { NarrativeRules } from './narrative-rules.js';
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
  /** What is marked in a pasted report. */
  readonly narrative: NarrativeRules;
  /** Every version of every script. */
  readonly scripts: readonly Script[];
  /** Over published passages only. */
  readonly search: Search<PassageId>;
  /** Files of the force's own that two people do not stand for: left out where two have to, else only told of. */
  readonly unapproved: readonly LeftOut[];
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

/** Versions that no newer released one has taken the place of: those an author can still do something about. */
export function currentScripts({ scripts }: Pick<Knowledge, 'scripts'>): readonly Script[] {
  return scripts.filter(
    ({ name, version }) =>
      !scripts.some(
        (other) => other.name === name && other.version > version && other.status === 'released',
      ),
  );
}

/** What can be begun under a name on a day; `expired` when the newest version's licence has ended. */
export type Startable =
  | { readonly kind: 'script'; readonly script: Script }
  | { readonly kind: 'expired'; readonly script: Script; readonly expiredOn: Day }
  | { readonly kind: 'no-such-script' };

/** The newest version decides, so that a renewed licence is the next version and an ended one is not got round. */
export function findStartable(knowledge: Knowledge, name: string, on: Day): Startable {
  const script = newestScript(knowledge, name);
  if (!script) return { kind: 'no-such-script' };
  const expiredOn = expiryOf(script);
  return expiredOn !== undefined && expiredOn < on
    ? { kind: 'expired', script, expiredOn }
    : { kind: 'script', script };
}

/** Scripts that can be begun on a day, newest version of each, in the order to go by; without a day, expired ones too. */
export function startableScripts(knowledge: Knowledge, on?: Day): readonly Script[] {
  const names = [...new Set(knowledge.scripts.map((script) => script.name))];
  const newest = names
    .flatMap((name) => newestScript(knowledge, name) ?? [])
    .toSorted((a, b) => a.order - b.order);
  return on === undefined
    ? newest
    : newest.filter(({ name }) => findStartable(knowledge, name, on).kind === 'script');
}

/** The force's licensed instruments that can be begun on a day. */
export function loadedInstruments(
  knowledge: Knowledge,
  on: Day,
): readonly { readonly title: string; readonly expiresOn: Day }[] {
  return startableScripts(knowledge, on).flatMap(({ licence }) =>
    licence?.kind === 'instrument'
      ? [{ title: licence.instrument, expiresOn: licence.expiresOn }]
      : [],
  );
}

/** The last day on which a script may be begun; undefined when no licence ends. */
export function expiryOf({ licence }: Script): Day | undefined {
  return licence?.kind === 'instrument' ? licence.expiresOn : undefined;
}

/** What the owners of instruments want printed with them, each notice once and word for word. */
export function noticesOf(scripts: readonly Script[]): readonly string[] {
  const notices = scripts.flatMap(({ licence }) =>
    licence?.kind === 'instrument' ? [licence.notice] : [],
  );
  return [...new Set(notices)];
}
