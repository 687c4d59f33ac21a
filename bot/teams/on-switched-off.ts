import type { Words } from '../../src/core/words.js';
import type { Answered } from '../../src/flows/answer-question.js';
import type { EmergencyGuidance, Sent } from '../../src/flows/emergency-guidance.js';
import type { SwitchName } from '../../src/flows/ports.js';
import type { OutgoingActivity } from './activity.js';
import { answerMessage, plainMessage } from './cards/answer-message.js';
import type { OnSelfCheck } from './on-self-check.js';
import type { OnSwitch } from './on-switch.js';
import type { Incoming, Speaker } from './read-activity.js';
import { readTyped } from './read-typed.js';
import type { Turn } from './turn.js';
import { wordsOf } from './words-of.js';

export type OnSwitchedOff = (
  turn: Turn,
  by: Speaker,
  incoming: Incoming,
  since: string,
) => Promise<void>;

/**
 * The chat while the assistant is off: the emergency guidance for signs of danger, and one sentence for everything.
 * Nothing is read from the store, nothing is kept and no model is asked. Administrators can turn it on, and look at how
 * it all stands.
 */
export function makeOnSwitchedOff(
  guide: EmergencyGuidance,
  onSwitch: Readonly<Record<SwitchName, OnSwitch>>,
  onSelfCheck: OnSelfCheck,
): OnSwitchedOff {
  return async (turn, by, incoming, since) => {
    // Installing it is no word of a person, and the welcome would ask for some.
    if (incoming.kind === 'installed' || incoming.kind === 'nothing') return;
    const words = wordsOf(turn);
    const said = words.phrases.assistantIsOff(words.dates.time(since));
    turn.answerInvoke(200, answerTo(incoming, said));
    const guidance = guide(sentIn(incoming));
    if (guidance) await turn.send(guidanceMessage(guidance, words));
    if (incoming.kind === 'text') {
      const typed = readTyped(incoming.text, true);
      if (typed.kind === 'switch' && typed.name === 'assistant')
        return onSwitch.assistant(turn, by, typed);
      if (typed.kind === 'self-check') return onSelfCheck(turn, by);
    }
    // The dialog of the thumbs shows it by itself.
    if (incoming.kind !== 'form-wanted') await turn.send(plainMessage(said, words));
  };
}

/** The key of DANGER as it is typed into a screening, in English and in Welsh. */
const dangerKey = /^(?:!+|(?:danger|perygl)[!.?]*)$/i;

/** Everything that somebody typed into it, and whether they said DANGER by its button or key. */
function sentIn(incoming: Incoming): Sent {
  switch (incoming.kind) {
    case 'text':
      return { words: incoming.text, isDanger: dangerKey.test(incoming.text.trim()) };
    case 'withdrawn':
      return { words: incoming.text ?? '', isDanger: false };
    case 'feedback':
      return { words: incoming.comment, isDanger: false };
    case 'press': {
      const { verb, words, reason, fields } = incoming.press;
      const typed = [words, reason, ...Object.values(fields ?? {})];
      return {
        words: typed.filter((one) => one !== undefined).join('\n'),
        isDanger: verb === 'danger',
      };
    }
    default:
      return { words: '', isDanger: false };
  }
}

/** Each kind of press is answered in a shape of its own, or Teams shows an error. */
function answerTo(incoming: Incoming, said: string): unknown {
  if (incoming.kind === 'feedback') return {};
  if (incoming.kind === 'form-wanted') return { task: { type: 'message', value: said } };
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: said };
}

/** Without thumbs and what to do next: neither a judgement of it nor another question would be taken. */
function guidanceMessage(guidance: Answered, words: Words): OutgoingActivity {
  const { channelData, suggestedActions, ...message } = answerMessage(guidance, false, words);
  return message;
}
