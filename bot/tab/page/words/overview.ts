import { type OverviewWords, overviewWords } from '../../../../src/core/overview-words.js';
import type { Translation } from '../../../../src/core/words-translation.js';

/** Titles, rows and units of the overview. Welsh: awaiting a professional check. */

export const overviewEnglish: OverviewWords = overviewWords;

export const overviewWelsh: Translation<OverviewWords> = {
  titles: {
    'by-week': 'Crynodebau a anfonwyd, fesul wythnos',
    'by-team-and-week': 'Crynodebau a anfonwyd, fesul tîm ac wythnos',
    outcomes: 'Sgriniadau adnabod stelcio, fesul canlyniad',
    printed: 'Argraffwyd ar gyfer barn broffesiynol',
    times: 'Amser o anfon i benderfyniad',
    returns: 'Dychwelwyd, fesul rheswm',
    actions: 'Materion COCH neu OREN heb gam gweithredu',
    specialist: 'Cynnig gwasanaeth arbenigol',
    order: 'Gorchymyn diogelu rhag stelcio',
    'order-reasons': 'Rhesymau lle na wneir cais am un',
    uncovered: 'Cwestiynau nad ymdrinnir â hwy, fesul y pwnc agosaf',
  },
  units: {
    'by-week': 'crynodebau',
    'by-team-and-week': 'crynodebau',
    outcomes: 'sgriniadau',
    printed: 'argraffwyd',
    times: 'crynodebau',
    returns: 'dychweliadau',
    actions: 'crynodebau',
    specialist: 'crynodebau',
    order: 'crynodebau',
    'order-reasons': 'rhesymau',
    uncovered: 'cwestiynau',
  },
  week: (day) => `wythnos ${day}`,
  noTeam: 'ni enwyd tîm',
  outcomes: {
    'I-1': 'yn gyson â chwrs ymddygiad, yn ddieisiau',
    'I-1b': 'yn gyson â chwrs ymddygiad, heb sefydlu a oedd yn ddieisiau',
    'I-1c': 'nifer yr achlysuron heb ei sefydlu',
    'I-1d': 'ymddygiad arall nag enghreifftiau’r Ddeddf',
    'I-2': 'un achlysur wedi’i gofnodi hyd yma',
    'I-3': 'dim digon o atebion i ddisgrifio patrwm',
    none: 'dim wedi’i argraffu',
    another: 'un arall',
  },
  times: {
    day: 'o fewn diwrnod',
    'three-days': 'o fewn 3 diwrnod',
    'seven-days': 'o fewn 7 diwrnod',
    later: 'yn hwyrach',
    undecided: 'heb ei benderfynu eto',
  },
  actions: {
    some: 'rhai heb gam gweithredu',
    none: 'dim un heb gam gweithredu',
    unplanned: 'ni wnaed cynllun',
  },
  absent: {
    'not known': 'anhysbys',
    declined: 'gwrthodwyd ateb',
    'not asked': 'ni ofynnwyd',
  },
  noTopic: 'dim pwnc yn agos',
  fewerThan: (number) => `llai na ${number}`,
};
