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
 * Conflicts of interest on the built page (`npm run build:tab`), over the whole program on an embedded store. The steps
 * follow one another.
 */

let browser: Browser;
let officer: Page;
let supervisor: Page;
let colleague: Page;
const faults: string[] = [];

const [sam, , tom, aisha] = demoPeople;
if (!sam || !tom || !aisha) throw new Error('the demo people are gone');

const running = runThroughout({ now: new Date() });

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const from = { id: '29:Sam', name: sam.name, aadObjectId: sam.id };
  const person = aPerson(running, 'conflicts-page', { from });
  await person.say('screen');
  await person.press('First contact');
  await person.say('2');
  await person.say('summary');
  await person.press('Send to a supervisor');
  browser = await chromium.launch({ executablePath: findBrowser(), args: browserOptions });
  officer = await pageAs(browser, running().port, sam.id, faults);
  supervisor = await pageAs(browser, running().port, tom.id, faults);
  colleague = await pageAs(browser, running().port, aisha.id, faults);
});
afterAll(async () => {
  await browser?.close();
});

const focused = (page: Page) => page.evaluate('document.activeElement?.textContent');

describe('a conflict of interest on the page', () => {
  it('is found from the review, with nobody named, and says what is missing', async () => {
    await supervisor.locator('tbody tr a').first().click();
    await supervisor.getByRole('button', { name: 'Conflict of interest', exact: true }).click();
    await supervisor.getByRole('link', { name: 'Show whom the case is closed to' }).click();
    await supervisor.getByText('Nobody was named').waitFor();
    const form = supervisor.getByRole('form', { name: 'Name somebody' });
    const save = form.getByRole('button', { name: 'Close the case to them' });
    await save.click();
    await form.getByRole('alert').getByText('Choose who has the conflict').waitFor();
    await form.getByLabel('Who').selectOption({ label: aisha.name });
    await save.click();
    await form.getByRole('alert').getByText('Choose why.').waitFor();
    await form.getByLabel('Why').selectOption('other-recorded');
    await save.click();
    await form.getByRole('alert').getByText('Give the number of the record').waitFor();
    await form.getByLabel('Number of your force’s record').fill('his brother told me');
    await save.click();
    await form.getByRole('alert').getByText('letters, digits and / . - only').waitFor();
    expect(await form.getByLabel('Who').inputValue()).toBe(aisha.id);
    expect(await faultsOf(supervisor)).toEqual([]);
    await supervisor.screenshot({ path: path.join(pictures, 'conflict-form.png'), fullPage: true });
  });

  it('closes the case to whoever is named, and takes their open page away without a word of it', async () => {
    await colleague.locator('tbody tr a').first().click();
    await colleague.getByRole('heading', { name: 'Lines and their evidence' }).waitFor();
    const form = supervisor.getByRole('form', { name: 'Name somebody' });
    await form.getByLabel('Number of your force’s record').fill('PSD/2026-0012');
    await form.getByRole('button', { name: 'Close the case to them' }).click();
    await supervisor.getByText('closed to them').waitFor();
    expect(await announced(supervisor)).toContain(`The case is closed to ${aisha.name}.`);
    expect(await focused(supervisor)).toBe('Conflict of interest');
    const item = await supervisor.locator('main li').first().innerText();
    expect(item).toContain('Record PSD/2026-0012.');
    await colleague.getByRole('button', { name: 'Next unchecked line' }).click();
    await colleague.keyboard.press('c');
    await colleague.getByRole('button', { name: 'Try again' }).waitFor();
    const left = await colleague.locator('main').innerText();
    expect(left).not.toMatch(/Lines and their evidence|conflict/i);
    expect(await faultsOf(supervisor)).toEqual([]);
  });

  it('is lifted with a reason, and stays in the list', async () => {
    await supervisor.getByRole('button', { name: `Open it to ${aisha.name} again` }).click();
    const form = supervisor.getByRole('form', { name: `Open it to ${aisha.name} again` });
    await form.getByRole('button', { name: 'Open it again' }).click();
    await form.getByRole('alert').getByText('Choose why.').waitFor();
    await form.getByLabel('Why').selectOption('named-in-error');
    await form.getByRole('button', { name: 'Open it again' }).click();
    await supervisor.getByText('Named in error').waitFor();
    expect(await announced(supervisor)).toContain(`The case is open to ${aisha.name} again`);
    await colleague.getByRole('button', { name: 'Try again' }).click();
    await colleague.getByRole('heading', { name: 'Lines and their evidence' }).waitFor();
    expect(await faultsOf(supervisor)).toEqual([]);
  });

  it('is declared by the officer, for whom the case then is none', async () => {
    await officer.locator('tbody tr a').first().click();
    await officer
      .getByRole('button', { name: 'I have a conflict of interest in this case' })
      .click();
    const form = officer.getByRole('form', { name: 'Declare a conflict of interest' });
    expect(await officer.evaluate('document.activeElement?.tagName')).toBe('INPUT');
    expect(await faultsOf(officer)).toEqual([]);
    await form.getByRole('button', { name: 'Declare it and close the case to me' }).click();
    await officer.getByRole('heading', { level: 1, name: 'Reviews' }).waitFor();
    expect(await announced(officer)).toContain('You declared a conflict of interest in');
    expect(await officer.locator('tbody tr').count()).toBe(0);
    expect(faults).toEqual([]);
  });
});
