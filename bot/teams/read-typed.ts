import type { QuestionId } from '../../src/core/ids.js';
import { notAskedReasonSchema } from '../../src/core/reply.js';
import type { TakenAct } from '../../src/flows/take-reply.js';

/** Words that steer the chat. */
export type Typed =
  | { readonly kind: 'help' | 'hello' | 'cancel' | 'resume' | 'summary' }
  | { readonly kind: 'screen'; readonly name: string }
  /** Without a name, the passage that the last answer rests on. */
  | { readonly kind: 'show'; readonly passage?: string }
  /** A guidance question asked on purpose, also in the middle of a screening. */
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'words'; readonly text: string };

/**
 * Words that steer wherever the chat stands: also where an open question asks for words. “Stop” or “leave”
 * may be the reply to it. The rest of what steers there is no plain word.
 */
const always = /^\/?(?:help|cancel|resume|summary|screen(?:[: ]+.*)?|show(?: passage)? \S+-\S+)$/;

/** With `forWords`, only what cannot be meant as a reply in somebody's own words is taken to steer. */
export function readTyped(text: string, forWords = false): Typed {
  const typed = readAnywhere(text);
  if (!forWords || typed.kind === 'question' || typed.kind === 'words') return typed;
  const plain = plainly(text);
  return always.test(plain) ? typed : { kind: 'words', text: text.trim() };
}

function plainly(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, '');
}

function readAnywhere(text: string): Typed {
  const said = text.trim();
  const plain = plainly(text);
  if (plain === 'help' || plain === '/help') return { kind: 'help' };
  if (/^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|start|get started)$/.test(plain))
    return { kind: 'hello' };
  if (/^(?:cancel|stop|exit|quit|leave)$/.test(plain)) return { kind: 'cancel' };
  if (/^(?:resume|continue|carry on|go on)$/.test(plain)) return { kind: 'resume' };
  if (/^(?:summary|case summary|show summary)$/.test(plain)) return { kind: 'summary' };
  const screen =
    /^(?:restart|(?:start |begin |new |run )?(?:a )?screen(?:ing)?)(?:[: ]+(.*))?$/.exec(plain);
  if (screen) return { kind: 'screen', name: (screen[1] ?? '').trim() };
  const show = /^show(?: passage)? ([a-z0-9]+(?:-[a-z0-9]+)+)$/.exec(plain);
  if (show?.[1]) return { kind: 'show', passage: show[1] };
  if (/^show (?:the |that )?passage$/.test(plain)) return { kind: 'show' };
  // The colon keeps replies such as “ask my sister first” out.
  const question = /^(?:\?|ask:)\s*(.{3,})$/is.exec(said);
  if (question?.[1]) return { kind: 'question', text: question[1] };
  return { kind: 'words', text: said };
}

/** What typed words do to the question that is open; `why` and `skip-how` change nothing. */
export type TypedReply =
  | { readonly kind: 'act'; readonly act: TakenAct }
  | { readonly kind: 'why' | 'skip-how' };

/** With `forWords`, plain words such as “back” are the reply; signs, letters, “pause” and “skip” still act. */
export function readTypedReply(
  text: string,
  question: QuestionId | undefined,
  forWords = false,
): TypedReply | undefined {
  // Phones write a curly apostrophe.
  const plain = text.trim().toLowerCase().replaceAll('’', "'");
  const isReply =
    /^(?:danger!*|back|keep|why\??|not known|don'?t know|dk|declined?|rather not say)$/;
  if (forWords && question && isReply.test(plain))
    return act({ kind: 'words', question, words: text });
  if (/^(?:!+|danger!*)$/.test(plain)) return act({ kind: 'danger' });
  if (/^(?:b|back)$/.test(plain)) return act({ kind: 'back' });
  if (/^(?:k|keep)$/.test(plain)) return act({ kind: 'keep' });
  if (/^(?:p|pause)$/.test(plain)) return act({ kind: 'pause' });
  if (!question) return undefined;
  if (/^(?:\?|why\??)$/.test(plain)) return { kind: 'why' };
  if (/^(?:u|not known|don'?t know|dk)$/.test(plain))
    return act({ kind: 'absent', question, value: { kind: 'not-known' } });
  if (/^(?:d|declined?|rather not say)$/.test(plain))
    return act({ kind: 'absent', question, value: { kind: 'declined' } });
  // "s", "s3", "skip 3", "s distress"; not "Skipton" or "sister".
  const skip = /^(?:skip|s)(?:\s+(.*)|(\d))?$/s.exec(plain);
  if (skip) return readSkip(skip[1] ?? skip[2] ?? '', question);
  return act({ kind: 'words', question, words: text });
}

/** `s3` or `s distress`; without a reason it is explained, since "not asked" needs one. */
function readSkip(reason: string, question: QuestionId): TypedReply {
  const reasons = notAskedReasonSchema.options;
  const meant = /^\d$/.test(reason)
    ? reasons[Number(reason) - 1]
    : reasons.find((option) => reason !== '' && sameWords(option).startsWith(sameWords(reason)));
  if (!meant) return { kind: 'skip-how' };
  return act({ kind: 'absent', question, value: { kind: 'not-asked', reason: meant } });
}

function sameWords(reason: string): string {
  return reason.replaceAll('-', ' ');
}

function act(taken: TakenAct): TypedReply {
  return { kind: 'act', act: taken };
}
