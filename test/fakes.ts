import type { AnswerId, CaseId, ScreeningId, UserId } from '../src/core/ids.js';
import type { Screening, ScreeningEvent } from '../src/core/screening.js';
import type {
  Answers,
  Cases,
  Chat,
  Chats,
  Feedback,
  GivenAnswer,
  People,
  Screenings,
} from '../src/flows/ports.js';

/** Ports kept in memory. The suites in `contracts/` hold them to what the real stores do. */

/** Who may work on each case, in the order they were let in; shared by the fakes that read and write it. */
export type CasePeople = Map<CaseId, readonly UserId[]>;

export function makeFakeScreenings(people: CasePeople = new Map()): Screenings {
  type Begun = Omit<Screening, 'people'> & { readonly activityId: string };
  const begun = new Map<ScreeningId, Begun>();
  const of = (caseId: CaseId) => people.get(caseId) ?? [];
  const listed = (keep: (screening: Screening) => boolean) =>
    [...begun.values()]
      .map(({ activityId: _, ...one }): Screening => ({ ...one, people: of(one.caseId) }))
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
      listed((screening) => screening.people.includes(user))
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
      const invitation = invitations.get(codeHash);
      if (!invitation || invitation.validUntil <= at) return { kind: 'refused' };
      if (invitation.usedBy !== undefined && invitation.usedBy !== by) return { kind: 'refused' };
      invitations.set(codeHash, { ...invitation, usedBy: by });
      const screening = await screenings.find(invitation.screening);
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

type KeptAnswer = GivenAnswer & { readonly messageId?: string; readonly supersededAs?: number };

export function makeFakeAnswers(): Answers {
  const answers = new Map<AnswerId, KeptAnswer>();
  const feedback = new Map<string, Feedback>();
  const listed = (keep: (answer: KeptAnswer) => boolean) => [...answers.values()].filter(keep);
  const of = (chat: string, activityId: string) =>
    listed((answer) => answer.chat === chat && answer.activityId === activityId)[0];
  const shownIn = (chat: string, messageId: string) =>
    listed((answer) => answer.chat === chat && answer.messageId === messageId);
  let superseded = 0;
  return {
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
