/**
 * Whoever asks at once shares one read. Nobody is told what was read before they asked: a read under way is waited for,
 * and the next one shared. `read` must not reject.
 */
export function makeShared<Read>(read: () => Promise<Read>): () => Promise<Read> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<Read> | undefined;
  return () => {
    next ??= underWay.then(() => {
      next = undefined;
      const reading = read();
      underWay = reading;
      return reading;
    });
    return next;
  };
}
