import { dayOf } from '../../../src/core/days.js';
import type { ReviewState } from '../../../src/core/review.js';
import type { ReviewRow } from '../../../src/core/review-list.js';
import { Mark, RowTable } from './parts.js';
import { addressInQueue } from './queue-query.js';
import type { Words } from './words/catalogue.js';
import { useEnglishLang, useWords } from './words/language.js';

/** The rows of the queue: a table where there is room, else one block a case (by style alone). */
export function QueueTable({
  rows,
  state,
  query,
  me,
}: {
  readonly rows: readonly ReviewRow[];
  readonly state: ReviewState;
  /** The queue as it is asked for, kept in the address of each review. */
  readonly query: URLSearchParams;
  /** Who is looking, by id. */
  readonly me: string;
}) {
  const now = new Date();
  const w = useWords();
  const english = useEnglishLang();
  const { heads, ...queue } = w.queue;
  const when = state === 'waiting' ? heads.waiting : heads.decided;
  return (
    <RowTable
      caption={queue.caption}
      heads={[heads.case, heads.first, when, heads.dates, heads.author, heads.screenings]}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            <a href={addressInQueue(row.id, query)}>{row.caseRef}</a>
            {row.version > 1 && <span className="quiet"> {queue.version(row.version)}</span>}
          </th>
          <td data-label={heads.first}>
            <ul className="marks">
              {firstThings(row, w).map(({ kind, words }) => (
                <li key={words}>
                  <Mark kind={kind}>{words}</Mark>
                </li>
              ))}
            </ul>
          </td>
          <td data-label={when}>
            <time dateTime={row.decidedAt ?? row.submittedAt}>
              {state === 'waiting'
                ? sayAge(row.submittedAt, now, w)
                : w.dates.time(row.decidedAt ?? row.submittedAt)}
            </time>
          </td>
          <td data-label={heads.dates}>{sayDates(row, now, w)}</td>
          <td data-label={heads.author}>
            {row.author}
            {row.team && <span className="quiet">, {row.team}</span>}
            {row.handedTo && (
              <div className="quiet">
                {queue.handedTo(row.handedToId === me ? queue.you : row.handedTo)}
              </div>
            )}
          </td>
          <td data-label={heads.screenings} lang={english}>
            {row.scripts.join(', ')}
          </td>
        </tr>
      ))}
    </RowTable>
  );
}

/** Why somebody may want to open this one before another: flags and gaps, never a grade. */
export function firstThings(
  { red, amber, isIncomplete }: ReviewRow,
  { queue }: Words,
): readonly { readonly kind: 'strong' | 'plain'; readonly words: string }[] {
  return [
    ...(red > 0 ? [{ kind: 'strong' as const, words: queue.redFlags(red) }] : []),
    ...(amber > 0 ? [{ kind: 'plain' as const, words: queue.amberFlags(amber) }] : []),
    ...(isIncomplete ? [{ kind: 'plain' as const, words: queue.incomplete }] : []),
  ];
}

/** How long something has waited: "5 hours", "3 days". */
export function sayAge(from: string, now: Date, { queue }: Words): string {
  const hours = Math.max(0, Math.floor((now.getTime() - Date.parse(from)) / 3_600_000));
  if (hours < 1) return queue.underAnHour;
  return hours < 48 ? queue.hours(hours) : queue.days(Math.floor(hours / 24));
}

function sayDates({ checkDate, orderEnds }: ReviewRow, now: Date, w: Words) {
  const today = dayOf(now);
  const named = [
    ['check', w.queue.checkDate, checkDate],
    ['order', w.queue.orderEnds, orderEnds],
  ] as const;
  return named.flatMap(([what, say, day]) =>
    day ? [<div key={what}>{say(w.dates.day(day), sayLeft(day, today, w))}</div>] : [],
  );
}

/** How far a day is away, counted in days: "in 5 days", "today", "2 days ago". */
export function sayLeft(day: string, today: string, { queue }: Words): string {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  if (days === 0) return queue.today;
  return days > 0 ? queue.inDays(days) : queue.daysAgo(-days);
}
