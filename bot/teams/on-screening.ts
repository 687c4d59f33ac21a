import { randomUUID } from 'node:crypto';
import type { ScreeningId, UserId } from '../../src/core/ids.js';
import { citesOf } from '../../src/core/indications.js';
import { type Knowledge, startableScripts } from '../../src/core/knowledge.js';
import { phrases } from '../../src/core/phrases.js';
import type { Chat, Chats, Screenings } from '../../src/flows/ports.js';
import type { StartScreening } from '../../src/flows/start-screening.js';
import type { SummariseCase } from '../../src/flows/summarise-case.js';
import {
  findView,
  type ScreeningView,
  scriptFor,
  type TakeReply,
  viewOf,
} from '../../src/flows/take-reply.js';
import { plainMessage } from './cards/answer-message.js';
import { cardMessage } from './cards/card.js';
import { answeredCard, type Notice, screeningCard } from './cards/screening-card.js';
import { startCard } from './cards/start-card.js';
import { unfinishedCard } from './cards/unfinished-card.js';
import type { Press, Speaker } from './read-activity.js';
import { readTypedReply } from './read-typed.js';
import { actOf, noticeOf, refusalOf, skipHow } from './screening-words.js';
import { makeSendSummary } from './send-summary.js';
import type { Turn } from './turn.js';

export type OnScreening = {
  /** The screening whose question is open in this chat; undefined when none is, or it is paused. */
  readonly findOpen: (
    chat: string,
    by: UserId,
  ) => Promise<{ readonly chat: Chat; readonly view: ScreeningView } | undefined>;
  /** True when that activity left something in the record of the screening this chat shows. */
  readonly isRecorded: (chat: string, by: UserId, activityId?: string) => Promise<boolean>;
  readonly typed: (
    turn: Turn,
    by: Speaker,
    open: { readonly chat: Chat; readonly view: ScreeningView },
    text: string,
  ) => Promise<void>;
  readonly pressed: (turn: Turn, chat: string, by: Speaker, press: Press) => Promise<void>;
  readonly choose: (turn: Turn, screening?: ScreeningId) => Promise<void>;
  readonly resume: (turn: Turn, chat: string, by: Speaker) => Promise<void>;
  readonly putAside: (
    turn: Turn,
    by: Speaker,
    open: { readonly chat: Chat; readonly view: ScreeningView },
  ) => Promise<void>;
  readonly summary: (turn: Turn, chat: string, by: Speaker) => Promise<void>;
};

export type ScreeningParts = {
  readonly knowledge: Knowledge;
  readonly screenings: Screenings;
  readonly chats: Chats;
  readonly takeReply: TakeReply;
  readonly startScreening: StartScreening;
  readonly summariseCase: SummariseCase;
};

/** Screenings looked through for unfinished ones, newest first; as many fit on one card. */
const mostRecent = 20;

const stepSummary = 'Screening step';
/**
 * Screenings in a chat: one card a step, replaced by the next. Over 200 lines: the ways into a screening share how it
 * is found and drawn, and apart they would each repeat it.
 */
export function makeOnScreening(parts: ScreeningParts): OnScreening {
  const { knowledge, screenings, chats, takeReply } = parts;

  const sayCites = (cites: readonly string[]) =>
    citesOf(cites, knowledge.sources)
      .map(({ source, locator }) => `${source.publisher}, ${source.title}, ${locator}`)
      .join('; ');

  /** Replaces the card that was pressed, in the answer and everywhere else it is shown. */
  const redraw = async (turn: Turn, chat: string, view: ScreeningView, notice?: Notice) => {
    const content = screeningCard(view, sayCites, notice);
    turn.answerInvoke(200, {
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: content,
    });
    const cardId = turn.activity.replyToId;
    const seen = view.screening.events.length;
    await Promise.all([
      chats.put({ key: chat, screening: view.screening.id, seen, cardMessage: cardId }),
      cardId
        ? turn.update(cardId, cardMessage(content, stepSummary))
        : turn.send(cardMessage(content, stepSummary)),
    ]);
  };

  /** Puts the step below what was just typed, where the eyes are, and shrinks the card above. */
  const drawBelow = async (
    turn: Turn,
    key: string,
    view: ScreeningView,
    notice?: Notice,
    old?: string,
  ) => {
    const seen = view.screening.events.length;
    const cardId = await turn.send(cardMessage(screeningCard(view, sayCites, notice), stepSummary));
    await chats.put({ key, screening: view.screening.id, seen, cardMessage: cardId });
    if (old) await turn.update(old, cardMessage(answeredCard(view), stepSummary));
  };

  const find = (id: ScreeningId, by: UserId) => findView(knowledge, screenings, id, by);

  const say = async (turn: Turn, words: string | readonly string[]) => {
    turn.answerInvoke(200, {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: String(words),
    });
    await turn.send(plainMessage(words));
  };

  const { sendSummary, sendMarkdown } = makeSendSummary(parts.summariseCase, (turn) =>
    say(turn, phrases.notYours),
  );

  const choose: OnScreening['choose'] = async (turn, screening) => {
    const content = startCard(startableScripts(knowledge), randomUUID(), screening);
    await turn.send(cardMessage(content, 'Choose a screening'));
  };

  const start = async (turn: Turn, chat: string, by: Speaker, press: Press) => {
    const earlier = press.screening ? await find(press.screening, by.id) : undefined;
    if (press.screening && !earlier) return say(turn, phrases.notYours);
    const activityId = `start ${press.instance ?? turn.activity.id ?? randomUUID()} ${press.script}`;
    const caseOf = earlier ? { caseOf: earlier.screening } : {};
    const started = await parts.startScreening({
      script: press.script ?? '',
      by: by.id,
      activityId,
      ...caseOf,
    });
    const view = started.kind === 'no-such-script' ? undefined : await find(started.id, by.id);
    if (!view) return say(turn, phrases.unknownCommand);
    await redraw(turn, chat, view);
  };

  /** Where it stands, no longer paused; undefined when it is not this person's. */
  const unpaused = async (
    turn: Turn,
    by: Speaker,
    view: ScreeningView,
    client: 'card' | 'chat',
  ): Promise<ScreeningView | undefined> => {
    if (!view.position.isPaused) return view;
    const taken = await takeReply({
      screening: view.screening.id,
      by: by.id,
      client,
      activityId: turn.activity.id ?? randomUUID(),
      seen: view.screening.events.length,
      act: { kind: 'resume' },
    });
    return taken.kind === 'not-yours' ? undefined : taken.view;
  };

  /** Shows the step of a screening chosen among those unfinished, in place of the offer. */
  const openChosen = async (turn: Turn, chat: string, by: Speaker, screening: ScreeningId) => {
    const found = await find(screening, by.id);
    const view = found && (await unpaused(turn, by, found, 'card'));
    if (!view) return say(turn, phrases.notYours);
    await redraw(turn, chat, view);
  };

  /** Presses that only show something leave the card they stand on as it is. */
  const showOnly = async (turn: Turn, by: Speaker, press: Press, screening: ScreeningId) => {
    const view = await find(screening, by.id);
    if (!view) return say(turn, phrases.notYours);
    turn.answerInvoke(200, {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Below.',
    });
    if (press.verb === 'summary') return sendSummary(turn, screening, by);
    if (press.verb === 'markdown') return sendMarkdown(turn, screening, by);
    return choose(turn, screening);
  };

  const pressed: OnScreening['pressed'] = async (turn, chat, by, press) => {
    if (press.verb === 'start') return start(turn, chat, by, press);
    if (!press.screening) return say(turn, phrases.unknownCommand);
    if (press.verb === 'open') return openChosen(turn, chat, by, press.screening);
    if (['summary', 'markdown', 'choose'].includes(press.verb))
      return showOnly(turn, by, press, press.screening);
    const act = actOf(press);
    if (!act) return say(turn, phrases.unknownCommand);
    const taken = await takeReply({
      screening: press.screening,
      by: by.id,
      client: 'card',
      activityId: turn.activity.id ?? randomUUID(),
      seen: press.seen ?? -1,
      act,
    });
    if (taken.kind === 'not-yours') return say(turn, phrases.notYours);
    await redraw(turn, chat, taken.view, noticeOf(taken, act, knowledge.cues));
  };

  const typed: OnScreening['typed'] = async (turn, by, { chat, view }, text) => {
    const question = view.position.at;
    const meant = readTypedReply(text, question?.id, question?.type === 'FT');
    if (meant?.kind === 'why' && question)
      return say(turn, `${question.why.text} (${sayCites(question.why.cites)})`);
    if (meant?.kind === 'skip-how') return say(turn, skipHow());
    if (meant?.kind !== 'act') return;
    const taken = await takeReply({
      screening: chat.screening,
      by: by.id,
      client: 'chat',
      activityId: turn.activity.id ?? randomUUID(),
      seen: chat.seen,
      act: meant.act,
    });
    if (taken.kind === 'not-yours') return say(turn, phrases.notYours);
    if (taken.kind === 'refused') return say(turn, refusalOf(taken, question));
    const old = taken.kind === 'saved' ? chat.cardMessage : undefined;
    await drawBelow(turn, chat.key, taken.view, noticeOf(taken, meant.act, knowledge.cues), old);
  };

  return {
    findOpen: async (key, by) => {
      const chat = await chats.find(key);
      const view = chat && (await find(chat.screening, by));
      return chat && view?.position.at && !view.position.isPaused ? { chat, view } : undefined;
    },
    isRecorded: async (key, by, activityId) => {
      const chat = await chats.find(key);
      const view = chat && (await find(chat.screening, by));
      return view?.screening.events.some((event) => event.activityId === activityId) ?? false;
    },
    typed,
    pressed,
    choose,
    resume: async (turn, key, by) => {
      const recent = await screenings.listOf(by.id, mostRecent);
      const unfinished = recent
        .map((screening) => viewOf(scriptFor(knowledge, screening), screening))
        .filter(({ position }) => position.at);
      const [open, ...others] = unfinished;
      if (!open) return say(turn, phrases.nothingToResume);
      if (others.length > 0)
        return void (await turn.send(
          cardMessage(unfinishedCard(unfinished), 'Choose a screening'),
        ));
      const view = await unpaused(turn, by, open, 'chat');
      if (view) await drawBelow(turn, key, view);
    },
    putAside: async (turn, by, { chat }) => {
      const act = { kind: 'pause' } as const;
      const activityId = turn.activity.id ?? randomUUID();
      await takeReply({
        screening: chat.screening,
        by: by.id,
        client: 'chat',
        activityId,
        seen: chat.seen,
        act,
      });
      await say(turn, phrases.cancelled);
    },
    summary: async (turn, key, by) => {
      const chat = await chats.find(key);
      if (!chat) return say(turn, phrases.noSummary);
      await sendSummary(turn, chat.screening, by);
    },
  };
}
