import { GB } from 'chrono-node/en';
import type { Precision, ReadDate } from '../core/reply.js';

/**
 * Reads dates as people in the United Kingdom say them: "3 November", "03/11/2026", "last Friday",
 * "two weeks ago", "March 2024", "2019", with "about" or "before" in front. Never more exact than said:
 * a bare month is its first day with precision `month`. Undefined when nothing can be read.
 */
export const readDate: ReadDate = (text, today, ahead = false) => {
  const said = text.trim().toLowerCase();
  const year = /^(?:(about|around|before)\s+|started before\s+)?((?:19|20)\d{2})$/.exec(said);
  if (year?.[2]) {
    return { day: `${year[2]}-01-01`, precision: /before/.test(said) ? 'before' : 'year' };
  }
  // Noon, so that no time zone moves the day.
  const now = new Date(`${today}T12:00:00`);
  const [found] = GB.parse(said, { instant: now }, { forwardDate: ahead });
  if (!found) return undefined;
  const { start } = found;
  const pad = (part: 'month' | 'day') => String(start.get(part) ?? 1).padStart(2, '0');
  const hasDay = start.isCertain('day') || start.isCertain('weekday') || isRelative(said);
  const day = `${start.get('year')}-${pad('month')}-${hasDay ? pad('day') : '01'}`;
  const placed = ahead ? day : pastOf(day, today, start.isCertain('year'));
  const around = said.slice(Math.max(0, found.index - 20), found.index);
  return { day: placed, precision: precisionOf(around, found.text, hasDay) };
};

function isRelative(said: string): boolean {
  return /\b(?:today|tonight|now|yesterday|morning|evening|night|ago|day|week)\b/.test(said);
}

/** `before` and `about` count only right before the date: "rings about bail tomorrow" is about bail. */
function precisionOf(before: string, date: string, hasDay: boolean): Precision {
  if (/\bbefore\s+(?:the\s+)?$/.test(before)) return 'before';
  if (!hasDay) return 'month';
  const isLoose =
    /\b(?:about|around|roughly|maybe|approximately)\s+(?:the\s+)?$/.test(before) ||
    /\b(?:weeks?|months?|years?|about|around|roughly)\b/.test(date);
  return isLoose ? 'about' : 'exact';
}

/** A date said without its year is the latest one that has already come. */
function pastOf(day: string, today: string, hasYear: boolean): string {
  if (hasYear || day <= today) return day;
  return `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
}
