import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { botTokenFor } from '../../bot/teams/channel-auth.js';
import { makeGraphDirectory } from '../../src/adapters/graph-directory.js';
import { userIdSchema } from '../../src/core/ids.js';
import type { Directory } from '../../src/flows/ports.js';
import {
  DIRECTORY,
  type IdentityDouble,
  startIdentityDouble,
  TAB_APP,
} from '../bot/identity-double.js';
import { type GraphDouble, startGraphDouble } from '../graph-double.js';

/** Roles and people from the directory, over HTTP, with tokens that the doubles sign and check. */

const person = (number: number) =>
  userIdSchema.parse(`00000000-0000-4000-8000-00000000000${number}`);
const [tom, aisha, ewa] = [person(1), person(2), person(3)];
const [sam, priya] = [person(4), person(5)];
const group = 'aaaaaaaa-0000-4000-8000-000000000001';
const inner = 'aaaaaaaa-0000-4000-8000-000000000002';

let identity: IdentityDouble;
let graph: GraphDouble;
let directory: Directory;
let faults: unknown[];
let nowMs: number;

beforeEach(async () => {
  identity = await startIdentityDouble({ appId: 'bot', serviceUrl: 'https://x.example/' });
  graph = await startGraphDouble(TAB_APP, identity.entraKey);
  faults = [];
  nowMs = 0;
  graph.state.people = [
    { id: tom, displayName: 'Tom Hughes', department: 'Response east' },
    { id: aisha, displayName: 'Aisha Khan' },
    { id: ewa, displayName: 'Ewa Nowak' },
    { id: sam, displayName: 'Sam Okafor' },
    { id: priya, displayName: 'Priya Nair' },
  ];
  graph.state.groups = { [group]: [aisha, ewa, inner], [inner]: [priya] };
  graph.state.assigned = [
    { role: 'Signpost.Supervisor', principalType: 'User', to: tom },
    { role: 'Signpost.Supervisor', principalType: 'Group', to: group },
    { role: 'Signpost.Advocate', principalType: 'User', to: ewa },
    { role: 'Other.Role', principalType: 'User', to: sam },
    { role: 'Signpost.Supervisor', principalType: 'ServicePrincipal', to: person(9) },
  ];
  const auth = {
    kind: 'single-tenant',
    ...{ appId: 'bot', tenantId: DIRECTORY },
    credential: { kind: 'secret', secret: 'pw' },
    endpoints: { ...identity.endpoints, serviceOrigins: [] },
  } as const;
  directory = makeGraphDirectory({
    graphUrl: graph.url,
    token: botTokenFor(auth, graph.url),
    appId: TAB_APP,
    keptMs: 300_000,
    nowMs: () => nowMs,
    onFault: (error) => faults.push(error),
  });
});
afterEach(async () => {
  await graph.close();
  await identity.close();
});

const rolesOf = (id = tom) => directory.rolesOf(id);
const withdraw = () => {
  graph.state.assigned = graph.state.assigned.filter(({ to }) => to !== tom);
};

describe('the roles of somebody', () => {
  it.each([
    ['given to them', tom, ['supervisor']],
    ['given to a group they are in', aisha, ['supervisor']],
    ['given in both ways', ewa, ['advocate', 'supervisor']],
    ['of another application', sam, []],
    ['given to a group within a group, as in a token', priya, []],
  ])('are those %s', async (_, id, roles) => {
    expect([...(await rolesOf(id))].sort()).toEqual(roles);
  });

  it.each(['oid-1', 'a/../b', '', '00000000-0000-4000-8000-000000000099'])(
    'are none for “%s”, whom the directory does not know',
    async (id) => {
      const parsed = userIdSchema.safeParse(id);
      expect(parsed.success ? await directory.rolesOf(parsed.data) : []).toEqual([]);
      expect(graph.asked.filter((address) => address.includes('..'))).toEqual([]);
    },
  );

  it('are none when the account is closed', async () => {
    graph.state.people = [{ id: tom, displayName: 'Tom', accountEnabled: false }];
    expect(await rolesOf()).toEqual([]);
  });

  it('are asked for once in the time they are kept, and a role taken back ends with it', async () => {
    expect(await rolesOf()).toEqual(['supervisor']);
    const { length } = graph.asked;
    withdraw();
    nowMs = 299_999;
    expect([await rolesOf(), graph.asked.length]).toEqual([['supervisor'], length]);
    nowMs = 300_000;
    expect(await rolesOf()).toEqual([]);
  });

  it('are asked for once by many at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, () => rolesOf()));
    expect(graph.asked.filter((address) => address.includes('appRoleAssignments'))).toHaveLength(1);
  });

  it.each(['failing', 'throttling', 'foreign-page'] as const)(
    'cannot be told while Graph is %s, whatever was known before',
    async (mood) => {
      graph.state.assigned.push(
        { role: 'Signpost.Officer', principalType: 'User', to: tom },
        { role: 'Signpost.Curator', principalType: 'User', to: tom },
      );
      expect(await rolesOf()).toHaveLength(3);
      nowMs = 300_000;
      graph.become(mood);
      await expect(rolesOf()).rejects.toThrow(/Graph/);
      const { length } = graph.asked;
      await expect(rolesOf()).rejects.toThrow(/Graph/);
      expect(graph.asked).toHaveLength(length);
      graph.become('well');
      nowMs += 3_000;
      expect(await rolesOf()).toHaveLength(3);
    },
  );

  it('cannot be told without a token of our own', async () => {
    identity.become('failing');
    await expect(rolesOf()).rejects.toThrow(/token endpoint/);
  });

  it('are asked for with a new token when the first is refused', async () => {
    await rolesOf();
    nowMs = 300_000;
    graph.refuseTokens(1);
    expect(await rolesOf()).toEqual(['supervisor']);
  });
});

describe('the lists', () => {
  it('hold people and members of groups, each once, through all pages', async () => {
    expect(await directory.listSupervisors()).toEqual([
      { id: aisha, name: 'Aisha Khan' },
      { id: ewa, name: 'Ewa Nowak' },
      { id: tom, name: 'Tom Hughes' },
    ]);
    expect(await directory.listAdvocates()).toEqual([{ id: ewa, name: 'Ewa Nowak' }]);
    expect(faults).toEqual([]);
  });

  it('are empty while Graph fails, not yesterday’s, and that is told', async () => {
    expect(await directory.listSupervisors()).toHaveLength(3);
    nowMs = 300_000;
    graph.become('failing');
    expect(await directory.listSupervisors()).toEqual([]);
    expect(faults).toHaveLength(1);
  });

  it('leave out whose account is closed', async () => {
    graph.state.people = graph.state.people.map((one) =>
      one.id === aisha ? { ...one, accountEnabled: false } : one,
    );
    expect((await directory.listSupervisors()).map(({ id }) => id)).toEqual([ewa, tom]);
  });
});

describe('the team of somebody', () => {
  it('is their department, or none', async () => {
    expect(await directory.teamOf(tom)).toBe('Response east');
    expect(await directory.teamOf(aisha)).toBeNull();
    graph.become('failing');
    expect(await directory.teamOf(ewa)).toBeNull();
    expect(faults).toHaveLength(1);
  });
});
