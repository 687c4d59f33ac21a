import { z } from 'zod';
import type { UserId } from './ids.js';

/** Who may do what: one table, tested cell by cell at every route. */

export const roleSchema = z.enum([
  'officer',
  'call-handler',
  'advocate',
  'supervisor',
  'curator',
  'administrator',
]);
export type Role = z.infer<typeof roleSchema>;

/** Somebody who has been identified: what they may do rests on this and nothing a page sends. */
export type User = { readonly id: UserId; readonly name: string; readonly roles: readonly Role[] };

/**
 * Our roles by the values of the app roles in the directory (docs/identity.md), which stand in a token's `roles`.
 * Whoever has none of them gets nothing.
 */
const rolesByValue: Readonly<Record<string, Role>> = {
  'Signpost.Officer': 'officer',
  'Signpost.CallHandler': 'call-handler',
  'Signpost.Advocate': 'advocate',
  'Signpost.Supervisor': 'supervisor',
  'Signpost.Curator': 'curator',
  'Signpost.Administrator': 'administrator',
};

/** Our roles named by values of app roles, each once; values that are none of ours name nothing. */
export function rolesNamed(values: readonly string[]): readonly Role[] {
  const named = new Set(values);
  return Object.entries(rolesByValue)
    .filter(([value]) => named.has(value))
    .map(([, role]) => role);
}

/** `own`: only of cases this person may work on. `shared`: only of cases shared with them now, with the recorded agreement. */
export type Reach = 'all' | 'own' | 'shared' | 'none';

export const actions = [
  'list-reviews',
  'read-review',
  'submit-review',
  'edit-line',
  'decide-review',
  'hand-review',
  'export-review',
  'copy-for-person',
  'read-history',
  'list-commitments',
  'close-commitment',
  'read-overview',
  'search-audit',
  'read-curation',
  'work-on-task',
  'share-case',
  'list-shared',
  'leave-case',
  'switch-model',
  'switch-assistant',
  'self-check',
  'retain-cases',
  'hold-case',
  'disclose-case',
  'set-periods',
  'name-conflict',
  'declare-conflict',
  'prune-audit',
] as const;
export type Action = (typeof actions)[number];

const table: Readonly<Record<Action, Readonly<Partial<Record<Role, Reach>>>>> = {
  'list-reviews': { officer: 'own', 'call-handler': 'own', supervisor: 'all' },
  'read-review': { officer: 'own', 'call-handler': 'own', supervisor: 'all', advocate: 'shared' },
  'submit-review': { officer: 'own', 'call-handler': 'own', supervisor: 'own' },
  'edit-line': { supervisor: 'all' },
  'decide-review': { supervisor: 'all' },
  'hand-review': { supervisor: 'all' },
  'export-review': { officer: 'own', supervisor: 'all' },
  'copy-for-person': { officer: 'own', supervisor: 'all', advocate: 'shared' },
  'read-history': { supervisor: 'all' },
  'list-commitments': { officer: 'own', 'call-handler': 'own', supervisor: 'all' },
  'close-commitment': { officer: 'own', 'call-handler': 'own', supervisor: 'all' },
  'read-overview': { supervisor: 'all', administrator: 'all' },
  'search-audit': { administrator: 'all' },
  'read-curation': { curator: 'all', administrator: 'all' },
  'work-on-task': { curator: 'all' },
  'share-case': { officer: 'own', 'call-handler': 'own', supervisor: 'all' },
  'list-shared': { advocate: 'shared' },
  'leave-case': { advocate: 'shared' },
  'switch-model': { administrator: 'all' },
  'switch-assistant': { administrator: 'all' },
  'self-check': { administrator: 'all' },
  'retain-cases': { supervisor: 'all', administrator: 'all' },
  'hold-case': { supervisor: 'all', administrator: 'all' },
  'disclose-case': { supervisor: 'all', administrator: 'all' },
  'set-periods': { administrator: 'all' },
  'name-conflict': { supervisor: 'all', administrator: 'all' },
  'declare-conflict': { officer: 'own', 'call-handler': 'own', supervisor: 'all' },
  'prune-audit': { administrator: 'all' },
};

const width: readonly Reach[] = ['none', 'shared', 'own', 'all'];

/** How far the widest of a person's roles lets them do something. */
export function reachOf(roles: readonly Role[], action: Action): Reach {
  return widest(roles.map((role) => table[action][role] ?? 'none'));
}

/**
 * How somebody is tied to a case: whether they were let into it, whether it is shared with them, and whether it is
 * closed to them by a conflict of interest.
 */
export type Ties = {
  readonly isOnCase: boolean;
  readonly isShared: boolean;
  readonly isBarred: boolean;
};

/**
 * The widest reach by which their roles let somebody do something with a case; `none` when nothing does, and whenever
 * it is closed to them: no rank outweighs that.
 */
export function reachTo(roles: readonly Role[], action: Action, ties: Ties): Reach {
  if (ties.isBarred) return 'none';
  const isTied: Readonly<Record<Reach, boolean>> = {
    all: true,
    own: ties.isOnCase,
    shared: ties.isShared,
    none: false,
  };
  return widest(
    roles.map((role) => table[action][role] ?? 'none').filter((reach) => isTied[reach]),
  );
}

/** Whether somebody's roles let them do something with a case they are tied to so. */
export function mayDo(roles: readonly Role[], action: Action, ties: Ties): boolean {
  return reachTo(roles, action, ties) !== 'none';
}

/** Whether cases that others work on are closed to somebody but for shares: to advocates, and to whoever has no role there. */
export function isOutside(roles: readonly Role[]): boolean {
  return !['own', 'all'].includes(reachOf(roles, 'read-review'));
}

function widest(reaches: readonly Reach[]): Reach {
  return reaches.reduce<Reach>((a, b) => (width.indexOf(b) > width.indexOf(a) ? b : a), 'none');
}
