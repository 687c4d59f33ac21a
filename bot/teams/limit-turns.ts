import { MemoryStore, type Options } from 'express-rate-limit';
import type { Log } from '../../src/adapters/log.js';
import type { Cues } from '../../src/core/cues.js';
import { findDanger } from '../../src/core/find-danger.js';
import type { Words } from '../../src/core/words.js';
import type { IncomingActivity } from './activity.js';
import { plainMessage } from './cards/answer-message.js';
import type { InLanguage } from './in-language.js';
import { readActivity, userOf } from './read-activity.js';
import { readTyped } from './read-typed.js';
import type { Turn, TurnHandlers } from './turn.js';
import { wordsOf } from './words-of.js';

/**
 * How much one person, and one tenant, may ask of this process. Who asks was verified before: it is what the activity
 * says once its token is good, never a header. Signs of danger are always taken. Counts are of one process: behind
 * several, somebody has as many times the share.
 */

export type TurnLimits = {
  readonly perPersonAMinute: number;
  readonly perTenantAMinute: number;
  /** Codes to join a case, right or wrong, in a quarter of an hour. There are 2.5 thousand million of them. */
  readonly codeTries: number;
};

/** Twice as fast as anybody replies; a force's busiest minute; a colleague who mistypes now and then. */
const turnLimits: TurnLimits = {
  perPersonAMinute: 120,
  perTenantAMinute: 12_000,
  codeTries: 10,
};

type OnTurn = TurnHandlers['onTurn'];

/** `onTurn` within the limits: whoever is over one is told so once in its span, and else nothing happens. */
export function limitTurns(
  onTurn: OnTurn,
  cues: () => Cues,
  log: Log,
  inLanguage: InLanguage,
  limits = turnLimits,
): OnTurn {
  const persons = makeCount(60_000, limits.perPersonAMinute);
  const tenants = makeCount(60_000, limits.perTenantAMinute);
  const codes = makeCount(15 * 60_000, limits.codeTries);
  const isUrgent = makeIsUrgent(cues);
  const say = async (turn: Turn, why: keyof Words['limits'], how: 'just-over' | 'over') => {
    const own = await inLanguage(turn);
    return sayOnce(own, wordsOf(own).limits[why], how);
  };
  return async (turn) => {
    const person = userOf(turn.activity).id;
    const tenant = turn.activity.conversation.tenantId ?? '';
    const ofPerson = await persons(person);
    const ofTenant = await tenants(tenant);
    if (ofPerson === 'just-over') log.warn('limit-reached', { kind: 'person', userId: person });
    if (ofTenant === 'just-over') log.warn('limit-reached', { kind: 'tenant' });
    const isOver = ofPerson !== 'within' || ofTenant !== 'within';
    if (isOver && !isUrgent(turn.activity)) {
      if (ofPerson !== 'within') return say(turn, 'person', ofPerson);
      // Of a tenant everybody is told, since each of them waits.
      return say(turn, 'tenant', 'just-over');
    }
    const ofCodes = triesCode(turn.activity) ? await codes(person) : 'within';
    if (ofCodes === 'within') return onTurn(turn);
    log.warn('limit-reached', { kind: 'codes', userId: person });
    return say(turn, 'codes', 'just-over');
  };
}

/** Whether an activity speaks of danger: in what was typed, or by the button. */
export function makeIsUrgent(cues: () => Cues): (activity: IncomingActivity) => boolean {
  return (activity) => {
    const incoming = readActivity(activity);
    if (incoming.kind === 'text') return findDanger(cues(), incoming.text) !== undefined;
    return incoming.kind === 'press' && incoming.press.verb === 'danger';
  };
}

function triesCode(activity: IncomingActivity): boolean {
  const incoming = readActivity(activity);
  return incoming.kind === 'text' && readTyped(incoming.text, true).kind === 'join';
}

/** A press is always answered; a chat hears of it once, or the limit would itself make messages without end. */
async function sayOnce(turn: Turn, words: string, how: 'just-over' | 'over'): Promise<void> {
  turn.answerInvoke(200, {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: words,
  });
  if (how === 'just-over' && turn.activity.type !== 'invoke')
    await turn.send(plainMessage(words, wordsOf(turn)));
}

type Counted = 'within' | 'just-over' | 'over';

/** Counts by key in spans that begin with the key's first; keys idle for two spans are forgotten. */
function makeCount(windowMs: number, most: number): (key: string) => Promise<Counted> {
  const store = new MemoryStore();
  // Of its options the store reads the span only.
  store.init({ windowMs } as Options);
  return async (key) => {
    const { totalHits } = await store.increment(key);
    if (totalHits <= most) return 'within';
    return totalHits === most + 1 ? 'just-over' : 'over';
  };
}
