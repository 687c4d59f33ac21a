/**
 * Reads a question asked in Welsh. The guidance is in English, so what is searched is a gloss: words of this field
 * put into English one by one, mutations undone, the rest left as it was typed. Detection decides nothing but that:
 * a text taken for Welsh by mistake is searched with nearly all of its own words, and its own words are read for
 * danger as well. It goes by small words that English has not ("yw", "sut", "wedi"), since libraries were right on
 * half of such short questions.
 *
 * Left out: grammar, and every word not listed. The list was written from general knowledge of the language; no
 * speaker has reviewed it yet.
 */

/** Small words of Welsh that are no English word, abbreviation or name. */
const smallWords =
  setOf(`yn yw ydy ydyw oes sydd sut pwy pryd ble pam faint fod wedi gyda gall gallaf gallwn allaf
  alla allwn allwch allwn rydw rydym rydyn rwyf rwy dw dwi dyw dydy nhw chi ei eu eich ein fy ac ar neu ond rhaid heb
  rhag hyn hynny hwn hon wrth nad nid oedd bydd ddylwn ddylai dylwn dylai dylem dylid angen gen gan ganddo ganddi
  iddo iddi arno arni ato ati hefyd yna yma nawr rwan maen maer`);
/** Small words that may also be names or English: they count only beside one of the others. */
const doubtfulWords = setOf('mae beth pa i o e y yr am at un hi mor pan os dan fe ni fi hir dim');

/** Phrases first: Welsh, then what is searched instead. */
const glossary = glossaryOf(`
  gorchymyn diogelu rhag stelcian=stalking protection order; gorchymyn diogelu rhag stelcio=stalking protection order
  gorchymyn amddiffyn rhag stelcian=stalking protection order; gorchymyn amddiffyn rhag stelcio=stalking protection order
  a beth=and what; a sut=and how; a phwy=and who; a pwy=and who; a phryd=and when; a ble=and where; a pham=and why
  beth yw=what is; beth ydy=what is; beth ydi=what is; ddylwn i=should I; ddylai hi=should she; ydy hi=is she; yw hi=is she
  fydd hi=will she be; dilyn hi=following her; bob dydd=every day; dro ar ôl tro=repeatedly; dan oed=under 18
  gorchymyn atal=restraining order; gorchymyn peidio ag ymyrryd=non-molestation order
  gorchymyn peidio ag aflonyddu=non-molestation order; dros dro=interim; pa mor hir=how long; am faint=how long
  faint o amser=how long; llinell gymorth=helpline; cyfryngau cymdeithasol=social media; terfyn amser=time limit
  cwrs o ymddygiad=course of conduct; patrwm ymddygiad=course of conduct; cod dioddefwyr=victims code
  datganiad personol=personal statement; cynllun diogelwch=safety plan; cyn bartner=ex partner
  ar hyn o bryd=right now; y tu allan=outside; tu allan=outside; y tu mewn=inside; tu mewn=inside
  torri i mewn=breaking in; curo ar y drws=banging on the door; curo ar ei drws=banging on her door
  mae e=he is; mae o=he is; mae ef=he is; mae hi=she is; mae rhywun=someone is; mae nhw=they are
  ei dilyn=following her; ei ddilyn=following him; ei lladd=kill her; ei ladd=kill him; fy nilyn=following me
  ei bygwth=threatening her; gwneud cais=apply; gwneud=do
  stelcian=stalking; stelcio=stalking; stelciwr=stalker; stelcwr=stalker; stelcwyr=stalkers
  aflonyddu=harassment; aflonyddwch=harassment; gorchymyn=order; gorchmynion=orders; diogelu=protection
  amddiffyn=protection; para=last; parhau=last; dedfryd=sentence; uchafswm=maximum; cosb=penalty; carchar=prison
  torri=breach; trosedd=offence; troseddau=offences; llys=court; ynadon=magistrates; tystiolaeth=evidence
  dioddefwr=victim; dioddefydd=victim; dioddefwyr=victims; heddlu=police; swyddog=officer; swyddogion=officers
  rhif=number; ffôn=phone; ffon=phone; cenedlaethol=national; cymorth=support; cefnogaeth=support
  mechnïaeth=bail; mechniaeth=bail; rhyddhau=released; arestio=arrest; cyhuddo=charge; blocio=block; dweud=tell
  negeseuon=messages; neges=message; olrhain=tracking; traciwr=tracker; tŷ=house; ty=house; cartref=home
  adref=home; gwaith=work; drws=door; ffenestr=window; gardd=garden; nawr=now; rwan=now; rŵan=now; cyllell=knife
  dilyn=following; lladd=kill; bygwth=threatening; bygythiad=threat; bygythiadau=threats; gweiddi=shouting
  ofn=fear; trais=violence; difrifol=serious; gofid=distress; braw=alarm; cofnodi=record; risg=risk
  asesu=assessment; asesiad=assessment; diogelwch=safety; gŵr=husband; gwr=husband; gwraig=wife; cymydog=neighbour
  dieithryn=stranger; cais=application; gwrandawiad=hearing; blwyddyn=year; blynyddoedd=years; erlyn=prosecute
  adran=section; deddf=act; gwahaniaeth=difference; rhwng=between; ymddygiad=conduct; adnabod=identify
  hawliau=rights; apêl=appeal; apel=appeal; apelio=appeal; amrywio=vary; adnewyddu=renew; chwilio=search
  gwarant=warrant; pwerau=powers; pŵer=power; cyngor=advice; plant=children; ysgol=school; menyw=woman; dyn=man
  hysbysu=notify; cyfeiriad=address; perygl=danger; argyfwng=emergency; brys=emergency; gwasanaeth=service
  pwy=who; sut=how; beth=what; ble=where; pryd=when; pam=why; atal=stop; cysylltu=contact; cyswllt=contact
  sefyll=apply; ymgeisio=apply; amodau=conditions; amod=condition; rhaglen=programme; partner=partner
  plentyn=child; cael=get; gallu=can; cyntaf=first; gyntaf=first; diogel=safe; peryglus=dangerous; heno=tonight
  anghyfreithlon=illegal; diffiniad=definition; ystyr=meaning; euogfarn=conviction; bachgen=boy; tecstio=texting
  ffonio=phoning; anfon=send; ddigwyddiad=incident; digwyddiad=incident; digwyddiadau=incidents; ailadrodd=repeat`);

/** First letters as mutations leave them, and what they may have been. */
const mutated: readonly (readonly [string, readonly string[]])[] = [
  ['ngh', ['c']],
  ['mh', ['p']],
  ['nh', ['t']],
  ['ng', ['g']],
  ['ph', ['p']],
  ['th', ['t']],
  ['ch', ['c']],
  ['dd', ['d']],
  ['f', ['b', 'm']],
  ['b', ['p']],
  ['d', ['t']],
  ['g', ['c']],
  ['l', ['ll']],
  ['r', ['rh']],
  ['m', ['b']],
  ['n', ['d']],
];

/**
 * Returns what to search in place of a question asked in Welsh; undefined when it was not. Welsh: two small words or
 * words of the field, one of them a small word no other language here has, and a quarter of all words.
 */
export function glossWelsh(question: string): string | undefined {
  const words = wordsOf(question);
  const small = words.filter((word) => smallWords.has(word));
  const others = words.filter((word) => doubtfulWords.has(word) || meaningOf(word) !== undefined);
  const distinct = new Set([...small, ...others]).size;
  const share = (small.length + others.length) / Math.max(1, words.length);
  return small.length > 0 && distinct >= 2 && share >= 0.25 ? gloss(words) : undefined;
}

function gloss(words: readonly string[]): string {
  const said: string[] = [];
  for (let at = 0; at < words.length; ) {
    const length = [5, 4, 3, 2].find((n) => phraseAt(words, at, n) !== undefined) ?? 1;
    const word = words[at] ?? '';
    const meaning = length > 1 ? phraseAt(words, at, length) : meaningOf(word);
    const isSmall = smallWords.has(word) || doubtfulWords.has(word);
    if (meaning !== undefined) said.push(meaning);
    else if (!isSmall) said.push(word);
    at += length;
  }
  return said.join(' ');
}

function phraseAt(words: readonly string[], at: number, length: number): string | undefined {
  if (at + length > words.length) return undefined;
  const [first = '', ...rest] = words.slice(at, at + length);
  return formsOf(first)
    .map((form) => glossary.get([form, ...rest].join(' ')))
    .find((meaning) => meaning !== undefined);
}

function meaningOf(word: string): string | undefined {
  return formsOf(word)
    .map((form) => glossary.get(form))
    .find((meaning) => meaning !== undefined);
}

/** The word as typed, then as it may have been before mutation: "orchymyn" was "gorchymyn". */
function formsOf(word: string): readonly string[] {
  const before = mutated
    .filter(([start]) => word.startsWith(start) && word.length > 3)
    .flatMap(([start, were]) => were.map((was) => was + word.slice(start.length)));
  return [word, ...before, ...(/^[aeiouwyrl]/u.test(word) && word.length > 3 ? [`g${word}`] : [])];
}

/** Lower-case words; "mae'n", "mae’r" and "i'w" lose what is joined to them. */
function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFC').toLowerCase();
  return plain.replace(/['’](?:n|r|i|w|u|m|ch)\b/gu, '').match(/[\p{L}\p{N}]+/gu) ?? [];
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}

function glossaryOf(lines: string): ReadonlyMap<string, string> {
  const entries = lines.split(/[;\n]/).filter((entry) => entry.includes('='));
  return new Map(
    entries.map((entry) => {
      const [welsh = '', english = ''] = entry.split('=');
      return [welsh.trim(), english.trim()] as const;
    }),
  );
}
