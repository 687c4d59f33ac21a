import { sayDay, sayMonth, sayTime } from './days.js';
import type { english } from './words.js';
import type { Translation } from './words-translation.js';
import { statusesInWelsh } from './words-welsh-review.js';

/** The words of cards, replies and dates in Welsh. Awaiting a professional check. */

type Cards = Pick<
  typeof english,
  | 'changeReasons'
  | 'feeds'
  | 'fallbacks'
  | 'answer'
  | 'screening'
  | 'buttons'
  | 'records'
  | 'summary'
>;

export const cardsInWelsh: Translation<Cards> = {
  changeReasons: [
    'Cywirodd y person ef',
    'Fe’i cofnodwyd yn anghywir',
    'Gwybodaeth newydd',
    'Ni roddwyd rheswm',
  ],
  feeds: {
    message: 'Neges gan Signpost',
    guidance: 'Mae ateb o’r canllawiau’n barod',
    step: 'Cam o sgriniad',
    summary: 'Crynodeb achos',
    choose: 'Dewis sgriniad',
    wording: 'Gwirio fy ngeiriad',
    wordingChecked: 'Geiriad wedi’i wirio',
    narrative: 'Darllen adroddiad',
    narrativeRead: 'Adroddiad wedi’i ddarllen',
  },
  fallbacks: {
    step: 'Mae cam o sgriniad yn barod. Agorwch ef yn Teams ar gleient mwy newydd.',
    summary: 'Mae crynodeb achos yn barod. Agorwch ef yn Teams ar gleient mwy newydd.',
    start: 'Teipiwch “sgrinio” ac enw sgriniad.',
    unfinished:
      'Mae sawl sgriniad i barhau â nhw. Agorwch hwn yn Teams ar gleient mwy newydd i ddewis un.',
    begin: 'Teipiwch “sgrinio” i ddechrau sgriniad.',
    wording: 'Teipiwch “gwirio fy ngeiriad:” a gludwch y neges ar ei ôl.',
    narrative: 'Teipiwch “/darllen” a gludwch yr adroddiad neu’r cofnod log ar ei ôl.',
  },
  answer: {
    showPassage: 'Dangos y darn',
    more: (heading) => `Mwy: ${heading}`,
    startScreening: 'Dechrau sgriniad',
    whatToCheck: 'Beth ddylai goruchwyliwr ei wirio?',
  },
  screening: {
    dangerFirst:
      'PERYGL: dilynwch weithdrefn argyfwng eich heddlu nawr; 999 neu eich sianel argyfwng os na allwch anfon cymorth eich hun. Nid wyf wedi ffonio nac anfon neb. Yn Saesneg y mae’r hyn sy’n dilyn.',
    progress: (asked, left) => `${asked} wedi’u gofyn, ${left} ar ôl`,
    lastUsed: (time) => `defnyddiwyd ddiwethaf ${time}`,
    typed: (typed) => `Teipiasoch: ${typed}`,
    readAloudIfSafe: (aloud) => `Darllenwch yn uchel os yw’n ddiogel: “${aloud}”`,
    readAloud: (aloud) => `Darllenwch yn uchel: “${aloud}”`,
    readFirst: (opening) => `Darllenwch yn gyntaf: “${opening}”`,
    raisedBy: (why) => `Codwyd gan: ${why}`,
    recorded: 'Cofnodwyd',
    answered: (what) => `${what} · cofnodwyd`,
    standing: (time, said) => `Cofnodwyd ${time}: ${said}`,
    aloud: (question) => `${question} · darllenwch yn uchel`,
    notAloud: (question) => `${question} · i chi, nid i’w ddarllen yn uchel`,
    forYou: 'I chi, nid i’w ddarllen yn uchel',
    stillRight: 'k  Yn dal yn gywir',
    ifNot: 'Os nad ydyw, neu ddim mwyach:',
    ownReason: 'Neu yn eich geiriau eich hun',
    tickAll: 'Ticiwch bob un sy’n berthnasol',
    ownWords: 'Yn eu geiriau eu hunain',
    when: 'Pryd, mor agos ag sy’n hysbys',
    whenHint: '03/11/2026, neu yn Saesneg: last Friday, about March 2024',
    aheadHint: '03/12/2026, neu yn Saesneg: next Friday',
    howMany: 'Faint',
    notKnown: 'u  Anhysbys',
    declined: 'd  Gwrthodwyd ateb',
    why: 'Pam?',
    whyNotAsked: 'Pam nad yw’n cael ei ofyn?',
    chooseReason: 'Dewiswch reswm.',
    recordNotAsked: 'Cofnodi fel heb ei ofyn',
    shortFromHere: 'Gofyn y set fer yn unig o’r fan hon',
    below: 'Isod.',
  },
  buttons: {
    save: 'Cadw',
    back: 'Yn ôl',
    pause: 'Oedi',
    resume: 'Ailddechrau',
    danger: 'PERYGL',
    skip: 'Hepgor…',
    keep: 'Ei gadw fel y mae',
    handOver: 'Trosglwyddo',
    summary: 'Crynodeb achos',
    askRest: 'Gofyn y gweddill',
    anotherScript: 'Parhau â sgript arall',
  },
  records: {
    change: (number) => `Newid rhif ${number}`,
    oneMore: 'Un arall',
    addOne: 'Ychwanegu un',
    moreFields: (count) => `Rhagor o feysydd (${count})`,
    listed: (count) => `${count} wedi’u cofnodi. Pwyswch un i’w newid neu ei hepgor.`,
    earlier: (count) => `${count} yn gynharach, yng nghrynodeb yr achos.`,
    leaveOut: 'Ei hepgor',
    thatIsAll: 'Dyna’r cyfan',
    none: 'Dim',
    add: 'Ychwanegu',
    how: 'Yn y sgwrs: mae pob llinell a deipiwch yn un cofnod; mae “done” yn gorffen y rhestr.',
  },
  summary: {
    title: (caseRef) => `Crynodeb achos ${caseRef}`,
    asText: 'Y crynodeb cyfan fel testun',
    send: 'Anfon at oruchwyliwr',
    incomplete: 'Anghyflawn — gweler yr atebion absennol',
    moreMissing: (count) => `${count} brawddeg arall ar yr hyn sydd ar goll, yn y crynodeb cyfan.`,
    moreFlags: (count) => `${count} baner arall, yn y crynodeb cyfan.`,
    moreTasks: (count) => `${count} tasg arall, yn y crynodeb cyfan.`,
    lines: (count) => `${count} llinell, yn y crynodeb cyfan.`,
    notes: (count) => `${count} nodyn, yn y crynodeb cyfan.`,
    inWhole: (title, count) => `${title}: ${count}, yn y crynodeb cyfan.`,
    titles: {
      S1: 'Diogelwch nawr',
      S2: 'Cyswllt diogel a mynediad',
      S3: 'Yr hyn a adroddir, a’r llinell amser',
      S4: 'Yr effaith ar y person',
      S5: 'Dangosyddion',
      S6: 'Cofrestr ddigidol a thystiolaeth',
      S7: 'Gorchmynion, diogelu a thorri amodau',
      S8: 'Dymuniadau, cynllun, atgyfeirio a diweddariadau',
      S9: 'Materion i’r goruchwyliwr yn unig',
    },
    flags: 'Baneri a godwyd',
    levels: { red: 'COCH', amber: 'OREN', note: 'NODYN' },
    pressed: 'pwyswyd',
    judgement: 'Ar gyfer barn broffesiynol',
    restsOn: (replies) => `Yn seiliedig ar ${replies}`,
    tasks: 'I’w wneud o hyd',
    fromRecords: 'cofnodion yr heddlu',
    toldEarlier: 'dywedwyd yn gynharach',
    changedFrom: (said) => `newidiwyd o “${said}”`,
    statuses: statusesInWelsh,
  },
};

export const valuesInWelsh: Translation<(typeof english)['values']> = {
  about: (day) => `tua ${day}`,
  before: (day) => `cyn ${day}`,
  listed: (count) => `${count} wedi’u cofnodi`,
  noneListed: 'dim wedi’i gofnodi',
  notKnown: 'anhysbys',
  declined: 'gwrthodwyd ateb',
  notAsked: (reason) => `ni ofynnwyd (${reason})`,
  hidden: (said) => `${said} (hepgorwyd nodau cudd)`,
};

const months: ReadonlyMap<string, string> = new Map([
  ['January', 'Ionawr'],
  ['February', 'Chwefror'],
  ['March', 'Mawrth'],
  ['April', 'Ebrill'],
  ['May', 'Mai'],
  ['June', 'Mehefin'],
  ['July', 'Gorffennaf'],
  ['August', 'Awst'],
  ['September', 'Medi'],
  ['October', 'Hydref'],
  ['November', 'Tachwedd'],
  ['December', 'Rhagfyr'],
]);

/** "20 November 2026 at 14:05" as "20 Tachwedd 2026 am 14:05". */
function inWelsh(date: string): string {
  return date
    .replace(/[A-Z][a-z]+/, (month) => months.get(month) ?? month)
    .replace(/ at |, /, ' am ');
}

export const datesInWelsh: Translation<(typeof english)['dates']> = {
  day: (day) => inWelsh(sayDay(day)),
  month: (month) => inWelsh(sayMonth(month)),
  time: (at) => inWelsh(sayTime(at)),
};
