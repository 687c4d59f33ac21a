/**
 * Keeps what was asked for so long and no longer, by key; questions at the same time share one answer. A failure is
 * kept for a moment only, so that whoever fails is not asked by everybody at once, and is never replaced by what was
 * known before.
 */
export type KeepFor = <Value>(key: string, ask: () => Promise<Value>) => Promise<Value>;

export type KeepLimits = {
  readonly keptMs: number;
  readonly failureMs: number;
  /** The oldest is forgotten first. */
  readonly mostKept: number;
  /** A clock that never jumps, in milliseconds. */
  readonly nowMs: () => number;
};

export function makeKeepFor({ keptMs, failureMs, mostKept, nowMs }: KeepLimits): KeepFor {
  const kept = new Map<string, { readonly answer: Promise<unknown>; until: number }>();
  return <Value>(key: string, ask: () => Promise<Value>) => {
    const known = kept.get(key);
    if (known && nowMs() < known.until) return known.answer as Promise<Value>;
    kept.delete(key);
    const [oldest] = kept.keys();
    if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
    // From before it was asked: what changes meanwhile is not kept longer than was promised.
    const asked = nowMs();
    const answer = ask();
    const entry = { answer, until: asked + keptMs };
    kept.set(key, entry);
    answer.catch(() => {
      entry.until = Math.min(entry.until, nowMs() + failureMs);
    });
    return answer;
  };
}
