import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { type AppManifest, AppManifestUtils } from '@microsoft/app-manifest';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { reviewsTab, teamsLink } from '../bot/teams/notify.js';
import { readTyped } from '../bot/teams/read-typed.js';
import { loadKnowledge } from '../src/adapters/knowledge-files.js';
import type { ReviewId } from '../src/core/ids.js';
import { localisationFaults, textAt } from '../src/core/localisation.js';
import { makeAnswerQuestion } from '../src/flows/answer-question.js';

/**
 * The app package as Teams sees it. The icons are drawn in `icon.svg` and `icon-outline.svg`; after a
 * change render them in `manifest/` with
 *   chromium --headless --hide-scrollbars --default-background-color=00000000 \
 *     --window-size=192,192 --screenshot=color.png icon.svg
 * and again with 32,32, outline.png and icon-outline.svg, and look at both.
 *
 * Longer than most files because it reads the pixels of the icons itself, which nothing else here does.
 */
const root = path.join(import.meta.dirname, '..');
const written = readFileSync(path.join(root, 'manifest/manifest.json'), 'utf8');

/** One value of the right form for each placeholder; the packaging command fills in the real ones. */
const samples: Readonly<Record<string, string>> = {
  APP_VERSION: '0.1.0',
  APP_ID: '0f0e0d0c-0b0a-4908-8706-050403020100',
  TAB_APP_ID: '1f0e0d0c-0b0a-4908-8706-050403020100',
  TAB_RESOURCE: 'api://signpost.police.example/1f0e0d0c-0b0a-4908-8706-050403020100',
  BOT_ID: '00010203-0405-4607-8809-0a0b0c0d0e0f',
  DOMAIN: 'signpost.police.example',
  PUBLISHER_NAME: 'An Example Constabulary',
  WEBSITE_URL: 'https://www.police.example/signpost',
  PRIVACY_URL: 'https://www.police.example/signpost/privacy',
  TERMS_URL: 'https://www.police.example/signpost/terms',
};
const placeholder = /\{\{([A-Z_]+)\}\}/g;
const filled = written.replace(placeholder, (whole, name: string) => samples[name] ?? whole);

const commandSchema = z.object({
  title: z.string(),
  description: z.string(),
  type: z.enum(['basic', 'prompt']),
  prompt: z.string().optional(),
});
const manifestSchema = z.object({
  $schema: z.string(),
  manifestVersion: z.string(),
  name: z.object({ short: z.string(), full: z.string() }),
  description: z.object({ short: z.string(), full: z.string() }),
  icons: z.object({ color: z.string(), outline: z.string() }),
  accentColor: z.string(),
  validDomains: z.array(z.string()),
  localizationInfo: z.object({
    defaultLanguageTag: z.string(),
    additionalLanguages: z.array(z.object({ languageTag: z.string(), file: z.string() })),
  }),
  defaultBlockUntilAdminAction: z.boolean(),
  webApplicationInfo: z.strictObject({ id: z.string(), resource: z.string() }),
  staticTabs: z.array(
    z.strictObject({
      entityId: z.string(),
      name: z.string(),
      contentUrl: z.url(),
      websiteUrl: z.url(),
      scopes: z.array(z.string()),
    }),
  ),
  bots: z.array(
    z.object({
      scopes: z.array(z.string()),
      commandLists: z.array(
        z.object({ scopes: z.array(z.string()), commands: z.array(commandSchema) }),
      ),
    }),
  ),
});
const manifest = manifestSchema.parse(JSON.parse(filled));
const lists = manifest.bots.flatMap((bot) => bot.commandLists);
const listed = lists.flatMap((list) => list.commands);
const commands = listed.filter((command) => command.type === 'basic');
const starters = listed.filter((command) => command.type === 'prompt');

describe('the manifest against the schema of Teams', () => {
  beforeEach(() => {
    vi.stubGlobal('fetch', () => Promise.reject(new Error('the network was asked for a schema')));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  // The package's types cover all versions at once, so JSON has to be called one of them.
  const faultsOf = (text: string): Promise<string[]> =>
    AppManifestUtils.validateAgainstSchema(JSON.parse(text) as AppManifest);

  it('follows schema 1.30', async () => {
    expect(manifest.manifestVersion).toBe('1.30');
    expect(manifest.$schema).toContain('/teams/v1.30/');
    expect(await faultsOf(filled)).toEqual([]);
  });

  it.each([
    ['a placeholder left in', written],
    [
      'the command type "command", which 1.30 calls "basic"',
      filled.replace('"basic"', '"command"'),
    ],
    ['a field it does not know', filled.replace('"icons"', '"image": "", "icons"')],
  ])('would be refused with %s', async (_, text) => {
    expect(await faultsOf(text)).not.toEqual([]);
  });
});

describe('the placeholders of the manifest', () => {
  it('are those the packaging command has to fill, in one style', () => {
    const used = [...written.matchAll(placeholder)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(samples)));
    expect(filled).not.toMatch(/\{\{|\}\}|\$\{|<[A-Z]|TODO|00000000-0000/);
  });
});

describe('what the manifest says of the app', () => {
  it.each([
    ['short name', manifest.name.short, 30],
    ['full name', manifest.name.full, 100],
    ['short description', manifest.description.short, 80],
    ['full description', manifest.description.full, 4_000],
  ])('keeps the %s within its limit', (_, text, most) => {
    expect(text.trim()).toBe(text);
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(most);
  });

  it('tells what the app does and what it does not do', () => {
    expect(manifest.description.short).toContain('never');
    expect(manifest.description.full).toMatch(/What it does\n[\s\S]+What it does not do\n/);
    expect(manifest.description.full).toContain('999');
  });

  it('holds no phrases of a store', () => {
    const said = JSON.stringify([manifest.name, manifest.description, listed]);
    expect(said).not.toMatch(
      /seamless|powerful|easy|easily|boost|empower|unlock|leverag|revolution|smart|innovat|cutting|best|!|\bAI\b/i,
    );
  });
});

describe('where the app can be used', () => {
  it('is personal chat only', () => {
    expect(manifest.bots.map((bot) => bot.scopes)).toEqual([['personal']]);
    expect(lists.map((list) => list.scopes)).toEqual([['personal']]);
  });

  it('is the page of the reviews as well, which links in messages open by the same name', () => {
    const address = `https://${samples.DOMAIN}/tab/`;
    expect(manifest.staticTabs).toEqual([
      {
        entityId: reviewsTab,
        name: 'Reviews',
        contentUrl: address,
        websiteUrl: address,
        scopes: ['personal'],
      },
    ]);
    const link = new URL(teamsLink(samples.APP_ID ?? '', reviewsTab)('r1' as ReviewId));
    expect(link.pathname).toBe(`/l/entity/${samples.APP_ID}/${manifest.staticTabs[0]?.entityId}`);
  });

  it('asks Teams for tokens of the page’s own registration', () => {
    expect(manifest.webApplicationInfo).toEqual({
      id: samples.TAB_APP_ID,
      resource: samples.TAB_RESOURCE,
    });
  });

  it('waits for an administrator before anybody can use it', () => {
    expect(manifest.defaultBlockUntilAdminAction).toBe(true);
  });

  it('names no host but that of the schema and its own, and so no tunnel', () => {
    expect(manifest.validDomains).toEqual([samples.DOMAIN]);
    expect(new Set(written.match(/https?:\/\/[^/"]+/g))).toEqual(
      new Set(['https://developer.microsoft.com', 'https://{{DOMAIN}}']),
    );
    expect(written).not.toMatch(
      /ngrok|devtunnels|tunnels\.api|trycloudflare|loca\.lt|localtunnel|serveo|localhost|127\.0\.0\.1|\*\./i,
    );
  });
});

describe('the commands and prompt starters', () => {
  it('stay within the limits of Teams', () => {
    expect(lists.length).toBeLessThanOrEqual(3);
    // The schema allows 12 in a list; the page on prompt starters says 10.
    for (const list of lists) expect(list.commands.length).toBeLessThanOrEqual(10);
    for (const { title, description, prompt } of listed) {
      expect(title.length).toBeLessThanOrEqual(128);
      expect(description.length).toBeLessThanOrEqual(4_000);
      expect(prompt?.length ?? 0).toBeLessThanOrEqual(4_000);
    }
    expect(new Set(listed.map(({ title }) => title)).size).toBe(listed.length);
  });

  it('list the commands of the bot', () => {
    expect(commands.map(({ title }) => title)).toEqual([
      'help',
      'screen',
      'resume',
      'summary',
      'cancel',
    ]);
    expect(commands.filter(({ prompt }) => prompt !== undefined)).toEqual([]);
  });

  it.each(commands.map(({ title }) => title))('offer “%s”, which the bot understands', (title) => {
    expect(readTyped(title).kind).toBe(title);
  });

  it('hold five questions', () => {
    expect(starters).toHaveLength(5);
  });

  // Teams has put the title in the compose box in some versions and the prompt in others.
  it.each(starters)('ask the same by title and by prompt: $title', ({ title, prompt }) => {
    expect(prompt).toBe(title);
    expect(readTyped(title)).toEqual({ kind: 'words', text: title });
  });

  it('ask nothing the guidance does not answer', async () => {
    const knowledge = await loadKnowledge(path.join(root, 'knowledge'));
    const ask = makeAnswerQuestion(knowledge, () => new Date('2026-11-20'));
    const answers = starters.map(({ title }) => [
      title,
      ask({ question: title, earlier: [] }).kind,
    ]);
    expect(answers).toEqual(starters.map(({ title }) => [title, 'answered']));
  });
});

describe('the Welsh texts', () => {
  const welsh = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(path.join(root, 'manifest/cy.json'), 'utf8')));
  const titles = Object.entries(welsh)
    .filter(([name]) => name.endsWith('.title'))
    .map(([name, title]) => ({
      title,
      prompt: welsh[name.replace(/title$/, 'prompt')],
      english: textAt(manifest, name),
    }));
  const prompts = titles.filter(({ prompt }) => prompt !== undefined);
  const steering = titles.filter(({ prompt }) => prompt === undefined);

  it('are named by the manifest, and are for every text', () => {
    expect(manifest.localizationInfo).toEqual({
      defaultLanguageTag: 'en-gb',
      additionalLanguages: [{ languageTag: 'cy', file: 'cy.json' }],
    });
    expect(localisationFaults(JSON.parse(filled), welsh)).toEqual([]);
    expect(prompts.map(({ english }) => english)).toEqual(starters.map(({ title }) => title));
    expect(steering.map(({ english }) => english)).toEqual(commands.map(({ title }) => title));
  });

  it('say what the app does not do, and 999', () => {
    expect(welsh['description.full']).toMatch(
      /Beth mae'n ei wneud\n[\s\S]+Beth nad yw'n ei wneud\n/,
    );
    expect(welsh['description.full']).toContain('999');
  });

  it.each(steering)('steer the bot by “$title” as by “$english”', ({ title, english }) => {
    const kinds = [title, String(english)].map((words) => readTyped(words).kind);
    expect(kinds[0]).toBe(kinds[1]);
    expect(kinds[0]).not.toBe('words');
    expect(readTyped(title, true).kind).toBe(kinds[0]);
  });

  it.each(prompts)('ask the same by title and by prompt: $title', ({ title, prompt }) => {
    expect(prompt).toBe(title);
    expect(readTyped(title)).toEqual({ kind: 'words', text: title });
  });

  it('ask what the English ones ask: the first passage of the answer is the same', async () => {
    const knowledge = await loadKnowledge(path.join(root, 'knowledge'));
    const ask = makeAnswerQuestion(knowledge, () => new Date('2026-11-20'));
    const first = (question: string) => {
      const answer = ask({ question, earlier: [] });
      return answer.kind === 'answered' ? answer.shown[0]?.passage : answer.kind;
    };
    expect(prompts).toHaveLength(5);
    expect(prompts.map(({ title }) => first(title))).toEqual(
      starters.map(({ title }) => first(title)),
    );
  });
});

type Pixel = { readonly rgb: string; readonly alpha: number };
type Icon = { readonly width: number; readonly height: number; readonly pixels: readonly Pixel[] };

const icon = (name: string): Icon => readPng(readFileSync(path.join(root, 'manifest', name)));

describe('the icons', () => {
  it('are the files the manifest names', () => {
    expect(manifest.icons).toEqual({ color: 'color.png', outline: 'outline.png' });
  });

  it('include a full square of 192 pixels in the accent colour', () => {
    const { width, height, pixels } = icon('color.png');
    expect([width, height, pixels.length]).toEqual([192, 192, 192 * 192]);
    expect(pixels.every(({ alpha }) => alpha === 255)).toBe(true);
    const corners = [0, 191, 191 * 192, 192 * 192 - 1].map((at) => pixels[at]?.rgb);
    expect(corners).toEqual(corners.map(() => manifest.accentColor));
  });

  it('keep the colour symbol in the middle, which is never cropped', () => {
    const { pixels } = icon('color.png');
    const isMiddle = (at: number) => at >= 48 && at < 144;
    const outside = pixels.filter(
      (_, at) => !isMiddle(at % 192) || !isMiddle(Math.floor(at / 192)),
    );
    expect(outside).toHaveLength(192 * 192 - 96 * 96);
    expect(outside.every(({ rgb }) => rgb === manifest.accentColor)).toBe(true);
    expect(pixels.filter(({ rgb }) => rgb === '#ffffff').length).toBeGreaterThan(1_000);
  });

  it('include an outline of 32 pixels that is only white and transparent', () => {
    const { width, height, pixels } = icon('outline.png');
    expect([width, height, pixels.length]).toEqual([32, 32, 32 * 32]);
    const shown = pixels.filter(({ alpha }) => alpha > 0);
    expect(new Set(shown.map(({ rgb, alpha }) => `${rgb} ${alpha}`))).toEqual(
      new Set(['#ffffff 255']),
    );
    expect(shown.length).toBeGreaterThan(300);
    expect(shown.length).toBeLessThan(700);
  });

  it('leave no padding around the outline', () => {
    const { pixels } = icon('outline.png');
    const isShown = (at: number) => (pixels[at]?.alpha ?? 0) > 0;
    const along = Array.from({ length: 32 }, (_, at) => at);
    expect(along.some((at) => isShown(at))).toBe(true);
    expect(along.some((at) => isShown(31 * 32 + at))).toBe(true);
    expect(along.some((at) => isShown(at * 32))).toBe(true);
    expect(along.some((at) => isShown(at * 32 + 31))).toBe(true);
  });
});

/** The pixels of a PNG, row by row, for the two forms Chromium writes: 8 bits, RGB or RGBA, not interlaced. */
function readPng(file: Buffer): Icon {
  expect(file.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const bytesEach = file[25] === 6 ? 4 : 3;
  expect([file[24], file[28], file[25]]).toEqual([8, 0, bytesEach === 4 ? 6 : 2]);
  const packed: Buffer[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') {
      packed.push(file.subarray(at + 8, at + 8 + length));
    }
    at += length + 12;
  }
  const bytes = unfilter(inflateSync(Buffer.concat(packed)), width * bytesEach, height, bytesEach);
  const pixels = Array.from({ length: width * height }, (_, at) => ({
    rgb: `#${bytes.toString('hex', at * bytesEach, at * bytesEach + 3)}`,
    alpha: bytesEach === 4 ? (bytes[at * 4 + 3] ?? 0) : 255,
  }));
  return { width, height, pixels };
}

/** Undoes the five line filters of PNG, each of which stores a byte as its difference from its neighbours. */
function unfilter(raw: Buffer, stride: number, height: number, bytesEach: number): Buffer {
  const bytes = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)] ?? 0;
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const hasLeft = column >= bytesEach;
      const left = hasLeft ? (bytes[at - bytesEach] ?? 0) : 0;
      const above = row > 0 ? (bytes[at - stride] ?? 0) : 0;
      const corner = row > 0 && hasLeft ? (bytes[at - stride - bytesEach] ?? 0) : 0;
      const guesses = [0, left, above, (left + above) >> 1, nearest(left, above, corner)];
      bytes[at] = (raw[row * (stride + 1) + 1 + column] ?? 0) + (guesses[filter] ?? 0);
    }
  }
  return bytes;
}

/** The Paeth guess: whichever neighbour lies nearest to left + above - corner, in that order on a tie. */
function nearest(left: number, above: number, corner: number): number {
  const aim = left + above - corner;
  const [byLeft, byAbove, byCorner] = [left, above, corner].map((value) => Math.abs(aim - value));
  if (byLeft === undefined || byAbove === undefined || byCorner === undefined) return 0;
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}
