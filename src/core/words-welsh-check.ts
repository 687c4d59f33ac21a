import type { selfCheckWords } from './self-check-words.js';
import type { Translation } from './words-translation.js';

/** The self-check in Welsh. AWAITING A PROFESSIONAL CHECK, as words-welsh.ts. */
export const selfCheckInWelsh: Translation<typeof selfCheckWords> = {
  notYours: 'Dim ond gweinyddwr a all weld yr hunanwiriad.',
  version: (version) => `Fersiwn Signpost: ${version}`,
  mode: {
    production: 'Modd: gwaith go iawn',
    local: 'Modd: lleol, ar y cyfrifiadur hwn yn unig ac ar gyfer achosion ffug',
  },
  identity: {
    nobody: 'Hunaniaeth: ni ofynnir i neb pwy ydynt',
    secret: 'Hunaniaeth: Microsoft Entra, un tenant; y bot ei hun trwy gyfrinach',
    file: 'Hunaniaeth: Microsoft Entra, un tenant; y bot ei hun trwy ddatganiad gan ei blatfform',
    'managed-identity':
      'Hunaniaeth: Microsoft Entra, un tenant; y bot ei hun trwy hunaniaeth a reolir',
  },
  store: {
    postgres: 'Storfa: PostgreSQL',
    embedded: 'Storfa: fewnol, mewn un ffolder ar y cyfrifiadur hwn',
  },
  knowledge: (version) => `Fersiwn y sylfaen wybodaeth: ${version}`,
  model: {
    'not-configured': 'Y model: nid oes un wedi’i ffurfweddu',
    'off-by-setting': 'Y model: wedi’i ddiffodd gan y gosodiad MODEL_OFF',
    off: 'Y model: wedi’i ddiffodd gan ei switsh',
    on: 'Y model: ymlaen',
    unknown: 'Y model: ni wyddys a yw ymlaen',
  },
  assistant: {
    off: 'Y cynorthwyydd: wedi’i ddiffodd gan ei switsh',
    on: 'Y cynorthwyydd: ymlaen',
    unknown: 'Y cynorthwyydd: ni wyddys a yw ymlaen',
  },
  migration: (name) => `Mudiad diweddaraf y storfa: ${name}`,
  noMigration: 'Mudiad diweddaraf y storfa: dim un',
  head: (entry) => `Cofnod diweddaraf yr archwiliad: ${entry}`,
  noHead: 'Cofnod diweddaraf yr archwiliad: dim un eto',
  faults: {
    storeNotRead: 'Ni ellir darllen y storfa.',
    migrationsMissing: (count) =>
      `Mae mudiadau ar goll o’r storfa, nifer: ${count}. Dechreuwch y fersiwn hon unwaith.`,
    storeNewer:
      'Mae fersiwn fwy newydd o Signpost wedi defnyddio’r storfa: dechreuwch y fersiwn honno.',
    auditCut:
      'Nid cofnod diweddaraf yr archwiliad yw’r diwedd a gofnodwyd: rhedwch npm run audit -- verify.',
    knowledgeUnusable:
      'Ni ellir defnyddio’r sylfaen wybodaeth: mae npm run knowledge -- check yn dweud pam.',
  },
  notes: {
    overdue: (count) =>
      `Nodyn: canllawiau y mae eu dyddiad adolygu wedi mynd heibio, nifer: ${count}. Mae npm run knowledge -- stale yn eu rhestru.`,
    off: 'Nodyn: dim ond canllawiau argyfwng y mae’r sgwrs yn eu rhoi hyd nes y bydd gweinyddwr yn teipio “/assistant on” a pham.',
  },
  sound: 'Mae popeth yr edrychwyd arno fel y mae i fod.',
};
