import type { CaseSummary, SummaryLine } from '../../../src/core/case-summary-schema.js';
import { visible } from '../../../src/core/say-value.js';
import { type Cites, numberCites, sayNumbers } from '../../../src/core/summary-markdown.js';
import { english, type Words } from '../../../src/core/words.js';
import type { JsonObject } from '../activity.js';
import { box, card, type Element, heading, plain, press, small, text } from './card.js';

/** A case summary as a card. Over 200 lines: its parts are read in the order in which they stand on the card. */

/** A line is cut in the card only; the whole stands in the Markdown. */
const longestLine = 320;
/** Teams counts UTF-16; with entities and envelope this stays well under its limit. */
const mostCharacters = 34_000;

/** The short form of a case summary: what was described, each line with its reply and its source. */
export function summaryCard(
  summary: CaseSummary,
  preparedBy: string,
  screening: string,
  picture?: Picture,
  words: Words = english,
): JsonObject {
  const { summary: titles, buttons, fallbacks } = words;
  const actions = [
    press(titles.asText, { verb: 'markdown', screening }),
    press(titles.send, { verb: 'submit-review', screening }),
    press(buttons.anotherScript, { verb: 'choose', screening }),
  ];
  const make = (length: Length) =>
    card(bodyOf(summary, preparedBy, length, picture, words), actions, fallbacks.summary);
  // Teams does not count an image's own data.
  const most = mostCharacters + (picture?.url.length ?? 0);
  const fits = (content: JsonObject) => JSON.stringify(content).length <= most;
  const fitting = (['whole', 'safety', 'counted'] as const).find((length) => fits(make(length)));
  return make(fitting ?? 'short');
}

/** The picture of the timeline, as a data address, and what it shows in words. */
export type Picture = { readonly url: string; readonly alt: string };

/** `safety`: lines are only counted, but for safety now and safe contact. `counted`: all lines are only counted. `short`: what stands for judgement too, and no list is long. */
type Length = 'whole' | 'safety' | 'counted' | 'short';
/** What nobody should have to open the whole summary for. */
const safety: readonly string[] = ['S1', 'S2'];
/** Of flags, tasks and sentences on what is missing, in a short card. */
const mostListed = 20;

function bodyOf(
  summary: CaseSummary,
  preparedBy: string,
  length: Length,
  picture: Picture | undefined,
  words: Words,
): readonly Element[] {
  const { summary: titles, phrases } = words;
  const listed = length === 'short' ? mostListed : Number.POSITIVE_INFINITY;
  const rest = (all: readonly unknown[], more: (count: number) => string) =>
    all.length > listed ? [small(more(all.length - listed))] : [];
  const { incomplete, tasks, indications } = summary;
  const cites = numberCites(summary);
  return [
    heading(titles.title(summary.caseRef)),
    small(phrases.summaryHeader(plain(visible(preparedBy)))),
    ...(incomplete.length > 0
      ? [
          box(
            [
              text(titles.incomplete, { weight: 'Bolder' }),
              small(incomplete.slice(0, listed).join(' ')),
              ...rest(incomplete, titles.moreMissing),
            ],
            { style: 'warning' },
          ),
        ]
      : []),
    ...summary.notes.map((note) => small(note)),
    ...flagsPart(summary, listed, words),
    ...rest(summary.flags, titles.moreFlags),
    ...summary.sections.flatMap(({ id, lines }) => [
      heading(`${id} ${titles.titles[id]}`),
      ...(length === 'whole' || (length === 'safety' && safety.includes(id))
        ? linesPart(lines, cites, words)
        : [text(titles.lines(lines.length))]),
    ]),
    ...timelinePart(summary, cites, picture, words),
    ...droppedPart(summary, cites, length, words),
    ...(length === 'short' && indications.length > 0
      ? [
          heading(titles.judgement),
          text(titles.notes(indications.length)),
          small(summary.endings.join(' ')),
        ]
      : indicationsPart(summary, words)),
    ...(tasks.length > 0
      ? [
          heading(titles.tasks),
          ...tasks.slice(0, listed).map((task) => text(`• ${plain(task)}`)),
          ...rest(tasks, titles.moreTasks),
        ]
      : []),
    ...(length === 'short' ? [] : sourcesPart(numberedIn(summary, length), cites, words)),
  ];
}

/** Replies one by one; what has none is gathered in a line by its reason, so that replies are not buried. */
function linesPart(lines: readonly SummaryLine[], cites: Cites, words: Words): readonly Element[] {
  const unasked = lines.filter(isUnasked);
  const reasons = [...new Set(unasked.map(reasonOf))];
  return [
    ...lines.filter((line) => !isUnasked(line)).flatMap((line) => linePart(line, cites, words)),
    ...reasons.map((reason) => {
      const questions = unasked.filter((line) => reasonOf(line) === reason);
      return small(`${reason}: ${questions.map(({ from }) => from.question).join(', ')}`);
    }),
  ];
}

/** One that took the place of an answer stands by itself: what was answered must not vanish among what was not. */
function isUnasked({ status, from }: SummaryLine): boolean {
  return (status === 'not asked' || status === 'not reached') && from.replaced.length === 0;
}

/** `Not asked (danger)`: the words before the question in the line's own text. */
function reasonOf({ text: words }: SummaryLine): string {
  return words.slice(0, words.indexOf(':'));
}

function linePart(line: SummaryLine, cites: Cites, words: Words): readonly Element[] {
  const { summary: titles, dates } = words;
  const { question, at, replaced, saidBy, heldFrom } = line.from;
  const cut = (told: string) =>
    told.length > longestLine ? `${told.slice(0, longestLine)}…` : told;
  const changed = [
    ...(saidBy === 'records' ? [` · ${titles.fromRecords}`] : []),
    ...(heldFrom ? [` · ${titles.toldEarlier}`] : []),
    ...replaced.slice(0, 1).map((old) => ` · ${titles.changedFrom(plain(cut(old.said)))}`),
  ].join('');
  const when = at ? ` · ${dates.time(at)}` : '';
  return [
    text(plain(cut(line.text)), { spacing: 'Medium' }),
    small(
      `${question} · ${titles.statuses[line.status]}${when}${changed} · ${sayNumbers(line.cites, cites)}`,
    ),
  ];
}

/** What is shown of the entries' words stands in the whole summary; here the picture and the facts. */
function timelinePart(
  { timeline }: CaseSummary,
  cites: Cites,
  picture: Picture | undefined,
  { phrases, summary: titles }: Words,
): readonly Element[] {
  if (!timeline) return [];
  const { built, facts, conflicts } = timeline;
  return [
    heading(phrases.timelineTitle),
    small(plain(built)),
    ...(picture
      ? [{ type: 'Image', url: picture.url, altText: picture.alt, size: 'Stretch' }]
      : []),
    ...facts.map((fact) =>
      text(`• ${plain(fact.text)} ${sayNumbers(fact.cites, cites)}`, { spacing: 'Small' }),
    ),
    ...(conflicts.length > 0
      ? [small(titles.inWhole(phrases.conflictsTitle, conflicts.length))]
      : []),
  ];
}

function droppedPart(
  { dropped }: CaseSummary,
  cites: Cites,
  length: Length,
  words: Words,
): readonly Element[] {
  if (dropped.length === 0) return [];
  const lines =
    length === 'whole'
      ? dropped.flatMap((line) => linePart(line, cites, words))
      : [text(words.summary.lines(dropped.length))];
  return [heading(words.phrases.droppedTitle), ...lines];
}

function flagsPart(
  summary: CaseSummary,
  listed: number,
  { summary: titles, dates }: Words,
): readonly Element[] {
  if (summary.flags.length === 0) return [];
  const lines = summary.flags
    .slice(0, listed)
    .map((flag) =>
      text(
        `${titles.levels[flag.level]}: ${flag.about} (${flag.question ?? titles.pressed}, ${dates.time(flag.at)})`,
      ),
    );
  const isRed = summary.flags.some(({ level }) => level === 'red');
  const style = isRed ? 'attention' : 'warning';
  return [box([heading(titles.flags), ...lines], { style })];
}

function indicationsPart(summary: CaseSummary, { summary: titles }: Words): readonly Element[] {
  if (summary.indications.length === 0) return [];
  return [
    heading(titles.judgement),
    ...summary.indications.flatMap(({ id, text: words, rests, cites }) => [
      text(plain(`${id} ${words}`)),
      small(
        `${titles.restsOn(rests.join(', '))} · ${cites.map(({ source, locator }) => `${source.title}, ${locator}`).join('; ')}`,
      ),
    ]),
    small(summary.endings.join(' ')),
  ];
}

/** What a card of that length shows with numbers. */
function numberedIn(summary: CaseSummary, length: Length): CaseSummary {
  if (length === 'whole') return summary;
  const sections = summary.sections.filter(({ id }) => length === 'safety' && safety.includes(id));
  return { ...summary, sections, dropped: [], indications: [] };
}

/** Each source once, under the numbers that the lines carry: named in every line, they hid the replies. */
function sourcesPart(summary: CaseSummary, cites: Cites, { phrases }: Words): readonly Element[] {
  const all = [
    ...summary.sections.flatMap(({ lines }) =>
      lines.filter((line) => !isUnasked(line)).flatMap((line) => line.cites),
    ),
    ...(summary.timeline?.facts ?? []).flatMap((fact) => fact.cites),
    ...summary.dropped.flatMap((line) => line.cites),
    ...summary.indications.flatMap((indication) => indication.cites),
  ];
  const names = new Map(
    all.map((cite) => [
      sayNumbers([cite], cites),
      `${cite.source.publisher}, ${cite.source.title}, ${cite.locator}`,
    ]),
  );
  if (names.size === 0) return [];
  return [
    heading(phrases.sources),
    ...[...names].map(([number, name]) => small(plain(`${number} ${name}`))),
  ];
}
