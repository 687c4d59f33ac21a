import { randomUUID } from 'node:crypto';
import { dayOf } from '../../src/core/days.js';
import { findDanger } from '../../src/core/find-danger.js';
import type { ScreeningId, UserId } from '../../src/core/ids.js';
import { type Knowledge, startableScripts } from '../../src/core/knowledge.js';
import { isOutside } from '../../src/core/roles.js';
import type { ListReturned } from '../../src/flows/list-returned.js';
import { makeMayWorkOn, recordingRefusals } from '../../src/flows/may-work-on.js';
import type {
  Audit,
  Cases,
  Chat,
  Chats,
  Clock,
  Conflicts,
  Directory,
  People,
  Screenings,
} from '../../src/flows/ports.js';

import { findView, recallView, type ScreeningView } from '../../src/flows/screening-view.js';
import type { ShareCase } from '../../src/flows/share-case.js';
import type { StartScreening } from '../../src/flows/start-screening.js';
import type { SubmitReview } from '../../src/flows/submit-review.js';
import type { SummariseCase } from '../../src/flows/summarise-case.js';
import type { Reply, TakenReply, TakeReply } from '../../src/flows/take-reply.js';
import { cardMessage } from './cards/card.js';
import { startCard } from './cards/start-card.js';
import { makeDrawStep } from './draw-step.js';
import { makeOpenScreening } from './open-screening.js';
import { noName, type Press, type Speaker } from './read-activity.js';
import { actOf, noticeOf, refusalOf, shortHow, skipHow, unsavedOf } from './screening-words.js';
import { type DrawTimeline, makeSendSummary } from './send-summary.js';
import type { Turn } from './turn.js';
import { readTypedKeys } from './typed-keys.js';
import { wordsOf } from './words-of.js';

export type ShownScreening = {
  readonly chat: Chat;
  readonly view: ScreeningView;
  readonly isOpen: boolean;
};

export type OnScreening = {
  /** The screening this chat shows; none of its questions is open where it is paused or at its end. */
  readonly findShown: (chat: string, by: UserId) => Promise<ShownScreening | undefined>;
  /** True when that activity left something in the record of the screening this chat shows. */
  readonly isRecorded: (chat: string, by: UserId, activityId?: string) => Promise<boolean>;
  /** Where no question is open, danger is recorded all the same, and back leads from the end to the last question. */
  readonly typed: (turn: Turn, by: Speaker, shown: ShownScreening, text: string) => Promise<void>;
  readonly pressed: (turn: Turn, chat: string, by: Speaker, press: Press) => Promise<void>;
  readonly choose: (turn: Turn, screening?: ScreeningId) => Promise<void>;
  readonly resume: (turn: Turn, chat: string, by: Speaker) => Promise<void>;
  readonly putAside: (turn: Turn, by: Speaker, open: ShownScreening) => Promise<void>;
  readonly summary: (turn: Turn, chat: string, by: Speaker) => Promise<void>;
  readonly handOver: (turn: Turn, chat: string, by: Speaker) => Promise<void>;
  readonly join: (turn: Turn, chat: string, by: Speaker, code: string) => Promise<void>;
};

export type ScreeningParts = {
  readonly knowledge: Knowledge;
  readonly screenings: Screenings;
  readonly chats: Chats;
  readonly takeReply: TakeReply;
  readonly startScreening: StartScreening;
  readonly summariseCase: SummariseCase;
  readonly drawTimeline: DrawTimeline;
  readonly shareCase: ShareCase;
  readonly cases: Cases;
  readonly people: People;
  readonly submitReview: SubmitReview;
  readonly listReturned: ListReturned;
  readonly rolesOf: Directory['rolesOf'];
  readonly isBarred: Conflicts['isBarred'];
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: Clock;
};

/**
 * Screenings in a chat: one card a step, replaced by the next. Over 200 lines: what a press and what typed words do to
 * a screening are read together; how it is drawn and opened stands in draw-step.ts and open-screening.ts.
 */
export function makeOnScreening(parts: ScreeningParts): OnScreening {
  const { knowledge, screenings, chats } = parts;

  const mayWorkOn = makeMayWorkOn(parts.rolesOf, parts.isBarred);
  const mayOpen = recordingRefusals(mayWorkOn, parts.isBarred, parts.audit, parts.clock);

  /** A name costs nothing when it has not changed. */
  const remember = async ({ id, name }: Speaker) => {
    if (name !== noName) await parts.people.remember(id, name);
  };

  const takeReply = async (by: Speaker, reply: Omit<Reply, 'by'>): Promise<TakenReply> => {
    const known = await screenings.recall(reply.screening);
    if (known && !(await mayOpen(known, by.id))) return { kind: 'not-yours' };
    const [taken] = await Promise.all([parts.takeReply({ ...reply, by: by.id }), remember(by)]);
    return taken;
  };

  const draw = makeDrawStep(knowledge, chats);
  const { sayCites, redraw, drawBelow, say, answerBelow } = draw;
  const { openBelow, openChosen, correct, resume } = makeOpenScreening(parts, takeReply, draw, {
    mayWorkOn,
    mayOpen,
  });
  const find = (id: ScreeningId, by: UserId) => findView(knowledge, screenings, id, by, mayOpen);

  const { sendSummary, sendMarkdown } = makeSendSummary(
    parts.summariseCase,
    parts.drawTimeline,
    (turn) => say(turn, wordsOf(turn).phrases.notYours),
  );

  const choose: OnScreening['choose'] = async (turn, screening) => {
    const words = wordsOf(turn);
    const content = startCard(
      startableScripts(knowledge, dayOf(parts.clock())),
      randomUUID(),
      screening,
      words,
    );
    await turn.send(cardMessage(content, words.feeds.choose));
  };

  const start = async (turn: Turn, chat: string, by: Speaker, press: Press) => {
    const earlier = press.screening ? await find(press.screening, by.id) : undefined;
    if (press.screening && !earlier) return say(turn, wordsOf(turn).phrases.notYours);
    const activityId = `start ${press.instance ?? turn.activity.id ?? randomUUID()} ${press.script}`;
    const caseOf = earlier ? { caseOf: earlier.screening } : {};
    const started = await parts.startScreening({
      script: press.script ?? '',
      by: by.id,
      activityId,
      ...caseOf,
    });
    const { phrases, dates } = wordsOf(turn);
    if (started.kind === 'expired')
      return say(turn, phrases.licenceEnded(started.title, dates.day(started.expiredOn)));
    const view = started.kind === 'no-such-script' ? undefined : await find(started.id, by.id);
    if (!view) return say(turn, wordsOf(turn).phrases.unknownCommand);
    await redraw(turn, chat, view);
  };

  /** Presses that only show something leave the card they stand on as it is. */
  const showOnly = async (turn: Turn, by: Speaker, press: Press, screening: ScreeningId) => {
    const view = await find(screening, by.id);
    if (!view) return say(turn, wordsOf(turn).phrases.notYours);
    answerBelow(turn);
    if (press.verb === 'summary') return sendSummary(turn, screening, by);
    if (press.verb === 'markdown') return sendMarkdown(turn, screening, by);
    return choose(turn, screening);
  };

  /** Shows a record's fields to be changed; nothing is recorded by it. */
  const edit = async (turn: Turn, chat: string, by: Speaker, press: Press) => {
    const view = press.screening && (await find(press.screening, by.id));
    if (!view) return say(turn, wordsOf(turn).phrases.notYours);
    const isCurrent = view.position.at?.id === press.question;
    const { number, verb } = press;
    const editing = isCurrent && number ? { number, isProposing: verb === 'propose' } : undefined;
    await redraw(turn, chat, view, { editing });
  };

  const sendCode = async (turn: Turn, by: Speaker, screening: ScreeningId) => {
    const view = await find(screening, by.id);
    const code = view && (await parts.shareCase.invite(screening, by.id));
    const { phrases } = wordsOf(turn);
    await say(turn, code ? phrases.handOver(code) : phrases.notYours);
  };

  /** Sends the case's summary to be reviewed, and says what became of it. */
  const submit = async (turn: Turn, by: Speaker, screening: ScreeningId) => {
    const user = { ...by, roles: await parts.rolesOf(by.id) };
    const sent = await parts.submitReview(screening, user);
    await say(turn, wordsOf(turn).reviewKinds[sent.kind]);
  };

  const pressed: OnScreening['pressed'] = async (turn, chat, by, press) => {
    if (press.verb === 'start') return start(turn, chat, by, press);
    if (press.verb === 'correct') return correct(turn, chat, by);
    if (!press.screening) return say(turn, wordsOf(turn).phrases.unknownCommand);
    if (press.verb === 'open') return openChosen(turn, chat, by, press.screening);
    if (press.verb === 'submit-review') return submit(turn, by, press.screening);
    if (press.verb === 'hand-over') return sendCode(turn, by, press.screening);
    if (press.verb === 'edit' || press.verb === 'propose') return edit(turn, chat, by, press);
    if (['summary', 'markdown', 'choose'].includes(press.verb))
      return showOnly(turn, by, press, press.screening);
    const act = actOf(press);
    if (!act) return say(turn, wordsOf(turn).phrases.unknownCommand);
    const taken = await takeReply(by, {
      screening: press.screening,
      client: 'card',
      activityId: turn.activity.id ?? randomUUID(),
      seen: press.seen ?? -1,
      act,
    });
    if (taken.kind === 'not-yours') return say(turn, wordsOf(turn).phrases.notYours);
    const words = wordsOf(turn);
    const notice = noticeOf(taken, act, knowledge.cues, words) ?? unsavedOf(press, act, words);
    await redraw(turn, chat, taken.view, { notice });
  };

  const typed: OnScreening['typed'] = async (turn, by, { chat, view, isOpen }, text) => {
    const question = view.position.at;
    const words = wordsOf(turn);
    const meant = readTypedKeys(text, view);
    if (meant?.kind === 'why' && question)
      return say(turn, `${question.why.text} (${sayCites(question.why.cites)})`);
    if (meant?.kind === 'skip-how') return say(turn, skipHow(words));
    if (meant?.kind === 'short-how') return say(turn, shortHow(words));
    if (meant?.kind !== 'act') return say(turn, words.phrases.nothingOpen);
    // The paused card offers danger, and the last one back as well.
    const offered = view.position.isPaused ? ['danger'] : ['danger', 'back'];
    if (!isOpen && !offered.includes(meant.act.kind)) return say(turn, words.phrases.nothingOpen);
    const taken = await takeReply(by, {
      screening: chat.screening,
      client: 'chat',
      activityId: turn.activity.id ?? randomUUID(),
      seen: chat.seen,
      act: meant.act,
    });
    if (taken.kind === 'not-yours') return say(turn, wordsOf(turn).phrases.notYours);
    if (taken.kind === 'refused') {
      const isDanger = findDanger(knowledge.cues, text) !== undefined;
      return say(turn, refusalOf(taken, question, isDanger, words));
    }
    const old = taken.kind === 'saved' ? chat.cardMessage : undefined;
    const notice = noticeOf(taken, meant.act, knowledge.cues, words);
    await drawBelow(turn, chat.key, taken.view, { notice }, old);
  };

  return {
    findShown: async (key, by) => {
      const chat = await chats.find(key);
      if (!chat) return undefined;
      const { screening: id, seen } = chat;
      const view = await recallView(knowledge, screenings, { id, seen }, by, mayWorkOn);
      if (!view) return undefined;
      const { at, awaitsReason, isPaused } = view.position;
      return { chat, view, isOpen: (at ?? awaitsReason) !== undefined && !isPaused };
    },
    isRecorded: async (key, by, activityId) => {
      const chat = await chats.find(key);
      const view = chat && (await findView(knowledge, screenings, chat.screening, by, mayWorkOn));
      return view?.screening.events.some((event) => event.activityId === activityId) ?? false;
    },
    typed,
    pressed,
    choose,
    resume,
    putAside: async (turn, by, { chat }) => {
      const act = { kind: 'pause' } as const;
      const activityId = turn.activity.id ?? randomUUID();
      await takeReply(by, {
        screening: chat.screening,
        client: 'chat',
        activityId,
        seen: chat.seen,
        act,
      });
      await say(turn, wordsOf(turn).phrases.cancelled);
    },
    summary: async (turn, key, by) => {
      const chat = await chats.find(key);
      if (!chat) return say(turn, wordsOf(turn).phrases.noSummary);
      await sendSummary(turn, chat.screening, by);
    },
    handOver: async (turn, key, by) => {
      const chat = await chats.find(key);
      if (!chat) return say(turn, wordsOf(turn).phrases.nothingToHandOver);
      await sendCode(turn, by, chat.screening);
    },
    join: async (turn, key, by, code) => {
      // Before the code is used: it stays good for the colleague it was meant for.
      const roles = await parts.rolesOf(by.id);
      if (isOutside(roles)) {
        const { sharedInTabOnly, noRoleForCases } = wordsOf(turn).roles;
        return say(turn, roles.includes('advocate') ? sharedInTabOnly : noRoleForCases);
      }
      const screening = await parts.shareCase.join(code, by.id);
      const view = screening && (await find(screening, by.id));
      if (!view) return say(turn, wordsOf(turn).phrases.notJoined);
      await remember(by);
      await say(turn, wordsOf(turn).phrases.joined(view.screening.caseRef));
      await sendSummary(turn, view.screening.id, by);
      await openBelow(turn, key, by, view.screening.id);
    },
  };
}
