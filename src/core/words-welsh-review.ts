import type { english } from './words.js';
import type { Translation } from './words-translation.js';

/** What the chat and the review page both say in Welsh. Awaiting a professional check: see `docs/welsh.md`. */

export const reviewKindsInWelsh = {
  saved: 'Wedi’i gadw.',
  submitted: 'Wedi’i anfon at y goruchwylwyr.',
  unchanged: 'Nid oes dim wedi newid ers y fersiwn a anfonwyd, felly ni chafodd ei anfon eto.',
  stale:
    'Mae rhywun arall wedi gweithio ar hwn ers ichi ei agor, felly ni chafodd dim ei gadw. Dyma sut y mae nawr.',
  'already-decided':
    'Mae’r fersiwn hon wedi’i phenderfynu eisoes, felly ni chafodd dim ei gadw. Dyma’r penderfyniad.',
  'changed-since':
    'Nid yw’r testun yr un ag a ddarllenwyd gennych, felly ni chafodd dim ei gadw. Darllenwch beth sy’n wahanol. Lle mae’r achos ei hun wedi newid, rhaid i’r awdur anfon y crynodeb eto.',
  'own-case':
    'Chi a gofnododd neu a anfonodd ran o’r achos hwn, felly rhaid i oruchwyliwr arall ei adolygu. Cewch ei drosglwyddo.',
  'not-allowed': 'Nid yw hwn ar agor ichi. Mae’r ymgais wedi’i chofnodi.',
  'not-a-supervisor': 'Dim ond i oruchwyliwr y gellir ei drosglwyddo.',
  'points-open':
    'Mae angen tic, neu ateb gyda’i reswm, ar bob un o’r pymtheg pwynt adolygu cyn y gellir cymeradwyo hwn.',
  blocked:
    'Ni chaiff rhai o’r geiriau hyn sefyll mewn crynodeb, felly ni chafodd dim ei gadw. Newidiwch hwy a chadwch eto.',
  warned:
    'Gallai rhai o’r geiriau hyn wneud niwed. Newidiwch hwy, neu dywedwch eich bod yn sicr a chadwch eto.',
} satisfies Translation<(typeof english)['reviewKinds']>;

/** Of a line of a summary. */
export const statusesInWelsh = {
  answered: 'atebwyd',
  declined: 'gwrthodwyd ateb',
  'not known': 'anhysbys',
  'not asked': 'ni ofynnwyd',
  'not reached': 'ni chyrhaeddwyd',
};
