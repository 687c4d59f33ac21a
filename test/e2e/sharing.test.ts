import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPeople } from '../../bot/tab/demo-people.js';
import { dayOf } from '../../src/core/days.js';
import { sharingPhrases } from '../../src/core/sharing-words.js';
import { aPerson, runThroughout } from '../running.js';
import { pictures } from './chat.js';
import { announced, faultsOf, pageAs } from './page-of.js';
import { browserOptions, findBrowser } from './programs.js';

/**
 * A case shared with an advocate on the built page (`npm run build:tab`), over the whole program on an embedded store.
 * The steps follow one another.
 */

let browser: Browser;
let officer: Page;
let advocate: Page;
const faults: string[] = [];
const clock = { now: new Date() };

const [sam, , , , ewa] = demoPeople;
if (!sam || !ewa) throw new Error('the demo people are gone');

const running = runThroughout(clock);

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const from = { id: '29:Sam', name: sam.name, aadObjectId: sam.id };
  const person = aPerson(running, 'sharing-page', { from });
  await person.say('screen');
  await person.press('First contact');
  await person.say('2');
  await person.say('summary');
  await person.press('Send to a supervisor');
  browser = await chromium.launch({ executablePath: findBrowser(), args: browserOptions });
  officer = await pageOf(sam.id);
  advocate = await pageOf(ewa.id);
});
afterAll(async () => {
  await browser?.close();
});

const pageOf = (id: string) => pageAs(browser, running().port, id, faults);
const said = announced;
const focused = (page: Page) => page.evaluate('document.activeElement?.textContent');

describe('sharing a case on the page', () => {
  it('begins with an empty list for the advocate', async () => {
    await advocate.getByRole('heading', { level: 1, name: 'Shared with you' }).waitFor();
    await advocate.getByText('No case is shared with you.').waitFor();
    expect(await advocate.getByRole('navigation', { name: 'Views' }).innerText()).toBe(
      'Shared with you',
    );
    expect(await faultsOf(advocate)).toEqual([]);
  });

  it('says what is missing, keeps what was typed, and shares nothing that was declined', async () => {
    await officer.locator('tbody tr a').first().click();
    await officer.getByRole('button', { name: 'Shared with', exact: true }).click();
    await officer.getByRole('button', { name: 'Show with whom it is shared' }).click();
    const form = officer.getByRole('form', { name: 'Share with an advocate' });
    const submit = form.getByRole('button', { name: 'Share the case' });
    await submit.click();
    await form.getByRole('alert').getByText('Choose the advocate.').waitFor();
    await form.getByLabel('Advocate').selectOption(ewa.id);
    await form.getByLabel('What the person answered').selectOption('declined');
    await submit.click();
    await form.getByRole('alert').getByText(sharingPhrases['not-agreed']).waitFor();
    await form.getByLabel('What the person answered').selectOption('agreed');
    await submit.click();
    await form.getByRole('alert').getByText('Give the day the person agreed.').waitFor();
    expect(await form.getByLabel('Advocate').inputValue()).toBe(ewa.id);
    expect(await faultsOf(officer)).toEqual([]);
  });

  it('shares on the agreement as recorded, and says so', async () => {
    const form = officer.getByRole('form', { name: 'Share with an advocate' });
    await form.getByLabel('Day the person agreed').fill(dayOf(clock.now));
    await form.getByLabel('How they gave it').selectOption('by-phone');
    await form.getByLabel('Wishes, plan').check();
    await form.getByLabel('What must not be passed on').fill('Nothing about her work.');
    await officer.screenshot({ path: path.join(pictures, 'sharing-form.png'), fullPage: true });
    await form.getByRole('button', { name: 'Share the case' }).click();
    await officer.getByText('open to them').waitFor();
    expect(await said(officer)).toContain('The case is shared with Ewa Nowak.');
    expect(await focused(officer)).toBe('Shared with');
    const item = await officer.locator('#head-sharing ~ ul').innerText();
    expect(item).toContain('Nothing about her work.');
    expect(item).toContain('by phone');
    await officer.getByText('There is no further advocate in the directory').waitFor();
    expect(await faultsOf(officer)).toEqual([]);
  });

  it('shows the advocate a draft, by the agreement, without what was not agreed', async () => {
    await advocate.reload();
    await advocate.locator('tbody tr a').first().click();
    await advocate.getByText('Draft, not yet approved: version 1.').waitFor();
    const text = await advocate.locator('main').innerText();
    expect(text).toContain('Shared with you by Sam Okafor');
    expect(text).toContain('Immediate danger asked');
    expect(text).not.toMatch(/Nothing about her work|Review points|Lines and their evidence/);
    await advocate.screenshot({ path: path.join(pictures, 'shared-case.png'), fullPage: true });
    expect(await faultsOf(advocate)).toEqual([]);
  });

  it('takes the open page away when the sharing ends', async () => {
    await officer.getByRole('button', { name: 'End sharing with Ewa Nowak' }).click();
    const form = officer.getByRole('form', { name: 'End sharing with Ewa Nowak' });
    await form.getByRole('button', { name: 'End it now' }).click();
    await form.getByRole('alert').getByText('Choose why it ends.').waitFor();
    expect(await faultsOf(officer)).toEqual([]);
    await form.getByLabel('Why it ends').selectOption('agreement-withdrawn');
    await form.getByRole('button', { name: 'End it now' }).click();
    await officer.getByText('The person no longer agrees').waitFor();
    expect(await said(officer)).toContain('Ewa Nowak can no longer see this case.');
    await advocate.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await advocate.getByText(sharingPhrases['no-longer-shared']).waitFor();
    expect(await advocate.locator('main').innerText()).not.toContain('Immediate danger');
  });

  it('lets the advocate leave, and leaves nothing in her list', async () => {
    const form = officer.getByRole('form', { name: 'Share with an advocate' });
    await form.getByLabel('Advocate').selectOption(ewa.id);
    await form.getByLabel('What the person answered').selectOption('agreed');
    await form.getByLabel('Day the person agreed').fill(dayOf(clock.now));
    await form.getByLabel('How they gave it').selectOption('in-writing');
    await form.getByRole('button', { name: 'Share the case' }).click();
    await officer.getByText('open to them').waitFor();
    await advocate.getByRole('button', { name: 'Try again' }).click();
    await advocate.getByRole('button', { name: 'Leave this case' }).click();
    await advocate.getByRole('button', { name: 'Leave now' }).click();
    await advocate.getByText('No case is shared with you.').waitFor();
    expect(await said(advocate)).toContain('You have left the case');
    expect(await focused(advocate)).toBe('Shared with you');
    expect(faults).toEqual([]);
  });
});
