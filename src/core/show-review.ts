import type { CaseSummary, SummaryCite, SummaryLine } from './case-summary-schema.js';
import { isOwnCase } from './decide-review.js';
import type { Day, UserId } from './ids.js';
import { isSamePlace, type Quote } from './quote-for-cite.js';
import type { Review } from './review.js';
import type {
  CitedQuote,
  ReviewDetail,
  ReviewLine,
  ReviewMay,
  WordingFinding,
} from './review-detail.js';
import { differencesBetween } from './review-differences.js';
import { reviewPhrases } from './review-phrases.js';
import { type PositionLine, type ReviewPosition, replayReview } from './review-position.js';
import { sinceDecision } from './review-versions.js';
import type { CheckWording } from './review-wording.js';
import { mayDo, reachTo, type Ties, type User } from './roles.js';
import { sharedReview } from './shared-review.js';
import { liveShareOf, tiesOf } from './sharing.js';

/** What a review is shown with beside its events. */
export type ShowContext = {
  readonly today: Day;
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

/** Returns a review as this person may see it: whole, or what is shared with them. A fault when it is not open to them. */
export function showReview(review: Review, user: User, context: ShowContext): ReviewDetail {
  const { today, current, recorders, supervisors, names, checkWording, quoteOf } = context;
  const position = replayReview(review.events);
  const isOwn = isOwnCase(review, { by: user.id, recorders });
  const differences = differencesBetween(position.summary, current);
  const ties = tiesOf(review, user.id, today);
  const may = mayOf(user, ties, position, isOwn, differences.length > 0);
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
          .filter(
            ({ id }) => id !== user.id && !recorders.includes(id) && !review.barred.includes(id),
          )
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
  const since = sinceDecision(review.events);
  const reach = reachTo(user.roles, 'read-review', ties);
  const isWhole = reach === 'all' || reach === 'own';
  const share = isWhole ? undefined : liveShareOf(review, user.id, today);
  if (!isWhole && !share) throw new Error(`showing review ${review.id}: it is not open to them`);
  const shown = share ? sharedReview(detail, share) : { ...detail, ...(since ? { since } : {}) };
  return { ...shown, quotes: quotesIn(shown.summary, quoteOf) };
}

/** The words behind each citation that is shown, each place once. */
function quotesIn(
  { sections, dropped, indications, timeline }: CaseSummary,
  quoteOf: ShowContext['quoteOf'],
): CitedQuote[] {
  const facts = timeline?.facts ?? [];
  const citing = [...sections.flatMap(({ lines }) => lines), ...dropped, ...indications, ...facts];
  const cites = new Map(
    citing.flatMap(({ cites }) =>
      cites.map((cite) => [`${cite.source.id} ${cite.locator}`, cite] as const),
    ),
  );
  return [...cites.values()].flatMap((cite) => {
    const quote = quoteOf(cite);
    if (!quote) return [];
    const { passage, heading, text, locator: at, checkedOn } = quote;
    const { source, locator } = cite;
    const elsewhere = isSamePlace(at, locator) ? {} : { at };
    return [{ source: source.id, locator, passage, heading, text, ...elsewhere, checkedOn }];
  });
}

/** Everybody a review names, each once. */
export function peopleOf(
  { events, shares }: Pick<Review, 'events' | 'shares'>,
  recorders: readonly UserId[],
): readonly UserId[] {
  const acting = events.flatMap(({ by, act }) => (act.kind === 'handed' ? [by, act.to] : [by]));
  const named = events.flatMap(({ act }) =>
    act.kind === 'submitted' ? act.summary.people.map(({ id }) => id) : [],
  );
  return [...new Set([...acting, ...named, ...recorders, ...shares.map(({ by }) => by)])];
}

function mayOf(
  { roles }: User,
  ties: Ties,
  { state }: ReviewPosition,
  isOwn: boolean,
  isChanged: boolean,
): ReviewMay {
  const may = (action: Parameters<typeof mayDo>[1]) => mayDo(roles, action, ties);
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
    share: may('share-case'),
    nameConflict: may('name-conflict'),
    declareConflict: may('declare-conflict'),
  };
}

/** What the person said must not be used, and the lines that print it: who finds a paper with them learns the rest. */
const unsafeQuestions: readonly string[] = ['FC11', 'FC11b', 'BR10', 'BR10b'];

function showLine(given: PositionLine, checkWording: CheckWording): ReviewLine {
  const { line, ...shown } = given;
  const isUnsafe =
    line?.status === 'answered' && unsafeQuestions.includes(line.from.question as string);
  return {
    ...shown,
    ...(isUnsafe ? { isUnsafe } : {}),
    findings: [...findingsIn(given, checkWording)],
  };
}

/** In the words of the police about a line: the officer's, or the supervisor's in their place, and why they changed. */
function findingsIn(
  { line, text, edits }: PositionLine,
  checkWording: CheckWording,
): readonly WordingFinding[] {
  const standing = edits.length > 0 ? [text] : line ? officersWords(line) : [];
  const reasons = line ? [line.from.reason, ...line.from.replaced.map((one) => one.reason)] : [];
  const found = [...standing, ...reasons.filter((one) => one !== undefined)].flatMap(checkWording);
  const places = new Map(found.map((one) => [`${one.phrase} ${one.reason}`, one]));
  return [...places.values()];
}

/**
 * What the officer wrote, out of the quotation marks it is printed in; words that they quoted themselves, printed in
 * single marks, are put back into double ones, in which they are never checked.
 */
function officersWords({ status, from }: SummaryLine): readonly string[] {
  if (status !== 'answered' || from.saidBy !== 'user' || from.said === undefined) return [];
  const written = from.said.replace(/[“”]/g, '');
  return [written.replace(/‘(.*?)’(?![\p{L}\p{N}])/gu, '"$1"')];
}
