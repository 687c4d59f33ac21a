import { z } from 'zod';
import { dayOf } from '../../core/days.js';
import { pageSize, type ReviewPage, type ReviewQuery } from '../../core/review-list.js';
import type { Sees } from '../../flows/ports.js';
import { parseRow } from './parse-row.js';
import type { Connection } from './pool.js';
import { listedRowSchema, placeOfHandedTo } from './review-row.js';
import type { Sealing } from './sealing.js';

/** Each ends with the id, so that no row stands on two pages. Indexes serve them, column by column. */
const orders: Readonly<Record<ReviewQuery['sort'], string>> = {
  // For reading from the top, each part of it printed in the row: whether red flags were raised, else amber ones, the
  // nearest date, the longest wait. How many flags there are moves nothing.
  urgent: '(red > 0) desc, (red = 0 and amber > 0) desc, next_date, submitted_at, id',
  oldest: 'submitted_at, id',
  newest: 'submitted_at desc, id desc',
  'check-date': 'check_date, submitted_at, id',
};

const count = z.int().min(0).default(0);
/** Names are still encrypted. */
const rowsOfPage = z.array(z.looseObject({ id: z.string(), handedTo: z.string().nullable() }));
const pageRow = z.object({
  rows: z.array(listedRowSchema),
  total: count,
  // A state that nothing is in has no count.
  counts: z.object({ waiting: count, returned: count, approved: count }),
});

/**
 * A page of the queue in one statement. `counts` are of all that `sees` lets see, whatever the filters, and `total`
 * of what matches them. Dates that have passed are within any number of days: nothing slips out unseen.
 */
export async function listReviews(
  client: Connection,
  sealing: Sealing,
  query: ReviewQuery,
  now: string,
  sees: Sees | undefined,
): Promise<ReviewPage> {
  const values: unknown[] = [];
  const put = (value: unknown) => `$${values.push(value)}`;
  const visible = visibleTo(sees, 'r.case_id', put);
  const matching = [visible, ...filters(query, now, put)].join(' and ');
  const { rows } = await client.query<{ readonly rows: unknown }>(
    `select
       (select coalesce(json_object_agg(state, n), '{}')
        from (select state, count(*) as n from reviews r where ${visible} group by state) c) as counts,
       (select count(*)::integer from reviews r where ${matching}) as total,
       (
         select coalesce(json_agg(json_build_object(
           'id', id, 'caseRef', case_ref, 'state', state, 'version', version,
           'submittedAt', submitted_at, 'decidedAt', decided_at, 'author', author,
           'handedTo', handed_to, 'handedToId', handed_to_id, 'team', team, 'scripts', scripts, 'red', red, 'amber', amber,
           'isIncomplete', is_incomplete, 'checkDate', check_date, 'orderEnds', order_ends)), '[]')
         from (
           select * from reviews r where ${matching}
           order by ${orders[query.sort]}
           limit ${pageSize} offset ${put((query.page - 1) * pageSize)}::bigint
         ) page
       ) as rows`,
    values,
  );
  const listed = parseRow(rowsOfPage, rows[0]?.rows, 'reviews', 'in a list').map((row) => ({
    ...row,
    handedTo: row.handedTo === null ? null : sealing.open(row.handedTo, placeOfHandedTo(row.id)),
  }));
  return parseRow(pageRow, { ...rows[0], rows: listed }, 'reviews', 'in a list');
}

/** Rows of cases that somebody sees, by the column that names the case; all of them where nobody is named. */
export function visibleTo(
  sees: Sees | undefined,
  caseColumn: string,
  put: (value: unknown) => string,
): string {
  if (!sees) return 'true';
  const who = `${put(sees.person)}::text`;
  const isOpen = `not is_barred(${caseColumn}, ${who})`;
  return sees.reach === 'all'
    ? isOpen
    : `${isOpen} and exists (
        select 1 from case_people p where p.case_id = ${caseColumn} and p.person = ${who})`;
}

/** The conditions a query asks for; `put` takes a value and gives its place in the statement. */
function filters(query: ReviewQuery, now: string, put: (value: unknown) => string) {
  const { state, search, flag, script, team, author, handedTo, olderThanHours, datesWithin } =
    query;
  const given = (value: unknown, condition: () => string) =>
    value === undefined ? [] : [condition()];
  return [
    `state = ${put(state)}`,
    ...given(search, () => `strpos(upper(case_ref), upper(${put(search)})) > 0`),
    ...given(flag, () => (flag === 'red' ? 'red > 0' : 'amber > 0')),
    ...given(script, () => `scripts @> array[${put(script)}]`),
    ...given(team, () => `team = ${put(team)}`),
    ...given(author, () => `author = ${put(author)}`),
    ...given(handedTo, () =>
      handedTo === null ? 'handed_to_id is null' : `handed_to_id = ${put(handedTo)}`,
    ),
    ...given(
      olderThanHours,
      () =>
        `submitted_at <= ${put(now)}::timestamptz - make_interval(hours => ${put(olderThanHours)}::integer)`,
    ),
    ...given(
      datesWithin,
      () => `next_date <= ${put(dayOf(new Date(now)))}::date + ${put(datesWithin)}::integer`,
    ),
  ];
}
