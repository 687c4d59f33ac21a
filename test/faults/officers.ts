import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { openMaster } from '../../src/adapters/keys/open-master.js';
import type { StorePool } from '../../src/adapters/postgres/pool.js';
import { makeScreenings } from '../../src/adapters/postgres/screenings.js';
import { openSealing } from '../../src/adapters/postgres/sealing.js';
import { screeningIdSchema } from '../../src/core/ids.js';
import { phrases } from '../../src/core/phrases.js';
import { anActivity, post } from '../bot/transport-setup.js';

/**
 * Officers who work through a fault as Teams would carry it: what is not acknowledged is sent again, unchanged, to
 * whichever instance answers. They note what was acknowledged, which is then looked for in the store.
 */

/** What one press came to. */
export type Pressed =
  /** The new card came back: it is saved. */
  | { readonly kind: 'saved' }
  /** Told in words that it failed. */
  | { readonly kind: 'told'; readonly words: string }
  /** A status that makes Teams repeat it, or no answer at all. */
  | { readonly kind: 'no-answer'; readonly status: number };

export type Officer = {
  readonly screening: string;
  /** Their conversation's id. */
  readonly chat: string;
  /** Ids of the activities that were acknowledged, in order. */
  readonly saved: readonly string[];
  /** Presses once and says what came of it; only a press that was saved is followed by another. */
  readonly press: (port: number) => Promise<Pressed>;
  /** Presses until it is saved, each time at the next port that `ports` gives. */
  readonly pressUntilSaved: (ports: () => readonly number[]) => Promise<void>;
  /** Sends the last one that was acknowledged once more; the text of the answer. */
  readonly repeatLast: (port: number) => Promise<string>;
  /** The sentences told when it failed. */
  readonly told: readonly string[];
};

/** One word of the card's notice that the press came too late, which no single officer may ever meet. */
const staleWords = phrases.stale.slice(0, 40);

/** Begins a screening of their own. */
export async function makeOfficer(serviceUrl: string, port: number): Promise<Officer> {
  const name = randomUUID();
  const invoke = (id: string, signpost: object) =>
    JSON.stringify({
      serviceUrl,
      ...anActivity({
        ...{ type: 'invoke', name: 'adaptiveCard/action', id, replyToId: `card-${name}` },
        ...{ text: undefined, conversation: { id: `a:${name}`, conversationType: 'personal' } },
        from: { id: `29:${name}`, name: 'PC Example', aadObjectId: `oid-${name}` },
        value: { action: { type: 'Action.Execute', verb: 'x', data: { signpost } } },
      }),
    });
  const send = async (to: number, body: string): Promise<Pressed & { readonly text: string }> => {
    const answer = await post(to, body).catch(() => ({ status: 0, text: '' }));
    const { status, text } = answer;
    if (status !== 200) return { kind: 'no-answer', status, text };
    const { type, value } = JSON.parse(text);
    if (type === 'application/vnd.microsoft.card.adaptive') return { kind: 'saved', text };
    return { kind: 'told', words: value.message ?? value, text };
  };
  const begun = await send(
    port,
    invoke(randomUUID(), { verb: 'start', script: 'first-contact', instance: name }),
  );
  const screening = /"screening":"([0-9a-f-]{36})"/.exec(begun.text)?.[1];
  if (!screening) throw new Error(`no screening was begun: ${begun.text}`);
  const saved: string[] = [];
  const told: string[] = [];
  let waiting: string | undefined;
  const bodyOf = (id: string, seen: number) =>
    invoke(id, { verb: seen % 2 === 0 ? 'pause' : 'resume', screening, seen });
  const press = async (to: number): Promise<Pressed> => {
    waiting ??= randomUUID();
    const { text, ...came } = await send(to, bodyOf(waiting, saved.length));
    if (came.kind === 'told') told.push(came.words);
    if (came.kind !== 'saved') return came;
    if (text.includes(staleWords)) throw new Error('a press was taken for a stale one');
    saved.push(waiting);
    waiting = undefined;
    return came;
  };
  return {
    screening,
    chat: `a:${name}`,
    saved,
    told,
    press,
    pressUntilSaved: async (ports) => {
      const before = saved.length;
      for (let turn = 0; ; turn += 1) {
        const open = ports();
        await press(open[turn % open.length] ?? 0);
        if (saved.length > before) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    repeatLast: async (to) => (await send(to, bodyOf(saved.at(-1) ?? '', saved.length - 1))).text,
  };
}

/** Officers in whose screenings something acknowledged is missing, out of order, or there twice. Ends the store. */
export async function listFaulty(
  store: StorePool,
  dataDir: string,
  officers: readonly Officer[],
): Promise<readonly object[]> {
  const file = path.join(dataDir, 'master-keys');
  const sealed = await openSealing(store, () => openMaster({ kind: 'file', file, isMade: false }));
  const screenings = makeScreenings(sealed);
  const faulty: object[] = [];
  for (const { screening, saved } of officers) {
    const found = await screenings.find(screeningIdSchema.parse(screening));
    const kept = found?.events.map(({ activityId }) => activityId) ?? [];
    if (JSON.stringify(kept) !== JSON.stringify(saved)) faulty.push({ screening, saved, kept });
  }
  await store.end();
  return faulty;
}
