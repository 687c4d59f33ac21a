import type { Translation } from '../../../../src/core/words-translation.js';

/** Words of conflicts of interest. Welsh: awaiting a professional check. */

export const conflictEnglish = {
  title: 'Conflict of interest',
  show: 'Show whom the case is closed to',
  own: 'I have a conflict of interest in this case',
  ownForm: 'Declare a conflict of interest',
  ownMeans:
    'The case closes to you at once, here and in the chat. What you recorded stays in it for the others. Another supervisor or an administrator can lift this; you cannot.',
  ownNow: 'Declare it and close the case to me',
  ownDone: (caseRef: string) =>
    `You declared a conflict of interest in ${caseRef}. It is closed to you.`,
  nobody: 'Nobody was named as having a conflict of interest.',
  stands: 'closed to them',
  lifted: 'lifted',
  namedBy: (why: string, name: string, time: string) => `${why}. Recorded by ${name}, ${time}.`,
  liftedBy: (why: string, name: string, time: string) => `Lifted by ${name}, ${time}: ${why}.`,
  recordNumber: (number: string) => `Record ${number}.`,
  nameForm: 'Name somebody',
  nameMeans:
    'The case closes to them at once, whatever their role, as if there were none. They are not told. What they recorded stays.',
  who: 'Who',
  onCase: 'On this case',
  others: 'Others',
  choose: 'Choose',
  why: 'Why',
  record: 'Number of your force’s record (optional)',
  recordForOther: 'Number of your force’s record',
  nameNow: 'Close the case to them',
  named: (name: string) => `The case is closed to ${name}.`,
  noStaff: 'There is nobody further to name.',
  lift: (name: string) => `Open it to ${name} again`,
  liftNow: 'Open it again',
  opened: (name: string) => `The case is open to ${name} again, as far as their role reaches.`,
  liftedAlready: 'Somebody had already lifted this; your reason was not saved.',
  missing: {
    who: 'Choose who has the conflict of interest.',
    why: 'Choose why.',
    record: 'Give the number of the record that holds the reason.',
    form: 'Write the number with letters, digits and / . - only, at most 60 of them.',
  },
};

export const conflictWelsh: Translation<typeof conflictEnglish> = {
  title: 'Gwrthdaro buddiannau',
  show: 'Dangos i bwy mae’r achos ar gau',
  own: 'Mae gennyf wrthdaro buddiannau yn yr achos hwn',
  ownForm: 'Datgan gwrthdaro buddiannau',
  ownMeans:
    'Mae’r achos yn cau ichi ar unwaith, yma ac yn y sgwrs. Mae’r hyn a gofnodwyd gennych yn aros ynddo i’r lleill. Gall goruchwyliwr arall neu weinyddwr godi hyn; ni allwch chi.',
  ownNow: 'Ei ddatgan a chau’r achos i mi',
  ownDone: (caseRef) => `Rydych wedi datgan gwrthdaro buddiannau yn ${caseRef}. Mae ar gau ichi.`,
  nobody: 'Ni enwyd neb fel un â gwrthdaro buddiannau.',
  stands: 'ar gau iddynt',
  lifted: 'wedi’i godi',
  namedBy: (why, name, time) => `${why}. Cofnodwyd gan ${name}, ${time}.`,
  liftedBy: (why, name, time) => `Codwyd gan ${name}, ${time}: ${why}.`,
  recordNumber: (number) => `Cofnod ${number}.`,
  nameForm: 'Enwi rhywun',
  nameMeans:
    'Mae’r achos yn cau iddynt ar unwaith, beth bynnag fo’u rôl, fel pe na bai achos. Ni ddywedir wrthynt. Mae’r hyn a gofnodwyd ganddynt yn aros.',
  who: 'Pwy',
  onCase: 'Ar yr achos hwn',
  others: 'Eraill',
  choose: 'Dewiswch',
  why: 'Pam',
  record: 'Rhif cofnod eich heddlu (dewisol)',
  recordForOther: 'Rhif cofnod eich heddlu',
  nameNow: 'Cau’r achos iddynt',
  named: (name) => `Mae’r achos ar gau i ${name}.`,
  noStaff: 'Nid oes neb arall i’w enwi.',
  lift: (name) => `Ei agor i ${name} eto`,
  liftNow: 'Ei agor eto',
  opened: (name) => `Mae’r achos ar agor i ${name} eto, cyn belled ag y mae eu rôl yn cyrraedd.`,
  liftedAlready: 'Roedd rhywun wedi codi hyn eisoes; ni chadwyd eich rheswm.',
  missing: {
    who: 'Dewiswch pwy sydd â’r gwrthdaro buddiannau.',
    why: 'Dewiswch pam.',
    record: 'Rhowch rif y cofnod sy’n cynnwys y rheswm.',
    form: 'Ysgrifennwch y rhif â llythrennau, digidau a / . - yn unig, 60 ar y mwyaf.',
  },
};
