import { type Change, diffDocuments } from './diff-documents.js';
import { findPlaces, placesIn } from './document-places.js';
import type { PassageId, SourceId } from './ids.js';
import type { ImportedBlock } from './imported-document.js';
import { type Passage, statementsOf } from './passage.js';

/** What a passage that cites a source has to do with the source's next edition. */
export type Touched = {
  readonly passage: PassageId;
  readonly locator: string;
  /** `look`: the place was not found in the files, so a person has to. */
  readonly kind: 'changed' | 'look';
};

export type EditionDiff = {
  readonly changes: readonly Change[];
  readonly touched: readonly Touched[];
};

/**
 * Compares two editions of a source and names the passages, drafts too, that rest on what was changed, added or
 * removed. A passage left out rests on places that were found and are the same.
 */
export function diffEditions(
  before: readonly ImportedBlock[],
  after: readonly ImportedBlock[],
  passages: Iterable<Passage>,
  source: SourceId | undefined,
): EditionDiff {
  const changes = diffDocuments(before, after);
  const places = { before: placesIn(before), after: placesIn(after) };
  const changed = {
    before: new Set(changes.flatMap((one) => ('before' in one ? [one.before] : []))),
    after: new Set(changes.flatMap((one) => ('after' in one ? [one.after] : []))),
  };
  const judge = (locator: string): Touched['kind'] | 'same' => {
    const was = findPlaces(places.before, locator);
    const is = findPlaces(places.after, locator);
    const isTouched =
      was.some((found) => found?.some((at) => changed.before.has(at))) ||
      is.some((found) => found?.some((at) => changed.after.has(at)));
    if (isTouched) return 'changed';
    return [...was, ...is].includes(undefined) ? 'look' : 'same';
  };
  const touched = [...passages].flatMap((passage) =>
    locatorsOf(passage, source).flatMap((locator): readonly Touched[] => {
      const kind = judge(locator);
      return kind === 'same' ? [] : [{ passage: passage.id, locator, kind }];
    }),
  );
  return { changes, touched };
}

/** The places of a source that a passage cites, each once. */
function locatorsOf({ blocks, status }: Passage, source: SourceId | undefined): readonly string[] {
  if (status === 'retired') return [];
  const marks = blocks.flatMap(statementsOf).flatMap((statement) => statement.marks);
  return [...new Set(marks.filter((mark) => mark.source === source).map(({ locator }) => locator))];
}
