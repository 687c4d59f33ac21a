import type { ReviewId } from '../../src/core/ids.js';
import { english } from '../../src/core/words.js';
import type { PeopleChats, PersonChat } from '../../src/flows/people-chats-port.js';
import type { Tell } from '../../src/flows/send-notices.js';
import type { IncomingActivity, OutgoingActivity } from './activity.js';
import { plainMessage } from './cards/answer-message.js';
import { card, cardMessage, press, text } from './cards/card.js';
import { findDeliveryFault } from './delivery-fault.js';

/**
 * Tells a person in their chat that something waits for them. The text shows on locked screens, so it names no case,
 * person, date or word of what was said: what it is about stands behind the link, after signing in.
 */

// In English: in which language somebody reads who asked for nothing is kept nowhere.
const { notices, phrases } = english;
const texts: Readonly<Record<string, string>> = notices.kinds;

/** What a return is corrected with; it names nothing, and finds what is returned when it is pressed. */
const { attachments } = cardMessage(
  card(
    [text(phrases.correctHere)],
    [press(phrases.correctIt, { verb: 'correct' })],
    notices.correctHere,
  ),
  '',
);
const correction = { attachments };

/** Sends a message that answers none; throws a delivery fault. */
export type SendTo = (chat: PersonChat, message: OutgoingActivity) => Promise<string | undefined>;

/** Tells people through Teams; `link` leads to a review by its opaque id. */
export function makeNotify({
  chats,
  sendTo,
  link,
}: {
  readonly chats: PeopleChats;
  readonly sendTo: SendTo;
  readonly link: (review: ReviewId) => string;
}): Tell {
  return async ({ kind, to, about }) => {
    const chat = await chats.find(to);
    if (!chat) return 'unreachable';
    const words = texts[kind] ?? notices.anything;
    const message = plainMessage(notices.open(words, link(about)));
    try {
      await sendTo(chat, {
        ...message,
        ...(kind === 'returned' ? correction : {}),
        summary: words,
      });
      return 'sent';
    } catch (error) {
      const fault = findDeliveryFault(error);
      if (!fault) throw error;
      if (fault.kind === 'blocked' || fault.kind === 'gone') return 'unreachable';
      return fault.kind === 'unclear' ? 'unclear' : 'failed';
    }
  };
}

/** Where the person of an activity can be written to later; undefined outside a one-to-one chat. */
export function personChatOf(activity: IncomingActivity): PersonChat | undefined {
  const { channelId, serviceUrl, conversation, recipient, from } = activity;
  const type = conversation.conversationType;
  if (type !== undefined && type !== 'personal') return undefined;
  return {
    channelId,
    serviceUrl,
    conversationId: conversation.id,
    tenantId: conversation.tenantId,
    botId: recipient.id,
    personId: from.id,
  };
}

/** The tab's name in the app's manifest. */
export const reviewsTab = 'reviews';

/** The link that opens a review in the app's tab in Teams. */
export function teamsLink(appId: string, tabId: string): (review: ReviewId) => string {
  return (review) => {
    const context = encodeURIComponent(JSON.stringify({ subEntityId: `reviews/${review}` }));
    return `https://teams.microsoft.com/l/entity/${encodeURIComponent(appId)}/${encodeURIComponent(tabId)}?context=${context}`;
  };
}

/** The link that opens a review in a browser, in local mode. */
export function pageLink(baseUrl: string): (review: ReviewId) => string {
  return (review) => new URL(`/tab/#/reviews/${review}`, baseUrl).href;
}
