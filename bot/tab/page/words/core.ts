import {
  conflictPhrases,
  whyLiftedWords,
  whyNamedWords,
} from '../../../../src/core/conflict-words.js';
import {
  differencePhrases,
  returnCodePhrases,
  reviewKindPhrases,
  versionPhrases,
} from '../../../../src/core/review-phrases.js';
import { reviewPoints } from '../../../../src/core/review-points.js';
import {
  alwaysShared,
  endWords,
  partWords,
  sharingPhrases,
  wayWords,
} from '../../../../src/core/sharing-words.js';
import { summaryHeader } from '../../../../src/core/summary-markdown.js';
import { lineStatuses } from '../../../../src/core/words-cards.js';
import type { Translation } from '../../../../src/core/words-translation.js';
import { reviewKindsInWelsh, statusesInWelsh } from '../../../../src/core/words-welsh-review.js';

/**
 * Words that the server and the page share, keyed by the codes that are sent. The English is the server's own. Welsh:
 * awaiting a professional check.
 */

export const coreEnglish = {
  /** By kind; what the server says otherwise than here stays as it says it. */
  refusals: {
    ...reviewKindPhrases,
    ...sharingPhrases,
    ...conflictPhrases,
    // Absent and forbidden are told alike.
    'not-found': reviewKindPhrases['not-allowed'],
  },
  returnCodes: returnCodePhrases,
  /** In the order of their numbers. */
  points: reviewPoints as readonly string[],
  differences: differencePhrases,
  versions: versionPhrases,
  summaryHeader,
  shareParts: partWords,
  alwaysShared,
  shareWays: wayWords,
  shareEnds: endWords,
  conflictReasons: whyNamedWords,
  liftReasons: whyLiftedWords,
  statuses: lineStatuses,
  /** Of a screening in a summary. */
  screeningStates: {
    finished: 'finished',
    'stopped for danger': 'stopped for danger',
    unfinished: 'unfinished',
    'short set only': 'short set only',
  },
  flagLevels: { red: 'RED', amber: 'AMBER', note: 'NOTE' },
};

export const coreWelsh: Translation<typeof coreEnglish> = {
  refusals: {
    ...reviewKindsInWelsh,
    'not-found': reviewKindsInWelsh['not-allowed'],
    'not-agreed':
      'Dim ond gyda chytundeb cofnodedig y person y caiff achos ei rannu. Nid yw gwrthod, heb ofyn ac anhysbys yn gytundeb, felly ni rannwyd dim. Mater i bobl ei benderfynu o dan bolisi eich heddlu yw rhannu hebddo i ddiogelu bywyd rhywun, ac ni wneir hynny yma.',
    'not-an-advocate':
      'Dim ond ag eiriolwr yn y cyfeiriadur y gellir rhannu achos. Ni rannwyd dim.',
    'agreed-later': 'Nid yw’r diwrnod y cytunodd y person wedi dod eto. Ni rannwyd dim.',
    'over-already': 'Mae diwrnod olaf y cytundeb wedi mynd heibio. Ni rannwyd dim.',
    'already-shared':
      'Mae’r achos wedi’i rannu â’r eiriolwr hwn eisoes, felly ni newidiwyd dim. Dewch â hynny i ben yn gyntaf i gofnodi cytundeb arall.',
    'already-ended': 'Roedd hynny wedi dod i ben eisoes. Ni newidiwyd dim.',
    'no-longer-shared':
      'Nid yw’r achos hwn yn cael ei rannu â chi mwyach, felly mae ar gau ichi. Os ydych yn dal i gefnogi’r person, siaradwch â’r swyddog yn yr achos.',
    'already-named':
      'Mae gwrthdaro buddiannau yn sefyll i’r person hwn yn yr achos hwn eisoes. Ni newidiwyd dim.',
    'already-lifted': 'Roedd hynny wedi’i godi eisoes. Ni newidiwyd dim.',
    'own-conflict': 'Nid oes neb yn codi gwrthdaro buddiannau o’i eiddo ei hun. Ni newidiwyd dim.',
    'not-staff':
      'Dewiswch rywun o’r rhestr; eich gwrthdaro chi, chi eich hun sy’n ei ddatgan. Ni newidiwyd dim.',
  },
  returnCodes: {
    'history-not-searched': 'Ni chwiliwyd am adroddiadau cynharach a dioddefwyr cysylltiedig',
    'course-of-conduct-incomplete': 'Nid yw’r cwrs ymddygiad wedi’i ddisgrifio’n llawn',
    'effect-not-asked': 'Ni ofynnwyd am yr effaith ar y person',
    'indicator-without-action': 'Mae dangosydd heb gam gweithredu',
    'protection-order-not-considered': 'Ni ystyriwyd gorchymyn diogelu rhag stelcio',
    'safe-contact-missing': 'Mae ffordd ddiogel o gysylltu ar goll',
    'specialist-not-offered': 'Ni chynigiwyd gwasanaeth arbenigol',
    'absent-answers-unplanned':
      'Nid yw atebion absennol wedi’u cynllunio ar gyfer y cyswllt diogel nesaf',
    wording: 'Mae angen newid y geiriad',
    'evidence-not-recorded': 'Nid yw tystiolaeth wedi’i chofnodi',
    'recorded-wrongly': 'Nid yw’r drosedd wedi’i chofnodi fel y dylai fod',
    other: 'Rhywbeth arall, gweler y nodyn',
  },
  points: [
    'Ymdriniwyd â phob baner perygl, ac mae’r crynodeb yn dweud sut.',
    'Chwiliwyd am adroddiadau cynharach, ac am ddioddefwyr eraill sy’n gysylltiedig â’r un hwn neu â’r sawl a ddrwgdybir.',
    'Fe’i cofnodwyd fel stelcio, neu ysgrifennwyd y rheswm pam nad yw.',
    'Gofynnwyd am y ddwy ffordd o ddisgrifio’r effaith: ofn y caiff trais ei ddefnyddio, a braw neu ofid difrifol sy’n newid bywyd bob dydd.',
    'Mae cam gweithredu wrth ymyl pob dangosydd a ddisgrifiwyd.',
    'Ystyriwyd gorchymyn diogelu rhag stelcio, ac un dros dro hefyd, a chofnodwyd y rheswm dros y canlyniad.',
    'Gosodwyd y faner seiber lle mae ffonau, cyfrifon neu ddyfeisiau’n rhan o’r peth.',
    'Cynigiwyd gwasanaeth stelcio arbenigol, a gwnaed yr hyn y cytunwyd arno.',
    'Mae gan y person ddyddiad y diweddariad nesaf ac enw’r sawl a fydd yn ei roi.',
    'Gwiriwyd y dyddiad chwe mis a’r dyddiadau y daw gorchmynion neu fechnïaeth i ben.',
    'Ymdrinnir â gwrth-adroddiad ar wahân, ac nid yw’n newid dim yn y ffordd yr ymdrinnir â’r adroddiad hwn.',
    'Gwiriwyd y geiriau: nid oes dim yn beio, yn amau nac yn bychanu’r person a adroddodd.',
    'Nid oes manylion y dioddefwr mewn dim sy’n gadael yr heddlu.',
    'Mae pob ateb absennol wedi’i gynllunio ar gyfer y cyswllt diogel nesaf.',
    'Mae swyddog sy’n newydd i’r gwaith hwn wedi cael cymorth gydag ef.',
  ],
  differences: {
    screening: 'Sgriniad',
    missing: 'Beth sydd ar goll',
    flag: 'Baner',
    line: 'Llinell',
    timeline: 'Llinell amser',
    indication: 'Arwydd',
    task: 'I’w wneud o hyd',
  },
  versions: {
    waiting: 'Yn aros am adolygiad',
    returned: 'Wedi’i dychwelyd',
    approved: 'Wedi’i chymeradwyo',
    superseded: 'Wedi’i disodli cyn penderfyniad',
  },
  summaryHeader: (preparedBy) =>
    `Drafft gan ${preparedBy} gyda’r cynorthwyydd. Nid yw’n benderfyniad, yn radd risg nac yn gofnod trosedd. Nid i’w ddatgelu nes iddo gael ei adolygu: gwiriwch bob dogfen am fanylion y dioddefwr cyn iddi adael.`,
  shareParts: {
    plan: 'Dymuniadau, cynllun, dyddiadau i ddod a’r hyn a addawyd',
    account: 'Beth ddigwyddodd, ei effaith, a’r llinell amser',
    indicators: 'Ofnau, bygythiadau a dangosyddion eraill',
  },
  alwaysShared: 'Diogelwch nawr, a sut i gyrraedd y person yn ddiogel',
  shareWays: {
    'in-person': 'wyneb yn wyneb',
    'by-phone': 'dros y ffôn',
    'in-writing': 'yn ysgrifenedig',
  },
  shareEnds: {
    'agreement-withdrawn': 'Nid yw’r person yn cytuno mwyach',
    'no-longer-needed': 'Nid yw’r eiriolwr yn cefnogi’r person mwyach',
    'shared-by-mistake': 'Fe’i rhannwyd trwy gamgymeriad',
    other: 'Rheswm arall',
    left: 'Gadawodd yr eiriolwr yr achos',
  },
  conflictReasons: {
    'suspect-or-subject': 'Wedi’i enwi’n berson dan amheuaeth neu’n destun yn yr achos',
    'close-to-a-party': 'Yn perthyn i rywun yn yr achos, neu’n agos atynt',
    'manages-a-party': 'Yn rheoli rhywun yn yr achos, neu’n cael ei reoli ganddynt',
    declared: 'Wedi’i ddatgan ganddynt eu hunain',
    'other-recorded': 'Rheswm arall, yng nghofnod yr heddlu ei hun',
  },
  liftReasons: {
    'named-in-error': 'Wedi’i enwi ar gam',
    'no-longer-applies': 'Nid yw’n berthnasol mwyach',
    'other-recorded': 'Rheswm arall, yng nghofnod yr heddlu ei hun',
  },
  statuses: statusesInWelsh,
  screeningStates: {
    finished: 'wedi’i orffen',
    'stopped for danger': 'wedi’i atal oherwydd perygl',
    unfinished: 'heb ei orffen',
    'short set only': 'y set fer yn unig',
  },
  flagLevels: { red: 'COCH', amber: 'OREN', note: 'NODYN' },
};
