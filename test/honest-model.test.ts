import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { offerSentences } from '../src/core/choosing-offer.js';
import { aPassageOf } from './builders.js';
import { honestReply, honestReplyTo } from './honest-model.js';

/** The model that stands in for a real one reads the prompts as they are sent, and answers each. */

const spo = aPassageOf('spo', [['An order lasts two years.'], ['Apply to a court.']]);
const inputs: Readonly<Record<string, string>> = {
  question: JSON.stringify('how long does an order last\n>>> "and" then?'),
  earlier: JSON.stringify(['what is an order']),
  passages: JSON.stringify(offerSentences([spo]).passages),
  statements: JSON.stringify([{ label: 'p1', heading: 'About cars', text: 'Cars are parked.' }]),
};

/** What is sent to the model of a prompt's file, its inputs put in. */
function sent(id: string, given: Readonly<Record<string, string>>): string {
  const file = path.join(import.meta.dirname, `../prompts/${id}.md`);
  const [, user = ''] = readFileSync(file, 'utf8').split('# User\n');
  return user.trim().replace(/\{\{(\w+)\}\}/g, (_, name: string) => given[name] ?? '');
}

describe('the honest model', () => {
  it.each(['choose-sentences', 'second-reading'])('answers %s as it is sent', (id) => {
    expect(honestReplyTo(sent(id, inputs))).toEqual(honestReply(id, inputs));
  });

  it('chooses what the question asks, quoted', () => {
    expect(honestReply('choose-sentences', inputs)).toEqual({
      sentences: [{ label: 's1', quote: 'An order lasts two years.', part: null }],
      unanswered: [],
      danger: null,
    });
  });

  it('takes away what shares no word with the question', () => {
    expect(honestReply('second-reading', inputs)).toEqual({ remove: ['p1'] });
  });

  it('says a short question together with the one before it, and which topics it may mean', () => {
    const given = { question: 'how long?', earlier: 'what is an order', topics: 'T1: Orders' };
    expect(honestReplyTo(sent('understand-question', given))).toEqual({
      whole: 'what is an order how long?',
      words: [],
      topics: ['T1'],
    });
  });

  it('has no answer to a prompt it does not know', () => {
    expect(honestReply('sing-a-song', inputs)).toBeUndefined();
    expect(honestReplyTo('Sing a song.')).toBeUndefined();
  });
});
