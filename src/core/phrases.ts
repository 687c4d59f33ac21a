import type { AnswerKind } from './answer.js';
import type { NotAskedReason } from './reply.js';
import type { RefusedStep } from './screening.js';
import type { StatementId } from './script.js';

/**
 * Every sentence people see that is not guidance, a script or their own words. Keyed by the kinds they
 * belong to, so that a kind without words does not compile. None of them states a fact about stalking,
 * the law or a person, and none claims that something was done. Over 200 lines: one sentence
 * after the other. Their Welsh stands in words-welsh.ts under the same keys.
 */
export const answerLead: Readonly<Record<AnswerKind, string>> = {
  answered: '',
  partly: 'The guidance covers part of this.',
  unclear: 'Which of these do you mean?',
  'not-covered': 'The guidance I hold does not cover this.',
  urgent:
    'DANGER FIRST: use your force’s emergency procedure, or call 999, now. I have not called or sent anyone.',
  refused:
    'I do not find, follow, identify or contact people, or get into accounts or devices. Use your force’s lawful routes and ask your supervisor.',
  withheld:
    'I found something but could not check it against its source, so I am not showing it. Ask your supervisor or your force’s stalking lead.',
};

export const phrases = {
  notCoveredNext:
    'I answer questions on stalking in England and Wales: the offences, protection orders, first contact, safety, evidence, victims’ rights and support. Ask your supervisor or your force’s stalking lead about anything else.',
  nearest: 'Nearest I hold:',
  whoToAsk: 'Who to ask:',
  more: 'More of this:',
  differing:
    'This gives another figure for the same place of the same source, so it is not shown here. Compare both before relying on either:',
  /** Said once with an answer where the chat is in another language than the guidance. */
  guidanceLanguage: '',
  askedInWelsh:
    'You asked in Welsh. I hold guidance in English only and matched your question word by word: check that this is what you asked.',
  missing: (words: string) => `I hold nothing on: ${words}.`,
  /** Parts of the question that the guidance speaks of and this answer does not. */
  leftOpen: (parts: string) => `Not answered here, ask it by itself: ${parts}.`,
  /** Above a passage, where several things were asked: the part it answers, in the asker's own words. */
  onPart: (part: string) => `On “${part}”:`,
  overdue: (day: string) => `This was due for review on ${day}: check it before relying on it.`,
  chosenByModel:
    'A language model chose which of the guidance’s own words to show here. It wrote none of them.',
  correctionFirst: 'First, a caution from the guidance:',
  sources: 'Sources',
  checked: (day: string) => `checked ${day}`,
  empty: 'Type a question, or “help” to see what I can do.',
  tooLong: (most: number) =>
    `That is longer than ${most} characters, so I did not search with it. Please ask in a sentence or two; nothing was stored.`,
  welcome: [
    'I am Signpost. Ask me about stalking in England and Wales, and I answer with quoted guidance and its sources.',
    'I also run screenings: type “screen” to begin one.',
    'I never decide, score or predict, I call nobody, and I can be incomplete: check what matters. In an emergency call 999 or use your force’s emergency procedure.',
  ],
  /** Added to the welcome where nobody is asked who they are. */
  localMode:
    'Local mode: nobody is asked who they are, and only this computer can be used. For made-up cases only.',
  help: [
    'Ask a question in your own words, for example “how long does an SPO last?”. Follow-up questions work.',
    '“screen” begins a screening. “resume” brings back one you left, or one whose summary was returned, and lets you choose when there are several. “summary” shows the case summary.',
    'During a screening: a number or words answers, u = not known, d = declined, s = skip, b = back, k = keep the earlier answer, p = pause, ? = why this question, ! = DANGER.',
    'When time is short: “short” and a reason asks only what matters most, “rest” asks the remainder. In a list, each line you type is an entry and “done” ends it.',
    '“hand over” gives a code for a colleague, who types “join” and the code to work on the case with everything said so far.',
    '“check my wording:” and a message or note for the victim marks phrases that minimise, blame, doubt or are unsafe, with better words; the text is not stored.',
    '“/read” and a crime report or log entry pasted after it marks what may describe stalking, each beside its provision; the text is not stored.',
    '“/cymraeg” changes to Welsh and “/english” to English, and “/language teams” follows Teams again; your choice is kept. Guidance and questions of screenings stay in English.',
    '“? your question” asks the guidance without leaving the screening. “cancel” puts the screening aside; nothing is lost. Where a question asks for words, other plain words, such as “stop”, are the reply.',
  ],
  personalOnly:
    'I work in one-to-one chat only, so that nothing about a case is seen by others. Please open a personal chat with me. Nothing was stored.',
  fault: (reference: string) =>
    `Something went wrong on our side. Nothing you saved before is lost. Please try again; if it happens again, quote ${reference}.`,
  cancelled: 'Put aside. Nothing is lost: type “resume” to go on.',
  nothingToCancel: 'There is nothing open to cancel.',
  nothingToResume: 'You have no unfinished screening.',
  nothingOpen:
    'No question is open in this chat, so that was not taken for a reply, and nothing was recorded. Type “resume” to go on with a screening, “screen” to begin one, or ask a question in words.',
  noLongerShown: 'That answer was withdrawn because its question was changed or deleted.',
  recordedStays:
    'Changing or deleting a message changes nothing that was recorded. To change a reply, press Back on the card of its screening.',
  thanksForFeedback: 'Thank you, recorded.',
  stale:
    'The screening has moved on since that card was shown, so nothing was changed. Here is where it stands.',
  repeated: 'That was already recorded.',
  notYours: 'That screening is not open to you.',
  chooseScript: 'Which screening?',
  chooseScreening: 'Which screening do you want to go on with?',
  chooseReturned:
    'A supervisor returned the summary of these. Choose one, and press Back to reach the reply to change.',
  correctHere: 'It is corrected in this chat. Why it was returned stands behind the link.',
  correctIt: 'Correct it',
  nothingReturned: 'No summary of yours is returned at the moment.',
  paused: 'Paused. Every reply is kept. Press Resume, or type “resume”, when you are ready.',
  finished: 'All questions have been put.',
  finishedInDanger:
    'The danger questions have been put. Everything else without a reply is marked “not asked – danger”. Follow your force’s emergency procedure; carry on in a new screening when it is safe.',
  finishedInDangerUnasked:
    'The danger questions are those of First contact and have not been put here. Everything without a reply is marked “not asked – danger”. Follow your force’s emergency procedure. Press below to ask them in the same case.',
  askDangerQuestions: 'Ask the danger questions',
  dangerStands:
    'IMMEDIATE DANGER stands. Follow your force’s emergency procedure; 999 or your emergency channel if you cannot send help yourself. This assistant has not called, sent or graded anything.',
  suggestion: (words: string) =>
    `The reply holds the words ${words}. If this is happening now, press DANGER. It was recorded as it was said.`,
  dangerUnrecorded:
    'What you typed may speak of danger, and was not recorded as such. If this is happening now, press DANGER or type !: that records it, and asks only what matters now.',
  dangerSuggested:
    'The reply may speak of danger. If this is happening now, press DANGER. It was recorded as it was said.',
  instrumentNotLoaded:
    'Force instrument not loaded: Signpost holds none. Use your force’s own instrument separately.',
  instrumentLoaded: (titles: string) =>
    `The force’s own instrument runs separately from these prompts: ${titles}.`,
  licenceEnded: (title: string, day: string) =>
    `${title} cannot be begun: the permission to use it ended on ${day}. Screenings that are open go on. Tell your stalking lead.`,
  leftOut: (reason: NotAskedReason) => `${notAskedWords[reason]}; short set only`,
  proposedKinds: (number: number, kinds: string) =>
    `No. ${number}: its words may describe ${kinds}. Press to look, change and save; nothing is recorded until you do.`,
  policeRecords: 'Police records, as the user found them',
  summaryHeader: (preparedBy: string) =>
    `Draft by ${preparedBy} with the assistant. Not a decision, risk grade or crime record. Not for disclosure until reviewed: check every document for the victim’s details before it leaves.`,
  droppedTitle: 'Replies that no longer apply after a later answer',
  timelineTitle: 'Timeline of reported incidents',
  conflictsTitle: 'Where an imported timeline and ours differ (not resolved here)',
  noSuchPassage: 'I hold no passage of that name.',
  skipHow: 'To skip, type s and the reason:',
  shortHow: 'To ask only the short set, type short and the reason:',
  askReason: 'That was changed or left out. Why? What stood there before is kept in the record.',
  unsaved: 'What stood in the card’s fields was not recorded. Here it is, to type again:',
  stillRight: 'Is that still right?',
  toldOn: (time: string, said: string) => `You told us on ${time}: ${said}.`,
  dropped: (questions: string) =>
    `No longer asked after this change: ${questions}. What was said there stays in the record and is named apart in the summary.`,
  meanwhile: (what: string) => `Meanwhile recorded by others: ${what}.`,
  shortSet: (reason: string) =>
    `Short set only (${reason}). “Ask the rest” brings back the remainder.`,
  finishedShort:
    'The short set has been asked. The rest is marked as not asked with its reason: agree a time for it.',
  handOver: (code: string) => [
    `Say this code to your colleague: ${code}. In their own chat with me they type: join ${code}`,
    'It lets one person into this case, once, within 30 minutes, with everything said so far. You keep your access. Nothing was sent to anybody.',
  ],
  joined: (caseRef: string) =>
    `You can now work on case ${caseRef}. Everything said so far is kept below.`,
  notJoined:
    'That code lets nobody in: it may be mistyped, used by somebody else, or older than 30 minutes. Ask your colleague for a new one.',
  nothingToHandOver: 'Open the screening you want to hand over first: type “resume”.',
  askHow: 'To ask the guidance a question without leaving the screening, begin with “?”.',
  typeHow: 'Type a number:',
  noSummary: 'There is no screening to summarise. Type “screen” to begin one.',
  languageChosen:
    'This chat is in English now. Type “/cymraeg” for Welsh, or “/language teams” to follow Teams again.',
  languageOfTeams:
    'This chat follows the language of Teams again. Type “/cymraeg” for Welsh or “/english” for English.',
  languageNotKept:
    'I could not keep that choice just now, so nothing has changed. Please choose again in a few minutes.',
  modelNotYours:
    'Only an administrator can look at the model’s switch or turn it. Nothing was changed.',
  modelHow:
    'Type “/model off” or “/model on” and the reason, in at most 300 characters and without personal data. Nothing was changed.',
  modelState: {
    'not-configured': 'No model is configured: answers are found by words alone.',
    'off-by-setting':
      'The model is off by the setting MODEL_OFF, which only a restart without it changes. Answers are found by words alone.',
    off: 'The model is off. Answers are found by words alone.',
    on: 'The model is on.',
  },
  modelTurned: (isOn: boolean, by: string, at: string, why: string) =>
    `Turned ${isOn ? 'on' : 'off'} by ${by} at ${at}: ${why}`,
  modelStays:
    'Changing or deleting a message does not turn the switch of the model. Type “/model” to see how it stands.',
  assistantNotYours:
    'Only an administrator can look at the assistant’s switch or turn it. Nothing was changed.',
  assistantHow:
    'Type “/assistant off” or “/assistant on” and the reason, in at most 300 characters and without personal data. Nothing was changed.',
  assistantState: {
    off: 'The assistant is off: the chat gives emergency guidance for words of danger, and nothing else. The review page stays.',
    on: 'The assistant is on.',
  },
  assistantStays:
    'Changing or deleting a message does not turn the switch of the assistant. Type “/assistant” to see how it stands.',
  /** All that anybody is told while it is off, but for the emergency guidance. */
  assistantIsOff: (time: string) =>
    `Your force switched this assistant off on ${time}: what was saved stays saved, but what you just sent was NOT saved, so write it down, and use 999, radio and your force’s own procedure.`,
  unknownCommand: 'I did not understand that. Type “help” to see what works here.',
} as const;

/** Said under the question when a reply cannot be taken; what was typed stays in its field. */
export const replyRefused: Readonly<Record<RefusedStep, string>> = {
  empty: 'Nothing was given. Answer, or choose “Not known”, “Declined” or “Skip”.',
  'too-long': 'That is longer than 8,000 characters. Please record it in parts; nothing was saved.',
  'not-text': 'That holds characters that cannot be stored. Please type it again.',
  'not-a-choice': 'That is not one of the choices. Type its number or its words.',
  'one-choice-only': 'Only one choice can be recorded here. Type the number of one.',
  'none-with-others':
    'That choice stands for none of the others, so it cannot be ticked with them.',
  'not-a-date':
    'That is not a date I can read. Try 3 November, 03/11/2026, last Friday, November 2026, 2024 or “about 3 November”.',
  'date-in-future': 'That date has not come yet. Please check it.',
  'not-a-number': 'That is not a whole number.',
  'must-be-asked':
    'This one is about keeping the person safe. It can be skipped only because of danger or because the call ended.',
  'no-earlier-question': 'This is the first question.',
  'too-many-records': 'No more than 500 can be recorded here. Nothing was added.',
};

/** Offered when a reply takes the place of another; words of one's own can be given instead. */
export const changeReasons: readonly string[] = [
  'The person corrected it',
  'It was taken down wrongly',
  'New information',
  'No reason given',
];

export const notAskedWords: Readonly<Record<NotAskedReason, string>> = {
  danger: 'danger',
  'call-ended': 'call ended',
  distress: 'distress',
  'no-privacy': 'no privacy',
  'no-interpreter': 'no interpreter',
  'already-held': 'already held from earlier contact',
  'not-my-role': 'not this user’s role',
  judgement: 'judgement',
};

/** The sections of a case summary. */
export const summaryTitles: Readonly<Record<StatementId, string>> = {
  S1: 'Safety now',
  S2: 'Safe contact and access',
  S3: 'What is reported, and timeline',
  S4: 'Effect on the person',
  S5: 'Indicators',
  S6: 'Digital and evidence register',
  S7: 'Orders, protection and breach',
  S8: 'Wishes, plan, referral and updates',
  S9: 'Matters for the supervisor only',
};
