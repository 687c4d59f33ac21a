import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** The table of controls in docs/threats.md, held against the tests it names. */
const root = path.join(import.meta.dirname, '..');
const text = readFileSync(path.join(root, 'docs/threats.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Control'))
  .map((line) => line.slice(2, -2).split(' | '));

/** As in `` `test/bot/log.test.ts`: leaves out fields that are not on the list ``. */
const named = rows.flatMap(([control = '', shown = '']) =>
  shown === '**None**'
    ? []
    : shown.split('<br>').map((one) => {
        const [, file = '', name = ''] = /^`(test\/[\w./-]+\.test\.ts)`: (.+)$/.exec(one) ?? [];
        return { control, file, name };
      }),
);

describe('the controls of the threat model', () => {
  it('each name a test, or say that there is none', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(([, shown]) => !shown)).toEqual([]);
    const without = rows.filter(([, shown]) => shown === '**None**').length;
    expect(text).toContain(`${rows.length} controls, ${without} without a test.`);
    for (const [control, shown, beside] of rows)
      if (shown === '**None**') expect([control, beside]).not.toEqual([control, '']);
  });

  it.each(named)('$control: $file has “$name”', ({ file, name }) => {
    const at = path.join(root, file);
    expect([file, existsSync(at)]).toEqual([file, true]);
    // A name stands where a test is begun: after `it(`, or after the table of an `it.each`.
    const begins = readFileSync(at, 'utf8').split(`'${name}'`).slice(0, -1);
    const begun = begins.some((before) =>
      /(?:\bit(?:\.skipIf\([^)]*\))?\(|\)\(|\]\)\()\s*$/.test(before),
    );
    expect([name, begun]).toEqual([name, true]);
  });
});
