import {
  ConcreteHyperlink,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import type {
  DocumentBlock,
  DocumentItem,
  DocumentOutline,
  DocumentReference,
} from '../../core/review-document.js';
import type { RenderedWith } from './render.js';

/**
 * A document as a Word file: headings and lists by style, so that a screen reader finds its way, the language, a title
 * and the picture's text. The same outline and time give the same content. Import it only where it is used.
 */

/** The bytes of a `.docx`. */
export async function renderDocx(outline: DocumentOutline, given: RenderedWith): Promise<Buffer> {
  const document = new Document({
    title: outline.title,
    creator: 'Signpost',
    styles: {
      default: {
        document: { run: { font: 'Arial', size: 22, language: { value: 'en-GB' } } },
      },
    },
    sections: [
      {
        headers: { default: new Header({ children: [new Paragraph({ text: outline.marking })] }) },
        footers: { default: new Footer({ children: [footOf(outline)] }) },
        children: outline.blocks.flatMap((block) => paragraphsOf(block, given)),
      },
    ],
  });
  addLinks(document, outline);
  // The package writes the time of day there by itself, and no language.
  const core = { path: 'docProps/core.xml', data: propertiesOf(outline, given.at) };
  return Packer.toBuffer(document, undefined, [core]);
}

function propertiesOf({ title }: DocumentOutline, at: Date): string {
  const time = `${at.toISOString().slice(0, 19)}Z`;
  const stamp = (name: string) =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${time}</dcterms:${name}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${escaped(title)}</dc:title><dc:creator>Signpost</dc:creator><dc:language>en-GB</dc:language>`,
    `${stamp('created')}${stamp('modified')}</cp:coreProperties>`,
  ].join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function footOf({ foot }: DocumentOutline): Paragraph {
  const pages = [PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES];
  return new Paragraph({ children: [new TextRun({ children: [`${foot}. Page `, ...pages] })] });
}

const headings = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
} as const;

function paragraphsOf(block: DocumentBlock, { picture }: RenderedWith): readonly Paragraph[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ text: block.text, heading: headings[block.level] })];
    case 'text':
      return [new Paragraph({ children: runs(block.text, { bold: block.isStrong === true }) })];
    case 'items':
      return block.items.map(itemOf);
    case 'picture':
      return picture ? [new Paragraph({ children: [pictureOf(picture, block.alt)] })] : [];
    case 'references':
      return block.references.map(referenceOf);
    default:
      return block satisfies never;
  }
}

function itemOf({ text, aside, references }: DocumentItem): Paragraph {
  const marks = references.map((number) => `[${number}]`).join('');
  return new Paragraph({
    bullet: { level: 0 },
    children: [
      ...runs(marks ? `${text} ${marks}` : text, {}),
      ...(aside ? runs(` (${aside})`, { size: 18, italics: true }) : []),
    ],
  });
}

function referenceOf({ number, text, url, checked }: DocumentReference): Paragraph {
  const link = url
    ? [new TextRun(' '), new ConcreteHyperlink([new TextRun(url)], linkId(number))]
    : [];
  return new Paragraph({
    children: [new TextRun(`${number}. ${text}`), ...link, new TextRun(` (${checked})`)],
  });
}

/** Named here, since the package's own links have names made at random. */
function linkId(number: number): string {
  return `Reference${number}`;
}

function addLinks(document: Document, { blocks }: DocumentOutline): void {
  const references = blocks.flatMap((block) =>
    block.kind === 'references' ? block.references : [],
  );
  for (const { number, url } of references) {
    if (!url) continue;
    const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink';
    const { href } = new URL(url);
    document.Document.Relationships.addRelationship(linkId(number), type, href, 'External');
  }
}

function pictureOf(picture: Buffer, alt: string): ImageRun {
  return new ImageRun({
    type: 'png',
    data: picture,
    transformation: { width: 576, height: 252 },
    altText: { name: 'Timeline', title: 'Timeline', description: alt },
  });
}

type Look = { readonly bold?: boolean; readonly italics?: boolean; readonly size?: number };

/** One run a line, since a run holds no line ends. */
function runs(text: string, look: Look): TextRun[] {
  return text
    .split('\n')
    .map((line, place) => new TextRun({ text: line, ...look, ...(place > 0 ? { break: 1 } : {}) }));
}
