import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { listInstalled } from '../../src/adapters/installed-packages.js';
import { judgeLicence } from '../../src/core/licences.js';

const judge = (licence: string, name = 'some-package') =>
  judgeLicence({ name, version: '1.0.0', licence }).kind;

describe('the terms of a package', () => {
  it.each([
    'MIT',
    'ISC',
    'Apache-2.0',
    'BlueOak-1.0.0',
    '(MIT OR GPL-3.0-or-later)',
    '(MIT AND Zlib)',
  ])('may be %s', (licence) => {
    expect(judge(licence)).toBe('permissive');
  });

  it.each([
    '',
    'UNLICENSED',
    'GPL-3.0-only',
    'AGPL-3.0-or-later',
    'LGPL-2.1',
    'MPL-2.0',
    '(MIT AND GPL-2.0)',
    'MIT OR GPL-2.0 AND AGPL-3.0',
    'SEE LICENSE IN LICENSE',
    'BSD',
  ])('may not be “%s”, where nobody has looked', (licence) => {
    expect(judge(licence)).toBe('refused');
  });

  it('are looked at again when a package declares something else', () => {
    expect(judge('', 'png-js')).toBe('looked-at');
    expect(judge('AGPL-3.0-only', 'png-js')).toBe('refused');
    expect(judge('MPL-2.0', '@resvg/resvg-js-linux-x64-gnu')).toBe('looked-at');
    expect(judge('GPL-3.0-only', '@resvg/resvg-js')).toBe('refused');
  });

  it('allow every package that is installed for production', async () => {
    const packages = await listInstalled(path.join(import.meta.dirname, '../../package-lock.json'));
    expect(packages.length).toBeGreaterThan(250);
    expect(packages.map(({ name }) => name)).toContain('botbuilder');
    expect(packages.map(({ name }) => name)).not.toContain('vitest');
    expect(packages.filter((one) => judgeLicence(one).kind === 'refused')).toEqual([]);
  });
});
