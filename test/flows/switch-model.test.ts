import { describe, expect, it } from 'vitest';
import { userIdSchema } from '../../src/core/ids.js';
import { type Role, roleSchema, type User } from '../../src/core/roles.js';
import { makeSwitchModel, parseWhy } from '../../src/flows/switch-model.js';
import { makeFakeAudit, makeFakeModelSwitch } from '../fakes.js';

const now = '2026-11-20T10:00:00.000Z';
const why = 'It withholds too much.';

function aUser(role: Role): User {
  return { id: userIdSchema.parse(role), name: role, roles: [role] };
}
const admin = aUser('administrator');
const off = { kind: 'turn', isOn: false, why } as const;

function start(given: { isConfigured?: boolean; isOffBySetting?: boolean } = {}) {
  const audit = makeFakeAudit();
  const modelSwitch = makeFakeModelSwitch(audit);
  const switchModel = makeSwitchModel({
    ...{ modelSwitch, audit, clock: () => new Date(now) },
    ...{ isConfigured: true, isOffBySetting: false, ...given },
  });
  const told = () =>
    audit.records.map(({ by, what, caseId, detail }) => ({ by, what, caseId, detail }));
  return { switchModel, modelSwitch, told };
}

describe('the model’s switch', () => {
  it('is on where nobody has turned it', async () => {
    const { switchModel, told } = start();
    expect(await switchModel(admin, { kind: 'state' })).toEqual({ kind: 'shown', state: 'on' });
    expect(told()).toEqual([]);
  });

  it('is turned by an administrator, with one entry of the audit, however often that comes', async () => {
    const { switchModel, modelSwitch, told } = start();
    const newest = { isOn: false, by: admin.id, at: now, why };
    const shown = { kind: 'shown', state: 'off', newest };
    expect(await switchModel(admin, off)).toEqual(shown);
    expect(await switchModel(admin, { ...off, why: 'The same again.' })).toEqual(shown);
    expect(await modelSwitch.isOn()).toBe(false);
    const entry = { by: admin.id, what: 'model-switched', caseId: null };
    expect(told()).toEqual([{ ...entry, detail: { isOn: false, why } }]);
    expect(await switchModel(admin, { ...off, isOn: true })).toMatchObject({ state: 'on' });
  });

  it.each(roleSchema.options.filter((role) => role !== 'administrator'))(
    'is neither shown to nor turned by a %s, and the audit says so',
    async (role) => {
      const { switchModel, modelSwitch, told } = start();
      const user = aUser(role);
      expect(await switchModel(user, off)).toEqual({ kind: 'not-allowed' });
      expect(await switchModel(user, { kind: 'state' })).toEqual({ kind: 'not-allowed' });
      expect(await modelSwitch.newest()).toBeUndefined();
      const detail = { action: 'switch-model', why: 'role' };
      const refused = { by: user.id, what: 'access-refused', caseId: null, detail };
      expect(told()).toEqual([refused, refused]);
    },
  );

  it.each(['', '  \n', 'x'.repeat(301)])('is not turned without a reason: “%s”', async (given) => {
    const { switchModel, modelSwitch } = start();
    expect(await switchModel(admin, { ...off, why: given })).toEqual({ kind: 'no-reason' });
    expect(await modelSwitch.newest()).toBeUndefined();
  });

  it('says when there is no model, or a setting holds it off, whatever the switch says', async () => {
    const state = { kind: 'state' } as const;
    expect(await start({ isConfigured: false }).switchModel(admin, state)).toMatchObject({
      state: 'not-configured',
    });
    expect(await start({ isOffBySetting: true }).switchModel(admin, state)).toMatchObject({
      state: 'off-by-setting',
    });
  });

  it('keeps a reason as it can be stored', () => {
    expect(parseWhy(' a\0b\ud800c ')).toBe('a b c');
    expect(parseWhy('x'.repeat(300))).toHaveLength(300);
  });
});
