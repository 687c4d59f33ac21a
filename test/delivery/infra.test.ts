import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** Bicep's own linter cannot be had here; this holds the templates to the program they are for. */
const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const modules = readdirSync(path.join(root, 'infra/modules')).map(
  (file) => `infra/modules/${file}`,
);
const templates = ['infra/main.bicep', ...modules];
const all = templates.map(read).join('\n');
const app = read('infra/modules/app.bicep');
const settings = readdirSync(path.join(root, 'src'))
  .filter((file) => /^config.*\.ts$/.test(file))
  .map((file) => read(`src/${file}`))
  .join('\n');

describe('the templates for Azure', () => {
  it('set only what the program reads', () => {
    const named = [...app.matchAll(/(?:name|setting): '([A-Z][A-Z_]+)'/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(7);
    // Read by the library that asks for tokens of the platform.
    const ours = named.filter((name) => name !== 'AZURE_CLIENT_ID');
    expect(ours.filter((name) => !new RegExp(`\\b${name}: `).test(settings))).toEqual([]);
  });

  it('give every module what it asks for, and nothing else', () => {
    const main = read('infra/main.bicep');
    const used = [...main.matchAll(/module \w+ '(modules\/\w+\.bicep)'[^{]*\{\n([\s\S]*?)\n\}\n/g)];
    expect(used.map(([, file]) => `infra/${file}`).sort()).toEqual([...modules].sort());
    for (const [, file, body = ''] of used) {
      const declared = [...read(`infra/${file}`).matchAll(/^param (\w+) \w+( =)?/gm)];
      const needed = declared.filter(([, , fallback]) => !fallback).map(([, name]) => name);
      const params = body.slice(body.indexOf('params:')).replace(/^params: \{/, '');
      const given = [...params.matchAll(/(?:^|[\s,{])(\w+): /g)].map(([, name]) => name);
      expect([file, [...given].sort()]).toEqual([file, [...needed].sort()]);
    }
  });

  it('read only outputs that there are', () => {
    const main = read('infra/main.bicep');
    for (const [whole, name, output] of main.matchAll(/(\w+)!?\.outputs\.(\w+)/g))
      expect([
        whole,
        read(`infra/modules/${name}.bicep`).includes(`output ${output} string`),
      ]).toEqual([whole, true]);
  });

  it('let the platform ask the addresses that answer, on the port that listens', () => {
    const image = read('Dockerfile');
    const probed = [...app.matchAll(/path: '([^']+)', port: (\d+)/g)];
    expect(probed.map(([, address]) => address)).toEqual(['/healthz', '/healthz', '/readyz']);
    const http = read('bot/http.ts');
    for (const [, address, port] of probed) {
      expect(http).toContain(`app.get('${address}'`);
      expect(image).toContain(`PORT=${port}`);
    }
    expect(app).toContain('targetPort: 3978');
  });

  it('keep the store apart: no public way in, TLS, a standby, points in time, nothing purged', () => {
    const database = read('infra/modules/database.bicep');
    const vault = read('infra/modules/vault.bicep');
    for (const wanted of [
      "publicNetworkAccess: 'Disabled'",
      "name: 'require_secure_transport', value: 'on'",
      "mode: 'ZoneRedundant'",
      'backupRetentionDays: 35',
      "level: 'CanNotDelete'",
    ])
      expect(database).toContain(wanted);
    for (const wanted of [
      'enablePurgeProtection: true',
      'enableRbacAuthorization: true',
      "publicNetworkAccess: 'Disabled'",
    ])
      expect(vault).toContain(wanted);
    expect(read('infra/main.bicep')).toMatch(/@minValue\(2\)\nparam minReplicas int = 2/);
  });

  it('hold no secret, and put out none', () => {
    expect(all).not.toMatch(/password\s*[:=]\s*'/i);
    expect(
      [...all.matchAll(/^output .*$/gm)].filter(([line]) => /password|key\(|secret/i.test(line)),
    ).toEqual([]);
    const secure = /@secure\(\)\nparam (\w+)/g;
    expect([...all.matchAll(secure)].map(([, name]) => name)).toEqual([
      'databaseAdminPassword',
      'adminPassword',
    ]);
  });
});
