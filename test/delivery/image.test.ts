import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';

/** The image is not built here, where no engine runs: its file is linted, and what it says is held to what is there. */
const root = path.join(import.meta.dirname, '../..');
const written = readFileSync(path.join(root, 'Dockerfile'), 'utf8');
/** Instructions, each on one line, without comments. */
const lines = written
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line.trim() !== '');
const lastStage = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
const copies = lines.filter((line) => /^COPY (?!--from)/.test(line));
const sources = [...new Set(copies.flatMap((line) => line.split(/\s+/).slice(1, -1)))];

describe('the Dockerfile', () => {
  it('has nothing its linter would mend', () => {
    expect(validate(written, {})).toEqual([]);
  });

  it('copies what is there and what reaches the builder, and no folder whole', () => {
    const ignored = readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n');
    expect(ignored).toContain('*');
    expect(sources.length).toBeGreaterThan(8);
    for (const source of sources) {
      expect([source, existsSync(path.join(root, source))]).toEqual([source, true]);
      const [top = ''] = source.replace(/^\.\//, '').split('/');
      expect(ignored).toContain(`!${top}`);
    }
  });

  it('copies what the program reads beside itself', () => {
    const read = ['knowledge', 'prompts', 'src/adapters/postgres/migrations'];
    for (const folder of read.filter((name) => existsSync(path.join(root, name))))
      expect(lastStage.join('\n')).toMatch(
        new RegExp(`COPY (?:--from=build )?(?:/app/)?${folder} `),
      );
  });

  it('runs no script of a package, and installs what the lockfile says', () => {
    const installs = lines.filter((line) => /npm (?:ci|i|install)\b/.test(line));
    expect(installs).toHaveLength(2);
    for (const line of installs) expect(line).toMatch(/npm ci (?:--omit=dev )?--ignore-scripts/);
  });

  it('ends with a user who is not root, the process first, and no secret', () => {
    expect(lastStage.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
    expect(lastStage.indexOf('USER node')).toBeGreaterThan(
      lastStage.findLastIndex((line) => /^(?:RUN|COPY)\b/.test(line)),
    );
    expect(lastStage.at(-1)).toMatch(/^CMD \["node", .*"dist\/bot\/main\.js"\]$/);
    expect(written).not.toMatch(/PASSWORD|SECRET|TOKEN|DATABASE_URL|_KEY/);
  });
});

describe('its health check', () => {
  const [, asked = '[]'] = /HEALTHCHECK [^[]*CMD (\[.*\])/.exec(lines.join('\n')) ?? [];
  const [program = '', ...words] = JSON.parse(asked) as readonly string[];
  const codeAt = (port: number) =>
    new Promise<number | null>((resolve) => {
      const env = { PATH: process.env.PATH ?? '', PORT: String(port) };
      spawn(program, [...words], { env }).on('exit', resolve);
    });

  it.each([
    [200, 0],
    [503, 1],
  ])('of a server that answers %d ends with %d', async (status, code) => {
    const asked: string[] = [];
    const server = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await codeAt(port)).toBe(code);
    expect(asked).toEqual(['/healthz']);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await codeAt(port)).toBe(1);
  });
});
