import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { answers } from '../../src/commands/playground.js';

/** The programs a walk in the browser needs: the built bot, and a browser of the system. */

const root = path.join(import.meta.dirname, '..', '..');

/** A port that nobody listens on at this moment. */
export function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Starts the built bot and waits until it is ready. */
export async function startBot(port: number, directory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [path.join(root, 'dist', 'bot', 'main.js')], {
    // Settings of whoever runs the tests must not reach the bot.
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATA_DIR: directory,
      KNOWLEDGE_DIR: process.env.KNOWLEDGE_DIR,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (await answers(`http://127.0.0.1:${port}/readyz`, child)) return child;
  throw new Error('starting the built bot');
}

/** Ends a process without a word of warning, as a power cut would. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** Where Chromium or its kin usually lies; CHROMIUM names another place. */
const browsers = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

export function findBrowser(): string {
  const found = browsers.find((place) => place !== '' && existsSync(place));
  if (found) return found;
  throw new Error('finding a browser: install chromium, or name one in CHROMIUM');
}

/** Headless, and silent towards the outside. */
export const browserOptions = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
