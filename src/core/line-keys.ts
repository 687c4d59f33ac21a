import type { CaseSummary, SummaryLine } from './case-summary-schema.js';
import type { LineKey } from './review.js';

/** How lines are named. Free of schemas, so that the page takes them along for nothing. */

/** Names a line within one version; `keyOfIndication` does it for an indication. */
export function keyOfLine({ from }: SummaryLine): LineKey {
  const record = from.record === undefined ? '' : ` ${from.record}`;
  return `${from.screening} ${from.question}${record}`;
}

/** Names an indication as `keyOfLine` names a line. */
export function keyOfIndication({ screening, id }: CaseSummary['indications'][number]): LineKey {
  return `${screening} ${id}`;
}
