import { watch } from 'node:fs';
import type { Knowledge } from '../core/knowledge.js';
import { reloadFaults } from '../core/reload-faults.js';
import { KnowledgeFault } from './knowledge-files.js';

/**
 * Knowledge that is read again when its files change, for whoever writes guidance on their own machine. It is loaded
 * whole or not at all: while there is a fault, what was loaded before stays in use.
 */

export type LiveKnowledge = {
  readonly current: () => Knowledge;
  /** Resolves when nothing is being read any more. */
  readonly close: () => Promise<void>;
};

export type LiveParts = {
  readonly load: () => Promise<Knowledge>;
  /** Calls back at each change until what it returned is called. */
  readonly watch: (onChange: () => void) => () => void;
  readonly onLoaded: (knowledge: Knowledge) => void;
  /** A KnowledgeFault, or whatever else kept the files from being read. */
  readonly onRefused: (error: unknown) => void;
};

/** An editor writes a file in several steps, and a branch is changed file by file. */
export const quietMs = 250;

export function makeLiveKnowledge(first: Knowledge, parts: LiveParts): LiveKnowledge {
  let current = first;
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> = Promise.resolve();
  const reload = async () => {
    const next = await parts.load();
    if (next.version === current.version) return;
    const faults = reloadFaults(current, next);
    if (faults.length > 0) throw new KnowledgeFault(faults.join('\n'));
    current = next;
    parts.onLoaded(next);
  };
  const stop = parts.watch(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      reading = reading.then(reload).catch(parts.onRefused);
    }, quietMs).unref();
  });
  return {
    current: () => current,
    close: async () => {
      stop();
      clearTimeout(timer);
      await reading;
    },
  };
}

/** Watches folders with all that is in them. */
export function watchFolders(
  folders: readonly string[],
  onChange: () => void,
  onFault: (error: unknown) => void,
): () => void {
  const watchers = folders.map((folder) => {
    const watcher = watch(folder, { recursive: true }, onChange).on('error', onFault);
    // Not chained: where folders are watched one by one, as on Linux, it returns nothing.
    watcher.unref();
    return watcher;
  });
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}

/** Makes something once for each knowledge that comes into use, so that a turn works with one to its end. */
export function perKnowledge<Made>(
  current: () => Knowledge,
  make: (knowledge: Knowledge) => Made,
): () => Made {
  let last: { readonly knowledge: Knowledge; readonly made: Made } | undefined;
  return () => {
    const knowledge = current();
    if (last?.knowledge !== knowledge) last = { knowledge, made: make(knowledge) };
    return last.made;
  };
}

/** The knowledge in use, for what is made once and looks at it each time: every field is read when it is asked for. */
export function viewOfCurrent(current: () => Knowledge): Knowledge {
  return {
    get version() {
      return current().version;
    },
    get sources() {
      return current().sources;
    },
    get passages() {
      return current().passages;
    },
    get terms() {
      return current().terms;
    },
    get findGround() {
      return current().findGround;
    },
    get cues() {
      return current().cues;
    },
    get neverAdvise() {
      return current().neverAdvise;
    },
    get narrative() {
      return current().narrative;
    },
    get scripts() {
      return current().scripts;
    },
    get search() {
      return current().search;
    },
    get unapproved() {
      return current().unapproved;
    },
  };
}
