import { useCallback, useState } from 'react';

/**
 * What somebody has typed and not yet saved, kept while they look elsewhere on the page. In memory only: none of it
 * may stay behind on a shared machine.
 */
const kept = new Map<string, unknown>();

/** Like `useState`, but what was put under `key` is still there when its form is opened again. */
export function useKept<Value>(
  key: string,
  initial: Value,
): readonly [Value, (value: Value) => void, () => void] {
  const [, redraw] = useState(0);
  const value = kept.has(key) ? (kept.get(key) as Value) : initial;
  const put = useCallback(
    (next: Value) => {
      kept.set(key, next);
      redraw((n) => n + 1);
    },
    [key],
  );
  const clear = useCallback(() => {
    kept.delete(key);
    redraw((n) => n + 1);
  }, [key]);
  return [value, put, clear];
}

/** Forgets everything, when somebody else takes over. */
export function forgetKept(): void {
  kept.clear();
}

/** Lets the browser ask before the page is left with something typed in it. */
export function guardKept(): void {
  window.addEventListener('beforeunload', (event) => {
    if (kept.size > 0) event.preventDefault();
  });
}
