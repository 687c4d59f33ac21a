import { heldBack, type LeftOut } from '../core/approval.js';
import type { Passage } from '../core/passage.js';
import type { Script } from '../core/script.js';

/** What else of a force's own cannot be used as it stands because files beside it are left out. */

/** An entry with the file it stands in. */
export type Found<T> = { readonly file: string; readonly entry: T };

type Beside = {
  readonly articles: readonly Found<Passage>[];
  readonly scripts: readonly Found<Script>[];
  readonly shipped: readonly Passage[];
  readonly leftOut: readonly LeftOut[];
  readonly lacksSource: (passages: readonly Passage[], scripts: readonly Script[]) => boolean;
};

type Rest = {
  readonly articles: readonly Found<Passage>[];
  readonly scripts: readonly Script[];
  /** Files that are left out with others. */
  readonly files: ReadonlySet<string>;
  readonly alsoLeftOut: readonly LeftOut[];
};

/**
 * What is left of articles and scripts: no statement without its source, no script that a later version, approved once
 * and left out now, may have mended or ended. The same as was given where nothing is left out.
 */
export function withoutResting({ articles, scripts, shipped, leftOut, lacksSource }: Beside): Rest {
  // Where every list of sources is in use, an unknown source is a mistake, which stops the start.
  const isListLeftOut = leftOut.some(({ file }) => file.endsWith('/sources.yaml'));
  const lacking = isListLeftOut
    ? [
        ...articles.filter(({ entry }) => lacksSource([entry], [])),
        ...scripts.filter(({ entry }) => lacksSource([], [entry])),
      ]
    : [];
  const files = new Set(lacking.map(({ file }) => file));
  const orphans = [...files].map((file) => ({
    file,
    why: 'cites a source that stands in no approved sources.yaml',
    wasApproved: true,
  }));
  const cited = scripts.filter(({ file }) => !files.has(file));
  const held = heldBack(
    cited.map(({ entry }) => entry),
    [...leftOut, ...orphans],
  );
  return {
    articles: withoutLost(
      articles.filter(({ file }) => !files.has(file)),
      shipped,
      leftOut.length > 0,
    ),
    // A draft is never begun, and a screening that began with it goes on.
    scripts: cited.map(({ entry }) =>
      held.includes(entry) ? { ...entry, status: 'draft' as const } : entry,
    ),
    files,
    alsoLeftOut: [
      ...orphans,
      ...cited.filter(({ entry }) => held.includes(entry)).map(({ file }) => ({ file, ...ofHeld })),
    ],
  };
}

const ofHeld = {
  why: 'is not begun, since a later version of it that was approved is left out',
  wasApproved: true,
};

/** A retired passage may name a successor that is left out; it then names none. */
function withoutLost(
  local: readonly Found<Passage>[],
  shipped: readonly Passage[],
  isAnyLeftOut: boolean,
): readonly Found<Passage>[] {
  if (!isAnyLeftOut) return local;
  const known = new Set([...shipped, ...local.map(({ entry }) => entry)].map(({ id }) => id));
  return local.map(({ file, entry }) => {
    const { successor, ...rest } = entry;
    const isLost = successor !== undefined && !known.has(successor);
    return { file, entry: isLost ? rest : entry };
  });
}
