import { createHash } from 'node:crypto';
import { canonicalJson } from '../src/core/canonical-json.js';
import { isOpenTo } from '../src/core/conflicts.js';
import type { AnswerId, CaseId, ReviewId, ScreeningId, UserId } from '../src/core/ids.js';
import { type Review, type ReviewEvent, reviewActSchema } from '../src/core/review.js';
import { pageSize, type ReviewQuery, type ReviewRow } from '../src/core/review-list.js';
import type { Screening, ScreeningEvent } from '../src/core/screening.js';
import type { Language } from '../src/core/words.js';
import type {
  Answers,
  Audit,
  AuditEntry,
  AuditNote,
  AuditRecord,
  Cases,
  Chat,
  Chats,
  Directory,
  Feedback,
  GivenAnswer,
  NewNotice,
  People,
  PeopleChats,
  PersonChat,
  ReviewFacts,
  Reviews,
  Screenings,
  Sees,
  SwitchName,
  SwitchStore,
  SwitchTurn,
} from '../src/flows/ports.js';
import { sizeOfCase } from '../src/flows/review-parts.js';
import { barredFrom, type CaseConflicts } from './fake-conflicts.js';
import type { CaseShares } from './fake-sharing.js';

/** Ports kept in memory. The suites in `contracts/` hold them to what the real stores do. */

/** Who may work on each case, in the order they were let in; shared by the fakes that read and write it. */
export type CasePeople = Map<CaseId, readonly UserId[]>;

/** Whether a case is among those that somebody sees. */
export function seesCase(
  sees: Sees | undefined,
  caseId: CaseId,
  people: CasePeople,
  conflicts: CaseConflicts,
): boolean {
  if (!sees) return true;
  if (barredFrom(conflicts, caseId).includes(sees.person)) return false;
  return sees.reach === 'all' || (people.get(caseId) ?? []).includes(sees.person);
}

export function makeFakeScreenings(
  people: CasePeople = new Map(),
  conflicts: CaseConflicts = new Map(),
): Screenings {
  type Begun = Omit<Screening, 'people' | 'barred'> & { readonly activityId: string };
  const begun = new Map<ScreeningId, Begun>();
  const of = (caseId: CaseId) => people.get(caseId) ?? [];
  const listed = (keep: (screening: Screening) => boolean) =>
    [...begun.values()]
      .map(
        ({ activityId: _, ...one }): Screening => ({
          ...one,
          people: of(one.caseId),
          barred: barredFrom(conflicts, one.caseId),
        }),
      )
      .filter(keep);
  const find = (id: ScreeningId) => listed((screening) => screening.id === id)[0];
  return {
    start: async (screening) => {
      const { startedBy, activityId, id, caseId, caseRef } = screening;
      const others = [...begun.values()];
      const earlier = others.find((o) => o.startedBy === startedBy && o.activityId === activityId);
      if (earlier) return { kind: 'already', id: earlier.id };
      if (begun.has(id)) throw new Error(`starting screening ${id}: the id is in use`);
      if (others.some((o) => (o.caseId === caseId) !== (o.caseRef === caseRef))) {
        throw new Error(`starting screening ${id}: a case has one name, and a name one case`);
      }
      const isFollowOn = others.some((o) => o.caseId === caseId);
      const startedAt = inUtc(screening.startedAt);
      begun.set(id, { ...screening, startedAt, isFollowOn, events: [] });
      letIn(people, caseId, startedBy);
      return { kind: 'started', id };
    },
    find: async (id) => find(id),
    recall: async (id) => find(id),
    listCase: async (caseId) => listed((screening) => screening.caseId === caseId),
    listOf: async (user, limit) =>
      listed((screening) => isOpenTo(screening, user))
        .reverse()
        .slice(0, limit),
    change: async (id, change) => {
      const screening = find(id);
      if (!screening) return undefined;
      const { save, result } = change(screening);
      const stored = begun.get(id);
      if (save && stored) begun.set(id, { ...stored, events: appended(screening.events, save) });
      return result;
    },
  };
}

function letIn(people: CasePeople, caseId: CaseId, person: UserId): void {
  people.set(caseId, [...new Set([...(people.get(caseId) ?? []), person])]);
}

type Invitation = Parameters<Cases['invite']>[0] & { readonly usedBy?: UserId };

/** `reads` holds what was recorded as read, oldest first. */
export function makeFakeCases(
  screenings: Screenings,
  people: CasePeople,
): Cases & { readonly reads: readonly Parameters<Cases['recordRead']>[0][] } {
  const invitations = new Map<string, Invitation>();
  const reads: Parameters<Cases['recordRead']>[0][] = [];
  return {
    reads,
    invite: async (invitation) => {
      const { codeHash, screening, by, at, validUntil } = invitation;
      const found = await screenings.find(screening);
      if (!found?.people.includes(by)) throw new Error(`inviting into ${screening}: not theirs`);
      if (invitations.has(codeHash) || validUntil <= at || !/^[0-9a-f]{64}$/.test(codeHash))
        throw new Error(`inviting into ${screening}: refused`);
      invitations.set(codeHash, invitation);
    },
    join: async ({ codeHash, by, at }) => {
      const meant = invitations.get(codeHash)?.screening;
      const screening = meant && (await screenings.find(meant));
      const invitation = invitations.get(codeHash);
      if (!invitation || invitation.validUntil <= at) return { kind: 'refused' };
      if (invitation.usedBy !== undefined && invitation.usedBy !== by) return { kind: 'refused' };
      if (screening && [by, invitation.by].some((one) => screening.barred.includes(one)))
        return { kind: 'barred', caseId: screening.caseId };
      invitations.set(codeHash, { ...invitation, usedBy: by });
      if (screening) letIn(people, screening.caseId, by);
      return { kind: 'joined', screening: invitation.screening };
    },
    recordRead: async (read) => {
      if (!people.has(read.caseId)) throw new Error('recording a read: no such case');
      reads.push(read);
    },
  };
}

export function makeFakePeople(): People {
  const names = new Map<UserId, string>();
  return {
    remember: async (person, name) => void names.set(person, name),
    namesOf: async (people) => new Map([...names].filter(([person]) => people.includes(person))),
    list: async () => new Map(names),
  };
}

export function makeFakePeopleChats(): PeopleChats {
  const chats = new Map<UserId, PersonChat>();
  const choices = new Map<
    UserId,
    { readonly language: Language | undefined; readonly at: string }
  >();
  const remember: PeopleChats['remember'] = async (person, chat) => {
    const language = chat.language ?? chats.get(person)?.language;
    chats.set(person, { ...chat, language });
  };
  const chosenBy: PeopleChats['chosenBy'] = async (person) => choices.get(person)?.language;
  return {
    remember,
    find: async (person) => {
      const chat = chats.get(person);
      return chat && { ...chat, language: choices.get(person)?.language ?? chat.language };
    },
    chosenBy,
    choose: async (person, chat, language, at) => {
      if (!chats.has(person)) await remember(person, chat);
      const before = choices.get(person)?.at;
      if (before === undefined || before <= at) choices.set(person, { language, at });
      return chosenBy(person);
    },
  };
}

function appended(events: readonly ScreeningEvent[], event: ScreeningEvent) {
  if (event.seq !== events.length + 1)
    throw new Error('saving an event: its number is not the next');
  if (events.some((earlier) => earlier.activityId === event.activityId)) {
    throw new Error('saving an event: its activity already has one');
  }
  // PostgreSQL keeps neither the zero character nor half a pair of surrogates.
  JSON.stringify(event.act, (_, value) => {
    if (typeof value === 'string' && /\0|\p{Surrogate}/u.test(value)) throw new Error('bad text');
    return value;
  });
  return [...events, { ...event, at: inUtc(event.at) }];
}

function inUtc(at: string): string {
  return new Date(at).toISOString();
}

export function makeFakeChats(): Chats {
  const chats = new Map<string, Chat>();
  return {
    find: async (key) => chats.get(key),
    put: async (chat) => void chats.set(chat.key, chat),
  };
}

type KeptAnswer = GivenAnswer & {
  readonly messageId?: string;
  readonly supersededAs?: number;
  readonly isImproved?: boolean;
};

/** `kept` holds what is stored, oldest first. */
export function makeFakeAnswers(): Answers & { readonly kept: () => readonly KeptAnswer[] } {
  const answers = new Map<AnswerId, KeptAnswer>();
  const feedback = new Map<string, Feedback>();
  const listed = (keep: (answer: KeptAnswer) => boolean) => [...answers.values()].filter(keep);
  const of = (chat: string, activityId: string) =>
    listed((answer) => answer.chat === chat && answer.activityId === activityId)[0];
  const shownIn = (chat: string, messageId: string) =>
    listed((answer) => answer.chat === chat && answer.messageId === messageId);
  let superseded = 0;
  return {
    kept: () => [...answers.values()],
    record: async (answer) => {
      if (of(answer.chat, answer.activityId)) return 'already';
      if (answers.has(answer.id))
        throw new Error(`recording answer ${answer.id}: the id is in use`);
      answers.set(answer.id, answer);
      return 'recorded';
    },
    recordSoon: (answer, messageId) => {
      if (!of(answer.chat, answer.activityId))
        answers.set(answer.id, messageId ? { ...answer, messageId } : answer);
    },
    markSent: async (id, messageId) => {
      const answer = answers.get(id);
      if (!answer) throw new Error(`marking answer ${id} as sent: there is none`);
      const others = shownIn(answer.chat, messageId).filter((other) => other.id !== id);
      if (!answer.supersededAs && others.some((other) => !other.supersededAs)) {
        throw new Error(`marking answer ${id} as sent: the message shows another`);
      }
      answers.set(id, { ...answer, messageId });
    },
    supersede: async (chat, activityId) => {
      const answer = of(chat, activityId);
      if (!answer) return undefined;
      superseded += 1;
      answers.set(answer.id, { supersededAs: superseded, ...answer });
      return answer.messageId;
    },
    stands: async (id) => {
      const answer = answers.get(id);
      return answer !== undefined && answer.supersededAs === undefined;
    },
    improve: async ({ id, kind, passages, knowledgeVersion, topic, chosenBy = [] }) => {
      const answer = answers.get(id);
      if (!answer || answer.supersededAs || answer.isImproved) return 'superseded';
      if (chosenBy.length === 0) throw new Error(`improving answer ${id}: by no prompt`);
      const { topic: _, ...rest } = answer;
      const now = { kind, passages, knowledgeVersion, chosenBy, isImproved: true };
      answers.set(id, { ...rest, ...now, ...(topic === undefined ? {} : { topic }) });
      return 'improved';
    },
    giveFeedback: async (given) => {
      const shown = shownIn(given.chat, given.messageId);
      const newest = (answer: KeptAnswer) => answer.supersededAs ?? Number.POSITIVE_INFINITY;
      const [answer] = shown.sort((a, b) => newest(b) - newest(a));
      if (!answer) return 'unknown';
      feedback.set(`${answer.id} ${given.by}`, given);
      return 'stored';
    },
  };
}

/** A switch; each turn is audited. */
export function makeFakeSwitch(
  audit: Pick<Audit, 'record'>,
  name: SwitchName = 'model',
): SwitchStore {
  const turns: SwitchTurn[] = [];
  const what = `${name}-switched`;
  return {
    newest: async () => turns.at(-1),
    isOn: async () => turns.at(-1)?.isOn ?? true,
    turn: async ({ at, by, isOn, why }) => {
      if (why.length < 1 || why.length > 300) throw new Error('turning the switch: why is missing');
      await audit.record({ at, by, what, caseId: null, detail: { isOn, why } });
      turns.push({ at: inUtc(at), by, isOn, why });
    },
  };
}

/** `records` holds all of it, oldest first. */
export function makeFakeAudit(): Audit & { readonly records: readonly AuditRecord[] } {
  const records: AuditRecord[] = [];
  const hashOf = (entry: AuditEntry, seq: number, before: string) =>
    createHash('sha256')
      .update(canonicalJson([before, seq, entry]))
      .digest('hex');
  return {
    records,
    record: async ({ at, by, what, caseId, detail }) => {
      if (!/^[a-z][a-z-]*$/.test(what) || JSON.stringify(detail).length > 4_000)
        throw new Error('recording in the audit: not a kind and a few words');
      const entry = { at: inUtc(at), by, what, caseId, detail };
      const seq = records.length + 1;
      records.push({ ...entry, seq, hash: hashOf(entry, seq, records.at(-1)?.hash ?? '') });
    },
    listCase: async (caseId) => records.filter((entry) => entry.caseId === caseId),
    search: async ({ by, what, from, to, except = [] }, limit) =>
      records
        .filter(({ caseId }) => caseId === null || !except.includes(caseId))
        .filter((entry) => by === undefined || entry.by === by)
        .filter((entry) => what === undefined || entry.what === what)
        .filter(({ at }) => (from === undefined || at >= from) && (to === undefined || at < to))
        .toReversed()
        .slice(0, limit),
    verify: async () => {
      const broken = records.find(({ hash, ...rest }, place) => {
        const { seq, ...entry } = rest;
        return hash !== hashOf(entry, seq, records[place - 1]?.hash ?? '');
      });
      return broken
        ? { kind: 'broken', seq: broken.seq, why: 'its hash does not fit' }
        : { kind: 'whole', entries: records.length };
    },
  };
}

type Saved = {
  readonly event: ReviewEvent;
  readonly facts: ReviewFacts;
  readonly audit: AuditNote;
  readonly notices?: readonly NewNotice[];
  readonly caseSeen?: number;
};
type KeptReview = Omit<Review, 'people' | 'barred' | 'shares'> & { readonly facts: ReviewFacts };

/** `notices` holds those put with events, each key once. */
export function makeFakeReviews(
  people: CasePeople,
  audit: Audit,
  screenings: Pick<Screenings, 'listCase'>,
  shares: CaseShares = new Map(),
  conflicts: CaseConflicts = new Map(),
): Reviews & { readonly notices: readonly NewNotice[] } {
  const kept = new Map<ReviewId, KeptReview>();
  const notices: NewNotice[] = [];
  const shown = ({ facts: _, ...review }: KeptReview): Review => ({
    ...review,
    people: people.get(review.caseId) ?? [],
    barred: barredFrom(conflicts, review.caseId),
    shares: shares.get(review.caseId) ?? [],
  });
  const ofCase = (caseId: CaseId) => [...kept.values()].find((one) => one.caseId === caseId);
  const find = (id: ReviewId) => {
    const review = kept.get(id);
    return review && shown(review);
  };
  const save = async (review: Omit<KeptReview, 'facts'>, saved: Saved) => {
    const { event, facts } = saved;
    if (event.seq !== review.events.length + 1)
      throw new Error('saving an event of a review: its number is not the next');
    const act = reviewActSchema.parse(event.act);
    const events = [...review.events, { ...event, act, at: inUtc(event.at) }];
    kept.set(review.id, { ...review, events, facts });
    for (const notice of saved.notices ?? [])
      if (!notices.some(({ key }) => key === notice.key)) notices.push(notice);
    await audit.record({ at: event.at, by: event.by, caseId: review.caseId, ...saved.audit });
  };
  return {
    notices,
    find: async (id) => find(id),
    findOfCase: async (caseId) => {
      const review = ofCase(caseId);
      return review && shown(review);
    },
    open: async (review, event, facts, note, put = []) => {
      const earlier = ofCase(review.caseId);
      if (earlier) return { kind: 'already', id: earlier.id };
      await save({ ...review, events: [] }, { event, facts, audit: note, notices: put });
      return { kind: 'opened', id: review.id };
    },
    change: async (id, change) => {
      const caseId = find(id)?.caseId;
      const size = caseId && sizeOfCase(await screenings.listCase(caseId));
      const review = find(id);
      if (!review) return undefined;
      const { save: saved, result } = change(review);
      if (!saved) return result;
      if (saved.caseSeen !== undefined && saved.caseSeen !== size) return 'case-moved';
      const { people: _, shares: __, barred: ___, ...stored } = review;
      await save(stored, saved);
      return result;
    },
    list: async (query, now, sees) => {
      const visible = [...kept.values()].filter(({ caseId }) =>
        seesCase(sees, caseId, people, conflicts),
      );
      const rows = visible.map(rowOf).filter((row) => isListed(row, query, now));
      const inState = (state: string) => visible.filter(({ facts }) => facts.state === state);
      const [waiting, returned, approved] = ['waiting', 'returned', 'approved'].map(
        (state) => inState(state).length,
      );
      return {
        rows: rows
          .toSorted(inOrder[query.sort])
          .slice((query.page - 1) * pageSize, query.page * pageSize),
        total: rows.length,
        counts: { waiting: waiting ?? 0, returned: returned ?? 0, approved: approved ?? 0 },
      };
    },
  };
}

function rowOf({ id, caseRef, facts }: KeptReview): ReviewRow {
  return { id, caseRef, ...facts };
}

const never = '9999-12-31';
const nextDate = ({ checkDate, orderEnds }: ReviewRow) =>
  [checkDate ?? never, orderEnds ?? never].toSorted()[0] ?? never;

function isListed(row: ReviewRow, query: ReviewQuery, now: string): boolean {
  const { state, search, flag, script, team, author, handedTo, olderThanHours, datesWithin } =
    query;
  const later = (days: number) =>
    new Date(new Date(now).getTime() + days * 86_400_000).toISOString();
  return (
    row.state === state &&
    (search === undefined || row.caseRef.toUpperCase().includes(search.toUpperCase())) &&
    (flag === undefined || row[flag] > 0) &&
    (script === undefined || row.scripts.includes(script)) &&
    (team === undefined || row.team === team) &&
    (author === undefined || row.author === author) &&
    (handedTo === undefined || row.handedToId === handedTo) &&
    (olderThanHours === undefined || row.submittedAt <= later(-olderThanHours / 24)) &&
    (datesWithin === undefined || nextDate(row) <= later(datesWithin).slice(0, 10))
  );
}

type Order = (a: ReviewRow, b: ReviewRow) => number;
const by =
  (keyOf: (row: ReviewRow) => string): Order =>
  (a, b) =>
    keyOf(a) < keyOf(b) ? -1 : 1;
const urgency = ({ red, amber }: ReviewRow) => (red > 0 ? 0 : amber > 0 ? 1 : 2);
const inOrder: Readonly<Record<ReviewQuery['sort'], Order>> = {
  urgent: by((row) => `${urgency(row)} ${nextDate(row)} ${row.submittedAt} ${row.id}`),
  oldest: by((row) => `${row.submittedAt} ${row.id}`),
  newest: (a, b) => inOrder.oldest(b, a),
  'check-date': by((row) => `${row.checkDate ?? never} ${row.submittedAt} ${row.id}`),
};

export function makeFakeDirectory(
  supervisors: Awaited<ReturnType<Directory['listSupervisors']>>,
  teams: ReadonlyMap<UserId, string> = new Map(),
  advocates: Awaited<ReturnType<Directory['listAdvocates']>> = [],
): Directory {
  return {
    rolesOf: async (person) => [
      ...(supervisors.some(({ id }) => id === person) ? (['supervisor'] as const) : []),
      ...(advocates.some(({ id }) => id === person) ? (['advocate'] as const) : []),
    ],
    listSupervisors: async () => supervisors,
    listAdvocates: async () => advocates,
    teamOf: async (person) => teams.get(person) ?? null,
  };
}
