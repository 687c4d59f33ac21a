import { describe, expect, it } from 'vitest';
import { userIdSchema } from '../../src/core/ids.js';
import { type Role, roleSchema, type User } from '../../src/core/roles.js';
import type { SwitchName } from '../../src/flows/ports.js';
import { makeModelState, makeTurnSwitch, parseWhy } from '../../src/flows/turn-switch.js';
import { makeFakeAudit, makeFakeSwitch } from '../fakes.js';

const now = '2026-11-20T10:00:00.000Z';
const why = 'It withholds too much.';

function aUser(role: Role): User {
  return { id: userIdSchema.parse(role), name: role, roles: [role] };
}
const admin = aUser('administrator');
const off = { kind: 'turn', isOn: false, why } as const;

function start(name: SwitchName) {
  const audit = makeFakeAudit();
  const store = makeFakeSwitch(audit, name);
  const turnSwitch = makeTurnSwitch({
    ...{ store, audit, clock: () => new Date(now), action: `switch-${name}` as const },
    stateOf: (isOn) => (isOn ? 'on' : 'off'),
  });
  const told = () =>
    audit.records.map(({ by, what, caseId, detail }) => ({ by, what, caseId, detail }));
  return { turnSwitch, store, told };
}

describe.each<SwitchName>(['model', 'assistant'])('the switch of the %s', (name) => {
  it('is on where nobody has turned it', async () => {
    const { turnSwitch, told } = start(name);
    expect(await turnSwitch(admin, { kind: 'state' })).toEqual({ kind: 'shown', state: 'on' });
    expect(told()).toEqual([]);
  });

  it('is turned by an administrator, with one entry of the audit, however often that comes', async () => {
    const { turnSwitch, store, told } = start(name);
    const newest = { isOn: false, by: admin.id, at: now, why };
    const shown = { kind: 'shown', state: 'off', newest };
    expect(await turnSwitch(admin, off)).toEqual(shown);
    expect(await turnSwitch(admin, { ...off, why: 'The same again.' })).toEqual(shown);
    expect(await store.isOn()).toBe(false);
    const entry = { by: admin.id, what: `${name}-switched`, caseId: null };
    expect(told()).toEqual([{ ...entry, detail: { isOn: false, why } }]);
    expect(await turnSwitch(admin, { ...off, isOn: true })).toMatchObject({ state: 'on' });
  });

  it.each(roleSchema.options.filter((role) => role !== 'administrator'))(
    'is neither shown to nor turned by a %s, and the audit says so',
    async (role) => {
      const { turnSwitch, store, told } = start(name);
      const user = aUser(role);
      expect(await turnSwitch(user, off)).toEqual({ kind: 'not-allowed' });
      expect(await turnSwitch(user, { kind: 'state' })).toEqual({ kind: 'not-allowed' });
      expect(await store.newest()).toBeUndefined();
      const detail = { action: `switch-${name}`, why: 'role' };
      const refused = { by: user.id, what: 'access-refused', caseId: null, detail };
      expect(told()).toEqual([refused, refused]);
    },
  );

  it.each(['', '  \n', 'x'.repeat(301)])('is not turned without a reason: “%s”', async (given) => {
    const { turnSwitch, store } = start(name);
    expect(await turnSwitch(admin, { ...off, why: given })).toEqual({ kind: 'no-reason' });
    expect(await store.newest()).toBeUndefined();
  });
});

it('a reason is kept as it can be stored', () => {
  expect(parseWhy(' a\0b\ud800c ')).toBe('a b c');
  expect(parseWhy('x'.repeat(300))).toHaveLength(300);
});

describe('what the model’s switch comes to', () => {
  it.each([
    [true, false, true, 'on'],
    [true, false, false, 'off'],
    [true, true, true, 'off-by-setting'],
    [false, false, true, 'not-configured'],
    [false, true, false, 'not-configured'],
  ])(
    'configured %s, off by a setting %s, turned on %s: %s',
    (isConfigured, isOffBySetting, isOn, state) => {
      expect(makeModelState({ isConfigured, isOffBySetting })(isOn)).toBe(state);
    },
  );
});
