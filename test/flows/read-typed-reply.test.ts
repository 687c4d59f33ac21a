import { describe, expect, it } from 'vitest';
import { replay } from '../../src/core/replay.js';
import type { Act, Held } from '../../src/core/screening.js';
import { readTypedReply } from '../../src/flows/read-typed-reply.js';
import {
  aCard,
  anna,
  aQuestion,
  aReply,
  aScreening,
  aScript,
  aTime,
  choice,
  eventsOf,
  type QuestionInput,
  questionId,
} from '../builders.js';

type Open = Parameters<typeof readTypedReply>[1];

/** One question and one after it, as they stand after `acts`. */
function opened(given: Partial<QuestionInput> = {}, ...acts: readonly Act[]): Open {
  const script = aScript([aQuestion(given), aQuestion({ id: 'QA02' })]);
  return { position: replay(script, eventsOf(...acts)), held: new Map() };
}

const question = questionId('QA01');
const act = (taken: object) => ({ kind: 'act', act: taken });
const absent = (value: object) => act({ kind: 'absent', question, value });
const words = (text: string) => act({ kind: 'words', question, words: text });

describe('words typed to an open question', () => {
  it.each<[string, unknown]>([
    ['!', act({ kind: 'danger' })],
    ['!!!', act({ kind: 'danger' })],
    ['DANGER!', act({ kind: 'danger' })],
    ['b', act({ kind: 'back' })],
    ['Back', act({ kind: 'back' })],
    ['k', act({ kind: 'keep' })],
    ['pause', act({ kind: 'pause' })],
    ['?', { kind: 'why' }],
    ['why?', { kind: 'why' }],
    ['u', absent({ kind: 'not-known' })],
    ["don't know", absent({ kind: 'not-known' })],
    ['don’t know', absent({ kind: 'not-known' })],
    ['d', absent({ kind: 'declined' })],
    ['rather not say', absent({ kind: 'declined' })],
    ['s3', absent({ kind: 'not-asked', reason: 'distress' })],
    ['s 3', absent({ kind: 'not-asked', reason: 'distress' })],
    ['skip 1', absent({ kind: 'not-asked', reason: 'danger' })],
    ['S Distress', absent({ kind: 'not-asked', reason: 'distress' })],
    ['skip no privacy', absent({ kind: 'not-asked', reason: 'no-privacy' })],
    ['skip no-privacy', absent({ kind: 'not-asked', reason: 'no-privacy' })],
    ['s', { kind: 'skip-how' }],
    ['skip', { kind: 'skip-how' }],
    ['s9', { kind: 'skip-how' }],
    ['s0', { kind: 'skip-how' }],
    ['skip because', { kind: 'skip-how' }],
    ['short 2', act({ kind: 'shorten', reason: 'call-ended' })],
    ['Short distress', act({ kind: 'shorten', reason: 'distress' })],
    ['short', { kind: 'short-how' }],
    ['short 9', { kind: 'short-how' }],
    ['short of breath', { kind: 'short-how' }],
  ])('“%s”', (text, expected) => {
    expect(readTypedReply(text, opened())).toEqual(expected);
  });

  it.each([
    'yes',
    '2',
    'Skipton, at the station',
    'stranger',
    'sister told me',
    'dad knows',
    'back in March',
    'pause for a moment, she said',
    'because he was outside',
    ' kept as it was typed ',
    'S. came to the house',
    'rest',
    'shortly before ten',
  ])('takes “%s” for a reply, as it stands', (text) => {
    expect(readTypedReply(text, opened())).toEqual(words(text));
  });

  it('mean nothing at the end, but for what needs no question', () => {
    const atEnd = opened({}, aReply('QA01', 'yes'), aReply('QA02', 'no'));
    expect(readTypedReply('yes', atEnd)).toBeUndefined();
    expect(readTypedReply('u', atEnd)).toBeUndefined();
    expect(readTypedReply('!', atEnd)).toEqual(act({ kind: 'danger' }));
    expect(readTypedReply('b', atEnd)).toEqual(act({ kind: 'back' }));
  });

  it('bring back the rest while only the short set is asked', () => {
    const shortened = opened({ short: true }, { kind: 'shorten', reason: 'call-ended' });
    expect(readTypedReply('Rest', shortened)).toEqual(act({ kind: 'lengthen' }));
  });
});

describe.each([
  ['words', { type: 'FT' as const }],
  ['records', aCard({ id: 'QA01' })],
])('words typed where a question asks for %s', (_, given) => {
  it.each<[string, string]>([
    ['!', 'danger'],
    ['b', 'back'],
    ['k', 'keep'],
    ['p', 'pause'],
    ['Pause', 'pause'],
  ])('“%s” acts on it', (text, kind) => {
    expect(readTypedReply(text, opened(given))).toEqual(act({ kind }));
  });

  it.each(['u', 'd', 's1'])('“%s” says why it has no answer', (text) => {
    expect(readTypedReply(text, opened(given))).toMatchObject({ act: { kind: 'absent' } });
  });

  it('“?” asks why', () => {
    expect(readTypedReply('?', opened(given))).toEqual({ kind: 'why' });
  });

  it.each([
    ...['stop', 'leave', 'start', 'continue', 'back', 'keep', 'danger', 'why', 'Why?'],
    ...['declined', 'don’t know', 'not known', 'rather not say', 'short', 'short of breath'],
  ])('“%s” is its reply', (text) => {
    expect(readTypedReply(text, opened(given))).toEqual(words(text));
  });
});

describe('words typed while a change waits for its reason', () => {
  const changed = opened({}, aReply('QA01', 'yes'), { kind: 'back' }, aReply('QA01', 'no'));
  const reason = (why: string) => act({ kind: 'reason', question, reason: why });

  it.each<[string, unknown]>([
    ['1', reason('The person corrected it')],
    ['4', reason('No reason given')],
    [' she misheard me ', reason('she misheard me')],
    ['yes', reason('yes')],
    ['9', reason('9')],
    ['b', act({ kind: 'back' })],
    ['back', act({ kind: 'back' })],
    ['p', act({ kind: 'pause' })],
    ['!', act({ kind: 'danger' })],
    ['danger', act({ kind: 'danger' })],
  ])('“%s”', (text, expected) => {
    expect(readTypedReply(text, changed)).toEqual(expected);
  });

  it('are the reason, even where the question after it asks for words', () => {
    const script = aScript([aQuestion(), aQuestion({ id: 'QA02', type: 'FT' })]);
    const acts: Act[] = [aReply('QA01', 'yes'), { kind: 'back' }, aReply('QA01', 'no')];
    const open = { position: replay(script, eventsOf(...acts)), held: new Map() };
    expect(readTypedReply('misheard', open)).toEqual(reason('misheard'));
    expect(readTypedReply('danger', open)).toEqual(act({ kind: 'danger' }));
  });
});

describe('“k” while an answer of earlier contact is offered', () => {
  const answer: Held = {
    screening: aScreening().id,
    question,
    at: aTime,
    by: anna,
    value: choice('yes'),
  };
  const held = new Map([[question, answer]]);

  it('says that it is still right', () => {
    const confirm = act({ kind: 'confirm', question });
    expect(readTypedReply('k', { ...opened(), held })).toEqual(confirm);
    expect(readTypedReply('Keep', { ...opened(), held })).toEqual(confirm);
  });

  it('keeps the reply of a question gone back to instead', () => {
    const revisited = opened({}, aReply('QA01', 'no'), { kind: 'back' });
    expect(readTypedReply('k', { ...revisited, held })).toEqual(act({ kind: 'keep' }));
  });

  it('says nothing about another question', () => {
    const next = opened({}, aReply('QA01', 'no'));
    expect(readTypedReply('k', { ...next, held })).toEqual(act({ kind: 'keep' }));
  });
});
