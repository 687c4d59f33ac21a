/** Days and instants. Stored and compared in UTC; shown, and counted as days, as in the United Kingdom. */

const months =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** `2026-11-20` as "20 November 2026". */
export function sayDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date} ${months[(month ?? 1) - 1]} ${year}`;
}

/** `2026-03` as "March 2026". */
export function sayMonth(month: string): string {
  return sayDay(`${month}-01`).replace(/^\d+ /, '');
}

const timeFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** An instant as people in the United Kingdom read it: "20 November 2026 at 14:05". */
export function sayTime(at: string): string {
  return timeFormat.format(new Date(at));
}

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });

let lastHour = { hour: Number.NaN, day: '' };

/** The day it is in London at an instant, `YYYY-MM-DD`. Formatting is slow, and days change on the hour. */
export function dayOf(at: Date): string {
  const hour = Math.floor(at.getTime() / 3_600_000);
  if (hour !== lastHour.hour) lastHour = { hour, day: dayFormat.format(at) };
  return lastHour.day;
}

/** Six months on from 31 August is the last day of February: the earlier day, never a later one. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last)))
    .toISOString()
    .slice(0, 10);
}
