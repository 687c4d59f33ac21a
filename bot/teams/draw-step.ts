import { citesOf } from '../../src/core/indications.js';
import type { Knowledge } from '../../src/core/knowledge.js';
import type { Chats } from '../../src/flows/ports.js';
import type { ScreeningView } from '../../src/flows/screening-view.js';
import { plainMessage } from './cards/answer-message.js';
import { cardMessage } from './cards/card.js';
import { answeredCard, type Shown, screeningCard } from './cards/screening-card.js';
import type { Turn } from './turn.js';
import { wordsOf } from './words-of.js';

/** How a screening's steps and short sentences reach a chat, and how the chat is told what it shows. */
export function makeDrawStep(knowledge: Knowledge, chats: Chats) {
  const sayCites = (cites: readonly string[]) =>
    citesOf(cites, knowledge.sources)
      .map(({ source, locator }) => `${source.publisher}, ${source.title}, ${locator}`)
      .join('; ');

  /** Replaces the card that was pressed, in the answer and everywhere else it is shown. */
  const redraw = async (turn: Turn, chat: string, view: ScreeningView, shown: Shown = {}) => {
    const words = wordsOf(turn);
    const content = screeningCard(view, sayCites, shown, words);
    turn.answerInvoke(200, {
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: content,
    });
    const cardId = turn.activity.replyToId;
    const seen = view.screening.events.length;
    await chats.put({ key: chat, screening: view.screening.id, seen, cardMessage: cardId });
    const message = cardMessage(content, words.feeds.step);
    // Whoever pressed has the new card in the answer; their other devices get it right after.
    if (cardId) turn.later(() => turn.update(cardId, message));
    else await turn.send(message);
  };

  /** Puts the step below what was just typed, where the eyes are, and shrinks the card above. */
  const drawBelow = async (
    turn: Turn,
    key: string,
    view: ScreeningView,
    shown: Shown = {},
    old?: string,
  ) => {
    const seen = view.screening.events.length;
    const words = wordsOf(turn);
    const content = screeningCard(view, sayCites, shown, words);
    const cardId = await turn.send(cardMessage(content, words.feeds.step));
    await chats.put({ key, screening: view.screening.id, seen, cardMessage: cardId });
    if (old)
      turn.later(async () => {
        // Somebody may have pressed it meanwhile, and it shows the step again.
        if ((await chats.find(key))?.cardMessage !== old)
          await turn.update(old, cardMessage(answeredCard(view, words), words.feeds.step));
      });
  };

  const say = async (turn: Turn, words: string | readonly string[]) => {
    turn.answerInvoke(200, {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: String(words),
    });
    await turn.send(plainMessage(words, wordsOf(turn)));
  };

  /** The answer to a press whose outcome is sent as a message below. */
  const answerBelow = (turn: Turn) =>
    turn.answerInvoke(200, {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: wordsOf(turn).screening.below,
    });

  return { sayCites, redraw, drawBelow, say, answerBelow };
}

export type DrawStep = ReturnType<typeof makeDrawStep>;
