import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { startPlayground } from '../../src/commands/playground.js';
import { type Chat, openChat } from './chat.js';
import { browserOptions, findBrowser, findPort, kill, startBot } from './programs.js';

/** A new store, the built bot, the playground and a browser with its chat open. */
export type Stage = {
  readonly chat: Chat;
  /** Kills the bot without warning and starts it again on the same store. */
  readonly restartBot: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openStage(): Promise<Stage> {
  const directory = await mkdtemp(path.join(tmpdir(), 'signpost-e2e-'));
  const botPort = await findPort();
  let bot = await startBot(botPort, directory);
  const playground = await startPlayground(
    `http://127.0.0.1:${botPort}/api/messages`,
    await findPort(),
  );
  if (!playground) {
    await kill(bot);
    throw new Error('starting the playground');
  }
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserOptions });
  return {
    chat: await openChat(browser, playground.page),
    restartBot: async () => {
      await kill(bot);
      bot = await startBot(botPort, directory);
    },
    close: async () => {
      await browser.close();
      await playground.stop();
      await kill(bot);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
