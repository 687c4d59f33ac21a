import { describe, expect, it } from 'vitest';
import { summariseCase } from '../../src/core/case-summary.js';
import { documentOf } from '../../src/core/review-document.js';
import { anApproved } from '../approved.js';
import {
  aCard,
  aQuestion,
  aRecord,
  aReply,
  aScreening,
  aScript,
  aSource,
  aSummaryContext,
  ben,
  eventsOf,
  type QuestionInput,
  theList,
} from '../builders.js';
import { loadReal } from '../real-knowledge.js';

const script = aScript([
  aQuestion({ id: 'QA01' }),
  aQuestion({ id: 'QA02', ask: 'Who was there?', type: 'FT' }),
  aQuestion({
    id: 'QA03',
    ask: 'On record before?',
    saidBy: 'records',
    feeds: { statement: 'S7', line: 'On record: {answer}.', cites: ['cop-inv page 2'] },
  }),
  aCard({ id: 'QC01', holds: 'incidents', fields: incidentFields() }),
]);

function incidentFields(): QuestionInput['fields'] {
  return [
    { id: 'what', label: 'What happened', type: 'FT' },
    { id: 'when', label: 'When', type: 'DT' },
    {
      id: 'kinds',
      label: 'Kinds',
      type: 'MS',
      choices: [
        { value: 'calls', label: 'Calls' },
        { value: 'gifts', label: 'Gifts left' },
      ],
    },
  ];
}

const screening = aScreening({
  events: eventsOf(
    aReply('QA01', 'unsure'),
    aReply('QA02', { kind: 'not-asked', reason: 'distress' }),
    aReply('QA03', 'yes'),
    aRecord('QC01', {
      what: { kind: 'text', text: 'He stood at the gate' },
      when: { kind: 'date', day: '2026-11-01', precision: 'exact' },
    }),
    theList('QC01'),
  ),
});
// A timeline cites the law, so that has to be at hand.
const sources = new Map([...(await loadReal()).sources, [aSource().id, aSource()] as const]);
const summary = summariseCase('SP-4K7Q-2M', [{ script, screening }], aSummaryContext({ sources }));
const first = `${screening.id} QA01`;
const edited = new Map([
  [
    first,
    {
      text: 'Before: the caller was unsure.',
      edits: [
        {
          by: ben,
          at: '2026-11-20T15:30:00.000Z',
          old: 'Before: Unsure.',
          new: 'Before: the caller was unsure.',
          why: 'Plainer.',
        },
      ],
    },
  ],
]);

describe('the document of an approved summary', () => {
  it('is not there while the summary waits or was returned', () => {
    expect(documentOf(anApproved(summary, { state: 'waiting' }))).toBeUndefined();
    expect(documentOf(anApproved(summary, { state: 'returned' }))).toBeUndefined();
  });

  it('is marked as police material on every page, and names version and decision', () => {
    const outline = documentOf(anApproved(summary));
    expect(outline?.title).toBe('Case summary SP-4K7Q-2M, version 2');
    expect(outline?.marking).toBe(
      'POLICE MATERIAL. Check for the victim’s details before it leaves.',
    );
    expect(outline?.foot).toBe('SP-4K7Q-2M, version 2, approved 20 November 2026 at 16:05');
    expect(outline?.blocks.slice(0, 4)).toEqual([
      { kind: 'heading', level: 1, text: 'Case summary SP-4K7Q-2M, version 2' },
      {
        kind: 'text',
        text: 'POLICE MATERIAL. Check for the victim’s details before it leaves.',
        isStrong: true,
      },
      {
        kind: 'text',
        text: 'Prepared by PC Anna Example with the assistant. Not a decision on any person, risk grade or crime record.',
      },
      {
        kind: 'items',
        items: [
          { text: 'Version 2, sent 20 November 2026 at 15:00.', references: [] },
          {
            text: 'Approved by Sgt Ben Example, 20 November 2026 at 16:05. Lines marked as checked against their replies: 0 of 4.',
            references: [],
          },
          { text: 'Note: Read whole.', references: [] },
          { text: 'Drawn up for 20 November 2026. Guidance version abc123.', references: [] },
        ],
      },
    ]);
  });

  it('prints a line as the supervisor left it, with what it was and why, and its sources by number', () => {
    const blocks = documentOf(anApproved(summary, {}, edited))?.blocks ?? [];
    const items = blocks.flatMap((block) => (block.kind === 'items' ? block.items : []));
    expect(items).toContainEqual({
      text: 'Before: the caller was unsure.',
      aside:
        'QA01, answered; caller, taken down by PC Anna Example, 20 November 2026 at 14:05; changed in review by Sgt Ben Example, 20 November 2026 at 15:30: was “Before: Unsure.”; why: Plainer.',
      references: [1],
    });
    expect(blocks.at(-1)).toEqual({
      kind: 'references',
      references: [
        {
          number: 1,
          text: 'College of Policing, Advice for investigators, key points',
          url: 'https://www.college.police.uk/advice',
          checked: 'checked 20 November 2026',
        },
        ...[2, 3, 4].map((number) => expect.objectContaining({ number })),
      ],
    });
  });

  it('has every part in its order, with police records and absent answers apart', () => {
    const blocks = documentOf(anApproved(summary))?.blocks ?? [];
    const headings = blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
    expect(headings).toEqual([
      'Case summary SP-4K7Q-2M, version 2',
      'S3 What is reported, and timeline',
      'S7 Orders, protection and breach',
      'Police records, as the user found them',
      'Timeline of reported incidents',
      'What was not answered',
      'Not asked',
      'Still to do',
      'Review points',
      'Sources',
    ]);
    expect(blocks).toContainEqual({
      kind: 'items',
      items: [{ text: 'QA02: Who was there?', references: [] }],
    });
    expect(blocks).toContainEqual({
      kind: 'items',
      items: [
        {
          text: '1. Danger flags dealt with? No. Reason: Told at once.',
          aside: 'Sgt Ben Example, 20 November 2026 at 16:00',
          references: [],
        },
      ],
    });
  });

  it('holds nothing that a file cannot, whatever was typed', () => {
    const odd = new Map([[first, { text: 'a\u202eb\ud800c\u000bd\u0000e\ufffff' }]]);
    const blocks = documentOf(anApproved(summary, {}, odd))?.blocks ?? [];
    const items = blocks.flatMap((block) => (block.kind === 'items' ? block.items : []));
    expect(items.map(({ text }) => text)).toContain('ab\ufffdc\nde\ufffdf');
  });
});
