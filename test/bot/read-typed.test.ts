import { describe, expect, it } from 'vitest';
import { readTyped } from '../../bot/teams/read-typed.js';

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
    ['hand over', { kind: 'hand-over' }],
    ['Handover.', { kind: 'hand-over' }],
    ['hand over this case', { kind: 'hand-over' }],
    ['invite', { kind: 'hand-over' }],
    ['join CDFH-4KT7', { kind: 'join', code: 'cdfh-4kt7' }],
    ['Join: cdfh 4kt7', { kind: 'join', code: 'cdfh 4kt7' }],
    ['join CDFH4KT7.', { kind: 'join', code: 'cdfh4kt7' }],
    ['screen', { kind: 'screen', name: '' }],
    ['restart', { kind: 'screen', name: '' }],
    ['Start a screening', { kind: 'screen', name: '' }],
    ['new screening', { kind: 'screen', name: '' }],
    ['screen first contact', { kind: 'screen', name: 'first contact' }],
    ['screening: identification', { kind: 'screen', name: 'identification' }],
    ['show spo-length', { kind: 'show', passage: 'spo-length' }],
    ['show passage spo-length', { kind: 'show', passage: 'spo-length' }],
    ['show the passage', { kind: 'show' }],
    ['check my wording', { kind: 'wording', pasted: '' }],
    ['/Check my wording.', { kind: 'wording', pasted: '' }],
    ['check wording', { kind: 'wording', pasted: '' }],
    ['wording:', { kind: 'wording', pasted: '' }],
    ['Wording: Dear Ms A,\nblock him.', { kind: 'wording', pasted: 'Dear Ms A,\nblock him.' }],
    ['check my wording: block him', { kind: 'wording', pasted: 'block him' }],
    ['check my wording\n\nBlock him', { kind: 'wording', pasted: 'Block him' }],
    ['Check this wording - block him', { kind: 'wording', pasted: 'block him' }],
    ['check my wording block him', { kind: 'wording', pasted: 'block him' }],
    ['? how long does an SPO last', { kind: 'question', text: 'how long does an SPO last' }],
    ['Ask: how long?', { kind: 'question', text: 'how long?' }],
    ['?\nWhat is FOUR', { kind: 'question', text: 'What is FOUR' }],
    ['/read', { kind: 'narrative', pasted: '' }],
    ['/Read: He was\noutside again. ', { kind: 'narrative', pasted: 'He was\noutside again.' }],
    ['/model', { kind: 'switch', name: 'model', act: 'state', why: '' }],
    [' /MODEL ', { kind: 'switch', name: 'model', act: 'state', why: '' }],
    ['/model off', { kind: 'switch', name: 'model', act: 'off', why: '' }],
    [
      '/model off: It withholds\ntoo much.',
      { kind: 'switch', name: 'model', act: 'off', why: 'It withholds\ntoo much.' },
    ],
    ['/Model On Mended', { kind: 'switch', name: 'model', act: 'on', why: 'Mended' }],
    ['/model offended', { kind: 'switch', name: 'model', act: 'unclear', why: '' }],
    ['/assistant', { kind: 'switch', name: 'assistant', act: 'state', why: '' }],
    ['/ASSISTANT off', { kind: 'switch', name: 'assistant', act: 'off', why: '' }],
    [
      '/assistant off – Old guidance.',
      { kind: 'switch', name: 'assistant', act: 'off', why: 'Old guidance.' },
    ],
    ['/assistant on Mended', { kind: 'switch', name: 'assistant', act: 'on', why: 'Mended' }],
    ['/assistant offline', { kind: 'switch', name: 'assistant', act: 'unclear', why: '' }],
    ['/self-check', { kind: 'self-check' }],
    ['/Self check.', { kind: 'self-check' }],
    ['/model please', { kind: 'switch', name: 'model', act: 'unclear', why: '' }],
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
    'wording',
    'wording of section 2A?',
    'what wording should I use: block him?',
    'check the wording of the caution',
    'checking my wording',
    'summary of section 4A',
    'continue to record it as stalking?',
    'start with the history?',
    'join',
    'join me at the station',
    'hand over the phone',
    'invited him in',
    'model off',
    'read the log entry',
    '/reading',
    '/models',
    'what model is his car?',
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
    ['hand over', { kind: 'hand-over' }],
    ['join CDFH-4KT7', { kind: 'join', code: 'cdfh-4kt7' }],
    ['screen', { kind: 'screen', name: '' }],
    ['screen first contact', { kind: 'screen', name: 'first contact' }],
    ['? how long does an SPO last', { kind: 'question', text: 'how long does an SPO last' }],
    ['Ask: how long?', { kind: 'question', text: 'how long?' }],
    ['show spo-length', { kind: 'show', passage: 'spo-length' }],
    ['/read', { kind: 'narrative', pasted: '' }],
    ['/model off Enough.', { kind: 'switch', name: 'model', act: 'off', why: 'Enough.' }],
  ])('“%s”', (text, expected) => {
    expect(readTyped(text, true)).toEqual(expected);
  });

  it.each([
    ...['stop', 'Stop.', 'leave', 'quit', 'exit', 'start', 'hello', 'continue', 'go on'],
    ...['invite', 'hand over this case', 'join us', 'join the club'],
    ...['carry on', 'restart', 'begin screening', 'case summary', 'show the passage'],
  ])('not “%s”', (text) => {
    expect(readTyped(text, true)).toEqual({ kind: 'words', text });
  });
});
