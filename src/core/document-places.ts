import type { ImportedBlock } from './imported-document.js';

/**
 * Finds the paragraphs of a document that a locator names: `s2(4)`, `ss25-29`, `para 1.2`, `page 4`, `section
 * “Outcomes”`, `Right 6`, `whole page`. Sections and numbers are read off the beginnings of paragraphs and headings,
 * as they are printed. What it cannot place it says so of, and a person looks.
 */

/** Where each paragraph of a document stands. */
type Place = {
  readonly page: number | null;
  /** Headings above it and itself when it is one, plain. */
  readonly headings: readonly string[];
  /** Its own words, plain, when they are short enough to be a title. */
  readonly title: string | undefined;
  /** Of an Act: section, subsection, paragraph, e.g. `2A`, `4`, `b`. */
  readonly section: readonly string[];
  /** Of numbered guidance, e.g. `1.2`. */
  readonly number: string | undefined;
};

export type Places = readonly Place[];

/** `[positions]` of the paragraphs that each part of a locator names; undefined for a part that cannot be placed. */
export function findPlaces(
  places: Places,
  locator: string,
): readonly (readonly number[] | undefined)[] {
  return readLocator(locator).map((matches) => {
    const found = places.flatMap((place, at) => (matches.exact(place) ? [at] : []));
    if (found.length > 0) return found;
    const wider = matches.wider;
    const around = wider ? places.flatMap((place, at) => (wider(place) ? [at] : [])) : [];
    return around.length > 0 ? around : undefined;
  });
}

/** Works out where each paragraph of a document stands, once for all locators. */
export function placesIn(blocks: readonly ImportedBlock[]): Places {
  const headings: { level: number; title: string }[] = [];
  let section: readonly string[] = [];
  let number: string | undefined;
  return blocks.map(({ kind, level, text, page }) => {
    if (kind === 'heading') {
      while ((headings.at(-1)?.level ?? 0) >= level) headings.pop();
      headings.push({ level, title: plain(text) });
      number = undefined;
    }
    section = sectionAt(text, section);
    number = /^(?:para(?:graph)?\s+)?(\d+(?:\.\d+)+)(?![\d.]*\d)/i.exec(text)?.[1] ?? number;
    const title = text.length <= 120 ? plain(text) : undefined;
    return { page, headings: headings.map((heading) => heading.title), title, section, number };
  });
}

/** "2 Applications for orders", "Section 2A", "2(1) A court …", "(4) Words" and "(b) words" lead on from where we are. */
function sectionAt(text: string, current: readonly string[]): readonly string[] {
  const opened = /^(?:[Ss]ection\s+)?(\d+[A-Z]{0,3})\.?\s*(?=$|[\p{Lu}“"(—–:-])/u.exec(text);
  const from = opened?.[1] === undefined ? current.slice(0, 1) : [opened[1].toLowerCase()];
  const rest = opened ? text.slice(opened[0].length) : text;
  const inner = [
    ...(/^(?:\((?:\d+[A-Z]{0,2}|[a-z]{1,4})\)\s*)+/.exec(rest)?.[0] ?? '').matchAll(/\(([^)]+)\)/g),
  ].map((found) => (found[1] ?? '').toLowerCase());
  if (inner.length === 0) return opened ? from : current;
  const [first = ''] = inner;
  // "(4)" stands under the section, "(b)" under the subsection we are in, "(ii)" under the paragraph.
  const depth = opened || /^\d/.test(first) ? 1 : isRoman(first, current[2]) ? 3 : 2;
  return [...(opened ? from : current).slice(0, depth), ...inner];
}

/** "(i)" after "(h)" is a letter; elsewhere, and "(ii)" always, a Roman number. */
function isRoman(mark: string, paragraph: string | undefined): boolean {
  return /^[ivx]+$/.test(mark) && paragraph !== undefined && !(mark === 'i' && paragraph === 'h');
}

type Matches = {
  readonly exact: (place: Place) => boolean;
  /** What is looked at when nothing is matched exactly: the section in which a subsection should stand. */
  readonly wider?: (place: Place) => boolean;
};

const sectionPattern =
  /^(?:(?:ss?|sections?)\.?\s*)?(\d+[A-Z]{0,3})?((?:\([^)]+\))*)(?:\s*[-–]\s*(?:s\.?\s*)?(\d+[A-Z]{0,3})?((?:\([^)]+\))*))?$/i;

function readLocator(locator: string): readonly Matches[] {
  let statute: string | undefined;
  // "paragraph 3" under a heading is a count, which the next edition need not keep: the heading is looked at.
  const parts = partsOf(locator).filter((part, at) => at === 0 || !/^paragraph \d+$/i.test(part));
  return parts.map((part) => {
    const startsStatute = /^(?:ss?|sections?)\.?\s*\d/i.test(part) && !/^\D*\d+\.\d/.test(part);
    const found = startsStatute || statute !== undefined ? sectionPattern.exec(part) : null;
    if (found) {
      statute = found[1]?.toLowerCase() ?? statute;
      return matchSection(statute ?? '', found[2] ?? '', found[3]?.toLowerCase(), found[4] ?? '');
    }
    statute = undefined;
    return matchNumber(part) ?? matchPage(part) ?? matchTitle(part);
  });
}

function matchSection(
  section: string,
  inner: string,
  to: string | undefined,
  toInner: string,
): Matches {
  const first = [section, ...marksIn(inner)];
  const last = to || toInner ? [to ?? section, ...marksIn(toInner)] : first;
  const depth = Math.max(first.length, last.length);
  const isBetween = (value: string, low = value, high = value) =>
    compare(low, value) <= 0 && compare(value, high) <= 0;
  return {
    exact: ({ section: at }) =>
      at.length >= Math.min(depth, first.length) &&
      first.every((value, level) => isBetween(at[level] ?? '', value, last[level] ?? value)),
    wider: ({ section: at }) => at[0] === section,
  };
}

function matchNumber(part: string): Matches | undefined {
  const found =
    /^(?:paras?|paragraphs?|sections?|s)?\.?\s*(\d+(?:\.\d+)+)(?:\s*(?:-|–|to)\s*(\d+(?:\.\d+)+))?$/i.exec(
      part,
    );
  if (!found) return undefined;
  const [, first = '', last = first] = found;
  return {
    exact: ({ number }) =>
      number !== undefined &&
      (number.startsWith(`${first}.`) ||
        number.startsWith(`${last}.`) ||
        (compare(first, number) <= 0 && compare(number, last) <= 0)),
  };
}

function matchPage(part: string): Matches | undefined {
  const found = /^(?:pages?|pp?)\.?\s*(\d+)(?:\s*(?:-|–|to)\s*(\d+))?$/i.exec(part);
  if (!found) return undefined;
  const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])];
  return { exact: ({ page }) => page !== null && first <= page && page <= last };
}

function matchTitle(part: string): Matches {
  if (/^whole (?:page|document|text)$/i.test(part)) return { exact: () => true };
  const quoted = /[“"‘]([^”"’]+)[”"’]/.exec(part)?.[1];
  const named = plain(
    quoted ?? part.replace(/^(?:section|part|heading|page|answer)\s+(?:on\s+)?/i, ''),
  );
  // "Right 1" does not begin "Right 10".
  const isNamed = (title: string) =>
    title.startsWith(named) && !/^[a-z0-9]/.test(title.slice(named.length));
  if (named.length < 4) return { exact: () => false };
  return {
    exact: ({ headings }) => headings.some(isNamed),
    wider: ({ title }) => title !== undefined && isNamed(title),
  };
}

/** Parts between commas and semicolons, but not those inside quotation marks. */
function partsOf(locator: string): readonly string[] {
  return (locator.match(/(?:[“"][^”"]*[”"]|[^,;])+/g) ?? [])
    .map((part) => part.trim())
    .filter(Boolean);
}

function marksIn(text: string): readonly string[] {
  return [...text.matchAll(/\(([^)]+)\)/g)].map((found) => (found[1] ?? '').toLowerCase());
}

/** `2` before `2a` before `10`; `1.9` before `1.10`. */
function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function plain(text: string): string {
  return text
    .replace(/[“”"‘’']/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
