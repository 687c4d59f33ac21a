import type { CaseSummary, SummaryCite, SummaryLine } from './case-summary-schema.js';
import { isOwnCase } from './decide-review.js';
import type { UserId } from './ids.js';
import { isSamePlace, type Quote } from './quote-for-cite.js';
import type { Review } from './review.js';
import type { CitedQuote, ReviewDetail, ReviewLine, ReviewMay } from './review-detail.js';
import { differencesBetween } from './review-differences.js';
import { reviewPhrases } from './review-phrases.js';
import { type PositionLine, type ReviewPosition, replayReview } from './review-position.js';
import type { CheckWording } from './review-wording.js';
import { mayDo, reachOf, type User } from './roles.js';
import { withoutSupervisorsMatters } from './shared-review.js';

/** What a review is shown with beside its events. */
export type ShowContext = {
  /** The summary as the case stands now, drawn up for the day of the one that is reviewed. */
  readonly current: CaseSummary;
  /** Everybody who recorded a reply in the case. */
  readonly recorders: readonly UserId[];
  readonly supervisors: readonly { readonly id: UserId; readonly name: string }[];
  readonly names: ReadonlyMap<UserId, string>;
  readonly checkWording: CheckWording;
  /** What the guidance says at a citation, where it says anything. */
  readonly quoteOf: (cite: SummaryCite) => Quote | undefined;
};

/** Returns a review as this person may see it; that they may see it at all is for the caller to ask. */
export function showReview(review: Review, user: User, context: ShowContext): ReviewDetail {
  const { current, recorders, supervisors, names, checkWording, quoteOf } = context;
  const position = replayReview(review.events);
  const isOwn = isOwnCase(review, { by: user.id, recorders });
  const differences = differencesBetween(position.summary, current);
  const may = mayOf(user, review, position, isOwn, differences.length > 0);
  const { state, version, summary, lines, points, handedTo, decision, returns, versions } =
    position;
  const detail: ReviewDetail = {
    id: review.id,
    caseRef: review.caseRef,
    state,
    version,
    seen: review.events.length,
    summary,
    lines: lines.map((line) => showLine(line, checkWording)),
    quotes: [],
    points: [...points],
    ...(handedTo === undefined ? {} : { handedTo }),
    supervisors: may.hand
      ? supervisors
          .filter(({ id }) => id !== user.id && !recorders.includes(id))
          .map(({ id, name }) => ({ id, name }))
      : [],
    ...(decision ? { decision } : {}),
    returns: [...returns],
    versions: [...versions],
    ...(differences.length > 0 ? { differences: [...differences] } : {}),
    may,
    isOwnCase: isOwn,
    names: Object.fromEntries(
      peopleOf(review, recorders).map((id) => [id, names.get(id) ?? reviewPhrases.unnamed]),
    ),
  };
  const shown =
    reachOf(user.roles, 'read-review') === 'shared' ? withoutSupervisorsMatters(detail) : detail;
  return { ...shown, quotes: quotesIn(shown.summary, quoteOf) };
}

/** The words behind each citation that is shown, each place once. */
function quotesIn(
  { sections, dropped, indications }: CaseSummary,
  quoteOf: ShowContext['quoteOf'],
): CitedQuote[] {
  const citing = [...sections.flatMap(({ lines }) => lines), ...dropped, ...indications];
  const cites = new Map(
    citing.flatMap(({ cites }) =>
      cites.map((cite) => [`${cite.source.id} ${cite.locator}`, cite] as const),
    ),
  );
  return [...cites.values()].flatMap((cite) => {
    const quote = quoteOf(cite);
    if (!quote) return [];
    const { heading, text, locator: at, checkedOn } = quote;
    const { source, locator } = cite;
    const elsewhere = isSamePlace(at, locator) ? {} : { at };
    return [{ source: source.id, locator, heading, text, ...elsewhere, checkedOn }];
  });
}

/** Everybody a review names, each once. */
export function peopleOf(
  { events }: Pick<Review, 'events'>,
  recorders: readonly UserId[],
): readonly UserId[] {
  const acting = events.flatMap(({ by, act }) => (act.kind === 'handed' ? [by, act.to] : [by]));
  const named = events.flatMap(({ act }) =>
    act.kind === 'submitted' ? act.summary.people.map(({ id }) => id) : [],
  );
  return [...new Set([...acting, ...named, ...recorders])];
}

function mayOf(
  { id, roles }: User,
  { people }: Review,
  { state }: ReviewPosition,
  isOwn: boolean,
  isChanged: boolean,
): ReviewMay {
  const may = (action: Parameters<typeof mayDo>[1]) => mayDo(roles, action, people.includes(id));
  const isOpen = state === 'waiting';
  const mayEdit = isOpen && !isOwn && may('edit-line');
  const mayDecide = isOpen && !isOwn && may('decide-review');
  return {
    check: mayEdit,
    edit: mayEdit,
    point: mayEdit,
    hand: isOpen && may('hand-review'),
    return: mayDecide,
    approve: mayDecide,
    submit: (state === 'returned' || isChanged) && may('submit-review'),
    export: state === 'approved' && may('export-review'),
    copy: state === 'approved' && may('copy-for-person'),
    history: may('read-history'),
  };
}

/** What the person said must not be used, and the lines that print it: who finds a paper with them learns the rest. */
const unsafeQuestions: readonly string[] = ['FC11', 'FC11b', 'BR10', 'BR10b'];

function showLine({ line, ...shown }: PositionLine, checkWording: CheckWording): ReviewLine {
  const isUnsafe =
    line?.status === 'answered' && unsafeQuestions.includes(line.from.question as string);
  return {
    ...shown,
    ...(isUnsafe ? { isUnsafe } : {}),
    findings: [...(line ? checkWording(officersWords(line)) : [])],
  };
}

/** What the officer wrote, out of the quotation marks it is printed in: quoted words are never checked. */
function officersWords({ status, from }: SummaryLine): string {
  if (status !== 'answered' || from.saidBy !== 'user') return '';
  return (from.said ?? '').replace(/[“”]/g, '');
}
