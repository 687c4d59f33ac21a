import { extractTextItems, getDocumentProxy, type StructuredTextItem } from 'unpdf';
import type { ImportedBlock } from '../../core/imported-document.js';
import { mostPages, Refusal } from './refusal.js';

/**
 * Reads the text of a PDF. It knows letters and where they stand, not paragraphs: lines make a paragraph while they
 * follow each other closely in one size of letters, and a larger size makes a heading. Lines at the head or foot of
 * most pages are left out. Columns come as they were written into the file, which is nearly always one after another.
 */

type Line = { readonly text: string; readonly size: number; readonly y: number };

/** Headings and paragraphs with their pages; throws Refusal for a PDF that is locked, carries scripts or is damaged. */
export async function readPdf(bytes: Uint8Array): Promise<readonly ImportedBlock[]> {
  const pages = await openPages(bytes);
  const lines = withoutRunningTitles(pages.map(linesOf));
  const bodySize = commonSize(lines.flat());
  return lines.flatMap((page, at) => blocksOf(page, bodySize, at + 1));
}

async function openPages(bytes: Uint8Array): Promise<readonly (readonly StructuredTextItem[])[]> {
  try {
    const pdf = await getDocumentProxy(new Uint8Array(bytes), {
      isEvalSupported: false,
      useSystemFonts: false,
      stopAtErrors: true,
      verbosity: 0,
    });
    if (pdf.numPages > mostPages)
      throw new Refusal(`The PDF has more than ${mostPages} pages; import it in parts.`);
    if ((await pdf.getJSActions()) || (await pdf.hasJSActions()))
      throw new Refusal('The PDF carries scripts; print it to a new PDF and import that.');
    return (await extractTextItems(pdf)).items;
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    if ((cause as Error | undefined)?.name === 'PasswordException')
      throw new Refusal('The PDF is protected by a password; save it without one.', { cause });
    throw new Refusal('The PDF is damaged or cut short.', { cause });
  }
}

/** Items of one height on a page are one line. */
function linesOf(items: readonly StructuredTextItem[]): readonly Line[] {
  const lines: { text: string; size: number; y: number; end: number }[] = [];
  for (const { str, x, y, width, fontSize } of items) {
    const last = lines.at(-1);
    if (str.trim() === '') {
      if (last && !last.text.endsWith(' ')) last.text += ' ';
      continue;
    }
    const size = Math.abs(fontSize);
    if (last && Math.abs(last.y - y) < Math.max(1, size * 0.4)) {
      const isApart = x - last.end > size * 0.15 && !last.text.endsWith(' ');
      last.text += isApart ? ` ${str}` : str;
      last.size = Math.max(last.size, size);
      last.end = x + width;
    } else lines.push({ text: str, size, y, end: x + width });
  }
  return lines
    .map(({ text, size, y }) => ({ text: text.trim(), size, y }))
    .filter(({ text }) => text !== '');
}

/** Titles and page numbers that stand first or last on more than half of at least three pages. */
function withoutRunningTitles(pages: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  const plain = ({ text }: Line) => text.replace(/\d+/g, '#');
  const edges = (page: readonly Line[]) =>
    new Set([...page.slice(0, 2), ...page.slice(-2)].map(plain));
  const counts = new Map<string, number>();
  for (const page of pages)
    for (const text of edges(page)) counts.set(text, (counts.get(text) ?? 0) + 1);
  const isRunning = (line: Line) => {
    const count = counts.get(plain(line)) ?? 0;
    return count >= 3 && count > pages.length / 2;
  };
  return pages.map((page) =>
    page.filter((line, at) => (at > 1 && at < page.length - 2) || !isRunning(line)),
  );
}

/** The size that most letters have. */
function commonSize(lines: readonly Line[]): number {
  const letters = new Map<number, number>();
  for (const { text, size } of lines) {
    const rounded = Math.round(size * 2) / 2;
    letters.set(rounded, (letters.get(rounded) ?? 0) + text.length);
  }
  const [most] = [...letters].toSorted((a, b) => b[1] - a[1]);
  return most?.[0] ?? 0;
}

function blocksOf(
  lines: readonly Line[],
  bodySize: number,
  page: number,
): readonly ImportedBlock[] {
  const groups: Line[][] = [];
  for (const line of lines) {
    const last = groups.at(-1)?.at(-1);
    if (last && isNext(last, line)) groups.at(-1)?.push(line);
    else groups.push([line]);
  }
  return groups.map((group) => {
    const text = group.reduce((joined, line) => joinLine(joined, line.text), '');
    const level = levelOf(group[0]?.size ?? 0, bodySize);
    const isHeading = level > 0 && text.length <= 200;
    return { kind: isHeading ? 'heading' : 'paragraph', level: isHeading ? level : 0, text, page };
  });
}

/** True when a line goes on from the one before: close below it, in its size, and beginning no new item. */
function isNext(before: Line, line: Line): boolean {
  const gap = before.y - line.y;
  const isClose = gap >= 0 && gap < Math.max(before.size, line.size) * 1.55;
  return isClose && Math.abs(before.size - line.size) < 0.6 && !beginsItem.test(line.text);
}

/** "• words", "(4) words", "1.2 words", "(a) words", "3. words" */
const beginsItem = /^(?:[•●▪◦–-]\s|\((?:\d+[A-Z]?|[a-z]{1,3})\)\s|\d+(?:\.\d+)*\.?\s+[A-Z(“"'])/;

function joinLine(before: string, text: string): string {
  // "pre-" and "charge" are one word; a hyphen that only breaks a word is kept, since none can tell them apart.
  return before === '' ? text : /\p{Ll}-$/u.test(before) ? before + text : `${before} ${text}`;
}

function levelOf(size: number, bodySize: number): number {
  const ratio = size / (bodySize || 1);
  return ratio >= 1.6 ? 1 : ratio >= 1.3 ? 2 : ratio >= 1.1 ? 3 : 0;
}
