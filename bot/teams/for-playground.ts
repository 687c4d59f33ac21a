import type { JsonObject, OutgoingActivity } from './activity.js';
import { plainMessage } from './cards/answer-message.js';
import type { Turn } from './turn.js';

/**
 * What the Microsoft 365 Agents Playground does otherwise than Teams, so that the demo shows what Teams
 * shows. It draws Markdown only in a message without suggested actions: there they follow in a message of
 * their own. It refuses a message with more than ten citations: the rest stay numbers in the text.
 */
export function forPlayground(turn: Turn): Turn {
  if (!isPlayground(turn.activity.serviceUrl)) return turn;
  const send = async ({ suggestedActions, ...message }: OutgoingActivity) => {
    const entities = message.entities?.map(withFewCitations);
    const id = await turn.send(entities ? { ...message, entities } : message);
    if (suggestedActions && suggestedActions.actions.length > 0) {
      await turn.send({ ...plainMessage('What next?'), suggestedActions });
    }
    return id;
  };
  return { ...turn, send };
}

/** As in `http://localhost:56150/_connector`; Teams' own addresses end in a region. */
function isPlayground(serviceUrl: string): boolean {
  return new URL(serviceUrl).pathname.replace(/\/$/, '') === '/_connector';
}

const mostCitations = 10;

function withFewCitations(entity: JsonObject): JsonObject {
  const { citation } = entity;
  return Array.isArray(citation)
    ? { ...entity, citation: citation.slice(0, mostCitations) }
    : entity;
}
