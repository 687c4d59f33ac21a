import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { loadKnowledge } from '../src/adapters/knowledge-files.js';
import type { StorePool } from '../src/adapters/postgres/pool.js';
import { makeReviews } from '../src/adapters/postgres/reviews.js';
import { makeScreenings } from '../src/adapters/postgres/screenings.js';
import { dayOf } from '../src/core/days.js';
import { caseIdSchema, type ReviewId, reviewIdSchema, screeningIdSchema } from '../src/core/ids.js';
import { findStartable, type Knowledge } from '../src/core/knowledge.js';
import { makeDraftCase } from '../src/flows/draft-case.js';
import { by, valuesOf, walkThrough } from './walk-script.js';

/** Asked from top to bottom, so that the summary has its 60 lines and more. */
const scripts = ['first-contact', 'identification', 'needs-and-plan'];

type Opened = { readonly id: ReviewId; readonly lines: number; readonly replies: number };

/** Puts a case with real screenings into the store and sends its summary, as a user's would be. */
export async function openLongCase(pool: StorePool): Promise<Opened> {
  return openCase(pool, await loadMeasured(), 'SP-LONG', scripts);
}

/** The knowledge that the servers under measurement have. */
export function loadMeasured(): Promise<Knowledge> {
  const shipped = path.join(import.meta.dirname, '..', 'knowledge');
  return loadKnowledge(process.env.KNOWLEDGE_DIR ?? shipped);
}

/** Puts a case of that reference, with a screening of each script, into the store and sends its summary. */
export async function openCase(
  pool: StorePool,
  knowledge: Knowledge,
  caseRef: string,
  scripts: readonly string[],
): Promise<Opened> {
  const screenings = makeScreenings(pool);
  const caseId = caseIdSchema.parse(randomUUID());
  const at = new Date().toISOString();
  let replies = 0;
  for (const name of scripts) {
    const found = findStartable(knowledge, name, dayOf(new Date(at)));
    if (found.kind !== 'script') throw new Error(`${name} cannot be begun: ${found.kind}`);
    const { script } = found;
    const id = screeningIdSchema.parse(randomUUID());
    await screenings.start({
      ...{ id, caseId, caseRef, script: name, version: script.version },
      ...{ startedBy: by, startedAt: at, activityId: `start-${caseRef}-${name}` },
    });
    const events = walkThrough(script, valuesOf);
    replies += events.length;
    for (const event of events)
      await screenings.change(id, () => ({
        save: { ...event, at, activityId: `${caseRef}-${name}-${event.seq}` },
        result: undefined,
      }));
  }
  const readImport = () => ({ rows: [], remarks: [] });
  const nobody = async () => new Map();
  const people = { remember: async () => undefined, namesOf: nobody, list: nobody };
  const draft = makeDraftCase({ knowledge, people, readImport });
  const { summary } = await draft(await screenings.listCase(caseId), dayOf(new Date(at)), []);
  const id = reviewIdSchema.parse(randomUUID());
  const act = { kind: 'submitted', summary, digest: 'a'.repeat(64) } as const;
  await makeReviews(pool).open(
    { id, caseId, caseRef },
    { seq: 1, at, by, act },
    {
      ...{ state: 'waiting', version: 1, submittedAt: at, decidedAt: null, author: 'Officer 1' },
      ...{ handedTo: null, handedToId: null, team: null, scripts: [...scripts] },
      ...{ red: 0, amber: 0, isIncomplete: false, checkDate: null, orderEnds: null },
    },
    { what: 'submitted', detail: {} },
  );
  return { id, replies, lines: summary.sections.flatMap(({ lines }) => lines).length };
}
