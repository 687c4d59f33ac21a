import type { Connector } from '../connector.js';
import { startWalk, type Walk } from '../first-contact.js';
import { askingWorker } from '../workers.js';

/** Who uses Signpost in the scale bench, and what each does next. */

export const turnKinds = ['guidance', 'screening', 'review'] as const;
export type TurnKind = (typeof turnKinds)[number];

/** One HTTP request of a user; `path` is on whichever instance takes it. */
export type Ask = {
  readonly turn: TurnKind;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string;
  readonly isGood: (status: number, answer: string) => boolean;
};

/** Gives the next request of one user, once the one before has been answered. */
export type User = () => Ask;

/** Gives the user of that number. */
export type MakeUser = (number: number) => User;

/** 14 guidance questions, 5 screening turns and 1 of a review in twenty: 70, 25 and 5 in a hundred. */
const mix = [...'gggsggsgggsggrsgggsg'];
const turnOf = { g: 'guidance', s: 'screening', r: 'review' } as const;

/** Screenings that a user has open and goes round, so that seconds pass between two turns of one. */
const openEach = 16;
/** Which screening a chat shows is known to all instances moments later; nobody types faster than this. */
const typedAfterMs = 1_000;

type Own = Readonly<Record<TurnKind, User>>;

/** The same users in every measurement, each making one kind of turn, or without a kind the mix, begun elsewhere. */
export function makeUsers(connector: Connector, reviews: readonly string[]) {
  const known = new Map<number, Own>();
  const ownOf = (number: number): Own => {
    const own = known.get(number) ?? ownUsers(connector, number, reviews);
    known.set(number, own);
    return own;
  };
  return (kind?: TurnKind): MakeUser =>
    (number) => {
      const own = ownOf(number);
      let turns = number * 7;
      return () => {
        const letter = mix[turns % mix.length] as keyof typeof turnOf;
        turns += 1;
        return own[kind ?? turnOf[letter]]();
      };
    };
}

function ownUsers(connector: Connector, number: number, reviews: readonly string[]): Own {
  const asking = askingWorker(connector, `user-${number}`);
  return {
    guidance: () => ({ ...toBot, ...asking(), turn: 'guidance' }),
    screening: screener(connector, `a:user-${number}`),
    review: reviewer(reviews[number % reviews.length] ?? '', 1 + (number % 15)),
  };
}

const toBot = { method: 'POST', path: '/api/messages' } as const;

type Opened = { readonly walk: Walk; lastAt: number; isLost: boolean };

/** Goes round screenings of First contact, in chats of their own; one that is over, or went wrong, is replaced. */
function screener(connector: Connector, name: string): User {
  const open: Opened[] = [];
  let turns = 0;
  return () => {
    const place = turns % openEach;
    turns += 1;
    const before = open[place];
    const isNew = !before || before.isLost || before.walk.isOver();
    const walk = isNew ? startWalk(connector, `${name}-screening-${turns}`) : before.walk;
    const own: Opened = isNew ? { walk, lastAt: 0, isLost: false } : before;
    open[place] = own;
    const mayType = performance.now() - own.lastAt >= typedAfterMs;
    const how = mayType && (place + walk.step()) % 2 === 0 ? 'typed' : 'pressed';
    const { body, isGood } = isNew ? walk.start() : walk.reply(how);
    return {
      ...{ ...toBot, turn: 'screening', body },
      isGood: (status, answer) => {
        own.isLost = !isGood(status, answer);
        own.lastAt = performance.now();
        return !own.isLost;
      },
    };
  };
}

/** Opens a review, answers one of its points, and so on. Good when it was shown, and when the answer was kept. */
function reviewer(review: string, point: number): User {
  let [turns, seen] = [0, 0];
  const path = `/tab/api/reviews/${review}`;
  return () => {
    turns += 1;
    if (turns % 2 === 1) {
      const isGood = (status: number, answer: string) => {
        seen = status === 200 ? JSON.parse(answer).seen : 0;
        return seen > 0;
      };
      return { turn: 'review', method: 'GET', path, body: '', isGood };
    }
    const answer = turns % 4 === 0 ? { answer: 'yes' } : { answer: 'no', reason: 'Asked again.' };
    const body = JSON.stringify({ seen, act: { kind: 'point-answered', point, ...answer } });
    // Where two have the same point before them, the later one is told so, as people would be.
    const isGood = (status: number, said: string) => status === 200 || said.includes('"stale"');
    return { turn: 'review', method: 'POST', path: `${path}/acts`, body, isGood };
  };
}
