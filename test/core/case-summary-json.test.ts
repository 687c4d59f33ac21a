import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { caseSummaryJsonSchema } from '../../src/core/case-summary-json.js';

it('publishes the JSON Schema of the summary as it is (npm run -s summary-schema)', async () => {
  const url = new URL('../../docs/case-summary.schema.json', import.meta.url);
  expect(JSON.parse(await readFile(url, 'utf8'))).toEqual(caseSummaryJsonSchema());
});
