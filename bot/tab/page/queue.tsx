import { Button } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import type { ReviewState } from '../../../src/core/review.js';
import type { ReviewPage } from '../../../src/core/review-list.js';
import { useAnnounce } from './announce.js';
import { useLoad } from './api.js';
import { listenTo } from './listen.js';
import { rememberOrder } from './next-case.js';
import { LoadState, Title } from './parts.js';
import type { Me } from './person.js';
import { QueueFilters } from './queue-filters.js';
import { filterFields, listPath, withField } from './queue-query.js';
import { QueueTable } from './queue-table.js';
import { queueAddress } from './route.js';
import type { Words } from './words/catalogue.js';
import { useWords, wordsNow } from './words/language.js';

/** Rows on a page; the server's own number, told here only to name the rows shown. */
const pageSize = 50;

const states: readonly ReviewState[] = ['waiting', 'returned', 'approved'];

/** What waits, was returned or was approved; new items come in without a reload. */
export function QueueView({ query, me }: { readonly query: URLSearchParams; readonly me: Me }) {
  const { frame, queue } = useWords();
  const loaded = useLoad<ReviewPage>(listPath(query));
  const counts = useCounts(loaded.value?.counts, loaded.reload);
  const state = states.find((one) => one === query.get('state')) ?? 'waiting';
  const page = Number(query.get('page') ?? 1);
  const rows = loaded.value?.rows;
  useEffect(() => {
    if (rows) rememberOrder(rows);
  }, [rows]);
  return (
    <>
      <Title name={frame.views.queue}>{frame.views.queue}</Title>
      <nav aria-label={queue.statesLabel} className="states">
        <ul>
          {states.map((one) => (
            <li key={one}>
              <a
                href={queueAddress(withField(query, 'state', one))}
                aria-current={one === state ? 'true' : undefined}
              >
                {queue.states[one]} <strong>{counts?.[one] ?? '–'}</strong>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <QueueFilters query={query} rows={rows ?? []} />
      <LoadState loaded={loaded} />
      {loaded.value && (
        <section aria-label={queue.results} aria-busy={loaded.isLoading}>
          <Result state={state} query={query} found={loaded.value} page={page} me={me.id} />
        </section>
      )}
    </>
  );
}

function Result(given: {
  readonly state: ReviewState;
  readonly query: URLSearchParams;
  readonly found: ReviewPage;
  readonly page: number;
  readonly me: string;
}) {
  const { state, query, found, page, me } = given;
  const announce = useAnnounce();
  const { queue } = useWords();
  const pages = Math.max(1, Math.ceil(found.total / pageSize));
  const first = (page - 1) * pageSize + 1;
  const words =
    found.rows.length === 0
      ? sayEmpty(state, query, queue)
      : queue.shown(first, first + found.rows.length - 1, found.total, queue.states[state]);
  const lastSaid = useRef(words);
  useEffect(() => {
    if (lastSaid.current === words) return;
    lastSaid.current = words;
    announce(words);
  }, [words, announce]);
  return (
    <>
      <p className="quiet">{words}</p>
      {found.rows.length > 0 && (
        <QueueTable rows={found.rows} state={state} query={query} me={me} />
      )}
      {pages > 1 && (
        <nav aria-label={queue.pages} className="pages">
          <PageButton query={query} to={page - 1} isOff={page <= 1} label={queue.previousPage} />
          <span>{queue.page(page, pages)}</span>
          <PageButton query={query} to={page + 1} isOff={page >= pages} label={queue.nextPage} />
        </nav>
      )}
    </>
  );
}

function PageButton(given: {
  readonly query: URLSearchParams;
  readonly to: number;
  readonly isOff: boolean;
  readonly label: string;
}) {
  const { query, to, isOff, label } = given;
  const turn = () => {
    window.location.hash = queueAddress(withField(query, 'page', String(to)));
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus();
  };
  // Not `disabled`: the focus would fall off the page when its end is reached.
  return (
    <Button disabledFocusable={isOff} onClick={turn}>
      {label}
    </Button>
  );
}

/** Why there is nothing here, without saying that all is well. */
function sayEmpty(state: ReviewState, query: URLSearchParams, queue: Words['queue']): string {
  const isNarrowed = query.get('search') || filterFields.some((field) => query.get(field));
  return isNarrowed ? queue.noMatch(queue.states[state]) : queue.none[state];
}

type Counts = ReviewPage['counts'];

/** The counts as the server last told them; when they change, the rows are fetched again and the news is said. */
function useCounts(listed: Counts | undefined, reload: () => void): Counts | undefined {
  const [counts, setCounts] = useState<Counts>();
  const announce = useAnnounce();
  const known = useRef<Counts>(undefined);
  useEffect(() => {
    if (!listed) return;
    known.current = listed;
    setCounts(listed);
  }, [listed]);
  useEffect(() => {
    return listenTo('changes', (data) => {
      const next = (JSON.parse(data) as { readonly counts: Counts }).counts;
      const before = known.current;
      known.current = next;
      setCounts(next);
      if (!before || states.every((state) => before[state] === next[state])) return;
      const more = next.waiting - before.waiting;
      announce(
        more > 0
          ? wordsNow().queue.newOnes(more, next.waiting)
          : wordsNow().queue.changed(next.waiting),
      );
      reload();
    });
  }, [announce, reload]);
  return counts;
}
