import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import { makeAppPackage } from '../../src/commands/make-app-package.js';

const root = path.join(import.meta.dirname, '../..');
const manifests = path.join(root, 'manifest');
const run = promisify(execFile);
const given = {
  APP_ID: '0f0e0d0c-0b0a-4908-8706-050403020100',
  TAB_APP_ID: '1f0e0d0c-0b0a-4908-8706-050403020100',
  DOMAIN: 'signpost.force.police.uk',
  PUBLISHER_NAME: 'A Constabulary',
  WEBSITE_URL: 'https://www.force.police.uk/signpost',
  PRIVACY_URL: 'https://www.force.police.uk/privacy',
  TERMS_URL: 'https://www.force.police.uk/terms',
};
const make = (folder = manifests) => makeAppPackage(folder, given, '0.1.0', 'production');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-package-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command as a person does, with these variables and no others of ours. */
async function command(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const file = path.join(root, 'src/commands/package.ts');
  const env = { PATH: process.env.PATH ?? '', TZ: 'UTC', ...environment };
  try {
    const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', file, ...words], {
      cwd: root,
      env,
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

async function unzip(file: string): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await openPromise(file);
  const found = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry())
    found.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return found;
}

describe('the app package', () => {
  it('holds manifest, icons and languages at its root, filled in, and the icons as they are', async () => {
    const file = path.join(folder, 'signpost.zip');
    const variables = {
      MICROSOFT_APP_ID: given.APP_ID,
      TAB_APP_ID: given.TAB_APP_ID,
      PUBLIC_DOMAIN: 'overruled.force.police.uk',
      PUBLISHER_NAME: given.PUBLISHER_NAME,
      WEBSITE_URL: given.WEBSITE_URL,
      PRIVACY_URL: given.PRIVACY_URL,
      TERMS_URL: given.TERMS_URL,
    };
    const said = await command(['--domain', given.DOMAIN, '--out', file], variables);
    expect(said).toEqual({
      code: 0,
      err: '',
      out: `Made ${file}: manifest.json, color.png, outline.png, cy.json. It follows schema 1.30.\nThe Welsh texts in it await a check by a professional translator.\n`,
    });
    const files = await unzip(file);
    expect([...files.keys()]).toEqual(['manifest.json', 'color.png', 'outline.png', 'cy.json']);
    const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    expect(JSON.parse(String(files.get('manifest.json')))).toMatchObject({
      version,
      id: given.APP_ID,
      developer: { name: given.PUBLISHER_NAME, privacyUrl: given.PRIVACY_URL },
      validDomains: [given.DOMAIN],
      webApplicationInfo: {
        id: given.TAB_APP_ID,
        resource: `api://${given.DOMAIN}/${given.TAB_APP_ID}`,
      },
      staticTabs: [{ contentUrl: `https://${given.DOMAIN}/tab/` }],
      bots: [{ botId: given.APP_ID, scopes: ['personal'] }],
      defaultBlockUntilAdminAction: true,
    });
    expect(String(files.get('manifest.json'))).not.toContain('{{');
    for (const name of ['color.png', 'outline.png', 'cy.json'])
      expect(files.get(name)).toEqual(await readFile(path.join(manifests, name)));
  });

  it('has the same bytes in every time zone', async () => {
    const words = ['--website', given.WEBSITE_URL, '--privacy', given.PRIVACY_URL];
    const ids = ['--app-id', given.APP_ID, '--tab-app-id', given.TAB_APP_ID];
    const names = ['--domain', given.DOMAIN, '--publisher', 'Heddlu "Gŵyl"'];
    const all = [...words, ...ids, ...names, '--terms', given.TERMS_URL];
    const [far, near] = ['far', 'near'].map((name) => path.join(folder, `${name}.zip`));
    await command([...all, '--out', String(far)], { TZ: 'Pacific/Kiritimati' });
    await command([...all, '--out', String(near)], { TZ: 'America/Los_Angeles' });
    const bytes = await readFile(String(far));
    expect(bytes.length).toBeGreaterThan(5_000);
    expect((await readFile(String(near))).equals(bytes)).toBe(true);
  });

  it('is not made for a tunnel, and one sentence says so', async () => {
    const file = path.join(folder, 'tunnel.zip');
    const words = ['--app-id', given.APP_ID, '--tab-app-id', given.TAB_APP_ID, '--out', file];
    expect(await command([...words, '--domain', 'abc.ngrok-free.app'])).toEqual({
      code: 2,
      out: '',
      err: 'The setting --domain cannot be used: it must be a host of your own, not a tunnel.\n',
    });
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  it.each([['--bogus'], ['extra']])('shows how it is used when given %s', async (word) => {
    const { code, err } = await command([word]);
    expect([code, err.startsWith('npm run package -- --domain')]).toEqual([2, true]);
  });
});

describe('what Teams would refuse', () => {
  const other = async (change: Readonly<Record<string, string>>, file = 'cy.json') => {
    const copy = await mkdtemp(path.join(folder, 'manifest-'));
    await cp(manifests, copy, { recursive: true });
    const texts = JSON.parse(await readFile(path.join(copy, file), 'utf8'));
    await writeFile(path.join(copy, file), JSON.stringify({ ...texts, ...change }));
    return make(copy);
  };

  it('is a field the schema does not know', async () => {
    const made = await other({ image: 'x' }, 'manifest.json');
    expect(made.kind === 'refused' && made.why).toMatch(
      /^The package is not as Teams asks: .*image/,
    );
  });

  it('is a translation that is too long, of a field unknown, or of a place that is not there', async () => {
    const long = await other({ 'description.short': 'x'.repeat(81) });
    expect(long.kind === 'refused' && long.why).toMatch(/cy\.json: .*80 characters/);
    const unknown = await other({ 'developer.name': 'x' });
    expect(unknown.kind === 'refused' && unknown.why).toMatch(/cy\.json: .*developer\.name/);
    const lost = await other({ 'staticTabs[1].name': 'x' });
    expect(lost.kind === 'refused' && lost.why).toBe(
      'The package is not as Teams asks: cy.json: staticTabs[1].name is no text of the manifest.',
    );
  });
});
