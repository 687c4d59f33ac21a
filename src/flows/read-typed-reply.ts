import type { QuestionId } from '../core/ids.js';
import { changeReasons } from '../core/phrases.js';
import { type NotAskedReason, notAskedReasonSchema } from '../core/reply.js';
import { shortWords } from '../core/short-words.js';
import type { ScreeningView } from './screening-view.js';
import type { TakenAct } from './take-reply.js';

/** What typed words do to the question that is open; `why`, `skip-how` and `short-how` change nothing. */
export type TypedReply =
  | { readonly kind: 'act'; readonly act: TakenAct }
  | { readonly kind: 'why' | 'skip-how' | 'short-how' };

type Open = Pick<ScreeningView, 'position' | 'held'>;

/**
 * Takes typed words for one of the keys (`u`, `d`, `s3`, `b`, `k`, `p`, `!`, `?`, `short 3`, `rest`) or for the
 * reply. Where the question asks for words, plain words such as “back” are the reply; signs, letters, “pause” and
 * “skip” still act. While a change waits for its reason, other words are the reason. Undefined when nothing is open.
 */
export function readTypedReply(text: string, { position, held }: Open): TypedReply | undefined {
  // Phones write a curly apostrophe.
  const plain = shortWords(text).replaceAll('’', "'");
  const question = position.at?.id;
  const forWords = position.at?.type === 'FT' || position.at?.type === 'CARD';
  const isReply =
    /^(?:danger[!.]*|back|keep|why\??|not known|don'?t know|dk|declined?|rather not say)$/;
  if (forWords && question && !position.awaitsReason && isReply.test(plain))
    return act({ kind: 'words', question, words: text });
  if (/^(?:!+|danger[!.]*)$/.test(plain)) return act({ kind: 'danger' });
  if (/^(?:b|back)$/.test(plain)) return act({ kind: 'back' });
  if (/^(?:p|pause)$/.test(plain)) return act({ kind: 'pause' });
  if (position.awaitsReason) return readReason(text, position.awaitsReason);
  const isHeld = question && held.has(question) && !position.isRevisiting;
  if (/^(?:k|keep)$/.test(plain))
    return act(isHeld ? { kind: 'confirm', question } : { kind: 'keep' });
  const short = /^short(?:\s+(.*))?$/.exec(plain);
  if (short && !forWords) return readShort(short[1] ?? '');
  if (plain === 'rest' && position.short) return act({ kind: 'lengthen' });
  return question ? readForQuestion(text, plain, question) : undefined;
}

function readForQuestion(text: string, plain: string, question: QuestionId): TypedReply {
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
function readSkip(words: string, question: QuestionId): TypedReply {
  const reason = reasonOf(words);
  if (!reason) return { kind: 'skip-how' };
  return act({ kind: 'absent', question, value: { kind: 'not-asked', reason } });
}

function readShort(words: string): TypedReply {
  const reason = reasonOf(words);
  return reason ? act({ kind: 'shorten', reason }) : { kind: 'short-how' };
}

function reasonOf(words: string): NotAskedReason | undefined {
  const reasons = notAskedReasonSchema.options;
  if (/^\d$/.test(words)) return reasons[Number(words) - 1];
  return reasons.find((option) => words !== '' && spaced(option).startsWith(spaced(words)));
}

/** A number of the reasons offered, or words of one's own. */
function readReason(text: string, question: QuestionId): TypedReply {
  const key = shortWords(text);
  const offered = /^\d$/.test(key) ? changeReasons[Number(key) - 1] : undefined;
  return act({ kind: 'reason', question, reason: offered ?? text.trim() });
}

function spaced(reason: string): string {
  return reason.replaceAll('-', ' ');
}

function act(taken: TakenAct): TypedReply {
  return { kind: 'act', act: taken };
}
