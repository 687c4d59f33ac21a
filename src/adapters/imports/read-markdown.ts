import MarkdownIt from 'markdown-it';
import type { ImportedBlock } from '../../core/imported-document.js';

// html: true, so that markup is told from words and can be left out.
const markdown = new MarkdownIt({ html: true });
type Token = ReturnType<typeof markdown.parse>[number];

/** The headings and paragraphs of a Markdown text; an item of a list or a row of a table is a paragraph. HTML, code and pictures are left out. */
export function readMarkdown(text: string): readonly ImportedBlock[] {
  const tokens = markdown.parse(withoutFrontMatter(text), {});
  const blocks: ImportedBlock[] = [];
  let cells: string[] | undefined;
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'tr_open') cells = [];
    if (token.type === 'tr_close') {
      blocks.push(paragraphOf((cells ?? []).filter(Boolean).join(' | ')));
      cells = undefined;
    }
    if (token.type !== 'inline') continue;
    const words = wordsOf(token);
    const opened = tokens[at - 1];
    if (cells) cells.push(words);
    else if (opened?.type === 'heading_open')
      blocks.push({ kind: 'heading', level: Number(opened.tag.slice(1)), text: words, page: null });
    else blocks.push(paragraphOf(words));
  }
  return blocks.filter((block) => block.text.trim() !== '');
}

function paragraphOf(text: string): ImportedBlock {
  return { kind: 'paragraph', level: 0, text, page: null };
}

/** Words as they are read: without marks of emphasis, and of a link only its words. */
function wordsOf({ children }: Token): string {
  return (children ?? [])
    .map(({ type, content }) => {
      if (type === 'text' || type === 'code_inline') return content;
      return type === 'softbreak' || type === 'hardbreak' ? ' ' : '';
    })
    .join('');
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^\ufeff?---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
}
