import { z } from 'zod';
import { parseRow } from './parse-row.js';
import type { Place, Sealing } from './sealing.js';

/** Where the words of a share stand. */
export const placeOfLimits = (share: string): Place => ({
  ...{ table: 'shares', column: 'limits', row: share },
});
export const placeOfEndNote = (share: string): Place => ({
  ...{ table: 'share_ends', column: 'note', row: share },
});

/** Only what is encrypted; the rest is looked at when it is read. */
const sealedShare = z.looseObject({
  id: z.string(),
  agreement: z.looseObject({ limits: z.string().exactOptional() }),
  ended: z.looseObject({ note: z.string().exactOptional() }).exactOptional(),
});

/** A share as `shareJson` gives it, its words decrypted. */
export function openShare(sealing: Sealing, given: unknown): unknown {
  const share = parseRow(sealedShare, given, 'shares', 'in a list');
  const { id, agreement, ended } = share;
  const { limits } = agreement;
  const note = ended?.note;
  return {
    ...share,
    agreement: {
      ...agreement,
      ...(limits === undefined ? {} : { limits: sealing.open(limits, placeOfLimits(id)) }),
    },
    ...(ended && {
      ended: {
        ...ended,
        ...(note === undefined ? {} : { note: sealing.open(note, placeOfEndNote(id)) }),
      },
    }),
  };
}
