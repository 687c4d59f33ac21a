import type { Block } from './passage.js';
import { findWording, type WordingFamily } from './wording.js';

/** True when nothing in a block is advice that may not be sent. */
export type IsSafe = (block: Block) => boolean;

/**
 * Reads a block as it will be shown, whole: one unsafe sentence withholds all of it, and an item is read
 * together with its lead-in ("Advise the victim to:" … "block the suspect"), which it may need to be unsafe or
 * safe. Each block is read once; blocks never change while the process runs.
 */
export function makeIsSafe(neverAdvise: readonly WordingFamily[]): IsSafe {
  const known = new WeakMap<Block, boolean>();
  return (block) => {
    const before = known.get(block);
    if (before !== undefined) return before;
    const isSafe = readings(block).every((words) =>
      findWording(neverAdvise, words).every((match) => match.level !== 'block'),
    );
    known.set(block, isSafe);
    return isSafe;
  };
}

function readings({ lead, items }: Block): readonly string[] {
  const before = lead.map(({ text }) => text).join(' ');
  return [before, ...items.map(({ text }) => `${before.replace(/:\s*$/, '')} ${text}`)];
}
