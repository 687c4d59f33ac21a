import type { CaseSummary } from '../src/core/case-summary-schema.js';
import { type ReviewId, reviewIdSchema } from '../src/core/ids.js';
import { keyOfLine } from '../src/core/line-keys.js';
import type { ReviewDetail, ReviewLine } from '../src/core/review-detail.js';
import { anna, ben } from './builders.js';

/** A summary by Anna as Ben approved it; `lines` are changed by the key of each. */
export function anApproved(
  summary: CaseSummary,
  given: Partial<ReviewDetail> = {},
  changed: ReadonlyMap<string, Partial<ReviewLine>> = new Map(),
): ReviewDetail {
  const id: ReviewId = reviewIdSchema.parse('00000000-0000-4000-8000-000000000009');
  return {
    id,
    caseRef: summary.caseRef,
    state: 'approved',
    version: 2,
    seen: 9,
    summary,
    lines: summary.sections.flatMap(({ id: section, lines }) =>
      lines.map((line): ReviewLine => {
        const key = keyOfLine(line);
        const { text, status } = line;
        const drafted = { key, section, drafted: text, text, status, edits: [], findings: [] };
        return { ...drafted, ...changed.get(key) };
      }),
    ),
    quotes: [],
    points: [
      {
        number: 1,
        text: 'Danger flags dealt with?',
        answer: 'no',
        reason: 'Told at once.',
        by: ben,
        at: '2026-11-20T16:00:00.000Z',
      },
    ],
    supervisors: [],
    decision: {
      kind: 'approved',
      version: 2,
      by: ben,
      at: '2026-11-20T16:05:00.000Z',
      note: 'Read whole.',
    },
    returns: [],
    versions: [
      {
        version: 2,
        state: 'approved',
        submittedAt: '2026-11-20T15:00:00.000Z',
        by: anna,
        digest: '0'.repeat(64),
      },
    ],
    may: {
      check: false,
      edit: false,
      point: false,
      hand: false,
      return: false,
      approve: false,
      submit: false,
      export: true,
      copy: true,
      history: true,
      share: true,
      nameConflict: false,
      declareConflict: false,
    },
    isOwnCase: false,
    names: { [anna]: 'PC Anna Example', [ben]: 'Sgt Ben Example' },
    ...given,
  };
}
