import { dayOf, sayDay, sayTime } from '../../../src/core/days.js';
import type { ReviewState } from '../../../src/core/review.js';
import type { ReviewRow } from '../../../src/core/review-list.js';
import { Mark, RowTable } from './parts.js';
import { addressInQueue } from './queue-query.js';
import { count } from './words.js';

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
  const when = state === 'waiting' ? 'Waiting' : 'Decided';
  return (
    <RowTable
      caption="Reviews"
      heads={['Case', 'What to see first', when, 'Dates', 'Author', 'Screenings']}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            <a href={addressInQueue(row.id, query)}>{row.caseRef}</a>
            {row.version > 1 && <span className="quiet"> version {row.version}</span>}
          </th>
          <td data-label="What to see first">
            <ul className="marks">
              {firstThings(row).map((words) => (
                <li key={words}>
                  <Mark kind={words.includes('RED') ? 'strong' : 'plain'}>{words}</Mark>
                </li>
              ))}
            </ul>
          </td>
          <td data-label={when}>
            <time dateTime={row.decidedAt ?? row.submittedAt}>
              {state === 'waiting'
                ? sayAge(row.submittedAt, now)
                : sayTime(row.decidedAt ?? row.submittedAt)}
            </time>
          </td>
          <td data-label="Dates">{sayDates(row, now)}</td>
          <td data-label="Author">
            {row.author}
            {row.team && <span className="quiet">, {row.team}</span>}
            {row.handedTo && (
              <div className="quiet">Handed to {row.handedToId === me ? 'you' : row.handedTo}</div>
            )}
          </td>
          <td data-label="Screenings">{row.scripts.join(', ')}</td>
        </tr>
      ))}
    </RowTable>
  );
}

/** Why somebody may want to open this one before another: flags and gaps, never a grade. */
export function firstThings({ red, amber, isIncomplete }: ReviewRow): readonly string[] {
  return [
    ...(red > 0 ? [count(red, 'RED flag')] : []),
    ...(amber > 0 ? [count(amber, 'AMBER flag')] : []),
    ...(isIncomplete ? ['Incomplete'] : []),
  ];
}

/** How long something has waited: "5 hours", "3 days". */
export function sayAge(from: string, now: Date): string {
  const hours = Math.max(0, Math.floor((now.getTime() - Date.parse(from)) / 3_600_000));
  if (hours < 1) return 'less than an hour';
  return hours < 48 ? count(hours, 'hour') : count(Math.floor(hours / 24), 'day');
}

function sayDates({ checkDate, orderEnds }: ReviewRow, now: Date) {
  const today = dayOf(now);
  const named = [
    ['Section 2A check', checkDate],
    ['Order ends', orderEnds],
  ] as const;
  return named.flatMap(([what, day]) =>
    day ? [<div key={what}>{`${what} ${sayDay(day)}, ${sayLeft(day, today)}`}</div>] : [],
  );
}

/** How far a day is away, counted in days: "in 5 days", "today", "2 days ago". */
export function sayLeft(day: string, today: string): string {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  if (days === 0) return 'today';
  return days > 0 ? `in ${count(days, 'day')}` : `${count(-days, 'day')} ago`;
}
