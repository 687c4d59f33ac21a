import { describe, expect, it } from 'vitest';
import { type Expected, readClaims } from '../../src/core/token-claims.js';

/** What a well-signed token must say; each forgery over HTTP stands in `test/bot/tab/forged.test.ts`. */

const expected: Expected = {
  issuer: 'https://login.example/tenant-1/v2.0',
  tenantId: 'tenant-1',
  clients: ['teams-web', 'teams-desktop'],
};
const claims = {
  ...{ iat: 1_000, nbf: 1_000, exp: 4_600, aud: 'tab-1', ver: '2.0', tid: 'tenant-1' },
  ...{ oid: '00000000-0000-4000-8000-00000000000D', azp: 'teams-web' },
  ...{ scp: 'openid access_as_user', name: 'Aisha Khan', roles: ['Signpost.Supervisor', 'Other'] },
};
const read = (more: object = {}) => readClaims({ ...claims, ...more }, expected);
const aisha = {
  id: '00000000-0000-4000-8000-00000000000d',
  name: 'Aisha Khan',
  isGuest: false,
  roles: ['supervisor'],
};

describe('the claims of a token', () => {
  it('name a person by the id in small letters, with the roles that are ours', () => {
    expect(read()).toEqual({ kind: 'read', person: aisha });
  });

  it.each<[string, object, object]>([
    ['no name', { name: undefined }, { name: undefined }],
    ['an empty name', { name: '  ' }, { name: undefined }],
    ['a name without end', { name: 'x'.repeat(999) }, { name: 'x'.repeat(200) }],
    ['no roles', { roles: undefined }, { roles: [] }],
    ['a role twice', { roles: ['Signpost.Curator', 'Signpost.Curator'] }, { roles: ['curator'] }],
    ['that they are a member', { acct: 0 }, { isGuest: false }],
    ['that they are a guest', { acct: 1 }, { isGuest: true }],
    ['that they are a guest, in letters', { acct: '1' }, { isGuest: true }],
    [
      'this directory as where they signed in',
      { idp: 'https://sts.windows.net/tenant-1/' },
      { isGuest: false },
    ],
    ['another place where they signed in', { idp: 'mail' }, { isGuest: true }],
    ['a user’s token by name', { idtyp: 'user' }, {}],
    ['both clients alike', { appid: 'teams-web' }, {}],
    ['two hours', { exp: 1_000 + 7_200 }, {}],
  ])('may hold %s', (_, more, changed) => {
    expect(read(more)).toEqual({ kind: 'read', person: { ...aisha, ...changed } });
  });

  it.each<[string, object, string]>([
    ['two hours and a second', { exp: 1_000 + 7_201 }, 'lives-too-long'],
    ['a beginning long before its issue', { nbf: 1_000 - 7_200 }, 'lives-too-long'],
    ['an end before its beginning', { exp: 900 }, 'no-lifetime'],
    ['roles that are no list', { roles: 'Signpost.Supervisor' }, 'malformed'],
    ['roles without end', { roles: Array(101).fill('x') }, 'malformed'],
    ['several audiences', { aud: ['tab-1', 'x'] }, 'wrong-audience'],
    ['a device’s token', { idtyp: 'device' }, 'app-only'],
  ])('may not hold %s', (_, more, why) => {
    expect(read(more)).toEqual({ kind: 'refused', why });
  });

  it.each([undefined, null, 'claims', [], 7])('may not be %j', (given) => {
    expect(readClaims(given, expected).kind).toBe('refused');
  });
});
