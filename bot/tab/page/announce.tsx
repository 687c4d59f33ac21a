import { createContext, type ReactNode, use, useCallback, useRef, useState } from 'react';

/** One polite live region for the whole page: what changed without anybody moving there. */

const Announce = createContext<(words: string) => void>(() => undefined);

type Said = { readonly number: number; readonly words: string };

/** Long enough to be read out; then they go, so that nobody comes upon old news while reading the page. */
const keptMs = 10_000;

export function Announcer({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState<readonly Said[]>([]);
  const last = useRef(0);
  // Each is added beside those before it: put in their place it would cut them off, and the same words would be silent.
  const announce = useCallback((words: string) => {
    last.current += 1;
    const one = { number: last.current, words };
    setSaid((before) => [...before, one]);
    setTimeout(() => setSaid((before) => before.filter((other) => other !== one)), keptMs);
  }, []);
  return (
    <Announce value={announce}>
      {children}
      <div role="status" aria-live="polite" className="spoken" data-testid="live">
        {said.map(({ number, words }) => (
          <p key={number}>{words}</p>
        ))}
      </div>
    </Announce>
  );
}

/** Says something to whoever listens to the page. */
export function useAnnounce(): (words: string) => void {
  return use(Announce);
}
