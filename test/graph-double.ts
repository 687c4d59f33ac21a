import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { type CryptoKey, jwtVerify, type KeyObject } from 'jose';

/**
 * A stand-in for Microsoft Graph: one enterprise application with app roles, people, groups, and who was assigned
 * what. It asks for a token made out for it and signed by the directory, and answers in pages.
 */

export type GraphPerson = {
  readonly id: string;
  readonly displayName: string;
  readonly department?: string;
  readonly accountEnabled?: boolean;
};

export type GraphState = {
  people: GraphPerson[];
  /** Direct members by a group's id: ids of people, and of groups, whose members get no role by it. */
  groups: Record<string, readonly string[]>;
  /** Who holds an app role, by its value. */
  assigned: { role: string; principalType: 'User' | 'Group' | 'ServicePrincipal'; to: string }[];
};

export type GraphDouble = {
  readonly url: string;
  readonly state: GraphState;
  /** Addresses asked for, without host. */
  readonly asked: string[];
  /** `foreign-page` names the next page at another host. */
  readonly become: (mood: 'well' | 'failing' | 'silent' | 'throttling' | 'foreign-page') => void;
  /** Answers so many requests with 401, as when a token was revoked. */
  readonly refuseTokens: (times: number) => void;
  readonly close: () => Promise<void>;
};

const values = [
  'Signpost.Officer',
  'Signpost.CallHandler',
  'Signpost.Advocate',
  'Signpost.Supervisor',
  'Signpost.Curator',
  'Signpost.Administrator',
  'Other.Role',
];

export async function startGraphDouble(
  appId: string,
  directoryKey: KeyObject | CryptoKey,
  pageSize = 2,
): Promise<GraphDouble> {
  const state: GraphState = { people: [], groups: {}, assigned: [] };
  const asked: string[] = [];
  const application = randomUUID();
  const roleIds = new Map(values.map((value) => [value, randomUUID()]));
  let mood: Parameters<GraphDouble['become']>[0] = 'well';
  let refusals = 0;
  let url = '';

  const isAllowed = async ({ headers }: IncomingMessage) => {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    return jwtVerify(token, directoryKey, { audience: url }).then(
      ({ payload }) => Array.isArray(payload.roles) && payload.roles.includes('Directory.Read.All'),
      () => false,
    );
  };

  const rowOf = ({ role, principalType, to }: GraphState['assigned'][number]) => ({
    appRoleId: roleIds.get(role),
    resourceId: application,
    principalId: to,
    principalType,
    principalDisplayName: state.people.find(({ id }) => id === to)?.displayName ?? 'A group',
  });
  const whole = (person: GraphPerson) => ({ department: null, accountEnabled: true, ...person });
  const groupsOf = (person: string) =>
    Object.entries(state.groups).flatMap(([id, members]) => (members.includes(person) ? [id] : []));

  /** The rows of a list, one thing, or undefined: there is none. */
  const find = (path: string, query: URLSearchParams): object | undefined => {
    if (path === `/v1.0/servicePrincipals(appId='${appId}')`)
      return {
        id: application,
        appRoles: values.map((value) => ({ id: roleIds.get(value), value, isEnabled: true })),
      };
    if (path === `/v1.0/servicePrincipals/${application}/appRoleAssignedTo`)
      return state.assigned.map(rowOf);
    const [, person, isList] = /^\/v1\.0\/users\/([^/]+)(\/appRoleAssignments)?$/.exec(path) ?? [];
    const known = state.people.find(({ id }) => id === person);
    if (known && !isList) return whole(known);
    if (known) {
      if (query.get('$filter') !== `resourceId eq ${application}`) return undefined;
      const through = [known.id, ...groupsOf(known.id)];
      return state.assigned.filter(({ to }) => through.includes(to)).map(rowOf);
    }
    const group = /^\/v1\.0\/groups\/([^/]+)\/members\/microsoft\.graph\.user$/.exec(path)?.[1];
    const members = group === undefined ? undefined : state.groups[group];
    return members?.flatMap((id) => state.people.filter((one) => one.id === id)).map(whole);
  };

  const server = createServer(async (request, response) => {
    const send = (status: number, body: object, headers = {}) =>
      void response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    asked.push(request.url ?? '');
    if (mood === 'silent') return;
    if (mood === 'failing') return send(503, {});
    if (mood === 'throttling') return send(429, {}, { 'retry-after': '30' });
    if (refusals > 0 || !(await isAllowed(request))) {
      refusals -= 1;
      return send(401, {});
    }
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    const isAdvanced =
      searchParams.get('$count') === 'true' && request.headers.consistencylevel === 'eventual';
    // Graph refuses a cast without both.
    if (pathname.includes('microsoft.graph.') && !isAdvanced) return send(400, {});
    const found = find(decodeURIComponent(pathname), searchParams);
    if (!found) return send(404, {});
    if (!Array.isArray(found)) return send(200, found);
    const from = Number(searchParams.get('$skiptoken') ?? 0);
    const next = new URL(request.url ?? '', mood === 'foreign-page' ? 'https://evil.example' : url);
    next.searchParams.set('$skiptoken', String(from + pageSize));
    const more = from + pageSize < found.length ? { '@odata.nextLink': next.href } : {};
    send(200, { value: found.slice(from, from + pageSize), ...more });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return {
    url,
    state,
    asked,
    become: (next) => {
      mood = next;
    },
    refuseTokens: (times) => {
      refusals = times;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
