import type { PassageId } from './ids.js';
import type { Passage } from './passage.js';

/** A retired passage may name the one that says it now; these follow and check that thread. */

type Passages = ReadonlyMap<PassageId, Passage>;

/**
 * The passage an id leads to today: its own, or for a retired one the end of its thread of successors. Undefined for
 * an id that nothing has. Loaded knowledge holds no circle; in one that does, this ends at the passage that closes it.
 */
export function findCurrent(passages: Passages, id: PassageId): Passage | undefined {
  return passages.get(threadOf(passages, id).at(-1) ?? id);
}

/** One sentence for each successor that is missing, leads round in a circle, or ends at a passage not published. */
export function successorFaults(passages: Passages): readonly string[] {
  return [...passages.values()].flatMap(({ id, successor }) => {
    if (successor === undefined) return [];
    const last = threadOf(passages, id).at(-1) ?? id;
    const end = passages.get(last);
    const reason = !end
      ? `${last}, which is no passage`
      : end.successor !== undefined
        ? `${last}, which leads back in a circle`
        : end.status !== 'published'
          ? `${last}, which is not published`
          : undefined;
    return reason === undefined ? [] : [`passage ${id}, successor: leads to ${reason}`];
  });
}

/** The ids from a passage to the end of its successors, each once. */
function threadOf(passages: Passages, first: PassageId): readonly PassageId[] {
  const thread = [first];
  for (
    let next = passages.get(first)?.successor;
    next !== undefined && !thread.includes(next);
    next = passages.get(next)?.successor
  )
    thread.push(next);
  return thread;
}
