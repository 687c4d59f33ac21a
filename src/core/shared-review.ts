import type { CaseSummary, SummaryLine } from './case-summary-schema.js';
import { keyOfLine } from './line-keys.js';
import type { ReviewDetail, ReviewLine } from './review-detail.js';
import type { StatementId } from './script.js';
import type { Share, SharedPart } from './sharing.js';

/**
 * A review as an advocate sees it with whom the case is shared. It is made of what is named here and nothing else, so
 * that whatever is new stays with the police until somebody names it. Never named: S6 (the register of evidence) and S7
 * (the police's own reasoning about orders and breaches), which are for the file; S9, which is for the supervisor only;
 * replies that no longer apply, indications, tasks and review points, which the police say to each other. It is the
 * version sent last, approved or not: an advocate needs it before a supervisor has come to it.
 */

type Rule = {
  readonly sections: readonly StatementId[];
  /** Of other sections. */
  readonly questions: readonly string[];
  readonly why: string;
};

/** What each part of an agreement shows; `safe-contact` is in every share. */
export const shownParts: Readonly<Record<SharedPart | 'safe-contact', Rule>> = {
  'safe-contact': {
    sections: ['S1', 'S2'],
    questions: ['FC15b', 'CY01'],
    why: 'Whoever gets in touch must know how to do so without putting the person in danger.',
  },
  plan: {
    sections: ['S8'],
    questions: ['TL08'],
    why: 'Help is joined up, and promises are kept, where both know what was planned, promised and is coming.',
  },
  account: {
    sections: ['S3', 'S4'],
    questions: [],
    why: 'The person does not have to tell it all again.',
  },
  indicators: {
    sections: ['S5'],
    questions: [],
    why: 'Safety planning starts from them; agreed to apart, since they name others and what they did.',
  },
};

/** Questions kept back from the sections above. */
export const keptBack: readonly { readonly questions: readonly string[]; readonly why: string }[] =
  [
    { questions: ['NE15b', 'SPV02b'], why: 'It says what the person does not want passed on.' },
    { questions: ['RI23'], why: 'It is the officer’s own assessment.' },
    {
      questions: ['FC20c', 'SI14b', 'NE16b', 'CY15b', 'BR12e', 'RI22b', 'SPO10h'],
      why: 'It says which supervisor was told of what.',
    },
  ];

/** Returns what somebody sees of a review by their share. */
export function sharedReview(detail: ReviewDetail, share: Share): ReviewDetail {
  const { id, by, at, agreement } = share;
  const { on: agreedOn, way, parts, until } = agreement;
  const edited = new Map(
    detail.lines.flatMap(({ key, edits, text }) => (edits.length > 0 ? [[key, text]] : [])),
  );
  const summary = sharedSummary(detail.summary, parts, edited);
  const shown = new Set(summary.sections.flatMap(({ lines }) => lines.map(keyOfLine)));
  const lines = detail.lines.filter(
    ({ key, section }) => section !== 'dropped' && section !== 'indications' && shown.has(key),
  );
  const version = detail.versions.at(-1);
  const { decision } = detail;
  const isApproved = decision?.kind === 'approved';
  const state = isApproved ? 'approved' : 'waiting';
  return {
    id: detail.id,
    caseRef: detail.caseRef,
    // That it was returned, and why, is between the police.
    state,
    version: detail.version,
    seen: detail.seen,
    summary,
    lines: lines.map(sharedLine),
    quotes: [],
    points: [],
    supervisors: [],
    ...(isApproved
      ? {
          decision: {
            kind: 'approved',
            version: decision.version,
            by: decision.by,
            at: decision.at,
          },
        }
      : {}),
    returns: [],
    versions: version ? [{ ...withoutNote(version), state }] : [],
    may: { ...nothing, copy: detail.may.copy && parts.includes('plan') },
    isOwnCase: false,
    shared: { id, by, at, agreedOn, way, parts, ...(until === undefined ? {} : { until }) },
    names: namesIn(detail, summary, [by, version?.by, isApproved ? decision.by : undefined]),
  };
}

/** Of a summary what these parts of an agreement show; `edited` holds the text of lines that were changed. */
function sharedSummary(
  summary: CaseSummary,
  parts: readonly SharedPart[],
  edited: ReadonlyMap<string, string>,
): CaseSummary {
  const rules = [shownParts['safe-contact'], ...parts.map((part) => shownParts[part])];
  const held = keptBack.flatMap(({ questions }) => questions);
  const isShown = (section: StatementId, question: string) =>
    !held.includes(question) &&
    rules.some(
      ({ sections, questions }) => sections.includes(section) || questions.includes(question),
    );
  const sections = summary.sections
    .map(({ id, title, lines }) => ({
      ...{ id, title },
      lines: lines
        .filter(({ from }) => isShown(id, from.question))
        .map((line) => plainLine(line, edited.get(keyOfLine(line)))),
    }))
    .filter(({ lines }) => lines.length > 0);
  const asked = new Set(
    sections.flatMap(({ lines }) => lines.map(({ from }) => `${from.screening} ${from.question}`)),
  );
  return {
    schemaVersion: summary.schemaVersion,
    caseRef: summary.caseRef,
    on: summary.on,
    knowledgeVersion: summary.knowledgeVersion,
    people: [],
    screenings: summary.screenings.map((one) => ({ ...one, notApplicable: [] })),
    incomplete:
      summary.incomplete.length > 0 ? ['Something in this case is still to be asked.'] : [],
    notes: [],
    // One without a question was raised by the button for danger.
    flags: summary.flags.filter(
      ({ screening, question }) => question === undefined || asked.has(`${screening} ${question}`),
    ),
    sections,
    dropped: [],
    ...(summary.timeline && parts.includes('account') ? { timeline: summary.timeline } : {}),
    indications: [],
    endings: [],
    tasks: [],
  };
}

/** A line and its reply, without earlier replies; where a supervisor changed it, their words and not the reply's. */
function plainLine(line: SummaryLine, edited: string | undefined): SummaryLine {
  const { reason: _, ...from } = line.from;
  const reply = { ...from, replaced: [] };
  if (edited === undefined) return { ...line, from: reply };
  return {
    ...line,
    text: edited,
    from: reply.said === undefined ? reply : { ...reply, said: edited },
  };
}

/** As it stands: that a supervisor worded it, but not what it was before, nor why. */
function sharedLine(line: ReviewLine): ReviewLine {
  const { key, section, text, status, isUnsafe } = line;
  const edits = line.edits.slice(-1).map(({ by, at }) => ({ by, at, old: '', new: text, why: '' }));
  return {
    ...{ key, section, drafted: text, text, edits, findings: [] },
    ...(status === undefined ? {} : { status }),
    ...(isUnsafe === undefined ? {} : { isUnsafe }),
  };
}

const nothing: ReviewDetail['may'] = {
  ...{ check: false, edit: false, point: false, hand: false, return: false, approve: false },
  ...{ submit: false, export: false, copy: false, history: false, share: false },
  ...{ nameConflict: false, declareConflict: false },
};

type Version = ReviewDetail['versions'][number];

function withoutNote({ note: _, ...version }: Version): Version {
  return version;
}

/** Of those only whom the page names. */
function namesIn(
  { names }: ReviewDetail,
  { sections }: CaseSummary,
  others: readonly (string | undefined)[],
): ReviewDetail['names'] {
  const named = new Set([
    ...others,
    ...sections.flatMap(({ lines }) => lines.map(({ from }) => from.by)),
  ]);
  return Object.fromEntries(Object.entries(names).filter(([id]) => named.has(id)));
}
