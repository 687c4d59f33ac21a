import { numberedCites, type WordingCheck, wordingText } from '../../../src/core/check-wording.js';
import { longestChecked } from '../../../src/core/wording-words.js';
import type { Words } from '../../../src/core/words.js';
import type { JsonObject, OutgoingActivity } from '../activity.js';
import { citationEntity } from './answer-message.js';
import { card, heading, plain, press, text } from './card.js';

/** Teams refuses a message with more citations; further ones stay numbers with their line of source. */
const mostCitations = 20;

/** A check as one message, its sources as Teams draws citations. No thumbs: nothing is kept that could be judged. */
export function wordingMessage(check: WordingCheck, words: Words): OutgoingActivity {
  const cites = numberedCites(check.marks).slice(0, mostCitations);
  const reasons = new Map(
    check.marks.flatMap(({ cites: own, reason }) => own.map((cite) => [cite.locator, reason])),
  );
  return {
    type: 'message',
    text: wordingText(check, plain, words),
    textFormat: 'markdown',
    summary: words.feeds.wordingChecked,
    ...(cites.length > 0
      ? {
          entities: [
            citationEntity(
              cites.map(({ n, source, locator }) => ({
                n,
                quote: reasons.get(locator) ?? '',
                source: { ...source, locator },
              })),
              false,
              words,
            ),
          ],
        }
      : {}),
  };
}

/** A field to paste into, so that the text need not stand in the chat. */
export function wordingCard({ wording, fallbacks }: Words): JsonObject {
  return card(
    [
      heading(wording.check),
      text(wording.ask),
      {
        ...{ type: 'Input.Text', id: 'words', label: wording.label, isMultiline: true },
        maxLength: longestChecked,
      },
    ],
    [press(wording.check, { verb: 'check-wording' })],
    fallbacks.wording,
  );
}
