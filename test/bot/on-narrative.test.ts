import { beforeEach, describe, expect, it } from 'vitest';
import type { IncomingActivity, OutgoingActivity } from '../../bot/teams/activity.js';
import { makeOnNarrative } from '../../bot/teams/on-narrative.js';
import { readActivity } from '../../bot/teams/read-activity.js';
import { refuseTooLarge, type Turn } from '../../bot/teams/turn.js';
import { makeLog } from '../../src/adapters/log.js';
import { knownWordsOf } from '../../src/core/known-words.js';
import { longestNarrative } from '../../src/core/narrative.js';
import { narrativePhrases } from '../../src/core/narrative-words.js';
import { answerLead, phrases } from '../../src/core/phrases.js';
import { makeHide } from '../../src/core/placeholders.js';
import { makeRedact } from '../../src/core/redact.js';
import { makeReadNarrative, type NarrativeModel } from '../../src/flows/read-narrative.js';
import { aKnowledge } from '../builders.js';
import { makeFakeAnswers } from '../fakes.js';
import { narrativeModel, saying } from '../narrative-models.js';
import { loadReal } from '../real-knowledge.js';
import { anActivity } from './transport-setup.js';

const real = await loadReal();
const hide = makeHide(makeRedact(knownWordsOf(real)));
const clock = () => new Date('2026-11-20T10:00:00.000Z');
const pasted = 'Her ex has followed her home every night since June. He sat by the old mill.';

let answers: ReturnType<typeof makeFakeAnswers>;
let sent: OutgoingActivity[];
let updates: (readonly [string, OutgoingActivity])[];
let laters: (() => Promise<void>)[];
let logged: string[];

beforeEach(() => {
  answers = makeFakeAnswers();
  sent = [];
  updates = [];
  laters = [];
  logged = [];
});

const aTurn = (given: object = {}): Turn => ({
  activity: anActivity(given) as IncomingActivity,
  send: async (activity) => `m${sent.push(activity)}`,
  update: async (messageId, activity) => void updates.push([messageId, activity]),
  answerInvoke: () => {},
  later: (work) => void laters.push(work),
});

const onNarrative = (model?: NarrativeModel, knowledge = real) =>
  makeOnNarrative({
    ...{ knowledge, answers, clock, timeoutMs: 5_000 },
    readNarrative: makeReadNarrative({ knowledge, clock, model }),
    log: makeLog('debug', { write: (line) => void logged.push(line) }),
  });

const honest = narrativeModel(hide, () =>
  saying([{ kind: 'watching', quote: 'sat by the old mill' }]),
);

/** The reading of a text, as it was sent. */
async function readingOf(text: string): Promise<OutgoingActivity> {
  await onNarrative().typed(aTurn(), 'chat', text);
  const [message] = sent;
  if (!message) throw new Error('nothing was sent');
  return message;
}

describe('a report pasted behind /read', () => {
  it('is answered by one message that names nobody outside the chat and begins the screening', async () => {
    const message = await readingOf(pasted);
    expect(sent).toHaveLength(1);
    expect(message.summary).toBe('Report read');
    expect(message.text).toContain('“followed her home”');
    const [button] = (message.attachments ?? []) as unknown as { content: { actions: object[] } }[];
    expect(button?.content.actions).toMatchObject([
      {
        type: 'Action.Execute',
        title: narrativePhrases.begin,
        verb: 'start',
        data: { signpost: { verb: 'start', script: 'identification' } },
        fallback: { type: 'Action.Submit' },
      },
    ]);
    expect(JSON.stringify(button)).not.toContain('followed');
    expect(message.text).toContain(narrativePhrases.notStored);
  });

  it('leaves nothing of its words in the store or the log', async () => {
    await readingOf(pasted);
    expect(answers.kept()).toMatchObject([{ kind: 'narrative', chat: 'chat', messageId: 'm1' }]);
    expect(`${JSON.stringify(answers.kept())}${logged.join()}`).not.toMatch(/mill|ex has|followed/);
  });

  it('is superseded with its message, as wording is', async () => {
    const turn = aTurn();
    await onNarrative().typed(turn, 'chat', pasted);
    await onNarrative().typed(turn, 'chat', pasted, 2);
    const id = turn.activity.id ?? '';
    expect(await answers.supersede('chat', id)).toBe('m1');
    expect(await answers.supersede('chat', `${id} version 2`)).toBe('m2');
  });

  it('has no button where the screening cannot be begun', async () => {
    await onNarrative(undefined, aKnowledge()).typed(aTurn(), 'chat', pasted);
    expect(sent).toHaveLength(1);
    expect(sent[0]).not.toHaveProperty('attachments');
  });

  it.each(['', '  \n'])(
    'that is still to be pasted ("%s") is asked for by a card',
    async (text) => {
      const message = await readingOf(text);
      expect(message.attachments).toMatchObject([
        { content: { actions: [{ verb: 'read-narrative' }] } },
      ]);
      expect(answers.kept()).toEqual([]);
    },
  );

  it('that is too long is refused with a sentence, danger first all the same', async () => {
    const long = 'It rained. '.repeat(longestNarrative / 5);
    expect((await readingOf(long)).text).toBe(narrativePhrases.tooLong);
    sent = [];
    const message = await readingOf(`${long} He is outside her house now with a knife.`);
    expect(message.text?.startsWith(answerLead.urgent)).toBe(true);
    expect(message.text).toContain(narrativePhrases.tooLong);
    expect(message).not.toHaveProperty('attachments');
  });

  it.each([
    'He followed her home. He texted her again. She is terrified. He will kill her. Breach of bail. ',
    'He smashed *her* [car] window_s and posted her photos online. <b>He watches her</b>. ',
    'He is outside her house now with a knife. He reads her emails daily. ',
  ])('stays within what Teams takes, at its longest: %s', async (piece) => {
    const longest = piece.repeat(Math.floor(longestNarrative / piece.length));
    const message = await readingOf(longest);
    expect(() => refuseTooLarge(message)).not.toThrow();
    expect((message.text ?? '').length).toBeLessThan(20_000);
    const [entity] = (message.entities ?? []) as unknown as { citation: object[] }[];
    expect(entity?.citation.length).toBeGreaterThan(0);
    expect(entity?.citation.length).toBeLessThanOrEqual(20);
    expect(message.text).toMatch(/and \d+ more places/);
  });

  it('is drawn as words, not as links or bold', async () => {
    const message = await readingOf('He posted her [photos](https://evil.example) *online*.');
    expect(message.text).not.toContain('](https://evil.example)');
  });

  it('in a group chat or channel is not read at all', () => {
    const conversation = { id: '19:x', conversationType: 'groupChat' };
    const activity = anActivity({ text: `/read ${pasted}`, conversation }) as IncomingActivity;
    expect(readActivity(activity)).toEqual({ kind: 'elsewhere' });
  });
});

describe('a report read further by a model', () => {
  it('has what it found put into the same message, once, with the AI label', async () => {
    await onNarrative(honest).typed(aTurn(), 'chat', pasted);
    expect(sent[0]?.text).not.toContain(narrativePhrases.byModel);
    await Promise.all(laters.map((work) => work()));
    expect(updates).toHaveLength(1);
    const [[messageId, message] = []] = updates;
    expect(messageId).toBe('m1');
    expect(message?.text).toContain(`“sat by the old mill” (${narrativePhrases.byModel})`);
    expect(message?.entities).toMatchObject([{ additionalType: ['AIGeneratedContent'] }]);
    expect(message?.attachments).toEqual(sent[0]?.attachments);
    expect(answers.kept()).toMatchObject([
      { isImproved: true, chosenBy: [{ id: 'read-narrative' }] },
    ]);
  });

  it('stays withdrawn when its message was deleted meanwhile', async () => {
    const turn = aTurn();
    await onNarrative(honest).typed(turn, 'chat', pasted);
    await answers.supersede('chat', turn.activity.id ?? '');
    await Promise.all(laters.map((work) => work()));
    expect(updates.filter(([, { text }]) => text !== phrases.noLongerShown)).toEqual([]);
  });

  it('is left as it is when the model finds nothing more', async () => {
    await onNarrative(narrativeModel(hide, () => saying([]))).typed(aTurn(), 'chat', pasted);
    await Promise.all(laters.map((work) => work()));
    expect(updates).toEqual([]);
  });
});

describe('a report pasted into the card', () => {
  it('is read, and the card stands empty again', async () => {
    await onNarrative().pressed(aTurn({ replyToId: 'card' }), 'chat', pasted);
    await Promise.all(laters.map((work) => work()));
    expect(sent[0]?.text).toContain('“followed her home”');
    expect(updates.map(([id]) => id)).toEqual(['card']);
    expect(JSON.stringify(updates)).not.toContain('followed');
  });

  it('that is empty is told so', async () => {
    await onNarrative().pressed(aTurn(), 'chat', ' ');
    expect(sent[0]?.text).toBe(narrativePhrases.empty);
  });
});
