import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPeople } from '../../bot/tab/demo-people.js';
import { aPerson, runThroughout } from '../running.js';
import { pictures } from './chat.js';
import { announced, faultsOf, pageAs } from './page-of.js';
import { browserOptions, findBrowser } from './programs.js';

/**
 * What was asked in vain, on the curator's page (`npm run build:tab`), over the whole program on an embedded store. The
 * steps follow one another.
 */

let browser: Browser;
let curator: Page;
const faults: string[] = [];
const rhys = demoPeople.find(({ roles }) => roles.includes('curator'));
if (!rhys) throw new Error('the demo has no curator');

const running = runThroughout({ now: new Date() });

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await chromium.launch({ executablePath: findBrowser(), args: browserOptions });
  curator = await pageAs(browser, running().port, rhys.id, faults);
});
afterAll(async () => {
  await browser?.close();
});

const asked = 'Who pays for parking at court for Jane Smith on 07700 900123?';

describe('what was asked in vain', () => {
  it('begins empty, with what is due among the passages', async () => {
    await curator.getByRole('heading', { level: 1, name: 'Guidance' }).waitFor();
    await curator.getByText('No question waits for a curator.').waitFor();
    await curator.getByRole('heading', { name: 'Passages to look at' }).waitFor();
    expect(await faultsOf(curator)).toEqual([]);
  });

  it('stands there without what was personal, and asks again', async () => {
    const person = aPerson(running, 'curation', {
      from: { id: '29:Sam', name: 'Sam Okafor', aadObjectId: demoPeople[0]?.id ?? '' },
    });
    await person.say(asked);
    await expect
      .poll(
        async () => {
          await curator.reload();
          await curator.getByText('Loading…').first().waitFor({ state: 'hidden' });
          return curator.locator('main').innerText();
        },
        { timeout: 8_000 },
      )
      .toContain('pays for parking');
    const words = await curator.locator('main').innerText();
    expect(words).not.toContain('Jane');
    expect(words).not.toContain('Smith');
    expect(words).not.toContain('900123');
    expect(words).not.toContain('Sam');
    await curator.getByRole('button', { name: /^Ask again/ }).click();
    await expect.poll(() => announced(curator)).toContain('Asked again: now');
    expect(await faultsOf(curator)).toEqual([]);
    await curator.screenshot({ path: path.join(pictures, 'curation.png'), fullPage: true });
  });

  it('is closed with a note, and no sooner', async () => {
    await curator.getByRole('button', { name: /^Not ours/ }).click();
    await curator.getByRole('button', { name: 'Save' }).click();
    await curator.getByText('Say what was done, or why it is not ours.').waitFor();
    await curator.getByLabel('Why it is not ours').fill('Court costs are not guidance.');
    await curator.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => announced(curator)).toContain('Closed as not ours.');
    await curator.getByText('No question waits for a curator.').waitFor();
    expect(faults).toEqual([]);
  });
});
