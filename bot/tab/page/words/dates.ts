import { dayOf, sayDay, sayTime } from '../../../../src/core/days.js';
import type { Translation } from '../../../../src/core/words-translation.js';

/**
 * Days and times. The Welsh names of the months stand here: Chromium carries no dates of that language, and its Intl
 * gives "2026 M11 20" for `cy-GB`.
 */

const months =
  'Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr'.split(
    ' ',
  );

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

export const datesEnglish = {
  /** Of `2026-11-20`. */
  day: sayDay,
  /** Of an instant, as read in the United Kingdom. */
  time: sayTime,
};

export const datesWelsh: Translation<typeof datesEnglish> = {
  day: dyddCymraeg,
  time: (at) => {
    const instant = new Date(at);
    return `${dyddCymraeg(dayOf(instant))} am ${clock.format(instant)}`;
  },
};

/** `2026-11-20` as "20 Tachwedd 2026". */
function dyddCymraeg(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date} ${months[(month ?? 1) - 1]} ${year}`;
}
