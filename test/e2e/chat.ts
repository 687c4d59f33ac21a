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
  readonly tick: (label: string) => Promise<void>;
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
  readonly close: () => Promise<void>;
};

export const pictures = path.join(import.meta.dirname, '..', '..', 'test-results');

/** The chat's own follow-up after an answer; see bot/teams/for-playground.ts. */
const followUp = 'What next?';

export async function openChat(browser: Browser, address: string): Promise<Chat> {
  mkdirSync(pictures, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(8_000);
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  const box = page.locator('[role=textbox][contenteditable=true]');
  await box.waitFor();
  await page.addStyleTag({ content: phoneStyle });
  const hideLog = page.getByTitle('Hide log panel');
  if (await hideLog.isVisible()) await hideLog.click();

  const messages = page.locator('.fai-OutputCard').filter({ hasNotText: followUp });
  const newest = () => messages.last();
  const readAll = () => messages.allInnerTexts();
  const read = async () => (await newest().innerText()).replace(/\nYour response was sent.*$/s, '');

  /** Acts, and waits until the chat shows something else and has stopped changing. */
  const settle = async (act: () => Promise<void>) => {
    const before = await stateOf(readAll);
    await act();
    let last = before;
    for (let tries = 0; tries < 200; tries += 1) {
      await wait(50);
      const now = await stateOf(readAll);
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
    tick: (label) => newest().getByText(label, { exact: true }).last().click(),
    read,
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
    close: () => page.close(),
  };
}

function pressable(message: Locator, label: string): Locator {
  return message.getByText(label, { exact: true }).last();
}

/** Without the playground's own remarks on a card, which come and go. */
async function stateOf(readAll: () => Promise<readonly string[]>): Promise<string> {
  return (await readAll()).map((text) => text.replace(/Your response was sent.*$/s, '')).join('\n');
}

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
