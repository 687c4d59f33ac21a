import { describe, expect, it } from 'vitest';
import { documentMarkdown } from '../../src/core/document-markdown.js';

describe('a document as Markdown', () => {
  it('has each block in order, its marking first and its foot last', () => {
    const markdown = documentMarkdown({
      title: 'Case summary',
      marking: 'POLICE MATERIAL.',
      foot: 'SP-1, version 2',
      blocks: [
        { kind: 'heading', level: 1, text: 'Case summary SP-1' },
        { kind: 'text', text: 'Not a decision.', isStrong: true },
        { kind: 'text', text: 'Prepared by Anna.' },
        {
          kind: 'items',
          items: [
            { text: 'Asked: yes.', aside: 'FC01, Anna', references: [1, 2] },
            { text: 'Declined.', references: [] },
          ],
        },
        { kind: 'picture', alt: 'Bar chart by month' },
        {
          kind: 'references',
          references: [
            { number: 1, text: 'A, B', url: 'https://a.example/b', checked: 'checked today' },
            { number: 2, text: 'C, D', url: null, checked: 'checked today' },
          ],
        },
      ],
    });
    expect(markdown).toBe(`**POLICE MATERIAL.**

# Case summary SP-1

**Not a decision.**

Prepared by Anna.

- Asked: yes. \\[1\\] \\[2\\] (FC01, Anna)
- Declined.

(Bar chart by month)

1. A, B. <https://a.example/b> (checked today)
2. C, D. (checked today)

---
SP-1, version 2
`);
  });

  it.each([
    ['# Not a heading', '\\# Not a heading'],
    ['one\n\n# two', 'one \\# two'],
    ['![x](https://evil.example)', '\\!\\[x\\](https://evil.example)'],
    ['<b>*bold*</b> & `code`', '\\<b\\>\\*bold\\*\\</b\\> \\& \\`code\\`'],
    ['1. He came', '1. He came'],
  ])('lets %s mark up nothing', (text, expected) => {
    const blocks = [{ kind: 'items', items: [{ text, references: [] }] }] as const;
    expect(documentMarkdown({ title: 't', marking: 'm', foot: 'f', blocks })).toContain(
      `\n- ${expected}\n`,
    );
  });
});
