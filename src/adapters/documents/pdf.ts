import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type {
  DocumentBlock,
  DocumentItem,
  DocumentOutline,
  DocumentReference,
} from '../../core/review-document.js';
import { brokenLines, drawable, notDrawn, stretchesOf } from './pdf-lines.js';
import type { RenderedWith } from './render.js';

/**
 * A document as a tagged PDF with its language, title, bookmarks, links and the picture's text. Its letters come with
 * us: DejaVu has those of Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic, not of Bengali or Chinese,
 * nor most emoji. What cannot be drawn is marked on the page, kept behind it for programs that read aloud, and said at
 * the end. The same outline and time give the same bytes. Import it only where it is used.
 * Over 200 lines, because one place at a time is drawn at and they all share it.
 */

const margin = 56;
const foot = 40;

type Pdf = PDFKit.PDFDocument;
type Parent = PDFKit.PDFStructureElement;
type Pen = {
  readonly pdf: Pdf;
  readonly root: Parent;
  readonly canDraw: (character: string) => boolean;
  readonly picture: Buffer | undefined;
  /** Set once a character had to be marked. */
  hasGaps: boolean;
  chapter: { addItem: (title: string) => unknown } | undefined;
};

type Look = { readonly size: number; readonly font: 'plain' | 'bold'; readonly indent: number };
const plain: Look = { size: 10.5, font: 'plain', indent: 0 };
const small: Look = { size: 8.5, font: 'plain', indent: 14 };

/** The bytes of a PDF. */
export async function renderPdf(
  outline: DocumentOutline,
  { at, picture }: RenderedWith,
): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: margin, bottom: margin, left: margin, right: margin },
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    bufferPages: true,
    info: { Title: outline.title, Author: 'Signpost', CreationDate: at, ModDate: at },
  });
  const fonts = createRequire(import.meta.url);
  pdf.registerFont('plain', fonts.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));
  pdf.registerFont('bold', fonts.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'));
  const whole = bytesOf(pdf);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const canDraw = makeCanDraw(pdf);
  const pen: Pen = { pdf, root, canDraw, picture, hasGaps: false, chapter: undefined };
  for (const block of outline.blocks) drawBlock(pen, block);
  if (pen.hasGaps) {
    drawBlock(pen, {
      kind: 'text',
      text: `${notDrawn} stands for a character that this file has no letters for. The Word document holds it.`,
    });
  }
  root.end();
  drawMargins(pdf, outline);
  pdf.end();
  return whole;
}

function bytesOf(pdf: Pdf): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
}

/** The package keeps its font to itself; both of ours have the same letters in all but a few signs. */
function makeCanDraw(pdf: Pdf): (character: string) => boolean {
  const fonts = (['plain', 'bold'] as const).map((name) => {
    pdf.font(name);
    const { font }: { readonly font: { hasGlyphForCodePoint: (code: number) => boolean } } =
      Reflect.get(pdf, '_font');
    return font;
  });
  const known = new Map<string, boolean>();
  return (character) => {
    const found = known.get(character);
    if (found !== undefined) return found;
    const code = character.codePointAt(0) ?? 0;
    const can = fonts.every((font) => font.hasGlyphForCodePoint(code));
    known.set(character, can);
    return can;
  };
}

function drawBlock(pen: Pen, block: DocumentBlock): void {
  switch (block.kind) {
    case 'heading':
      drawHeading(pen, block);
      break;
    case 'text':
      drawElement(pen, pen.root, 'P', block.text, {
        ...plain,
        font: block.isStrong ? 'bold' : 'plain',
      });
      break;
    case 'items':
      drawList(pen, block.items, drawItem);
      break;
    case 'picture':
      drawPicture(pen, block.alt);
      break;
    case 'references':
      drawList(pen, block.references, drawReference);
      break;
    default:
      block satisfies never;
  }
}

const headingSizes = { 1: 17, 2: 13, 3: 11 } as const;

function drawHeading(pen: Pen, { level, text }: Extract<DocumentBlock, { kind: 'heading' }>): void {
  const { pdf } = pen;
  // A heading stands with something under it.
  if (pdf.y + 60 > pdf.page.height - margin) pdf.addPage();
  pdf.y += 6;
  if (level === 1) pen.chapter = pdf.outline.addItem(text);
  else if (level === 2) pen.chapter?.addItem(text);
  const look = { size: headingSizes[level], font: 'bold', indent: 0 } as const;
  drawElement(pen, pen.root, `H${level}`, text, look);
}

function drawElement(pen: Pen, parent: Parent, tag: string, text: string, look: Look): void {
  const shown = drawable(text, pen.canDraw);
  const isWhole = shown === text || !shown.includes(notDrawn);
  if (!isWhole) pen.hasGaps = true;
  const element = pen.pdf.struct(tag, isWhole ? {} : { actual: text }, () =>
    drawLines(pen, shown, look),
  );
  parent.add(element);
  element.end();
  pen.pdf.y += 3;
}

/** Draws at the place where the last text ended, on a new page where the old one is full. */
function drawLines(pen: Pen, text: string, look: Look, after?: (line: LineBox) => void): void {
  const { pdf } = pen;
  const left = margin + look.indent;
  const width = pdf.page.width - margin - left;
  pdf.font(look.font, look.size);
  const height = pdf.currentLineHeight(true) * 1.15;
  const widthOf = remembered((words) => pdf.widthOfString(words));
  for (const line of brokenLines(text, width, widthOf)) {
    if (pdf.y + height > pdf.page.height - margin) {
      // Ends what is tagged on this page and takes it up again on the next.
      pdf.continueOnNewPage();
      pdf.font(look.font, look.size);
    }
    const top = pdf.y;
    let x = left;
    for (const stretch of stretchesOf(line)) {
      pdf.text(stretch, x, top, { lineBreak: false });
      x += widthOf(stretch);
    }
    after?.({ x: left, y: top, width: x - left, height });
    pdf.y = top + height;
  }
}

type LineBox = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

function remembered(widthOf: (words: string) => number): (words: string) => number {
  const known = new Map<string, number>();
  return (words) => {
    const found = known.get(words) ?? widthOf(words);
    known.set(words, found);
    return found;
  };
}

function drawList<Item>(
  pen: Pen,
  items: readonly Item[],
  draw: (pen: Pen, body: Parent, item: Item) => void,
): void {
  const list = pen.pdf.struct('L');
  pen.root.add(list);
  for (const item of items) {
    const entry = pen.pdf.struct('LI');
    list.add(entry);
    const body = pen.pdf.struct('LBody');
    entry.add(body);
    draw(pen, body, item);
    body.end();
    entry.end();
  }
  list.end();
}

function drawItem(pen: Pen, body: Parent, { text, aside, references }: DocumentItem): void {
  const marks = references.map((number) => `[${number}]`).join('');
  drawElement(pen, body, 'P', `• ${text}${marks ? ` ${marks}` : ''}`, plain);
  if (aside) drawElement(pen, body, 'P', `(${aside})`, small);
}

function drawReference(pen: Pen, body: Parent, reference: DocumentReference): void {
  const { number, text, url, checked } = reference;
  drawElement(pen, body, 'P', `${number}. ${text} (${checked})`, plain);
  if (!url) return;
  const { pdf } = pen;
  const link: Parent = pdf.struct('Link', { alt: text }, () =>
    drawLines(pen, url, small, ({ x, y, width, height }) => {
      // The package writes a plain string as a name, which other programs refuse; a String object as a string.
      const held = { structParent: link, Contents: Object(text) };
      pdf.link(x, y, width, height, new URL(url).href, held);
    }),
  );
  body.add(link);
  link.end();
  pdf.y += 3;
}

function drawPicture(pen: Pen, alt: string): void {
  const { pdf, picture } = pen;
  if (!picture) return;
  const width = pdf.page.width - 2 * margin;
  const height = (width * 280) / 640;
  if (pdf.y + height > pdf.page.height - margin) pdf.addPage();
  const top = pdf.y;
  const figure = pdf.struct('Figure', { alt }, () =>
    pdf.image(picture, margin, top, { width, height }),
  );
  pen.root.add(figure);
  figure.end();
  pdf.y = top + height + 6;
}

/** Marking and page number on every page; no part of what is read aloud. */
function drawMargins(pdf: Pdf, outline: DocumentOutline): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page);
    // Below the margin the package would begin a new page.
    pdf.page.margins.bottom = 0;
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf.font('bold', 8).text(outline.marking, margin, 28, { lineBreak: false });
    pdf
      .font('plain', 8)
      .text(`${outline.foot}. Page ${page + 1} of ${count}`, margin, pdf.page.height - foot, {
        lineBreak: false,
      });
    pdf.endMarkedContent();
  }
}
