import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReviewPage, ReviewRow } from '../../../src/core/review-list.js';
import { useAnnounce } from './announce.js';
import { getFrom } from './api.js';
import { nextAfter, rememberedOrder } from './next-case.js';
import { Problem } from './parts.js';
import type { Me } from './person.js';
import { addressInQueue, listPath, queueBehind, withField } from './queue-query.js';
import { firstThings, sayAge } from './queue-table.js';
import { queueAddress, useHash } from './route.js';
import type { Words } from './words/catalogue.js';
import { useWords, wordsNow } from './words/language.js';

/** The way back to the queue and on to its next case; after a decision the next one is looked for at once. */

type Looked =
  | { readonly kind: 'found'; readonly row: ReviewRow }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly words: string };

export function NextOffer({
  id,
  me,
  decisions,
}: {
  readonly id: string;
  readonly me: Me;
  /** How many decisions were made here: each looks for the next case. */
  readonly decisions: number;
}) {
  const query = queueBehind(useHash());
  const w = useWords();
  const { queue } = w;
  const [looked, setLooked] = useState<Looked>();
  const announce = useAnnounce();
  const link = useRef<HTMLAnchorElement>(null);
  const back = useRef<HTMLAnchorElement>(null);
  const search = query.toString();
  const look = useCallback(async () => {
    const found = await findNext(id, me.id, new URLSearchParams(search));
    setLooked(found);
    const now = wordsNow();
    if (found.kind === 'found') announce(`${now.queue.nextCase(sayRow(found.row, now))}.`);
    if (found.kind === 'none') announce(now.queue.nothingElse);
  }, [id, me.id, search, announce]);
  useEffect(() => {
    if (decisions > 0) void look();
  }, [decisions, look]);
  useEffect(() => {
    if (looked?.kind === 'found') link.current?.focus();
    if (looked?.kind === 'none') back.current?.focus();
  }, [looked]);
  const isReviewer = me.roles.includes('supervisor');
  return (
    <nav aria-label={queue.theQueue} className="next">
      <a ref={back} href={queueAddress(query)}>
        {queue.back}
      </a>
      {isReviewer && looked === undefined && (
        <Button size="small" onClick={() => void look()}>
          {queue.nextWaiting}
        </Button>
      )}
      {looked?.kind === 'found' && (
        <a ref={link} href={addressInQueue(looked.row.id, query)} className="onward">
          {queue.nextCase(sayRow(looked.row, w))}
        </a>
      )}
      {looked?.kind === 'none' && <span className="quiet">{queue.nothingElse}</span>}
      {looked?.kind === 'failed' && <Problem words={looked.words} retry={() => void look()} />}
    </nav>
  );
}

function sayRow(row: ReviewRow, w: Words): string {
  const age = sayAge(row.submittedAt, new Date(), w);
  const first = firstThings(row, w).map(({ words }) => words);
  const things = [...first, w.queue.waitingSince(age)];
  return `${row.caseRef}, ${things.join(', ')}`;
}

/** The next of what waits under the queue's search, filters and order: on its page, else on the first. */
async function findNext(current: string, me: string, query: URLSearchParams): Promise<Looked> {
  const waiting = withField(query, 'state', '');
  const page = query.get('page');
  const paged = page ? [withField(waiting, 'page', page), waiting] : [waiting];
  for (const one of paged) {
    const answer = await getFrom<ReviewPage>(listPath(one));
    if (answer.kind === 'failed') return { kind: 'failed', words: answer.failure.message };
    const row = nextAfter(current, answer.value.rows, rememberedOrder(), me);
    if (row) return { kind: 'found', row };
  }
  return { kind: 'none' };
}
