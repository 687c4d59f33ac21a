import type { Language } from '../../src/core/words.js';
import type { SwitchName } from '../../src/flows/ports.js';

/** Words that steer the chat, in English and in Welsh whichever the chat speaks. */
export type Typed =
  | { readonly kind: 'help' | 'hello' | 'cancel' | 'resume' | 'summary' | 'hand-over' }
  /** A code that a colleague has said. */
  | { readonly kind: 'join'; readonly code: string }
  | { readonly kind: 'screen'; readonly name: string }
  /** Without a name, the passage that the last answer rests on. */
  | { readonly kind: 'show'; readonly passage?: string }
  /** A guidance question asked on purpose, also in the middle of a screening. */
  | { readonly kind: 'question'; readonly text: string }
  /** A message meant for a victim, to be checked; empty where it is still to be pasted. */
  | { readonly kind: 'wording'; readonly pasted: string }
  /** A report or log entry to be read; empty where it is still to be pasted. */
  | { readonly kind: 'narrative'; readonly pasted: string }
  | TypedOfSwitch
  /** An administrator asks how it all stands. */
  | { readonly kind: 'self-check' }
  /** The language to speak from now on; undefined: that of Teams again. */
  | { readonly kind: 'language'; readonly language: Language | undefined }
  | { readonly kind: 'words'; readonly text: string };

/** An administrator's command; `why` is empty where none was given. */
export type TypedOfSwitch = {
  readonly kind: 'switch';
  readonly name: SwitchName;
  readonly act: 'state' | 'on' | 'off' | 'unclear';
  readonly why: string;
};

/**
 * Words that steer wherever the chat stands: also where an open question asks for words. “Stop” or “leave”
 * may be the reply to it. The rest of what steers there is no plain word.
 */
const always =
  /^\/?(?:help|cancel|resume|check my wording|summary|hand ?over|join[: ]+\S{4}[ -]?\S{4}|screen(?:[: ]+.*)?|show(?: passage)? \S+-\S+)$/;
const alwaysInWelsh =
  /^\/?(?:cymorth|canslo|ailddechrau|gwirio fy ngeiriad|crynodeb|trosglwyddo|ymuno[: ]+\S{4}[ -]?\S{4}|sgrinio(?:[: ]+.*)?|dangos(?: darn)? \S+-\S+)$/;

/** With `forWords`, only what cannot be meant as a reply in somebody's own words is taken to steer. */
export function readTyped(text: string, forWords = false): Typed {
  const typed = readAnywhere(text);
  if (!forWords || typed.kind === 'question' || typed.kind === 'words') return typed;
  if (typed.kind === 'wording' && typed.pasted !== '') return typed;
  if (['switch', 'self-check', 'narrative'].includes(typed.kind)) return typed;
  const plain = plainly(text);
  // The language of an interview may be the reply; with its stroke it is none.
  if (typed.kind === 'language' && plain.startsWith('/')) return typed;
  return always.test(plain) || alwaysInWelsh.test(plain)
    ? typed
    : { kind: 'words', text: text.trim() };
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
  if (/^\/?(?:help|cymorth)$/.test(plain)) return { kind: 'help' };
  if (/^\/?(?:english|saesneg)$/.test(plain)) return { kind: 'language', language: 'en' };
  if (/^\/?(?:cymraeg|welsh)$/.test(plain)) return { kind: 'language', language: 'cy' };
  if (/^\/(?:language|iaith) teams$/.test(plain)) return { kind: 'language', language: undefined };
  if (
    /^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|start|get started)$/.test(plain) ||
    /^(?:helo|shwmae|bore da|prynhawn da|noswaith dda|dechrau)$/.test(plain)
  )
    return { kind: 'hello' };
  if (/^(?:cancel|stop|exit|quit|leave|canslo|gadael)$/.test(plain)) return { kind: 'cancel' };
  if (/^(?:resume|continue|carry on|go on|ailddechrau|parhau)$/.test(plain))
    return { kind: 'resume' };
  if (/^(?:summary|case summary|show summary|crynodeb|crynodeb achos)$/.test(plain))
    return { kind: 'summary' };
  if (/^(?:hand ?over|invite|hand over (?:this|the) case|trosglwyddo)$/.test(plain))
    return { kind: 'hand-over' };
  const join = /^(?:join|ymuno)[: ]+([a-z0-9]{4}[ -]?[a-z0-9]{4})$/.exec(plain);
  if (join?.[1]) return { kind: 'join', code: join[1] };
  const wording = readWording(said);
  if (wording !== undefined) return { kind: 'wording', pasted: wording };
  // The stroke keeps “read the log entry” out.
  const narrative = /^(?:\/(?:read|darllen)(?:[\s:]+(.*))?|read this\s*:(.*))$/is.exec(said);
  if (narrative) return { kind: 'narrative', pasted: (narrative[1] ?? narrative[2] ?? '').trim() };
  const turned = readSwitch(said);
  if (turned) return turned;
  if (/^\/self[- ]?check$/.test(plain)) return { kind: 'self-check' };
  const screen =
    /^(?:restart|(?:start |begin |new |run )?(?:a )?screen(?:ing)?|sgrinio)(?:[: ]+(.*))?$/.exec(
      plain,
    );
  if (screen) return { kind: 'screen', name: (screen[1] ?? '').trim() };
  const show = /^(?:show|dangos)(?: passage| darn)? ([a-z0-9]+(?:-[a-z0-9]+)+)$/.exec(plain);
  if (show?.[1]) return { kind: 'show', passage: show[1] };
  if (/^(?:show (?:the |that )?passage|dangos (?:y )?darn)$/.test(plain)) return { kind: 'show' };
  // The colon keeps replies such as “ask my sister first” out.
  const question = /^(?:\?|ask:|gofyn:)\s*(.{3,})$/is.exec(said);
  if (question?.[1]) return { kind: 'question', text: question[1] };
  return { kind: 'words', text: said };
}

/**
 * What is to be checked: “wording: …”, or “check my wording” with or without a colon and a text. The colon keeps
 * questions such as “wording of section 2A” out.
 */
function readWording(said: string): string | undefined {
  const asked =
    /^\/?(?:check (?:my |this |the )?)?wording *(?::|\n)(.*)$/is.exec(said) ??
    /^\/?check (?:my|this) wording(?: *[-–,.] *| +|$)(.*)$/is.exec(said) ??
    /^\/?check (?:the )?wording[.!]*()$/i.exec(said) ??
    /^\/?gwirio(?: fy)? ngeiriad(?: *[:\n–,.-] *| +|$)(.*)$/is.exec(said);
  return asked?.[1]?.trim();
}

/** “/model”, “/assistant off It shows old guidance.”; the stroke keeps the model of a car out. */
function readSwitch(said: string): TypedOfSwitch | undefined {
  const [command, word = '', rest = ''] = /^\/(model|assistant)(?:\s+(.*))?$/is.exec(said) ?? [];
  if (command === undefined) return undefined;
  const kind = 'switch';
  const name = word.toLowerCase() === 'model' ? 'model' : 'assistant';
  if (rest === '') return { kind, name, act: 'state', why: '' };
  const [, act, why = ''] = /^(on|off)(?:[\s:,.–-]+(.*))?$/is.exec(rest) ?? [];
  if (!act) return { kind, name, act: 'unclear', why: '' };
  return { kind, name, act: act.toLowerCase() === 'on' ? 'on' : 'off', why: why.trim() };
}
