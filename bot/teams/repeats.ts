import type { Clock } from '../../src/flows/ports.js';
import type { IncomingActivity } from './activity.js';

/** Teams delivers an activity again, unchanged, for up to half a minute; a slow turn may outlast that. */
const keptMs = 10 * 60_000;
const keptActivities = 10_000;

/**
 * Tells whether an activity was delivered before. An edit has the id of what it edits, hence the type and
 * the time. In memory only: what must hold across a restart is held by the stores.
 */
export function makeIsRepeat(clock: Clock): (activity: IncomingActivity) => boolean {
  const seen = new Map<string, number>();
  return ({ type, id, timestamp, channelId, conversation }) => {
    if (!id) return false;
    const now = clock().getTime();
    for (const [key, at] of seen) {
      if (now - at < keptMs && seen.size < keptActivities) break;
      seen.delete(key);
    }
    const key = JSON.stringify([channelId, conversation.id, type, id, timestamp]);
    if (seen.has(key)) return true;
    seen.set(key, now);
    return false;
  };
}
