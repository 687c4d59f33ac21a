import { describe, expect, it } from 'vitest';
import { summariseCase } from '../../src/core/case-summary.js';
import type { CaseSummary } from '../../src/core/case-summary-schema.js';
import { type CopyRoute, copyForPerson, copyRoutes } from '../../src/core/copy-for-person.js';
import type { ScreeningId } from '../../src/core/ids.js';
import type { Value } from '../../src/core/reply.js';
import type { Act, RecordFields } from '../../src/core/screening.js';
import { anApproved } from '../approved.js';
import { aRecord, aSummaryContext, choices, eventsOf } from '../builders.js';
import { forbidden } from '../forbidden-words.js';
import { loadReal, realScript, type Said, stringsIn, walkedScreening } from '../real-knowledge.js';

const knowledge = await loadReal();
const text = (words: string): Value => ({ kind: 'text', text: words });
const day = (value: string): Value => ({ kind: 'date', day: value, precision: 'exact' });
const field = (words: string) => ({ kind: 'text', text: words }) as const;
const listed: Value = { kind: 'listed', count: 0 };

/** The summary of one walk through each script, in this order. */
function summaryOf(
  ...walks: readonly (readonly [string, Said, ...(readonly Act[])])[]
): CaseSummary {
  const parts = walks.map(([name, said, ...records], place) => {
    const script = realScript(knowledge, name);
    const walked = walkedScreening(script, said);
    const acts = [...records, ...walked.events.map(({ act }) => act)];
    const id = `00000000-0000-4000-8000-00000000001${place}` as ScreeningId;
    return { script, screening: { ...walked, id, events: eventsOf(...acts) } };
  });
  return summariseCase('SP-4K7Q-2M', parts, aSummaryContext({ sources: knowledge.sources }));
}

const contact: Said = {
  FC11: text('text my own phone; ring "Mum" otherwise'),
  FC11b: choices('post', 'another-person'),
  FC12: 'text-first',
  FC15: 'no',
};
const counter = 'he told his boss that I am mad';
const row: RecordFields = {
  what: field('Change the locks'),
  for: { kind: 'choices', choices: ['FC10'] },
  owner: { kind: 'choice', choice: 'victim-by-choice' },
  by: { kind: 'date', day: '2026-11-27', precision: 'exact' },
};
const promise: RecordFields = {
  what: field('Ask the shop for its pictures; all of them'),
  who: field('PC Ben Example'),
  by: { kind: 'date', day: '2026-11-25', precision: 'exact' },
};
const plan: Said = {
  NE02: 'yes',
  NE02b: text('Stalking Support North'),
  NE02c: 'agreed',
  NE11: choices('home', 'phone-and-accounts'),
  NE11c: choices('safe-device', 'keep-evidence'),
  NE11d: choices('neighbours', 'alarm-or-camera'),
  NE11h: listed,
  NE13: 'weekly',
  NE13b: text('PC Anna Example'),
  NE13c: day('2026-11-24'),
  NE15b: text('my new flat'),
};
const whole = summaryOf(
  ['first-contact', contact],
  ['identification', { SI12: 'yes', SI12b: text(counter) }],
  ['needs-and-plan', plan, aRecord('NE11h', row)],
  ['closing', { CL04: listed, CL06: 'yes' }, aRecord('CL04', promise)],
);

const wordsOf = (
  summary: CaseSummary,
  ...given: Parameters<typeof anApproved> extends [unknown, ...infer Rest] ? Rest : never
) => {
  const copy = copyForPerson(anApproved(summary, ...given), summary, 'by-hand');
  return copy.kind === 'copy' ? stringsIn(copy.outline.blocks) : [];
};

describe('the copy for the person', () => {
  it('says who, what next, the plan and how they are reached, in plain words', () => {
    const copy = copyForPerson(anApproved(whole), whole, 'by-hand');
    if (copy.kind !== 'copy') throw new Error(copy.reasons.join());
    const { title, marking, foot, blocks } = copy.outline;
    expect([title, marking, foot]).toEqual([
      'Your copy, SP-4K7Q-2M',
      'This copy is for you. Keep it where nobody else can see it.',
      'SP-4K7Q-2M',
    ]);
    const said = blocks.map((block) => {
      if (block.kind === 'items') return block.items.map((item) => item.text);
      return 'text' in block ? block.text : block.kind;
    });
    expect(said).toEqual([
      'Your copy, SP-4K7Q-2M',
      expect.stringContaining('It isn’t your fault.'),
      'If something happens',
      [
        expect.stringContaining('ring 999'),
        expect.stringContaining('ring 101 and give the reference SP-4K7Q-2M'),
        expect.stringContaining('no need to reply'),
      ],
      'Who to contact',
      [
        '“PC Anna Example” will give you the next update. Ring 101 and give the reference SP-4K7Q-2M to reach them.',
      ],
      'What happens next',
      [
        '“Ask the shop for its pictures; all of them”; Who: “PC Ben Example”; By: 25 November 2026',
        'If it can’t be done by then, you will be told before.',
        'You would like to hear: Every week',
        'Your next update: 24 November 2026',
        'A stalking service will contact you: “Stalking Support North”',
      ],
      'Your plan',
      [
        'Phone and accounts: A device the person you reported never had; Keeping what is there',
        'Home: Neighbours told, if you agree; An alarm or camera you control',
        '“Change the locks”; Who: you, by your own choice; By: 27 November 2026',
      ],
      'How we reach you',
      [
        'The way you agreed: “text my own phone; ring ‘Mum’ otherwise”',
        'How you will know it’s us: Text first',
      ],
      'Support',
      ['National Stalking Helpline: 0808 802 0300. They are separate from us.'],
    ]);
  });

  it('leaves out what is for the supervisor, what is not to be passed on, and flags', () => {
    expect(stringsIn(whole).join()).toContain(counter);
    const said = wordsOf(whole).join(' ');
    for (const word of [counter, 'counter-report', 'my new flat', 'FC10', 'amber', 'red'])
      expect(said).not.toMatch(new RegExp(`\\b${word}\\b`, 'i'));
  });

  it('leaves out a line that was marked as unsafe, and takes the supervisor’s words for one that was changed', () => {
    const keyOf = (question: string) => {
      const lines = whole.sections.flatMap((section) => section.lines);
      const { from } = lines.find((line) => line.from.question === question) ?? {};
      return `${from?.screening} ${question}${from?.record === undefined ? '' : ` ${from.record}`}`;
    };
    const edit = { by: 'ben', at: '2026-11-20T15:30:00.000Z', old: '', new: '', why: 'Plainer.' };
    const said = wordsOf(
      whole,
      {},
      new Map([
        [keyOf('NE11h'), { isUnsafe: true as const }],
        [keyOf('NE13b'), { text: 'PC Carla Example', edits: [edit as never] }],
      ]),
    ).join(' ');
    expect(said).not.toContain('Change the locks');
    expect(said).toContain('PC Carla Example will give you the next update.');
  });

  it('leaves out a line that was not among those reviewed', () => {
    const said = wordsOf(whole, { lines: [] }).join(' ');
    expect(said).not.toContain('Change the locks');
    expect(said).not.toContain('PC Anna Example');
  });

  it('says so where there is no name, no next step and no way agreed', () => {
    const bare = summaryOf(['first-contact', {}]);
    expect(wordsOf(bare)).toEqual(
      expect.arrayContaining([
        'Ring 101 and give the reference SP-4K7Q-2M. You are still to be given a name.',
        'The next step is still to be agreed with you.',
        'We will agree a safe way to reach you before we get in touch.',
      ]),
    );
  });

  it('prints no way of contact that was taken back at the end', () => {
    const taken = summaryOf(['closing', { CL06: 'no' }]);
    const own = copyForPerson(anApproved(whole), { ...whole, sections: taken.sections }, 'by-hand');
    expect(stringsIn(own)).toContain(
      'We will agree a safe way to reach you before we get in touch.',
    );
    expect(stringsIn(own).join()).not.toContain('text my own phone');
  });

  it('speaks to the person, and holds no word that the engine may not', () => {
    const every = Object.fromEntries(
      realScript(knowledge, 'needs-and-plan').questions.map(({ id, choices: all }) => [
        id,
        choices(...all.filter(({ alone }) => !alone).map(({ value }) => value)),
      ]),
    );
    const all = summaryOf([
      'needs-and-plan',
      { ...plan, NE11: every.NE11 ?? '', ...onlyPlan(every) },
    ]);
    const said = wordsOf(all).join('\n');
    expect(said).toContain('Court or release day: Who tells you, how and when');
    expect(said).not.toMatch(
      /suspect|victim|perpetrator|the person\b(?! you reported)|caller|officer|supervisor/i,
    );
    for (const [pattern] of forbidden) expect(said).not.toMatch(pattern);
  });

  it('names a helpline that the scripts name', () => {
    const tasks = realScript(knowledge, 'closing').tasks.join();
    expect(tasks).toContain('0808 802 0300');
  });
});

function onlyPlan(every: Readonly<Record<string, Value>>): Said {
  return Object.fromEntries(Object.entries(every).filter(([id]) => /^NE11[b-g]$/.test(id)));
}

describe('whether the copy may go that way', () => {
  const safe: Said = { FC11: text('text'), FC11b: choices('none'), FC15: 'no' };
  const cases: readonly (readonly [
    string,
    readonly [string, Said],
    CopyRoute,
    readonly string[],
  ])[] = [
    ['FC15 yes', ['first-contact', { FC15: 'yes' }], 'own-device', ['device-watched']],
    ['FC15 unsure', ['first-contact', { FC15: 'unsure' }], 'own-device', ['device-watched']],
    ['CY01 no', ['cyber-evidence', { CY01: 'no' }], 'own-device', ['device-watched']],
    ['CY01 unsure', ['cyber-evidence', { CY01: 'unsure' }], 'own-device', ['device-watched']],
    ['CY01 not known', ['cyber-evidence', {}], 'own-device', ['device-watched']],
    ['nobody asked', ['closing', {}], 'own-device', ['device-not-asked']],
    ['FC15 not known', ['first-contact', {}], 'own-device', ['device-not-asked']],
    ['FC15 no', ['first-contact', safe], 'own-device', []],
    ['CY01 yes', ['cyber-evidence', { CY01: 'yes' }], 'own-device', []],
    ['FC15 yes', ['first-contact', { FC15: 'yes' }], 'by-hand', []],
    ['FC15 yes', ['first-contact', { FC15: 'yes' }], 'safer-device', []],
    [
      'post ruled out',
      ['first-contact', { ...safe, FC11b: choices('post') }],
      'post',
      ['way-ruled-out'],
    ],
    [
      'email ruled out',
      ['first-contact', { ...safe, FC11b: choices('text', 'email') }],
      'own-device',
      ['way-ruled-out'],
    ],
    [
      'others ruled out',
      ['first-contact', { ...safe, FC11b: choices('another-person') }],
      'trusted-person',
      ['way-ruled-out'],
    ],
    [
      'not at home',
      ['first-contact', { ...safe, FC13: 'not-at-home' }],
      'post',
      ['home-ruled-out'],
    ],
    [
      'all ruled out',
      ['first-contact', { ...safe, FC11b: choices('post', 'email', 'another-person') }],
      'by-hand',
      [],
    ],
  ];

  it.each(cases)('%s: %j by %s is refused for %j', (_, walk, route, reasons) => {
    const summary = summaryOf(walk);
    const copy = copyForPerson(anApproved(summary), summary, route);
    expect(copy.kind === 'refused' ? copy.reasons : []).toEqual(reasons);
  });

  it('asks the case as it stands today, not as it was approved', () => {
    const before = summaryOf(['first-contact', safe]);
    const now = summaryOf(['first-contact', { ...safe, FC15: 'yes' }]);
    expect(copyForPerson(anApproved(before), before, 'own-device').kind).toBe('copy');
    expect(copyForPerson(anApproved(before), now, 'own-device')).toEqual({
      kind: 'refused',
      reasons: ['device-watched'],
    });
  });

  it.each(copyRoutes)('never goes by %s before the summary is approved', (route) => {
    const summary = summaryOf(['first-contact', safe]);
    const copy = copyForPerson(anApproved(summary, { state: 'waiting' }), summary, route);
    expect(copy).toEqual({ kind: 'refused', reasons: ['not-approved'] });
  });
});
