import { conflictOfInterest, isOpenTo } from '../core/conflicts.js';
import type { UserId } from '../core/ids.js';
import { isOutside } from '../core/roles.js';
import type { Screening } from '../core/screening.js';
import type { Audit, AuditEntry, Clock, Conflicts, Directory } from './ports.js';

type Asked = Pick<Screening, 'caseId' | 'people' | 'barred'>;

/** Whether somebody may see a screening and go on with it. */
export type MayWorkOn = (screening: Asked, person: UserId) => Promise<boolean>;

/**
 * One's own screening, into whose case nobody else was let, needs no role. In a shared case a role is asked for each
 * time, so that somebody whose role was taken back no longer sees what colleagues recorded. Whether the case is closed
 * to them is asked of the store each time: a screening may be remembered from before.
 */
export function makeMayWorkOn(
  rolesOf: Directory['rolesOf'],
  isBarred: Conflicts['isBarred'],
): MayWorkOn {
  return async (screening, person) => {
    const { caseId, people } = screening;
    if (!isOpenTo(screening, person) || (await isBarred(caseId, person))) return false;
    return people.length === 1 || !isOutside(await rolesOf(person));
  };
}

/** Where there is no directory: whoever is on the case. */
export const whoeverIsOnIt: MayWorkOn = async (screening, person) => isOpenTo(screening, person);

/** The entry of somebody's being kept from a case by a conflict of interest. */
export function barredEntry(
  clock: Clock,
  by: UserId,
  caseId: AuditEntry['caseId'],
  action: string,
): AuditEntry {
  const detail = { action, why: conflictOfInterest };
  return { at: clock().toISOString(), by, what: 'access-refused', caseId, detail };
}

/** The same question, where somebody asked for the case itself: that it is closed to them is recorded. */
export function recordingRefusals(
  mayWorkOn: MayWorkOn,
  isBarred: Conflicts['isBarred'],
  audit: Pick<Audit, 'record'>,
  clock: Clock,
): MayWorkOn {
  return async (screening, person) => {
    if (await mayWorkOn(screening, person)) return true;
    const { caseId } = screening;
    if (await isBarred(caseId, person))
      await audit.record(barredEntry(clock, person, caseId, 'work-on-case'));
    return false;
  };
}
