import { beforeAll, describe, expect, it } from 'vitest';
import { incomingActivitySchema } from '../../bot/teams/activity.js';
import { limitTurns, makeIsUrgent, type TurnLimits } from '../../bot/teams/limit-turns.js';
import type { Turn } from '../../bot/teams/turn.js';
import { makeLog } from '../../src/adapters/log.js';
import type { Cues } from '../../src/core/cues.js';
import { limitWords } from '../../src/core/limit-words.js';
import { catalogueIn, type Language } from '../../src/core/words.js';
import { loadReal } from '../real-knowledge.js';
import { anActivity } from './transport-setup.js';

let cues: Cues;
beforeAll(async () => {
  cues = (await loadReal()).cues;
});

const danger = 'he is outside her door with a knife right now';

function start(limits: Partial<TurnLimits>, chosen?: Language) {
  const taken: unknown[] = [];
  const sent: unknown[] = [];
  const answers: unknown[] = [];
  const lines: string[] = [];
  const log = makeLog('debug', { write: (line) => lines.push(line) });
  const most = { perPersonAMinute: 1_000, perTenantAMinute: 1_000, codeTries: 1_000, ...limits };
  const onTurn = limitTurns(
    async ({ activity }) => void taken.push(activity.text ?? activity.name),
    () => cues,
    log,
    async (turn) => ({ ...turn, ...(chosen ? { language: chosen } : {}) }),
    most,
  );
  const take = (parts: object = {}) => {
    const turn: Turn = {
      activity: incomingActivitySchema.parse({
        serviceUrl: 'https://teams.example/',
        ...anActivity(parts),
      }),
      send: async ({ text }) => {
        sent.push(text);
        return 'm1';
      },
      update: async () => undefined,
      answerInvoke: (status, body) => void answers.push({ status, body }),
      later: () => undefined,
    };
    return onTurn(turn);
  };
  return { take, taken, sent, answers, lines };
}

const by = (aadObjectId: string) => ({ from: { id: `29:${aadObjectId}`, aadObjectId } });
const press = (verb: string) => ({
  ...{ type: 'invoke', name: 'adaptiveCard/action', text: undefined },
  value: { action: { data: { signpost: { verb } } } },
});

describe('a person who sends faster than the limit', () => {
  it('is told so once, and nothing more of theirs is taken', async () => {
    const { take, taken, sent } = start({ perPersonAMinute: 2 });
    for (const text of ['one', 'two', 'three', 'four']) await take({ text });
    expect([taken, sent]).toEqual([['one', 'two'], [limitWords.person]]);
  });

  it('is told so in the language they chose', async () => {
    const { take, sent } = start({ perPersonAMinute: 1 }, 'cy');
    for (const text of ['one', 'two']) await take({ text });
    expect(sent).toEqual([catalogueIn('cy').limits.person]);
  });

  it('gets the emergency guidance for words of danger all the same', async () => {
    const { take, taken, sent } = start({ perPersonAMinute: 1 });
    for (const text of ['one', 'two', danger]) await take({ text });
    expect([taken, sent]).toEqual([['one', danger], [limitWords.person]]);
  });

  it('can press DANGER all the same, and is told in the answer that another press was not taken', async () => {
    const { take, taken, sent, answers } = start({ perPersonAMinute: 1 });
    for (const verb of ['pause', 'resume', 'danger']) await take(press(verb));
    expect([taken, sent]).toEqual([['adaptiveCard/action', 'adaptiveCard/action'], []]);
    const type = 'application/vnd.microsoft.activity.message';
    const body = { statusCode: 200, type, value: limitWords.person };
    // The one of the press that was not taken.
    expect(answers).toContainEqual({ status: 200, body });
  });

  it('holds up nobody else, whatever name or address they send', async () => {
    const { take, taken } = start({ perPersonAMinute: 1 });
    await take({ text: 'one', ...by('a') });
    await take({ text: 'two', from: { id: '29:other', name: 'Other', aadObjectId: 'a' } });
    await take({ text: 'three', ...by('b') });
    expect(taken).toEqual(['one', 'three']);
  });

  it('is logged by id, without their words', async () => {
    const { take, lines } = start({ perPersonAMinute: 1 });
    for (const text of ['one', 'Jane Doe', 'Jane Doe']) await take({ text, ...by('a') });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'limit-reached', kind: 'person', userId: 'a' },
    ]);
    expect(lines.join('')).not.toContain('Jane');
  });
});

describe('a tenant that sends faster than the limit', () => {
  it('has each person told, but for danger', async () => {
    const { take, taken, sent } = start({ perTenantAMinute: 1 });
    await take({ text: 'one', ...by('a') });
    await take({ text: 'two', ...by('b') });
    await take({ text: danger, ...by('c') });
    expect([taken, sent]).toEqual([['one', danger], [limitWords.tenant]]);
  });
});

describe('codes', () => {
  it('can be tried only so often, in any spelling; everything else goes on', async () => {
    const { take, taken, sent } = start({ codeTries: 2 });
    const texts = ['join ABCD-EFGH', 'Join abcd efgh', 'join ABCD-EFGJ', 'join: ABCDEFGK', 'help'];
    for (const text of texts) await take({ text });
    expect(taken).toEqual(['join ABCD-EFGH', 'Join abcd efgh', 'help']);
    expect(sent).toEqual([limitWords.codes, limitWords.codes]);
  });
});

describe('what is urgent', () => {
  const isUrgent = (parts: object) =>
    makeIsUrgent(() => cues)(
      incomingActivitySchema.parse({ serviceUrl: 'https://teams.example/', ...anActivity(parts) }),
    );
  it.each<[boolean, string, object]>([
    [true, 'words of danger', { text: danger }],
    [
      true,
      'words of danger at the end of a long message',
      { text: `${'so '.repeat(3_000)}${danger}` },
    ],
    [true, 'the button', press('danger')],
    [false, 'a question', {}],
    [false, 'another button', press('pause')],
    [false, 'a press that is not ours', { type: 'invoke', name: 'adaptiveCard/action', value: 7 }],
    [
      false,
      'words of danger in a channel',
      { text: danger, conversation: { id: '19:x', conversationType: 'channel' } },
    ],
  ])('%s for %s', (expected, _, parts) => {
    expect(isUrgent(parts)).toBe(expected);
  });
});
