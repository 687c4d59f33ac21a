/** Raised for a file that is not read; the message is one sentence for whoever brought it. */
export class Refusal extends Error {}

/** Largest file read, in bytes: the longest guidance we know of is a tenth of it. */
export const mostBytes = 25 * 1024 * 1024;

/** Most headings and paragraphs taken from one file; a book has fewer. */
export const mostBlocks = 20_000;

/** Most pages of a PDF. */
export const mostPages = 1_000;

/** Fewest letters in a whole file: with fewer it is pictures of pages, or empty. */
export const fewestLetters = 40;
