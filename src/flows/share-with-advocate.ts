import { dayOf } from '../core/days.js';
import type { ReviewId, ShareId, UserId } from '../core/ids.js';
import type { Review } from '../core/review.js';
import { reviewPhrases } from '../core/review-phrases.js';
import { reachOf, type User } from '../core/roles.js';
import {
  type Agreement,
  decideSharing,
  type EndingRequest,
  isLive,
  liveShareOf,
  type Share,
  type ShareEnd,
  type SharingRefusal,
  type SharingRequest,
} from '../core/sharing.js';
import { makeAdmit } from './admit.js';
import type {
  Audit,
  AuditEntry,
  Clock,
  Directory,
  People,
  Reviews,
  SharedCase,
  Sharing,
} from './ports.js';

/** One share as the police see it. */
export type ListedShare = Share & { readonly isLive: boolean };

export type SharesOfReview = {
  /** Oldest first, those that are over among them. */
  readonly shares: readonly ListedShare[];
  /** Whom it can be shared with now. */
  readonly advocates: readonly { readonly id: UserId; readonly name: string }[];
  /** Of everybody named above. */
  readonly names: Readonly<Record<string, string>>;
};

/** One case as the advocate finds it listed. */
export type ListedSharedCase = Pick<
  SharedCase,
  'review' | 'caseRef' | 'version' | 'submittedAt'
> & {
  readonly isApproved: boolean;
  readonly sharedAt: string;
  readonly sharedBy: string;
  /** The last day, where there is one. */
  readonly until: string | null;
};

type NotAllowed = { readonly kind: 'not-allowed' };

/** Each is decided on what stands, and a refusal of access recorded. */
export type ShareWithAdvocate = {
  readonly listShares: (id: ReviewId, user: User) => Promise<SharesOfReview | NotAllowed>;
  readonly shareCase: (
    id: ReviewId,
    user: User,
    request: SharingRequest,
  ) => Promise<{ readonly kind: 'shared' | SharingRefusal } | NotAllowed>;
  readonly endShare: (
    id: ReviewId,
    user: User,
    share: ShareId,
    request: EndingRequest,
  ) => Promise<{ readonly kind: 'ended' | 'already-ended' | 'not-found' } | NotAllowed>;
  /** The advocate's own way out. */
  readonly leaveCase: (
    id: ReviewId,
    user: User,
  ) => Promise<{ readonly kind: 'left' | 'already-ended' } | NotAllowed>;
  /** Undefined when their roles have no such list. Recorded as read. */
  readonly listShared: (
    user: User,
  ) => Promise<{ readonly cases: readonly ListedSharedCase[] } | undefined>;
};

type Parts = {
  readonly reviews: Pick<Reviews, 'find'>;
  readonly sharing: Sharing;
  readonly directory: Directory;
  readonly people: People;
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: Clock;
  readonly newShareId: () => ShareId;
};

/**
 * Shares cases with advocates on recorded agreements, ends that, and lists what is shared. The file is over 200 lines:
 * what is asked, what is answered and who may do it are read together.
 */
export function makeShareWithAdvocate(parts: Parts): ShareWithAdvocate {
  const { sharing, directory, people, clock, newShareId } = parts;
  const today = () => dayOf(clock());
  const { admit, record } = makeAdmit(parts);

  const end = (review: Review, share: Share, ended: ShareEnd, what: string) =>
    sharing.end(review.caseId, share, ended, {
      what,
      detail: { share: share.id, with: share.with, why: ended.why },
    });

  return {
    listShares: async (id, user) => {
      const review = await admit(id, user, 'share-case');
      if (!review) return { kind: 'not-allowed' };
      await record(user, 'shares-read', review, { shares: review.shares.length });
      const advocates = await advocatesFor(directory, user);
      const mayBeShared = ({ id }: { readonly id: UserId }) =>
        !liveShareOf(review, id, today()) && !review.barred.includes(id);
      return {
        shares: review.shares.map((share) => ({ ...share, isLive: isLive(share, today()) })),
        advocates: advocates.filter(mayBeShared),
        names: await namesOf(people, review.shares, advocates),
      };
    },
    shareCase: async (id, user, request) => {
      const review = await admit(id, user, 'share-case');
      if (!review) return { kind: 'not-allowed' };
      const advocates = (await advocatesFor(directory, user)).map((one) => one.id);
      const decided = decideSharing(request, review, { today: today(), advocates });
      if (decided.kind !== 'agreed') return decided;
      const { agreement } = decided;
      const share = { id: newShareId(), with: request.with, by: user.id, agreement };
      const at = clock();
      const kept = await sharing.share(
        review.caseId,
        { ...share, at: at.toISOString() },
        dayOf(at),
        { what: 'case-shared', detail: { share: share.id, with: share.with, ...noted(agreement) } },
      );
      return { kind: kept === 'already' ? 'already-shared' : 'shared' };
    },
    endShare: async (id, user, shareId, { why, note }) => {
      const review = await admit(id, user, 'share-case');
      if (!review) return { kind: 'not-allowed' };
      const share = review.shares.find((one) => one.id === shareId);
      if (!share) return { kind: 'not-found' };
      const words = note === undefined ? {} : { note };
      // Who ends what is shared with themselves leaves.
      const isOwn = share.with === user.id;
      const reason = isOwn ? ('left' as const) : why;
      const ended = { by: user.id, at: clock().toISOString(), why: reason, ...words };
      const kept = await end(review, share, ended, isOwn ? 'case-left' : 'share-ended');
      return { kind: kept === 'already' ? 'already-ended' : 'ended' };
    },
    leaveCase: async (id, user) => {
      const review = await admit(id, user, 'leave-case');
      if (!review) return { kind: 'not-allowed' };
      const share = liveShareOf(review, user.id, today());
      if (!share) return { kind: 'already-ended' };
      const ended = { by: user.id, at: clock().toISOString(), why: 'left' } as const;
      const kept = await end(review, share, ended, 'case-left');
      return { kind: kept === 'already' ? 'already-ended' : 'left' };
    },
    listShared: async (user) => {
      if (reachOf(user.roles, 'list-shared') === 'none') {
        await record(user, 'access-refused', undefined, { action: 'list-shared', why: 'role' });
        return undefined;
      }
      const cases = await sharing.listWith(user.id, today());
      await record(user, 'shared-listed', undefined, { cases: cases.length });
      const names = await people.namesOf([...new Set(cases.map(({ share }) => share.by))]);
      return { cases: cases.map((one) => listed(one, names)) };
    },
  };
}

type Noted = AuditEntry['detail'];

/** What the audit says of an agreement: how it was given and what it covers, not the person's words. */
function noted({ on, way, parts, until }: Agreement): Noted {
  const last = until === undefined ? {} : { until };
  return { agreedOn: on, way, parts: parts.join(' '), ...last };
}

/** Nobody shares a case with themselves. */
async function advocatesFor(directory: Directory, { id }: User) {
  return (await directory.listAdvocates()).filter((one) => one.id !== id);
}

async function namesOf(
  people: People,
  shares: readonly Share[],
  advocates: SharesOfReview['advocates'],
): Promise<SharesOfReview['names']> {
  const named = shares.flatMap((one) => [one.with, one.by, ...(one.ended ? [one.ended.by] : [])]);
  const known = new Map([
    ...advocates.map(({ id, name }) => [id, name] as const),
    ...(await people.namesOf([...new Set(named)])),
  ]);
  return Object.fromEntries(named.map((id) => [id, known.get(id) ?? reviewPhrases.unnamed]));
}

function listed(one: SharedCase, names: ReadonlyMap<UserId, string>): ListedSharedCase {
  const { review, caseRef, version, submittedAt, state, share } = one;
  return {
    ...{ review, caseRef, version, submittedAt },
    isApproved: state === 'approved',
    sharedAt: share.at,
    sharedBy: names.get(share.by) ?? reviewPhrases.unnamed,
    until: share.agreement.until ?? null,
  };
}
