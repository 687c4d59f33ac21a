import { describe, expect, it } from 'vitest';
import {
  fillManifest,
  packageSettings,
  readPackageSettings,
  type SettingName,
} from '../../src/core/app-package.js';

const given: Readonly<Record<SettingName, string>> = {
  APP_ID: '0F0E0D0C-0b0a-4908-8706-050403020100',
  TAB_APP_ID: '1f0e0d0c-0b0a-4908-8706-050403020100',
  DOMAIN: ' Signpost.Force.police.uk ',
  PUBLISHER_NAME: 'A "Royal" Constabulary',
  WEBSITE_URL: 'https://www.force.police.uk/signpost',
  PRIVACY_URL: 'https://www.force.police.uk/privacy',
  TERMS_URL: 'https://www.force.police.uk/terms',
};
const read = (change: Partial<Record<SettingName, string>> = {}, version = '1.2.3') =>
  readPackageSettings({ ...given, ...change }, version, 'production');

describe('the settings of the app package', () => {
  it('become a value for each placeholder, ids and host in small letters', () => {
    expect(read()).toEqual({
      kind: 'read',
      values: {
        APP_VERSION: '1.2.3',
        APP_ID: '0f0e0d0c-0b0a-4908-8706-050403020100',
        BOT_ID: '0f0e0d0c-0b0a-4908-8706-050403020100',
        TAB_APP_ID: '1f0e0d0c-0b0a-4908-8706-050403020100',
        TAB_RESOURCE: 'api://signpost.force.police.uk/1f0e0d0c-0b0a-4908-8706-050403020100',
        DOMAIN: 'signpost.force.police.uk',
        PUBLISHER_NAME: 'A "Royal" Constabulary',
        WEBSITE_URL: 'https://www.force.police.uk/signpost',
        PRIVACY_URL: 'https://www.force.police.uk/privacy',
        TERMS_URL: 'https://www.force.police.uk/terms',
      },
    });
  });

  it.each(Object.keys(given) as SettingName[])(
    'are all needed: without %s there is none',
    (name) => {
      const { argument, variable } = packageSettings[name];
      const why = `The setting --${argument} (or ${variable}) is missing: the package cannot be made without it.`;
      expect(read({ [name]: ' ' })).toEqual({ kind: 'refused', why });
    },
  );

  it.each<[SettingName, string, string]>([
    ['APP_ID', 'signpost', '--app-id cannot be used: it must be an id of Microsoft Entra.'],
    [
      'APP_ID',
      '00000000-0000-0000-0000-000000000000',
      '--app-id cannot be used: it must be an id of Microsoft Entra, not zeros.',
    ],
    [
      'TAB_APP_ID',
      given.APP_ID,
      '--tab-app-id cannot be used: it must not be the id of the bot, since bot and page have a registration each.',
    ],
    [
      'PUBLISHER_NAME',
      'x'.repeat(33),
      '--publisher cannot be used: it must be at most 32 characters.',
    ],
    [
      'WEBSITE_URL',
      'http://www.force.police.uk',
      '--website cannot be used: it must be an https:// address.',
    ],
    [
      'PRIVACY_URL',
      'javascript:alert(1)',
      '--privacy cannot be used: it must be an https:// address.',
    ],
    [
      'TERMS_URL',
      'https://a:b@force.police.uk/',
      '--terms cannot be used: it must be an https:// address.',
    ],
    [
      'TERMS_URL',
      'https://x.ngrok.app/',
      '--terms cannot be used: it must be a host of your own, not a tunnel.',
    ],
    [
      'DOMAIN',
      'x.ngrok.app',
      '--domain cannot be used: it must be a host of your own, not a tunnel.',
    ],
  ])('refuse %s given as %s', (name, text, why) => {
    expect(read({ [name]: text })).toEqual({ kind: 'refused', why: `The setting ${why}` });
  });

  it.each(['1.2', 'v1.2.3', '1.2.3-beta', '01.2.3', '1.2.100000', ''])(
    'refuse the version %s',
    (version) => {
      const why = 'The version in package.json cannot be used: it must be three numbers.';
      expect(read({}, version)).toEqual({ kind: 'refused', why });
    },
  );

  it('let a tunnel be the domain in development', () => {
    const tried = readPackageSettings(
      { ...given, DOMAIN: 'x.devtunnels.ms' },
      '1.2.3',
      'development',
    );
    expect(tried).toMatchObject({ kind: 'read', values: { DOMAIN: 'x.devtunnels.ms' } });
  });
});

describe('the manifest', () => {
  it('is filled in, whatever a value holds', () => {
    const filled = fillManifest('{"name":"{{A}}","path":"https://{{B}}/"}', {
      A: 'A "Royal"\n\\ {{B}} $& Force',
      B: 'b.uk',
    });
    expect(JSON.parse(filled)).toEqual({
      name: 'A "Royal"\n\\ {{B}} $& Force',
      path: 'https://b.uk/',
    });
  });

  it('is not made where a placeholder has no value', () => {
    expect(() => fillManifest('{{OTHER}}', {})).toThrow('{{OTHER}} has no value');
  });
});
