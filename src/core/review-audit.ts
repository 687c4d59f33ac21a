import type { ReviewAct } from './review.js';

/** Returns what the audit says of an act on a version: which and where, never the words. */
export function auditNoteOf(
  act: ReviewAct,
  version: number,
): {
  readonly what: ReviewAct['kind'];
  readonly detail: Readonly<Record<string, string | number | boolean>>;
} {
  return { what: act.kind, detail: { version, ...detailOf(act) } };
}

function detailOf(act: ReviewAct): Readonly<Record<string, string | number | boolean>> {
  switch (act.kind) {
    case 'submitted':
      return { digest: act.digest };
    case 'line-checked':
      return { line: act.line, isChecked: act.isChecked };
    case 'line-edited':
      return { line: act.line };
    case 'point-answered':
      return { point: act.point, answer: act.answer };
    case 'handed':
      return { to: act.to };
    case 'returned':
      return { codes: act.codes.join(' '), lines: act.lines.length };
    case 'approved':
      return {};
    default:
      return act satisfies never;
  }
}
