import path from 'node:path';
import { median } from './measure-turns.js';
import { startServer } from './processes.js';

export type StartRow = {
  readonly store: 'new' | 'existing';
  /** ms, from `npm start`. */
  readonly npm: number;
  /** ms, from `node dist/bot/main.js`: what is left when npm and its script are taken away. */
  readonly node: number;
  /** ms of CPU time by then, all threads; NaN where there is no /proc. */
  readonly cpu: number;
};

const commands = { npm: ['npm', 'start'], node: [process.execPath, 'dist/bot/main.js'] } as const;

/** Each round: a new store and then the same again, by each of the two commands. */
export async function measureStart(folder: string, rounds: number): Promise<readonly StartRow[]> {
  const times: Record<'new' | 'existing', Record<keyof typeof commands | 'cpu', number[]>> = {
    new: { npm: [], node: [], cpu: [] },
    existing: { npm: [], node: [], cpu: [] },
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const by of ['npm', 'node'] as const) {
      const env = { DATA_DIR: path.join(folder, `start-${by}-${round}`) };
      for (const store of ['new', 'existing'] as const) {
        const logFile = path.join(folder, 'start.log');
        const server = await startServer({ command: commands[by], env, logFile });
        times[store][by].push(server.startMs);
        if (by === 'node') times[store].cpu.push(server.cpuMs());
        await server.stop();
      }
    }
  }
  return (['new', 'existing'] as const).map((store) => ({
    store,
    npm: median(times[store].npm),
    node: median(times[store].node),
    cpu: median(times[store].cpu),
  }));
}
