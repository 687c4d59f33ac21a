import type { CaseSummary, SummaryLine } from './case-summary-schema.js';
import { summaryTitles } from './phrases.js';

/** Of a line, as the summary calls them. */
export const lineStatuses = {
  answered: 'answered',
  declined: 'declined',
  'not known': 'not known',
  'not asked': 'not asked',
  'not reached': 'not reached',
} satisfies Record<SummaryLine['status'], string>;

/** Titles of buttons, labels of fields and the short words between what cards and messages show of a case. */
export const cardWords = {
  /** What feeds and locked screens show of a message: never about a person or a case. */
  feeds: {
    message: 'Message from Signpost',
    guidance: 'Guidance answer ready',
    step: 'Screening step',
    summary: 'Case summary',
    choose: 'Choose a screening',
    wording: 'Check my wording',
    wordingChecked: 'Wording checked',
    narrative: 'Read a report',
    narrativeRead: 'Report read',
  },
  /** Shown by clients that cannot draw a card. */
  fallbacks: {
    step: 'A screening step is ready. Open it in Teams on a newer client.',
    summary: 'A case summary is ready. Open it in Teams on a newer client.',
    start: 'Type “screen” and the name of a screening.',
    unfinished:
      'There are several screenings to go on with. Open this in Teams on a newer client to choose one.',
    begin: 'Type “screen” to begin a screening.',
    wording: 'Type “check my wording:” and paste the message after it.',
    narrative: 'Type “/read” and paste the report or log entry after it.',
  },
  answer: {
    showPassage: 'Show the passage',
    more: (heading: string) => `More: ${heading}`,
    startScreening: 'Start a screening',
    whatToCheck: 'What should a supervisor check?',
  },
  screening: {
    /** Stands before the script's own words when danger is raised; empty where those are in this language. */
    dangerFirst: '',
    progress: (asked: number, left: number) => `${asked} asked, ${left} left`,
    lastUsed: (time: string) => `last used ${time}`,
    typed: (typed: string) => `You typed: ${typed}`,
    readAloudIfSafe: (aloud: string) => `Read aloud if safe: “${aloud}”`,
    readAloud: (aloud: string) => `Read aloud: “${aloud}”`,
    readFirst: (opening: string) => `Read first: “${opening}”`,
    raisedBy: (why: string) => `Raised by: ${why}`,
    recorded: 'Recorded',
    answered: (what: string) => `${what} · recorded`,
    standing: (time: string, said: string) => `Recorded ${time}: ${said}`,
    aloud: (question: string) => `${question} · read aloud`,
    notAloud: (question: string) => `${question} · for you, not read aloud`,
    forYou: 'For you, not read aloud',
    stillRight: 'k  Still right',
    ifNot: 'If not, or not any more:',
    ownReason: 'Or in your own words',
    tickAll: 'Tick all that apply',
    ownWords: 'In their own words',
    when: 'When, as near as known',
    whenHint: 'last Friday, about March 2024',
    aheadHint: '3 December, next Friday',
    howMany: 'How many',
    notKnown: 'u  Not known',
    declined: 'd  Declined',
    why: 'Why?',
    whyNotAsked: 'Why is it not asked?',
    chooseReason: 'Choose a reason.',
    recordNotAsked: 'Record as not asked',
    shortFromHere: 'Ask only the short set from here',
    below: 'Below.',
  },
  buttons: {
    save: 'Save',
    back: 'Back',
    pause: 'Pause',
    resume: 'Resume',
    danger: 'DANGER',
    skip: 'Skip…',
    keep: 'Keep as it is',
    handOver: 'Hand over',
    summary: 'Case summary',
    askRest: 'Ask the rest',
    anotherScript: 'Go on with another script',
  },
  records: {
    change: (number: number) => `Change no. ${number}`,
    oneMore: 'One more',
    addOne: 'Add one',
    moreFields: (count: number) => `More fields (${count})`,
    listed: (count: number) => `${count} recorded. Press one to change it or leave it out.`,
    earlier: (count: number) => `${count} earlier, in the case summary.`,
    leaveOut: 'Leave it out',
    thatIsAll: 'That is all',
    none: 'None',
    add: 'Add',
    how: 'In the chat: each line you type is one entry; “done” ends the list.',
  },
  summary: {
    title: (caseRef: string) => `Case summary ${caseRef}`,
    asText: 'Whole summary as text',
    send: 'Send to a supervisor',
    incomplete: 'Incomplete — see absent answers',
    moreMissing: (count: number) =>
      `${count} more sentences on what is missing, in the whole summary.`,
    moreFlags: (count: number) => `${count} more flags, in the whole summary.`,
    moreTasks: (count: number) => `${count} more tasks, in the whole summary.`,
    lines: (count: number) => `${count} lines, in the whole summary.`,
    notes: (count: number) => `${count} notes, in the whole summary.`,
    inWhole: (title: string, count: number) => `${title}: ${count}, in the whole summary.`,
    titles: summaryTitles,
    flags: 'Flags raised',
    levels: { red: 'RED', amber: 'AMBER', note: 'NOTE' } satisfies Record<
      CaseSummary['flags'][number]['level'],
      string
    >,
    pressed: 'pressed',
    judgement: 'For professional judgement',
    restsOn: (replies: string) => `Rests on ${replies}`,
    tasks: 'Still to do',
    fromRecords: 'police records',
    toldEarlier: 'told earlier',
    changedFrom: (said: string) => `changed from “${said}”`,
    statuses: lineStatuses,
  },
} as const;

/** Replies in words, where they are not somebody's own. */
export const valueWords = {
  about: (day: string) => `about ${day}`,
  before: (day: string) => `before ${day}`,
  listed: (count: number) => `${count} recorded`,
  noneListed: 'none recorded',
  notKnown: 'not known',
  declined: 'declined',
  notAsked: (reason: string) => `not asked (${reason})`,
  hidden: (said: string) => `${said} (hidden characters left out)`,
} as const;

/** What is sent to somebody who asked for nothing. It shows on locked screens, so it names no case, person or date. */
export const noticeWords = {
  kinds: {
    returned: 'A summary you wrote was returned.',
    approved: 'A summary you wrote was approved.',
    handed: 'A summary was handed to you for review.',
    'submitted-again': 'A summary you returned was sent again.',
    'promise-due': 'Something that was promised is near its date, or past it.',
    'update-due': 'An update that is owed is near its date, or past it.',
    'referral-due': 'A referral that was agreed is near its time limit, or past it.',
    'ask-again-due': 'A question that was to be asked again is near its date, or past it.',
    'coming-date-due': 'A date that somebody is to be told of is near, or past.',
    'check-date-due': 'A section 2A check date is near, or past.',
  },
  anything: 'A summary needs you.',
  open: (words: string, link: string) => `${words} Open it: ${link}`,
  correctHere: 'Type “resume” to correct it.',
} as const;
