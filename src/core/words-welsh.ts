import type { english } from './words.js';
import type { Translation } from './words-translation.js';
import { cardsInWelsh, datesInWelsh, valuesInWelsh } from './words-welsh-cards.js';
import { selfCheckInWelsh } from './words-welsh-check.js';
import { narrativeInWelsh, wordingInWelsh } from './words-welsh-reading.js';
import { reviewKindsInWelsh } from './words-welsh-review.js';

/**
 * The chat in Welsh. AWAITING A PROFESSIONAL CHECK: translated without a translator, and read by no speaker yet.
 * Plain and formal ("chi"). The words typed as commands stand in bot/teams/read-typed.ts. Over 200 lines: one sentence
 * after the other, in the order of the English.
 */

const emergency = 'Mewn argyfwng defnyddiwch weithdrefn argyfwng eich heddlu; 999 os na allwch.';

const notAsked = {
  danger: 'perygl',
  'call-ended': 'daeth yr alwad i ben',
  distress: 'gofid',
  'no-privacy': 'dim preifatrwydd',
  'no-interpreter': 'dim cyfieithydd',
  'already-held': 'gennym eisoes o gyswllt cynharach',
  'not-my-role': 'nid rôl y defnyddiwr hwn',
  judgement: 'barn broffesiynol',
};

export const welsh: Translation<typeof english> = {
  answerLead: {
    answered: '',
    partly: 'Mae’r canllawiau’n ymdrin â rhan o hyn.',
    unclear: 'Pa un o’r rhain ydych chi’n ei feddwl?',
    'not-covered': 'Nid yw’r canllawiau sydd gennyf yn ymdrin â hyn.',
    urgent:
      'PERYGL YN GYNTAF: defnyddiwch weithdrefn argyfwng eich heddlu, neu ffoniwch 999, nawr. Nid wyf wedi ffonio nac anfon neb.',
    refused:
      'Nid wyf yn dod o hyd i bobl, yn eu dilyn, yn eu hadnabod nac yn cysylltu â nhw, nac yn mynd i mewn i gyfrifon na dyfeisiau. Defnyddiwch lwybrau cyfreithlon eich heddlu a gofynnwch i’ch goruchwyliwr.',
    withheld:
      'Cefais hyd i rywbeth ond ni allwn ei wirio yn erbyn ei ffynhonnell, felly nid wyf yn ei ddangos. Gofynnwch i’ch goruchwyliwr neu i arweinydd stelcio eich heddlu.',
  },
  phrases: {
    notCoveredNext:
      'Rwy’n ateb cwestiynau am stelcio yng Nghymru a Lloegr: y troseddau, gorchmynion diogelu, cyswllt cyntaf, diogelwch, tystiolaeth, hawliau dioddefwyr a chymorth. Gofynnwch i’ch goruchwyliwr neu i arweinydd stelcio eich heddlu am unrhyw beth arall.',
    nearest: 'Yr agosaf sydd gennyf:',
    whoToAsk: 'Pwy i’w holi:',
    more: 'Mwy am hyn:',
    differing:
      'Mae hwn yn rhoi ffigur arall am yr un man yn yr un ffynhonnell, felly nid yw’n cael ei ddangos yma. Cymharwch y ddau cyn dibynnu ar y naill neu’r llall:',
    guidanceLanguage: 'Yn Saesneg yn unig y mae’r canllawiau a ddyfynnir isod.',
    askedInWelsh:
      'Gofynasoch yn Gymraeg. Yn Saesneg yn unig y mae’r canllawiau sydd gennyf, a chafodd eich cwestiwn ei gyfateb air am air: gwiriwch mai dyma a ofynnwyd gennych.',
    missing: (words) => `Nid oes gennyf ddim ar: ${words}.`,
    leftOpen: (parts) => `Heb ei ateb yma, gofynnwch ar wahân: ${parts}.`,
    onPart: (part) => `Ar “${part}”:`,
    overdue: (day) => `Roedd hwn i’w adolygu erbyn ${day}: gwiriwch ef cyn dibynnu arno.`,
    chosenByModel:
      'Model iaith a ddewisodd pa rai o eiriau’r canllawiau eu hunain i’w dangos yma. Ni ysgrifennodd yr un ohonynt.',
    correctionFirst: 'Yn gyntaf, rhybudd o’r canllawiau:',
    sources: 'Ffynonellau',
    checked: (day) => `gwiriwyd ${day}`,
    empty: 'Teipiwch gwestiwn, neu “cymorth” i weld beth y gallaf ei wneud.',
    tooLong: (most) =>
      `Mae hynny’n hirach na ${most} nod, felly ni chwiliais ag ef. Gofynnwch mewn brawddeg neu ddwy; ni chafodd dim ei storio.`,
    welcome: [
      'Signpost ydw i. Gofynnwch imi am stelcio yng Nghymru a Lloegr, ac atebaf â chanllawiau wedi’u dyfynnu a’u ffynonellau. Yn Saesneg y mae’r canllawiau.',
      'Rwyf hefyd yn rhedeg sgriniadau: teipiwch “sgrinio” i ddechrau un.',
      'Nid wyf byth yn penderfynu, yn sgorio nac yn rhagweld, nid wyf yn ffonio neb, a gallaf fod yn anghyflawn: gwiriwch yr hyn sy’n bwysig. Mewn argyfwng ffoniwch 999 neu defnyddiwch weithdrefn argyfwng eich heddlu.',
    ],
    localMode:
      'Modd lleol: ni ofynnir i neb pwy ydynt, a dim ond y cyfrifiadur hwn y gellir ei ddefnyddio. Ar gyfer achosion dychmygol yn unig.',
    help: [
      'Gofynnwch gwestiwn yn eich geiriau eich hun, er enghraifft “pa mor hir mae gorchymyn diogelu rhag stelcio yn para?”. Mae cwestiynau dilynol yn gweithio. Yn Saesneg y mae’r canllawiau, felly mae cwestiwn Saesneg yn cael ei gyfateb yn well.',
      'Mae “sgrinio” yn dechrau sgriniad. Mae “ailddechrau” yn dod ag un a adawyd gennych yn ôl, neu un y dychwelwyd ei grynodeb, ac yn gadael ichi ddewis lle mae sawl un. Mae “crynodeb” yn dangos crynodeb yr achos.',
      'Yn ystod sgriniad: mae rhif neu eiriau’n ateb, u = anhysbys, d = gwrthodwyd ateb, s = hepgor, b = yn ôl, k = cadw’r ateb cynharach, p = oedi, ? = pam y cwestiwn hwn, ! = PERYGL.',
      'Pan fo amser yn brin: mae “short” a rheswm yn gofyn dim ond yr hyn sydd bwysicaf, mae “rest” yn gofyn y gweddill. Mewn rhestr, mae pob llinell a deipiwch yn gofnod ac mae “done” yn ei gorffen.',
      'Mae “trosglwyddo” yn rhoi cod i gydweithiwr, sy’n teipio “ymuno” a’r cod i weithio ar yr achos gyda phopeth a ddywedwyd hyd yma.',
      'Mae “gwirio fy ngeiriad:” a neges neu nodyn i’r dioddefwr yn marcio ymadroddion Saesneg sy’n bychanu, yn beio, yn amau neu’n anniogel, gyda geiriau gwell; nid yw’r testun yn cael ei storio.',
      'Mae “/darllen” ac adroddiad trosedd neu gofnod log wedi’i ludo ar ei ôl yn marcio’r geiriau Saesneg a all ddisgrifio stelcio, bob un wrth ymyl ei ddarpariaeth; nid yw’r testun yn cael ei storio.',
      'Mae “/english” yn newid i’r Saesneg a “/cymraeg” i’r Gymraeg, ac mae “/iaith teams” yn dilyn Teams eto; cedwir eich dewis. Mae canllawiau a chwestiynau sgriniadau’n aros yn Saesneg.',
      'Mae “? eich cwestiwn” yn holi’r canllawiau heb adael y sgriniad. Mae “canslo” yn rhoi’r sgriniad o’r neilltu; ni chollir dim. Lle mae cwestiwn yn gofyn am eiriau, geiriau plaen eraill, megis “gadael”, yw’r ateb.',
    ],
    personalOnly:
      'Dim ond mewn sgwrs un i un y gweithiaf, fel na fydd eraill yn gweld dim am achos. Agorwch sgwrs bersonol â mi. Ni chafodd dim ei storio.',
    fault: (reference) =>
      `Aeth rhywbeth o’i le ar ein hochr ni. Ni chollwyd dim a gadwyd gennych o’r blaen. Rhowch gynnig arall arni; os bydd yn digwydd eto, dyfynnwch ${reference}.`,
    cancelled: 'Wedi’i roi o’r neilltu. Ni chollir dim: teipiwch “ailddechrau” i barhau.',
    nothingToCancel: 'Nid oes dim ar agor i’w ganslo.',
    nothingToResume: 'Nid oes gennych sgriniad heb ei orffen.',
    nothingOpen:
      'Nid oes cwestiwn ar agor yn y sgwrs hon, felly ni chymerwyd hynny yn ateb, ac ni chofnodwyd dim. Teipiwch “ailddechrau” i barhau â sgriniad, “sgrinio” i ddechrau un, neu gofynnwch gwestiwn mewn geiriau.',
    noLongerShown: 'Tynnwyd yr ateb hwnnw yn ôl am fod ei gwestiwn wedi’i newid neu ei ddileu.',
    recordedStays:
      'Nid yw newid neu ddileu neges yn newid dim a gofnodwyd. I newid ateb, pwyswch Yn ôl ar gerdyn ei sgriniad.',
    thanksForFeedback: 'Diolch, fe’i cofnodwyd.',
    stale:
      'Mae’r sgriniad wedi symud ymlaen ers dangos y cerdyn hwnnw, felly ni newidiwyd dim. Dyma sut y mae nawr.',
    repeated: 'Roedd hynny wedi’i gofnodi eisoes.',
    notYours: 'Nid yw’r sgriniad hwnnw ar agor ichi.',
    chooseScript: 'Pa sgriniad?',
    chooseScreening: 'Pa sgriniad ydych chi am barhau ag ef?',
    chooseReturned:
      'Dychwelodd goruchwyliwr grynodeb y rhain. Dewiswch un, a phwyswch Yn ôl i gyrraedd yr ateb i’w newid.',
    correctHere:
      'Yn y sgwrs hon y caiff ei gywiro. Mae’r rheswm dros ei ddychwelyd y tu ôl i’r ddolen.',
    correctIt: 'Ei gywiro',
    nothingReturned: 'Nid oes crynodeb o’ch eiddo wedi’i ddychwelyd ar hyn o bryd.',
    paused:
      'Wedi’i oedi. Cedwir pob ateb. Pwyswch Ailddechrau, neu teipiwch “ailddechrau”, pan fyddwch yn barod.',
    finished: 'Mae pob cwestiwn wedi’i ofyn.',
    finishedInDanger:
      'Mae’r cwestiynau perygl wedi’u gofyn. Mae popeth arall heb ateb wedi’i farcio “ni ofynnwyd – perygl”. Dilynwch weithdrefn argyfwng eich heddlu; parhewch mewn sgriniad newydd pan fydd yn ddiogel.',
    finishedInDangerUnasked:
      'Cwestiynau’r Cyswllt cyntaf (First contact) yw’r cwestiynau perygl ac ni ofynnwyd hwy yma. Mae popeth heb ateb wedi’i farcio “ni ofynnwyd – perygl”. Dilynwch weithdrefn argyfwng eich heddlu. Pwyswch isod i’w gofyn yn yr un achos.',
    askDangerQuestions: 'Gofyn y cwestiynau perygl',
    dangerStands:
      'Mae PERYGL UNIONGYRCHOL o hyd. Dilynwch weithdrefn argyfwng eich heddlu; 999 neu eich sianel argyfwng os na allwch anfon cymorth eich hun. Nid yw’r cynorthwyydd hwn wedi ffonio, anfon na graddio dim.',
    suggestion: (words) =>
      `Mae’r geiriau ${words} yn yr ateb. Os yw hyn yn digwydd nawr, pwyswch PERYGL. Fe’i cofnodwyd fel y’i dywedwyd.`,
    dangerUnrecorded:
      'Gall yr hyn a deipiwyd gennych sôn am berygl, ac ni chafodd ei gofnodi felly. Os yw hyn yn digwydd nawr, pwyswch PERYGL neu teipiwch !: mae hynny’n ei gofnodi, ac yn gofyn dim ond yr hyn sy’n bwysig nawr.',
    dangerSuggested:
      'Gall yr ateb sôn am berygl. Os yw hyn yn digwydd nawr, pwyswch PERYGL. Fe’i cofnodwyd fel y’i dywedwyd.',
    instrumentNotLoaded:
      'Offeryn yr heddlu heb ei lwytho: nid oes gan Signpost yr un. Defnyddiwch offeryn eich heddlu eich hun ar wahân.',
    instrumentLoaded: (titles) =>
      `Mae offeryn yr heddlu ei hun yn rhedeg ar wahân i’r cwestiynau hyn: ${titles}.`,
    licenceEnded: (title, day) =>
      `Ni ellir dechrau ${title}: daeth y caniatâd i’w ddefnyddio i ben ar ${day}. Mae sgriniadau sydd ar agor yn parhau. Dywedwch wrth eich arweinydd stelcio.`,
    leftOut: (reason) => `${notAsked[reason]}; y set fer yn unig`,
    proposedKinds: (number, kinds) =>
      `Rhif ${number}: gall ei eiriau ddisgrifio ${kinds}. Pwyswch i edrych, newid a chadw; ni chofnodir dim nes ichi wneud.`,
    policeRecords: 'Cofnodion yr heddlu, fel y cafodd y defnyddiwr hyd iddynt',
    summaryHeader: (preparedBy) =>
      `Drafft gan ${preparedBy} gyda’r cynorthwyydd. Nid yw’n benderfyniad, yn radd risg nac yn gofnod trosedd. Nid i’w ddatgelu nes iddo gael ei adolygu: gwiriwch bob dogfen am fanylion y dioddefwr cyn iddi adael.`,
    droppedTitle: 'Atebion nad ydynt yn berthnasol mwyach ar ôl ateb diweddarach',
    timelineTitle: 'Llinell amser y digwyddiadau a adroddwyd',
    conflictsTitle:
      'Lle mae llinell amser a fewnforiwyd a’n hun ni yn gwahaniaethu (heb ei ddatrys yma)',
    noSuchPassage: 'Nid oes gennyf ddarn o’r enw hwnnw.',
    skipHow: 'I hepgor, teipiwch s a’r rheswm:',
    shortHow: 'I ofyn y set fer yn unig, teipiwch short a’r rheswm:',
    askReason:
      'Cafodd hynny ei newid neu ei hepgor. Pam? Mae’r hyn a oedd yno o’r blaen yn cael ei gadw yn y cofnod.',
    unsaved: 'Ni chofnodwyd yr hyn a oedd ym meysydd y cerdyn. Dyma ef, i’w deipio eto:',
    stillRight: 'A yw hynny’n dal yn gywir?',
    toldOn: (time, said) => `Dywedasoch wrthym ar ${time}: ${said}.`,
    dropped: (questions) =>
      `Ni ofynnir mwyach ar ôl y newid hwn: ${questions}. Mae’r hyn a ddywedwyd yno yn aros yn y cofnod ac yn cael ei enwi ar wahân yn y crynodeb.`,
    meanwhile: (what) => `Cofnodwyd gan eraill yn y cyfamser: ${what}.`,
    shortSet: (reason) =>
      `Y set fer yn unig (${reason}). Mae “Gofyn y gweddill” yn dod â’r lleill yn ôl.`,
    finishedShort:
      'Mae’r set fer wedi’i gofyn. Mae’r gweddill wedi’i farcio fel heb ei ofyn gyda’i reswm: cytunwch ar amser ar ei gyfer.',
    handOver: (code) => [
      `Dywedwch y cod hwn wrth eich cydweithiwr: ${code}. Yn eu sgwrs eu hunain â mi maent yn teipio: ymuno ${code}`,
      'Mae’n gadael un person i mewn i’r achos hwn, unwaith, o fewn 30 munud, gyda phopeth a ddywedwyd hyd yma. Rydych chi’n cadw eich mynediad. Nid anfonwyd dim at neb.',
    ],
    joined: (caseRef) =>
      `Gallwch weithio ar achos ${caseRef} nawr. Mae popeth a ddywedwyd hyd yma i’w weld isod.`,
    notJoined:
      'Nid yw’r cod hwnnw’n gadael neb i mewn: gall fod wedi’i gamdeipio, wedi’i ddefnyddio gan rywun arall, neu’n hŷn na 30 munud. Gofynnwch i’ch cydweithiwr am un newydd.',
    nothingToHandOver:
      'Agorwch y sgriniad yr ydych am ei drosglwyddo yn gyntaf: teipiwch “ailddechrau”.',
    askHow: 'I holi’r canllawiau heb adael y sgriniad, dechreuwch â “?”.',
    typeHow: 'Teipiwch rif:',
    noSummary: 'Nid oes sgriniad i’w grynhoi. Teipiwch “sgrinio” i ddechrau un.',
    languageChosen:
      'Mae’r sgwrs hon yn Gymraeg nawr. Yn Saesneg y mae’r canllawiau a chwestiynau’r sgriniadau o hyd. Teipiwch “/english” am Saesneg, neu “/iaith teams” i ddilyn Teams eto.',
    languageOfTeams:
      'Mae’r sgwrs hon yn dilyn iaith Teams eto. Teipiwch “/cymraeg” am Gymraeg neu “/english” am Saesneg.',
    languageNotKept:
      'Ni allwn gadw’r dewis hwnnw nawr, felly ni newidiwyd dim. Dewiswch eto ymhen ychydig funudau.',
    modelNotYours:
      'Dim ond gweinyddwr a all edrych ar switsh y model neu ei droi. Ni newidiwyd dim.',
    modelHow:
      'Teipiwch “/model off” neu “/model on” a’r rheswm, mewn 300 nod ar y mwyaf a heb ddata personol. Ni newidiwyd dim.',
    modelState: {
      'not-configured': 'Nid oes model wedi’i ffurfweddu: trwy eiriau’n unig y ceir hyd i atebion.',
      'off-by-setting':
        'Mae’r model wedi’i ddiffodd gan y gosodiad MODEL_OFF, a dim ond ailgychwyn hebddo sy’n newid hynny. Trwy eiriau’n unig y ceir hyd i atebion.',
      off: 'Mae’r model wedi’i ddiffodd. Trwy eiriau’n unig y ceir hyd i atebion.',
      on: 'Mae’r model ymlaen.',
    },
    modelTurned: (isOn, by, at, why) =>
      `${isOn ? 'Trowyd ymlaen' : 'Diffoddwyd'} gan ${by} am ${at}: ${why}`,
    modelStays:
      'Nid yw newid neu ddileu neges yn troi switsh y model. Teipiwch “/model” i weld sut y mae.',
    assistantNotYours:
      'Dim ond gweinyddwr a all edrych ar switsh y cynorthwyydd neu ei droi. Ni newidiwyd dim.',
    assistantHow:
      'Teipiwch “/assistant off” neu “/assistant on” a’r rheswm, mewn 300 nod ar y mwyaf a heb ddata personol. Ni newidiwyd dim.',
    assistantState: {
      off: 'Mae’r cynorthwyydd wedi’i ddiffodd: mae’r sgwrs yn rhoi canllawiau argyfwng ar gyfer geiriau perygl, a dim byd arall. Mae’r dudalen adolygu’n aros.',
      on: 'Mae’r cynorthwyydd ymlaen.',
    },
    assistantStays:
      'Nid yw newid neu ddileu neges yn troi switsh y cynorthwyydd. Teipiwch “/assistant” i weld sut y mae.',
    assistantIsOff: (time) =>
      `Diffoddodd eich heddlu’r cynorthwyydd hwn ar ${time}: mae’r hyn a gadwyd yn aros wedi’i gadw, ond NI chadwyd yr hyn yr ydych newydd ei anfon, felly ysgrifennwch ef i lawr, a defnyddiwch 999, y radio a gweithdrefn eich heddlu eich hun.`,
    unknownCommand: 'Ni ddeallais hynny. Teipiwch “cymorth” i weld beth sy’n gweithio yma.',
  },
  unanswered: {
    'own-force': 'sut y mae eich heddlu chi’n gwneud hynny',
    'this-case': 'beth i’w benderfynu yn yr achos hwn',
    'how-long': 'faint o amser y mae’n ei gymryd neu’n para',
  },
  replyRefused: {
    empty: 'Ni roddwyd dim. Atebwch, neu dewiswch “Anhysbys”, “Gwrthodwyd ateb” neu “Hepgor”.',
    'too-long':
      'Mae hynny’n hirach nag 8,000 o nodau. Cofnodwch ef mewn rhannau; ni chafodd dim ei gadw.',
    'not-text': 'Mae nodau yn hwnnw na ellir eu storio. Teipiwch ef eto.',
    'not-a-choice': 'Nid yw hwnnw’n un o’r dewisiadau. Teipiwch ei rif neu ei eiriau.',
    'one-choice-only': 'Dim ond un dewis y gellir ei gofnodi yma. Teipiwch rif un.',
    'none-with-others':
      'Mae’r dewis hwnnw’n golygu nad yw’r un o’r lleill yn wir, felly ni ellir ei dicio gyda nhw.',
    'not-a-date':
      'Nid yw hwnnw’n ddyddiad y gallaf ei ddarllen. Rhowch gynnig ar 03/11/2026, neu yn Saesneg ar 3 November, last Friday, November 2026, 2024 neu “about 3 November”.',
    'date-in-future': 'Nid yw’r dyddiad hwnnw wedi dod eto. Gwiriwch ef.',
    'not-a-number': 'Nid yw hwnnw’n rhif cyfan.',
    'must-be-asked':
      'Mae hwn yn ymwneud â chadw’r person yn ddiogel. Dim ond oherwydd perygl neu am fod yr alwad wedi dod i ben y gellir ei hepgor.',
    'no-earlier-question': 'Dyma’r cwestiwn cyntaf.',
    'too-many-records': 'Ni ellir cofnodi mwy na 500 yma. Ni ychwanegwyd dim.',
  },
  notAsked,
  ...cardsInWelsh,
  values: valuesInWelsh,
  dates: datesInWelsh,
  // The last "and" would depend on the letter after it.
  list: (words) => words.join(', '),
  narrative: narrativeInWelsh.phrases,
  narrativeKinds: narrativeInWelsh.kinds,
  narrativeOutcomes: narrativeInWelsh.outcomes,
  wording: wordingInWelsh,
  limits: {
    person: `Rydych yn anfon yn gyflymach nag y gallaf dderbyn pethau, felly ni ddarllenwyd hwn ac ni storiwyd dim ohono. Arhoswch funud ac anfonwch ef eto. Mae’r hyn a gadwyd o’r blaen yn ddiogel. ${emergency}`,
    tenant: `Rwy’n brysur iawn, felly ni ddarllenwyd hwn ac ni storiwyd dim ohono. Arhoswch funud ac anfonwch ef eto. Mae’r hyn a gadwyd o’r blaen yn ddiogel. ${emergency}`,
    codes:
      'Rhoddwyd cynnig ar ormod o godau o’ch cyfrif, felly nid edrychwyd ar yr un hwn. Arhoswch chwarter awr, gofynnwch i’ch cydweithiwr am god newydd, a theipiwch “ymuno” gydag ef.',
  },
  notices: {
    kinds: {
      returned: 'Dychwelwyd crynodeb a ysgrifennwyd gennych.',
      approved: 'Cymeradwywyd crynodeb a ysgrifennwyd gennych.',
      handed: 'Trosglwyddwyd crynodeb ichi i’w adolygu.',
      'submitted-again': 'Mae crynodeb a ddychwelwyd gennych wedi’i anfon eto.',
      'promise-due': 'Mae rhywbeth a addawyd yn agos at ei ddyddiad, neu wedi mynd heibio iddo.',
      'update-due':
        'Mae diweddariad sy’n ddyledus yn agos at ei ddyddiad, neu wedi mynd heibio iddo.',
      'referral-due':
        'Mae atgyfeiriad y cytunwyd arno yn agos at ei derfyn amser, neu wedi mynd heibio iddo.',
      'ask-again-due':
        'Mae cwestiwn a oedd i’w ofyn eto yn agos at ei ddyddiad, neu wedi mynd heibio iddo.',
      'coming-date-due':
        'Mae dyddiad y mae rhywun i gael gwybod amdano yn agos, neu wedi mynd heibio.',
      'check-date-due': 'Mae dyddiad gwiriad adran 2A yn agos, neu wedi mynd heibio.',
    },
    anything: 'Mae angen eich sylw ar grynodeb.',
    open: (words, link) => `${words} Agorwch ef: ${link}`,
    correctHere: 'Teipiwch “ailddechrau” i’w gywiro.',
  },
  selfCheck: selfCheckInWelsh,
  reviewKinds: reviewKindsInWelsh,
  roles: {
    sharedInTabOnly:
      'Dim ond gyda chytundeb cofnodedig y person y caiff achos ei rannu ag eiriolwr. Y swyddog yn yr achos sy’n ei gofnodi ar y dudalen adolygu; yna cewch hyd i’r achos yno o dan “Wedi’u rhannu â chi”.',
    noRoleForCases:
      'Nid oes gennych rôl yn Signpost sy’n agor achosion pobl eraill. Ni agorwyd dim, ac mae’r cod yn dal yn ddilys i’r cydweithiwr y’i bwriadwyd ar ei gyfer. Gofynnwch am rôl i bwy bynnag sy’n gofalu am Signpost yn eich heddlu.',
  },
};
