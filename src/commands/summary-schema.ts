import { caseSummaryJsonSchema } from '../core/case-summary-json.js';

/** `npm run -s summary-schema > docs/case-summary.schema.json && npm run format` after the summary's form has changed. */
process.stdout.write(`${JSON.stringify(caseSummaryJsonSchema(), null, 2)}\n`);
