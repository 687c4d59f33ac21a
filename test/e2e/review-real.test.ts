import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mammoth from 'mammoth';
import { type Browser, chromium, type Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPeople } from '../../bot/tab/demo-people.js';
import { reviewKindPhrases } from '../../src/core/review-phrases.js';
import { type ConnectorDouble, startConnectorDouble } from '../bot/connector-double.js';
import { aPerson, type Card, type Person } from '../running.js';
import { pictures } from './chat.js';
import { browserOptions, findBrowser, findPort, kill, startBot } from './programs.js';

/**
 * The path of a summary through the built program (`npm run build`): a screening finished in the chat, and its review
 * in a real browser to the documents and the audit. The steps follow one another. Over 150 lines, since it is one path.
 */

let directory: string;
let port: number;
let bot: ChildProcess;
let connector: ConnectorDouble;
let browser: Browser;
const pages = new Map<Name, Page>();
const faults: string[] = [];

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  directory = await mkdtemp(path.join(tmpdir(), 'signpost-review-'));
  port = await findPort();
  connector = await startConnectorDouble();
  bot = await startBot(port, directory);
  browser = await chromium.launch({ executablePath: findBrowser(), args: browserOptions });
});
afterAll(async () => {
  await browser?.close();
  if (bot) await kill(bot);
  await connector?.close();
  await rm(directory, { recursive: true, force: true });
});

type Name = 'Sam' | 'Priya' | 'Tom' | 'Aisha';
const demo = (name: Name) => {
  const found = demoPeople.find((one) => one.name.startsWith(name));
  if (!found) throw new Error(`${name} is not of the demo`);
  return found;
};

const running = () => ({ port, connector, logged: () => '', close: async () => undefined });
const inChat = (name: Name): Person =>
  aPerson(running, `real-${name}`, {
    from: { id: `29:${name}`, name: demo(name).name, aadObjectId: demo(name).id },
  });

/** What is said to a first contact; whatever else is asked is not known. */
const said: Readonly<Record<string, string>> = {
  FC01: '2',
  FC02: '1',
  FC03: 'yes',
  FC04: '4',
  FC05: 'no',
  FC11: 'Text her sister',
  FC11b: '3',
  FC20: 'I just want it to stop',
};

/** Returns the card on which the screening ended. */
async function finish(person: Person): Promise<Card> {
  await person.say('screen');
  await person.press('First contact');
  for (let asked = 0; asked < 60; asked += 1) {
    const shown = JSON.stringify(person.card().content);
    if (shown.includes('All questions have been put')) return person.card();
    // A reference such as SP-3CT7-MK44 may end as a question's id does.
    const [, question = ''] = /(?<!-)\b([A-Z]{2}\d{2}[a-z]?\d?) · /.exec(shown) ?? [];
    await person.say(said[question] ?? 'u');
  }
  throw new Error('finishing the screening: it does not end');
}

async function sendFromChat(person: Person): Promise<void> {
  await person.say('summary');
  const before = person.messages().length;
  await person.press('Send to a supervisor');
  expect(person.texts(before)).toEqual([reviewKindPhrases.submitted]);
}

/** A browser of their own in which somebody has the page open. */
async function pageOf(name: Name): Promise<Page> {
  const known = pages.get(name);
  if (known) return known;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (entry) => {
    // A refusal of the server is an answer here.
    const isRefusal = entry.text().startsWith('Failed to load resource');
    if (entry.type() === 'error' && !isRefusal) faults.push(entry.text());
  });
  await page.goto(`http://127.0.0.1:${port}/tab/`);
  const person = page.getByLabel('Local mode: work as');
  await person.selectOption(demo(name).id);
  await expect.poll(() => person.inputValue()).toBe(demo(name).id);
  pages.set(name, page);
  return page;
}

const head = (page: Page) => page.locator('.head').innerText();

async function openFirst(page: Page, state = /^Waiting/): Promise<void> {
  await page.getByRole('link', { name: 'Reviews', exact: true }).click();
  await page.getByRole('link', { name: state }).click();
  await page.locator('tbody tr a').first().click();
  await page.locator('.head').waitFor();
}

async function answerPoints(page: Page): Promise<void> {
  const points = page.locator('.points > li');
  expect(await points.count()).toBe(15);
  for (const point of await points.all())
    await point.getByRole('button', { name: 'Yes', exact: true }).click();
  await expect.poll(() => page.locator('main').innerText()).toContain('15 of 15 answered');
}

async function fillReturn(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Return to the author' }).click();
  await page.getByLabel('The wording needs to change').check();
  await page.getByLabel('Note to the author').fill(note);
}

const pressReturn = (page: Page) => page.getByRole('button', { name: /^Return version/ }).click();

async function exported(page: Page, format: string): Promise<Buffer> {
  const form = page.getByRole('form', { name: 'Export' });
  await form.getByLabel('Format').selectOption(format);
  await form.getByLabel('What it is for').fill('Court file');
  // By keyboard alone: Enter in the field hands the form in.
  const [download, asked] = await Promise.all([
    page.waitForEvent('download'),
    page.waitForRequest((request) => new URL(request.url()).pathname.endsWith('/export')),
    form.getByLabel('What it is for').press('Enter'),
  ]);
  expect([asked.method(), new URL(asked.url()).search, asked.postDataJSON()]).toEqual([
    ...['POST', ''],
    { format, purpose: 'Court file' },
  ]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`^SP-.*-summary-v2\\.${format}$`));
  return readFile(await download.path());
}

describe('a summary, from the chat to the file', () => {
  let finished: Card;

  it('stands in the queue of an open page as soon as it is sent', async () => {
    const tom = await pageOf('Tom');
    await expect.poll(() => tom.locator('.states').innerText()).toMatch(/Waiting 0/);
    finished = await finish(inChat('Sam'));
    await sendFromChat(inChat('Sam'));
    await expect.poll(() => tom.locator('.states').innerText()).toMatch(/Waiting 1/);
    await openFirst(tom);
    expect(await head(tom)).toContain('Version 1, sent by Sam Okafor');
  });

  it('shows beside a line the reply as said, and the passage it rests on with its words', async () => {
    const tom = await pageOf('Tom');
    await tom.locator('[data-line$=" FC11"]').click();
    const evidence = await tom.locator('.evidence').innerText();
    for (const part of [
      'Text her sister',
      'Sam Okafor',
      'Our guidance at the same place, “',
      'Checked on',
    ])
      expect(evidence).toContain(part);
    expect(await tom.locator('[data-line$=" FC11"]').innerText()).toContain('unsafe to pass on');
  });

  it('refuses words that must not stand, and takes others with their reason', async () => {
    const tom = await pageOf('Tom');
    await tom.locator('[data-line$=" FC20"]').focus();
    await tom.keyboard.press('w');
    await tom.getByLabel('The line in your words').fill('Just block him on everything.');
    await tom.getByLabel('Why*').fill('Shorter');
    await tom.getByRole('button', { name: 'Save the words' }).click();
    const refusal = tom.locator('.refusal');
    await refusal.waitFor();
    const words = await refusal.innerText();
    for (const part of ['Cannot be saved', 'Just block', 'Better:', 'Checked on'])
      expect(words).toContain(part);
    await tom.getByLabel('The line in your words').fill('She said she wants it to stop.');
    await tom.getByRole('button', { name: 'Save the words' }).click();
    await expect
      .poll(() => tom.locator('.evidence').innerText())
      .toMatch(/Changed in review[\s\S]*Tom Hughes[\s\S]*Why: Shorter/);
  });

  it('is returned with a reason and the line in question', async () => {
    const tom = await pageOf('Tom');
    await answerPoints(tom);
    await tom.locator('[data-line$=" FC11"]').focus();
    await tom.keyboard.press('q');
    await fillReturn(tom, 'Say which of her sisters.');
    await pressReturn(tom);
    await expect.poll(() => head(tom)).toContain('Returned: version 1, by Tom Hughes');
  });

  it('opens for its author at that line, with the reason', async () => {
    const sam = await pageOf('Sam');
    await openFirst(sam, /^Returned/);
    expect(await head(sam)).toContain('Say which of her sisters.');
    expect(await head(sam)).toContain('The wording needs to change');
    const focused = 'document.activeElement?.dataset.line ?? ""';
    await expect.poll(() => sam.evaluate<string>(focused)).toMatch(/ FC11$/);
    expect(await sam.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
  });

  it('comes back as the next version once its author has corrected it, without what was checked before', async () => {
    const chat = inChat('Sam');
    await chat.press('Back', { card: finished });
    await chat.say('Sgt Nair told at 14:05');
    expect(JSON.stringify(chat.card().content)).toContain('Why?');
    await chat.say('1');
    const sam = await pageOf('Sam');
    await sam.getByLabel('Note to the supervisor (optional)').fill('Sgt Nair was told.');
    await sam.getByRole('button', { name: 'Send again as version 2' }).click();
    await expect.poll(() => head(sam)).toContain('Version 2, sent by Sam Okafor');
    const tom = await pageOf('Tom');
    await openFirst(tom);
    expect(await head(tom)).toContain('Sgt Nair was told.');
    await expect.poll(() => head(tom)).toContain('Version 2, sent by Sam Okafor');
    expect(await head(tom)).toContain('Since version 1 was returned');
    expect(await tom.locator('section.since').innerText()).toMatch(
      /Say which of her sisters\.[\s\S]*Sgt Nair was told\.[\s\S]*Sgt Nair told at 14:05/,
    );
    await tom.getByText('Versions (2)').click();
    await tom.getByRole('link', { name: 'Read version 1' }).click();
    await expect.poll(() => head(tom)).toContain('Nothing can be done in it.');
    expect(await head(tom)).toContain('Returned: version 1, by Tom Hughes');
    expect(await tom.locator('.lines').innerText()).not.toContain('Sgt Nair told at 14:05');
    await tom.getByRole('link', { name: 'Open version 2, the newest' }).click();
    await tom.getByRole('heading', { name: 'Decision' }).waitFor();
    const lines = await tom.locator('.lines').innerText();
    expect(lines).toContain('Sgt Nair told at 14:05');
    expect(lines).toContain('She said she wants it to stop.');
    expect(await tom.locator('main').innerText()).toContain('0 of 15 answered');
  });

  it('is approved, and frozen', async () => {
    const tom = await pageOf('Tom');
    await answerPoints(tom);
    await tom.getByRole('button', { name: 'Approve', exact: true }).click();
    await tom.getByRole('button', { name: /^Approve version 2/ }).click();
    await expect.poll(() => head(tom)).toContain('Approved: version 2, by Tom Hughes');
    expect(await tom.getByRole('button', { name: 'Change the words' }).count()).toBe(0);
  });

  it('leaves as documents that other programs read, in the words that were approved', async () => {
    const tom = await pageOf('Tom');
    const { value: word } = await mammoth.extractRawText({ buffer: await exported(tom, 'docx') });
    const pdf = await getDocumentProxy(new Uint8Array(await exported(tom, 'pdf')));
    const { text: printed } = await extractText(pdf, { mergePages: true });
    for (const text of [word, printed].map((one) => one.replace(/\s+/g, ' ')))
      for (const part of [
        'She said she wants it to stop.',
        'Sgt Nair told at 14:05',
        'Sam Okafor',
        'Tom Hughes',
      ])
        expect(text).toContain(part);
  });

  it('has every step in its history', async () => {
    const tom = await pageOf('Tom');
    await tom.getByRole('link', { name: 'History of this case' }).click();
    await tom.locator('tbody tr').first().waitFor();
    const done = await tom.locator('td[data-label="What"]').allInnerTexts();
    const steps = [
      ...['submitted', 'review read', 'line edited', 'point answered', 'returned'],
      ...['submitted', 'approved', 'exported', 'exported'],
    ];
    const found = steps.reduce((from, step) => {
      const at = done.indexOf(step, from);
      return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
    }, 0);
    expect([found < Number.POSITIVE_INFINITY, done]).toEqual([true, done]);
  });
});

describe('two supervisors at once', () => {
  it('decide, and one decision stands while the other is told', async () => {
    await finish(inChat('Priya'));
    await sendFromChat(inChat('Priya'));
    const both = await Promise.all([pageOf('Tom'), pageOf('Aisha')]);
    for (const page of both) {
      await openFirst(page);
      await fillReturn(page, 'Say more.');
    }
    await Promise.all(both.map(pressReturn));
    for (const page of both)
      await expect
        .poll(() => head(page))
        .toMatch(/Returned: version 1, by (Tom Hughes|Aisha Khan)/);
    const heads = await Promise.all(both.map(head));
    const deciders = heads.map((text) => /Returned: version 1, by (\w+)/.exec(text)?.[1]);
    expect(new Set(deciders).size).toBe(1);
    const told = await Promise.all(both.map((page) => page.locator('.refusal').count()));
    expect(told.toSorted()).toEqual([0, 1]);
    const loser = both[told.indexOf(1)];
    expect(await loser?.locator('.refusal').innerText()).toContain('Not saved.');
  });
});

describe('the page under the policy of the server', () => {
  it('had nothing refused by the browser, and no fault of its own', () => {
    expect(faults).toEqual([]);
  });
});
