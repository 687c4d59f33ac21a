import type { DocumentBlock, DocumentItem, DocumentOutline } from './review-document.js';

/** The document as Markdown, its marking first and its foot last; what was said in it can mark up nothing. */
export function documentMarkdown({ marking, foot, blocks }: DocumentOutline): string {
  const parts = [`**${escaped(marking)}**`, ...blocks.map(sayBlock), `---\n${escaped(foot)}`];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function sayBlock(block: DocumentBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escaped(block.text)}`;
    case 'text':
      return block.isStrong ? `**${escaped(block.text)}**` : escaped(block.text);
    case 'items':
      return block.items.map(sayItem).join('\n');
    case 'picture':
      return `(${escaped(block.alt)})`;
    case 'references':
      return block.references
        .map(({ number, text, url, checked }) => {
          const place = url ? ` <${url}>` : '';
          return `${number}. ${escaped(text)}.${place} (${checked})`;
        })
        .join('\n');
    default:
      return block satisfies never;
  }
}

function sayItem({ text, aside, references }: DocumentItem): string {
  const numbers = references.map((number) => ` \\[${number}\\]`).join('');
  return `- ${escaped(text)}${numbers}${aside ? ` (${escaped(aside)})` : ''}`;
}

/** On one line, so that nothing begins a heading or list, and with the marks of Markdown and HTML made plain. */
function escaped(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replace(/[\\`*_[\]<>#|~&!]/g, '\\$&');
}
