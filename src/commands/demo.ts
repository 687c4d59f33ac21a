import { spawn } from 'node:child_process';
import path from 'node:path';
import { packageRoot } from '../adapters/package-root.js';
import { readConfig } from '../config.js';
import { answers, endTree, isFree, startPlayground } from './playground.js';

/** Runs the bot and, against it, the playground, until Ctrl+C or until one of them ends. */
async function main(): Promise<void> {
  const { host, port } = readConfig(process.env);
  const playgroundPort = Number(process.env.PLAYGROUND_PORT ?? 56150);
  if (!(await isFree(port, host))) return say(`Port ${port} is in use. Set PORT to another one.`);
  if (!(await isFree(playgroundPort))) {
    return say(`Port ${playgroundPort} is in use. Set PLAYGROUND_PORT to another one.`);
  }
  const program = path.join(packageRoot(), 'dist', 'bot', 'main.js');
  const bot = spawn(process.execPath, [program], {
    stdio: 'inherit',
    env: { LOG_LEVEL: 'warn', ...process.env },
    // Ctrl+C reaches the whole group of a terminal; in one of its own the bot hears of it once, from us.
    detached: process.platform !== 'win32',
  });
  let playground: Awaited<ReturnType<typeof startPlayground>>;
  let isEnding = false;
  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    await Promise.all([playground?.stop(), endTree(bot)]);
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (!(await answers(`${base}/readyz`, bot))) {
    say('The bot did not start; the reason stands above.');
    return end();
  }
  playground = await startPlayground(`${base}/api/messages`, playgroundPort);
  if (!playground) {
    if (!isEnding) say(notFetched);
    return end();
  }
  bot.once('exit', end);
  playground.process.once('exit', end);
  process.stdout.write(
    `\nOpen ${playground.page} in a browser, then ask a question or type “screen”.\n`,
  );
  process.stdout.write(`The supervisors’ review page, with demo people: ${base}/tab/\n`);
  process.stdout.write(
    'The playground answers on all addresses of this machine while it runs. Ctrl+C ends both.\n',
  );
}

const notFetched =
  'The playground could not be fetched with npx or did not start. It needs the npm registry once; what npx said stands above.';

/** One sentence on what went wrong. */
function say(words: string): void {
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exit();
});
