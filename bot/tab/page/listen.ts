import { fetchOurs } from './api.js';

/**
 * The stream of changes, read by hand: the browser's own reader of such streams cannot send the header that shows who
 * asks. It begins anew when it ends, as it does when a token ends.
 */

const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

/** Calls `heard` with the data of each event until told to stop. */
export function listenTo(path: string, heard: (data: string) => void): () => void {
  const stop = new AbortController();
  void keepListening(path, stop.signal, heard);
  return () => stop.abort();
}

async function keepListening(path: string, signal: AbortSignal, heard: (data: string) => void) {
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    const isOpen = await listenOnce(path, signal, (data) => {
      pauseMs = firstPauseMs;
      if (!signal.aborted) heard(data);
    });
    // Not theirs to hear: asking again would not change that.
    if (!isOpen) return;
    await pause(pauseMs, signal);
    pauseMs = Math.min(2 * pauseMs, longestPauseMs);
  }
}

/** False when this person may not listen; true when it ended otherwise. */
async function listenOnce(
  path: string,
  signal: AbortSignal,
  heard: (data: string) => void,
): Promise<boolean> {
  try {
    const response = await fetchOurs(path, { signal });
    if (!(response instanceof Response)) return true;
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return ![403, 404].includes(response.status);
    }
    const words = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await words.read();
      if (done) return true;
      const events = `${rest}${value}`.split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) if (event.startsWith('data: ')) heard(event.slice(6));
    }
  } catch {
    return true;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
