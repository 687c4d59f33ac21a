import { describe, expect, it } from 'vitest';
import { isOutside, type Role, roleSchema, rolesNamed } from '../../src/core/roles.js';

/** The table of rights itself is walked at every route in `test/bot/tab/roles.test.ts`. */

describe('app roles of the directory', () => {
  it('name each role of ours by one value', () => {
    const values = ['Officer', 'CallHandler', 'Advocate', 'Supervisor', 'Curator', 'Administrator'];
    const named = values.map((one) => rolesNamed([`Signpost.${one}`]));
    expect(named).toEqual(roleSchema.options.map((role) => [role]));
  });

  it.each([
    'supervisor',
    'signpost.supervisor',
    'Signpost.Supervisor ',
    'Signpost.*',
    'constructor',
    '__proto__',
    '',
  ])('name nothing by “%s”', (value) => {
    expect(rolesNamed([value])).toEqual([]);
  });
});

describe('cases that others work on', () => {
  it.each<[readonly Role[], boolean]>([
    [[], true],
    [['advocate'], true],
    [['curator', 'administrator'], true],
    [['officer'], false],
    [['call-handler'], false],
    [['advocate', 'supervisor'], false],
  ])('are closed to %j: %s', (roles, isClosed) => {
    expect(isOutside(roles)).toBe(isClosed);
  });
});
