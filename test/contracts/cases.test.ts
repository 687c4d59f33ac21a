import { createHash, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { caseIdSchema, screeningIdSchema, type UserId, userIdSchema } from '../../src/core/ids.js';
import type { Cases, Screenings } from '../../src/flows/ports.js';
import { describeStores } from './stores.js';

const [officer, colleague, other] = ['officer-1', 'officer-2', 'officer-3'].map((id) =>
  userIdSchema.parse(id),
) as [UserId, UserId, UserId];
const at = '2026-11-20T10:00:00.000Z';
const validUntil = '2026-11-20T10:15:00.000Z';

async function begin(screenings: Screenings) {
  const caseId = caseIdSchema.parse(randomUUID());
  const { id } = await screenings.start({
    id: screeningIdSchema.parse(randomUUID()),
    caseId,
    caseRef: `SP-${randomUUID().slice(0, 13)}`,
    script: 'first-contact',
    version: 1,
    startedBy: officer,
    startedAt: at,
    activityId: randomUUID(),
  });
  return { screening: id, caseId };
}

type Invitation = Parameters<Cases['invite']>[0];

async function anInvitation(
  ports: { readonly screenings: Screenings; readonly cases: Cases },
  given: Partial<Invitation> = {},
): Promise<Invitation> {
  const { screening } = await begin(ports.screenings);
  const codeHash = createHash('sha256').update(randomUUID()).digest('hex');
  const invitation = { codeHash, screening, by: officer, at, validUntil, ...given };
  await ports.cases.invite(invitation);
  return invitation;
}

describeStores('cases', (ports) => {
  it('let a person in by a code, who may then work on every screening of the case', async () => {
    const { screenings, cases } = ports();
    const { codeHash, screening } = await anInvitation(ports());
    expect(await cases.join({ codeHash, by: colleague, at })).toEqual({
      kind: 'joined',
      screening,
    });
    expect((await screenings.find(screening))?.people).toEqual([officer, colleague]);
  });

  it('let the same person use a code again, and change nothing by it', async () => {
    const { screenings, cases } = ports();
    const { codeHash, screening } = await anInvitation(ports());
    const joins = [1, 2, 3].map(() => cases.join({ codeHash, by: colleague, at }));
    expect(await Promise.all(joins)).toEqual(Array(3).fill({ kind: 'joined', screening }));
    expect((await screenings.find(screening))?.people).toEqual([officer, colleague]);
  });

  it('refuse a code to everybody but the first, and keep them out', async () => {
    const { screenings, cases } = ports();
    const { codeHash, screening } = await anInvitation(ports());
    await cases.join({ codeHash, by: colleague, at });
    expect(await cases.join({ codeHash, by: other, at })).toEqual({ kind: 'refused' });
    expect((await screenings.find(screening))?.people).toEqual([officer, colleague]);
  });

  it('let in one of several who use a code at once', async () => {
    const { screenings, cases } = ports();
    const { codeHash, screening } = await anInvitation(ports());
    const people = Array.from({ length: 8 }, (_, i) => userIdSchema.parse(`colleague-${i}`));
    const joined = await Promise.all(people.map((by) => cases.join({ codeHash, by, at })));
    expect(joined.map(({ kind }) => kind).sort()).toEqual(['joined', ...Array(7).fill('refused')]);
    const winner = people[joined.findIndex(({ kind }) => kind === 'joined')];
    expect((await screenings.find(screening))?.people).toEqual([officer, winner]);
  });

  it('refuse a code once it has ended, to a newcomer and to whom it had let in', async () => {
    const { cases } = ports();
    const unused = await anInvitation(ports());
    const used = await anInvitation(ports());
    await cases.join({ codeHash: used.codeHash, by: colleague, at });
    for (const { codeHash } of [unused, used])
      expect(await cases.join({ codeHash, by: colleague, at: validUntil })).toEqual({
        kind: 'refused',
      });
  });

  it('refuse a code that was never made', async () => {
    const codeHash = createHash('sha256').update(randomUUID()).digest('hex');
    expect(await ports().cases.join({ codeHash, by: colleague, at })).toEqual({ kind: 'refused' });
  });

  it('take no invitation from somebody who may not work on the case, or into no screening', async () => {
    await expect(anInvitation(ports(), { by: other })).rejects.toThrow();
    const screening = screeningIdSchema.parse(randomUUID());
    await expect(anInvitation(ports(), { screening })).rejects.toThrow();
  });

  it('take no code twice, none that ends before it begins, and none in the clear', async () => {
    const { codeHash } = await anInvitation(ports());
    await expect(anInvitation(ports(), { codeHash })).rejects.toThrow();
    await expect(anInvitation(ports(), { validUntil: at })).rejects.toThrow();
    await expect(anInvitation(ports(), { codeHash: 'HJKM-4723' })).rejects.toThrow();
  });

  it('take a record of what was read, as often as it was, and none of a case that is not there', async () => {
    const { screenings, cases } = ports();
    const { caseId } = await begin(screenings);
    const read = { caseId, by: officer, at, what: 'summary' } as const;
    await cases.recordRead(read);
    await cases.recordRead(read);
    const caseless = caseIdSchema.parse(randomUUID());
    await expect(cases.recordRead({ ...read, caseId: caseless })).rejects.toThrow();
  });
});
