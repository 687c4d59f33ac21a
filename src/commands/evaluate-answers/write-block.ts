/** Results stand between two marks of a Markdown file, so that a command writes them and nobody retypes them. */
const begin = '<!-- results: npm run evaluate -- --write -->';
const end = '<!-- end of results -->';

/** The document with what stands between its marks replaced; throws when it has no marks. */
export function withBlock(document: string, block: string): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from === -1 || to < from)
    throw new Error('writing results: the document has no place for them');
  return `${document.slice(0, from)}${begin}\n\n${block}\n\n${document.slice(to)}`;
}
