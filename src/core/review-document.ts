import type { CaseSummary, SummaryCite, SummaryLine } from './case-summary-schema.js';
import { sayDay, sayTime } from './days.js';
import { keyOfIndication, keyOfLine } from './line-keys.js';
import { phrases } from './phrases.js';
import type { ReviewDetail, ReviewLine } from './review-detail.js';
import { visible } from './say-value.js';
import { numberCites, sayCite, sayFrom } from './summary-markdown.js';

/**
 * What an approved summary says when it leaves as a document, as plain blocks that a Word file and a PDF are both made
 * from. It adds nothing: each line with where it comes from, what the supervisor changed, and the numbered sources.
 * Longer than most, since the parts of one document stand together in its order.
 */

export type DocumentReference = {
  readonly number: number;
  /** Publisher, title and place. */
  readonly text: string;
  readonly url: string | null;
  /** "checked 20 November 2026". */
  readonly checked: string;
};

export type DocumentItem = {
  readonly text: string;
  /** Where it comes from; printed smaller. */
  readonly aside?: string;
  /** Numbers of its references. */
  readonly references: readonly number[];
};

export type DocumentBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly isStrong?: true }
  | { readonly kind: 'items'; readonly items: readonly DocumentItem[] }
  /** Left out where there is no picture to show. */
  | { readonly kind: 'picture'; readonly alt: string }
  | { readonly kind: 'references'; readonly references: readonly DocumentReference[] };

export type DocumentOutline = {
  readonly title: string;
  /** Printed at the top of every page. */
  readonly marking: string;
  /** Printed at the bottom of every page, before its number. */
  readonly foot: string;
  readonly blocks: readonly DocumentBlock[];
};

const words = {
  marking: 'POLICE MATERIAL. Check for the victim’s details before it leaves.',
  notDecision: 'Not a decision on any person, risk grade or crime record.',
  pictureAlt:
    'Bar chart of the entries of the timeline by month. Its figures are in the list that follows.',
  judgement: 'For professional judgement',
  toDo: 'Still to do',
  absent: 'What was not answered',
  points: 'Review points',
} as const;

/** The document of an approved summary; undefined while it is not approved. */
export function documentOf(detail: ReviewDetail): DocumentOutline | undefined {
  const { summary, decision, caseRef, version } = detail;
  if (detail.state !== 'approved' || decision?.kind !== 'approved') return undefined;
  const title = `Case summary ${caseRef}, version ${version}`;
  const blocks: readonly DocumentBlock[] = [
    { kind: 'heading', level: 1, text: title },
    ...headBlocks(detail, decision),
    ...flagBlocks(summary),
    ...summary.sections.flatMap(({ id, title: name, lines }) =>
      section(`${id} ${name}`, lineBlocks(detail, lines)),
    ),
    ...timelineBlocks(detail),
    ...section(phrases.droppedTitle, lineBlocks(detail, summary.dropped)),
    ...indicationBlocks(detail),
    ...section(words.absent, absentBlocks(summary)),
    ...section(words.toDo, plainItems(summary.tasks)),
    ...section(words.points, pointBlocks(detail)),
    ...section(phrases.sources, [{ kind: 'references', references: referencesOf(summary) }]),
  ];
  const foot = `${caseRef}, version ${version}, approved ${sayTime(decision.at)}`;
  return cleanOutline({ title, marking: words.marking, foot, blocks });
}

type Approval = Extract<ReviewDetail['decision'], { kind: 'approved' }>;

function headBlocks(detail: ReviewDetail, decision: Approval): readonly DocumentBlock[] {
  const { summary, versions, version } = detail;
  const sent = versions.find((one) => one.version === version);
  const note = decision.note ? [`Note: ${decision.note}`] : [];
  const checked = detail.lines.filter(({ checkedBy }) => checkedBy).length;
  return [
    { kind: 'text', text: words.marking, isStrong: true },
    {
      kind: 'text',
      text: `Prepared by ${nameIn(detail, sent?.by)} with the assistant. ${words.notDecision}`,
    },
    ...plainItems([
      `Version ${version}${sent ? `, sent ${sayTime(sent.submittedAt)}` : ''}.`,
      `Approved by ${nameIn(detail, decision.by)}, ${sayTime(decision.at)}. Lines marked as checked against their replies: ${checked} of ${detail.lines.length}.`,
      ...note,
      `Drawn up for ${sayDay(summary.on)}. Guidance version ${summary.knowledgeVersion}.`,
    ]),
    ...(summary.incomplete.length > 0
      ? [
          {
            kind: 'text',
            text: `Incomplete — see absent answers. ${summary.incomplete.join(' ')}`,
            isStrong: true,
          } as const,
        ]
      : []),
    ...plainItems([
      ...summary.screenings.map(
        ({ title, version: script, state }) => `${title} (version ${script}): ${state}`,
      ),
      ...summary.notes,
    ]),
  ];
}

function flagBlocks({ flags }: CaseSummary): readonly DocumentBlock[] {
  return section(
    'Flags raised',
    plainItems(
      flags.map(
        ({ level, about, question, at }) =>
          `${level.toUpperCase()}: ${about} (${question ?? 'DANGER pressed'}, ${sayTime(at)})`,
      ),
    ),
  );
}

/** What police systems hold stands apart from what was said. */
function lineBlocks(detail: ReviewDetail, lines: readonly SummaryLine[]): readonly DocumentBlock[] {
  const held = lines.filter(({ from }) => from.saidBy === 'records');
  const said = lines.filter(({ from }) => from.saidBy !== 'records');
  return [
    ...itemBlocks(said.map((line) => lineItem(detail, line))),
    ...(held.length > 0
      ? [{ kind: 'heading', level: 3, text: phrases.policeRecords } as const]
      : []),
    ...itemBlocks(held.map((line) => lineItem(detail, line))),
  ];
}

function lineItem(detail: ReviewDetail, line: SummaryLine): DocumentItem {
  const reviewed = detail.lines.find(({ key }) => key === keyOfLine(line));
  return {
    text: reviewed?.text ?? line.text,
    aside: [sayFrom(detail.summary, line), ...sayEdits(detail, reviewed)].join('; '),
    references: numbersOf(detail.summary, line.cites),
  };
}

function sayEdits(detail: ReviewDetail, line: ReviewLine | undefined): readonly string[] {
  return (line?.edits ?? []).map(
    (edit) =>
      `changed in review by ${nameIn(detail, edit.by)}, ${sayTime(edit.at)}: was “${edit.old}”; why: ${edit.why}`,
  );
}

function timelineBlocks({ summary }: ReviewDetail): readonly DocumentBlock[] {
  const { timeline } = summary;
  if (!timeline) return [];
  const { built, facts, entries, imports, conflicts } = timeline;
  return section(phrases.timelineTitle, [
    { kind: 'text', text: built },
    { kind: 'picture', alt: words.pictureAlt },
    ...itemBlocks(
      facts.map(({ text, cites }) => ({ text, references: numbersOf(summary, cites) })),
    ),
    ...itemBlocks(
      entries.map(({ when, text, kinds }) => ({
        text: `${when}: ${text}`,
        ...(kinds.length > 0 ? { aside: kinds.join('; ') } : {}),
        references: [],
      })),
    ),
    ...imports.flatMap(({ from, text }): readonly DocumentBlock[] => [
      { kind: 'heading', level: 3, text: from },
      { kind: 'text', text },
    ]),
    ...(conflicts.length > 0
      ? [{ kind: 'heading', level: 3, text: phrases.conflictsTitle } as const]
      : []),
    ...plainItems(conflicts),
  ]);
}

function indicationBlocks(detail: ReviewDetail): readonly DocumentBlock[] {
  const { summary } = detail;
  const items = summary.indications.map((indication): DocumentItem => {
    const reviewed = detail.lines.find(({ key }) => key === keyOfIndication(indication));
    const edits = sayEdits(detail, reviewed);
    return {
      text: `${indication.id}: ${reviewed?.text ?? indication.text}`,
      ...(edits.length > 0 ? { aside: edits.join('; ') } : {}),
      references: numbersOf(summary, indication.cites),
    };
  });
  const endings = summary.endings.map((text) => ({ kind: 'text', text }) as const);
  return items.length > 0 ? section(words.judgement, [...itemBlocks(items), ...endings]) : [];
}

const absences = ['not asked', 'not reached', 'not known', 'declined'] as const;

/** Each kind of absent answer apart, and apart from what did not apply. */
function absentBlocks({ sections, screenings }: CaseSummary): readonly DocumentBlock[] {
  const lines = sections.flatMap((one) => one.lines);
  const kinds = absences.flatMap((status) => {
    const own = lines.filter((line) => line.status === status);
    const asked = own.map(({ from }) => `${from.question}: ${from.ask}`);
    return asked.length > 0 ? [{ title: capital(status), asked }] : [];
  });
  const unasked = screenings
    .filter(({ notApplicable }) => notApplicable.length > 0)
    .map(({ title, notApplicable }) => `${title}: ${notApplicable.join(', ')}`);
  const all = unasked.length > 0 ? [...kinds, { title: 'Not applicable', asked: unasked }] : kinds;
  return all.flatMap(({ title, asked }) => [
    { kind: 'heading', level: 3, text: title } as const,
    ...plainItems(asked),
  ]);
}

const answerWords = { yes: 'Yes', no: 'No', 'not-applicable': 'Not applicable' } as const;

function pointBlocks(detail: ReviewDetail): readonly DocumentBlock[] {
  return itemBlocks(
    detail.points.map(({ number, text, answer, reason, by, at }) => ({
      text: `${number}. ${text} ${answer ? answerWords[answer] : 'Not answered'}.${reason ? ` Reason: ${reason}` : ''}`,
      ...(by && at ? { aside: `${nameIn(detail, by)}, ${sayTime(at)}` } : {}),
      references: [],
    })),
  );
}

function numbersOf(summary: CaseSummary, cites: readonly SummaryCite[]): readonly number[] {
  const numbers = numberCites(summary);
  return cites.flatMap((cite) => numbers.get(sayCite(cite)) ?? []);
}

function referencesOf(summary: CaseSummary): readonly DocumentReference[] {
  const cites = [
    ...[...summary.sections.flatMap(({ lines }) => lines), ...summary.dropped],
    ...(summary.timeline?.facts ?? []),
    ...summary.indications,
  ].flatMap((one) => one.cites);
  const byWords = new Map(cites.map((cite) => [sayCite(cite), cite]));
  return [...numberCites(summary)].flatMap(([said, number]) => {
    const cite = byWords.get(said);
    if (!cite) return [];
    const { source, locator } = cite;
    const text = `${source.publisher}, ${source.title}, ${locator}`;
    return [{ number, text, url: source.url, checked: phrases.checked(sayDay(source.checkedOn)) }];
  });
}

/** A heading with what stands under it; nothing where that is nothing. */
export function section(text: string, blocks: readonly DocumentBlock[]): readonly DocumentBlock[] {
  return blocks.length > 0 ? [{ kind: 'heading', level: 2, text }, ...blocks] : [];
}

/** A list of sentences without references; nothing where there are none. */
export function plainItems(texts: readonly string[]): readonly DocumentBlock[] {
  return itemBlocks(texts.map((text) => ({ text, references: [] })));
}

function itemBlocks(items: readonly DocumentItem[]): readonly DocumentBlock[] {
  return items.length > 0 ? [{ kind: 'items', items }] : [];
}

function nameIn({ names }: ReviewDetail, id: string | undefined): string {
  return (id && names[id]) || 'a user not named here';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * The outline with every text as it can be printed: without marks that hide or reorder, halves of characters, and the
 * controls that an XML file may not hold.
 */
export function cleanOutline(outline: DocumentOutline): DocumentOutline {
  return cleaned(outline);
}

function cleaned<Value>(value: Value): Value {
  if (typeof value === 'string') return cleanText(value) as Value;
  if (Array.isArray(value)) return value.map(cleaned) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, cleaned(inner)]),
  ) as Value;
}

function cleanText(text: string): string {
  return visible(text)
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/\p{Surrogate}|[\ufffe\uffff]/gu, '\ufffd')
    .replace(/\t/g, ' ');
}
