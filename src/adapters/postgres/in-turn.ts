/** Runs what is asked for under one key one after the other, and different keys side by side. */
export type InTurn<Key> = <Result>(key: Key, run: () => Promise<Result>) => Promise<Result>;

/** A run that fails holds up nobody behind it. Within this process only. */
export function makeInTurn<Key>(): InTurn<Key> {
  const last = new Map<Key, Promise<unknown>>();
  return (key, run) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(run, run);
    last.set(key, mine);
    const end = () => {
      if (last.get(key) === mine) last.delete(key);
    };
    mine.then(end, end);
    return mine;
  };
}
