import { longestNarrative } from './narrative.js';
import { longestChecked } from './wording-words.js';
import type { english } from './words.js';
import type { Translation } from './words-translation.js';

/**
 * What is said around a report that was read and a wording that was checked, in Welsh. Awaiting a professional check.
 * Both look for English words only, which these sentences say.
 */

const kinds: Translation<(typeof english)['narrativeKinds']> = {
  following: 'dilyn',
  contacting: 'cysylltu',
  publishing: 'cyhoeddi am y person',
  monitoring: 'monitro cyfrifon neu ddyfeisiau',
  loitering: 'loetran neu ymddangos',
  interfering: 'ymyrryd ag eiddo',
  watching: 'gwylio neu ysbïo',
  repetition: 'ailadrodd',
  impact: 'effaith ar y person',
  threat: 'bygythiadau',
  order: 'gorchymyn, mechnïaeth neu dorri amodau',
};

const outcomes: Translation<(typeof english)['narrativeOutcomes']> = {
  consider: (of) =>
    `Ystyriwch y sgriniad adnabod, oherwydd mae gan y testun eiriau am y pethau hyn: ${of}.`,
  'one-thing': (of) =>
    `Mae gan y testun eiriau am y pethau hyn: ${of}. Ni farciais yr un sy’n sôn am achlysur arall. Nid yw un digwyddiad yn diystyru stelcio: gofynnwch beth arall sydd wedi digwydd, ac ystyriwch y sgriniad adnabod.`,
  'no-example': (of) =>
    `Mae gan y testun eiriau am y pethau hyn: ${of}. Ni farciais yr un am y gweithredoedd y mae adran 2A yn eu rhoi fel enghreifftiau. Nid barn yw hynny: gofynnwch beth a wnaed, ac ystyriwch y sgriniad adnabod.`,
  nothing: () =>
    'Ni farciodd fy rheolau ddim yn y testun hwn. Nid barn arno yw hynny: maent yn chwilio am eiriau Saesneg hysbys, nid am ystyr. Darllenwch ef yn gyfan, a gofynnwch beth nad yw’n ei ddweud.',
};

const phrases: Translation<(typeof english)['narrative']> = {
  read: 'Darllen adroddiad',
  ask: 'Gludwch adroddiad trosedd neu gofnod log. Rwy’n marcio’r geiriau Saesneg sy’n disgrifio’r gweithredoedd y mae adran 2A yn eu rhestru, ailadrodd, effaith, bygythiadau a gorchmynion, ac yn enwi’r hyn nad yw’n ei ddweud. Nid yw’r testun yn cael ei storio.',
  label: 'Adroddiad neu gofnod log',
  empty:
    'Nid oes dim i’w ddarllen eto. Teipiwch “/darllen” a gludwch yr adroddiad neu’r cofnod log ar ei ôl. Nid yw’r testun yn cael ei storio.',
  tooLong: `Mae hynny’n hirach na ${longestNarrative.toLocaleString('en-GB')} nod, felly ni ddarllenais ef. Gludwch ef mewn rhannau. Mae’n dal i sefyll yn eich neges, ac ni storiais ddim ohono.`,
  noFinding:
    'Geiriau’r testun, fel yr ysgrifennwyd hwy, yw’r marciau. Nid ydynt yn dweud dim am yr hyn a ddigwyddodd, am drosedd nac am berygl: mater i chi ei farnu yw hynny.',
  inText: 'Yn y testun:',
  byModel: 'y model a’i cafodd',
  more: (count) => `a ${count} man arall`,
  notSaid:
    'Ni ddywedir yma, hyd y gall fy rheolau ddweud. Nid yw hynny byth yn golygu “na”: gofynnwch.',
  alsoMarked: 'Marciwyd hefyd',
  notStored:
    'Ni storiwyd y testun. Os dechreuwch y sgriniad, gludwch y geiriau eto lle mae’n gofyn amdanynt.',
  begin: 'Dechrau’r sgriniad adnabod',
};

export const narrativeInWelsh = { kinds, outcomes, phrases };

export const wordingInWelsh: Translation<(typeof english)['wording']> = {
  ask: 'Gludwch y neges neu’r nodyn yr ydych am ei anfon. Rwy’n marcio ymadroddion Saesneg sy’n bychanu, yn beio, yn amau neu’n anniogel, gyda’r rheswm, y ffynhonnell a geiriau gwell. Nid yw’r testun yn cael ei storio.',
  label: 'Neges neu nodyn i’r dioddefwr',
  check: 'Gwirio fy ngeiriad',
  empty:
    'Nid oes dim i’w wirio eto. Teipiwch “gwirio fy ngeiriad:” a gludwch y neges ar ei ôl. Nid yw’r testun yn cael ei storio.',
  tooLong: `Mae hynny’n hirach na ${longestChecked.toLocaleString('en-GB')} nod, felly ni wiriais ef. Gwiriwch ef mewn rhannau. Ni storiwyd y testun.`,
  nothingToCheck:
    'Nid oes mwy na chyfarchiad yn hwnnw, felly nid oes dim i’w wirio. Gludwch y neges gyfan ar ôl “gwirio fy ngeiriad:”.',
  nothingFound:
    'Ni chefais hyd i ymadrodd o’n rhestr yn y testun hwn. Nid barn ei fod yn iawn yw hynny: rwy’n chwilio am eiriau Saesneg hysbys, nid am ystyr. Darllenwch ef unwaith eto fel y bydd y person yn ei ddarllen. Ni storiwyd y testun.',
  marked: (count) =>
    `${count === 1 ? 'Gallai un ymadrodd' : `Gallai ${count} ymadrodd`} yn y testun hwn wneud niwed. Dim ond am ymadroddion hysbys y chwilir, felly nid yw’r gweddill wedi’i farnu. Yn Saesneg y mae’r rhesymau a’r geiriau gwell. Ni storiwyd y testun.`,
  instead: 'Gwell:',
  blocked: 'peidiwch â’i anfon',
  warned: 'meddyliwch eto',
};
