import type { CaseSummary, SummaryLine } from '../../../src/core/case-summary.js';
import { sayTime } from '../../../src/core/days.js';
import { summaryHeader } from '../../../src/core/summary-markdown.js';
import type { JsonObject } from '../activity.js';
import { box, card, type Element, heading, plain, press, small, text } from './card.js';

/** A line is cut in the card only; the whole stands in the Markdown. */
const longestLine = 320;
/** Teams counts UTF-16; with entities and envelope this stays well under its limit. */
const mostCharacters = 34_000;

/** The short form of a case summary: what was described, each line with its reply and its source. */
export function summaryCard(
  summary: CaseSummary,
  preparedBy: string,
  screening: string,
): JsonObject {
  const actions = [
    press('Whole summary as text', { verb: 'markdown', screening }),
    press('Go on with another script', { verb: 'choose', screening }),
  ];
  const body = (lines: (section: CaseSummary['sections'][number]) => readonly Element[]) => [
    heading(`Case summary ${summary.caseRef}`),
    small(summaryHeader(preparedBy)),
    ...(summary.incomplete.length > 0
      ? [
          box(
            [
              text('Incomplete — see absent answers', { weight: 'Bolder' }),
              small(summary.incomplete.join(' ')),
            ],
            { style: 'warning' },
          ),
        ]
      : []),
    ...flagsPart(summary),
    ...summary.sections.flatMap((section) => [
      heading(`${section.id} ${section.title}`),
      ...lines(section),
    ]),
    ...indicationsPart(summary),
    ...(summary.tasks.length > 0
      ? [heading('Still to do'), ...summary.tasks.map((task) => text(`• ${task}`))]
      : []),
  ];
  const fallback = 'A case summary is ready. Open it in Teams on a newer client.';
  const whole = card(
    body(({ lines }) => lines.flatMap(linePart)),
    actions,
    fallback,
  );
  if (JSON.stringify(whole).length <= mostCharacters) return whole;
  return card(
    body(({ lines }) => [text(`${lines.length} lines, in the whole summary.`)]),
    actions,
    fallback,
  );
}

function linePart(line: SummaryLine): readonly Element[] {
  const { question, at, replaced } = line.from;
  const words = line.text.length > longestLine ? `${line.text.slice(0, longestLine)}…` : line.text;
  const cites = line.cites.map(({ source, locator }) => `${source.title}, ${locator}`).join('; ');
  const changed = replaced.length > 0 ? ' · changed' : '';
  const when = at ? ` · ${sayTime(at)}` : '';
  return [
    text(plain(words), { spacing: 'Medium' }),
    small(`${question} · ${line.status}${when}${changed} · ${cites}`),
  ];
}

function flagsPart(summary: CaseSummary): readonly Element[] {
  if (summary.flags.length === 0) return [];
  const lines = summary.flags.map((flag) =>
    text(
      `${flag.level.toUpperCase()}: ${flag.about} (${flag.question ?? 'pressed'}, ${sayTime(flag.at)})`,
    ),
  );
  return [box([heading('Flags raised'), ...lines], { style: 'attention' })];
}

function indicationsPart(summary: CaseSummary): readonly Element[] {
  if (summary.indications.length === 0) return [];
  return [
    heading('For professional judgement'),
    ...summary.indications.flatMap(({ id, text: words, rests, cites }) => [
      text(plain(`${id} ${words}`)),
      small(
        `Rests on ${rests.join(', ')} · ${cites.map(({ source, locator }) => `${source.title}, ${locator}`).join('; ')}`,
      ),
    ]),
    small(summary.endings.join(' ')),
  ];
}
