import { z } from 'zod';
import { caseSummarySchema } from './case-summary-schema.js';

/** The JSON Schema (2020-12) of a case summary, as other systems read it. */
export function caseSummaryJsonSchema(): object {
  return {
    title: 'Signpost case summary',
    description:
      'A draft built from replies: each line names the reply it rests on and the guidance behind it. Not a decision, risk grade or crime record.',
    ...z.toJSONSchema(caseSummarySchema, { target: 'draft-2020-12' }),
  };
}
