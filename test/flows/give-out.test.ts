import { describe, expect, it } from 'vitest';
import { reviewIdSchema } from '../../src/core/ids.js';
import type { ReviewMove } from '../../src/core/review-detail.js';
import type { DocumentOutline } from '../../src/core/review-document.js';
import { makeDraftCase } from '../../src/flows/draft-case.js';
import { makeGiveOut } from '../../src/flows/give-out.js';
import { aKnowledge, aQuestion, aScript, aTime } from '../builders.js';
import { makeFakePeople } from '../fakes.js';
import { curator, reviewing, stranger, users } from './reviewing.js';

/** Gives out a review of Anna's case; documents say only what they were made from. */
async function givingOut() {
  const setup = await reviewing();
  const { reviews, screenings, audit, reviewCase } = setup;
  const knowledge = aKnowledge({ scripts: [aScript([aQuestion()])] });
  const readImport = () => ({ rows: [], remarks: [] });
  const draft = makeDraftCase({ knowledge, people: makeFakePeople(), readImport });
  const outlines: DocumentOutline[] = [];
  const giveOut = makeGiveOut({
    ...{ reviews, screenings, audit, draft },
    openReview: reviewCase.open,
    clock: () => new Date(aTime),
    render: async (outline) => {
      outlines.push(outline);
      return Buffer.from(outline.title);
    },
    documentTypes: { docx: 'application/docx', pdf: 'application/pdf' },
    drawTimeline: async () => Buffer.from('picture'),
  });
  const id = await setup.begin();
  const act = async (given: ReviewMove['act']) => {
    const { seen = 0 } = (await reviewCase.open(id, users.sue)) ?? {};
    expect(await reviewCase.act(id, users.sue, { seen, act: given })).toMatchObject({
      kind: 'saved',
    });
  };
  const approve = async () => {
    for (let point = 1; point <= 15; point += 1)
      await act({ kind: 'point-answered', point, answer: 'yes' });
    await act({ kind: 'approved' });
  };
  /** What was recorded of that kind. */
  const noted = (kind: string) =>
    audit.records.flatMap(({ what, by, detail }) => (what === kind ? [{ by, detail }] : []));
  return { ...setup, ...giveOut, id, approve, noted, outlines };
}

const forCourt = { purpose: 'Court file' };

describe('giving out a summary', () => {
  it('is refused before it is approved, and makes nothing', async () => {
    const { exportReview, id, noted, outlines } = await givingOut();
    const wanted = { format: 'pdf', ...forCourt } as const;
    expect(await exportReview(id, users.sue, wanted)).toEqual({ kind: 'not-approved' });
    expect([noted('exported'), outlines]).toEqual([[], []]);
  });

  it.each([
    ['pdf', 'application/pdf', 'pdf'],
    ['docx', 'application/docx', 'docx'],
    ['markdown', 'text/markdown', 'md'],
    ['json', 'application/json', 'json'],
  ] as const)(
    'as %s is a file of its type, recorded with its purpose',
    async (format, type, end) => {
      const { exportReview, id, approve, noted } = await givingOut();
      await approve();
      const given = await exportReview(id, users.anna, { format, ...forCourt });
      expect(given).toMatchObject({
        kind: 'file',
        type,
        name: expect.stringMatching(`-v1\\.${end}$`),
      });
      expect(noted('exported')).toEqual([
        { by: users.anna.id, detail: { format, version: 1, ...forCourt } },
      ]);
    },
  );

  it('says in JSON what the document says, and not what one may do', async () => {
    const { exportReview, id, approve } = await givingOut();
    await approve();
    const given = await exportReview(id, users.sue, { format: 'json', ...forCourt });
    if (given.kind !== 'file') throw new Error(given.kind);
    const published = JSON.parse(new TextDecoder().decode(given.bytes));
    expect(published).toMatchObject({ marking: 'POLICE MATERIAL', state: 'approved', version: 1 });
    expect(Object.keys(published)).not.toEqual(expect.arrayContaining(['may']));
  });

  it.each([
    ['whose case it is not', stranger, 'role'],
    ['whose role never may', curator, 'role'],
  ])('is refused to somebody %s, like what is not there, and recorded', async (_, user, why) => {
    const { exportReview, id, approve, noted } = await givingOut();
    await approve();
    const wanted = { format: 'pdf', ...forCourt } as const;
    const nobodys = reviewIdSchema.parse('00000000-0000-4000-8000-00000000dead');
    expect(await exportReview(id, user, wanted)).toEqual({ kind: 'not-allowed' });
    expect(await exportReview(nobodys, user, wanted)).toEqual({ kind: 'not-allowed' });
    expect(noted('access-refused')).toEqual([
      { by: user.id, detail: { action: 'export-review', why } },
      { by: user.id, detail: { action: 'export-review', why: 'no-such-review' } },
    ]);
  });
});

describe('the copy for the person', () => {
  it('is given by hand, and recorded', async () => {
    const { copyReview, id, approve, noted, outlines } = await givingOut();
    await approve();
    const wanted = { format: 'pdf', route: 'by-hand' } as const;
    expect(await copyReview(id, users.sue, wanted)).toMatchObject({ kind: 'file' });
    expect(outlines.map(({ marking }) => marking)).toEqual([
      'This copy is for you. Keep it where nobody else can see it.',
    ]);
    expect(noted('copied-for-person')).toEqual([
      { by: users.sue.id, detail: { ...wanted, version: 1 } },
    ]);
  });

  it('is not sent to a device of which nobody asked, and the refusal is recorded with its reasons', async () => {
    const { copyReview, id, approve, noted, outlines } = await givingOut();
    await approve();
    const wanted = { format: 'pdf', route: 'own-device' } as const;
    expect(await copyReview(id, users.sue, wanted)).toEqual({
      kind: 'copy-refused',
      reasons: ['device-not-asked'],
      message: expect.stringContaining('FC15'),
    });
    expect(outlines).toEqual([]);
    expect(noted('copy-refused')).toEqual([
      { by: users.sue.id, detail: { ...wanted, version: 1, why: 'device-not-asked' } },
    ]);
  });
});

describe('the picture of the timeline', () => {
  it('is none where there is no timeline', async () => {
    const { pictureReview, id } = await givingOut();
    expect(await pictureReview(id, users.sue)).toEqual({ kind: 'not-found' });
  });
});
