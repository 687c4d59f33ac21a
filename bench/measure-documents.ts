import { performance } from 'node:perf_hooks';
import { type DocumentFormat, renderDocument } from '../src/adapters/documents/render.js';
import { drawTimeline } from '../src/adapters/timeline-picture.js';
import type { DocumentOutline } from '../src/core/review-document.js';
import { makeTimeline } from '../src/core/timeline.js';
import { factsOf } from '../src/core/timeline-facts.js';
import { percentile } from './load.js';

/** How long a document of 60 lines takes, its picture included: the first, which loads the library, and the rest. */
export type DocumentRow = {
  readonly format: DocumentFormat;
  readonly firstMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly kB: number;
};

export const documentLines = 60;
const on = '2026-11-20';

/** Draws the same approved summary so many times in each format, in this process. */
export async function measureDocuments(times = 30): Promise<readonly DocumentRow[]> {
  const rows: DocumentRow[] = [];
  for (const format of ['docx', 'pdf'] as const) {
    const took: number[] = [];
    let bytes = 0;
    for (let round = 0; round <= times; round += 1) {
      const begun = performance.now();
      const picture = await drawTimeline(facts);
      const made = await renderDocument(outline, format, { at: new Date(on), picture });
      took.push(performance.now() - begun);
      bytes = made.length;
    }
    const [firstMs = 0, ...others] = took;
    const rest = others.toSorted((a, b) => a - b);
    rows.push({
      format,
      firstMs,
      p50Ms: percentile(rest, 0.5),
      p95Ms: percentile(rest, 0.95),
      kB: bytes / 1_024,
    });
  }
  return rows;
}

const facts = factsOf(
  makeTimeline({
    incidents: Array.from({ length: 40 }, (_, place) => ({
      key: `incident ${place}`,
      what: 'Waited at the gate',
      when: { day: `2026-0${(place % 9) + 1}-0${(place % 8) + 1}`, precision: 'exact' as const },
      kinds: [],
      from: { by: 'officer-1', at: `${on}T12:00:00.000Z` },
    })),
    dates: [],
    imports: [],
    lastActs: [],
    on,
  }),
);

const outline: DocumentOutline = {
  title: 'Case summary SP-4K7Q-2M, version 1',
  marking: 'POLICE MATERIAL. Check for the victim’s details before it leaves.',
  foot: 'SP-4K7Q-2M, version 1, approved 20 November 2026 at 16:05',
  blocks: [
    { kind: 'heading', level: 1, text: 'Case summary SP-4K7Q-2M, version 1' },
    { kind: 'picture', alt: 'Bar chart of the entries.' },
    ...Array.from({ length: 6 }, (_, section) => [
      { kind: 'heading', level: 2, text: `S${section + 1} A section` } as const,
      {
        kind: 'items',
        items: Array.from({ length: documentLines / 6 }, (_, line) => ({
          text: `In the caller’s words: “He stood at the gate again and said that he would wait, for the ${line}th time this month.”`,
          aside: `FC0${line}, answered; caller, taken down by PC Example, 20 November 2026 at 14:05`,
          references: [(line % 9) + 1, (line % 7) + 10],
        })),
      } as const,
    ]).flat(),
    {
      kind: 'references',
      references: Array.from({ length: 25 }, (_, place) => ({
        number: place + 1,
        text: `College of Policing, Advice for investigators, key point ${place + 1}`,
        url: 'https://www.college.police.uk/advice',
        checked: 'checked 20 November 2026',
      })),
    },
  ],
};
