import type { Role } from '../../../../src/core/roles.js';
import type { Translation } from '../../../../src/core/words-translation.js';

/** Words around every view: its frame, who is there, what failed. Welsh: awaiting a professional check. */

export const frameEnglish = {
  /** The title of the window. */
  window: (view: string) => `${view} · Signpost review`,
  skip: 'Skip to content',
  language: 'Language',
  navigation: 'Views',
  views: {
    queue: 'Reviews',
    shared: 'Shared with you',
    commitments: 'Commitments',
    overview: 'Overview',
    due: 'Period over',
    curation: 'Guidance',
    audit: 'Audit',
  },
  onThisPage: 'On this page',
  workAs: 'Local mode: work as',
  roles: {
    officer: 'officer',
    'call-handler': 'call handler',
    advocate: 'advocate',
    supervisor: 'supervisor',
    curator: 'curator',
    administrator: 'administrator',
  } satisfies Record<Role, string>,
  /** Somebody whose name is not known. */
  unnamed: 'a user not named here',
  signIn: 'Sign in',
  tryAgain: 'Try again',
  save: 'Save',
  cancel: 'Cancel',
  slow: 'The server took too long to answer. Nothing you typed is lost: try again.',
  offline:
    'The server cannot be reached. Nothing you typed is lost: check the connection and try again.',
  signedOut: 'You are not signed in. Open this tab in Teams again, then repeat what you did.',
  outsideTeams:
    'This page works inside Microsoft Teams only, where it can tell who you are. Open Teams, then the Signpost app, then its tab “Reviews”.',
  signInNeeded:
    'Teams asks you to sign in again before Signpost can go on. Nothing you typed is lost: sign in, then repeat what you did.',
  notSignedIn:
    'Teams did not sign you in. Try again; if it goes on, ask whoever looks after Teams in your force whether Signpost is approved there.',
  localMode:
    'Local mode: nobody is asked who they are, and only this computer can open this page. For made-up cases only.',
  fault: 'Something failed at the server. Nothing you typed is lost: try again.',
  loading: 'Loading…',
};

export const frameWelsh: Translation<typeof frameEnglish> = {
  window: (view) => `${view} · Adolygu Signpost`,
  skip: 'Neidio i’r cynnwys',
  language: 'Iaith',
  navigation: 'Golygon',
  views: {
    queue: 'Adolygiadau',
    shared: 'Wedi’u rhannu â chi',
    commitments: 'Ymrwymiadau',
    overview: 'Trosolwg',
    due: 'Cyfnod ar ben',
    curation: 'Canllawiau',
    audit: 'Cofnod archwilio',
  },
  onThisPage: 'Ar y dudalen hon',
  workAs: 'Modd lleol: gweithio fel',
  roles: {
    officer: 'swyddog',
    'call-handler': 'triniwr galwadau',
    advocate: 'eiriolwr',
    supervisor: 'goruchwyliwr',
    curator: 'curadur',
    administrator: 'gweinyddwr',
  },
  unnamed: 'defnyddiwr nas enwir yma',
  signIn: 'Mewngofnodi',
  tryAgain: 'Rhoi cynnig arall arni',
  save: 'Cadw',
  cancel: 'Canslo',
  slow: 'Cymerodd y gweinydd ormod o amser i ateb. Nid oes dim a deipiwyd gennych wedi’i golli: rhowch gynnig arall arni.',
  offline:
    'Ni ellir cyrraedd y gweinydd. Nid oes dim a deipiwyd gennych wedi’i golli: gwiriwch y cysylltiad a rhowch gynnig arall arni.',
  signedOut:
    'Nid ydych wedi mewngofnodi. Agorwch y tab hwn yn Teams eto, yna ailadroddwch yr hyn a wnaethoch.',
  outsideTeams:
    'Dim ond y tu mewn i Microsoft Teams y mae’r dudalen hon yn gweithio, lle gall wybod pwy ydych chi. Agorwch Teams, yna’r ap Signpost, yna ei dab “Adolygiadau”.',
  signInNeeded:
    'Mae Teams yn gofyn ichi fewngofnodi eto cyn y gall Signpost fynd ymlaen. Nid oes dim a deipiwyd gennych wedi’i golli: mewngofnodwch, yna ailadroddwch yr hyn a wnaethoch.',
  notSignedIn:
    'Ni wnaeth Teams eich mewngofnodi. Rhowch gynnig arall arni; os bydd yn parhau, gofynnwch i bwy bynnag sy’n gofalu am Teams yn eich heddlu a yw Signpost wedi’i gymeradwyo yno.',
  localMode:
    'Modd lleol: ni ofynnir i neb pwy ydynt, a dim ond y cyfrifiadur hwn all agor y dudalen hon. Ar gyfer achosion dychmygol yn unig.',
  fault:
    'Methodd rhywbeth yn y gweinydd. Nid oes dim a deipiwyd gennych wedi’i golli: rhowch gynnig arall arni.',
  loading: 'Wrthi’n llwytho…',
};
