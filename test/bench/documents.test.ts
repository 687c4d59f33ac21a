import { describe, expect, it } from 'vitest';
import { measureDocuments } from '../../bench/measure-documents.js';
import { documentTable } from '../../bench/tables.js';

describe('the bench of documents', () => {
  it('draws one of each format, with something in it', async () => {
    const rows = await measureDocuments(1);
    expect(rows.map(({ format, kB }) => [format, kB > 5])).toEqual([
      ['docx', true],
      ['pdf', true],
    ]);
  });

  it('says of each whether the first and the others keep to the goal', () => {
    const row = { format: 'pdf', firstMs: 999, p50Ms: 80, p95Ms: 120, kB: 83.4 } as const;
    const table = documentTable([row, { ...row, format: 'docx', firstMs: 1_000 }]);
    expect(table.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['60 lines', 'first ms', 'p50', 'p95', 'kB', 'goal'],
      ['pdf', '999', '80', '120', '83', 'first and p95 < 1000 ms: met'],
      ['docx', '1000', '80', '120', '83', 'first and p95 < 1000 ms: NOT MET'],
    ]);
  });
});
