import { longestNarrative } from '../../../src/core/narrative.js';
import { type Narrative, narrativeText } from '../../../src/core/narrative-text.js';
import type { Words } from '../../../src/core/words.js';
import type { JsonObject, OutgoingActivity } from '../activity.js';
import { citationEntity } from './answer-message.js';
import { card, cardMessage, heading, plain, press, text } from './card.js';

/** Teams refuses a message with more citations; further ones stay numbers with their line of source. */
const mostCitations = 20;

/** The screening that the button begins; absent where none can be begun today. */
export type ScreeningToBegin = { readonly script: string; readonly instance: string };

/** A reading as one message: text with its citations, and a button that begins the screening. No thumbs: nothing is kept that could be judged. */
export function narrativeMessage(
  narrative: Narrative,
  toBegin: ScreeningToBegin | undefined,
  words: Words,
): OutgoingActivity {
  const citations = narrative.citations.slice(0, mostCitations);
  const isByModel =
    narrative.kind === 'read' && narrative.reading.marks.some(({ foundBy }) => foundBy === 'model');
  const button = narrative.kind === 'read' && toBegin ? beginCard(toBegin, words) : undefined;
  return {
    type: 'message',
    text: narrativeText(narrative, plain, words),
    textFormat: 'markdown',
    summary: words.feeds.narrativeRead,
    ...(citations.length > 0 || isByModel
      ? { entities: [citationEntity(citations, isByModel, words)] }
      : {}),
    ...(button ? { attachments: cardMessage(button, '').attachments } : {}),
  };
}

/** Carries nothing of the text: what the screening records is what is typed into it. */
function beginCard(
  { script, instance }: ScreeningToBegin,
  { narrative, fallbacks }: Words,
): JsonObject {
  return card([], [press(narrative.begin, { verb: 'start', script, instance })], fallbacks.begin);
}

/** A field to paste into, so that the text need not stand in the chat. */
export function narrativeCard({ narrative, fallbacks }: Words): JsonObject {
  return card(
    [
      heading(narrative.read),
      text(narrative.ask),
      {
        ...{ type: 'Input.Text', id: 'words', label: narrative.label, isMultiline: true },
        maxLength: longestNarrative,
      },
    ],
    [press(narrative.read, { verb: 'read-narrative' })],
    fallbacks.narrative,
  );
}
