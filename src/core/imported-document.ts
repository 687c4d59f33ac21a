import { z } from 'zod';

/** A publisher's file as it was read: its headings and paragraphs in order, each with the page it stands on. */

const importedBlockSchema = z.strictObject({
  kind: z.enum(['heading', 'paragraph']),
  /** 1 to 6 for a heading, as far as the file tells; 0 for a paragraph. */
  level: z.int().min(0).max(6),
  text: z.string().min(1),
  /** Counted from 1; `null` where the kind of file has no pages. */
  page: z.int().min(1).nullable(),
});
export type ImportedBlock = z.infer<typeof importedBlockSchema>;

const importedDocumentSchema = z.strictObject({
  kind: z.enum(['pdf', 'docx', 'html', 'markdown']),
  blocks: z.array(importedBlockSchema).min(1),
  /** What a person should know of the reading, in sentences: hidden text, tracked changes, odd characters. */
  remarks: z.array(z.string()),
});
export type ImportedDocument = z.infer<typeof importedDocumentSchema>;

/** What reading a file came to; `refused` with one sentence that says why. */
export const readOutcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('read'), document: importedDocumentSchema }),
  z.strictObject({ kind: z.literal('refused'), reason: z.string().min(1) }),
]);
export type ReadOutcome = z.infer<typeof readOutcomeSchema>;

/** White space made single and what cannot be seen taken out; `odd` counts the latter. */
export function cleanText(text: string): { readonly text: string; readonly odd: number } {
  let odd = 0;
  const seen = text.replace(invisible, (character) => {
    if (character !== '\u00ad') odd += 1;
    return '';
  });
  return { text: seen.replace(/\s+/g, ' ').trim(), odd };
}

/** Zero-width and direction marks, private letters and controls other than white space; soft hyphens are common and harmless. */
export const invisible = /(?![\t\n\v\f\r])[\p{Cf}\p{Co}\p{Cc}]/gu;
