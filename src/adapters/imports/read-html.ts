import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import Turndown from 'turndown';
import type { ImportedBlock } from '../../core/imported-document.js';
import { readMarkdown } from './read-markdown.js';

/**
 * Reads a saved page. Nothing of it is run or fetched: scripts, frames, forms, styles and pictures are taken out of
 * the parsed page before it is looked at, and what is left becomes Markdown, then headings and paragraphs.
 */

const active =
  'script, style, noscript, template, iframe, frame, object, embed, applet, form, input, button, select, textarea, svg, math, canvas, audio, video, picture, img, link, meta, base, nav, [hidden], [aria-hidden="true"]';

/** Of the words of a page, the least that the main part must hold; a smaller part is a mistake. */
const mainShare = 0.5;

/** The little of the DOM that is used here; its types would come for the whole program or not at all. */
type Node = {
  readonly textContent: string | null;
  readonly innerHTML: string;
  readonly querySelector: (selector: string) => Node | null;
  readonly querySelectorAll: (selector: string) => Iterable<Node>;
  readonly getAttribute: (name: string) => string | null;
  readonly remove: () => void;
};
type Page = Node & { readonly body: Node; readonly cloneNode: (deep: boolean) => Page };

/** Headings and paragraphs of a page, without menus and what else stands round its text; `hidden` counts parts that a reader would not have seen. */
export function readHtml(html: string): {
  readonly blocks: readonly ImportedBlock[];
  readonly hidden: number;
} {
  const document = documentOf(html);
  for (const element of document.querySelectorAll(active)) element.remove();
  const unseen = [...document.querySelectorAll('[style]')].filter((element) =>
    /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?:;|$)/i.test(
      element.getAttribute('style') ?? '',
    ),
  );
  for (const element of unseen) element.remove();
  const { body } = document;
  const whole = lettersIn(body.textContent);
  const heading = body.querySelector('h1')?.textContent?.trim();
  const main = mainPart(document);
  const isWhole = lettersIn(main?.textContent) < whole * mainShare;
  const blocks = readMarkdown(toMarkdown(isWhole || !main ? body : main));
  // Readability takes the page's own title out of its text.
  const isTitled = !heading || blocks.some(({ text }) => text === heading);
  const title: readonly ImportedBlock[] = isTitled
    ? []
    : [{ kind: 'heading', level: 1, text: heading, page: null }];
  return { blocks: [...title, ...blocks], hidden: unseen.length };
}

/** Headings and paragraphs of HTML that a program of ours made, whole. */
export function readFragment(html: string): readonly ImportedBlock[] {
  return readMarkdown(toMarkdown(documentOf(html).body));
}

/** A part of a page has no body of its own, and linkedom makes none. */
function documentOf(html: string): Page {
  const isPage = /<body[\s>]/i.test(html);
  const page = isPage ? html : `<!doctype html><html><body>${html}</body></html>`;
  return (parseHTML(page) as unknown as { readonly document: Page }).document;
}

/** What a reader would take for the text of the page; undefined where none stands out. */
function mainPart(document: Page): Node | undefined {
  // It changes what it reads.
  const copy = document.cloneNode(true);
  const article = new Readability<Node>(copy as ConstructorParameters<typeof Readability>[0], {
    charThreshold: 200,
    serializer: (node: unknown) => node as Node,
  }).parse();
  return article?.content ?? undefined;
}

function toMarkdown(element: Node): string {
  const service = new Turndown({ headingStyle: 'atx', bulletListMarker: '-' });
  // A row is a paragraph, whether or not its table has a heading.
  service.addRule('cell', { filter: ['td', 'th'], replacement: (words) => `${oneLine(words)} | ` });
  service.addRule('row', {
    filter: 'tr',
    replacement: (words) => `\n\n${words.replace(/(?:\s*\|\s*)+$/, '')}\n\n`,
  });
  // Addresses would be taken for words of the publisher.
  service.addRule('link', { filter: 'a', replacement: (words) => words });
  return service.turndown(element.innerHTML);
}

function oneLine(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}

function lettersIn(text: string | null | undefined): number {
  return (text ?? '').replace(/\s+/g, '').length;
}
