import type { CaseSummary, SummaryLine } from '../../../src/core/case-summary-schema.js';
import { keyOfIndication, keyOfLine } from '../../../src/core/line-keys.js';
import type { LineKey } from '../../../src/core/review.js';
import type { ReviewDetail, ReviewLine } from '../../../src/core/review-detail.js';
import type { Words } from './words/catalogue.js';

/** What each line of a review rests on, found in the summary it was drafted in. */

export type Indication = CaseSummary['indications'][number];

export type LineSource =
  | { readonly kind: 'reply'; readonly line: SummaryLine }
  | { readonly kind: 'indication'; readonly indication: Indication };

/** By the key of each line. */
export function sourcesOf(summary: CaseSummary): ReadonlyMap<LineKey, LineSource> {
  const lines = [...summary.sections.flatMap((section) => section.lines), ...summary.dropped];
  return new Map<LineKey, LineSource>([
    ...lines.map((line): [LineKey, LineSource] => [keyOfLine(line), { kind: 'reply', line }]),
    ...summary.indications.map((indication): [LineKey, LineSource] => [
      keyOfIndication(indication),
      { kind: 'indication', indication },
    ]),
  ]);
}

/** What stands after these words when nothing was ruled out, or nobody said. */
const ruledOut = /\b(?:do not use|not to be used): (?!nothing|none|not |declined)/i;

/** Whether a line of safe contact names what must not be used. Lines beside it are kept from the copy as well, unsaid. */
export function saysWhatNotToUse({ isUnsafe, section, drafted, text }: ReviewLine): boolean {
  return isUnsafe === true && section === 'S2' && (ruledOut.test(drafted) || ruledOut.test(text));
}

/** What a line is called where it is named away from its place: "FC04", "TL01 no. 2", "I-1". */
export function nameOfLine(key: LineKey, { lines }: Words): string {
  const [, question = key, record] = key.split(' ');
  return record ? lines.numbered(question, record) : question;
}

export type LineSection = {
  readonly id: string;
  readonly title: string;
  /** Its title comes from the script. */
  readonly isOfScript: boolean;
  readonly lines: readonly ReviewLine[];
};

/** The lines by section, in the order of the summary. */
export function sectionsOf({ summary, lines }: ReviewDetail, words: Words): readonly LineSection[] {
  const titles = [
    ...summary.sections.map(({ id, title }) => ({
      id: id as string,
      title: `${id} ${title}`,
      isOfScript: true,
    })),
    { id: 'dropped', title: words.lines.dropped, isOfScript: false },
    { id: 'indications', title: words.lines.indications, isOfScript: false },
  ];
  return titles
    .map((section) => ({ ...section, lines: lines.filter((line) => line.section === section.id) }))
    .filter((section) => section.lines.length > 0);
}
