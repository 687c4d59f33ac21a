import { describe, expect, it } from 'vitest';
import { type IncomingActivity, incomingActivitySchema } from '../../bot/teams/activity.js';
import { readActivity, userOf } from '../../bot/teams/read-activity.js';
import { aScreening } from '../builders.js';
import { anActivity } from './transport-setup.js';

function read(parts: object) {
  return readActivity(parsed(parts));
}

function parsed(parts: object): IncomingActivity {
  return incomingActivitySchema.parse({
    serviceUrl: 'https://smba.example/teams/',
    ...anActivity(parts),
  });
}

const screening = aScreening().id;
const ours = { verb: 'reply', screening, question: 'FC01', seen: 2 };
const press = (more: object = {}) => ({ kind: 'press', press: { ...ours, ...more } });
const group = { conversation: { id: '19:x@thread.v2', conversationType: 'groupChat' } };
const channel = { conversation: { id: '19:y@thread.tacv2', conversationType: 'channel' } };

describe('a message', () => {
  it.each<[string, object, unknown]>([
    ['words', { text: '  How long? ' }, { kind: 'text', text: 'How long?' }],
    ['words after a mention', { text: '<at>Signpost</at> help' }, { kind: 'text', text: 'help' }],
    ['a mention alone', { text: '<at>Signpost</at>' }, { kind: 'text', text: '' }],
    ['nothing', { text: undefined }, { kind: 'text', text: '' }],
    ['null', { text: null, value: null }, { kind: 'text', text: '' }],
    ['only an attachment', { text: undefined, attachments: [{}] }, { kind: 'text', text: '' }],
    ['a press as Submit', { text: undefined, value: { signpost: ours } }, press()],
    ['a press as Submit with empty words', { text: ' ', value: { signpost: ours } }, press()],
    [
      'a press with what was typed into the card',
      { text: undefined, value: { signpost: ours, words: 'at the gate' } },
      press({ words: 'at the gate' }),
    ],
    [
      'a press whose typed words win over the button’s',
      { text: undefined, value: { signpost: { ...ours, words: 'yes' }, words: 'no' } },
      press({ words: 'no' }),
    ],
    [
      'a skip with its reason',
      { text: undefined, value: { signpost: { ...ours, verb: 'skip' }, why: 'distress' } },
      press({ verb: 'skip', why: 'distress' }),
    ],
    [
      'the fields of a record, those left empty not among them',
      {
        text: undefined,
        value: {
          signpost: { ...ours, verb: 'record', number: 2 },
          'field-what': 'A call',
          'field-when': '',
          other: 'ignored',
        },
      },
      press({ verb: 'record', number: 2, fields: { what: 'A call' } }),
    ],
    [
      'the reason of a change, from the button where its field is empty',
      {
        text: undefined,
        value: { signpost: { ...ours, verb: 'reason', reason: 'misheard' }, reason: ' ' },
      },
      press({ verb: 'reason', reason: 'misheard' }),
    ],
    [
      'the reason of a change in words of one’s own',
      { text: undefined, value: { signpost: { ...ours, verb: 'reason' }, reason: 'noise' } },
      press({ verb: 'reason', reason: 'noise' }),
    ],
    [
      'the reason for the short set',
      { text: undefined, value: { signpost: { ...ours, verb: 'shorten' }, why: 'call-ended' } },
      press({ verb: 'shorten', why: 'call-ended' }),
    ],
    ...['confirm', 'edit', 'strike', 'lengthen', 'hand-over'].map(
      (verb): [string, object, unknown] => [
        `a press of ${verb}`,
        { text: undefined, value: { signpost: { ...ours, verb } } },
        press({ verb }),
      ],
    ),
  ])('that holds %s', (_, parts, expected) => {
    expect(read(parts)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['text', 'yes'],
    ['a number', 7],
    ['a list', [ours]],
    ['no data of ours', { verb: 'reply' }],
    ['data that are no object', { signpost: 'reply' }],
    ['an unknown verb', { signpost: { ...ours, verb: 'approve' } }],
    ['no verb', { signpost: { screening } }],
    ['a screening that is no id', { signpost: { ...ours, screening: '1 or 1=1' } }],
    ['a question that is no id', { signpost: { ...ours, question: '__proto__' } }],
    ['a count below nothing', { signpost: { ...ours, seen: -1 } }],
    ['a count that is a word', { signpost: { ...ours, seen: '2' } }],
    ['a reason nobody offered', { signpost: { ...ours, verb: 'skip' }, why: 'lazy' }],
    ['words beyond all measure', { signpost: ours, words: 'x'.repeat(20_001) }],
    ['a record numbered nought', { signpost: { ...ours, verb: 'strike', number: 0 } }],
    ['a field that is an object', { signpost: ours, 'field-what': { $ne: '' } }],
    ['a field beyond all measure', { signpost: ours, 'field-what': 'x'.repeat(20_001) }],
    ['words that are an object', { signpost: ours, words: { $ne: '' } }],
  ])('whose press holds %s is not understood', (_, value) => {
    expect(read({ text: undefined, value })).toEqual({ kind: 'not-understood' });
  });

  it.each([
    ['a group chat', group],
    ['a channel', channel],
  ])('in %s is read no further', (_, where) => {
    expect(read({ ...where, text: 'anna lives at 4 Mill Lane' })).toEqual({ kind: 'elsewhere' });
    expect(read({ ...where, text: undefined, value: { signpost: ours } })).toEqual({
      kind: 'elsewhere',
    });
  });

  it('without a kind of conversation is taken as one-to-one', () => {
    expect(read({ conversation: { id: 'a:1' }, text: 'help' })).toEqual({
      kind: 'text',
      text: 'help',
    });
  });
});

describe('an invoke', () => {
  const invoke = (name: string | undefined, more: object) =>
    read({ type: 'invoke', name, text: undefined, ...more });
  const action = (data: unknown) => ({
    value: { action: { type: 'Action.Execute', id: 'x', verb: 'reply', data } },
  });

  it('of a press reads its data, not its verb', () => {
    expect(invoke('adaptiveCard/action', action({ signpost: ours, words: 'yes' }))).toEqual(
      press({ words: 'yes' }),
    );
  });

  it.each<[string, object]>([
    ['no value', {}],
    ['no action', { value: {} }],
    ['no data', { value: { action: { verb: 'reply' } } }],
    ['data of somebody else', action({ theirs: true })],
    ['a verb we do not know', action({ signpost: { verb: 'approve' } })],
  ])('of a press with %s is not understood', (_, more) => {
    expect(invoke('adaptiveCard/action', more)).toEqual({ kind: 'not-understood' });
  });

  it.each(['suggestedAction/submit', 'suggestedActions/submit'])('%s is a press', (name) => {
    expect(invoke(name, { value: { signpost: ours } })).toEqual(press());
  });

  it.each([
    ['the documented shape', { value: { actionName: 'feedback' } }],
    ['the typed shape', { value: { data: { actionName: 'feedback' } } }],
    ['neither', {}],
  ])('message/fetchTask in %s asks for the form', (_, more) => {
    expect(invoke('message/fetchTask', more)).toEqual({ kind: 'form-wanted' });
  });

  const feedback = (reaction: unknown, comment?: unknown, more: object = { replyToId: '1:9' }) =>
    invoke('message/submitAction', {
      value: { actionName: 'feedback', actionValue: { reaction, feedback: comment } },
      ...more,
    });

  it.each<[string, unknown, string]>([
    ['JSON inside JSON', '{"feedbackText":"Too long."}', 'Too long.'],
    ['plain words', 'Too long.', 'Too long.'],
    ['other JSON', '{"text":"Too long."}', ''],
    ['nothing', undefined, ''],
    ['null', null, ''],
    ['half a letter and a zero', 'a\ud800\0b', 'a\ufffdb'],
    ['more than is kept', 'x'.repeat(5_000), 'x'.repeat(4_000)],
  ])('of feedback with %s', (_, comment, kept) => {
    expect(feedback('dislike', comment)).toEqual({
      kind: 'feedback',
      messageId: '1:9',
      reaction: 'dislike',
      comment: kept,
    });
  });

  it.each<[string, ReturnType<typeof feedback>]>([
    ['another reaction', feedback('love')],
    ['no reaction', feedback(undefined)],
    ['no message it is about', feedback('like', '', {})],
    ['a comment that is an object', feedback('like', { feedbackText: 'x' })],
  ])('of feedback with %s is not understood', (_, read) => {
    expect(read).toEqual({ kind: 'not-understood' });
  });

  it.each(['task/fetch', 'composeExtension/query', 'application/search', 'x', undefined])(
    'named %s asks nothing of us',
    (name) => {
      expect(invoke(name, { value: { anything: [1] } })).toEqual({ kind: 'nothing' });
    },
  );

  it('in a group chat is read no further', () => {
    expect(invoke('adaptiveCard/action', { ...action({ signpost: ours }), ...group })).toEqual({
      kind: 'elsewhere',
    });
  });
});

describe('an edit or a deletion', () => {
  it.each<[string, object, unknown]>([
    [
      'an edit',
      { type: 'messageUpdate', text: 'Newer?', channelData: { eventType: 'editMessage' } },
      { kind: 'withdrawn', text: 'Newer?' },
    ],
    [
      'an undeletion',
      {
        type: 'messageUpdate',
        text: '<at>Signpost</at> Again?',
        channelData: { eventType: 'undeleteMessage' },
      },
      { kind: 'withdrawn', text: 'Again?' },
    ],
    [
      'an edit to nothing',
      { type: 'messageUpdate', text: undefined },
      { kind: 'withdrawn', text: undefined },
    ],
    [
      'a deletion',
      { type: 'messageDelete', text: undefined, channelData: { eventType: 'softDeleteMessage' } },
      { kind: 'withdrawn', text: undefined },
    ],
    [
      'a deletion that still carries words',
      { type: 'messageDelete', text: 'Old?' },
      { kind: 'withdrawn', text: undefined },
    ],
    [
      'an edit in a group chat',
      { type: 'messageUpdate', text: 'Newer?', ...group },
      { kind: 'nothing' },
    ],
  ])('reads %s', (_, parts, expected) => {
    expect(read(parts)).toEqual(expected);
  });
});

describe('an installation', () => {
  const us = { id: '28:00000000-0000-0000-0000-00000000b070' };

  it.each<[string, object, string]>([
    ['installed', { type: 'installationUpdate', action: 'add' }, 'installed'],
    ['installed, without saying so', { type: 'installationUpdate' }, 'installed'],
    ['removed', { type: 'installationUpdate', action: 'remove' }, 'nothing'],
    ['upgraded', { type: 'installationUpdate', action: 'add-upgrade' }, 'nothing'],
    [
      'we joined',
      { type: 'conversationUpdate', membersAdded: [{ id: '29:officer' }, us] },
      'installed',
    ],
    [
      'somebody else joined',
      { type: 'conversationUpdate', membersAdded: [{ id: '29:officer' }] },
      'nothing',
    ],
    ['somebody left', { type: 'conversationUpdate', membersRemoved: [us] }, 'nothing'],
    ['null members', { type: 'conversationUpdate', membersAdded: null }, 'nothing'],
    ['in a group chat', { ...group, type: 'installationUpdate' }, 'installed-elsewhere'],
    [
      'we joined a channel',
      { ...channel, type: 'conversationUpdate', membersAdded: [us] },
      'installed-elsewhere',
    ],
    [
      'removed from a group chat',
      { ...group, type: 'installationUpdate', action: 'remove' },
      'nothing',
    ],
  ])('%s', (_, parts, kind) => {
    expect(read({ text: undefined, ...parts })).toEqual({ kind });
  });
});

it.each(['typing', 'messageReaction', 'event', 'endOfConversation', 'trace', 'somethingNew'])(
  'a %s asks nothing of us',
  (type) => {
    expect(read({ type, name: 'x', value: { deep: [{}] } })).toEqual({ kind: 'nothing' });
  },
);

describe('who is speaking', () => {
  it.each<[string, object, unknown]>([
    [
      'the directory’s id',
      { id: '29:x', name: 'Anna', aadObjectId: 'oid' },
      { id: 'oid', name: 'Anna' },
    ],
    [
      'the directory’s id in small letters, as the page has it',
      { id: '29:x', name: 'Anna', aadObjectId: ' 0A1B2C3D-0000-4000-8000-00000000ABCD ' },
      { id: '0a1b2c3d-0000-4000-8000-00000000abcd', name: 'Anna' },
    ],
    [
      'the channel’s id where there is no directory',
      { id: '29:x' },
      { id: '29:x', name: 'this user' },
    ],
    [
      'the channel’s id where the directory’s is empty',
      { id: '29:x', aadObjectId: '' },
      { id: '29:x', name: 'this user' },
    ],
  ])('is known by %s', (_, from, expected) => {
    expect(userOf(parsed({ from }))).toEqual(expected);
  });
});
