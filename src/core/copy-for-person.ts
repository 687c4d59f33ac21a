import type { CaseSummary, SummaryLine } from './case-summary-schema.js';
import { keyOfLine } from './line-keys.js';
import type { ReviewDetail } from './review-detail.js';
import { cleanOutline, type DocumentOutline, plainItems, section } from './review-document.js';

/**
 * What the person keeps: reference, named contact, what happens next, plan, and how they are reached. It is made of
 * named questions only, so that nothing new leaves unless it is named here: never what is for the supervisor (S9), an
 * incident, a flag, an address, or a line marked as unsafe. Of a record only the fields named here are printed. Whether
 * it may be given this way is read from the case as it stands today, since a way that was safe may be so no longer.
 * Over 200 lines, so that all that can reach the person is read in one file.
 */

/** How the copy reaches the person. `own-device`: sent to what they use every day. */
export const copyRoutes = [
  'by-hand',
  'trusted-person',
  'safer-device',
  'post',
  'own-device',
] as const;
export type CopyRoute = (typeof copyRoutes)[number];

export type CopyRefusal =
  | 'not-approved'
  /** The device or an account may be watched, and the copy would go there. */
  | 'device-watched'
  /** Nobody has asked, or nobody knows: silence is no answer. */
  | 'device-not-asked'
  | 'way-ruled-out'
  /** Whoever asks sees the case by an agreement that leaves the plan out, which is most of what the copy holds. */
  | 'plan-not-shared'
  /** The person said that home is not a place to be visited, and post arrives there. */
  | 'home-ruled-out';

export const copyRefused: Readonly<Record<CopyRefusal, string>> = {
  'not-approved': 'There is no copy for the person until this version is approved.',
  'device-watched':
    'The person’s device or account may be watched, so no copy is sent there. Choose another way.',
  'device-not-asked':
    'It is not recorded that the person’s device is out of reach of the person reported, so no copy is sent there. Ask first (FC15, CY01), or choose another way.',
  'way-ruled-out': 'The person said that this way must not be used. Choose another.',
  'plan-not-shared':
    'The person’s plan is not shared with you, and the copy holds it. Ask the officer in the case to give it to them.',
  'home-ruled-out': 'The person said not at home, and post arrives there. Choose another way.',
};

export type PersonCopy =
  | { readonly kind: 'copy'; readonly outline: DocumentOutline }
  | { readonly kind: 'refused'; readonly reasons: readonly CopyRefusal[] };

/**
 * The copy for the person from the approved version. `current` is the summary as it would be drafted today: from it
 * comes whether this way may be used, and what it no longer says about safe contact is left out. `refused` names every
 * reason against this route.
 */
export function copyForPerson(
  detail: ReviewDetail,
  current: CaseSummary,
  route: CopyRoute,
): PersonCopy {
  const isApproved = detail.state === 'approved' && detail.decision?.kind === 'approved';
  const isPlanShown = !detail.shared || detail.shared.parts.includes('plan');
  const reasons: readonly CopyRefusal[] = [
    ...(isApproved ? [] : (['not-approved'] as const)),
    ...(isPlanShown ? [] : (['plan-not-shared'] as const)),
    ...refusalsOf(current, route),
  ];
  return reasons.length > 0 ? { kind: 'refused', reasons } : copyOf(detail, current);
}

/** The choice at FC11b and BR10b that rules a route out; nobody rules out being handed a paper. */
const ruledOutBy: Readonly<Record<CopyRoute, string | undefined>> = {
  'by-hand': undefined,
  'trusted-person': 'Through another person',
  'safer-device': 'Email',
  post: 'Post',
  'own-device': 'Email',
};

function refusalsOf(current: CaseSummary, route: CopyRoute): readonly CopyRefusal[] {
  const ruledOut = partsOf(saidTo(current, ['FC11b', 'BR10b']) ?? '');
  const way = ruledOutBy[route];
  const atHome = saidTo(current, ['FC13']);
  return [
    ...(route === 'own-device' ? deviceRefusals(current) : []),
    ...(way !== undefined && ruledOut.includes(way) ? (['way-ruled-out'] as const) : []),
    ...(route === 'post' && atHome?.startsWith('Not at home') ? (['home-ruled-out'] as const) : []),
  ];
}

/** As the scripts have it: not knowing, or declining to say, whether the person can reach it (CY01) is no yes. */
function deviceRefusals(current: CaseSummary): readonly CopyRefusal[] {
  const seen = newest(linesOf(current), ['FC15']);
  const reached = newest(linesOf(current), ['CY01']);
  const isWatched =
    ['Yes', 'Unsure'].includes(seen?.from.said ?? '') ||
    ['No', 'Unsure'].includes(reached?.from.said ?? '') ||
    reached?.status === 'not known' ||
    reached?.status === 'declined';
  if (isWatched) return ['device-watched'];
  const isAnswered = seen?.from.said === 'No' || reached?.from.said === 'Yes';
  return isAnswered ? [] : ['device-not-asked'];
}

function copyOf(detail: ReviewDetail, current: CaseSummary): PersonCopy {
  const { caseRef } = detail;
  const title = `Your copy, ${caseRef}`;
  const contact = sayOne(detail, ['NE13b']);
  const next = [...promisesIn(detail), ...updatesIn(detail), ...servicesIn(detail)];
  const plan = planIn(detail);
  const outline: DocumentOutline = {
    title,
    marking: 'This copy is for you. Keep it where nobody else can see it.',
    foot: caseRef,
    blocks: [
      { kind: 'heading', level: 1, text: title },
      {
        kind: 'text',
        text: 'It isn’t your fault. This is what we agreed with you. Nothing in it is a duty: you choose, and you can change your mind.',
      },
      ...section('If something happens', plainItems(whatToDo(caseRef))),
      ...section(
        'Who to contact',
        plainItems([
          contact
            ? `${contact} will give you the next update. Ring 101 and give the reference ${caseRef} to reach them.`
            : `Ring 101 and give the reference ${caseRef}. You are still to be given a name.`,
        ]),
      ),
      ...section(
        'What happens next',
        plainItems(next.length > 0 ? next : ['The next step is still to be agreed with you.']),
      ),
      ...section('Your plan', plainItems(plan)),
      ...section('How we reach you', plainItems(contactIn(detail, current))),
      ...section(
        'Support',
        plainItems(['National Stalking Helpline: 0808 802 0300. They are separate from us.']),
      ),
    ],
  };
  return { kind: 'copy', outline: cleanOutline(outline) };
}

function whatToDo(caseRef: string): readonly string[] {
  return [
    'If you are in danger, ring 999. If you ring from a mobile and can’t speak, listen, and press 55 when you’re asked.',
    `If they turn up or contact you, ring 101 and give the reference ${caseRef}. You won’t need to tell it all again.`,
    'Please keep anything they send. There’s no need to gather more, and no need to reply.',
  ];
}

function promisesIn(detail: ReviewDetail): readonly string[] {
  const promises = sayEach(detail, ['CL04', 'CL04b', 'BR10c']);
  return promises.length > 0
    ? [...promises, 'If it can’t be done by then, you will be told before.']
    : [];
}

function updatesIn(detail: ReviewDetail): readonly string[] {
  return [
    ...labelled('You would like to hear', sayOne(detail, ['NE13'])),
    ...labelled('Your next update', sayOne(detail, ['NE13c'])),
  ];
}

function servicesIn(detail: ReviewDetail): readonly string[] {
  const isAgreed = sayOne(detail, ['NE02c']) === 'Agreed';
  return [
    ...(isAgreed ? labelled('A stalking service will contact you', sayOne(detail, ['NE02b'])) : []),
    ...(isAgreed ? labelled('We passed your details on', sayOne(detail, ['NE02e'])) : []),
    ...labelled(
      'We will ask you again about a stalking advocate',
      sayOne(detail, ['NE02g', 'CL05b']),
    ),
  ];
}

const planTitles: Readonly<Record<string, string>> = {
  NE11b: 'Getting around',
  NE11c: 'Phone and accounts',
  NE11d: 'Home',
  NE11e: 'Work or study',
  NE11f: 'Children',
  NE11g: 'Court or release day',
  NE12: 'Changes to your phone',
};

function planIn(detail: ReviewDetail): readonly string[] {
  const chosen = Object.entries(planTitles).flatMap(([id, title]) => {
    const said = sayOne(detail, [id]);
    return said === 'None chosen' ? [] : labelled(title, said);
  });
  return [...chosen, ...sayEach(detail, ['NE11h'])];
}

/** Only what is still right today; a way that was taken back is not printed. */
function contactIn(detail: ReviewDetail, current: CaseSummary): readonly string[] {
  const stillRight = (...ids: readonly string[]) => {
    const line = newest(linesOf(detail.summary), ids);
    const now = newest(linesOf(current), ids);
    return line?.from.said === now?.from.said ? sayOne(detail, ids) : undefined;
  };
  const way = stillRight('FC11', 'BR10', 'CL06b');
  const repeated = newest(linesOf(current), ['CL06']);
  const agreed = newest(linesOf(current), ['FC11', 'BR10', 'CL06b']);
  const isTakenBack =
    repeated?.from.said === 'No' && (agreed?.from.at ?? '') < (repeated.from.at ?? '');
  if (!way || isTakenBack) return ['We will agree a safe way to reach you before we get in touch.'];
  return [
    ...labelled('The way you agreed', way),
    ...labelled('Times', stillRight('FC11c')),
    ...labelled('How you will know it’s us', stillRight('FC12')),
  ];
}

function labelled(label: string, said: string | undefined): readonly string[] {
  return said === undefined ? [] : [`${label}: ${said}`];
}

function linesOf({ sections }: CaseSummary): readonly SummaryLine[] {
  return sections.filter(({ id }) => id !== 'S9').flatMap(({ lines }) => lines);
}

/** The line of whichever of these questions was answered last; one without an answer only where none has. */
function newest(lines: readonly SummaryLine[], ids: readonly string[]): SummaryLine | undefined {
  return lines
    .filter(({ from }) => ids.includes(from.question))
    .reduce<SummaryLine | undefined>(
      (last, line) => (last && (last.from.at ?? '') > (line.from.at ?? '') ? last : line),
      undefined,
    );
}

function saidTo(summary: CaseSummary, ids: readonly string[]): string | undefined {
  const line = newest(linesOf(summary), ids);
  return line?.status === 'answered' ? line.from.said : undefined;
}

function sayOne(detail: ReviewDetail, ids: readonly string[]): string | undefined {
  const line = newest(linesOf(detail.summary), ids);
  return line && sayLine(detail, line);
}

function sayEach(detail: ReviewDetail, ids: readonly string[]): readonly string[] {
  return linesOf(detail.summary)
    .filter(({ from }) => ids.includes(from.question) && from.record !== undefined)
    .flatMap((line) => sayLine(detail, line) ?? []);
}

/** A line for the person: the supervisor's words where it was changed; undefined when unsafe or without an answer. */
function sayLine(detail: ReviewDetail, line: SummaryLine): string | undefined {
  const reviewed = detail.lines.find(({ key }) => key === keyOfLine(line));
  // A line that nobody reviewed is not given out either.
  if (!reviewed || reviewed.isUnsafe) return undefined;
  const { said, record } = line.from;
  if (line.status !== 'answered' || said === undefined) return undefined;
  if (reviewed.edits.length > 0) return reviewed.text;
  return record === undefined ? plainly(said) : sayRow(said);
}

/** Fields of a record that the person reads, by their labels in the scripts. Any other is left out. */
const rowLabels: Readonly<Record<string, string>> = {
  'Name or team': 'Who',
  'By whom': 'Who',
  Owner: 'Who',
  'By which day': 'By',
  'By what day': 'By',
  'By when': 'By',
  'At what hour, if one was said': 'At',
  'By what time': 'At',
};

function sayRow(said: string): string {
  const [what = '', ...fields] = partsOf(said);
  const kept = fields.flatMap((field) => {
    const [, label = '', value = ''] = /^([^:“]+): (.*)$/s.exec(field) ?? [];
    const plain = rowLabels[label];
    return plain ? [`${plain}: ${value}`] : [];
  });
  return plainly([what, ...kept].join('; '));
}

/** A printed answer at its semicolons, but not at those within somebody's own words. */
function partsOf(said: string): readonly string[] {
  return (said.match(/(?:“[^”]*”|[^;“])+/g) ?? []).map((part) => part.trim());
}

/** Words of the scripts that speak about the person, as one says them to the person. */
const plainWords: readonly (readonly [RegExp, string])[] = [
  [/\bthe victim, by their own choice\b/gi, 'you, by your own choice'],
  [/\bif the person agrees\b/g, 'if you agree'],
  [/\bthe person controls\b/g, 'you control'],
  [/\btells the person\b/g, 'tells you'],
  [/\bthe suspect\b/g, 'the person you reported'],
  [/\bWho: Advocate\b/g, 'Who: your advocate'],
  [/\bWho: Police\b/g, 'Who: the police'],
];

/** Changes nothing within quotation marks: those are somebody's own words. */
function plainly(said: string): string {
  return said
    .split(/(“[^”]*”)/)
    .map((part) =>
      part.startsWith('“')
        ? part
        : plainWords.reduce((words, [from, to]) => words.replace(from, to), part),
    )
    .join('');
}
