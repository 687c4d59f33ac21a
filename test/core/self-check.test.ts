import { describe, expect, it } from 'vitest';
import {
  type HeldState,
  installedBy,
  type SelfCheck,
  saySelfCheck,
} from '../../src/core/self-check.js';
import { catalogueIn, english } from '../../src/core/words.js';

const hash = '1a'.repeat(32);
const held: HeldState = {
  ...{ head: { seq: 17, hash }, isHeadRecorded: true, isModelOn: true, isAssistantOn: true },
};
const state = { newestMigration: '0014_switches', missing: 0, isNewer: false, held };
const sound: SelfCheck = {
  ...{ version: '0.1.0', mode: 'production', store: 'postgres', identity: 'managed-identity' },
  ...{ knowledge: { version: 'abc123', overdue: 0 }, state, model: 'on' },
};
const say = (check: SelfCheck) => saySelfCheck(check, english.selfCheck);
const { faults, notes } = english.selfCheck;

describe('a self-check', () => {
  it('names mode, identity, store, versions, switches, migration and the end of the audit', () => {
    expect(say(sound)).toEqual({
      lines: [
        'Version of Signpost: 0.1.0',
        'Mode: production',
        'Identity: Microsoft Entra, one tenant; the bot itself by a managed identity',
        'Store: PostgreSQL',
        'Version of the knowledge base: abc123',
        'Model: on',
        'Assistant: on',
        'Newest migration: 0014_switches',
        `Newest entry of the audit: 17:${hash}`,
      ],
      faults: [],
      notes: [],
    });
  });

  it.each<[string, Partial<SelfCheck>, readonly string[]]>([
    ['a store that cannot be read', { state: undefined }, [faults.storeNotRead]],
    [
      'a store without this version’s steps',
      { state: { newestMigration: undefined, missing: 14, isNewer: false, held: undefined } },
      [faults.migrationsMissing(14)],
    ],
    [
      'a store of a newer version',
      { state: { ...state, newestMigration: '0099_later', isNewer: true, held: undefined } },
      [faults.storeNewer],
    ],
    [
      'an audit that ends before its recorded end',
      { state: { ...state, held: { ...held, isHeadRecorded: false } } },
      [faults.auditCut],
    ],
    ['knowledge that cannot be loaded', { knowledge: undefined }, [faults.knowledgeUnusable]],
    [
      'two things at once',
      { knowledge: undefined, state: undefined },
      [faults.storeNotRead, faults.knowledgeUnusable],
    ],
  ])('finds %s', (_, given, expected) => {
    expect(say({ ...sound, ...given }).faults).toEqual(expected);
  });

  it('does not claim what it could not see', () => {
    const { lines } = say({ ...sound, state: undefined, model: 'unknown' });
    expect(lines.slice(-2)).toEqual([
      'Model: not known whether it is on',
      'Assistant: not known whether it is on',
    ]);
  });

  it('notes guidance past its review date and an assistant that is off, and finds no fault in them', () => {
    const isOff = { ...state, held: { ...held, isAssistantOn: false, head: undefined } };
    const said = say({ ...sound, knowledge: { version: 'abc', overdue: 3 }, state: isOff });
    expect([said.faults, said.notes]).toEqual([[], [notes.overdue(3), notes.off]]);
    expect(said.lines.slice(-3)).toEqual([
      'Assistant: off by its switch',
      'Newest migration: 0014_switches',
      'Newest entry of the audit: none yet',
    ]);
  });

  it('says as much in Welsh', () => {
    const worst = { ...sound, knowledge: undefined, state: undefined };
    for (const check of [sound, worst]) {
      const own = saySelfCheck(check, catalogueIn('cy').selfCheck);
      const { lines, faults: found } = say(check);
      expect([own.lines.length, own.faults.length]).toEqual([lines.length, found.length]);
      expect(own.lines.filter((line) => lines.includes(line))).toEqual([]);
    }
  });
});

describe('what is named of the settings', () => {
  it('is their kind, and no secret or address', () => {
    const store = { kind: 'postgres', url: 'postgresql://app:hunter2@db/x' } as const;
    const credential = { kind: 'secret', secret: 'hunter2' } as const;
    const auth = { kind: 'single-tenant', credential } as const;
    expect(installedBy({ auth, store }, '1.2.3')).toEqual({
      ...{ version: '1.2.3', mode: 'production', store: 'postgres', identity: 'secret' },
    });
    const local = { auth: { kind: 'anonymous' }, store: { kind: 'embedded' } } as const;
    expect(installedBy(local, '1.2.3')).toEqual({
      ...{ version: '1.2.3', mode: 'local', store: 'embedded', identity: 'nobody' },
    });
  });
});
