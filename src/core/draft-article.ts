import type { ImportedBlock } from './imported-document.js';
import { type Source, unwritten } from './passage.js';

/**
 * Makes drafts of articles from a publisher's file. Under an open licence the words are taken in, in quotation marks,
 * to be rewritten; under any other only headings and the places of paragraphs are, since its words may not be copied.
 */

/** More passages than these are a second article. */
const mostPassages = 25;

export type DraftRequest = {
  /** Kebab-case. */
  readonly article: string;
  readonly title: string;
  readonly source: Pick<Source, 'id' | 'licence'>;
  /** Days of the draft's front matter, YYYY-MM-DD. */
  readonly checkedOn: string;
  readonly reviewBy: string;
};

export type DraftArticle = { readonly id: string; readonly text: string };

/** True for licences under which a publisher's sentences may be copied. */
export function mayCopy({ licence }: Pick<Source, 'licence'>): boolean {
  return licence === 'OGL-3.0' || licence === 'OPL-3.0';
}

/** Articles in the format of knowledge/README.md, all drafts; several when the file has many sections. */
export function draftArticles(
  blocks: readonly ImportedBlock[],
  request: DraftRequest,
): readonly DraftArticle[] {
  const sections = sectionsOf(blocks);
  const parts = Array.from({ length: Math.ceil(sections.length / mostPassages) }, (_, part) =>
    sections.slice(part * mostPassages, (part + 1) * mostPassages),
  );
  return parts.map((part, at) => {
    const id = parts.length === 1 ? request.article : `${request.article}-${at + 1}`;
    const passages = part.map((section, place) =>
      draftPassage(`${id}-${place + 1}`, section, request),
    );
    return { id, text: `${frontMatter(id, request)}${passages.join('')}` };
  });
}

/** An article with one empty passage, for writing by hand. */
export function emptyArticle(
  id: string,
  dates: Pick<DraftRequest, 'checkedOn' | 'reviewBy'>,
): string {
  const title = `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`.padEnd(5, '.');
  const head = passageHead(`${id}-1`, 'What does somebody ask about this?');
  return `${frontMatter(id, { ...dates, title })}${head}${unwritten}\n`;
}

type Section = { readonly heading: string; readonly paragraphs: readonly ImportedBlock[] };

/** Each heading with the paragraphs under it; what stands before the first is the opening. */
function sectionsOf(blocks: readonly ImportedBlock[]): readonly Section[] {
  const sections: { heading: string; paragraphs: ImportedBlock[] }[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') sections.push({ heading: block.text, paragraphs: [] });
    else if (sections.length === 0) sections.push({ heading: 'Opening', paragraphs: [block] });
    else sections.at(-1)?.paragraphs.push(block);
  }
  return sections.filter(({ paragraphs }) => paragraphs.length > 0);
}

function frontMatter(
  id: string,
  { title, checkedOn, reviewBy }: Pick<DraftRequest, 'title' | 'checkedOn' | 'reviewBy'>,
): string {
  return `---
id: ${id}
title: ${JSON.stringify(title)}
audience: [officer]
jurisdiction: England and Wales
status: draft
inForce: { from: null, to: null }
checkedOn: ${checkedOn}
reviewBy: ${reviewBy}
---
`;
}

function passageHead(id: string, heading: string): string {
  return `\n## ${heading}\n\n\`\`\`passage\nid: ${id}\nasks: []\n\`\`\`\n\n`;
}

function draftPassage(id: string, { heading, paragraphs }: Section, request: DraftRequest): string {
  const { source } = request;
  const marked = paragraphs.map((paragraph, at) => ({
    words: mayCopy(source) ? quoted(paragraph.text) : unwritten,
    mark: `[@${source.id} ${locatorOf(paragraph, heading, at + 1)}]`,
  }));
  const lines = [...new Set(marked.map(({ words, mark }) => `${words} ${mark}`))];
  return `${passageHead(id, heading.replace(/^[#\s]+/, '') || 'Opening')}${lines.join('\n\n')}\n`;
}

/** In quotation marks nothing at the start of a line is taken for a list or a heading; nor is anything for a mark. */
function quoted(text: string): string {
  return `“${text.replaceAll('[@', '[ @').replace(/:$/, '')}”`;
}

/** `para 1.2, page 3`; without a number or a page, the heading and the count under it. */
function locatorOf({ text, page }: ImportedBlock, heading: string, count: number): string {
  const number = /^(\d+(?:\.\d+)+)(?![\d.]*\d)/.exec(text)?.[1];
  const parts = [
    ...(number === undefined ? [] : [`para ${number}`]),
    ...(page === null ? [] : [`page ${page}`]),
  ];
  const title = heading
    .replace(/[[\]“”"]/g, '')
    .trim()
    .slice(0, 100);
  return parts.length > 0 ? parts.join(', ') : `section “${title}”, paragraph ${count}`;
}
