import type { DocumentOutline } from '../../core/review-document.js';

export type DocumentFormat = 'docx' | 'pdf';

export type RenderedWith = {
  /** When the file says it was made. */
  readonly at: Date;
  /** The timeline as a PNG of 640 by 280 pixels; without it the outline's picture is left out. */
  readonly picture?: Buffer;
};

/** What the HTTP answer says the bytes are. */
export const documentTypes: Readonly<Record<DocumentFormat, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/** The bytes of a document. Its library is loaded at the first one: few who start the program export anything. */
export async function renderDocument(
  outline: DocumentOutline,
  format: DocumentFormat,
  given: RenderedWith,
): Promise<Buffer> {
  switch (format) {
    case 'docx': {
      const { renderDocx } = await import('./docx.js');
      return renderDocx(outline, given);
    }
    case 'pdf': {
      const { renderPdf } = await import('./pdf.js');
      return renderPdf(outline, given);
    }
    default:
      return format satisfies never;
  }
}
