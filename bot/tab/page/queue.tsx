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
import { count, stateWords } from './words.js';

/** Rows on a page; the server's own number, told here only to name the rows shown. */
const pageSize = 50;

const states: readonly ReviewState[] = ['waiting', 'returned', 'approved'];

/** What waits, was returned or was approved; new items come in without a reload. */
export function QueueView({ query, me }: { readonly query: URLSearchParams; readonly me: Me }) {
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
      <Title name="Reviews">Reviews</Title>
      <nav aria-label="State of the reviews" className="states">
        <ul>
          {states.map((one) => (
            <li key={one}>
              <a
                href={queueAddress(withField(query, 'state', one))}
                aria-current={one === state ? 'true' : undefined}
              >
                {stateWords[one]} <strong>{counts?.[one] ?? '–'}</strong>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <QueueFilters query={query} rows={rows ?? []} />
      <LoadState loaded={loaded} />
      {loaded.value && (
        <section aria-label="Results" aria-busy={loaded.isLoading}>
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
  const pages = Math.max(1, Math.ceil(found.total / pageSize));
  const first = (page - 1) * pageSize + 1;
  const words =
    found.rows.length === 0
      ? sayEmpty(state, query)
      : `${first} to ${first + found.rows.length - 1} of ${count(found.total, 'review')}, ${stateWords[state].toLowerCase()}.`;
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
        <nav aria-label="Pages" className="pages">
          <PageButton query={query} to={page - 1} isOff={page <= 1} label="Previous page" />
          <span>
            Page {page} of {pages}
          </span>
          <PageButton query={query} to={page + 1} isOff={page >= pages} label="Next page" />
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
function sayEmpty(state: ReviewState, query: URLSearchParams): string {
  const isNarrowed = query.get('search') || filterFields.some((field) => query.get(field));
  if (isNarrowed)
    return `No review that is ${stateWords[state].toLowerCase()} matches the search and filters. Others may: clear them to see.`;
  if (state === 'waiting')
    return 'Nothing waits for review. Screenings that nobody has sent for review are not listed here.';
  return state === 'returned'
    ? 'Nothing is returned at the moment.'
    : 'Nothing has been approved yet.';
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
          ? `${count(more, 'new review')} waiting. ${next.waiting} in all.`
          : `The queue has changed. ${next.waiting} waiting.`,
      );
      reload();
    });
  }, [announce, reload]);
  return counts;
}
