import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type AuditKind,
  auditKinds,
  eventKinds,
  loggedOperations,
  readKinds,
} from '../../src/core/audit-kinds.js';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const filesIn = (folder: string, ending: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => read(path.join(folder, name)));

/** How the code names the kind of an entry: each pattern's last group. */
const writes = [
  // `what: 'x'`, and `what: isRefused ? 'x' : 'y'`, beside a detail or a case
  /\bwhat: '([a-z-]+)',?\s*(?=caseId|case_id|detail)/g,
  /\bwhat: \w+ \? '([a-z-]+)'/g,
  /\bwhat: \w+ \? '[a-z-]+' : '([a-z-]+)'/g,
  // `record(user, 'x'`, `noted(by, 'x'`, `note(client, 'x'`
  /\b(?:record|noted|note)\((?:user|by|client), '([a-z-]+)'/g,
  /\bwhat: '([a-z-]+)', caseId/g,
  // `end(review, share, ended, 'x')`
  /\bend\(review, share, ended, (?:\w+ \? '[a-z-]+' : )?'([a-z-]+)'/g,
  /\bend\(review, share, ended, \w+ \? '([a-z-]+)'/g,
];

function written(): readonly string[] {
  const texts = [
    ...filesIn('src/flows', '.ts'),
    ...filesIn('src/adapters/postgres', '.ts'),
    ...filesIn('bot', '.ts'),
  ];
  const found = texts.flatMap((text) =>
    writes.flatMap((pattern) => [...text.matchAll(pattern)].map(([, kind]) => kind)),
  );
  return [...new Set(found.filter((kind) => kind !== undefined))].sort();
}

/** Kinds that the store itself writes, in functions of its migrations. */
function writtenInSql(): readonly string[] {
  const sql = filesIn('src/adapters/postgres/migrations', '.sql').join('\n');
  const inserts = [...sql.matchAll(/insert into audit \([^)]*\)\s*values \(([\s\S]*?)\);/g)];
  return inserts.flatMap(([, values = '']) =>
    [...values.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, kind = '']) => kind),
  );
}

/** The kinds listed in a check of the store. */
const listed = (sql: string, before: string) => {
  const [, list = ''] = new RegExp(`${before} in \\(([^)]*)\\)`).exec(sql) ?? [];
  return [...list.matchAll(/'([a-z-]+)'/g)].map(([, kind = '']) => kind).sort();
};

describe('the log that section 62 asks for', () => {
  const reviewActs = listed(
    read('src/adapters/postgres/migrations/0005_reviews.sql'),
    `act ->> 'kind'`,
  );

  it('has an entry in the table for every kind that is written, and for no other', () => {
    const inCode = written();
    expect(inCode.length).toBeGreaterThan(20);
    expect([...new Set(writtenInSql())]).toEqual([
      ...['summary-read', 'case-erased-again', 'case-erased', 'audit-pruned'],
    ]);
    expect(reviewActs.length).toBe(7);
    const all = new Set([...inCode, ...writtenInSql(), ...reviewActs]);
    expect([...all].sort()).toEqual(Object.keys(auditKinds).sort());
  });

  it('knows every act of a screening and every read of a case', () => {
    const acts = listed(
      read('src/adapters/postgres/migrations/0011_keys_and_forces.sql'),
      `act ->> 'kind'`,
    );
    expect(Object.keys(eventKinds).sort()).toEqual(acts);
    expect(Object.keys(readKinds).sort()).toEqual(
      listed(read('src/adapters/postgres/migrations/0004_cases.sql'), 'what'),
    );
  });

  it('covers each of the six operations', () => {
    const covered = [
      ...Object.values(auditKinds).map(({ operation }) => operation),
      ...Object.values(eventKinds),
    ];
    expect(loggedOperations.filter((operation) => !covered.includes(operation))).toEqual([]);
  });

  it('says why of every consultation and disclosure', () => {
    const all: readonly (readonly [string, AuditKind])[] = [
      ...Object.entries(auditKinds),
      ...Object.entries(readKinds),
    ];
    const asked = all.filter(([, { operation }]) =>
      ['consultation', 'disclosure'].includes(operation),
    );
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter(([, { why }]) => why === undefined)).toEqual([]);
  });
});
