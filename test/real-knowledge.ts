import path from 'node:path';
import { loadKnowledge } from '../src/adapters/knowledge-files.js';
import type { Knowledge } from '../src/core/knowledge.js';
import { newestScript } from '../src/core/knowledge.js';
import { replay } from '../src/core/replay.js';
import type { Value } from '../src/core/reply.js';
import type { Act, Screening } from '../src/core/screening.js';
import type { Script } from '../src/core/script.js';
import { aReply, aScreening, choice, eventsOf } from './builders.js';

/** The knowledge that is shipped, and walks through its scripts. */

export const knowledgeFolder = path.join(import.meta.dirname, '../knowledge');

export function loadReal(): Promise<Knowledge> {
  return loadKnowledge(knowledgeFolder);
}

export function realScript(knowledge: Knowledge, name: string): Script {
  const script = newestScript(knowledge, name);
  if (!script) throw new Error(`looking for the script ${name}: there is none`);
  return script;
}

export type Said = Readonly<Record<string, Value | string>>;

/** A screening answered to its end: what is named in `said`, and `rest` to everything else. */
export function walkedScreening(
  script: Script,
  said: Said,
  rest: Value = { kind: 'not-known' },
): Screening {
  const acts: Act[] = [];
  const begun = aScreening({ script: script.name, version: script.version });
  for (;;) {
    const events = eventsOf(...acts);
    const { at } = replay(script, events);
    if (!at) return { ...begun, events };
    if (acts.length > 200) throw new Error(`walking ${script.name}: it does not end`);
    const value = said[at.id] ?? rest;
    acts.push(aReply(at.id, typeof value === 'string' ? choice(value) : value));
  }
}

/** Every string in a value, however deep: what a reader of it could meet. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
