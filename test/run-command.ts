import { spawn } from 'node:child_process';
import path from 'node:path';

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

const root = path.join(import.meta.dirname, '..');

/** Runs a command of src/commands as `npm run` does, to its end. */
export function runCommand(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ran> {
  const child = spawn(process.execPath, ['--import', 'tsx', `src/commands/${name}.ts`, ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', ...env },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (part) => {
    said.out += part;
  });
  child.stderr.on('data', (part) => {
    said.err += part;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}
