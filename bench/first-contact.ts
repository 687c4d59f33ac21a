import { activity, newId } from './activity.js';
import type { Connector } from './connector.js';

/** A way through First contact that raises nothing: what is replied to each question. */
const route: readonly (readonly [question: string, words: string])[] = [
  ...([
    ['FC01', 'no'],
    ['FC02', 'free'],
    ['FC03', 'yes'],
    ['FC04', 'somewhere-else'],
  ] as const),
  ...([
    ['FC05', 'no'],
    ['FC06', 'no'],
    ['FC07', 'none'],
    ['FC08', 'no'],
    ['FC10', 'yes'],
  ] as const),
  ...([
    ['FC11', 'Her work phone, not the mobile'],
    ['FC11b', 'email'],
    ['FC11c', 'Mornings'],
  ] as const),
  ...([
    ['FC11d', 'no'],
    ['FC11e', 'no'],
    ['FC12', 'usual'],
    ['FC13', 'home-agreed-time'],
  ] as const),
  ...([
    ['FC14', 'no-preference'],
    ['FC15', 'no'],
    ['FC16', 'none'],
    ['FC17', 'no'],
  ] as const),
  ...([
    ['FC18', 'no'],
    ['FC19', 'self'],
    ['FC20', 'That it stops'],
    ['FC20b', 'safe-tonight'],
  ] as const),
];

/** What is sent, and how to tell that it had its effect. */
export type Sent = {
  readonly body: string;
  readonly isGood: (status: number, answer: string) => boolean;
};

export type SentReply = Sent & {
  readonly activityId: string;
  readonly question: string;
  readonly words: string;
};

/** One screening from start to end. Whoever walks it waits for each answer before the next reply. */
export type Walk = {
  /** Empty until it was started. */
  readonly screening: () => string;
  /** How many replies were given. */
  readonly step: () => number;
  readonly isOver: () => boolean;
  readonly start: () => Sent;
  /** Good when the next card is out and counts one reply more. Typing works in the chat's newest screening only. */
  readonly reply: (how: 'typed' | 'pressed') => SentReply;
};

/** A walk through First contact by the person of a chat, in which other screenings may be open too. */
export function startWalk(connector: Connector, chat: string): Walk {
  let [screening, step] = ['', 0];
  let card: string | undefined;
  const press = (id: string, data: object) =>
    activity(connector, chat, {
      id,
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', data: { signpost: data } } },
      ...(card ? { replyToId: card } : {}),
    });
  const start = (): Sent => ({
    body: press(newId(), { verb: 'start', script: 'first-contact', instance: newId() }),
    isGood: (status, answer) => {
      screening = /"screening":"([^"]+)"/.exec(answer)?.[1] ?? '';
      card = connector.last(chat)?.id;
      return status === 200 && screening !== '' && answer.includes('"seen":0');
    },
  });
  const reply = (how: 'typed' | 'pressed'): SentReply => {
    const seen = step;
    const [question = '', words = ''] = route[seen] ?? [];
    step += 1;
    const [activityId, next] = [newId(), route[step]?.[0]];
    // The card asks what the route expects, so that a changed script stops the bench and not its sense.
    const expected = next ? `"question":"${next}"` : '"verb":"summary"';
    const isNext = (shown: string) =>
      shown.includes(screening) && shown.includes(`"seen":${seen + 1}`) && shown.includes(expected);
    if (how === 'pressed') {
      const body = press(activityId, { verb: 'reply', screening, question, seen, words });
      const isGood = (status: number, answer: string) => status === 200 && isNext(answer);
      return { activityId, question, words, body, isGood };
    }
    const body = activity(connector, chat, { id: activityId, type: 'message', text: words });
    const isGood = (status: number) => {
      // A typed reply gets a new card, below what was typed.
      const shown = connector.last(chat);
      card = shown?.id;
      return status === 200 && isNext(shown?.body ?? '');
    };
    return { activityId, question, words, body, isGood };
  };
  return {
    screening: () => screening,
    step: () => step,
    isOver: () => step === route.length,
    start,
    reply,
  };
}
