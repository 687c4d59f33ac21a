import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';

/** The chat in the playground as a person uses it: words are typed, what is on the cards is pressed. */
export type Chat = {
  /** Types a message and returns what the chat shows last once it has been answered. */
  readonly say: (words: string) => Promise<string>;
  /** Presses a button or row of the newest card and returns what the chat shows last afterwards. */
  readonly press: (label: string) => Promise<string>;
  /** Presses one of the actions offered under an answer. */
  readonly choose: (label: string) => Promise<string>;
  /** Presses what only unfolds something on the card itself. */
  readonly unfold: (label: string) => Promise<string>;
  readonly fill: (words: string) => Promise<void>;
  /** Fills a field of the newest card by its label, or chooses in its list. */
  readonly fillIn: (label: string, words: string) => Promise<void>;
  /** What a field of the newest card holds. */
  readonly look: (label: string) => Promise<string>;
  readonly tick: (label: string) => Promise<void>;
  readonly isTicked: (label: string) => Promise<boolean>;
  /** The picture on the newest card, in words. */
  readonly picture: () => Promise<string>;
  /** What is wrong with how the newest card is drawn, in words; empty when nothing is. */
  readonly faults: () => Promise<readonly string[]>;
  /** The newest message of the bot. */
  readonly read: () => Promise<string>;
  readonly readAll: () => Promise<readonly string[]>;
  /** Keeps a picture of the newest message, or of the whole window. */
  readonly keep: (name: string, part?: 'message' | 'window') => Promise<void>;
  /**
   * The window's width: 1280 is a desk, 360 a phone. After a change the playground no longer hears what is
   * filled into the fields of cards that were drawn before it.
   */
  readonly resize: (width: number) => Promise<void>;
  /** Opens the page anew: nothing said before is shown, and a long chat is quick again. */
  readonly reopen: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export const pictures = path.join(import.meta.dirname, '..', '..', 'test-results');

/** The chat's own follow-up after an answer; see bot/teams/for-playground.ts. */
const followUp = 'What next?';

export async function openChat(browser: Browser, address: string): Promise<Chat> {
  mkdirSync(pictures, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(8_000);
  const box = page.locator('[role=textbox][contenteditable=true]');
  const open = async () => {
    await page.goto(address, { waitUntil: 'domcontentloaded' });
    await box.waitFor();
    await page.addStyleTag({ content: phoneStyle });
    const hideLog = page.getByTitle('Hide log panel');
    if (await hideLog.isVisible()) await hideLog.click();
  };
  await open();

  const messages = page.locator('.fai-OutputCard').filter({ hasNotText: followUp });
  const newest = () => messages.last();
  const readAll = () => messages.allInnerTexts();
  const read = async () =>
    (await messages.count()) === 0
      ? ''
      : (await newest().innerText()).replace(/\nYour response was sent.*$/s, '');

  /** Of all messages only the number: to read them all each time takes long in a long chat. */
  const state = async () => `${await messages.count()} ${await read()}`;

  /** Acts, and waits until the chat shows something else and has stopped changing. */
  const settle = async (act: () => Promise<void>) => {
    const before = await state();
    await act();
    let last = before;
    for (let tries = 0; tries < 200; tries += 1) {
      await wait(50);
      const now = await state();
      if (now !== before && now === last) return read();
      last = now;
    }
    throw new Error(`waiting for the chat to answer; it shows: ${await read()}`);
  };

  return {
    say: (words) =>
      settle(async () => {
        await box.click();
        await page.keyboard.insertText(words);
        await page.keyboard.press('Enter');
      }),
    press: (label) => settle(() => pressable(newest(), label).click()),
    choose: (label) => settle(() => page.getByRole('button', { name: label, exact: true }).click()),
    unfold: async (label) => {
      await pressable(newest(), label).click();
      return read();
    },
    fill: (words) => newest().locator('textarea, input[type=text]').first().fill(words),
    fillIn: async (label, words) => {
      const field = newest().getByLabel(label).first();
      if ((await field.getAttribute('role')) !== 'combobox') return field.fill(words);
      await field.click();
      await page.getByRole('option', { name: words, exact: true }).click();
    },
    look: (label) => newest().getByLabel(label).first().inputValue(),
    isTicked: (label) => newest().locator(`input[aria-label="${label}"]`).isChecked(),
    faults: () => page.evaluate(`(${findFaults})(${JSON.stringify(followUp)})`),
    tick: (label) => newest().getByText(label, { exact: true }).last().click(),
    read,
    picture: async () =>
      (await newest().locator('img[src^="data:image/png"]').getAttribute('alt')) ?? '',
    readAll,
    keep: async (name, part = 'message') => {
      const file = path.join(pictures, `${name}.png`);
      if (part === 'window') return void (await page.screenshot({ path: file }));
      // A message longer than the window would be cut off.
      const { width, height } = page.viewportSize() ?? { width: 1280, height: 900 };
      const tall = (await newest().boundingBox())?.height ?? 0;
      await page.setViewportSize({ width, height: Math.ceil(tall) + 400 });
      await newest().scrollIntoViewIfNeeded();
      await newest().screenshot({ path: file });
      await page.setViewportSize({ width, height });
    },
    resize: (width) => resize(page, width),
    reopen: open,
    close: () => page.close(),
  };
}

function pressable(message: Locator, label: string): Locator {
  return message.getByText(label, { exact: true }).last();
}

/**
 * Looks at a card as a person would. Text, because the types of a page are not those of this program.
 * A step may be two screens tall; a summary is a document and may be longer.
 */
const findFaults = String.raw`(followUp) => {
  const messages = [...document.querySelectorAll('.fai-OutputCard')];
  const message = messages.findLast((each) => !each.innerText.includes(followUp));
  const card = message.querySelector('.ac-adaptiveCard');
  if (!card) return ['no card is shown'];
  const edge = card.getBoundingClientRect();
  const shown = [...card.querySelectorAll('*')].filter((part) => part.getClientRects().length > 0);
  const words = card.innerText;
  const isStep = !words.startsWith('Case summary');
  const sizeOf = (part) => parseFloat(getComputedStyle(part).fontSize);
  const texts = shown.filter((part) => part.classList.contains('ac-textBlock'));
  const aloud = texts.find((part) => part.innerText.includes('· read aloud'));
  const asked = aloud && texts[texts.indexOf(aloud) + 1];
  const wide = shown.find((part) => part.getBoundingClientRect().right > edge.right + 1);
  const buttons = card.querySelectorAll(':scope > .ac-actionSet button');
  return [
    ...(/[{}]/.test(words) ? ['a gap is left open: ' + /.{0,30}[{}].{0,30}/s.exec(words)[0]] : []),
    ...(/\*\*|\]\(|\\[*_[]/.test(words) ? ['signs of Markdown show'] : []),
    ...(/undefined|\[object/.test(words) ? ['a value that is none shows'] : []),
    ...(wide ? ['wider than the card: ' + wide.innerText.slice(0, 60)] : []),
    ...(buttons.length > 6 ? [buttons.length + ' buttons'] : []),
    ...(isStep && edge.height > 2 * innerHeight ? ['taller than two screens: ' + Math.round(edge.height)] : []),
    ...(asked && texts.some((part) => sizeOf(part) > sizeOf(asked)) ? ['not the largest: ' + asked.innerText] : []),
  ];
}`;

/**
 * The playground has no layout for a phone: the chat alone is then given the whole window, and a card the
 * width that Teams gives it on a screen of 360 px.
 */
async function resize(page: Page, width: number): Promise<void> {
  const isPhone = width < 600;
  await page.setViewportSize({ width, height: isPhone ? 780 : 900 });
  // Text, because the types of a page are not those of this program.
  await page.evaluate(`{
    let part = document.querySelector('[role=textbox][contenteditable=true]');
    while (part && !part.dataset.chat && getComputedStyle(part).minWidth !== '400px') part = part.parentElement;
    part.dataset.chat = 'whole';
    document.documentElement.classList.toggle('phone', ${isPhone});
  }`);
}

const phoneStyle = `
  .phone [data-chat] { position: fixed; inset: 0; min-width: 0; z-index: 9; background: white; }
  .phone .fai-OutputCard:has(.ac-preview-panel) { padding: 0; }
  .phone div:has(> .ac-preview-panel) { width: 284px; }
`;
