import type { ServerResponse } from 'node:http';
import type { ReviewPage } from '../../src/core/review-list.js';

/** Tells open pages that the queue changed: server-sent events that carry counts, never a name or a reference. */
export type Changes = {
  /** Keeps `response` open and writes to it; `full` when there are too many. `count` is asked anew for each event. */
  readonly listen: (response: ServerResponse, count: Count) => 'listening' | 'full';
  /** The queue changed. */
  readonly tell: () => void;
  readonly close: () => void;
};

/** The counts as this listener may see them now; undefined when they may no longer see any. */
export type Count = () => Promise<ReviewPage['counts'] | undefined>;

type Limits = {
  readonly mostListeners: number;
  /** A line that says nothing, so that no proxy takes the connection for dead; then too the counts are looked at. */
  readonly heartbeatMs: number;
  /** Changes this close together are told once. */
  readonly gatherMs: number;
};

/** Every supervisor of a large force, twice. Shorter than the 60 s after which many proxies close. */
const defaults: Limits = { mostListeners: 500, heartbeatMs: 20_000, gatherMs: 200 };

/** A page that reads nothing for so long is let go; it connects again by itself. */
const mostWaitingBytes = 64 * 1_024;

/**
 * Makes the list of listeners. A change made at another instance is found at the heartbeat, when the counts are no
 * longer those sent before; `onFault` hears what asking for counts threw.
 */
export function makeChanges(
  onFault: (error: unknown) => void,
  limits: Partial<Limits> = {},
): Changes {
  const { mostListeners, heartbeatMs, gatherMs } = { ...defaults, ...limits };
  const listeners = new Map<ServerResponse, { readonly count: Count; last: string }>();
  let gathering: NodeJS.Timeout | undefined;

  const end = (response: ServerResponse) => {
    listeners.delete(response);
    response.end();
  };
  const write = (response: ServerResponse, words: string) => {
    if (response.writableLength > mostWaitingBytes) response.destroy();
    else response.write(words);
  };
  const send = async (response: ServerResponse, isBeat: boolean) => {
    const listener = listeners.get(response);
    if (!listener) return;
    const counts = await listener.count();
    if (!listeners.has(response)) return;
    if (!counts) return end(response);
    const said = JSON.stringify({ counts });
    const isNew = said !== listener.last;
    listener.last = said;
    write(response, isBeat && !isNew ? ':\n\n' : `data: ${said}\n\n`);
  };
  const sendAll = (isBeat: boolean) => {
    for (const response of listeners.keys())
      send(response, isBeat).catch((error: unknown) => {
        onFault(error);
        end(response);
      });
  };
  const beat = setInterval(() => sendAll(true), heartbeatMs);
  beat.unref();

  return {
    listen: (response, count) => {
      if (listeners.size >= mostListeners) return 'full';
      response.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        // nginx would otherwise keep events back.
        'X-Accel-Buffering': 'no',
      });
      listeners.set(response, { count, last: '' });
      response.on('close', () => listeners.delete(response));
      send(response, false).catch((error: unknown) => {
        onFault(error);
        end(response);
      });
      return 'listening';
    },
    tell: () => {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        sendAll(false);
      }, gatherMs);
    },
    close: () => {
      clearInterval(beat);
      clearTimeout(gathering);
      for (const response of listeners.keys()) end(response);
    },
  };
}
