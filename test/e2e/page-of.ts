import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { vi } from 'vitest';

/** The page of a running program, as one of the demo's people sees it. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Opens the page and becomes that person; errors of the page are added to `faults`. */
export async function pageAs(
  browser: Browser,
  port: number,
  person: string,
  faults: string[],
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`http://127.0.0.1:${port}/tab/`);
  const chosen = page.getByLabel('Local mode: work as');
  await chosen.selectOption(person);
  await vi.waitUntil(async () => (await chosen.inputValue()) === person, { timeout: 8_000 });
  return page;
}

/** What axe finds against WCAG 2.2 A and AA, and whether the view fits 320 px. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await page.evaluate<readonly string[]>(
    // Without Fluent’s own focus guards, which are empty and never read.
    `axe.run({ exclude: [['[data-tabster-dummy]']] }, { runOnly: ${JSON.stringify(tags)} })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
  );
  await page.setViewportSize({ width: 320, height: 700 });
  const tooWide = await page.evaluate<readonly string[]>(
    `document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth)
      .map((one) => 'wider than 320 px: ' + one.outerHTML.slice(0, 120))`,
  );
  await page.setViewportSize({ width: 1280, height: 900 });
  return [...found, ...tooWide];
}

/** What was last announced to somebody who listens to the page. */
export const announced = (page: Page) => page.getByTestId('live').innerText();
