import type { Connector } from './connector.js';

let lastId = 0;
/** Ids never repeat, or the bot would take a turn for a repeat. */
export const newId = () => {
  lastId += 1;
  return `f:${Date.now()}${lastId}`;
};

/** One activity of the person of a chat; its id is new unless `parts` has one. */
export function activity(connector: Connector, chat: string, parts: object): string {
  return JSON.stringify({
    id: newId(),
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl: connector.serviceUrl,
    from: { id: `29:${chat}`, name: 'PC Example', aadObjectId: `user-${chat}` },
    recipient: { id: '28:signpost', name: 'Signpost' },
    conversation: { id: chat, conversationType: 'personal', tenantId: 'bench' },
    channelData: { tenant: { id: 'bench' } },
    locale: 'en-GB',
    ...parts,
  });
}
