import type { Cues } from './cues.js';
import type { PassageId } from './ids.js';
import type { Passage } from './passage.js';

/**
 * A force's own guidance beside what is shipped. A local passage says which shipped ones it replaces; those are not
 * quoted on the days it is in force, and are again when it ends. A draft or retired local passage replaces nothing.
 */

/** Shipped passages with the periods in which they give way, and the local ones behind them. */
export function joinLocal(
  shipped: readonly Passage[],
  local: readonly Passage[],
): readonly Passage[] {
  const periods = new Map<PassageId, Passage['inForce'][]>();
  for (const { status, replaces = [], inForce } of local)
    if (status === 'published')
      for (const id of replaces) periods.set(id, [...(periods.get(id) ?? []), inForce]);
  return [
    ...shipped.map((passage) => {
      const givesWay = periods.get(passage.id);
      return givesWay ? { ...passage, givesWay } : passage;
    }),
    ...local,
  ];
}

/** Cues show a local passage before the shipped one it replaces; whichever may be quoted on the day is seen. */
export function cuesWithLocal(cues: Cues, local: readonly Passage[]): Cues {
  const instead = (id: PassageId) =>
    local.filter(({ status, replaces }) => status === 'published' && replaces?.includes(id));
  const shown = (shows: readonly PassageId[]) => [
    ...new Set(shows.flatMap((id) => [...instead(id).map((passage) => passage.id), id])),
  ];
  return {
    ...cues,
    danger: cues.danger.map((cue) => ({ ...cue, shows: shown(cue.shows) })),
    premises: cues.premises.map((cue) => ({ ...cue, shows: shown(cue.shows) })),
  };
}

/** One sentence for each passage that replaces what it may not, or what is not there. */
export function replacingFaults(
  shipped: readonly Passage[],
  local: readonly Passage[],
): readonly string[] {
  const known = new Set(shipped.map(({ id }) => id));
  return [
    ...shipped
      .filter(({ replaces }) => replaces)
      .map(({ id }) => `passage ${id}, replaces: only a force's own guidance replaces passages`),
    ...local.flatMap(({ id, replaces = [] }) =>
      replaces
        .filter((other) => !known.has(other))
        .map((other) => `passage ${id}, replaces: ${other} is no passage shipped with Signpost`),
    ),
  ];
}
