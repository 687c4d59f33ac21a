import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import type { Log } from '../src/adapters/log.js';
import type { Receiver } from './teams/receive.js';

/**
 * The doors of the process: the messages endpoint, and what a platform asks to see it is well. A little over 200 lines:
 * how the server opens, waits and closes is one thing.
 */

/** `part` names what is not ready, as in `database`: a word, never a library's message. */
export type Readiness =
  | { readonly isReady: true }
  | { readonly isReady: false; readonly part: string };

export type HttpTimeouts = {
  /** All headers of a request must have arrived. */
  readonly headersMs: number;
  /** The whole request must have arrived; slower callers are closed with 408. */
  readonly requestMs: number;
  /**
   * An idle connection is kept. Longer than Azure's load balancer keeps its side (240 s), so that
   * it is never we who close while it is sending.
   */
  readonly keepAliveMs: number;
  /** The readiness check must have answered. */
  readonly readyMs: number;
  /** Between saying that we are not ready and taking nothing more: whoever sends to us looks only so often. */
  readonly noticeMs: number;
  /** Turns in flight may take when stopping. */
  readonly closeMs: number;
};

const TIMEOUTS: HttpTimeouts = {
  headersMs: 10_000,
  requestMs: 20_000,
  keepAliveMs: 245_000,
  readyMs: 2_000,
  noticeMs: 0,
  closeMs: 15_000,
};

export type HttpOptions = {
  readonly host: string;
  /** 0 takes a free one, which `listen` returns. */
  readonly port: number;
  readonly channel: Receiver;
  readonly isReady: () => Promise<Readiness>;
  /** Tells how old an answer of `isReady` is. */
  readonly clock?: () => Date;
  readonly log: Log;
  /** Adds further routes, before the answer for unknown ones. */
  readonly addRoutes?: (app: Express) => void;
  readonly timeouts?: Partial<HttpTimeouts>;
};

export type HttpServer = {
  readonly app: Express;
  /** Opens the port and returns its number. */
  readonly listen: () => Promise<number>;
  /** Says from now on that it is not ready, and resolves when whoever sends here has had time to notice. */
  readonly withdraw: () => Promise<void>;
  /** Withdraws, stops accepting, lets turns in flight end within the limit, then closes what is left. */
  readonly close: () => Promise<void>;
};

/** For all that is no page. The last three do not follow from the first, which speaks of what a page loads. */
const nothingShown = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/** Nothing here listens, looks or asks where somebody is, whatever the frame around it may do. */
const noDevices = ['camera', 'microphone', 'geolocation', 'display-capture', 'payment', 'usb']
  .map((device) => `${device}=()`)
  .join(', ');

export function makeHttpServer(options: HttpOptions): HttpServer {
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  let withdrawn: Promise<void> | undefined;
  const look = shareLooks(
    () => readiness(options.isReady, timeouts.readyMs),
    options.clock ?? (() => new Date()),
  );
  const isReady = async (): Promise<Readiness> =>
    withdrawn ? { isReady: false, part: 'stopping' } : look();
  const app = makeApp({ ...options, isReady });
  const withdraw = () => {
    withdrawn ??= pause(timeouts.noticeMs);
    return withdrawn;
  };
  const server = createServer(
    {
      headersTimeout: timeouts.headersMs,
      requestTimeout: timeouts.requestMs,
      keepAliveTimeout: timeouts.keepAliveMs,
      // Node looks for slow callers only this often.
      connectionsCheckingInterval: Math.min(timeouts.headersMs, 5_000),
    },
    app,
  );
  return {
    app,
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, options.host, () => {
          server.off('error', reject);
          const address = server.address();
          const port = typeof address === 'object' && address ? address.port : options.port;
          options.log.info('listening', { port });
          resolve(port);
        });
      }),
    withdraw,
    close: async () => {
      await withdraw();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await options.channel.drain(timeouts.closeMs);
      // Answers still being written get a moment; then whoever is left is cut off.
      const timer = setTimeout(() => server.closeAllConnections(), 500);
      server.closeIdleConnections();
      await closed;
      clearTimeout(timer);
      options.log.info('closed');
    },
  };
}

function makeApp({ channel, isReady, log, addRoutes }: HttpOptions): Express {
  const app = express();
  app.disable('etag');
  app.use(helmet({ contentSecurityPolicy: nothingShown, xFrameOptions: { action: 'deny' } }));
  app.use((_request, response, next) => {
    response.set({ 'Permissions-Policy': noDevices, 'Cache-Control': 'no-store' });
    next();
  });
  app.post('/api/messages', (request, response) => channel.handle(request, response));
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  app.get('/readyz', async (_request, response) => {
    const state = await isReady();
    if (state.isReady) response.json({ status: 'ready' });
    else response.status(503).json({ status: 'not-ready', part: state.part });
  });
  addRoutes?.(app);
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('There is nothing at this address.');
  });
  app.use(answerFault(log));
  return app;
}

/** Platforms look every few seconds at most: one answer does for all who ask within this. */
const answerKeptMs = 1_000;

/**
 * `look`, asked once for however many ask meanwhile, and its answer kept for a second: whoever likes may ask, and each
 * look takes a connection of the store that somebody's turn may need.
 */
function shareLooks(look: () => Promise<Readiness>, clock: () => Date): () => Promise<Readiness> {
  let underWay: Promise<Readiness> | undefined;
  let known: { readonly state: Readiness; readonly at: number } | undefined;
  return async () => {
    const age = known ? clock().getTime() - known.at : Number.NaN;
    // A clock that was set back keeps no answer.
    if (known && age >= 0 && age < answerKeptMs) return known.state;
    underWay ??= look().then((state) => {
      known = { state, at: clock().getTime() };
      underWay = undefined;
      return state;
    });
    return underWay;
  };
}

/** A check that throws or stays silent has failed. */
async function readiness(isReady: () => Promise<Readiness>, limitMs: number): Promise<Readiness> {
  const failed: Readiness = { isReady: false, part: 'readiness-check' };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Readiness>((resolve) => {
    timer = setTimeout(() => resolve(failed), limitMs);
  });
  const state = await Promise.race([
    Promise.resolve()
      .then(isReady)
      .catch(() => failed),
    late,
  ]);
  clearTimeout(timer);
  return state;
}

/** Express would otherwise print the error and, outside production, show it to the caller. */
function answerFault(log: Log): ErrorRequestHandler {
  return (error, _request, response, next) => {
    // A malformed address, as in `/%zz`, is the caller's mistake and comes with its own status.
    const isCallers = error?.status >= 400 && error?.status < 500;
    if (!isCallers) log.error('route-failed', {}, error);
    if (response.headersSent) return next(error);
    response.status(isCallers ? 400 : 500).type('text/plain');
    response.send(isCallers ? 'The request is not understood.' : 'Something failed here.');
  };
}
