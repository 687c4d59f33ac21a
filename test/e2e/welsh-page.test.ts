import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { english, welsh as inWelsh } from '../../bot/tab/page/words/catalogue.js';
import { translated } from '../../src/core/words-translation.js';
import { loadReal } from '../real-knowledge.js';
import { type FakeTab, startFakeTab } from './fake-tab-api.js';
import { faultsOf } from './page-of.js';
import { browserOptions, findBrowser } from './programs.js';

/** The built review page (`npm run build:tab`) in Welsh. */

const welsh = translated(english, inWelsh);

let tab: FakeTab;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  // Chromium would not let a page of the outside, such as Teams, frame one of this machine.
  const args = [...browserOptions, '--disable-features=LocalNetworkAccessChecks'];
  browser = await chromium.launch({ executablePath: findBrowser(), args });
});
afterAll(() => browser?.close());

beforeEach(async () => {
  tab = await startFakeTab(await loadReal());
  faults.length = 0;
});
afterEach(async () => {
  await context?.close();
  await tab?.stop();
  expect(faults).toEqual([]);
});

async function openIn(locale: string): Promise<void> {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale });
  page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on('pageerror', (error) => faults.push(error.message));
}

async function openReview(): Promise<void> {
  await page.goto(`${tab.address}#/reviews/${tab.id}`);
  await page.getByRole('heading', { level: 1, name: tab.caseRef }).waitFor();
}

const langOfPage = () => page.locator('html').getAttribute('lang');

/**
 * Texts and spoken names that hold a small English word and are not marked as English. In a name, what stands marked
 * elsewhere on the page does not count: an attribute has one language.
 */
const unmarkedEnglish = () =>
  page.evaluate<readonly string[]>(`(() => {
    const english = /\\b(?:the|of|and|with|was|for|not|is|are|this|by)\\b/i;
    const walker = document.createTreeWalker(document.querySelector('#page'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (english.test(node.data) && !node.parentElement.closest('[lang="en"], style')) found.push(node.data);
    }
    const marked = [...document.querySelectorAll('[lang="en"]')].map((one) => one.textContent).filter(Boolean);
    for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        const own = marked.reduce((left, words) => left.replaceAll(words, ''), one.getAttribute(name) ?? '');
        if (english.test(own)) found.push(own);
      }
    return found;
  })()`);

describe('the page in Welsh', () => {
  it('opens by the language of the browser, with months and plurals of its own', async () => {
    await openIn('cy-GB');
    await page.goto(tab.address);
    await page.getByRole('heading', { level: 1, name: 'Adolygiadau' }).waitFor();
    await page.getByRole('region', { name: 'Canlyniadau' }).getByRole('table').waitFor();
    expect([await langOfPage(), await page.title()]).toEqual([
      'cy',
      'Adolygiadau · Adolygu Signpost',
    ]);
    expect(await page.getByText(/^Baneri COCH: \d+$/).count()).toBeGreaterThan(0);
    expect(
      await page.getByText(/ (?:Hydref|Tachwedd|Rhagfyr|Ionawr) \d{4}, /).count(),
    ).toBeGreaterThan(0);
    expect(await unmarkedEnglish()).toEqual([]);
    expect(await faultsOf(page)).toEqual([]);
  });

  it('shows a review with what was said, asked and quoted marked as English', async () => {
    await openIn('cy-GB');
    await openReview();
    await page.getByRole('heading', { name: 'Llinellau a’u tystiolaeth' }).waitFor();
    const evidence = page.getByRole('region', { name: /^Tystiolaeth ar gyfer/ });
    const asked = evidence.locator('dd').first();
    expect([
      await asked.getAttribute('lang'),
      await page.locator('[data-line] .text').first().getAttribute('lang'),
    ]).toEqual(['en', 'en']);
    const points = page.locator('.point > span:first-child');
    expect(await points.allInnerTexts()).toEqual(welsh.core.points);
    expect(await page.locator('.point > span:first-child[lang]').count()).toBe(0);
    expect(await unmarkedEnglish()).toEqual([]);
    expect(await faultsOf(page)).toEqual([]);
  });

  it.each([
    ['#/commitments', 'Ymrwymiadau'],
    ['#/overview', 'Trosolwg'],
    ['#/due', 'Cyfnod ar ben'],
    ['#/audit', 'Cofnod archwilio'],
    ['history', 'Hanes yr achos hwn'],
  ])('shows %s with nothing in English that is not marked so', async (view, heading) => {
    await openIn('cy-GB');
    await page.goto(`${tab.address}${view === 'history' ? `#/reviews/${tab.id}/history` : view}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.locator('main table, main .chart').first().waitFor({ state: 'attached' });
    expect(await unmarkedEnglish()).toEqual([]);
    expect(await faultsOf(page)).toEqual([]);
  });

  it('says in the overview what is counted in Welsh, and marks what stands as it was recorded', async () => {
    await openIn('cy-GB');
    await page.goto(`${tab.address}#/overview`);
    await page.getByRole('heading', { level: 2, name: welsh.overview.titles.returns }).waitFor();
    const rowsOf = (place: number) =>
      page
        .locator('table.numbers')
        .nth(place)
        .locator('tbody th, tbody td')
        .evaluateAll((cells) =>
          cells.map((cell) => [cell.textContent, cell.getAttribute('lang')] as const),
        );
    expect([await rowsOf(0), await rowsOf(1), await rowsOf(2)]).toEqual([
      [
        ...[
          ['Stalking identification: I-1', 'en'],
          ['31', null],
        ],
        ...[
          ['Stalking identification: I-2', 'en'],
          ['12', null],
        ],
        ...[
          ['Needs and plan: I-9', 'en'],
          ['llai na 5', null],
        ],
      ],
      [
        ...[
          ['Response east, wythnos 16 Tachwedd 2026', null],
          ['7', null],
        ],
        ...[
          ['ni enwyd tîm, wythnos 16 Tachwedd 2026', null],
          ['llai na 5', null],
        ],
      ],
      [
        ['Ni ofynnwyd am yr effaith ar y person', null],
        ['6', null],
      ],
    ]);
  });

  it('says in Welsh that an act was refused, and what its forms lack', async () => {
    await openIn('cy-GB');
    await openReview();
    await page.getByRole('button', { name: 'Cymeradwyo', exact: true }).click();
    await page.getByRole('button', { name: 'Cymeradwyo fersiwn 1' }).click();
    const box = page.getByRole('alert').filter({ hasText: 'Heb ei gadw.' });
    await box.waitFor();
    const open = await box.locator('ul').first().locator('li').allInnerTexts();
    expect(open).toEqual(welsh.core.points.map((point, place) => `${place + 1}. ${point}`));
    await page.getByRole('button', { name: 'Dychwelyd i’r awdur' }).click();
    await page.getByRole('button', { name: 'Dychwelyd fersiwn 1' }).click();
    await page.getByText('Dewiswch o leiaf un.').waitFor();
  });

  it('is changed by the switch, with what was typed kept, and stays so when loaded again', async () => {
    await openIn('cy-GB');
    await openReview();
    await page.getByRole('button', { name: 'Cymeradwyo', exact: true }).click();
    await page.getByLabel('Nodyn (dewisol)').fill('Seen with the sergeant');
    const welsh = page.getByRole('button', { name: 'Cymraeg' });
    expect(await welsh.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: `Review of ${tab.caseRef}` }).waitFor();
    expect(await page.getByLabel('Note (optional)').inputValue()).toBe('Seen with the sergeant');
    expect([await langOfPage(), await page.locator('main [lang]').count()]).toEqual(['en-GB', 0]);
    expect(await page.evaluate('JSON.stringify([{...localStorage}, {...sessionStorage}])')).toBe(
      '[{},{"language":"en"}]',
    );
    await page.reload();
    await page.getByRole('heading', { level: 1, name: `Review of ${tab.caseRef}` }).waitFor();
    await welsh.click();
    await page.getByRole('heading', { level: 1, name: `Adolygiad o ${tab.caseRef}` }).waitFor();
    await vi.waitFor(async () => expect(await langOfPage()).toBe('cy'));
  });

  it('opens by the language of Teams, whatever the browser’s', async () => {
    await openIn('en-GB');
    const teams = 'https://teams.microsoft.com/frame';
    const script = `
      addEventListener('message', ({ data, source, origin }) => {
        const answers = {
          initialize: ['content', 'web', '{"apiVersion":4,"hostVersionsInfo":{},"isLegacyTeams":true,"supports":{}}', '2.0.0'],
          getContext: [{ theme: 'default', hostClientType: 'web', locale: 'cy-gb' }],
        };
        const args = answers[data.func];
        if (args) source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args }, origin);
      });`;
    await page.route(teams, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>Teams</title><script>${script}</script><iframe src="${tab.address}" width="1200" height="800"></iframe>`,
      }),
    );
    await page.goto(teams);
    const inside = page.frameLocator('iframe');
    await inside.getByRole('heading', { level: 1, name: 'Adolygiadau' }).waitFor();
    expect(await inside.locator('html').getAttribute('lang')).toBe('cy');
  });

  it('is English for whoever wants neither language', async () => {
    await openIn('fr-FR');
    await page.goto(tab.address);
    await page.getByRole('heading', { level: 1, name: 'Reviews' }).waitFor();
    expect(await langOfPage()).toBe('en-GB');
  });
});
