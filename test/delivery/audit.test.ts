import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const script = path.join(import.meta.dirname, '../../.ci/audit');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'signpost-audit-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the audit where `npm` says this and ends so. */
function audit(said: string, code: number, ...words: readonly string[]) {
  const npm = path.join(folder, 'npm');
  writeFileSync(npm, `#!/bin/sh\ncat << 'END'\n${said}\nEND\nexit ${code}\n`);
  chmodSync(npm, 0o755);
  const env = { PATH: `${folder}:${process.env.PATH}` };
  const { status, stdout } = spawnSync('bash', [script, ...words], { env, encoding: 'utf8' });
  return { status, said: stdout.split('\n')[0] };
}

const report = (vulnerabilities: object, total: number) =>
  JSON.stringify({ vulnerabilities, metadata: { vulnerabilities: { total } } });

describe('the audit of packages', () => {
  it('passes where nothing grave is known', () => {
    const low = { x: { name: 'x', severity: 'moderate', range: '<1' } };
    expect(audit(report(low, 1), 0)).toEqual({
      status: 0,
      said: 'Audited: 1 known faults in production packages, 0 of them high or critical.',
    });
  });

  it.each(['high', 'critical'])('fails where one is %s', (severity) => {
    const grave = { x: { name: 'x', severity, range: '<2.0.1' } };
    expect(audit(report(grave, 1), 1)).toEqual({ status: 1, said: `${severity}: x <2.0.1` });
  });

  it.each([
    ['refuses', JSON.stringify({ message: '405 Method Not Allowed', error: { summary: '' } })],
    ['is silent', ''],
    ['says something else', '<html>'],
  ])('does not pass for one where the registry %s, and stops a release', (_, said) => {
    const expected = expect.stringMatching(/^NOT AUDITED: the registry could not be asked/);
    expect(audit(said, 1)).toEqual({ status: 0, said: expected });
    expect(audit(said, 1, '--release')).toEqual({ status: 1, said: expected });
  });
});
