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

  it('give the login that owns the tables to the step that migrates, and to nothing else', () => {
    const [before = '', steps = '', bot = ''] = app.split(/initContainers: |\n {6}containers: /);
    const ofOwner = /var ownerSettings = \[\n(.*)\n\]/.exec(before)?.[1];
    expect(ofOwner).toContain("setting: 'MIGRATE_DATABASE_URL'");
    expect(all.match(/MIGRATE_DATABASE_URL/g)).toHaveLength(1);
    expect(steps).toContain("command: ['node', 'dist/src/commands/store.js', 'migrate']");
    expect(steps).toContain('map(concat(secretSettings, ownerSettings), one =>');
    // The same force and keys as the server: rows that are there belong to the force that migrates.
    for (const ours of ['image: image', 'plainSettings,', 'moreSettings'])
      expect([steps.includes(ours), bot.includes(ours)]).toEqual([true, true]);
    expect(bot).toContain('map(secretSettings, one =>');
    expect(bot).not.toContain('ownerSettings');
    expect(read('src/commands/store.ts')).toContain('\n  migrate: async () => {');
  });

  it('let no container read the vault’s secrets: whoever may is the platform’s alone', () => {
    expect(app).toContain("{ identity: readerId, lifecycle: 'None' }");
    const asReader = [...app.matchAll(/^ +identity: (\w+)$/gm)].map(([, who]) => who);
    expect(asReader).toEqual(['readerId']);
    expect(app).toContain('server: registry.properties.loginServer, identity: readerId }');
    const vault = read('infra/modules/vault.bicep');
    const given = [
      ...vault.matchAll(
        /'Microsoft.Authorization\/roleDefinitions', (\w+)\)\n +principalId: (.+)/g,
      ),
    ].map(([, role, who]) => [role, who]);
    expect(given).toEqual([
      ['secretsUser', 'reader.properties.principalId'],
      ['keyWrapper', 'identity.properties.principalId'],
      ['administrator', 'administratorsGroupId'],
    ]);
  });

  it('give a stopping instance the time to be noticed, and to end its turns', () => {
    const [, notice] = /'STOP_NOTICE_MS', value: '(\d+)'/.exec(app) ?? [];
    const [, grace] = /terminationGracePeriodSeconds: (\d+)/.exec(app) ?? [];
    const [, period, , failures] =
      /type: 'Readiness'[\s\S]*?periodSeconds: (\d+)\n.*timeoutSeconds: (\d+)\n.*failureThreshold: (\d+)/.exec(
        app,
      ) ?? [];
    const [, close] = /closeMs: (\d+)_000,/.exec(read('bot/http.ts')) ?? [];
    expect(Number(notice)).toBeGreaterThanOrEqual(Number(period) * Number(failures) * 1_000);
    expect(Number(grace)).toBeGreaterThan(Number(notice) / 1_000 + Number(close));
  });

  it('let the database log no statement, which may hold a password, and no row', () => {
    const database = read('infra/modules/database.bicep');
    const settings = [...database.matchAll(/name: '(log_\w+)', value: '(\w+)'/g)];
    expect(Object.fromEntries(settings.map(([, name, value]) => [name, value]))).toEqual({
      log_connections: 'on',
      log_statement: 'none',
      log_min_error_statement: 'panic',
      log_error_verbosity: 'terse',
      log_parameter_max_length_on_error: '0',
    });
  });

  it('are not undone by the guide: no password stands in a statement', () => {
    const pages = ['docs/administrator.md', 'docs/runbook.md', 'docs/keys.md'].map(read).join('\n');
    const made = [...pages.matchAll(/create role \w+ login[^"\n]*/g)].map(([made]) => made);
    expect(made.length).toBeGreaterThan(2);
    expect(made.filter((one) => /password/i.test(one))).toEqual([]);
    expect(pages).not.toMatch(/alter (?:role|user) \w+ (?:with )?password/i);
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
