import { expect, it } from 'vitest';
import { heldCaseMarkdown } from '../../src/core/held-case.js';

it('sets out what is held, names beside ids, and lets no words of people be markup', () => {
  const tables = {
    cases: [{ id: 'c1', note: null, tags: [] }],
    events: [{ by: 'p1', act: { value: '# not *a* heading' }, text: '<b>x</b>\n## y' }],
  };
  expect(
    heldCaseMarkdown('SP-1', tables, { p1: 'PC [X](http://y)' }, { cases: 'A case.' }),
  ).toBe(`# Everything held of case SP-1

## cases (1)

A case.

### 1

- id: c1

## events (1)



### 1

- by: p1 (PC \\[X\\](http://y))
- act: 

      {
        "value": "# not *a* heading"
      }

- text: \\<b\\>x\\</b\\> \\#\\# y
`);
});
