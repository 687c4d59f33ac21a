import { randomUUID } from 'node:crypto';
import type { ScreeningId, UserId } from '../../src/core/ids.js';
import type { Screening } from '../../src/core/screening.js';
import type { MayWorkOn } from '../../src/flows/may-work-on.js';
import { findView, type ScreeningView, viewOf } from '../../src/flows/screening-view.js';
import type { Reply, TakenReply } from '../../src/flows/take-reply.js';
import { cardMessage } from './cards/card.js';
import { unfinishedCard } from './cards/unfinished-card.js';
import type { DrawStep } from './draw-step.js';
import type { ScreeningParts } from './on-screening.js';
import type { Speaker } from './read-activity.js';
import type { Turn } from './turn.js';
import { wordsOf } from './words-of.js';

/** Screenings looked through for unfinished ones, newest first; as many fit on one card. */
const mostRecent = 20;

type Take = (by: Speaker, reply: Omit<Reply, 'by'>) => Promise<TakenReply>;

/** The ways back into a screening: resumed, chosen, returned by a supervisor, or joined by a colleague's code. */
export function makeOpenScreening(
  parts: ScreeningParts,
  takeReply: Take,
  draw: DrawStep,
  /** `mayOpen` records that somebody was kept out: for what was asked for, and not for what is only left out. */
  { mayWorkOn, mayOpen }: { readonly mayWorkOn: MayWorkOn; readonly mayOpen: MayWorkOn },
) {
  const { knowledge, screenings } = parts;
  const { redraw, drawBelow, say, answerBelow } = draw;
  const find = (id: ScreeningId, by: UserId) => findView(knowledge, screenings, id, by, mayOpen);
  const ofPerson = async (found: readonly Screening[], by: UserId) => {
    const mine: Screening[] = [];
    for (const one of found) if (await mayWorkOn(one, by)) mine.push(one);
    return mine;
  };

  /** Where it stands, no longer paused; undefined when it is not this person's. */
  const unpaused = async (
    turn: Turn,
    by: Speaker,
    view: ScreeningView,
    client: 'card' | 'chat',
  ): Promise<ScreeningView | undefined> => {
    if (!view.position.isPaused) return view;
    const taken = await takeReply(by, {
      screening: view.screening.id,
      client,
      activityId: turn.activity.id ?? randomUUID(),
      seen: view.screening.events.length,
      act: { kind: 'resume' },
    });
    return taken.kind === 'not-yours' ? undefined : taken.view;
  };

  const recordRead = (view: ScreeningView, by: Speaker) =>
    parts.cases.recordRead({
      caseId: view.screening.caseId,
      by: by.id,
      at: parts.clock().toISOString(),
      what: 'screening',
    });

  /** Shows where a screening stands below what was typed, no longer paused. */
  const openBelow = async (turn: Turn, key: string, by: Speaker, id: ScreeningId) => {
    const found = await find(id, by.id);
    const view = found && (await unpaused(turn, by, found, 'chat'));
    if (!view) return say(turn, wordsOf(turn).phrases.notYours);
    await recordRead(view, by);
    await drawBelow(turn, key, view);
  };

  /** Shows the step of a screening chosen among those unfinished, in place of the offer. */
  const openChosen = async (turn: Turn, chat: string, by: Speaker, screening: ScreeningId) => {
    const found = await find(screening, by.id);
    const view = found && (await unpaused(turn, by, found, 'card'));
    if (!view) return say(turn, wordsOf(turn).phrases.notYours);
    await recordRead(view, by);
    await redraw(turn, chat, view);
  };

  /** Opens the one screening there is below, or lets one be chosen. */
  const offer = async (
    turn: Turn,
    key: string,
    by: Speaker,
    unfinished: readonly ScreeningView[],
    returned: readonly ScreeningView[],
  ) => {
    const [only, ...others] = [...unfinished, ...returned];
    if (only && others.length === 0) return openBelow(turn, key, by, only.screening.id);
    const words = wordsOf(turn);
    const content = unfinishedCard(unfinished, returned, words);
    await turn.send(cardMessage(content, words.feeds.choose));
  };

  const findReturned = async (by: Speaker) =>
    (await ofPerson(await parts.listReturned(by.id, mostRecent), by.id)).map((one) =>
      viewOf(knowledge, one, []),
    );

  /** Offers the screenings of returned cases below the message about the return, which stays as it is. */
  const correct = async (turn: Turn, key: string, by: Speaker) => {
    const returned = await findReturned(by);
    if (returned.length === 0) return say(turn, wordsOf(turn).phrases.nothingReturned);
    answerBelow(turn);
    await offer(turn, key, by, [], returned);
  };

  /** Offers what this person has not finished, and what was returned to them. */
  const resume = async (turn: Turn, key: string, by: Speaker) => {
    const [recent, found] = await Promise.all([
      screenings.listOf(by.id, mostRecent),
      findReturned(by),
    ]);
    const unfinished = (await ofPerson(recent, by.id))
      .map((screening) => viewOf(knowledge, screening, []))
      .filter(({ position }) => position.at || position.short);
    const listed = new Set(unfinished.map(({ screening }) => screening.id));
    const returned = found.filter(({ screening }) => !listed.has(screening.id));
    if (unfinished.length + returned.length === 0)
      return say(turn, wordsOf(turn).phrases.nothingToResume);
    await offer(turn, key, by, unfinished, returned);
  };

  return { openBelow, openChosen, correct, resume };
}
