import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * The Microsoft 365 Agents Playground: a Teams chat in the browser, with no account. It is fetched by npx
 * when it is not cached, because its terms forbid passing it on. It listens on every network interface.
 */
const playground = '@microsoft/m365agentsplayground@0.2.28';

export type Playground = {
  /** The address to open. */
  readonly page: string;
  readonly process: ChildProcess;
  readonly stop: () => Promise<void>;
};

/** Starts the playground against a bot; undefined when npx could not fetch it or it did not start. */
export async function startPlayground(
  endpoint: string,
  port: number,
): Promise<Playground | undefined> {
  const directory = await mkdtemp(path.join(tmpdir(), 'signpost-playground-'));
  const config = path.join(directory, 'playground.yml');
  // JSON is YAML too.
  await writeFile(config, JSON.stringify(peopleAndChats(), undefined, 2));
  const options = [
    'start',
    '-e',
    endpoint,
    '-c',
    'msteams',
    '-p',
    String(port),
    '--disable-telemetry',
  ];
  const child = spawn('npx', ['-y', playground, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // Windows knows npx as a script. Elsewhere a group of its own lets us end npx and what it started.
    shell: process.platform === 'win32',
    detached: process.platform !== 'win32',
    env: {
      ...process.env,
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: config,
      M365_AGENTS_PLAYGROUND_LOGFILE: path.join(directory, 'playground.log'),
      npm_config_prefer_offline: 'true',
      npm_config_fetch_retries: '1',
      npm_config_update_notifier: 'false',
    },
  });
  const page = `http://localhost:${port}`;
  const stop = async () => {
    await endTree(child);
    await rm(directory, { recursive: true, force: true });
  };
  if (await answers(page, child)) return { page, process: child, stop };
  await stop();
  return undefined;
}

/** Waits until an address answers, two minutes at most; false when its process ends first. */
export async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 480 && isRunning(child); tries += 1) {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    );
    if (response?.ok) return true;
    await wait(250);
  }
  return false;
}

/** Whether nobody listens there; the playground would otherwise quietly take another port. */
export function isFree(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** Ends a process and all it started, and waits until it has gone, ten seconds at most. */
export async function endTree(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || !isRunning(child)) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/t', '/f']);
  else process.kill(-pid, 'SIGTERM');
  await Promise.race([gone, wait(10_000, undefined, { ref: false })]);
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null && child.pid !== undefined;
}

/** A police officer in a chat that is new at each start, as the page begins empty each time as well. */
function peopleAndChats() {
  // Exactly five others are asked for; nobody speaks for them.
  const [currentUser, ...users] = [
    ['Sam', 'Okafor'],
    ['Priya', 'Nair'],
    ['Tom', 'Hughes'],
    ['Aisha', 'Khan'],
    ['Ewa', 'Nowak'],
    ['Rhys', 'Bevan'],
  ].map(([givenName, surname], index) => ({
    id: `user-${index}`,
    name: `${givenName} ${surname}`,
    givenName,
    surname,
    userPrincipleName: `user-${index}@force.example`,
    email: `user-${index}@force.example`,
    aadObjectId: `00000000-0000-0000-0000-00000000000${index}`,
  }));
  const bot = { id: '00000000-0000-0000-0000-000000000011', name: 'Signpost' };
  const team = {
    name: 'Response',
    aadGroupId: '00000000-0000-0000-0000-000000000031',
    channels: [],
  };
  return {
    version: '0.1.1',
    tenantId: '00000000-0000-0000-0000-000000000001',
    bot,
    currentUser,
    users,
    personalChat: { id: randomUUID() },
    groupChat: { id: randomUUID(), name: 'Response team' },
    team: { ...team, id: randomUUID() },
  };
}
