import path from 'node:path';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type FrameLocator,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { wire } from '../../bot/wire.js';
import { makeLog } from '../../src/adapters/log.js';
import { readConfig } from '../../src/config.js';
import {
  DIRECTORY,
  type IdentityDouble,
  startIdentityDouble,
  TAB_APP,
  type TabTokenWishes,
} from '../bot/identity-double.js';
import { type GraphDouble, startGraphDouble } from '../graph-double.js';
import { loadReal } from '../real-knowledge.js';
import { aStoreFolder } from '../running.js';
import { startFakeTab } from './fake-tab-api.js';
import { browserOptions, findBrowser } from './programs.js';

/**
 * The built page in production mode, framed by a double of Teams and served by the whole program, whose directory is a
 * double that signs real tokens. Needs `npm run build:tab`.
 */

const botApp = '00000000-0000-4000-8000-00000000b070';
const tom = '00000000-0000-4000-8000-000000000002';

let identity: IdentityDouble;
let graph: GraphDouble;
let browser: Browser;
let address: string;
let stop: () => Promise<void>;
const lines: string[] = [];

beforeAll(async () => {
  identity = await startIdentityDouble({ appId: botApp, serviceUrl: 'https://x.example/' });
  graph = await startGraphDouble(TAB_APP, identity.entraKey);
  graph.state.people = [{ id: tom, displayName: 'Tom Hughes' }];
  graph.state.assigned = [{ role: 'Signpost.Supervisor', principalType: 'User', to: tom }];
  const store = await aStoreFolder();
  const config = readConfig({
    ...{
      PORT: '0',
      DATA_DIR: store.folder,
      KEY_FILE: store.keyFile,
      KNOWLEDGE_DIR: process.env.KNOWLEDGE_DIR,
    },
    ...{ MICROSOFT_APP_ID: botApp, MICROSOFT_APP_PASSWORD: 'pw', TAB_APP_ID: TAB_APP },
    ...{ MICROSOFT_APP_TENANT_ID: DIRECTORY, MICROSOFT_APP_TYPE: 'SingleTenant' },
    ...{ LOGIN_URL: identity.origin, GRAPH_URL: graph.url },
    OPENID_METADATA_URL: identity.endpoints.openIdMetadataUrl,
  });
  const log = makeLog('debug', { write: (line) => lines.push(line) });
  const wired = await wire(config, log, () => new Date());
  address = `http://127.0.0.1:${await wired.http.listen()}/tab/`;
  stop = async () => {
    await wired.close();
    await store.remove();
  };
  // Chromium would not let a page of the outside, such as Teams, frame one of this machine.
  const args = [...browserOptions, '--disable-features=LocalNetworkAccessChecks'];
  browser = await chromium.launch({ executablePath: findBrowser(), args });
});
afterAll(async () => {
  await browser?.close();
  await stop?.();
  await Promise.all([graph?.close(), identity?.close()]);
});

/** What Teams was asked for. */
type Wanted = { readonly silent: boolean; readonly claims: readonly string[] | null };
/** What it answers: a token, or a refusal in its own words. */
type Given = { readonly token: string } | { readonly refused: string };
/** A request of the page to our server. */
type Sent = { readonly url: string; readonly authorization: string | undefined };

let context: BrowserContext;
let page: Page;
let wanted: Wanted[];
let sent: Sent[];
let faults: string[];
let teams: (asked: Wanted) => Given;

const minted = (wishes: TabTokenWishes = {}): Given => ({
  token: identity.mintForTab({
    ...wishes,
    claims: { oid: tom, name: 'Tom Hughes', ...wishes.claims },
  }),
});
const nowSeconds = () => Math.floor(Date.now() / 1_000);

beforeEach(async () => {
  [wanted, sent, faults] = [[], [], []];
  lines.length = 0;
  teams = () => minted();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (!request.url().includes('/tab/api/')) return;
    sent.push({ url: request.url(), authorization: request.headers().authorization });
  });
  await page.exposeFunction('answerOfTeams', (asked: Wanted) => {
    wanted.push(asked);
    return teams(asked);
  });
});
afterEach(async () => {
  expect(faults).toEqual([]);
  await context.close();
});

/** Teams on the web, with our tab in its frame. */
async function openInTeams(): Promise<FrameLocator> {
  const teamsAddress = 'https://teams.microsoft.com/frame';
  const script = `
    addEventListener('message', async ({ data, source, origin }) => {
      const reply = (args) => source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args }, origin);
      if (data.func === 'initialize')
        reply(['content', 'web', '{"apiVersion":4,"hostVersionsInfo":{},"isLegacyTeams":true,"supports":{}}', '2.0.0']);
      if (data.func === 'getContext')
        reply([{ theme: 'default', hostClientType: 'web', locale: 'en-gb' }]);
      if (data.func === 'authentication.getAuthToken') {
        const [, claims, silent] = data.args;
        const given = await answerOfTeams({ claims: claims ?? null, silent: silent ?? false });
        reply('token' in given ? [true, given.token] : [false, given.refused]);
      }
    });`;
  await page.route(teamsAddress, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Teams</title><script>${script}</script><iframe src="${address}" width="1200" height="800"></iframe>`,
    }),
  );
  await page.goto(teamsAddress);
  return page.frameLocator('iframe');
}

const queueOf = (inside: FrameLocator) =>
  inside.getByRole('heading', { level: 1, name: 'Reviews' }).waitFor();

const resultOf = (inside: FrameLocator, words: string) =>
  inside.getByRole('region', { name: 'Results' }).getByText(words).waitFor();

describe('the tab in Teams', () => {
  it('shows who is there by the token of Teams, and sends it with every request and with nothing else', async () => {
    const inside = await openInTeams();
    await queueOf(inside);
    expect(await inside.getByText('Tom Hughes (supervisor)').count()).toBe(1);
    expect(await inside.getByText('Local mode').count()).toBe(0);
    await vi.waitUntil(() => sent.some(({ url }) => url.endsWith('/changes')));
    await inside.getByText('Waiting 0').waitFor();
    expect(sent.length).toBeGreaterThanOrEqual(3);
    expect(sent.filter(({ authorization }) => !authorization?.startsWith('Bearer '))).toEqual([]);
    expect(wanted).toEqual([{ silent: true, claims: null }]);
    const token = sent[0]?.authorization?.slice(7) ?? 'none';
    const kept = await page
      .frames()[1]
      ?.evaluate<string>(
        'JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])',
      );
    expect([kept?.includes(token), lines.join('').includes(token)]).toEqual([false, false]);
    expect(sent.filter(({ url }) => url.includes(token))).toEqual([]);
    expect(await context.cookies()).toEqual([]);
  });

  it('gets another token before one ends', async () => {
    teams = () => minted({ claims: { exp: nowSeconds() + 90 } });
    const inside = await openInTeams();
    await queueOf(inside);
    teams = () => minted();
    await inside.getByRole('link', { name: /^Returned/ }).click();
    await resultOf(inside, 'Nothing is returned at the moment.');
    const { length } = wanted;
    expect(length).toBeGreaterThan(1);
    await inside.getByRole('link', { name: /^Approved/ }).click();
    await resultOf(inside, 'Nothing has been approved yet.');
    // The new one is good for an hour.
    expect(wanted).toHaveLength(length);
  });

  it('gets another token when the server refuses one, and repeats what it asked', async () => {
    let given = 0;
    teams = () => {
      given += 1;
      // The first ended long ago by the server's clock, and not by the page's.
      return given === 1 ? minted({ key: 'stranger' }) : minted();
    };
    const inside = await openInTeams();
    await queueOf(inside);
    expect(wanted).toHaveLength(2);
    expect(lines.filter((line) => line.includes('"reason":"bad-signature"'))).toHaveLength(1);
  });

  it('asks the person when Teams wants to hear from them, hands on what the directory wants, and goes on', async () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    teams = ({ silent }) =>
      silent
        ? { refused: JSON.stringify({ errorCode: 'interaction_required', claims }) }
        : minted();
    const inside = await openInTeams();
    await inside.getByText('Teams asks you to sign in again').waitFor();
    expect(sent).toEqual([]);
    await inside.getByRole('button', { name: 'Sign in' }).click();
    await queueOf(inside);
    expect(wanted.at(-1)).toEqual({ silent: false, claims: [claims] });
    expect(await inside.getByText('Teams asks you to sign in again').count()).toBe(0);
  });

  it('says what to do when consent is refused', async () => {
    teams = () => ({ refused: 'resourceRequiresConsent' });
    const inside = await openInTeams();
    await inside.getByRole('button', { name: 'Sign in' }).click();
    await inside.getByText('Teams did not sign you in.').waitFor();
    expect([sent, wanted.at(-1)]).toEqual([[], { silent: false, claims: null }]);
  });

  it('says so to somebody without a role', async () => {
    teams = () => minted({ claims: { roles: [] } });
    const inside = await openInTeams();
    await inside.getByText('You have no role in Signpost').waitFor();
    expect(await inside.getByRole('navigation', { name: 'Views' }).getByRole('link').count()).toBe(
      0,
    );
  });

  it('says so when nobody can be checked', async () => {
    const away = '00000000-0000-4000-8000-000000000003';
    graph.become('failing');
    teams = () => minted({ claims: { oid: away } });
    const inside = await openInTeams();
    await inside.getByText('cannot be checked at the moment').waitFor();
    graph.become('well');
  });
});

describe('the page outside Teams', () => {
  it('asks the server for nothing and says where it works', async () => {
    await page.goto(address);
    await page.getByText('This page works inside Microsoft Teams only').waitFor();
    expect(sent).toEqual([]);
    expect(path.posix.dirname(new URL(page.url()).pathname)).toBe('/');
  });
});

describe('the page in local mode', () => {
  it('says that nobody is asked who they are', async () => {
    const local = await startFakeTab(await loadReal());
    await page.goto(local.address);
    await page.getByText('Local mode: nobody is asked who they are').waitFor();
    expect(sent.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
    await local.stop();
  });
});
