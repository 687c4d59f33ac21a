import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { phrases } from '../src/core/phrases.js';
import { type ReviewDetail, reviewDetailSchema } from '../src/core/review-detail.js';
import type { Question } from '../src/core/script.js';
import { anActivity } from './bot/transport-setup.js';
import { type Emitted, idOf, type Marked, people, startMarked, stem } from './marked-setup.js';
import { loadReal, stringsIn } from './real-knowledge.js';
import type { Person } from './running.js';

/**
 * Personal data does not leave. Every path a person's words can take is walked with words that are marked, and then
 * everything that left the program is searched for the marks: whatever is found names the path it came by. To add a
 * path, add a line to `paths`. Over 200 lines: the paths are one list.
 */

type Path = readonly [name: string, walk: (at: Marked, mark: string) => Promise<unknown>];

const json = { 'content-type': 'application/json' };
const parsed = (answer: { readonly text: string }) => JSON.parse(answer.text);
const later = (at: Marked) => {
  at.clock.now = new Date(at.clock.now.getTime() + 60_000);
};

/** The review of the one case there is, whatever its state. */
async function newest(at: Marked): Promise<ReviewDetail> {
  for (const state of ['waiting', 'returned', 'approved']) {
    const { rows } = parsed(await at.ask('supervisor', 'GET', `/reviews?state=${state}`));
    if (rows.length === 0) continue;
    const opened = await at.ask('supervisor', 'GET', `/reviews/${rows[0].id}`);
    return reviewDetailSchema.parse(parsed(opened));
  }
  throw new Error('there is no review');
}

async function act(at: Marked, kind: string, more: object = {}) {
  const { id, seen } = await newest(at);
  return at.ask('supervisor', 'POST', `/reviews/${id}/acts`, { seen, act: { kind, ...more } });
}

const { scripts } = await loadReal();
const questions = new Map<string, Question>(
  scripts.flatMap((script) => script.questions.map((question) => [question.id, question])),
);
const wordsOn = (person: Person) => stringsIn(person.card().content).join('\n');

/** Answers every question of a script, in every way its kind allows, with marked words where words are taken. */
async function answerAll(at: Marked, title: string, mark: string): Promise<void> {
  const person = at.inChat('officer');
  await person.say('screen');
  await person.press(title);
  const typed: Partial<Record<Question['type'], readonly string[]>> = {
    FT: [`He is Zelda ${mark}, 4 ${mark} Lane`],
    DT: ['last friday'],
    N: ['3'],
    MS: ['1', '2'],
    MC: ['1'],
    YN: ['no', 'yes'],
    YNU: ['no', 'u', 'yes'],
  };
  let steps = 0;
  for (; steps < 90 && !wordsOn(person).includes(phrases.finished); steps += 1) {
    const before = wordsOn(person);
    const id = /\b([A-Z]{2,3}\d\d[a-z]{0,2}\d?) · /.exec(before)?.[1] ?? '';
    const question = questions.get(id);
    const ways = question && typed[question.type];
    if (question?.type === 'CARD') await fill(person, question, mark);
    else if (ways) await person.say(ways[steps % ways.length] ?? 'd');
    // What is refused there is declined, or not known.
    for (const way of ['d', 'u', 'yes']) if (wordsOn(person) === before) await person.say(way);
  }
  expect([steps > 4, wordsOn(person).includes(phrases.finished)]).toEqual([true, true]);
}

async function fill(person: Person, { fields, holds }: Question, mark: string): Promise<void> {
  const words =
    holds === 'imports' ? `date,what\n2026-11-02,${mark} followed her` : `Zelda ${mark}`;
  const inputs = fields.map(({ id, type, choices }) => {
    const chosen = choices?.[0]?.value ?? 'no';
    const value = type === 'FT' ? words : type === 'DT' ? '2 November 2026' : chosen;
    return [`field-${id}`, value];
  });
  await person.press(/^Add/, { inputs: Object.fromEntries(inputs) });
  const end = person.buttons().find(({ title }) => title.startsWith('That is all'));
  if (end) await person.press(end.title);
}

const submitAction = (replyToId: unknown, reaction: string, words: string) => ({
  ...{ type: 'invoke', name: 'message/submitAction', replyToId },
  value: {
    actionName: 'feedback',
    actionValue: { reaction, feedback: JSON.stringify({ feedbackText: words }) },
  },
});

const paths: readonly Path[] = [
  [
    'a question',
    (at, mark) => at.inChat('nobody').say(`How long does an SPO for Zelda ${mark} last?`),
  ],
  [
    'a question that follows',
    (at, mark) => at.inChat('nobody').say(`And if Zelda ${mark} breaches it?`),
  ],
  [
    'a question of danger',
    (at, mark) => at.inChat('nobody').say(`He is outside Zelda ${mark}’s door with a knife`),
  ],
  [
    'a question without an answer',
    (at, mark) =>
      at.inChat('colleague').say(`Can Zelda ${mark} of 4 ${mark} Lane teach a parrot opera?`),
  ],
  [
    'feedback',
    async (at, mark) => {
      const person = at.inChat('colleague');
      await person.say('What is the penalty for breaching an SPO?');
      const { givenId } = person.calls().findLast(({ givenId: id }) => id) ?? {};
      await person.send(submitAction(givenId, 'dislike', `Wrong, ask Zelda ${mark}`));
    },
  ],
  [
    'a question that is changed, then deleted',
    async (at, mark) => {
      const person = at.inChat('colleague');
      await person.say(`How long does an SPO for Zelda ${mark} last?`, { id: 'edited' });
      const text = `What must Zelda ${mark} be told?`;
      await person.send({ type: 'messageUpdate', id: 'edited', timestamp: 'x', text });
      await person.send({ type: 'messageDelete', id: 'edited' });
    },
  ],
  [
    'the wording check',
    async (at, mark) => {
      await at.inChat('officer').say(`check my wording: Hi Zelda ${mark}, just block him.`);
      await at.inChat('officer').say('check my wording');
      await at
        .inChat('officer')
        .press(/Check/, { inputs: { words: `Zelda ${mark}, ignore him.` } });
    },
  ],
  [
    'a report that is read',
    async (at, mark) => {
      const report = `Zelda ${mark} rang. He followed Zelda ${mark} home twice and texted 07700 900123.`;
      await at.inChat('officer').say(`/read ${report}`);
      await at.inChat('officer').say('/read');
      await at.inChat('officer').press(/Read/, { inputs: { words: report } });
    },
  ],
  ['replies of every kind', (at, mark) => answerAll(at, 'Stalking identification', mark)],
  ['imports, records and dates', (at, mark) => answerAll(at, 'Incident timeline', mark)],
  ['promises', (at, mark) => answerAll(at, 'Closing', mark)],
  [
    'a reply changed, with its reason',
    async (at, mark) => {
      await at.inChat('officer').press('Back');
      await at.inChat('officer').say(`Zelda ${mark} said otherwise`);
      await at.inChat('officer').say(`Because Zelda ${mark} rang back`);
    },
  ],
  ['a summary', async (at) => at.inChat('officer').say('summary')],
  [
    'codes to hand over',
    async (at, mark) => {
      await at.inChat('officer').say('hand over');
      const code = /\b\w{4}-\w{4}\b/.exec(at.inChat('officer').texts().at(-1) ?? '')?.[0];
      await at.inChat('colleague').say(`join ${mark}`);
      await at.inChat('colleague').say(`join ${code}`);
      await at.inChat('nobody').say(`join ${code} ${mark}`);
    },
  ],
  [
    'a summary sent for review',
    async (at) => {
      await at.inChat('officer').say('summary');
      await at.inChat('officer').press('Whole summary as text');
      await at.inChat('officer').say('summary');
      await at.inChat('officer').press('Send to a supervisor');
      expect((await newest(at)).lines.length).toBeGreaterThan(3);
    },
  ],
  [
    'a line edited and checked',
    async (at, mark) => {
      const line = (await newest(at)).lines[0]?.key;
      const edited = { line, text: `Zelda ${mark} was asked.`, why: `Zelda ${mark} rang` };
      expect((await act(at, 'line-edited', edited)).status).toBe(200);
      expect((await act(at, 'line-checked', { line, isChecked: true })).status).toBe(200);
      await act(at, 'line-edited', { line, text: 'Just ignore him.', why: mark });
    },
  ],
  [
    'sharing with an advocate',
    async (at, mark) => {
      const address = `/reviews/${(await newest(at)).id}/shares`;
      const on = at.clock.now.toISOString().slice(0, 10);
      const limits = `Not to Zelda ${mark}`;
      const agreement = { on, way: 'in-person', parts: ['account'], limits };
      const shared = { answer: 'agreed', with: idOf('advocate'), agreement };
      expect((await at.ask('officer', 'POST', address, shared)).status).toBe(200);
      expect((await at.ask('officer', 'POST', address, shared)).status).toBe(409);
      await at.ask('advocate', 'GET', address.replace('/shares', ''));
      const { shares } = parsed(await at.ask('officer', 'GET', address));
      const ending = { why: 'other', note: `Zelda ${mark} asked for it` };
      const end = `${address}/${shares[0].id}/end`;
      expect((await at.ask('officer', 'POST', end, ending)).status).toBe(200);
      await at.ask('officer', 'POST', end, ending);
    },
  ],
  [
    'a promise that is kept',
    async (at, mark) => {
      const { commitments } = parsed(await at.ask('officer', 'GET', '/commitments'));
      expect(commitments.length).toBeGreaterThan(0);
      const address = `/commitments/${encodeURIComponent(commitments[0].key)}`;
      const closing = { done: true, note: `Rang Zelda ${mark}` };
      expect((await at.ask('officer', 'POST', address, closing)).status).toBe(200);
      await at.ask('officer', 'POST', address, closing);
    },
  ],
  [
    'a return with a note',
    async (at, mark) => {
      const note = `Ask Zelda ${mark} again`;
      const returned = { codes: ['other'], note, lines: [] };
      expect((await act(at, 'returned', returned)).status).toBe(200);
    },
  ],
  [
    'a summary sent again, approved and given out',
    async (at, mark) => {
      const { id } = await newest(at);
      await at.inChat('officer').say('resume');
      await at.ask('officer', 'POST', `/reviews/${id}/submit`, {
        note: `Zelda ${mark} says`,
        isSure: true,
      });
      await act(at, 'handed', { to: idOf('supervisor'), why: `Zelda ${mark} knows them` });
      let { seen } = await newest(at);
      const move = async (kind: string, more: object) => {
        const moved = { seen, act: { kind, ...more } };
        const answer = await at.ask('supervisor', 'POST', `/reviews/${id}/acts`, moved);
        expect(answer.status).toBe(200);
        seen = parsed(answer).detail.seen;
      };
      for (let point = 1; point <= 15; point += 1)
        await move('point-answered', { point, answer: 'no', reason: `Zelda ${mark} declined` });
      await move('approved', { note: `Well done, Zelda ${mark}` });
      for (const format of ['pdf', 'json', mark])
        await at.ask('supervisor', 'POST', `/reviews/${id}/export`, { format, purpose: 'Court' });
      for (const route of ['by-hand', mark])
        await at.ask('supervisor', 'POST', `/reviews/${id}/copy`, { format: 'pdf', route });
      await at.ask('supervisor', 'GET', `/reviews/${id}/history`);
    },
  ],
  [
    'the purpose of an export',
    async (at, mark) => {
      const address = `/reviews/${(await newest(at)).id}/export`;
      const given = { format: 'json', purpose: `For ${mark}` };
      expect((await at.ask('supervisor', 'POST', address, given)).status).toBe(200);
    },
  ],
  [
    'a search of the audit',
    async (at, mark) => {
      for (const query of [`what=${mark}`, `by=${mark}`, `from=${mark}`])
        await at.ask('administrator', 'GET', `/audit?${query}`);
    },
  ],
  [
    'curators’ tasks',
    async (at, mark) => {
      const { tasks } = parsed(await at.ask('curator', 'GET', '/tasks'));
      expect(tasks.length).toBeGreaterThan(0);
      await at.ask('curator', 'POST', `/tasks/${tasks[0].id}/again`, {});
      const closing = { as: 'done', note: `Told Zelda ${mark}` };
      await at.ask('curator', 'POST', `/tasks/${tasks[0].id}/close`, closing);
      await at.ask('curator', 'POST', `/tasks/${tasks[0].id}/close`, closing);
    },
  ],
  [
    'searches and addresses of the page',
    async (at, mark) => {
      for (const address of [
        ...[`/reviews/${mark}`, `/reviews?search=${mark}`, `/reviews?odd=${mark}`, `/${mark}`],
        ...[
          `/overview?weeks=${mark}`,
          `/tasks?kind=${mark}`,
          `/commitments?x=${mark}`,
          `/%zz${mark}`,
        ],
      ])
        await at.ask('supervisor', 'GET', address);
      await at.raw(`/${mark}`, '', {}, 'GET');
      await at.raw(`/tab/${mark}.js`, '', {}, 'GET');
      await at.raw('/healthz', '', { cookie: mark, referer: `https://x/${mark}` }, 'GET');
    },
  ],
  [
    'the page’s bad requests',
    async (at, mark) => {
      const address = `/reviews/${(await newest(at)).id}/acts`;
      for (const body of [
        ...[mark, { [mark]: mark }, { seen: 1, act: { kind: mark } }, { seen: mark }],
        { seen: 1, act: { kind: 'approved', note: 'x'.repeat(70_000) + mark } },
      ])
        expect((await at.ask('supervisor', 'POST', address, body)).status).toBeGreaterThan(399);
      await at.raw(`/tab/api${address}`, `{"${mark}`, { ...json, 'x-signpost-tab': '1' });
      await at.raw(`/tab/api${address}`, mark, { ...json, origin: `https://${mark}.example` });
    },
  ],
  [
    'the bot’s bad requests',
    async (at, mark) => {
      const good = at.running().headers?.() ?? {};
      const { serviceUrl } = at.connector;
      const activity = { ...anActivity({ text: mark }), serviceUrl };
      for (const body of [
        ...[mark, `{"${mark}"`, `"${mark}"`, JSON.stringify({ type: mark })],
        ...[JSON.stringify({ ...activity, channelData: { tenant: { id: mark } } })],
        ...[JSON.stringify({ ...activity, serviceUrl: `https://${mark}.example/` })],
        'x'.repeat(300_000) + mark,
      ])
        expect((await at.raw('/api/messages', body, good)).status).toBeGreaterThan(399);
      const person = at.inChat('nobody');
      await person.send({ type: mark });
      await person.send({ type: 'invoke', name: mark, value: { [mark]: mark } });
      await person.send({
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { data: mark } },
      });
      const data = { signpost: { verb: 'reply', words: mark, question: mark } };
      await person.send({
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { data } },
      });
      await person.say(`show ${mark}`);
      await person.say(`screen ${mark}`);
      await person.say(mark.repeat(500));
    },
  ],
  [
    'malformed and forged tokens',
    async (at, mark) => {
      const claims = { name: mark, oid: mark, tid: mark, iss: mark, preferred_username: mark };
      for (const token of [
        ...[
          mark,
          `${mark}.${mark}.${mark}`,
          at.identity.mint({ claims: { [mark]: mark, iss: mark } }),
        ],
        ...[at.identity.mint({ key: 'stranger', claims }), at.identity.mintForTab({ claims })],
        ...[
          at.identity.mintForTab({ key: 'stranger' }),
          at.identity.mintForTab({ header: { kid: mark } }),
        ],
      ]) {
        const headers = { authorization: `Bearer ${token}`, 'x-signpost-tab': '1' };
        const body = JSON.stringify({ ...anActivity({ text: mark }), serviceUrl: mark });
        expect((await at.raw('/api/messages', body, headers)).status).toBeGreaterThan(399);
        expect((await at.raw('/tab/api/reviews', '', headers, 'GET')).status).toBe(401);
      }
    },
  ],
  [
    'faults of the store',
    async (at, mark) => {
      const person = at.inChat('officer');
      await person.say('screen');
      await person.press('First contact');
      const detail = `Key (name)=(${mark}) already exists.`;
      for (const code of ['23505', '22P02', 'XX000']) {
        const error = Object.assign(new Error(code === 'XX000' ? 'broken' : mark), {
          ...{ code, detail, severity: 'ERROR', where: mark, table: 'people', constraint: 'c' },
        });
        const spy = vi.spyOn(pg.Client.prototype, 'query').mockRejectedValue(error as never);
        await person.say(`Zelda ${mark} said so`);
        await at.ask('supervisor', 'GET', '/reviews');
        spy.mockRestore();
        later(at);
      }
      expect(at.running().logged()).toContain('turn-failed');
    },
  ],
  [
    'faults of the connector and the directory',
    async (at, mark) => {
      const person = at.inChat('nobody');
      for (const how of [
        { kind: 'status', status: 403, code: 'Odd' },
        { kind: 'status', status: 500, code: 'Odd' },
        { kind: 'reset' },
      ] as const) {
        at.connector.misbehave(how, 1);
        await person.say(
          `Is Zelda ${mark} safe after ${how.kind} with a stalking protection order?`,
        );
        later(at);
      }
      at.graph.become('failing');
      await at.ask('curator', 'GET', '/tasks');
      at.graph.become('well');
    },
  ],
  [
    'the model’s switch',
    (at, mark) => at.inChat('administrator').say(`model off: Zelda ${mark} said`),
  ],
];

/** `Qxmarkaa`, `Qxmarkab` …: letters only, as a surname has. */
const markOf = (index: number) =>
  stem + String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26));

/** The stem in clear, whatever its capitals, and as Base64 has it at each of the three places it can begin. */
const base64 = [0, 1, 2].map((shift) => {
  const bytes = Buffer.from(' '.repeat(shift) + stem).toString('base64');
  return bytes.slice(shift === 0 ? 0 : shift + 1, Math.floor(((shift + stem.length) * 8) / 6));
});
const found = new RegExp(`${stem}[a-z]{0,14}|${base64.join('|')}`, 'gi');

/** Where marks are, and the paths they came by. */
function hits(emitted: readonly Emitted[]): readonly string[] {
  const byMark = new Map(paths.map(([name], index) => [markOf(index).toLowerCase(), name]));
  return emitted.flatMap(({ where, text }) => {
    const names = (text.match(found) ?? []).map((mark) => {
      const who = people.find((one) =>
        mark.toLowerCase().startsWith(`${stem}${one}`.toLowerCase()),
      );
      const path = byMark.get(mark.slice(0, stem.length + 2).toLowerCase());
      return who ? `the name of the ${who}` : (path ?? mark);
    });
    const place = where.startsWith('cluster/') ? 'the store' : where;
    return [...new Set(names)].map((name) => `${place}: ${name}`);
  });
}

/**
 * What stands in the store in clear and is told of in docs/keys.md: who sent a summary, by which the queue is filtered.
 * And what somebody wrote into the audit themselves: why a document was given out, and what was searched for.
 */
const inClear = [
  'the store: the name of the officer',
  'the store: the purpose of an export',
  'the store: a search of the audit',
];

describe('marked personal data', () => {
  let at: Marked;
  let emitted: readonly Emitted[] = [];
  beforeAll(async () => {
    at = await startMarked();
  }, 60_000);
  afterAll(() => at?.remove());

  it.each(paths.map(([name, walk], index) => ({ name, walk, mark: markOf(index) })))(
    'goes in by $name',
    async ({ walk, mark }) => {
      later(at);
      const before = at.answered();
      await walk(at, mark);
      expect(at.answered()).toBeGreaterThan(before);
    },
  );

  it('stands in the chat, where people put it, and in clear nowhere else', async () => {
    emitted = await at.finish();
    const chat = at.connector.calls.map(({ body }) => JSON.stringify(body)).join('\n');
    expect(hits([{ where: 'the chat', text: chat }]).length).toBeGreaterThan(3);
    expect([...new Set(hits(emitted))].toSorted()).toEqual(inClear.toSorted());
  });

  it('was looked for in everything that left the program', () => {
    const empty = emitted.filter(({ text }) => text === '').map(({ where }) => where);
    expect(empty).toEqual([]);
    const text = (where: string) => emitted.find((one) => one.where === where)?.text ?? '';
    expect(text('the log')).toContain('"event":"turn-failed"');
    expect(text('metrics')).toContain('signpost_model_milliseconds_count{outcome="replied"}');
    for (const name of ['turn', 'flow', 'store', 'send', 'model', 'request'])
      expect(text('traces')).toContain(`"name":"${name}"`);
    expect(text('messages that answer none')).toContain('was returned');
    const store = emitted.filter(({ where }) => where.startsWith('cluster/'));
    expect(store.some(({ where }) => where.startsWith('cluster/pg_wal/'))).toBe(true);
    expect(store.filter((file) => file.text.includes('sealed:1:')).length).toBeGreaterThan(3);
  });

  it.each([
    ['in clear', `x ${stem}aa y`],
    ['in small letters', `${stem}aa`.toLowerCase()],
    ['as Base64', Buffer.from(`x${stem}aa`).toString('base64')],
    ['as Base64, a letter on', Buffer.from(`xy${stem}aa`).toString('base64')],
    ['as Base64, two letters on', Buffer.from(`xyz${stem}aa`).toString('base64')],
  ])('would be found %s', (_, text) => {
    expect(hits([{ where: 'here', text }])).toHaveLength(1);
  });
});
