import { readFileSync } from 'node:fs';
import path from 'node:path';
import { activity } from './activity.js';
import type { Connector } from './connector.js';
import { startWalk, type Walk } from './first-contact.js';
import type { Turn, Worker } from './load.js';
import { questions } from './questions.js';

/** The users of the load: what each says next. */

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

/** Goes through First contact again and again, each time in a new chat, replying in turn by a click and by typing. */
export function screeningWorker(connector: Connector, name: string): Worker {
  let runs = 0;
  let walk: Walk | undefined;
  return (): Turn => {
    if (!walk || walk.isOver()) {
      runs += 1;
      walk = startWalk(connector, `a:${name}-screening-${runs}`);
      return { ...walk.start(), isTimed: false };
    }
    const at = walk.step();
    return { ...walk.reply((at + runs) % 2 === 0 ? 'typed' : 'pressed'), isTimed: true };
  };
}

/** What the waterfall asks: as much as First contact on its route, of like length; without choices any words will do. */
const waterfallQuestions: readonly { readonly choices?: readonly string[] }[] = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'peer', 'waterfall-questions.json'), 'utf8'),
);

/** Goes through the peer's waterfall again and again, each time in a new chat. Good when the next question is out. */
export function waterfallWorker(connector: Connector, name: string): Worker {
  let [runs, step] = [0, -1];
  return (): Turn => {
    const chat = `a:${name}-waterfall-${runs}`;
    const choices = waterfallQuestions[step]?.choices;
    const text =
      choices?.[runs % choices.length] ?? (step < 0 ? 'Hello' : 'Her work phone, not the mobile');
    const isTimed = step >= 0;
    step += 1;
    const isLast = step === waterfallQuestions.length;
    const next = isLast
      ? `Thank you: ${step} replies`
      : `${step + 1} of ${waterfallQuestions.length}. `;
    if (isLast) [runs, step] = [runs + 1, -1];
    const isGood = (status: number) =>
      status === 200 && (connector.last(chat)?.body.includes(`"${next}`) ?? false);
    return { body: activity(connector, chat, { type: 'message', text }), isTimed, isGood };
  };
}

/** No bot at all: posts to the connector itself, which shows what load and connector cost by themselves. */
export function idleWorker(connector: Connector): Worker {
  const body = activity(connector, 'a:idle', { type: 'message', text: questions[0] });
  return () => ({ body, isTimed: true, isGood: (status) => status === 201 });
}
