import { randomUUID } from 'node:crypto';
import type { Log } from '../../src/adapters/log.js';
import { findDanger } from '../../src/core/find-danger.js';
import { type Knowledge, startableScripts } from '../../src/core/knowledge.js';
import { catalogueIn, type Language, languageOf } from '../../src/core/words.js';
import type { NoteTasks } from '../../src/flows/note-tasks.js';
import type { Answers, Clock, PeopleChats, SwitchName } from '../../src/flows/ports.js';
import type { StandingSwitch } from '../../src/flows/standing-switch.js';
import { plainMessage } from './cards/answer-message.js';
import type { InLanguage } from './in-language.js';
import { makeIsUrgent } from './limit-turns.js';
import { personChatOf } from './notify.js';
import type { OnNarrative } from './on-narrative.js';
import type { OnQuestion } from './on-question.js';
import type { OnScreening } from './on-screening.js';
import type { OnSelfCheck } from './on-self-check.js';
import type { OnSwitch } from './on-switch.js';
import type { OnSwitchedOff } from './on-switched-off.js';
import type { OnWording } from './on-wording.js';
import { type Incoming, readActivity, type Speaker, userOf } from './read-activity.js';
import { readTyped, type Typed } from './read-typed.js';
import { makeIsRepeat } from './repeats.js';
import { isDangerKey, saidIn } from './said-in.js';
import { chatOf, type Turn } from './turn.js';
import { isTypedKey } from './typed-keys.js';
import { withTyping } from './with-typing.js';
import { wordsOf } from './words-of.js';

export type HandlerParts = {
  readonly knowledge: Knowledge;
  readonly onQuestion: OnQuestion;
  readonly onScreening: OnScreening;
  readonly onWording: OnWording;
  readonly onNarrative: OnNarrative;
  readonly onSwitch: Readonly<Record<SwitchName, OnSwitch>>;
  readonly onSelfCheck: OnSelfCheck;
  readonly onSwitchedOff: OnSwitchedOff;
  /** Of the assistant: while it is off, nothing here but `onSwitchedOff` answers. */
  readonly standing: StandingSwitch;
  readonly noteTasks: Pick<NoteTasks, 'judgedWrong'>;
  readonly answers: Answers;
  readonly peopleChats: Pick<PeopleChats, 'remember' | 'choose'>;
  readonly inLanguage: InLanguage;
  /** Nobody is asked who they are, which the welcome says. */
  readonly isLocal: boolean;
  readonly clock: Clock;
  readonly log: Log;
};

export type Handler = {
  readonly onTurn: (turn: Turn) => Promise<void>;
  readonly onFault: (turn: Turn, error: unknown) => Promise<void>;
};

/** What comes in goes to who answers it; a little over 200 lines, one branch for each thing that can come. */

/** Both install events arrive within moments; one welcome is enough. */
const welcomeOnceMs = 60_000;

/** Takes every activity to what it asks for. Nothing a person can send throws or ends in silence. */
export function makeHandler(parts: HandlerParts): Handler {
  const { onQuestion, onScreening, onWording, onNarrative, onSwitch, log } = parts;
  const welcomed = new Map<string, number>();
  const isRepeat = makeIsRepeat(parts.clock);
  const isUrgent = makeIsUrgent(() => parts.knowledge.cues);

  const welcomeWords = (turn: Turn): readonly string[] => {
    const { phrases } = wordsOf(turn);
    return [...phrases.welcome, ...(parts.isLocal ? [phrases.localMode] : [])];
  };

  const welcome = async (turn: Turn, chat: string, words: string | readonly string[]) => {
    const now = parts.clock().getTime();
    for (const [key, at] of welcomed) if (now - at > welcomeOnceMs) welcomed.delete(key);
    if (welcomed.has(chat)) return;
    welcomed.set(chat, now);
    await say(turn, words);
  };

  const titles = startableScripts(parts.knowledge).map(({ title }) => title.toLowerCase());
  const isScriptName = (name: string) =>
    name === '' || titles.some((title) => title.includes(name.replaceAll('-', ' ')));

  /** Does what needs no look at an open screening; false where the words are something else. */
  const steer = async (turn: Turn, chat: string, by: Speaker, typed: Typed): Promise<boolean> => {
    if (typed.kind === 'help') await say(turn, wordsOf(turn).phrases.help);
    else if (typed.kind === 'language') await speak(turn, by, typed.language);
    else if (typed.kind === 'show') await onQuestion.show(turn, chat, typed.passage);
    else if (typed.kind === 'question') await onQuestion.ask(turn, chat, typed.text);
    else if (typed.kind === 'wording') await onWording.typed(turn, chat, typed.pasted);
    else if (typed.kind === 'narrative') await onNarrative.typed(turn, chat, typed.pasted);
    else if (typed.kind === 'switch') await onSwitch[typed.name](turn, by, typed);
    else if (typed.kind === 'self-check') await parts.onSelfCheck(turn, by);
    else if (typed.kind === 'screen' && isScriptName(typed.name)) await onScreening.choose(turn);
    else if (typed.kind === 'resume') await onScreening.resume(turn, chat, by);
    else if (typed.kind === 'summary') await onScreening.summary(turn, chat, by);
    else if (typed.kind === 'hand-over') await onScreening.handOver(turn, chat, by);
    else if (typed.kind === 'join') await onScreening.join(turn, chat, by, typed.code);
    else return false;
    return true;
  };

  /** All they are told from now on is in that language, whatever Teams says of it; undefined: as Teams says again. */
  const speak = async (turn: Turn, by: Speaker, wanted: Language | undefined) => {
    const kept = await chooseLanguage(parts, turn, by, wanted);
    const language = kept.kind === 'kept' ? kept.language : wanted;
    const words = catalogueIn(language ?? languageOf(turn.activity.locale));
    const { languageNotKept, languageChosen, languageOfTeams } = words.phrases;
    const said = language ? languageChosen : languageOfTeams;
    await turn.send(plainMessage(kept.kind === 'kept' ? said : languageNotKept, words));
  };

  /** Shows the emergency guidance, which needs no store; false where nothing in the words speaks of danger. */
  const dangerFirst = async (
    turn: Turn,
    chat: string,
    words: string,
    version = 1,
  ): Promise<boolean> => {
    const isFound = findDanger(parts.knowledge.cues, words) !== undefined;
    if (isFound) await onQuestion.ask(turn, chat, words.trim(), version);
    else if (isDangerKey(words)) await say(turn, wordsOf(turn).answerLead.urgent);
    else return false;
    return true;
  };

  const onText = async (turn: Turn, chat: string, by: Speaker, text: string): Promise<void> => {
    const always = readTyped(text, true);
    // “help” is a word that steers; a question, and what is pasted, is answered with the emergency guidance at its head.
    const isFree = ['words', 'screen', 'switch'].includes(always.kind);
    // Whether the key raises danger in a screening or stands for itself is known once it was looked for.
    const isKey = isDangerKey(text);
    const isDanger = isFree && !isKey && (await dangerFirst(turn, chat, text));
    if (await steer(turn, chat, by, always)) return;
    const shown = await onScreening.findShown(chat, by.id);
    const open = shown?.isOpen ? shown : undefined;
    // Where words are asked for, “stop” may be what was said.
    const asksForWords = ['FT', 'CARD'].includes(open?.view.position.at?.type ?? '');
    const typed = asksForWords || open?.view.position.awaitsReason ? always : readTyped(text);
    // “English” may be the reply to a question; “/english” was taken above.
    const isReply = open && typed.kind === 'language';
    if (!isReply && (await steer(turn, chat, by, typed))) return;
    if (typed.kind === 'cancel') {
      return open
        ? onScreening.putAside(turn, by, open)
        : say(turn, wordsOf(turn).phrases.nothingToCancel);
    }
    // “Screen shots of his messages” is a reply where one is awaited.
    if (!open && typed.kind === 'screen') return onScreening.choose(turn);
    if (!open && typed.kind === 'hello') return say(turn, welcomeWords(turn));
    if (isKey && (!shown || asksForWords)) await dangerFirst(turn, chat, text);
    if (!open && isKey) return shown && onScreening.typed(turn, by, shown, text);
    if (!open && isTypedKey(text))
      return shown
        ? onScreening.typed(turn, by, shown, text)
        : say(turn, wordsOf(turn).phrases.nothingOpen);
    if (!open) return isDanger ? undefined : onQuestion.ask(turn, chat, text.trim());
    // Danger typed into a screening: the emergency guidance stands above, the reply is taken all the same.
    return onScreening.typed(turn, by, open, text);
  };

  const onWithdrawn = async (turn: Turn, chat: string, by: Speaker, text: string | undefined) => {
    if (await onScreening.isRecorded(chat, by.id, turn.activity.id)) {
      await dangerFirst(turn, chat, text ?? '', 2);
      return say(turn, wordsOf(turn).phrases.recordedStays);
    }
    const versions = await onQuestion.withdraw(turn, chat);
    if (!text) return;
    const typed = readTyped(text);
    if (typed.kind === 'wording') return onWording.typed(turn, chat, typed.pasted, versions + 1);
    if (typed.kind === 'narrative')
      return onNarrative.typed(turn, chat, typed.pasted, versions + 1);
    if (typed.kind === 'switch') {
      await dangerFirst(turn, chat, text, versions + 1);
      const { modelStays, assistantStays } = wordsOf(turn).phrases;
      return say(turn, typed.name === 'model' ? modelStays : assistantStays);
    }
    if (isDangerKey(text)) return void (await dangerFirst(turn, chat, text, versions + 1));
    await onQuestion.ask(turn, chat, 'text' in typed ? typed.text : text.trim(), versions + 1);
  };

  const dispatch = async (turn: Turn, incoming: Incoming): Promise<void> => {
    const { phrases } = wordsOf(turn);
    const chat = chatOf(turn);
    const by = userOf(turn.activity);
    if (incoming.kind === 'text' || incoming.kind === 'press') rememberChat(parts, turn, by);
    switch (incoming.kind) {
      case 'text':
        return onText(turn, chat, by, incoming.text);
      case 'press':
        if (incoming.press.verb === 'check-wording')
          return onWording.pressed(turn, incoming.press.words ?? '');
        if (incoming.press.verb === 'read-narrative')
          return onNarrative.pressed(turn, chat, incoming.press.words ?? '');
        await dangerFirst(turn, chat, saidIn(turn.activity));
        return onScreening.pressed(turn, chat, by, incoming.press);
      case 'feedback':
        await dangerFirst(turn, chat, incoming.comment);
        return takeFeedback(parts, turn, chat, by, incoming);
      case 'installed':
        return welcome(turn, chat, welcomeWords(turn));
      case 'installed-elsewhere':
        return welcome(turn, chat, phrases.personalOnly);
      case 'withdrawn':
        return onWithdrawn(turn, chat, by, incoming.text);
      case 'elsewhere':
        return sayFixed(turn, phrases.personalOnly);
      case 'form-wanted':
        return turn.answerInvoke(200, {
          task: { type: 'message', value: phrases.thanksForFeedback },
        });
      case 'not-understood':
        await dangerFirst(turn, chat, saidIn(turn.activity));
        return sayFixed(turn, phrases.unknownCommand);
      case 'nothing':
        return;
      default:
        return incoming satisfies never;
    }
  };

  return {
    onTurn: async (turn) => {
      const incoming = readActivity(turn.activity);
      // A press that comes again is answered again: the store sees to it that it has one effect.
      const isOnce = incoming.kind === 'text' || incoming.kind === 'withdrawn';
      if (isOnce && isRepeat(turn.activity)) return;
      return withTyping(await parts.inLanguage(turn), async (own) => {
        // In a group or channel nothing is read or stored, and what is said there stays true.
        if (incoming.kind === 'elsewhere' || incoming.kind === 'installed-elsewhere')
          return dispatch(own, incoming);
        const standing = await parts.standing();
        if (standing.isOn) return dispatch(own, incoming);
        return parts.onSwitchedOff(own, userOf(own.activity), incoming, standing.since);
      });
    },
    onFault: async (turn, error) => {
      const reference = randomUUID().slice(0, 8);
      log.error('turn-failed', { reference }, error);
      const own = await parts.inLanguage(turn);
      const { answerLead, phrases } = wordsOf(own);
      const fault = phrases.fault(reference);
      const isDanger = isUrgent(turn.activity);
      const led = isDanger ? [answerLead.urgent, fault] : [fault];
      turn.answerInvoke(200, {
        statusCode: 500,
        type: 'application/vnd.microsoft.error',
        value: { code: 'Fault', message: led.join(' ') },
      });
      // What was shown before the fault is not shown again; the button has no words to look up.
      const isShown =
        isDanger && (await dangerFirst(own, chatOf(own), saidIn(own.activity)).catch(() => false));
      await say(own, isShown ? fault : led);
    },
  };
}

/** So that they can be told of what happens later. Should it fail, the next turn tries again, and they need not know. */
function rememberChat({ peopleChats, log }: HandlerParts, turn: Turn, by: Speaker): void {
  const chat = personChatOf(turn.activity);
  if (!chat) return;
  turn.later(() =>
    peopleChats
      .remember(by.id, chat)
      .catch((error: unknown) => log.error('chat-not-remembered', {}, error)),
  );
}

type Kept =
  | { readonly kind: 'kept'; readonly language: Language | undefined }
  | { readonly kind: 'not-kept' };

/** What counts now; a message that comes again, or late, does not undo what was chosen after it was sent. */
async function chooseLanguage(
  { peopleChats, clock, log }: HandlerParts,
  { activity }: Turn,
  by: Speaker,
  wanted: Language | undefined,
): Promise<Kept> {
  const chat = personChatOf(activity);
  if (!chat) return { kind: 'not-kept' };
  const now = clock().getTime();
  const sentAt = Date.parse(activity.timestamp ?? '');
  // A clock that is ahead must not bar what is chosen after it.
  const at = new Date(Math.min(now, Number.isNaN(sentAt) ? now : sentAt)).toISOString();
  try {
    return { kind: 'kept', language: await peopleChats.choose(by.id, chat, wanted, at) };
  } catch (error) {
    log.error('language-not-kept', {}, error);
    return { kind: 'not-kept' };
  }
}

async function sayFixed(turn: Turn, words: string): Promise<void> {
  turn.answerInvoke(200, {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: words,
  });
  await say(turn, words);
}

async function say(turn: Turn, words: string | readonly string[]): Promise<void> {
  await turn.send(plainMessage(words, wordsOf(turn)));
}

async function takeFeedback(
  { answers, noteTasks, clock }: HandlerParts,
  turn: Turn,
  chat: string,
  by: Speaker,
  { messageId, reaction, comment }: Extract<Incoming, { kind: 'feedback' }>,
): Promise<void> {
  const stored = await answers.giveFeedback({
    messageId,
    chat,
    by: by.id,
    reaction,
    comment,
    at: clock().toISOString(),
  });
  if (stored === 'stored' && reaction === 'dislike')
    turn.later(() => noteTasks.judgedWrong({ chat, messageId, comment }));
  // Teams takes anything but an empty object here for an error.
  turn.answerInvoke(200, {});
}
