import { describe, expect, it } from 'vitest';
import { userIdSchema } from '../../src/core/ids.js';
import { roleSchema } from '../../src/core/roles.js';
import type { Installed, StoreState } from '../../src/core/self-check.js';
import { makeAskSelfCheck, runSelfCheck } from '../../src/flows/self-check.js';
import { makeModelState } from '../../src/flows/turn-switch.js';
import { aKnowledge, aQuestion, aScript } from '../builders.js';
import { makeFakeAudit } from '../fakes.js';

const now = '2026-11-20T10:00:00.000Z';
const installed: Installed = {
  ...{ version: '0.1.0', mode: 'production', store: 'postgres', identity: 'file' },
};
const held = { head: undefined, isHeadRecorded: true, isModelOn: false, isAssistantOn: true };
const state: StoreState = { newestMigration: '0014_x', missing: 0, isNewer: false, held };
const knowledge = aKnowledge({ scripts: [aScript([aQuestion({ id: 'QA01' })])] });
const configured = makeModelState({ isConfigured: true, isOffBySetting: false });

function parts(
  given: { inspect?: () => Promise<StoreState>; modelState?: typeof configured } = {},
) {
  const faults: unknown[] = [];
  return {
    ...{ installed, knowledge: () => knowledge, modelState: configured, faults },
    ...{ inspect: async () => state, clock: () => new Date(now), ...given },
    onFault: (error: unknown) => void faults.push(error),
  };
}

describe('the self-check', () => {
  it('puts together what settings, knowledge and store tell', async () => {
    expect(await runSelfCheck(parts())).toEqual({
      ...installed,
      knowledge: { version: knowledge.version, overdue: 0 },
      ...{ state, model: 'off' },
    });
  });

  it('goes on where the store cannot be read, and does not claim to know the model’s switch', async () => {
    const fault = new Error('no store');
    const gone = parts({ inspect: () => Promise.reject(fault) });
    expect(await runSelfCheck(gone)).toMatchObject({ state: undefined, model: 'unknown' });
    expect(gone.faults).toEqual([fault]);
    const modelState = makeModelState({ isConfigured: false, isOffBySetting: false });
    const without = parts({ inspect: () => Promise.reject(fault), modelState });
    expect(await runSelfCheck(without)).toMatchObject({ model: 'not-configured' });
  });

  it('is for administrators; whoever else asks is refused, and the audit says so', async () => {
    for (const role of roleSchema.options) {
      const audit = makeFakeAudit();
      const ask = makeAskSelfCheck({ ...parts(), audit });
      const by = userIdSchema.parse(role);
      const { kind } = await ask({ id: by, name: role, roles: [role] });
      const isAdministrator = role === 'administrator';
      expect([role, kind]).toEqual([role, isAdministrator ? 'checked' : 'not-allowed']);
      const detail = { action: 'self-check', why: 'role' };
      const refused = { at: now, by, what: 'access-refused', caseId: null, detail };
      expect(audit.records).toMatchObject(isAdministrator ? [] : [refused]);
    }
  });
});
