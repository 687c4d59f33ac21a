import { Buffer } from 'node:buffer';
import { crc32, deflateRawSync } from 'node:zlib';
import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import PDFDocument from 'pdfkit';

/** Publishers' files, made up and built here: good ones, and ones made to do harm. */

export type Entry = {
  readonly name: string;
  readonly data: string | Buffer;
  /** What the zip says of its size; the true one when left out. */
  readonly declared?: number;
  readonly flags?: number;
};

/** A zip file with these entries, deflated. */
export function aZip(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data, declared, flags = 0 } of entries) {
    const bytes = Buffer.from(data);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(declared ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), common, tail, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end]);
}

const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
const rels = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`;

/** The parts of a Word document whose body is this XML. */
export function wordParts(body: string): readonly Entry[] {
  const document = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
  return [
    { name: '[Content_Types].xml', data: types },
    { name: '_rels/.rels', data: rels },
    { name: 'word/document.xml', data: document },
  ];
}

export function wordParagraph(text: string, mark = ''): string {
  return `<w:p><w:r><w:rPr>${mark}</w:rPr><w:t>${text}</w:t></w:r></w:p>`;
}

/** `# heading` or words, a line each. */
export async function aDocx(lines: readonly string[]): Promise<Buffer> {
  const children = lines.map((line) =>
    line.startsWith('# ')
      ? new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(line.slice(2))] })
      : new Paragraph({ children: [new TextRun(line)] }),
  );
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

type PdfOptions = { readonly userPassword?: string; readonly script?: string };

/** Pages of `# heading` or words, a line each; a running title and a page number on each. */
export function aPdf(
  pages: readonly (readonly string[])[],
  { script, ...options }: PdfOptions = {},
): Promise<Buffer> {
  const pdf = new PDFDocument({ ...options, size: 'A4', compress: true });
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  for (const [at, lines] of pages.entries()) {
    if (at > 0) pdf.addPage();
    pdf
      .fontSize(8)
      .text(`Made-up guidance, page ${at + 1}`)
      .moveDown(2);
    for (const line of lines) {
      const isHeading = line.startsWith('# ');
      pdf.fontSize(isHeading ? 18 : 11).text(isHeading ? line.slice(2) : line);
      pdf.moveDown(1);
    }
  }
  if (script) pdf.addNamedJavaScript('start', script);
  return new Promise((resolve) => {
    pdf.on('end', () => resolve(Buffer.concat(parts)));
    pdf.end();
  });
}
