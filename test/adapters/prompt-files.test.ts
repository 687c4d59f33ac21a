import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parsePrompt, promptWith, readPrompts } from '../../src/adapters/prompt-files.js';

const good = `---
id: pick-one
version: 2
purpose: Picks one of the sentences given.
inputs: [question]
output: pick
---

# System

You pick.

# User

Asked: {{question}}
`;

describe('a prompt file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'signpost-prompts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is read whole, and paired with the schema of its replies', async () => {
    await writeFile(path.join(folder, 'pick-one.md'), good);
    await writeFile(path.join(folder, 'released.json'), '{}');
    const schema = z.object({ label: z.string() });
    expect(promptWith(await readPrompts(folder), 'pick-one', schema)).toEqual({
      ...{ id: 'pick-one', version: 2, purpose: 'Picks one of the sentences given.' },
      ...{ inputs: ['question'], system: 'You pick.', template: 'Asked: {{question}}', schema },
      digest: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
  });

  it('that is missing is named', async () => {
    const files = await readPrompts(folder);
    expect(() => promptWith(files, 'pick-one', z.string())).toThrow('pick-one.md is missing');
  });

  it('has the same digest whatever its line ends, and another for other words', () => {
    const { digest } = parsePrompt('pick-one.md', good);
    expect(parsePrompt('pick-one.md', good.replaceAll('\n', '\r\n')).digest).toBe(digest);
    expect(parsePrompt('pick-one.md', good.replace('You', 'We')).digest).not.toBe(digest);
  });

  it.each([
    ['nothing', () => '', 'pick-one.md must be front matter'],
    ['no section for the user', (text: string) => text.replace('# User', ''), 'must be front'],
    ['another name', (text: string) => text.replace('id: pick-one', 'id: other'), 'field id:'],
    ['no whole version', (text: string) => text.replace('2', '2.5'), 'field version:'],
    ['no purpose', (text: string) => text.replace(/purpose: .*/, ''), 'field purpose:'],
    ['a field nobody knows', (text: string) => text.replace('output', 'x: 1\noutput'), '(all)'],
    ['broken YAML', (text: string) => text.replace('[question]', '[question'), 'is not YAML'],
    [
      'a placeholder that is no input',
      (text: string) => `${text}{{name}}`,
      'section User: {{name}} is not one of its inputs',
    ],
    [
      'an input that stands nowhere',
      (text: string) => text.replace('[question]', '[question, name]'),
      'field inputs: name stands nowhere',
    ],
    [
      'an input under System',
      (text: string) => text.replace('You pick.', 'You pick {{question}}.'),
      'section System: inputs go under User',
    ],
    ['an empty section', (text: string) => text.replace('You pick.', ''), 'holds no words'],
    ['a link', (text: string) => `${text} https://example.org`, 'holds no links'],
  ])('is refused with %s, naming file and field', (_, change, message) => {
    expect(() => parsePrompt('pick-one.md', change(good))).toThrow(message);
    expect(() => parsePrompt('pick-one.md', change(good))).toThrow('pick-one.md');
  });
});
