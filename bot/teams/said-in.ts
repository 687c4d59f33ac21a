import { shortWords } from '../../src/core/short-words.js';
import type { IncomingActivity } from './activity.js';
import { readActivity } from './read-activity.js';

/**
 * Everything somebody put into words in an activity, whichever field it stands in: typed, changed, filled into a card,
 * or said of an answer. Empty where there are none, and in a group chat or channel, where nothing is read.
 */
export function saidIn(activity: IncomingActivity): string {
  const incoming = readActivity(activity);
  switch (incoming.kind) {
    case 'text':
    case 'withdrawn':
      return incoming.text ?? '';
    // Whatever cannot be taken, as when it is too long for its field: danger in it is not missed.
    case 'press':
    case 'not-understood':
      return stringsIn(givenIn(activity.value)).join('\n').trim();
    case 'feedback':
      return incoming.comment;
    default:
      return '';
  }
}

/** The word or sign that raises danger, in either language: “danger!”, “PERYGL”, “!!”. */
export function isDangerKey(words: string): boolean {
  return /^(?:!+|(?:danger|perygl)[!.]*)$/.test(shortWords(words));
}

/** Deeper than any card; what is not JSON cannot arrive, so that nothing here is endless. */
const deepest = 8;

/** What was filled in stands in the data of an action, beside which stand the words on its button. */
function givenIn(value: unknown): unknown {
  const { action } = (value ?? {}) as { readonly action?: { readonly data?: unknown } | null };
  return action?.data ?? value;
}

/** What is ours: what a button carries and how it is written, and the code of a reason. Other fields have other names. */
const ours = ['signpost', 'type', 'verb', 'title', 'why'];

function stringsIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > deepest) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    ours.includes(key) ? [] : stringsIn(part, depth + 1),
  );
}
