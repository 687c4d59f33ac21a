import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';

/**
 * A stand-in for Teams' connector: a real server that speaks its protocol, remembers every call
 * and can be told to misbehave. It knows no rules of Teams beyond the addresses and status codes.
 */

export type JsonBody = { readonly [key: string]: unknown };

export type ConnectorCall = {
  readonly kind: 'create' | 'reply' | 'update' | 'delete' | 'members' | 'other';
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly conversationId: string | undefined;
  /** In the address: the message replied to, updated or deleted. */
  readonly activityId: string | undefined;
  readonly body: JsonBody | undefined;
  readonly arrivedAt: number;
  /** The id given to a created message. */
  readonly givenId: string | undefined;
};

export type Misbehaviour =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly retryAfter?: string;
      /** Where a 3xx points. */
      readonly location?: string;
      /** Teams' word for it, as in `BotNotInConversationRoster`. */
      readonly code?: string;
      /** Milliseconds before the answer. */
      readonly afterMs?: number;
    }
  /** Takes the request, then cuts the connection without an answer. */
  | { readonly kind: 'reset' }
  /** Takes the request and never answers. */
  | { readonly kind: 'stall' }
  /** Answers well, but late. */
  | { readonly kind: 'slow'; readonly afterMs: number };

export type ConnectorDouble = {
  /** What an activity's serviceUrl must say for answers to come here. */
  readonly serviceUrl: string;
  readonly origin: string;
  readonly calls: ConnectorCall[];
  /** Bodies of the messages created or replied, typing left out, in order of arrival. */
  readonly messages: () => JsonBody[];
  /** The next `times` calls (of `method`, when given) meet this. */
  readonly misbehave: (how: Misbehaviour, times?: number, method?: string) => void;
  /** Forgets whatever it was still to misbehave with. */
  readonly behave: () => void;
  /** Resolves when that many calls have arrived; rejects after the limit. */
  readonly arrived: (count: number, limitMs?: number) => Promise<void>;
  /** The most calls that were being answered at the same time in one conversation. */
  readonly mostAtOnce: () => number;
  readonly setMembers: (members: readonly object[]) => void;
  readonly close: () => Promise<void>;
};

const ADDRESS =
  /^\/teams\/v3\/conversations\/([^/]+)\/(activities|members|pagedmembers)(?:\/([^/?]+))?/;

export async function startConnectorDouble(): Promise<ConnectorDouble> {
  const calls: ConnectorCall[] = [];
  const plans: { how: Misbehaviour; left: number; method: string | undefined }[] = [];
  const open = new Map<string, number>();
  let members: readonly object[] = [];
  let mostAtOnce = 0;

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const call = readCall(request, await readText(request), `1:${calls.length + 1}`);
    calls.push(call);
    const chat = call.conversationId ?? '';
    open.set(chat, (open.get(chat) ?? 0) + 1);
    mostAtOnce = Math.max(mostAtOnce, open.get(chat) ?? 0);
    response.once('close', () => open.set(chat, (open.get(chat) ?? 1) - 1));
    const plan = plans.find(
      ({ left, method }) => left > 0 && (method ?? call.method) === call.method,
    );
    if (plan) plan.left -= 1;
    answer(call, plan?.how, response, members);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;

  return {
    serviceUrl: `${origin}/teams/`,
    origin,
    calls,
    messages: () =>
      calls
        .filter(({ kind }) => kind === 'create' || kind === 'reply')
        .flatMap(({ body }) => (body?.type === 'message' ? [body] : [])),
    misbehave: (how, times = 1, method) => plans.push({ how, left: times, method }),
    behave: () => {
      plans.length = 0;
    },
    arrived: async (count, limitMs = 5_000) => {
      const end = Date.now() + limitMs;
      while (calls.length < count) {
        if (Date.now() > end) throw new Error(`Only ${calls.length} of ${count} calls arrived`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    mostAtOnce: () => mostAtOnce,
    setMembers: (list) => {
      members = list;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function readCall(request: IncomingMessage, text: string, nextId: string): ConnectorCall {
  const { method = '', url: path = '', headers } = request;
  const [, chat, part, activityId] = ADDRESS.exec(path) ?? [];
  const kinds = { POST: activityId ? 'reply' : 'create', PUT: 'update', DELETE: 'delete' } as const;
  const ofActivity = kinds[method as keyof typeof kinds] ?? 'other';
  const kind = part === 'activities' ? ofActivity : part ? 'members' : 'other';
  return {
    kind,
    method,
    path,
    headers,
    conversationId: chat && decodeURIComponent(chat),
    activityId: activityId && decodeURIComponent(activityId),
    body: text ? JSON.parse(text) : undefined,
    arrivedAt: Date.now(),
    givenId: kind === 'create' || kind === 'reply' ? nextId : undefined,
  };
}

function answer(
  call: ConnectorCall,
  how: Misbehaviour | undefined,
  response: ServerResponse,
  members: readonly object[],
): void {
  if (how?.kind === 'stall') return;
  if (how?.kind === 'reset') {
    response.socket?.destroy();
    return;
  }
  const send = () => {
    if (how?.kind !== 'status') return answerWell(call, response, members);
    if (how.location !== undefined) response.setHeader('location', how.location);
    if (how.retryAfter !== undefined) response.setHeader('retry-after', how.retryAfter);
    const error = { code: how.code ?? 'ServiceError', message: 'Words of the service' };
    sendJson(response, how.status, { error });
  };
  if (how?.afterMs) setTimeout(send, how.afterMs);
  else send();
}

function answerWell(call: ConnectorCall, response: ServerResponse, members: readonly object[]) {
  if (call.kind === 'create' || call.kind === 'reply') {
    return sendJson(response, 201, { id: call.givenId });
  }
  if (call.kind === 'update') return sendJson(response, 200, { id: call.activityId });
  if (call.kind === 'delete') return sendJson(response, 200, {});
  if (call.kind === 'members') {
    return sendJson(response, 200, call.path.includes('paged') ? { members } : members);
  }
  return sendJson(response, 404, { error: { code: 'NotFound', message: 'No such address' } });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}
