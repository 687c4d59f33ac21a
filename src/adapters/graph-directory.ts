import { z } from 'zod';
import { type UserId, userIdSchema } from '../core/ids.js';
import { type Role, rolesNamed } from '../core/roles.js';
import type { Directory } from '../flows/ports.js';
import { type GraphToken, makeGraphClient } from './graph-client.js';
import { makeKeepFor } from './keep-for.js';

/**
 * The force's directory, through Microsoft Graph: which app roles of ours somebody was given, directly or through a
 * group they are a direct member of. Members of groups within groups are left out, since Entra gives them no role
 * either: the chat and the page would otherwise differ. Needs `Directory.Read.All`, and reads only.
 */

export type GraphSettings = {
  readonly graphUrl: string;
  readonly token: GraphToken;
  /** The registration that defines the app roles. */
  readonly appId: string;
  /** How long an answer counts, and so how long after it was withdrawn a right may still work. */
  readonly keptMs: number;
  /** A list that could not be read is empty; this hears why. */
  readonly onFault: (error: unknown) => void;
  readonly nowMs?: () => number;
};

/** After a failure the next question waits so long. */
const failureMs = 3_000;

/** People whose roles are kept at once: those of a large force who work at the same time. */
const mostKept = 20_000;

/** Groups that may hold one role. */
const mostGroups = 100;

const applicationSchema = z.object({
  id: z.guid(),
  appRoles: z.array(
    z.object({ id: z.guid(), value: z.string().nullish(), isEnabled: z.boolean() }),
  ),
});
const assignmentSchema = z.object({ appRoleId: z.guid(), resourceId: z.guid() });
const assignedSchema = z.object({
  appRoleId: z.guid(),
  principalId: z.guid(),
  principalType: z.string(),
  principalDisplayName: z.string().nullish(),
});
const personSchema = z.object({
  id: z.guid(),
  displayName: z.string().nullish(),
  department: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
});

type Listed = { readonly id: UserId; readonly name: string };

const count = '$count=true';
const personFields = '$select=id,displayName,department,accountEnabled';

export function makeGraphDirectory(settings: GraphSettings): Directory {
  const { appId, keptMs, onFault, nowMs = () => performance.now() } = settings;
  const graph = makeGraphClient(settings.graphUrl, settings.token);
  const keep = makeKeepFor({ keptMs, failureMs, mostKept, nowMs });

  /** Our own entry in the directory, with the role behind each id of an app role. */
  const readApplication = async () => {
    const path = `servicePrincipals(appId='${appId}')?$select=id,appRoles`;
    const found = await graph.find(path, applicationSchema);
    if (!found) throw new Error('The directory holds no enterprise application of the tab');
    const roles = found.appRoles.flatMap(({ id, value, isEnabled }) => {
      const [role] = isEnabled && value ? rolesNamed([value]) : [];
      return role ? [[id, role] as const] : [];
    });
    return { id: found.id, roles: new Map<string, Role>(roles) };
  };
  const application = () => keep('application', readApplication);

  const findPerson = async (person: UserId) => {
    const id = z.guid().safeParse(person);
    return id.success ? graph.find(`users/${id.data}?${personFields}`, personSchema) : undefined;
  };

  /** Asks for the person anew, so that an account that was closed counts no longer than a role that was taken back. */
  const readRoles = async (person: UserId): Promise<readonly Role[]> => {
    const [{ id, roles }, found] = await Promise.all([application(), findPerson(person)]);
    if (!found?.accountEnabled) return [];
    const filter = `$filter=resourceId eq ${id}&${count}`;
    const given = await graph.list(
      `users/${found.id}/appRoleAssignments?${filter}`,
      assignmentSchema,
    );
    return [
      ...new Set(
        given
          .filter(({ resourceId }) => resourceId === id)
          .flatMap(({ appRoleId }) => roles.get(appRoleId) ?? []),
      ),
    ];
  };

  const membersOf = async (group: string): Promise<readonly Listed[]> => {
    const path = `groups/${group}/members/microsoft.graph.user?${personFields}&${count}&$top=999`;
    const members = await graph.list(path, personSchema);
    return members
      .filter((one) => one.accountEnabled)
      .map((one) => listed(one.id, one.displayName));
  };

  const readHolders = async (role: Role): Promise<readonly Listed[]> => {
    const { id, roles } = await application();
    const path = `servicePrincipals/${id}/appRoleAssignedTo?$top=999`;
    const assigned = (await graph.list(path, assignedSchema)).filter(
      ({ appRoleId }) => roles.get(appRoleId) === role,
    );
    const groups = assigned.filter(({ principalType }) => principalType === 'Group');
    if (groups.length > mostGroups) throw new Error(`More than ${mostGroups} groups hold a role`);
    const holders = assigned
      .filter(({ principalType }) => principalType === 'User')
      .map((one) => listed(one.principalId, one.principalDisplayName));
    for (const { principalId } of groups) holders.push(...(await membersOf(principalId)));
    const byId = new Map(holders.map((one) => [one.id, one]));
    return [...byId.values()].sort((a, b) => a.name.localeCompare(b.name));
  };

  /** Nobody rather than yesterday's people: whoever is listed is handed a case. */
  const holdersOf = (role: Role) =>
    keep(`holders ${role}`, () => readHolders(role)).catch((error: unknown) => {
      onFault(error);
      return [];
    });

  return {
    rolesOf: (person) => keep(`roles ${person}`, () => readRoles(person)),
    listSupervisors: () => holdersOf('supervisor'),
    listAdvocates: () => holdersOf('advocate'),
    teamOf: (person) =>
      keep(`team ${person}`, () => findPerson(person)).then(
        (found) => found?.department || null,
        (error: unknown) => {
          onFault(error);
          return null;
        },
      ),
  };
}

function listed(id: string, name: string | null | undefined): Listed {
  return { id: userIdSchema.parse(id.toLowerCase()), name: name || 'a person without a name' };
}
