import { describe, expect, it } from 'vitest';
import {
  type IncomingActivity,
  incomingActivitySchema,
  type OutgoingActivity,
} from '../../bot/teams/activity.js';
import { forPlayground } from '../../bot/teams/for-playground.js';

const suggestedActions = { actions: [{ type: 'imBack', title: 'More', value: 'more' }] };
const citation = Array.from({ length: 12 }, (_, index) => ({ position: index + 1 }));
const answer: OutgoingActivity = {
  type: 'message',
  text: '**Bold** [1]',
  textFormat: 'markdown',
  entities: [{ type: 'https://schema.org/Message', citation }],
  suggestedActions,
};

function activityFrom(serviceUrl: string): IncomingActivity {
  return incomingActivitySchema.parse({
    type: 'message',
    serviceUrl,
    channelId: 'msteams',
    from: { id: 'user' },
    recipient: { id: 'bot' },
    conversation: { id: 'chat' },
  });
}

async function sentTo(serviceUrl: string): Promise<readonly OutgoingActivity[]> {
  const sent: OutgoingActivity[] = [];
  const turn = forPlayground({
    activity: activityFrom(serviceUrl),
    send: async (activity) => `message-${sent.push(activity)}`,
    update: async () => undefined,
    answerInvoke: () => undefined,
    later: () => undefined,
  });
  expect(await turn.send(answer)).toBe('message-1');
  return sent;
}

describe('a turn in the playground', () => {
  it('is left as it is for Teams', async () => {
    expect(await sentTo('https://smba.trafficmanager.net/uk/')).toEqual([answer]);
  });

  it('sends the suggested actions apart, and no more than ten citations', async () => {
    const [first, second, ...more] = await sentTo('http://localhost:56150/_connector');
    const { suggestedActions: _, ...message } = answer;
    const entities = [{ type: 'https://schema.org/Message', citation: citation.slice(0, 10) }];
    expect(first).toEqual({ ...message, entities });
    expect(second).toMatchObject({ text: 'What next?', suggestedActions });
    expect(more).toEqual([]);
  });
});
