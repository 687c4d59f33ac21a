import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { listArticlePaths } from '../../src/adapters/article-paths.js';
import { knowledgeFolder, loadReal } from '../real-knowledge.js';

it('names the file of every passage that comes with Signpost', async () => {
  const [paths, { passages }] = await Promise.all([
    listArticlePaths(knowledgeFolder, 'knowledge'),
    loadReal(),
  ]);
  expect(passages.size).toBeGreaterThan(100);
  for (const [id, { topic }] of passages) {
    const file = paths.get(id) ?? '';
    expect(file).toMatch(new RegExp(`^knowledge/guidance/${topic}/.+\\.md$`));
    expect(existsSync(path.join(knowledgeFolder, '..', file))).toBe(true);
  }
});
