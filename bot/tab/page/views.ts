import type { Role } from '../../../src/core/roles.js';

/**
 * Which views are offered to whom. Only what is worth showing in the navigation: what may be done is decided by the
 * server at every request, from the table in `roles.ts`, with which a test compares this one.
 */
export const views = [
  {
    view: 'queue',
    address: '#/queue',
    roles: ['officer', 'call-handler', 'supervisor'],
    action: 'list-reviews',
  },
  {
    view: 'shared',
    address: '#/shared',
    roles: ['advocate'],
    action: 'list-shared',
  },
  {
    view: 'commitments',
    address: '#/commitments',
    roles: ['officer', 'call-handler', 'supervisor'],
    action: 'list-commitments',
  },
  {
    view: 'overview',
    address: '#/overview',
    roles: ['supervisor', 'administrator'],
    action: 'read-overview',
  },
  {
    view: 'due',
    address: '#/due',
    roles: ['supervisor', 'administrator'],
    action: 'retain-cases',
  },
  {
    view: 'curation',
    address: '#/curation',
    roles: ['curator', 'administrator'],
    action: 'read-curation',
  },
  {
    view: 'audit',
    address: '#/audit',
    roles: ['administrator'],
    action: 'search-audit',
  },
] as const satisfies readonly {
  readonly view: string;
  readonly address: string;
  readonly roles: readonly Role[];
  readonly action: string;
}[];

/** The views offered to somebody with these roles. */
export function viewsFor(roles: readonly Role[]): readonly (typeof views)[number][] {
  return views.filter((view) => view.roles.some((role) => roles.includes(role)));
}
