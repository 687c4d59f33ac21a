import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadReal } from '../real-knowledge.js';
import { pictures } from './chat.js';
import { callHandler, type FakeTab, otherSupervisor, startFakeTab } from './fake-tab-api.js';
import { browserOptions, findBrowser } from './programs.js';

/** The built review page (`npm run build:tab`) in a real browser, over real flows with stores in memory. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const built = path.join(import.meta.dirname, '../../dist/tab');

let tab: FakeTab;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  // Chromium would not let a page of the outside, such as Teams, frame one of this machine.
  const args = [...browserOptions, '--disable-features=LocalNetworkAccessChecks'];
  browser = await chromium.launch({ executablePath: findBrowser(), args });
});
afterAll(() => browser?.close());

beforeEach(async () => {
  tab = await startFakeTab(await loadReal());
  faults.length = 0;
  page = await open();
});
afterEach(async () => {
  await context?.close();
  await tab?.stop();
});

type Look = {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly contrast?: 'more' | 'no-preference';
};

async function open({ width = 1280, height = 900, scheme, contrast }: Look = {}): Promise<Page> {
  await context?.close();
  context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme ?? 'light',
    contrast: contrast ?? 'no-preference',
    // axe is put into the page by the test; the policy itself is that of the page.
    bypassCSP: false,
  });
  const next = await context.newPage();
  next.setDefaultTimeout(8_000);
  next.on('pageerror', (error) => faults.push(error.message));
  next.on('console', (entry) => {
    if (entry.type() === 'error') faults.push(entry.text());
  });
  return next;
}

async function go(hash: string): Promise<void> {
  await page.goto(`${tab.address}${hash}`);
  await page.locator('main h1').waitFor();
}

const openReview = async () => {
  await go(`#/reviews/${tab.id}`);
  await page.getByRole('heading', { level: 1, name: tab.caseRef }).waitFor();
};
const said = () => page.getByTestId('live').innerText();
const focused = () =>
  page.evaluate<string>(
    '(document.activeElement?.dataset.line ?? "").split(" ").slice(1).join(" ")',
  );
const keep = (name: string, isWhole = false) =>
  page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: isWhole });

type Violation = { readonly id: string; readonly nodes: readonly string[] };

async function violations(): Promise<readonly Violation[]> {
  await page.evaluate(axe);
  return page.evaluate<readonly Violation[]>(`axe.run(
    { exclude: [['[data-tabster-dummy]']] },
    { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  ).then(({ violations }) => violations.map(({ id, nodes }) => ({
    id, nodes: nodes.map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary),
  })))`);
}

/** Pixels by which the page is wider than its window. */
const overflow = () =>
  page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );

describe('the queue', () => {
  it('shows what waits, most urgent first, with counts of every state', async () => {
    await go('');
    await expect.poll(() => page.locator('.states').innerText()).toMatch(/Waiting 8\d/);
    expect(await page.locator('tbody tr').count()).toBe(50);
    expect(await page.locator('tbody tr').first().innerText()).toContain('2 RED flags');
    await page.getByRole('link', { name: /^Returned/ }).click();
    await expect.poll(() => page.locator('main').innerText()).toMatch(/of 12 reviews, returned/);
    expect(faults).toEqual([]);
  });

  it('turns pages at the server and says where it is', async () => {
    await go('');
    await page.getByRole('button', { name: 'Next page' }).click();
    await expect.poll(() => page.locator('main').innerText()).toContain('51 to 8');
    await expect.poll(said).toContain('51 to 8');
    expect(await page.locator('tbody tr').count()).toBeLessThan(50);
  });

  it('finds a case by its reference, and says honestly when nothing matches', async () => {
    await go('');
    const search = page.getByLabel('Case reference');
    await search.fill(tab.caseRef.slice(3, 7));
    await search.press('Enter');
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await page.getByText('Filters', { exact: true }).click();
    await page.getByLabel('Flags').selectOption('red');
    await expect.poll(() => page.locator('main').innerText()).toContain('Others may: clear them');
    await page.getByRole('button', { name: /^Clear search/ }).click();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(50);
  });

  const filters: readonly (readonly [string, string, string | undefined, RegExp])[] = [
    ['Flags', 'red', undefined, /RED flag/],
    ['Flags', 'amber', undefined, /AMBER flag/],
    ['Handed to', 'nobody', undefined, /^(?![\s\S]*Handed to)/],
    ['Waiting for', '168', undefined, /\b([7-9]|\d\d+) days/],
    ['Check date or end of an order', '7', undefined, /Section 2A check|Order ends/],
    ['Script', '', 'identification', /identification/],
    ['Team', '', 'Response east', /Response east/],
    ['Author', '', 'Sam Okafor', /Sam Okafor/],
  ];
  it.each(filters)('shows by “%s” only what is so', async (label, value, typed, shown) => {
    await go('');
    await page.locator('tbody tr').first().waitFor();
    const all = await page.locator('main').innerText();
    await page.getByText('Filters', { exact: true }).click();
    const field = page.locator('.filters').getByLabel(label, { exact: true });
    if (typed) {
      await field.fill(typed);
      await field.press('Enter');
    } else await field.selectOption(value);
    await expect
      .poll(() => page.locator('main').innerText())
      .not.toContain(/of 8\d/.exec(all)?.[0]);
    const rows = await page.locator('tbody tr').allInnerTexts();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => !shown.test(row))).toEqual([]);
  });

  it('shows whoever looks what is handed to them', async () => {
    await go('');
    await page.getByLabel('Local mode: work as').selectOption(otherSupervisor.id);
    await page.getByText('Filters', { exact: true }).click();
    await page.locator('.filters').getByLabel('Handed to').selectOption('me');
    await expect.poll(() => page.locator('main').innerText()).toContain('1 to 7 of 7 reviews');
    const rows = await page.locator('tbody tr').allInnerTexts();
    expect(rows.filter((row) => row.includes('Handed to you'))).toHaveLength(7);
  });

  it('takes in a new review without a reload, and says so', async () => {
    await go('');
    await expect.poll(() => page.locator('.states').innerText()).toContain('Waiting 84');
    await tab.arrive();
    await expect.poll(() => page.locator('.states').innerText()).toContain('Waiting 85');
    await expect.poll(() => page.locator('main').innerText()).toContain('1 to 50 of 85');
    expect(await said()).toContain('1 new review waiting. 85 in all.');
  });

  it('keeps showing the rows when the server fails, and says what happened', async () => {
    await go('');
    await page.locator('tbody tr').first().waitFor();
    tab.breakAt('reviews');
    await page.getByLabel('Order', { exact: true }).selectOption('oldest');
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('Something failed');
    expect(await page.locator('tbody tr').count()).toBe(50);
    tab.breakAt(undefined);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  });
});

describe('one review', () => {
  beforeEach(openReview);

  it('shows each line with its status, and for each of them the evidence', async () => {
    const lines = page.locator('button.line');
    expect(tab.lines).toBeGreaterThan(60);
    expect(await lines.count()).toBe(tab.lines);
    const without = await page.evaluate<readonly string[]>(`(async () => {
      const without = [];
      for (const line of document.querySelectorAll('button.line')) {
        line.focus();
        await new Promise((done) => setTimeout(done));
        const evidence = document.querySelector('.evidence');
        if (!/Question|Rests on/.test(evidence.innerText)) without.push(line.dataset.line);
      }
      return without;
    })()`);
    expect(without).toEqual([]);
  });

  it('shows a reply as it was said, by whom, when, what it replaced and why, and its source', async () => {
    await page.locator('[data-line$=" FC10"]').click();
    const evidence = await page.locator('.evidence').innerText();
    for (const part of [
      'Evidence for FC10',
      'is it safe for me to ring you straight back',
      'Text first',
      'The caller',
      'Priya Nair',
      'The person corrected it',
      'Checked on',
    ])
      expect(evidence).toContain(part);
  });

  it('is worked through by keyboard alone', async () => {
    await page.getByRole('button', { name: 'Next unchecked line' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Home');
    expect(await focused()).toBe('FC01');
    await page.keyboard.press('j');
    expect(await focused()).toBe('FC02');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('FC01');
    await page.keyboard.press('c');
    await expect.poll(said).toContain('FC01 checked');
    await page.keyboard.press('n');
    expect(await focused()).toBe('FC02');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Evidence for FC02');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('FC02');
    await page.keyboard.press('w');
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    await page.keyboard.type('jck');
    expect(await page.getByLabel('The line in your words').inputValue()).toContain('jck');
  });

  it('refuses words that must not stand, with reason, source and better ones, and keeps them typed', async () => {
    await page.locator('[data-line$=" FC02"]').focus();
    await page.keyboard.press('w');
    await page.getByLabel('The line in your words').fill('Advised her to just block him.');
    await page.getByLabel('Why*').fill('Shorter');
    await page.getByRole('button', { name: 'Save the words' }).click();
    const refusal = page.locator('.refusal');
    await refusal.waitFor();
    expect(await refusal.innerText()).toMatch(/Cannot be saved|Please reconsider/);
    expect(await refusal.innerText()).toContain('Better:');
    await page.locator('[data-line$=" FC04"]').focus();
    await page.locator('[data-line$=" FC02"]').focus();
    expect(await page.getByLabel('The line in your words').inputValue()).toBe(
      'Advised her to just block him.',
    );
    await page.getByLabel('The line in your words').fill('Could talk freely when she rang.');
    await page.getByRole('button', { name: 'Save the words' }).click();
    await expect.poll(() => page.locator('.evidence').innerText()).toContain('Changed in review');
  });

  it('asks a reason for a point that is not answered yes, and shows who answered', async () => {
    const first = page.locator('.points > li').first();
    await first.getByRole('button', { name: 'No', exact: true }).click();
    await first.getByRole('button', { name: 'Save the reason' }).click();
    await expect.poll(() => first.innerText()).toContain('Give the reason.');
    await first.getByRole('textbox').fill('Not yet told to the duty inspector.');
    await first.getByRole('button', { name: 'Save the reason' }).click();
    await expect.poll(() => first.innerText()).toContain('Tom Hughes');
  });

  it('returns with reasons, a note and the lines in question', async () => {
    await page.locator('[data-line$=" FC10"]').focus();
    await page.keyboard.press('q');
    await page.getByRole('button', { name: 'Return to the author' }).click();
    await page.getByRole('button', { name: /^Return version/ }).click();
    await expect
      .poll(() => page.getByRole('form', { name: 'Return' }).innerText())
      .toContain('Choose at least one.');
    await page.getByLabel('Earlier reports and linked victims were not searched for').check();
    await page.getByLabel('Note to the author').fill('Please search the address.');
    await page.getByRole('button', { name: /^Return version/ }).click();
    await expect.poll(() => page.locator('.head').innerText()).toContain('by Tom Hughes');
    expect(await page.locator('.head').innerText()).toContain('FC10');
  });

  it('names the open points when an approval comes too early', async () => {
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByRole('button', { name: /^Approve version/ }).click();
    await expect.poll(() => page.locator('.refusal').innerText()).toContain('15.');
  });

  it('shows what changed when somebody else was faster, and keeps the note', async () => {
    const line = await page.locator('[data-line$=" FC02"]').getAttribute('data-line');
    const edit = { kind: 'line-edited', line, text: 'Could talk freely.', why: 'Plainer' };
    await tab.actAs(otherSupervisor, edit);
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByLabel('Note (optional)').fill('Read in full.');
    await page.getByRole('button', { name: /^Approve version/ }).click();
    await expect.poll(() => page.locator('.refusal').innerText()).toContain('Could talk freely.');
    expect(await page.getByLabel('Note (optional)').inputValue()).toBe('Read in full.');
  });

  it('says who decided when it is already decided', async () => {
    const back = { kind: 'returned', codes: ['wording'], note: 'Plainer, please.', lines: [] };
    await tab.actAs(otherSupervisor, back);
    await page.getByRole('button', { name: 'Hand to another supervisor' }).click();
    await page.getByLabel('To*').selectOption(otherSupervisor.id);
    await page.getByRole('button', { name: 'Hand it on' }).click();
    await expect.poll(() => page.locator('.head').innerText()).toContain('by Aisha Khan');
  });

  it('keeps what was typed when the server cannot be reached', async () => {
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByLabel('Note (optional)').fill('Read in full.');
    tab.breakAt('acts');
    await page.getByRole('button', { name: /^Approve version/ }).click();
    await expect.poll(() => page.locator('.refusal').innerText()).toContain('Something failed');
    expect(await page.getByLabel('Note (optional)').inputValue()).toBe('Read in full.');
  });

  it('shows beside a line what the guidance says at the place it rests on', async () => {
    await page.locator('[data-line$=" FC10"]').click();
    const quoted = page.locator('.evidence blockquote').first();
    expect(await quoted.innerText()).toMatch(
      /Our guidance at the same place, “[^”]+”[\s\S]+Passage checked on \d/,
    );
  });

  it('opens for its author, when returned, at the first line in question, and is sent again', async () => {
    const line = (await page.locator('[data-line$=" FC10"]').getAttribute('data-line')) ?? '';
    const back = { kind: 'returned', codes: ['wording'], note: 'Plainer, please.', lines: [line] };
    await tab.actAs(otherSupervisor, back);
    await page.getByLabel('Local mode: work as').selectOption(callHandler.id);
    await page.reload();
    await expect.poll(focused).toBe('FC10');
    expect(await page.locator('[data-line$=" FC10"]').innerText()).toContain('in question');
    const box = await page.locator('[data-line$=" FC10"]').boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect(box?.y).toBeLessThan(900);
    // From the top: a line that is scrolled half under the bar above is not a target that is too small.
    await page.evaluate('scrollTo(0, 0)');
    expect(await violations()).toEqual([]);
    await page.getByLabel('Note to the supervisor (optional)').fill('Said again, plainer.');
    await page.getByRole('button', { name: 'Send again as version 2' }).click();
    await expect.poll(() => page.locator('.head').innerText()).toContain('Version 2, sent by');
    expect(await page.locator('.head').innerText()).toContain('Said again, plainer.');
  });

  it('shows words in the officer’s own notes that could do harm, with reason, source and better ones', async () => {
    const head = page.locator('.head');
    expect(await head.innerText()).toContain('Words to reconsider in FC20c');
    await head.getByRole('button', { name: 'FC20c' }).click();
    expect(await focused()).toBe('FC20c');
    const evidence = await page.locator('.evidence').innerText();
    expect(evidence).toContain('Words to reconsider');
    expect(evidence).toContain('block him');
    expect(evidence).toContain('Better:');
    expect(evidence).toMatch(/Better:[\s\S]*Checked on \d/);
    expect(await page.locator('[data-line$=" FC20c"]').innerText()).toContain(
      'words to reconsider',
    );
  });

  it('says so where a source is the force’s own policy, which is not held here', async () => {
    await page.locator('[data-line$=" FC03"]').click();
    const cites = await page.locator('.evidence .cites').innerText();
    expect(cites).toContain('Your force’s policy; not held here.');
    expect(cites).not.toContain('Checked on');
  });

  it('shows what changed when it was sent again, beside why it was returned and the answer', async () => {
    const line = (await page.locator('[data-line$=" FC11"]').getAttribute('data-line')) ?? '';
    const back = {
      ...{ kind: 'returned', codes: ['safe-contact-missing'] },
      ...{ note: 'Whose number is it?', lines: [line] },
    };
    await tab.actAs(otherSupervisor, back);
    await tab.correct('It is her sister’s, see FC11.');
    await page.reload();
    const since = page.locator('section.since');
    await since.waitFor();
    const words = await since.innerText();
    for (const part of [
      'Since version 1 was returned',
      'A safe way of contact is missing',
      'Whose number is it?',
      'It is her sister’s, see FC11.',
      'Changed (',
      'Text after six.',
      'Text her sister, never the house phone.',
    ])
      expect(words).toContain(part);
    await since.getByRole('button', { name: 'Line FC11' }).click();
    expect(await focused()).toBe('FC11');
    const face = await page.locator('[data-line$=" FC11"]').innerText();
    expect(face).toContain('changed since version 1');
    expect(face).toContain('in question');
    expect(await page.locator('.evidence').innerText()).toContain('In version 1:');
    expect(await violations()).toEqual([]);
    await page.evaluate('scrollTo(0, 0)');
    await keep('tab sent again');
  });

  it('opens an earlier version to be read, with its decision, and the way back', async () => {
    const back = { kind: 'returned', codes: ['wording'], note: 'Plainer, please.', lines: [] };
    await tab.actAs(otherSupervisor, back);
    await tab.correct('Plainer now.');
    await page.reload();
    await page.getByText('Versions (2)').click();
    await page.getByRole('link', { name: 'Read version 1' }).click();
    await page.getByRole('heading', { level: 1, name: 'version 1' }).waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    const head = await page.locator('.head').innerText();
    expect(head).toContain('Nothing can be done in it.');
    expect(head).toContain('Returned: version 1, by Aisha Khan');
    expect(await page.locator('[data-line$=" FC11"]').innerText()).toContain('Text after six.');
    for (const name of ['Change the words', 'Approve', 'Return to the author', 'Yes'])
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    expect(await violations()).toEqual([]);
    await keep('tab earlier version');
    await page.getByRole('link', { name: 'Open version 2, the newest' }).click();
    await expect.poll(() => page.locator('main h1').innerText()).not.toContain('version');
    expect(await page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('shows the history of its case', async () => {
    await page.getByRole('link', { name: 'History of this case' }).click();
    await expect.poll(() => page.locator('main').innerText()).toContain('review read');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
  });

  it('shows its picture of the timeline, and the same in words', async () => {
    const isDrawn = 'document.querySelector(".picture")?.naturalWidth > 0';
    await expect.poll(() => page.evaluate(isDrawn)).toBe(true);
    await page.getByText('Entries as they were said').click();
    expect(await page.locator('main').innerText()).toContain('Rang eleven times in one night');
  });
});

describe('one case after the other', () => {
  const refs = () => page.locator('tbody th a').allInnerTexts();
  const returnIt = async () => {
    await page.getByRole('button', { name: 'Return to the author' }).click();
    await page.getByLabel('The wording needs to change').check();
    await page.getByLabel('Note to the author').fill('Plainer, please.');
    await page.getByRole('button', { name: /^Return version/ }).click();
  };
  const onward = () =>
    page.evaluate<string>(
      'document.activeElement.matches(".onward") && document.activeElement.innerText',
    );

  it('offers after each decision the next of the queue it was opened from, by keyboard', async () => {
    await go('#/queue?flag=amber&sort=oldest');
    await page.locator('tbody tr').first().waitFor();
    const [first = '', second = '', third = ''] = await refs();
    await page.locator('tbody th a').first().press('Enter');
    await page.getByRole('heading', { level: 1, name: first }).waitFor();
    await returnIt();
    await expect.poll(onward).toContain(`Next case: ${second}`);
    await expect.poll(said).toContain(`Next case: ${second}`);
    await keep('tab next case');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: second }).waitFor();
    await page.getByRole('button', { name: 'Hand to another supervisor' }).click();
    await page.getByLabel('To*').selectOption(otherSupervisor.id);
    await page.getByRole('button', { name: 'Hand it on' }).click();
    await expect.poll(onward).toContain(`Next case: ${third}`);
    await page.getByRole('link', { name: 'Back to the queue' }).click();
    await expect.poll(refs).not.toContain(first);
    expect(await page.getByLabel('Order', { exact: true }).inputValue()).toBe('oldest');
    expect(faults).toEqual([]);
  });

  it('passes over a case without deciding, and says when nothing else waits', async () => {
    await go(`#/queue?search=${tab.caseRef}`);
    await page.locator('tbody th a').click();
    await page.getByRole('heading', { level: 1, name: tab.caseRef }).waitFor();
    await page.getByRole('button', { name: 'Next waiting case' }).click();
    const nav = page.getByRole('navigation', { name: 'The queue' });
    await expect.poll(() => nav.innerText()).toContain('Nothing else waits for you');
    expect(await page.evaluate('document.activeElement.innerText')).toBe('Back to the queue');
  });

  it('says what failed when the next cannot be looked for, and tries again', async () => {
    await go('#/queue?flag=amber');
    await page.locator('tbody th a').first().click();
    await page.getByRole('button', { name: 'Next waiting case' }).waitFor();
    tab.breakAt('reviews');
    await page.getByRole('button', { name: 'Next waiting case' }).click();
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('Something failed');
    tab.breakAt(undefined);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(onward).toContain('Next case: ');
  });
});

describe('the overview', () => {
  it('shows every chart in numbers as well, and one team alone', async () => {
    await go('#/overview');
    await page.getByText('Printed for professional judgement: as a table').click();
    expect(await page.locator('table.numbers').first().innerText()).toContain('fewer than 5');
    await page.getByLabel('Team', { exact: true }).selectOption('Response east');
    await expect.poll(() => page.locator('.charts section').count()).toBe(1);
    expect(await page.getByLabel('Team', { exact: true }).inputValue()).toBe('Response east');
  });
});

describe('everybody', () => {
  it('is offered the views that are theirs, and nothing typed by another', async () => {
    await go('');
    await page
      .getByLabel('Local mode: work as')
      .selectOption({ label: 'Grace Lloyd (administrator)' });
    await expect
      .poll(() => page.getByRole('navigation', { name: 'Views' }).innerText())
      .toBe('Overview\nPeriod over\nGuidance\nAudit');
  });
});

const looks: readonly (readonly [string, Look])[] = [
  ['light', {}],
  ['dark', { scheme: 'dark' }],
  ['contrast', { contrast: 'more' }],
  ['at 320 px', { width: 320, height: 640 }],
  // A window of 1280 by 900 at 200 % zoom.
  ['at 640 px', { width: 640, height: 450 }],
];
const views = ['', '#/commitments', '#/overview', '#/due', '#/audit', 'review', 'history'] as const;

describe.each(looks)('%s', (name, look) => {
  it('every view stands up to axe and fits its window', async () => {
    page = await open(look);
    const found: (Violation & { readonly view: string })[] = [];
    for (const view of views) {
      const hash = { review: `#/reviews/${tab.id}`, history: `#/reviews/${tab.id}/history` };
      await go(view === 'review' || view === 'history' ? hash[view] : view);
      await page.waitForLoadState('networkidle').catch(() => undefined);
      if (view === 'review') {
        await page.getByRole('button', { name: 'Return to the author' }).click();
        await page.locator('[data-line$=" FC10"]').focus();
        await page.keyboard.press('w');
        await page.locator('.points button', { hasText: 'No' }).first().click();
        await page.evaluate('scrollTo(0, 0)');
      }
      await keep(`tab ${name} ${view.replace(/\W/g, '') || 'queue'}`);
      if (view === 'review') {
        await keep(`tab ${name} review whole`, true);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Keep the line as it was' }).click();
        await page.evaluate('document.getElementById("head-lines").scrollIntoView()');
        await keep(`tab ${name} review lines`);
      }
      expect(await overflow()).toBe(0);
      found.push(...(await violations()).map((one) => ({ view, ...one })));
    }
    expect(found).toEqual([]);
    expect(faults).toEqual([]);
  });
});

describe('framed by Teams', () => {
  /** A page at Teams' address that frames the tab and answers as Teams does, or says nothing. */
  const frame = async (isSilent: boolean) => {
    const teams = 'https://teams.microsoft.com/frame';
    const context = { theme: 'dark', subEntityId: tab.id, hostClientType: 'web', locale: 'en-gb' };
    const script = `
      const told = [];
      addEventListener('message', ({ data, source, origin }) => {
        told.push(data.func);
        const answers = {
          initialize: ['content', 'web', '{"apiVersion":4,"hostVersionsInfo":{},"isLegacyTeams":true,"supports":{}}', '2.0.0'],
          getContext: [${JSON.stringify(context)}],
        };
        const args = answers[data.func];
        if (args && !${isSilent}) source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args }, origin);
      });`;
    await page.route(teams, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>Teams</title><script>${script}</script><iframe src="${tab.address}" width="1200" height="800"></iframe>`,
      }),
    );
    await page.goto(teams);
    return page.frameLocator('iframe');
  };

  it('takes on its theme, opens the review of a deep link and says that it is there', async () => {
    const inside = await frame(false);
    await inside.getByRole('heading', { level: 1, name: tab.caseRef }).waitFor();
    expect(await inside.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await page.evaluate('told')).toEqual(
      expect.arrayContaining(['appInitialization.appLoaded', 'appInitialization.success']),
    );
  });

  it('gives a document to keep, asked for by keyboard and with no word of it in an address', async () => {
    for (let point = 1; point <= 15; point += 1)
      await tab.actAs(otherSupervisor, { kind: 'point-answered', point, answer: 'yes' });
    expect(await tab.actAs(otherSupervisor, { kind: 'approved' })).toMatchObject({ kind: 'saved' });
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    const purpose = (await frame(false)).getByLabel('What it is for');
    await purpose.fill('For Zelda’s solicitor');
    const [download] = await Promise.all([page.waitForEvent('download'), purpose.press('Enter')]);
    expect(download.suggestedFilename()).toBe(`${tab.caseRef}-summary-v1.docx`);
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual({
      ...{ format: 'docx', purpose: 'For Zelda’s solicitor' },
    });
    expect(addresses.length).toBeGreaterThan(1);
    expect(addresses.filter((address) => address.includes('Zelda'))).toEqual([]);
  });

  it('works as in a browser when whoever frames it stays silent', async () => {
    const inside = await frame(true);
    await inside.getByRole('heading', { level: 1, name: 'Reviews' }).waitFor();
    expect(await inside.locator('html').getAttribute('data-theme')).toBe('light');
  });
});

describe('the bundle', () => {
  it('is below 350 kB gzipped before lazy parts', () => {
    const html = readFileSync(path.join(built, 'index.html'), 'utf8');
    const first = readdirSync(path.join(built, 'assets')).filter(
      (name) => name.endsWith('.js') && html.includes(name),
    );
    const sizes = first.map(
      (name) => gzipSync(readFileSync(path.join(built, 'assets', name))).length,
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(350_000);
  });
});
