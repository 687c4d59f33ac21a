import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = path.join(import.meta.dirname, '../..');
const compose = parse(readFileSync(path.join(root, 'compose.yaml'), 'utf8'));
const services: readonly (readonly [string, Record<string, unknown>])[] = Object.entries(
  compose.services,
);

describe('compose.yaml', () => {
  it('runs the bot, the database, and what migrates', () => {
    expect(services.map(([name]) => name)).toEqual(['bot', 'migrate', 'database']);
  });

  it.each(services)(
    'gives %s no root, no rights, no disk of its own, and an end to what it takes',
    (_, service) => {
      expect(service).toMatchObject({
        user: expect.stringMatching(/^(?:node|postgres)$/),
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        mem_limit: expect.any(String),
        pids_limit: expect.any(Number),
      });
      expect(service).not.toHaveProperty('privileged');
      for (const mount of service.tmpfs as readonly string[])
        expect(mount).toMatch(/noexec,nosuid,nodev$/);
    },
  );

  it('opens the bot to this machine alone, and the database to the bot alone', () => {
    const { bot, migrate, database } = compose.services;
    expect(bot.ports).toEqual(['127.0.0.1:3978:3978']);
    expect([migrate.ports, migrate.networks]).toEqual([undefined, ['inside']]);
    expect(database.ports).toBeUndefined();
    expect(database.networks).toEqual(['inside']);
    expect(compose.networks.inside).toEqual({ internal: true });
  });

  it('holds no secret: each is a file', () => {
    expect(Object.values(compose.secrets)).toEqual([
      { file: './secrets/signpost.env' },
      { file: './secrets/migrate.env' },
      { file: './secrets/postgres-password' },
    ]);
    expect(compose.services.bot.secrets).toEqual(['signpost.env']);
    expect(compose.services.bot.environment).toBeUndefined();
    expect(compose.services.bot.command).toContain('--env-file=/run/secrets/signpost.env');
    expect(Object.keys(compose.services.database.environment)).toEqual([
      'POSTGRES_DB',
      'POSTGRES_PASSWORD_FILE',
      'POSTGRES_INITDB_ARGS',
    ]);
  });

  it('mounts scripts that are there, and starts the bot once the database answers', () => {
    const mounted = (compose.services.database.volumes as readonly string[])
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((source) => source.startsWith('./src/'));
    expect(mounted).toHaveLength(1);
    for (const file of mounted) expect(existsSync(path.join(root, file))).toBe(true);
    expect(compose.services.bot.depends_on).toEqual({
      database: { condition: 'service_healthy' },
      migrate: { condition: 'service_completed_successfully' },
    });
  });

  it('migrates with a login that the bot does not have, from the same image, once', () => {
    const { bot, migrate } = compose.services;
    expect(migrate).toMatchObject({
      image: bot.image,
      command: [
        ...['node', '--env-file=/run/secrets/signpost.env', '--env-file=/run/secrets/migrate.env'],
        ...['dist/src/commands/store.js', 'migrate'],
      ],
      secrets: ['signpost.env', 'migrate.env'],
      restart: 'no',
      depends_on: { database: { condition: 'service_healthy' } },
    });
  });

  it('lets the database log no refused statement and no row', () => {
    expect(compose.services.database.command).toEqual([
      ...['postgres', '-c', 'log_error_verbosity=terse', '-c', 'log_min_error_statement=panic'],
    ]);
  });
});

describe('its secrets', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'signpost-secrets-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const make = (name: string) =>
    execFileSync('bash', [path.join(root, 'infra/make-secrets.sh'), path.join(folder, name)], {
      stdio: 'pipe',
    });

  it('are made where others cannot look, the same password on both sides', () => {
    make('one');
    const made = path.join(folder, 'one');
    expect(statSync(made).mode & 0o777).toBe(0o700);
    expect(readdirSync(made).sort()).toEqual([
      ...['logins.sql', 'migrate.env', 'postgres-password', 'signpost.env'],
    ]);
    const logins = readFileSync(path.join(made, 'logins.sql'), 'utf8');
    const settings = readFileSync(path.join(made, 'signpost.env'), 'utf8');
    const owners = readFileSync(path.join(made, 'migrate.env'), 'utf8');
    expect(settings).not.toContain('signpost_migrate');
    const given = [...logins.matchAll(/create role (\w+) login password '([0-9a-f]{64})'/g)];
    const used = [
      ...(owners + settings).matchAll(/^\w*DATABASE_URL=postgresql:\/\/(\w+):([0-9a-f]{64})@/gm),
    ];
    const pairs = (found: readonly RegExpMatchArray[]) => found.map(([, who, word]) => [who, word]);
    expect(settings).toContain('\nKEY_FILE=/data/master-keys\n');
    expect(compose.services.bot.volumes).toEqual(['keys:/data']);
    expect(pairs(used)).toEqual(pairs(given));
    expect(new Set(pairs(given).flat()).size).toBe(6);
  });

  it('are never made twice, since a database knows the first', () => {
    make('two');
    const before = readFileSync(path.join(folder, 'two', 'signpost.env'), 'utf8');
    expect(() => make('two')).toThrow('left as it is');
    expect(readFileSync(path.join(folder, 'two', 'signpost.env'), 'utf8')).toBe(before);
  });
});
