import type { Translation } from '../../../../src/core/words-translation.js';
import { conflictEnglish, conflictWelsh } from './conflict.js';
import { coreEnglish, coreWelsh } from './core.js';
import { curationEnglish, curationWelsh } from './curation.js';
import { datesEnglish, datesWelsh } from './dates.js';
import { dueEnglish, dueWelsh } from './due.js';
import { frameEnglish, frameWelsh } from './frame.js';
import { linesEnglish, linesWelsh } from './lines.js';
import { overviewEnglish, overviewWelsh } from './overview.js';
import { queueEnglish, queueWelsh } from './queue.js';
import { recordsEnglish, recordsWelsh } from './records.js';
import { reviewEnglish, reviewWelsh } from './review.js';
import { sharingEnglish, sharingWelsh } from './sharing.js';

/** Every fixed sentence of the page, by area, in English and in Welsh. */

export const english = {
  frame: frameEnglish,
  core: coreEnglish,
  dates: datesEnglish,
  queue: queueEnglish,
  review: reviewEnglish,
  lines: linesEnglish,
  sharing: sharingEnglish,
  conflict: conflictEnglish,
  records: recordsEnglish,
  overview: overviewEnglish,
  due: dueEnglish,
  curation: curationEnglish,
};

export type Words = typeof english;

/** Awaiting a professional check: see `docs/welsh.md`. */
export const welsh: Translation<Words> = {
  frame: frameWelsh,
  core: coreWelsh,
  dates: datesWelsh,
  queue: queueWelsh,
  review: reviewWelsh,
  lines: linesWelsh,
  sharing: sharingWelsh,
  conflict: conflictWelsh,
  records: recordsWelsh,
  overview: overviewWelsh,
  due: dueWelsh,
  curation: curationWelsh,
};
