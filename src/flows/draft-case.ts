import { readParts, summariseCase } from '../core/case-summary.js';
import type { CaseSummary } from '../core/case-summary-schema.js';
import type { Day, UserId } from '../core/ids.js';
import { type Knowledge, loadedInstruments } from '../core/knowledge.js';
import type { Screening } from '../core/screening.js';
import { type ReadImport, timelineOf } from '../core/summary-timeline.js';
import type { TimelineFacts } from '../core/timeline-facts.js';
import type { People } from './ports.js';
import { scriptFor } from './screening-view.js';

/** The summary, and the facts its picture is drawn from where there is a timeline. */
export type DraftedSummary = {
  readonly summary: CaseSummary;
  readonly timeline: TimelineFacts | undefined;
};

export type DraftCase = (
  /** All of one case, in the order they were begun; at least one. */
  screenings: readonly Screening[],
  /** The day that days are counted to. */
  on: Day,
  /** Named in the summary beside those whose hand is in it. */
  readers: readonly UserId[],
) => Promise<DraftedSummary>;

export type DraftParts = {
  readonly knowledge: Knowledge;
  readonly people: People;
  readonly readImport: ReadImport;
};

/** Drafts the summary of a case; who may see it is for the caller to ask. */
export function makeDraftCase({ knowledge, people, readImport }: DraftParts): DraftCase {
  return async (screenings, on, readers) => {
    const [first] = screenings;
    if (!first) throw new Error('drafting a case: it has no screening');
    const own = screenings.map((part) => ({ screening: part, script: scriptFor(knowledge, part) }));
    const everybody = [
      ...new Set([
        ...readers,
        ...screenings.flatMap(({ startedBy, events }) => [startedBy, ...events.map((e) => e.by)]),
      ]),
    ];
    const summary = summariseCase(first.caseRef, own, {
      sources: knowledge.sources,
      knowledgeVersion: knowledge.version,
      on,
      names: await people.namesOf(everybody),
      instruments: loadedInstruments(knowledge, on).map(({ title }) => title),
      readImport,
    });
    return { summary, timeline: timelineOf(readParts(own), on)?.facts };
  };
}
