import { createHash, randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * One process for each embedded store: a second one would quietly lose rows of the first. Node has no file
 * lock, so the lock is a name that can be listened on only once and that the operating system takes back
 * when the process ends, however it ends: on Linux an abstract socket, on Windows a named pipe. Elsewhere
 * (macOS) names outlive their process, and who holds the lock is found by asking.
 *
 * Left out: processes in different containers that share a volume do not see each other's names.
 */
export type StoreLock =
  | { readonly kind: 'held'; readonly release: () => Promise<void> }
  | { readonly kind: 'taken' };

/** Takes the lock of the store in a folder, which is made if need be; `taken` when a process has it. */
export async function takeStoreLock(
  dataDir: string,
  platform: string = process.platform,
): Promise<StoreLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // Native, so that upper and lower case and links come out as one name where they are one folder.
  const real = realpathSync.native(dataDir);
  const name = `signpost-${createHash('sha256').update(real).digest('hex').slice(0, 32)}`;
  if (platform === 'linux') return listenOn(`\0${name}`);
  if (platform === 'win32') return listenOn(`\\\\.\\pipe\\${name}`);
  return askOthers(path.join(tmpdir(), name));
}

async function listenOn(address: string): Promise<StoreLock> {
  const server = await listen(address);
  return server ? { kind: 'held', release: () => close(server) } : { kind: 'taken' };
}

/**
 * Each process listens on a socket of its own, `<prefix>.<random>`, and only then looks for others. Of any
 * two, at least the one that looks last sees the other and gives way, so two never hold the lock. Both may
 * give way if they start at the same instant; hence the few tries.
 */
async function askOthers(prefix: string): Promise<StoreLock> {
  for (let tries = 0; tries < 5; tries += 1) {
    const own = `${prefix}.${randomBytes(4).toString('hex')}`;
    const server = await listen(own);
    if (!server) continue;
    if (!(await isAnyOtherAlive(prefix, own)))
      return { kind: 'held', release: () => close(server) };
    await close(server);
    await pause(Math.random() * 200);
  }
  return { kind: 'taken' };
}

async function isAnyOtherAlive(prefix: string, own: string): Promise<boolean> {
  const folder = path.dirname(prefix);
  const files = (await readdir(folder)).map((file) => path.join(folder, file));
  for (const other of files.filter((file) => file.startsWith(`${prefix}.`) && file !== own)) {
    if (await answers(other)) return true;
    // Left by a process that was killed. One that is just starting looks after us, and gives way.
    await rm(other, { force: true });
  }
  return false;
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** A server on that name, which does not keep the process alive; undefined when the name is in use. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen({ path: address, exclusive: true }, () => resolve(server.unref()));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
