import type { CaseSummary } from './case-summary-schema.js';
import type { ReviewDetail } from './review-detail.js';

/**
 * A review as somebody outside the police sees it with whom the case is shared: without the matters for the supervisor
 * (S9) and all that may repeat them, and without what the police say to each other about the summary.
 */
export function withoutSupervisorsMatters(detail: ReviewDetail): ReviewDetail {
  const { differences: _, decision, ...rest } = detail;
  const isShown = isShownOf(detail.summary);
  const indications = detail.summary.indications.filter(isShown.indication);
  const shown = new Set(indications.map(({ screening, id }) => `${screening} ${id}`));
  return {
    ...rest,
    summary: {
      ...detail.summary,
      sections: detail.summary.sections.filter(({ id }) => id !== 'S9'),
      flags: detail.summary.flags.filter(isShown.flag),
      indications,
      dropped: [],
      tasks: [],
    },
    lines: detail.lines.flatMap((line) => {
      if (line.section === 'S9' || line.section === 'dropped') return [];
      if (line.section === 'indications' && !shown.has(line.key)) return [];
      return [{ ...line, findings: [] }];
    }),
    points: detail.points.map(({ number, text }) => ({ number, text })),
    returns: [],
    versions: detail.versions.map(({ note: _, ...version }) => version),
    ...(decision?.kind === 'approved' ? { decision: withoutNote(decision) } : {}),
  };
}

type Approval = Extract<ReviewDetail['decision'], { kind: 'approved' }>;

function withoutNote({ note: _, ...decision }: Approval): Approval {
  return decision;
}

/** Flags and indications that do not rest on a question of S9; S9 and dropped replies name theirs. */
function isShownOf({ sections, dropped }: CaseSummary) {
  const hidden = [
    ...sections.filter(({ id }) => id === 'S9').flatMap(({ lines }) => lines),
    ...dropped,
  ].map(({ from }) => from);
  const isHidden = (screening: string, question: string | undefined) =>
    hidden.some((from) => from.screening === screening && from.question === question);
  return {
    flag: ({ screening, question }: CaseSummary['flags'][number]) => !isHidden(screening, question),
    indication: ({ screening, rests }: CaseSummary['indications'][number]) =>
      rests.every((question) => !isHidden(screening, question)),
  };
}
