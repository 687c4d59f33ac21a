import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makePageFiles } from '../../../bot/tab/page-files.js';
import { readConfig } from '../../../src/config.js';
import { post, startTransport, type Transport } from '../transport-setup.js';

let running: { readonly transport: Transport; readonly folder: string }[] = [];
afterEach(async () => {
  for (const { transport, folder } of running) {
    await transport.stop();
    await rm(folder, { recursive: true });
  }
  running = [];
});

/** The page as a build leaves it, or nothing where there was no build. */
async function serve(
  isBuilt = true,
  signIn?: 'demo' | 'teams',
): Promise<(address: string) => ReturnType<typeof post>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'signpost-page-'));
  if (isBuilt) {
    await mkdir(path.join(folder, 'assets'));
    await writeFile(path.join(folder, 'index.html'), '<html><head><title>Review</title></head>');
    await writeFile(path.join(folder, 'assets', 'index-abc.js'), 'run()');
    await writeFile(path.join(folder, 'secret.txt'), 'not for anybody');
  }
  const { frameAncestors } = readConfig({});
  const transport = await startTransport({
    auth: 'anonymous',
    http: { addRoutes: (app) => app.use(makePageFiles(folder, frameAncestors, signIn)) },
  });
  running.push({ transport, folder });
  return (address) => post(transport.port, '', {}, address, 'GET');
}

describe('the page', () => {
  it('comes with a policy of its own, and a number used once for its styles', async () => {
    const get = await serve();
    const [one, other] = [await get('/tab/'), await get('/tab/')];
    const nonce = /<head><meta property="csp-nonce" nonce="([^"]+)"><title>/.exec(one.text)?.[1];
    expect(one.headers['content-security-policy']).toBe(
      [
        "default-src 'none'",
        "script-src 'self'",
        `style-src 'self' 'nonce-${nonce}'`,
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self' https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft",
      ].join('; '),
    );
    expect(one.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-type': 'text/html; charset=utf-8',
    });
    // It would overrule the hosts above where a browser knows only that header.
    expect(one.headers['x-frame-options']).toBeUndefined();
    expect(one.headers['permissions-policy']).toContain('microphone=()');
    expect(one.headers['content-security-policy']).not.toMatch(/unsafe|\*(?!\.)|http:/);
    expect(other.text).not.toBe(one.text);
  });

  it('says in production that it asks Teams who is there, and else nothing of it', async () => {
    const teams = await serve(true, 'teams');
    expect((await teams('/tab/')).text).toMatch(
      /<head><meta property="csp-nonce" nonce="[^"]+"><meta name="sign-in" content="teams"><title>/,
    );
    const local = await serve(true, 'demo');
    expect((await local('/tab/')).text).not.toContain('sign-in');
  });

  it('keeps its scripts, whose names change with them, and shows no other file', async () => {
    const get = await serve();
    const script = await get('/tab/assets/index-abc.js');
    expect([script.status, script.text]).toEqual([200, 'run()']);
    expect(script.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-type': 'text/javascript; charset=utf-8',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    });
    for (const address of [
      '/tab/secret.txt',
      '/tab/assets/../secret.txt',
      '/tab/assets/',
      '/tab/x',
    ]) {
      const { status, headers } = await get(address);
      expect([address, status, headers['cache-control']]).toEqual([address, 404, 'no-store']);
    }
    expect(await get('/tab')).toMatchObject({ status: 308, headers: { location: '/tab/' } });
  });

  it('is not there when it was not built', async () => {
    const get = await serve(false);
    expect((await get('/tab/')).status).toBe(404);
  });
});

describe('who may show it in a frame', () => {
  it('is configured', () => {
    const given = { FRAME_ANCESTORS: 'https://teams.example.gov.uk, https://*.other.example:8443' };
    expect(readConfig(given).frameAncestors).toEqual([
      'https://teams.example.gov.uk',
      'https://*.other.example:8443',
    ]);
  });

  it.each([
    '*',
    'https://*',
    'http://teams.example',
    "'unsafe-inline'",
    'https://a.example;script-src',
  ])('cannot be %s', (setting) => {
    expect(() => readConfig({ FRAME_ANCESTORS: setting })).toThrow('FRAME_ANCESTORS');
  });
});
