import {
  type Conflict,
  type DeclaringRequest,
  decideLifting,
  type LiftingRequest,
  type NamingRequest,
} from '../core/conflicts.js';
import type { ReviewId, UserId } from '../core/ids.js';
import type { Review } from '../core/review.js';
import { reviewPhrases } from '../core/review-phrases.js';
import type { User } from '../core/roles.js';
import { makeAdmit } from './admit.js';
import type { Audit, Clock, Conflicts, Directory, People, Reviews } from './ports.js';

export type ConflictsOfReview = {
  /** In the order they were named, the lifted ones among them. */
  readonly conflicts: readonly Conflict[];
  /** Who can be named, by name; first those who were let into the case. Nobody it is closed to already, nor oneself. */
  readonly staff: readonly Staff[];
  /** Of everybody who stands in `conflicts`. */
  readonly names: Readonly<Record<string, string>>;
};

export type Staff = { readonly id: UserId; readonly name: string; readonly isOnCase: boolean };

/** Each is decided on what stands, and a refusal of access recorded; nobody named is told. */
export type NameConflict = {
  readonly listConflicts: (id: ReviewId, user: User) => Promise<ConflictsOfReview | NotFound>;
  readonly nameConflict: (
    id: ReviewId,
    user: User,
    request: NamingRequest,
  ) => Promise<{ readonly kind: 'named' | 'already-named' | 'not-staff' } | NotFound>;
  /** Closes the case to whoever asks, at once. */
  readonly declareConflict: (
    id: ReviewId,
    user: User,
    request: DeclaringRequest,
  ) => Promise<{ readonly kind: 'declared' } | NotFound>;
  readonly liftConflict: (
    id: ReviewId,
    user: User,
    number: number,
    request: LiftingRequest,
  ) => Promise<{ readonly kind: 'lifted' | 'already-lifted' | 'own-conflict' } | NotFound>;
};

/** There is no such review or conflict, their roles do not let them, or it is closed to them. */
type NotFound = { readonly kind: 'not-found' };

type Parts = {
  readonly reviews: Pick<Reviews, 'find'>;
  readonly conflicts: Conflicts;
  readonly directory: Pick<Directory, 'listSupervisors' | 'listAdvocates'>;
  readonly people: Pick<People, 'list'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: Clock;
  /** Lists may hold less now, or more. */
  readonly onChanged: () => void;
};

/** Closes a case to those of the staff who have a conflict of interest in it, and opens it to them again. */
export function makeNameConflict(parts: Parts): NameConflict {
  const { conflicts, clock, onChanged } = parts;
  const { admit, record } = makeAdmit(parts);
  const notFound = { kind: 'not-found' } as const;
  const now = () => clock().toISOString();

  return {
    listConflicts: async (id, user) => {
      const review = await admit(id, user, 'name-conflict');
      if (!review) return notFound;
      const listed = await conflicts.listCase(review.caseId);
      await record(user, 'conflicts-read', review, { conflicts: listed.length });
      const known = await staffOf(parts, review);
      const staff = [...known]
        .filter(([one]) => one !== user.id && !review.barred.includes(one))
        .map(([one, name]) => ({ id: one, name, isOnCase: review.people.includes(one) }));
      return { conflicts: listed, staff: staff.toSorted(byPlace), names: namesIn(listed, known) };
    },
    nameConflict: async (id, user, { person, why, record: number }) => {
      const review = await admit(id, user, 'name-conflict');
      if (!review) return notFound;
      // Oneself is declared, so that nobody closes a case to themselves by a slip.
      if (person === user.id || !(await staffOf(parts, review)).has(person))
        return { kind: 'not-staff' };
      const named = { person, why, record: number ?? null, by: user.id, at: now() };
      const kept = await conflicts.name(review.caseId, named);
      onChanged();
      return { kind: kept === 'already' ? 'already-named' : 'named' };
    },
    declareConflict: async (id, user, { record: number }) => {
      const review = await admit(id, user, 'declare-conflict');
      if (!review) return notFound;
      const own = { person: user.id, by: user.id, at: now() };
      await conflicts.name(review.caseId, { ...own, why: 'declared', record: number ?? null });
      onChanged();
      return { kind: 'declared' };
    },
    liftConflict: async (id, user, number, { why, record: other }) => {
      const review = await admit(id, user, 'name-conflict');
      if (!review) return notFound;
      const listed = await conflicts.listCase(review.caseId);
      const decided = decideLifting(listed, number, user.id);
      const found = listed.find((one) => one.number === number);
      if (decided === 'unknown' || !found) return notFound;
      if (decided !== 'may-lift') return { kind: decided };
      const lifted = { by: user.id, at: now(), why, record: other ?? null };
      const kept = await conflicts.lift(review.caseId, found, lifted);
      onChanged();
      return { kind: kept === 'already' ? 'already-lifted' : 'lifted' };
    },
  };
}

/** Everybody known by name, whom the directory names for reviews and shares, and who was let into the case. */
async function staffOf(
  { directory, people }: Pick<Parts, 'directory' | 'people'>,
  review: Pick<Review, 'people'>,
): Promise<ReadonlyMap<UserId, string>> {
  const [supervisors, advocates, known] = await Promise.all([
    directory.listSupervisors(),
    directory.listAdvocates(),
    people.list(),
  ]);
  return new Map([
    // The directory's id tells whom it is where no name is known.
    ...review.people.map((id) => [id, `${reviewPhrases.unnamed} (${id})`] as const),
    ...known,
    ...[...supervisors, ...advocates].map(({ id, name }) => [id, name] as const),
  ]);
}

function byPlace(a: Staff, b: Staff): number {
  return Number(b.isOnCase) - Number(a.isOnCase) || a.name.localeCompare(b.name);
}

function namesIn(
  listed: readonly Conflict[],
  known: ReadonlyMap<UserId, string>,
): ConflictsOfReview['names'] {
  const ids = listed.flatMap(({ person, by, lifted }) => [
    person,
    by,
    ...(lifted ? [lifted.by] : []),
  ]);
  return Object.fromEntries(ids.map((id) => [id, known.get(id) ?? reviewPhrases.unnamed]));
}
