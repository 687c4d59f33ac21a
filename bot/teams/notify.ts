import type { ReviewId } from '../../src/core/ids.js';
import { catalogueIn, languageOf, type Words } from '../../src/core/words.js';
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

/** What a return is corrected with; it names nothing, and finds what is returned when it is pressed. */
function correctionIn({ notices, phrases }: Words): Pick<OutgoingActivity, 'attachments'> {
  const { attachments = [] } = cardMessage(
    card(
      [text(phrases.correctHere)],
      [press(phrases.correctIt, { verb: 'correct' })],
      notices.correctHere,
    ),
    '',
  );
  return { attachments };
}

/** Sends a message that answers none; throws a delivery fault. */
export type SendTo = (chat: PersonChat, message: OutgoingActivity) => Promise<string | undefined>;

/** Tells people through Teams, in the language kept with their chat; `link` leads to a review by its opaque id. */
export function makeNotify({
  chats,
  sendTo,
  link,
}: {
  readonly chats: Pick<PeopleChats, 'find'>;
  readonly sendTo: SendTo;
  readonly link: (review: ReviewId) => string;
}): Tell {
  return async ({ kind, to, about }) => {
    const chat = await chats.find(to);
    if (!chat) return 'unreachable';
    const all = catalogueIn(chat.language ?? 'en');
    const texts: Readonly<Record<string, string>> = all.notices.kinds;
    const words = texts[kind] ?? all.notices.anything;
    const message = plainMessage(all.notices.open(words, link(about)), all);
    try {
      await sendTo(chat, {
        ...message,
        ...(kind === 'returned' ? correctionIn(all) : {}),
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
  const { channelId, serviceUrl, conversation, recipient, from, locale } = activity;
  const type = conversation.conversationType;
  if (type !== undefined && type !== 'personal') return undefined;
  return {
    channelId,
    serviceUrl,
    conversationId: conversation.id,
    tenantId: conversation.tenantId,
    botId: recipient.id,
    personId: from.id,
    language: locale === undefined ? undefined : languageOf(locale),
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
