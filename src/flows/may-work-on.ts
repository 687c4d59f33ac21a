import type { UserId } from '../core/ids.js';
import { isOutside } from '../core/roles.js';
import type { Screening } from '../core/screening.js';
import type { Directory } from './ports.js';

/** Whether somebody may see a screening and go on with it. */
export type MayWorkOn = (screening: Pick<Screening, 'people'>, person: UserId) => Promise<boolean>;

/**
 * One's own screening, into whose case nobody else was let, needs no role. In a shared case a role is asked for each
 * time, so that somebody whose role was taken back no longer sees what colleagues recorded.
 */
export function makeMayWorkOn(rolesOf: Directory['rolesOf']): MayWorkOn {
  return async ({ people }, person) => {
    if (!people.includes(person)) return false;
    return people.length === 1 || !isOutside(await rolesOf(person));
  };
}

/** Where there is no directory: whoever is on the case. */
export const whoeverIsOnIt: MayWorkOn = async ({ people }, person) => people.includes(person);
