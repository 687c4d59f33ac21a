export type Repeated = {
  readonly runNow: () => void;
  readonly start: () => void;
  /** Resolves when what is being done is done. */
  readonly close: () => Promise<void>;
};

/** Does something at the start, again so often, and when asked to; once at a time. */
export function makeRepeated(
  run: (isStopped: () => boolean) => Promise<unknown>,
  everyMs: number,
  onFault: (error: unknown) => void,
): Repeated {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  const runNow = () => {
    if (isClosed) return;
    running = running.then(() => run(() => isClosed)).catch(onFault);
  };
  return {
    runNow,
    start: () => {
      runNow();
      timer = setInterval(runNow, everyMs).unref();
    },
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      await running;
    },
  };
}
