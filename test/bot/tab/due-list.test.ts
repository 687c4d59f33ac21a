import { afterEach, describe, expect, it } from 'vitest';
import { caseIdSchema } from '../../../src/core/ids.js';
import type { DueCase } from '../../../src/flows/retain.js';
import { demoPerson, startTab, type Tab } from './tab-setup.js';

const aCase = (stand: DueCase['stand'], caseRef: string): DueCase => ({
  ...{ caseId: caseIdSchema.parse('00000000-0000-4000-8000-000000000001'), caseRef, stand },
  ...{ screeningsChangedAt: '2020-11-01T10:00:00.000Z', reviewChangedAt: null },
  ...{ keptUntil: null, holds: stand.kind === 'held' ? 1 : 0 },
});

describe('the list of cases whose period is over', () => {
  let tab: Tab | undefined;
  afterEach(() => tab?.stop());

  it('shows reference, since when, and what is held, and nothing else of a case', async () => {
    const due = [
      aCase({ kind: 'due', since: '2026-10-31' }, 'SP-1'),
      aCase({ kind: 'held' }, 'SP-2'),
    ];
    const asked: unknown[] = [];
    tab = await startTab({
      flows: {
        listDue: async (by) => {
          asked.push(by.id);
          return due;
        },
      },
    });
    const answer = await tab.as('administrator', 'GET', '/due');
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      {
        cases: [
          { caseRef: 'SP-1', since: '2026-10-31', isHeld: false },
          { caseRef: 'SP-2', since: null, isHeld: true },
        ],
      },
    ]);
    expect(asked).toEqual([demoPerson('administrator').id]);
  });

  it('is refused where the flow finds that the role is gone', async () => {
    tab = await startTab({ flows: { listDue: async () => 'not-allowed' } });
    const answer = await tab.as('supervisor', 'GET', '/due');
    expect([answer.status, JSON.parse(answer.text).kind]).toEqual([403, 'not-allowed']);
  });

  it('is read and not changed: nothing can be sent to it', async () => {
    tab = await startTab();
    for (const method of ['POST', 'PUT'])
      expect((await tab.as('supervisor', method, '/due', { body: {} })).status).toBe(404);
    expect(tab.called).toEqual([]);
  });
});
