import type { Connector } from './connector.js';
import type { Turn, Worker } from './load.js';
import { questions } from './questions.js';

/** The users of the load: what each says next. Ids never repeat, or the bot would take a turn for a repeat. */

let lastId = 0;
const newId = () => {
  lastId += 1;
  return `f:${Date.now()}${lastId}`;
};

function activity(connector: Connector, chat: string, parts: object): string {
  return JSON.stringify({
    id: newId(),
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl: connector.serviceUrl,
    from: { id: `29:${chat}`, name: 'PC Example', aadObjectId: `user-${chat}` },
    recipient: { id: '28:signpost', name: 'Signpost' },
    conversation: { id: chat, conversationType: 'personal', tenantId: 'bench' },
    channelData: { tenant: { id: 'bench' } },
    locale: 'en-GB',
    ...parts,
  });
}

/** Chats a worker goes round: many enough that nobody asks twice in ten seconds, few enough for follow-ups. */
const chatsEach = 101;

/** Asks the list's questions, each next one in another chat. Good when a new message reached that chat. */
export function askingWorker(connector: Connector, name: string): Worker {
  let turns = 0;
  return () => {
    const chat = `a:${name}-${turns % chatsEach}`;
    const text = questions[turns % questions.length] ?? '';
    turns += 1;
    const before = connector.last(chat)?.id;
    return {
      body: activity(connector, chat, { type: 'message', text }),
      isTimed: true,
      isGood: (status) => status === 200 && connector.last(chat)?.id !== before,
    };
  };
}

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

/**
 * Goes through First contact again and again, each time in a new chat, replying in turn by a click and by
 * typing. Good when the next card is out and counts one reply more.
 */
export function screeningWorker(connector: Connector, name: string): Worker {
  let [runs, step] = [0, -1];
  let screening = '';
  return (): Turn => {
    const chat = `a:${name}-screening-${runs}`;
    const press = (data: object) => {
      const value = { action: { type: 'Action.Execute', data: { signpost: data } } };
      const shown = connector.last(chat)?.id;
      const on = shown ? { replyToId: shown } : {};
      return activity(connector, chat, {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value,
        ...on,
      });
    };
    const [question, words] = route[step] ?? [];
    const isTyped = (step + runs) % 2 === 0;
    const seen = step;
    if (step === -1) {
      step = 0;
      const isGood = (status: number, answer: string) => {
        screening = /"screening":"([^"]+)"/.exec(answer)?.[1] ?? '';
        return status === 200 && screening !== '' && answer.includes('"seen":0');
      };
      const script = 'first-contact';
      return { body: press({ verb: 'start', script, instance: newId() }), isTimed: false, isGood };
    }
    step += 1;
    const isLast = step === route.length;
    if (isLast) [runs, step] = [runs + 1, -1];
    // The card asks what the route expects, so that a changed script stops the bench and not its sense.
    const next = isLast ? '"verb":"summary"' : `"question":"${route[step]?.[0]}"`;
    const isNext = (card: string) => card.includes(`"seen":${seen + 1}`) && card.includes(next);
    if (isTyped) {
      const isGood = (status: number) => status === 200 && isNext(connector.last(chat)?.body ?? '');
      return {
        body: activity(connector, chat, { type: 'message', text: words }),
        isTimed: true,
        isGood,
      };
    }
    const isGood = (status: number, answer: string) => status === 200 && isNext(answer);
    return {
      body: press({ verb: 'reply', screening, question, seen, words }),
      isTimed: true,
      isGood,
    };
  };
}

/** No bot at all: posts to the connector itself, which shows what load and connector cost by themselves. */
export function idleWorker(connector: Connector): Worker {
  const body = activity(connector, 'a:idle', { type: 'message', text: questions[0] });
  return () => ({ body, isTimed: true, isGood: (status) => status === 201 });
}
