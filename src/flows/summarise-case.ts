import { type CaseSummary, summariseCase } from '../core/case-summary.js';
import type { ScreeningId, UserId } from '../core/ids.js';
import type { Knowledge } from '../core/knowledge.js';
import type { Screenings } from './ports.js';
import { scriptFor } from './take-reply.js';

export type SummariseCase = (
  screening: ScreeningId,
  by: UserId,
) => Promise<CaseSummary | undefined>;

/** Drafts the summary of the case a screening belongs to; undefined when it is not this person's. */
export function makeSummariseCase(knowledge: Knowledge, screenings: Screenings): SummariseCase {
  return async (id, by) => {
    const screening = await screenings.find(id);
    if (!screening || screening.startedBy !== by) return undefined;
    const all = await screenings.listCase(screening.caseId);
    const own = all.filter((candidate) => candidate.startedBy === by);
    const parts = own.map((part) => ({ screening: part, script: scriptFor(knowledge, part) }));
    return summariseCase(screening.caseRef, parts, knowledge.sources, knowledge.version);
  };
}
