import { randomBytes, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { Router } from 'express';
import { makeChanges } from '../../../bot/tab/changes.js';
import { demoPeople } from '../../../bot/tab/demo-people.js';
import type { TabFlows } from '../../../bot/tab/flows.js';
import { type Identity, makeDemoIdentity } from '../../../bot/tab/identify.js';
import { makeTabRoutes } from '../../../bot/tab/routes.js';
import { refuseRemoteRequest } from '../../../bot/teams/admit.js';
import { makeLog } from '../../../src/adapters/log.js';
import { caseIdSchema, reviewIdSchema, shareIdSchema } from '../../../src/core/ids.js';
import type { Review } from '../../../src/core/review.js';
import type { ReviewPage } from '../../../src/core/review-list.js';
import type { Role, User } from '../../../src/core/roles.js';
import type { Share } from '../../../src/core/sharing.js';
import type { AuditEntry, AuditRecord, Reviews } from '../../../src/flows/ports.js';
import { makeFakePeople } from '../../fakes.js';
import { type Answer, post, startTransport } from '../transport-setup.js';

/** The tab's API over HTTP, between a queue of two reviews and flows that only say that they were called. */

const now = new Date('2026-11-20T10:00:00Z');

export function demoPerson(role: Role): User {
  const found = demoPeople.find(({ roles }) => roles.includes(role));
  if (!found) throw new Error(`no demo person is ${role}`);
  return found;
}

/** With the advocate of the demo, from the day before `now`. */
export function aShare(given: Partial<Share> = {}): Share {
  return {
    id: shareIdSchema.parse(randomUUID()),
    with: demoPerson('advocate').id,
    by: demoPerson('officer').id,
    at: '2026-11-19T10:00:00.000Z',
    agreement: { on: '2026-11-19', way: 'by-phone', parts: ['plan'] },
    ...given,
  };
}

function aReview(
  people: readonly User[],
  caseRef: string,
  shares: readonly Share[] = [],
  barred: Review['barred'] = [],
): Review {
  const id = reviewIdSchema.parse(randomUUID());
  const caseId = caseIdSchema.parse(randomUUID());
  return { id, caseId, caseRef, people: people.map((one) => one.id), barred, shares, events: [] };
}

export type Tab = {
  readonly port: number;
  readonly routes: Router;
  /** Everybody of the demo may work on `own`, which is shared with the advocate as well, and nobody of them on `other`. */
  readonly own: Review;
  readonly other: Review;
  readonly audited: readonly AuditEntry[];
  /** What was called, and with what. */
  readonly called: readonly (readonly unknown[])[];
  readonly logged: () => string;
  /** The queue changed, and now holds so many more. */
  readonly arrive: () => void;
  /** Somebody's request: cookie, own header and own origin, unless others are given. */
  readonly as: (
    who: Role | undefined,
    method: string,
    path: string,
    more?: More,
  ) => Promise<Answer>;
  readonly cookieOf: (role: Role) => Promise<string>;
  readonly stop: () => Promise<void>;
};

type More = {
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

type Wishes = {
  readonly identity?: Identity;
  readonly flows?: Partial<TabFlows>;
  readonly mostListeners?: number;
  readonly heartbeatMs?: number;
  readonly failAudit?: boolean;
  /** Of `own`. */
  readonly shares?: readonly Share[];
  /** To whom `own` is closed by a conflict of interest. */
  readonly barred?: Review['barred'];
};

export async function startTab(wishes: Wishes = {}): Promise<Tab> {
  const own = aReview(demoPeople, 'SP-OWN1-CASE', wishes.shares ?? [aShare()], wishes.barred);
  const other = aReview([], 'SP-OTHR-CASE');
  const audited: AuditEntry[] = [];
  const called: (readonly unknown[])[] = [];
  const lines: string[] = [];
  let waiting = 2;
  const call =
    <Result>(name: string, result: Result) =>
    async (...given: readonly unknown[]): Promise<Result> => {
      called.push([name, ...given]);
      return result;
    };
  const recordOf = (entry: AuditEntry, index: number): AuditRecord => ({
    ...entry,
    seq: index + 1,
    hash: 'h',
  });
  const page = (): ReviewPage => ({
    rows: [],
    total: waiting,
    counts: { waiting, returned: 0, approved: 0 },
  });
  const reviews: Pick<Reviews, 'find' | 'list'> = {
    find: async (id) => [own, other].find((review) => review.id === id),
    list: async () => page(),
  };
  const file = { kind: 'file', bytes: Buffer.from('bytes'), type: 'application/pdf' } as const;
  const flows: TabFlows = {
    listReviews: call('listReviews', page()),
    openReview: call('openReview', { opened: true }) as unknown as TabFlows['openReview'],
    openVersion: call('openVersion', { opened: true }) as unknown as TabFlows['openVersion'],
    actOnReview: call('actOnReview', { kind: 'saved' }) as unknown as TabFlows['actOnReview'],
    submitAgain: call('submitAgain', { kind: 'unchanged' as const, id: own.id }),
    exportReview: call('exportReview', { ...file, name: 'summary.pdf' }),
    copyReview: call('copyReview', { ...file, name: 'copy.pdf' }),
    pictureReview: call('pictureReview', { ...file, type: 'image/png' }),
    commitments: {
      listCommitments: call('listCommitments', { commitments: [] }),
      closeCommitment: call('closeCommitment', { kind: 'closed' as const }),
    },
    curate: {
      listPassages: call('listPassages', { knowledgeVersion: 'k', loaded: 0, passages: [] }),
      listTasks: call('listTasks', {
        ...{ tasks: [], total: 0 },
        counts: { open: 0, done: 0, 'not-ours': 0 },
      }),
      rerunTask: call('rerunTask', { kind: 'no-question' as const }),
      closeTask: call('closeTask', { kind: 'closed' as const }),
    },
    sharing: {
      listShares: call('listShares', { shares: [], advocates: [], names: {} }),
      shareCase: call('shareCase', { kind: 'shared' as const }),
      endShare: call('endShare', { kind: 'ended' as const }),
      leaveCase: call('leaveCase', { kind: 'left' as const }),
      listShared: call('listShared', { cases: [] }),
    },
    conflicts: {
      listConflicts: call('listConflicts', { conflicts: [], staff: [], names: {} }),
      nameConflict: call('nameConflict', { kind: 'named' as const }),
      declareConflict: call('declareConflict', { kind: 'declared' as const }),
      liftConflict: call('liftConflict', { kind: 'lifted' as const }),
    },
    readOverview: call('readOverview', {
      from: '2026-11-02',
      to: '2026-11-20',
      teams: [],
      charts: [],
    }),
    listDue: call('listDue', []),
    ...wishes.flows,
  };
  const log = makeLog('debug', { write: (line) => lines.push(line) });
  const { mostListeners = 3, heartbeatMs = 60_000 } = wishes;
  const changes = makeChanges((error) => log.error('changes-failed', {}, error), {
    mostListeners,
    heartbeatMs,
    gatherMs: 1,
  });
  const isRemote = (request: Parameters<typeof refuseRemoteRequest>[0]) =>
    refuseRemoteRequest(request) !== undefined;
  const routes = makeTabRoutes({
    identity: wishes.identity ?? makeDemoIdentity(isRemote, randomBytes(32)),
    reviews,
    audit: {
      record: async (entry) => {
        if (wishes.failAudit) throw new Error('Jane Doe cannot be recorded');
        audited.push(entry);
      },
      listCase: async (caseId) => audited.filter((one) => one.caseId === caseId).map(recordOf),
      search: async (wanted, limit) => {
        called.push(['search', wanted, limit]);
        return audited.map(recordOf);
      },
    },
    people: makeFakePeople(),
    conflicts: {
      closedTo: async (person) => (own.barred.includes(person) ? [own.caseId] : []),
    },
    flows,
    changes,
    clock: () => now,
    log,
  });
  const transport = await startTransport({
    auth: 'anonymous',
    http: { addRoutes: (app) => app.use('/tab/api', routes) },
  });
  const { port } = transport;
  const ours = { 'x-signpost-tab': '1', origin: `http://127.0.0.1:${port}` };

  const cookies = new Map<Role, string>();
  const cookieOf = async (role: Role) => {
    const known = cookies.get(role);
    if (known) return known;
    const body = JSON.stringify({ id: demoPerson(role).id });
    const answer = await post(port, body, ours, '/tab/api/demo-person');
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    cookies.set(role, cookie);
    return cookie;
  };

  return {
    port,
    routes,
    own,
    other,
    audited,
    called,
    cookieOf,
    logged: () => lines.join(''),
    arrive: () => {
      waiting += 1;
      changes.tell();
    },
    as: async (who, method, path, { body, raw, headers = {} } = {}) => {
      const cookie = who ? { cookie: await cookieOf(who) } : {};
      const sent = raw ?? (body === undefined ? '' : JSON.stringify(body));
      return post(port, sent, { ...ours, ...cookie, ...headers }, `/tab/api${path}`, method);
    },
    stop: async () => {
      changes.close();
      await transport.stop();
    },
  };
}

export type Listening = {
  readonly status: number;
  readonly heard: () => string;
  readonly hasEnded: () => boolean;
  readonly stop: () => void;
};

/** A page that listens to the stream of changes. */
export function listenTo(port: number, cookie: string): Promise<Listening> {
  const heard: string[] = [];
  let hasEnded = false;
  const options = { port, host: '127.0.0.1', path: '/tab/api/changes', headers: { cookie } };
  return new Promise((resolve, reject) => {
    const request = httpRequest(options, (response) => {
      response.setEncoding('utf8').on('data', (chunk: string) => heard.push(chunk));
      // Cut off by whoever stops listening.
      response.on('error', () => undefined);
      response.on('close', () => {
        hasEnded = true;
      });
      resolve({
        status: response.statusCode ?? 0,
        heard: () => heard.join(''),
        hasEnded: () => hasEnded,
        stop: () => request.destroy(),
      });
    });
    request.on('error', reject).end();
  });
}
