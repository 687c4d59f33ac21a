import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { incomingActivitySchema } from '../bot/teams/activity.js';
import { parseToken, refuseClaims } from '../bot/teams/check-token.js';
import { readActivity } from '../bot/teams/read-activity.js';
import { makeReadToken } from '../src/adapters/entra-token.js';
import { readImportedFile } from '../src/adapters/imports/read-file.js';
import { readCsv } from '../src/adapters/read-csv.js';
import { readDate } from '../src/adapters/read-date.js';
import { longestImport, readImport } from '../src/core/timeline-imports.js';
import { readClaims } from '../src/core/token-claims.js';
import { aDocx, aPdf } from './adapters/imports/files.js';
import { anActivity, post, startTransport, type Transport } from './bot/transport-setup.js';
import { loadReal, realScript } from './real-knowledge.js';
import { runThroughout } from './running.js';

/** What comes from outside, made up by chance: nothing of it throws, nothing malformed is taken for a fault of ours. */

const clock = { now: new Date('2026-11-20T10:00:00.000Z') };
const text = fc.string({ unit: 'binary', maxLength: 300 });
const anything = fc.anything({ maxDepth: 4, maxKeys: 6 });
const json = fc.jsonValue({ maxDepth: 5 });

/** An activity with some of its fields replaced by anything JSON holds. */
const bent = fc
  .dictionary(
    fc.constantFrom(
      ...['type', 'id', 'name', 'text', 'value', 'replyToId', 'action', 'timestamp', 'locale'],
      ...['channelId', 'from', 'recipient', 'conversation', 'channelData', 'membersAdded'],
    ),
    json,
    { maxKeys: 4 },
  )
  .map((parts) => anActivity(parts));

describe('bodies at the messages endpoint', () => {
  let transport: Transport;
  beforeAll(async () => {
    transport = await startTransport({ auth: 'anonymous' });
  });
  afterAll(() => transport.stop());

  const statusOf = async (body: string | Buffer) => (await post(transport.port, body)).status;

  it('that are JSON of any kind get 400, or 200 for an activity', async () => {
    const { serviceUrl } = transport.connector;
    await fc.assert(
      fc.asyncProperty(fc.oneof(json, bent), async (value) => {
        const body = typeof value === 'object' && value ? { serviceUrl, ...value } : value;
        const isActivity = incomingActivitySchema.safeParse(body).success;
        const type = (body as { readonly type?: unknown } | null)?.type;
        const taken = type === 'invoke' ? 501 : 200;
        expect(await statusOf(JSON.stringify(body))).toBe(isActivity ? taken : 400);
      }),
      { numRuns: 300 },
    );
  });

  it('that are bytes of any kind get 400', async () => {
    const bytes = fc.uint8Array({ maxLength: 2_000 }).filter((given) => given[0] !== 0x7b);
    await fc.assert(
      fc.asyncProperty(bytes, async (given) => {
        expect(await statusOf(Buffer.from(given))).toBe(400);
      }),
      { numRuns: 200 },
    );
  });

  it('that are an activity cut short anywhere get 400', async () => {
    const whole = JSON.stringify({ serviceUrl: transport.connector.serviceUrl, ...anActivity() });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (at) => {
        expect(await statusOf(whole.slice(0, at))).toBe(400);
      }),
      { numRuns: 100 },
    );
  });
});

describe('activities', () => {
  it('of any content are read without a throw, and no word of theirs is longer than is taken', () => {
    const press = fc.record(
      { signpost: fc.dictionary(text, anything), words: text, why: anything, reason: text },
      { requiredKeys: [] },
    );
    const value = fc.oneof(anything, press, fc.record({ action: fc.record({ data: press }) }));
    const name = fc.constantFrom(
      'adaptiveCard/action',
      'message/submitAction',
      'suggestedActions/submit',
      'x',
    );
    fc.assert(
      fc.property(fc.constantFrom('message', 'invoke'), name, value, (type, invoke, given) => {
        const activity = incomingActivitySchema.parse({
          serviceUrl: 'https://teams.example/',
          ...anActivity({ type, name: invoke, value: given, text: undefined }),
        });
        const incoming = readActivity(activity);
        if (incoming.kind === 'press')
          expect((incoming.press.words ?? '').length).toBeLessThanOrEqual(20_000);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('presses and words of any kind, sent to the whole program', () => {
  const running = runThroughout(clock);
  let questions: readonly string[] = [];
  beforeAll(async () => {
    questions = realScript(await loadReal(), 'first-contact').questions.map(({ id }) => id);
  });
  /** A screening of the person who then presses at random. */
  const begin = async () => {
    const { port, connector } = running();
    const data = { signpost: { verb: 'start', script: 'first-contact', instance: 'fuzz' } };
    const parts = { type: 'invoke', name: 'adaptiveCard/action', text: undefined };
    const activity = anActivity({ ...parts, value: { action: { data } } });
    const body = JSON.stringify({ serviceUrl: connector.serviceUrl, ...activity });
    return /"screening":"([0-9a-f-]{36})"/.exec((await post(port, body)).text)?.[1] ?? '';
  };

  it('are answered with 200 and leave it running', async () => {
    const verb = fc.constantFrom(
      'reply',
      'pause',
      'start',
      'danger',
      'edit',
      'open',
      'record',
      'check-wording',
      'summary',
      'strike',
    );
    const screening = await begin();
    const id = fc.oneof(fc.constant(screening), fc.uuid(), text);
    const question = fc.oneof(fc.constantFrom(...questions), text);
    // A body that names a prototype is answered with 400 before anything reads it, see http.test.ts.
    const fieldName = text.filter(
      (key) => !['__proto__', 'constructor', 'prototype'].includes(key),
    );
    const data = fc.record(
      {
        ...{ verb, screening: id, question, seen: fc.integer({ min: -1, max: 40 }), words: text },
        ...{ script: fc.oneof(fc.constant('first-contact'), text), instance: text, why: text },
        ...{ number: fc.integer(), fields: fc.dictionary(fieldName, text), reason: text },
      },
      { requiredKeys: ['verb'] },
    );
    const press = data.map((signpost) => ({
      ...{ type: 'invoke', name: 'adaptiveCard/action', text: undefined },
      value: { action: { data: { signpost } } },
    }));
    const typed = fc
      .oneof(text, fc.constantFrom('screen', 'join ABCD-EFGH', 'resume', '\0', '1'))
      .map((words) => ({ text: words }));
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(press, typed), async (parts) => {
        count += 1;
        const { port, connector } = running();
        const activity = anActivity({ id: `fuzz-${count}`, ...parts });
        const body = JSON.stringify({ serviceUrl: connector.serviceUrl, ...activity });
        expect((await post(port, body)).status).toBe(200);
      }),
      { numRuns: 300 },
    );
    expect((await post(running().port, '', {}, '/readyz', 'GET')).status).toBe(200);
    // A stranger's words are never a fault of ours.
    expect(running().logged()).not.toContain('turn-failed');
  });
});

describe('tokens', () => {
  const part = fc.oneof(
    text,
    json.map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
    fc.base64String().map((value) => value.replaceAll(/[+/=]/g, '')),
  );
  const header = fc.oneof(
    text,
    fc.tuple(part, part, part).map((parts) => `Bearer ${parts.join('.')}`),
  );
  const claims = fc.dictionary(
    fc.constantFrom(
      'iss',
      'aud',
      'exp',
      'nbf',
      'iat',
      'tid',
      'oid',
      'scp',
      'azp',
      'ver',
      'roles',
      'name',
      'acct',
      'idp',
    ),
    json,
  );
  const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('for the bot, of any kind, are refused with a reason and no throw', () => {
    const expected = { issuer: 'i', audience: 'a', nowMs: clock.now.getTime() };
    const shaped = fc
      .tuple(json, claims, part)
      .map(([head, body, sign]) => `Bearer ${segment(head)}.${segment(body)}.${sign}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(header, shaped), { maxLength: 2 }), (values) => {
        const token = parseToken(values);
        expect(typeof token === 'string' ? token : refuseClaims(token, expected)).toEqual(
          expect.any(String),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('for the page, of any kind, are refused with a reason and no throw', async () => {
    const read = makeReadToken({
      ...{ issuer: 'https://login.example/t/v2.0', tenantId: 't', clients: ['c'], clientId: 'a' },
      ...{ keysUrl: 'http://127.0.0.1:1/keys', clock: () => clock.now, onFault: () => undefined },
    });
    await fc.assert(
      fc.asyncProperty(fc.array(header, { maxLength: 2 }), async (values) => {
        expect((await read(values)).kind).toMatch(/^(refused|unavailable)$/);
      }),
      { numRuns: 500 },
    );
  });

  it('with claims of any kind but the right ones make nobody known', () => {
    const expected = { issuer: 'i', tenantId: 't', clients: ['c'] };
    fc.assert(
      fc.property(claims, (given) => {
        expect(readClaims(given, expected).kind).toBe('refused');
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('files and texts to be imported', () => {
  let folder = '';
  let docx: Buffer;
  let pdf: Buffer;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'signpost-fuzz-'));
    const long = 'Officers should keep a record of each act, with its day and place.';
    docx = await aDocx(['# Recording', long]);
    pdf = await aPdf([['# Recording', long]]);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const read = async (name: string, bytes: Uint8Array) => {
    const file = path.join(folder, name);
    await writeFile(file, bytes);
    return readImportedFile(file);
  };
  /** A file with some bytes changed, or cut. */
  const damage = (whole: Buffer, places: readonly (readonly [number, number])[], keep: number) => {
    const bytes = Buffer.from(whole);
    for (const [at, byte] of places) bytes[Math.floor(at * (bytes.length - 1))] = byte;
    return bytes.subarray(0, Math.ceil(keep * bytes.length));
  };
  const fraction = fc.double({ min: 0, max: 1, noNaN: true });
  const places = fc.array(fc.tuple(fraction, fc.integer({ min: 0, max: 255 })), { maxLength: 30 });
  const keep = fc.oneof(fc.constant(1), fraction);

  it.each(['x.md', 'x.html', 'x.docx', 'x.pdf', 'x'])(
    '%s of any bytes is read or refused',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (bytes) => {
          expect((await read(name, bytes)).kind).toMatch(/^(read|refused)$/);
        }),
        { numRuns: 40 },
      );
    },
  );

  it.each(['docx', 'pdf'])('a %s that was damaged is read or refused', async (kind) => {
    const whole = kind === 'docx' ? docx : pdf;
    await fc.assert(
      fc.asyncProperty(places, keep, async (changed, kept) => {
        const outcome = await read(`x.${kind}`, damage(whole, changed, kept));
        expect(outcome.kind).toMatch(/^(read|refused)$/);
      }),
      { numRuns: 60 },
    );
  });

  it('a pasted timeline of any words gives rows of its own lines, no more than are taken', () => {
    const words = fc.oneof(
      text,
      fc.string({
        unit: fc.constantFrom('"', ',', ';', '\t', '\n', '\r', '1', '/', 'a', ' '),
        maxLength: 400,
      }),
    );
    fc.assert(
      fc.property(words, (pasted) => {
        const { rows } = readImport(pasted, '2026-11-20', readDate, readCsv);
        const lines = pasted.split(/\r\n?|\n/).length;
        expect(rows.length).toBeLessThanOrEqual(lines);
        for (const { line } of rows) expect(line).toBeLessThanOrEqual(longestImport);
      }),
      { numRuns: 500 },
    );
  });
});
