import { describe, expect, it } from 'vitest';
import { readTyped, readTypedReply } from '../../bot/teams/read-typed.js';
import { questionId } from '../builders.js';

describe('words that steer the chat', () => {
  it.each<[string, unknown]>([
    ['help', { kind: 'help' }],
    [' HELP! ', { kind: 'help' }],
    ['/help', { kind: 'help' }],
    ['Hi', { kind: 'hello' }],
    ['good morning', { kind: 'hello' }],
    ['get started', { kind: 'hello' }],
    ['cancel', { kind: 'cancel' }],
    ['Stop.', { kind: 'cancel' }],
    ['quit', { kind: 'cancel' }],
    ['resume', { kind: 'resume' }],
    ['carry on', { kind: 'resume' }],
    ['summary', { kind: 'summary' }],
    ['case summary', { kind: 'summary' }],
    ['screen', { kind: 'screen', name: '' }],
    ['restart', { kind: 'screen', name: '' }],
    ['Start a screening', { kind: 'screen', name: '' }],
    ['new screening', { kind: 'screen', name: '' }],
    ['screen first contact', { kind: 'screen', name: 'first contact' }],
    ['screening: identification', { kind: 'screen', name: 'identification' }],
    ['show spo-length', { kind: 'show', passage: 'spo-length' }],
    ['show passage spo-length', { kind: 'show', passage: 'spo-length' }],
    ['show the passage', { kind: 'show' }],
    ['? how long does an SPO last', { kind: 'question', text: 'how long does an SPO last' }],
    ['Ask: how long?', { kind: 'question', text: 'how long?' }],
    ['?\nWhat is FOUR', { kind: 'question', text: 'What is FOUR' }],
  ])('“%s”', (text, expected) => {
    expect(readTyped(text)).toEqual(expected);
  });

  it.each([
    'how long does an SPO last',
    'help me understand section 2A',
    'hello he keeps turning up',
    'stop him contacting her?',
    'he said he would leave',
    'ask my sister first',
    'show me the orders',
    'summary of section 4A',
    'continue to record it as stalking?',
    'start with the history?',
    '?',
    '',
  ])('leaves “%s” as words', (text) => {
    expect(readTyped(text)).toEqual({ kind: 'words', text });
  });
});

describe('words that steer while a question wants words', () => {
  it.each<[string, unknown]>([
    ['help', { kind: 'help' }],
    ['Cancel', { kind: 'cancel' }],
    ['resume', { kind: 'resume' }],
    ['summary', { kind: 'summary' }],
    ['screen', { kind: 'screen', name: '' }],
    ['screen first contact', { kind: 'screen', name: 'first contact' }],
    ['? how long does an SPO last', { kind: 'question', text: 'how long does an SPO last' }],
    ['Ask: how long?', { kind: 'question', text: 'how long?' }],
    ['show spo-length', { kind: 'show', passage: 'spo-length' }],
  ])('“%s”', (text, expected) => {
    expect(readTyped(text, true)).toEqual(expected);
  });

  it.each([
    ...['stop', 'Stop.', 'leave', 'quit', 'exit', 'start', 'hello', 'continue', 'go on'],
    ...['carry on', 'restart', 'begin screening', 'case summary', 'show the passage'],
  ])('not “%s”', (text) => {
    expect(readTyped(text, true)).toEqual({ kind: 'words', text });
  });

  const question = questionId('FC20');
  it.each<[string, string]>([
    ['!', 'danger'],
    ['b', 'back'],
    ['k', 'keep'],
    ['p', 'pause'],
    ['Pause', 'pause'],
  ])('“%s” acts on it', (text, kind) => {
    expect(readTypedReply(text, question, true)).toEqual({ kind: 'act', act: { kind } });
  });

  it.each(['u', 'd', 's1'])('“%s” says why it has no answer', (text) => {
    expect(readTypedReply(text, question, true)).toMatchObject({ act: { kind: 'absent' } });
  });

  it('“?” asks why', () => {
    expect(readTypedReply('?', question, true)).toEqual({ kind: 'why' });
  });

  it.each([
    ...['stop', 'leave', 'start', 'continue', 'back', 'keep', 'danger', 'why', 'Why?'],
    ...['declined', 'don’t know', 'not known', 'rather not say'],
  ])('“%s” is its reply', (words) => {
    expect(readTypedReply(words, question, true)).toEqual({
      kind: 'act',
      act: { kind: 'words', question, words },
    });
  });
});

describe('words typed to an open question', () => {
  const question = questionId('FC02');
  const absent = (value: object) => ({ kind: 'act', act: { kind: 'absent', question, value } });

  it.each<[string, unknown]>([
    ['!', { kind: 'act', act: { kind: 'danger' } }],
    ['!!!', { kind: 'act', act: { kind: 'danger' } }],
    ['DANGER!', { kind: 'act', act: { kind: 'danger' } }],
    ['b', { kind: 'act', act: { kind: 'back' } }],
    ['Back', { kind: 'act', act: { kind: 'back' } }],
    ['k', { kind: 'act', act: { kind: 'keep' } }],
    ['pause', { kind: 'act', act: { kind: 'pause' } }],
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
  ])('“%s”', (text, expected) => {
    expect(readTypedReply(text, question)).toEqual(expected);
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
  ])('takes “%s” for a reply, as it stands', (text) => {
    expect(readTypedReply(text, question)).toEqual({
      kind: 'act',
      act: { kind: 'words', question, words: text },
    });
  });

  it('means nothing without a question, but for what needs none', () => {
    expect(readTypedReply('yes', undefined)).toBeUndefined();
    expect(readTypedReply('u', undefined)).toBeUndefined();
    expect(readTypedReply('!', undefined)).toEqual({ kind: 'act', act: { kind: 'danger' } });
    expect(readTypedReply('b', undefined)).toEqual({ kind: 'act', act: { kind: 'back' } });
  });
});
