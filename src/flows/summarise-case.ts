import { readParts, summariseCase } from '../core/case-summary.js';
import type { CaseSummary } from '../core/case-summary-schema.js';
import { dayOf } from '../core/days.js';
import type { ScreeningId, UserId } from '../core/ids.js';
import { type Knowledge, loadedInstruments } from '../core/knowledge.js';
import { type ReadImport, timelineOf } from '../core/summary-timeline.js';
import type { TimelineFacts } from '../core/timeline-facts.js';
import type { Cases, Clock, People, Screenings } from './ports.js';
import { scriptFor } from './screening-view.js';

/** The summary, and the facts its picture is drawn from where there is a timeline. */
export type DraftedSummary = {
  readonly summary: CaseSummary;
  readonly timeline: TimelineFacts | undefined;
};

export type SummariseCase = (
  screening: ScreeningId,
  by: UserId,
) => Promise<DraftedSummary | undefined>;

type Parts = {
  readonly knowledge: Knowledge;
  readonly screenings: Screenings;
  readonly cases: Cases;
  readonly people: People;
  readonly clock: Clock;
  readonly readImport: ReadImport;
};

/**
 * Drafts the summary of the case a screening belongs to and records who looked at it; undefined when this person
 * may not work on the case.
 */
export function makeSummariseCase(parts: Parts): SummariseCase {
  const { knowledge, screenings, cases, people, clock, readImport } = parts;
  return async (id, by) => {
    const screening = await screenings.find(id);
    if (!screening?.people.includes(by)) return undefined;
    const { caseId, caseRef } = screening;
    const now = clock();
    await cases.recordRead({ caseId, by, at: now.toISOString(), what: 'summary' });
    const all = await screenings.listCase(caseId);
    const own = all.map((part) => ({ screening: part, script: scriptFor(knowledge, part) }));
    const everybody = [
      ...new Set([
        by,
        ...all.flatMap(({ startedBy, events }) => [startedBy, ...events.map((e) => e.by)]),
      ]),
    ];
    const summary = summariseCase(caseRef, own, {
      sources: knowledge.sources,
      knowledgeVersion: knowledge.version,
      on: dayOf(now),
      names: await people.namesOf(everybody),
      instruments: loadedInstruments(knowledge, dayOf(now)).map(({ title }) => title),
      readImport,
    });
    return { summary, timeline: timelineOf(readParts(own), dayOf(now))?.facts };
  };
}
