import type { ServerResponse } from 'node:http';
import type { UserId } from '../../src/core/ids.js';
import type { ReviewPage } from '../../src/core/review-list.js';

/** Tells open pages that the queue changed: server-sent events that carry counts, never a name or a reference. */
export type Changes = {
  /**
   * Keeps `response` open and writes to it; `full` when there are too many, `enough` when this person has too many of
   * them.
   */
  readonly listen: (
    response: ServerResponse,
    person: UserId,
    look: Look,
  ) => 'listening' | 'full' | 'enough';
  /** The queue changed. */
  readonly tell: () => void;
  readonly close: () => void;
};

type Counts = ReviewPage['counts'];

/** What a listener may see now, asked anew for each event; undefined when they may no longer see any. */
export type Look = () => Promise<View | undefined>;

/** Whoever has the same `scope` sees the same counts, so that for all of them `count` is asked once. */
type View = { readonly scope: string; readonly count: () => Promise<Counts> };

type Listener = { readonly person: UserId; readonly look: Look; last: string };

type Limits = {
  readonly mostListeners: number;
  readonly mostOfOnePerson: number;
  /** A line that says nothing, so that no proxy takes the connection for dead; then too the counts are looked at. */
  readonly heartbeatMs: number;
  /** Changes this close together are told once. */
  readonly gatherMs: number;
};

/**
 * Every supervisor of a large force, twice; the page on two screens, a telephone, and one that was just left behind.
 * Shorter than the 60 s after which many proxies close.
 */
const defaults: Limits = {
  ...{ mostListeners: 500, mostOfOnePerson: 5 },
  ...{ heartbeatMs: 20_000, gatherMs: 200 },
};

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
  const { mostListeners, mostOfOnePerson, heartbeatMs, gatherMs } = { ...defaults, ...limits };
  const listeners = new Map<ServerResponse, Listener>();
  let gathering: NodeJS.Timeout | undefined;
  let wanted: 'beat' | 'change' | undefined;
  let isSending = false;

  const end = (response: ServerResponse) => {
    listeners.delete(response);
    response.end();
  };
  const write = (response: ServerResponse, words: string) => {
    if (response.writableLength > mostWaitingBytes) response.destroy();
    else response.write(words);
  };
  const failed = (error: unknown): undefined => {
    onFault(error);
  };
  const say = (response: ServerResponse, counts: Counts, isBeat: boolean) => {
    const listener = listeners.get(response);
    if (!listener) return;
    const said = JSON.stringify({ counts });
    const isNew = said !== listener.last;
    listener.last = said;
    write(response, isBeat && !isNew ? ':\n\n' : `data: ${said}\n\n`);
  };
  /** Their view, or undefined once they are let go. */
  const viewOf = async (response: ServerResponse): Promise<View | undefined> => {
    const view = await listeners.get(response)?.look().catch(failed);
    if (!view) end(response);
    return view;
  };
  /** The counts of each scope one after another: a change must not take every connection of the store at once. */
  const send = async (responses: readonly ServerResponse[], isBeat: boolean) => {
    const scopes = new Map<string, { readonly view: View; readonly to: ServerResponse[] }>();
    const views = await Promise.all(responses.map(viewOf));
    for (const [at, response] of responses.entries()) {
      const view = views[at];
      if (!view) continue;
      const same = scopes.get(view.scope) ?? { view, to: [] };
      same.to.push(response);
      scopes.set(view.scope, same);
    }
    for (const { view, to } of scopes.values()) {
      const counts = await view.count().catch(failed);
      for (const response of to) {
        if (counts) say(response, counts, isBeat);
        else end(response);
      }
    }
  };
  /** What is wanted while all are being told is told to all once more after. */
  const sendAll = async (why: 'beat' | 'change') => {
    wanted = wanted === 'change' ? wanted : why;
    if (isSending) return;
    isSending = true;
    while (wanted) {
      const isBeat = wanted === 'beat';
      wanted = undefined;
      await send([...listeners.keys()], isBeat);
    }
    isSending = false;
  };
  const beat = setInterval(() => void sendAll('beat'), heartbeatMs);
  beat.unref();

  return {
    listen: (response, person, look) => {
      // Gone while keys and roles were asked for: it has told so already, and would never be let go.
      if (response.destroyed) return 'listening';
      if (listeners.size >= mostListeners) return 'full';
      const own = [...listeners.values()].filter((one) => one.person === person);
      if (own.length >= mostOfOnePerson) return 'enough';
      response.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        // nginx would otherwise keep events back.
        'X-Accel-Buffering': 'no',
      });
      listeners.set(response, { person, look, last: '' });
      response.on('close', () => listeners.delete(response));
      void send([response], false);
      return 'listening';
    },
    tell: () => {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        void sendAll('change');
      }, gatherMs);
    },
    close: () => {
      clearInterval(beat);
      clearTimeout(gathering);
      for (const response of listeners.keys()) end(response);
    },
  };
}
