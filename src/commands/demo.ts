import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '../config.js';

/**
 * Runs the bot and, against it, the Microsoft 365 Agents Playground: a Teams chat in the browser, with no
 * account. The playground is fetched by npx each time it is not cached, because its terms forbid passing it on.
 */
const playground = '@microsoft/m365agentsplayground@0.2.28';
const playgroundPort = process.env.PLAYGROUND_PORT ?? '56150';

async function main(): Promise<void> {
  const { host, port } = readConfig(process.env);
  const bot = spawn(process.execPath, ['dist/bot/main.js'], { stdio: 'inherit' });
  const base = `http://${host}:${port}`;
  if (!(await answers(`${base}/readyz`, bot)))
    return stop(bot, 'The bot did not start; see above.');
  const options = [
    'start',
    '-e',
    `${base}/api/messages`,
    '-c',
    'msteams',
    '-p',
    playgroundPort,
    '--disable-telemetry',
  ];
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  const chat = spawn(npx, ['-y', playground, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
    // The playground opens a browser of its own accord; the address is printed instead.
    env: { ...process.env, BROWSER: 'none' },
  });
  const page = `http://localhost:${playgroundPort}`;
  if (!(await answers(page, chat)))
    return stop(bot, 'The playground could not be fetched or started; see above.');
  process.stdout.write(
    `\nOpen ${page} in a browser and type a question, or “screen”. Ctrl+C ends both.\n`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => [bot, chat].map((c) => c.kill('SIGTERM')));
  bot.on('exit', () => chat.kill('SIGTERM'));
  chat.on('exit', () => bot.kill('SIGTERM'));
}

/** Waits until an address answers, two minutes at most; false when its process ends first. */
async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 480 && child.exitCode === null; tries += 1) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return true;
    await wait(250);
  }
  return false;
}

function stop(bot: ChildProcess, words: string): void {
  bot.kill('SIGTERM');
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}

await main();
