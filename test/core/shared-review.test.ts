import { describe, expect, it } from 'vitest';
import type { CaseSummary } from '../../src/core/case-summary-schema.js';
import { copyForPerson } from '../../src/core/copy-for-person.js';
import { reviewDetailSchema } from '../../src/core/review-detail.js';
import { statementIds } from '../../src/core/script.js';
import { keptBack, shownParts } from '../../src/core/shared-review.js';
import { type SharedPart, sharedPartSchema } from '../../src/core/sharing.js';
import { showReview } from '../../src/core/show-review.js';
import { anna, aTime, questionId, today } from '../builders.js';
import {
  aCaseSummary,
  aLine,
  aReview,
  aReviewContext,
  aShare,
  lineKey,
  returned,
  screeningId,
  submitted,
  sue,
  tom,
  zoe,
} from '../review-builders.js';

/** One question of each section, and those that are ruled by themselves. */
const sections: CaseSummary['sections'] = [
  { id: 'S1', title: 'Safety now', lines: [aLine('FC01'), aLine('FC20c')] },
  { id: 'S2', title: 'Safe contact', lines: [aLine('FC11')] },
  { id: 'S3', title: 'Reported', lines: [aLine('SI01')] },
  { id: 'S4', title: 'Effect', lines: [aLine('SI13b')] },
  { id: 'S5', title: 'Indicators', lines: [aLine('RI01'), aLine('RI23'), aLine('TL08')] },
  { id: 'S6', title: 'Evidence', lines: [aLine('CY01'), aLine('CY11'), aLine('FC15b')] },
  { id: 'S7', title: 'Orders', lines: [aLine('SPO10'), aLine('SPV02b')] },
  { id: 'S8', title: 'Plan', lines: [aLine('NE11h'), aLine('CL04'), aLine('NE15b')] },
  { id: 'S9', title: 'Supervisor', lines: [aLine('SI12')] },
];
const flag = (question?: string) => ({
  ...{ screening: screeningId, level: 'red' as const, about: question ?? 'DANGER', at: aTime },
  ...(question === undefined ? {} : { question: questionId(question) }),
});
const summary = aCaseSummary({
  sections,
  flags: [flag('FC01'), flag('RI01'), flag('SI12'), flag()],
  incomplete: ['Counter-report: no row of the plan.'],
  notes: ['Counter-report noted.'],
  dropped: [aLine('FC05')],
  tasks: ['Handle the Counter-report.'],
  endings: ['Counter-report.'],
  timeline: {
    ...{ built: 'Built.', facts: [], months: [], imports: [], conflicts: [] },
    entries: [{ when: 'today', text: 'Rang.', kinds: [] }],
  },
});
const advocate = { id: zoe, name: 'Zoe Example', roles: ['advocate'] } as const;

function shown(parts: readonly SharedPart[], review = aReview([], summary)) {
  const agreement = { on: today, way: 'by-phone' as const, parts: [...parts] };
  const limits = 'Not about the Counter-report.';
  const share = aShare({ agreement: { ...agreement, limits, until: today } });
  return showReview({ ...review, shares: [share] }, advocate, {
    ...{ today, current: aCaseSummary({ sections: [] }), recorders: [anna] },
    supervisors: [{ id: sue, name: 'Sue' }],
    names: new Map([
      [anna, 'PC Anna Example'],
      [sue, 'PS Sue'],
      [tom, 'PS Tom'],
    ]),
    checkWording: aReviewContext().checkWording,
    quoteOf: () => undefined,
  });
}
const questionsIn = ({ summary: seen }: ReturnType<typeof shown>) =>
  seen.sections.flatMap(({ lines }) => lines.map(({ from }) => from.question as string));

describe('a case shared with an advocate', () => {
  const contact = ['FC01', 'FC11', 'CY01', 'FC15b'];
  it.each<[string, readonly SharedPart[], readonly string[], readonly string[]]>([
    ['nothing more', [], contact, ['FC01', 'DANGER']],
    ['the plan', ['plan'], [...contact, 'TL08', 'NE11h', 'CL04'], ['FC01', 'DANGER']],
    ['what happened', ['account'], [...contact, 'SI01', 'SI13b'], ['FC01', 'DANGER']],
    ['indicators', ['indicators'], [...contact, 'RI01', 'TL08'], ['FC01', 'RI01', 'DANGER']],
    [
      'all of it',
      ['plan', 'account', 'indicators'],
      [...contact, 'SI01', 'SI13b', 'RI01', 'TL08', 'NE11h', 'CL04'],
      ['FC01', 'RI01', 'DANGER'],
    ],
  ])('shows, beside safe contact, %s, and says so in its lines', (_, parts, questions, flags) => {
    const seen = shown(parts);
    expect(reviewDetailSchema.parse(seen)).toEqual(seen);
    expect(questionsIn(seen).toSorted()).toEqual(questions.toSorted());
    expect(seen.lines.map(({ key }) => key).toSorted()).toEqual(questions.map(lineKey).toSorted());
    expect(seen.summary.flags.map(({ about }) => about)).toEqual(flags);
    expect(seen.summary.timeline !== undefined).toBe(parts.includes('account'));
  });

  it('says nothing of what the police say to each other, of other versions, or of the person’s limits', () => {
    const review = aReview(
      [
        [sue, { kind: 'handed', to: tom, why: 'Counter-report' }],
        [sue, { kind: 'point-answered', point: 11, answer: 'no', reason: 'Counter-report open' }],
        [sue, returned()],
        [anna, submitted(summary, 'About the Counter-report')],
        [sue, { kind: 'approved', note: 'Counter-report apart' }],
      ],
      summary,
    );
    const { lines: _, summary: seen, ...rest } = shown(sharedPartSchema.options, review);
    expect(rest).toEqual({
      ...{ id: review.id, caseRef: review.caseRef, state: 'approved', version: 2, seen: 6 },
      ...{ quotes: [], points: [], supervisors: [], returns: [], isOwnCase: false },
      decision: { kind: 'approved', version: 2, by: sue, at: aTime },
      versions: [
        { version: 2, state: 'approved', submittedAt: aTime, by: anna, digest: 'a'.repeat(64) },
      ],
      may: {
        ...{ check: false, edit: false, point: false, hand: false, return: false, approve: false },
        ...{
          submit: false,
          export: false,
          copy: true,
          history: false,
          share: false,
          nameConflict: false,
          declareConflict: false,
        },
      },
      shared: {
        ...{ id: aShare().id, by: anna, at: aTime, agreedOn: today, way: 'by-phone' },
        ...{ parts: ['plan', 'account', 'indicators'], until: today },
      },
      names: { [anna]: 'PC Anna Example', [sue]: 'PS Sue' },
    });
    expect(seen.incomplete).toEqual(['Something in this case is still to be asked.']);
    expect(JSON.stringify({ rest, seen })).not.toMatch(/Counter-report|SI12|FC05|"note"/);
  });

  it('is a draft while it is not approved, and does not say that it was returned', () => {
    const sent = shown(['plan'], aReview([[sue, returned()]], summary));
    expect([sent.state, sent.decision, sent.versions[0]?.state]).toEqual([
      'waiting',
      undefined,
      'waiting',
    ]);
  });

  it('shows a line as a supervisor worded it, and nowhere what it was before', () => {
    const text = 'In the person’s own words.';
    const edit = { kind: 'line-edited', line: lineKey('SI01'), text, why: 'Blaming' } as const;
    const line = aLine('SI01', { text: 'OLD WORDS' });
    const replaced = [{ said: 'OLD WORDS', at: aTime, by: anna, reason: 'OLD WORDS' }];
    const from = { ...line.from, said: 'OLD WORDS', reason: 'OLD WORDS', replaced };
    const lines = [{ ...line, from }];
    const before = aCaseSummary({ sections: [{ id: 'S3', title: 'Reported', lines }] });
    const seen = shown(['account'], aReview([[sue, edit]], before));
    expect(seen.lines).toEqual([
      {
        ...{ key: lineKey('SI01'), section: 'S3', drafted: text, text, status: 'answered' },
        edits: [{ by: sue, at: aTime, old: '', new: text, why: '' }],
        findings: [],
      },
    ]);
    expect(JSON.stringify(seen)).not.toMatch(/OLD WORDS|Blaming/);
  });

  it('has a copy for the person only where the plan is shared: the copy holds it', () => {
    const approved = aReview([[sue, { kind: 'approved' }]], summary);
    const [plan, account] = [shown(['plan'], approved), shown(['account'], approved)];
    expect([plan.may.copy, account.may.copy]).toEqual([true, false]);
    expect(copyForPerson(plan, summary, 'by-hand').kind).toBe('copy');
    expect(copyForPerson(account, summary, 'by-hand')).toEqual({
      kind: 'refused',
      reasons: ['plan-not-shared'],
    });
  });
});

describe('the rules of what is shared', () => {
  it('never name the evidence, the police’s reasoning about orders, or what is for the supervisor', () => {
    const named = Object.values(shownParts).flatMap((rule) => rule.sections);
    expect(statementIds.filter((id) => !named.includes(id))).toEqual(['S6', 'S7', 'S9']);
  });

  it('each say why', () => {
    const rules = [...Object.values(shownParts), ...keptBack];
    expect(rules).toHaveLength(7);
    expect(rules.filter(({ why }) => !why.endsWith('.'))).toEqual([]);
  });
});
