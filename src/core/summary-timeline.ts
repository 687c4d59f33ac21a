import { sayActKind } from './act-kinds.js';
import type { CaseSummary } from './case-summary-schema.js';
import { compareTimelines, sayConflict } from './compare-timelines.js';
import { dayOf } from './days.js';
import type { SourceId } from './ids.js';
import { citesOf, onRoute, type Read, recordsOnRoute } from './indications.js';
import type { Source } from './passage.js';
import { sayValue } from './say-value.js';
import type { Recorded } from './screening.js';
import type { RecordKind } from './script.js';
import {
  comingDateOf,
  type Incident,
  importOf,
  incidentOf,
  type LastAct,
  makeTimeline,
  sayWhen,
  type Timeline,
} from './timeline.js';
import { factsOf, type TimelineFacts } from './timeline-facts.js';
import type { ImportReading } from './timeline-imports.js';
import { sayBuilt, sayFacts } from './timeline-sentences.js';

/** Reads an imported timeline into rows; handed in, since it needs libraries. */
export type ReadImport = (text: string, today: string) => ImportReading;

export type CaseTimeline = { readonly timeline: Timeline; readonly facts: TimelineFacts };

/** The timeline of a case out of all its screenings; undefined when nothing for it was recorded. */
export function timelineOf(read: readonly Read[], on: string): CaseTimeline | undefined {
  const incidents = recordsOf(read, 'incidents', incidentOf);
  const dates = recordsOf(read, 'dates', comingDateOf);
  const imports = recordsOf(read, 'imports', importOf);
  if (incidents.length + dates.length + imports.length === 0) return undefined;
  const timeline = makeTimeline({
    incidents,
    dates,
    imports,
    lastActs: read.flatMap(lastActsIn),
    on,
  });
  return { timeline, facts: factsOf(timeline) };
}

type Make<Entry> = (
  key: string,
  fields: Recorded['fields'],
  from: { readonly by: string; readonly at: string },
) => Entry;

function recordsOf<Entry>(
  read: readonly Read[],
  kind: RecordKind,
  make: Make<Entry>,
): readonly Entry[] {
  return read.flatMap(({ script, screening, position }) =>
    script.questions
      .filter(({ holds }) => holds === kind)
      .flatMap(({ id }) =>
        recordsOnRoute(position, id).map(({ number, fields, by, at }) =>
          make(`${screening.id} ${id} ${number}`, fields, { by, at }),
        ),
      ),
  );
}

/** Dates of last acts that other questions ask for. */
function lastActsIn({ script, screening, position }: Read): readonly LastAct[] {
  return script.questions.flatMap(({ id, lastAct }) => {
    const value = lastAct ? onRoute(position, id) : undefined;
    if (value?.kind !== 'date') return [];
    const { day, precision } = value;
    return [{ key: `${screening.id} ${id}`, when: { day, precision } }];
  });
}

/** What the summary prints of a timeline: facts, entries in order, and imports unchanged beside them. */
export function sayTimeline(
  { timeline, facts }: CaseTimeline,
  sources: ReadonlyMap<SourceId, Source>,
  readImport: ReadImport,
): NonNullable<CaseSummary['timeline']> {
  return {
    built: sayBuilt(timeline, facts, 'the caller', []),
    facts: sayFacts(facts).map(({ text, cites }) => ({ text, cites: citesOf(cites, sources) })),
    months: [...facts.months, ...facts.years].map(({ period, rests }) => ({
      month: period,
      count: rests.length,
    })),
    entries: timeline.incidents.map((incident) => ({
      when: sayWhen(incident.when),
      text: sayValue({ choices: [] }, { kind: 'text', text: incident.what }),
      kinds: kindsIn(incident),
    })),
    imports: timeline.imports.map((given) => ({ from: whoseIn(given), text: given.text })),
    conflicts: timeline.imports.flatMap((given) => {
      const { text, from } = given;
      const { rows, remarks } = readImport(text, dayOf(new Date(from.at)));
      const { conflicts, onlyTheirs, onlyOurs } = compareTimelines(timeline.incidents, rows);
      return [
        ...remarks,
        ...conflicts.map(sayConflict),
        ...onlyTheirs.map(
          (row) => `Only in ${whoseIn(given)}, line ${row.line}: ${sayWhen(row.when)}.`,
        ),
        ...(onlyOurs.length > 0 ? [`Only in ours: ${onlyOurs.length}.`] : []),
      ];
    }),
  };
}

/** Somebody typed whose it is, so that stands in quotation marks like all that people say. */
function whoseIn({ whose }: Timeline['imports'][number]): string {
  if (whose === undefined) return 'not recorded';
  return sayValue({ choices: [] }, { kind: 'text', text: whose });
}

function kindsIn({ kinds }: Incident): string[] {
  return kinds.map(sayActKind);
}
