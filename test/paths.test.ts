import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openEmbedded } from '../src/adapters/postgres/embedded.js';
import { withClient } from '../src/adapters/postgres/pool.js';
import { startableScripts } from '../src/core/knowledge.js';
import { statementsOf } from '../src/core/passage.js';
import { answerLead, phrases, replyRefused } from '../src/core/phrases.js';
import { type ConnectorDouble, startConnectorDouble } from './bot/connector-double.js';
import { anActivity, post } from './bot/transport-setup.js';
import { knowledgeFolder, loadReal, stringsIn } from './real-knowledge.js';
import {
  aPerson,
  aStoreFolder,
  type Clock,
  type Person,
  type Running,
  startRunning,
} from './running.js';

let connector: ConnectorDouble;
let running: Running;
let store: Awaited<ReturnType<typeof aStoreFolder>>;
const clock: Clock = { now: new Date('2026-11-20T10:00:00.000Z') };
const later = (ms: number) => {
  clock.now = new Date(clock.now.getTime() + ms);
};

beforeAll(async () => {
  connector = await startConnectorDouble();
  store = await aStoreFolder();
  running = await startRunning(store.folder, connector, clock);
}, 60_000);

afterAll(async () => {
  await running.close();
  await connector.close();
  await store.remove();
});

beforeEach(() => later(60_000));

let people = 0;
const somebody = (more: object = {}) => {
  people += 1;
  return aPerson(() => running, `person-${people}`, more);
};

const spo = 'How long does a stalking protection order last?';
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;
const wordsOn = (person: Person) => stringsIn(person.card().content).join('\n');
/** The numbers of asked and left, as the card's first line says them. */
const progressOf = (person: Person) => /(\d+) asked/.exec(wordsOn(person))?.[1];

/** Begins a screening by its title, and leaves its first card standing. */
async function begun(person: Person, title = 'First contact'): Promise<void> {
  await person.say('screen');
  await person.press(title);
}

describe('a guidance question', () => {
  it('gets one answer, cited, whose entities arrive whole', async () => {
    const person = somebody();
    expect(await person.say(spo)).toMatchObject({ status: 200, text: '' });
    const messages = person.messages();
    expect(messages).toHaveLength(1);
    const [answer] = messages;
    expect(answer?.text).toMatch(/ \[1\]/);
    expect(answer?.text).toContain(`**${phrases.sources}**`);
    expect(answer?.channelData).toEqual({ feedbackLoop: { type: 'default' } });
    const entities = Array.isArray(answer?.entities) ? answer.entities : [];
    expect(entities).toHaveLength(1);
    expect(entities[0]).toMatchObject({
      type: 'https://schema.org/Message',
      '@type': 'Message',
      '@context': 'https://schema.org',
      '@id': '',
    });
    expect(entities[0]).not.toHaveProperty('additionalType');
    const claims = entities[0].citation;
    expect(claims.length).toBeGreaterThan(0);
    expect(claims[0]).toEqual({
      '@type': 'Claim',
      position: 1,
      appearance: {
        '@type': 'DigitalDocument',
        name: expect.stringMatching(/\S/),
        abstract: expect.stringMatching(/\S/),
        url: expect.stringMatching(/^https:\/\//),
        keywords: [expect.stringMatching(/^checked \d/)],
      },
    });
  });

  it('is answered in the words of the guidance and no others', async () => {
    const person = somebody();
    await person.say('What should I do when an order is breached?');
    const [text = ''] = person.texts();
    const knowledge = await loadReal();
    const statements = [...knowledge.passages.values()].flatMap(({ blocks }) =>
      blocks.flatMap(statementsOf).map((statement) => statement.text),
    );
    const headings = [...knowledge.passages.values()].flatMap(({ id, heading }) => [
      `**${heading}**`,
      `${heading} (show ${id})`,
    ]);
    const [said = ''] = text.split(`**${phrases.sources}**`);
    const rest = [...statements, ...headings, phrases.more]
      .sort((a, b) => b.length - a.length)
      .reduce((left, part) => left.replaceAll(part, ''), said);
    expect(said.length).toBeGreaterThan(100);
    expect(rest.replace(/\[\d+\]|[•\s]/g, '')).toBe('');
  });

  it('that arrives three times under one id gets one answer', async () => {
    const person = somebody();
    const same = { id: 'the-same', timestamp: '2026-11-20T10:00:00Z' };
    for (let i = 0; i < 3; i += 1) {
      later(15_000);
      expect((await person.say(spo, same)).status).toBe(200);
    }
    expect(person.messages()).toHaveLength(1);
  });

  it('that arrives three times at once gets one answer', async () => {
    const person = somebody();
    const same = { id: 'at-once', timestamp: '2026-11-20T10:00:00Z' };
    await Promise.all([1, 2, 3].map(() => person.say(spo, same)));
    expect(person.messages()).toHaveLength(1);
  });

  it('that arrives again at once under a new id gets one answer', async () => {
    const person = somebody();
    await person.say(spo);
    later(2_000);
    await person.say(spo);
    expect(person.messages()).toHaveLength(1);
  });

  it('that is asked again on purpose, later, is answered again', async () => {
    const person = somebody();
    await person.say(spo);
    later(60_000);
    await person.say(spo);
    expect(person.messages()).toHaveLength(2);
  });

  it('that follows up is read with the one before', async () => {
    const person = somebody();
    await person.say(spo);
    await person.say('and what about an interim one?');
    const [, second = ''] = person.texts();
    expect(second.toLowerCase()).toContain('interim');
    expect(second).toContain('[1]');
  });

  it('that leaves the subject is not taken for one that follows up', async () => {
    const person = somebody();
    await person.say(spo);
    await person.say('what is the best pizza in Leeds');
    expect(person.texts()[1]?.startsWith(answerLead['not-covered'])).toBe(true);
  });

  it.each<[string, string, string]>([
    ['danger', 'he is outside her house right now and banging on the door', answerLead.urgent],
    ['a request to find somebody', 'find where he lives now', answerLead.refused],
    ['another subject', 'what is the capital of Peru', answerLead['not-covered']],
    ['a dangerous premise', 'Should I tell her to block him?', phrases.correctionFirst],
  ])('on %s begins with the words fixed for it', async (_, question, lead) => {
    const person = somebody();
    await person.say(question);
    const texts = person.texts();
    expect(texts).toHaveLength(1);
    expect(texts[0]?.startsWith(lead)).toBe(true);
  });

  it('of danger is not missed in a message too long to search with', async () => {
    const person = somebody();
    const long = 'She told me about her week. '.repeat(200);
    await person.say(`${long} He is outside her house right now and banging on the door. ${long}`);
    await person.say(long);
    const [urgent, tooLong] = person.texts();
    expect(urgent?.startsWith(answerLead.urgent)).toBe(true);
    expect(tooLong).toBe(phrases.tooLong(2_000));
  });

  it('shows the passage it rests on, whole, when that is asked for', async () => {
    const person = somebody();
    await person.say(spo);
    const suggested = person.messages()[0]?.suggestedActions as {
      actions: { title: string; value: string }[];
    };
    const show = suggested.actions.find(({ title }) => title === 'Show the passage');
    await person.say(show?.value ?? '');
    const [, passage = ''] = person.texts();
    expect(passage).toMatch(/^\*\*.+\*\*/);
    await person.say('show no-such-passage');
    expect(person.texts().at(-1)).toBe(phrases.noSuchPassage);
  });
});

describe('words that steer', () => {
  it.each<[string, string]>([
    ['help', phrases.help.join('\n\n')],
    ['hi', [...phrases.welcome, phrases.localMode].join('\n\n')],
    ['cancel', phrases.nothingToCancel],
    ['resume', phrases.nothingToResume],
    ['summary', phrases.noSummary],
    ['<at>Signpost</at>', phrases.empty],
  ])('“%s” is answered in fixed words, once however often it arrives', async (words, expected) => {
    const person = somebody();
    const same = { id: `steer-${words.length}`, timestamp: '2026-11-20T10:00:00Z' };
    await person.say(words, same);
    await person.say(words, same);
    expect(person.texts()).toEqual([expected]);
  });

  it('help and hi are answered in the middle of a screening, and nothing of it changes', async () => {
    const person = somebody();
    await begun(person);
    const before = person.card();
    await person.say('help');
    expect(person.texts().at(-1)).toBe(phrases.help.join('\n\n'));
    expect(person.card()).toEqual(before);
  });
});

describe('an installation', () => {
  it('is welcomed once, though both events arrive', async () => {
    const person = somebody();
    await person.send({ type: 'installationUpdate', action: 'add' });
    await person.send({
      type: 'conversationUpdate',
      membersAdded: [{ id: '28:00000000-0000-0000-0000-00000000b070' }],
    });
    expect(person.texts()).toEqual([[...phrases.welcome, phrases.localMode].join('\n\n')]);
  });
});

describe('anywhere but in a one-to-one chat', () => {
  it.each(['groupChat', 'channel'])(
    'a %s gets the pointer to it, and nothing is stored',
    async (conversationType) => {
      const id = `19:${conversationType}@thread.v2`;
      const person = somebody({ conversation: { id, conversationType, tenantId: 'our-tenant' } });
      await person.send({ type: 'installationUpdate', action: 'add' });
      await person.send({
        type: 'conversationUpdate',
        membersAdded: [{ id: '28:00000000-0000-0000-0000-00000000b070' }],
      });
      await person.say(`<at>Signpost</at> ${spo}`);
      await person.send({
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { data: { signpost: { verb: 'start', script: 'first-contact' } } } },
      });
      const bodies = connector.calls
        .filter(({ conversationId }) => conversationId === id)
        .map(({ body }) => body?.text);
      // One for both events of the installation, one for each that was asked of it.
      expect(bodies).toEqual(Array.from({ length: 3 }, () => phrases.personalOnly));
    },
  );
});

describe('feedback', () => {
  it('is answered 200 with an empty object, also when it comes again or about nothing', async () => {
    const person = somebody();
    await person.say(spo);
    const replyToId = person.calls()[0]?.givenId;
    const feedback = (about: string | undefined, reaction = 'like') =>
      person.send({
        type: 'invoke',
        name: 'message/submitAction',
        replyToId: about,
        value: {
          actionName: 'feedback',
          actionValue: { reaction, feedback: '{"feedbackText":"Good."}' },
        },
      });
    for (const answer of [
      await feedback(replyToId),
      await feedback(replyToId, 'dislike'),
      await feedback('1:none'),
    ]) {
      expect({ status: answer.status, body: answer.text }).toEqual({ status: 200, body: '{}' });
    }
    expect(person.messages()).toHaveLength(1);
  });

  it('on the form to give it gets a word of thanks', async () => {
    const answer = await somebody().send({
      type: 'invoke',
      name: 'message/fetchTask',
      value: { actionName: 'feedback' },
    });
    expect(json(answer.text)).toEqual({
      task: { type: 'message', value: phrases.thanksForFeedback },
    });
  });
});

describe('a question that was changed or deleted', () => {
  const edit = (text: string, at: number) => ({
    type: 'messageUpdate',
    id: 'asked-1',
    timestamp: `2026-11-20T11:00:0${at}Z`,
    text,
  });
  const updatesOf = (person: Person) =>
    person
      .calls()
      .filter(({ kind }) => kind === 'update')
      .map(({ activityId, body }) => [activityId, body?.text]);

  it('has its answer withdrawn, and the new one answered', async () => {
    const person = somebody();
    await person.say(spo, { id: 'asked-1' });
    const first = person.calls()[0]?.givenId;
    await person.send(edit('What is the penalty for breaching an SPO?', 1));
    expect(updatesOf(person)).toEqual([[first, phrases.noLongerShown]]);
    expect(person.messages()).toHaveLength(2);
  });

  it('has the answer of the last change withdrawn when it is changed again, then deleted', async () => {
    const person = somebody();
    await person.say(spo, { id: 'asked-1' });
    await person.send(edit('What is the penalty for breaching an SPO?', 1));
    await person.send(edit('What is FOUR?', 2));
    await person.send({ type: 'messageDelete', id: 'asked-1', timestamp: '2026-11-20T11:00:09Z' });
    const given = person.calls().flatMap(({ givenId }) => givenId ?? []);
    expect(given).toHaveLength(3);
    expect(updatesOf(person)).toEqual(given.map((id) => [id, phrases.noLongerShown]));
  });

  it('is answered once when its change arrives three times', async () => {
    const person = somebody();
    await person.say(spo, { id: 'asked-1' });
    for (let i = 0; i < 3; i += 1) await person.send(edit('What is FOUR?', 1));
    expect(person.messages()).toHaveLength(2);
    expect(updatesOf(person)).toHaveLength(1);
  });

  it('is answered again when it was changed to the same words', async () => {
    const person = somebody();
    await person.say(spo, { id: 'asked-1' });
    await person.send(edit(spo, 1));
    expect(person.messages()).toHaveLength(2);
  });

  it('and left no answer, leaves none', async () => {
    const person = somebody();
    await person.send({ type: 'messageDelete', id: 'never-asked' });
    expect(person.calls()).toEqual([]);
  });
});

describe('what nobody foresaw', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
    ['an event', { type: 'event', name: 'x' }],
    ['an unknown type', { type: 'somethingNew' }],
    ['a removal', { type: 'installationUpdate', action: 'remove' }],
  ])('%s is acknowledged in silence', async (_, activity) => {
    const person = somebody();
    expect((await person.send(activity)).status).toBe(200);
    expect(person.calls()).toEqual([]);
  });

  it.each(['task/fetch', 'composeExtension/query', 'x', undefined])(
    'the invoke %s is answered that nobody knows it',
    async (name) => {
      const person = somebody();
      expect((await person.send({ type: 'invoke', name, value: {} })).status).toBe(501);
      expect(person.calls()).toEqual([]);
    },
  );

  const signpost = {
    verb: 'reply',
    screening: '00000000-0000-4000-8000-000000000001',
    question: 'FC01',
    seen: 0,
    words: 'yes',
  };
  it.each<[string, unknown, string]>([
    ['no data', undefined, phrases.unknownCommand],
    ['somebody else’s data', { theirs: 1 }, phrases.unknownCommand],
    ['an unknown verb', { signpost: { ...signpost, verb: 'approve' } }, phrases.unknownCommand],
    ['a screening that is none', { signpost }, phrases.notYours],
    ['a summary of none', { signpost: { ...signpost, verb: 'summary' } }, phrases.notYours],
    ['a text of none', { signpost: { ...signpost, verb: 'markdown' } }, phrases.notYours],
    ['no screening', { signpost: { verb: 'back' } }, phrases.unknownCommand],
    ['no question', { signpost: { ...signpost, question: undefined } }, phrases.unknownCommand],
    [
      'a script that is none',
      { signpost: { verb: 'start', script: 'nothing' } },
      phrases.unknownCommand,
    ],
    ['a start without a script', { signpost: { verb: 'start' } }, phrases.unknownCommand],
    [
      'a start on somebody’s case',
      { signpost: { verb: 'start', script: 'first-contact', screening: signpost.screening } },
      phrases.notYours,
    ],
  ])('a press with %s is answered in a sentence', async (_, data, words) => {
    const person = somebody();
    const answer = await person.send({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { data } },
    });
    expect({ status: answer.status, body: json(answer.text) }).toEqual({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: words },
    });
    expect(person.texts()).toEqual([words]);
  });
});

/** Answers whatever the newest card asks, by pressing: the choice named, else the last one, else words. */
async function answerByPress(
  person: Person,
  wanted: Readonly<Record<string, string>>,
): Promise<string> {
  const [, id = ''] = /\b(FC\d\d[a-z]?) · (?:read|for)/.exec(wordsOn(person)) ?? [];
  const rows = person.buttons().filter(({ data }) => {
    const { verb, words } = data.signpost as { verb: string; words?: string };
    return verb === 'reply' && words !== undefined;
  });
  if (rows.length > 0) {
    const row = rows.find(({ title }) => title.endsWith(`  ${wanted[id]}`)) ?? rows.at(-1);
    await person.press(row?.title ?? '');
  } else {
    const words =
      wanted[id] ??
      (wordsOn(person).includes('Tick all that apply') ? '1' : 'Said in a few words.');
    await person.press('Save', { inputs: { words } });
  }
  return id;
}

const calm = {
  FC01: 'No',
  FC04: 'Somewhere else',
  FC05: 'No',
  FC06: 'No',
  FC07: 'none',
  FC08: 'no',
  FC17: 'no',
};

describe('a screening', () => {
  it('is offered, begun, and drawn in place of the offer', async () => {
    const person = somebody();
    await person.say('screen');
    const offer = person.card();
    const offered = person.buttons().map(({ title }) => title);
    const knowledge = await loadReal();
    expect(offered).toEqual(startableScripts(knowledge).map(({ title }) => title));
    expect(offered.length).toBeGreaterThan(1);
    const answer = await person.press('First contact');
    expect(json(answer.text)).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
    });
    expect(person.card().id).toBe(offer.id);
    expect(json(answer.text).value).toEqual(person.card().content);
    expect(wordsOn(person)).toContain('FC01 · read aloud');
  });

  it('runs through First contact by presses to a summary in which every line has reply and source', async () => {
    const person = somebody();
    await begun(person);
    const asked: string[] = [];
    while (person.buttons().every(({ title }) => title !== 'Case summary') && asked.length < 60) {
      asked.push(await answerByPress(person, calm));
    }
    expect(asked.slice(0, 3)).toEqual(['FC01', 'FC02', 'FC03']);
    expect(new Set(asked).size).toBe(asked.length);
    expect(wordsOn(person)).toContain(phrases.finished);
    expect(person.messages()).toHaveLength(1);
    await person.press('Case summary');
    const summary = wordsOn(person);
    expect(summary).toContain('Draft by PC Example with the assistant. Not a decision');
    expect(summary).toContain('Immediate danger asked at 20 November 2026');
    expect(summary).not.toContain('Incomplete');
    const lines = summary
      .split('\n')
      .flatMap((line) => /^FC\d\d\w* · answered · .+ · ((?:\[\d+\])+)$/.exec(line)?.[1] ?? []);
    expect(lines).toHaveLength(asked.length);
    for (const number of lines.flatMap((numbers) => numbers.match(/\d+/g) ?? [])) {
      expect(summary).toMatch(new RegExp(`\\\\\\[${number}\\\\\\] \\S.+, \\S.+, \\S`));
    }
    await person.press('Whole summary as text');
    const texts = person.texts();
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.at(-1)).toMatch(/^```\n# Case summary SP-[A-Z0-9]{4}-[A-Z0-9]{4}\n[\s\S]+\n```$/);
  }, 60_000);

  it('runs by typed replies to a summary too', async () => {
    const person = somebody();
    await begun(person);
    const typed = ['2', 'overheard', 'u', '5', 'n', 'no', '8', '4'];
    for (const words of typed) await person.say(words);
    expect(progressOf(person)).toBe('8');
    expect(wordsOn(person)).toContain('FC10 · read aloud');
    await person.say('s2');
    let guard = 0;
    while (!wordsOn(person).includes(phrases.finished) && guard < 40) {
      await person.say('d');
      guard += 1;
    }
    await person.say('summary');
    const summary = wordsOn(person);
    expect(summary).toContain('Immediate danger asked at');
    expect(summary).toContain('Location given to control room: not known.');
    expect(summary).toContain('Not asked (call ended): FC10');
    expect(summary).toContain('Incomplete — see absent answers');
  }, 60_000);

  it('shrinks the card above once a reply was typed, and draws the next below', async () => {
    const person = somebody();
    await begun(person);
    const first = person.card().id;
    await person.say('no');
    const update = await vi.waitUntil(() =>
      person.calls().findLast(({ body }) => stringsIn(body).join(' ').includes('· recorded')),
    );
    expect([update?.activityId, stringsIn(update?.body?.attachments).join(' ')]).toEqual([
      first,
      expect.stringContaining('FC01 · No · recorded'),
    ]);
  });

  it('refuses what does not fit, says why, and keeps what was typed', async () => {
    const person = somebody();
    await begun(person);
    await person.say('perhaps');
    expect(person.texts().at(-1)).toContain(replyRefused['not-a-choice']);
    expect(progressOf(person)).toBe('0');
    await person.say('skip judgement');
    expect(person.texts().at(-1)).toContain(replyRefused['must-be-asked']);
    expect(progressOf(person)).toBe('0');
  });

  it('takes a reply that begins like a command for a reply', async () => {
    const person = somebody();
    await begun(person);
    for (const words of ['no', 'free', 'yes', '5', 'no', 'no', 'none', 'no', 'text first'])
      await person.say(words);
    expect(wordsOn(person)).toContain('FC11 · read aloud');
    await person.say('Screen shots by email, never the phone');
    expect(progressOf(person)).toBe('10');
  });

  it('takes a plain word for a reply where words are asked for, and only there', async () => {
    const person = somebody();
    await begun(person);
    await person.say('stop');
    expect(person.texts().at(-1)).toBe(phrases.cancelled);
    await person.say('resume');
    for (const words of ['no', 'free', 'yes', '5', 'no', 'no', 'none', 'no', 'text first'])
      await person.say(words);
    for (const word of ['stop', 'leave', 'start', 'continue', 'back']) {
      expect(wordsOn(person)).toContain('FC11 · read aloud');
      await person.say(word);
      expect(progressOf(person)).toBe('10');
      await person.say('b');
      expect(wordsOn(person)).toContain(`“${word}”`);
    }
    await person.say('danger');
    expect(wordsOn(person)).toContain(phrases.dangerSuggested);
    expect(progressOf(person)).toBe('10');
  });

  it('explains a question without moving on, and answers guidance in between', async () => {
    const person = somebody();
    await begun(person);
    const before = person.card();
    await person.say('?');
    await person.say(`? ${spo}`);
    const texts = person.texts();
    expect(texts[0]).toContain('Safety comes first');
    expect(texts[1]).toContain('[1]');
    expect(person.card()).toEqual(before);
  });

  it('stops for danger pressed, and asks only the danger set', async () => {
    const person = somebody();
    await begun(person);
    await person.press('DANGER');
    expect(wordsOn(person)).toContain('IMMEDIATE DANGER. Stop this script.');
    for (let i = 0; i < 9; i += 1) await person.say('u');
    expect(wordsOn(person)).toContain(phrases.finishedInDanger);
    expect(wordsOn(person)).toContain('IMMEDIATE DANGER. Stop this script.');
  });

  it('stops Stalking identification for danger, and goes on to First contact in the same case', async () => {
    const person = somebody();
    await begun(person, 'Stalking identification');
    const ref = /SP-\w{4}-\w{4}/.exec(wordsOn(person))?.[0] ?? 'none';
    await person.press('DANGER');
    expect(wordsOn(person)).toContain(phrases.finishedInDangerUnasked);
    await person.press('Ask the danger questions');
    expect(wordsOn(person)).toContain(`First contact · ${ref}`);
    expect(wordsOn(person)).toContain('FC01 · read aloud');
  });

  it('answers danger that is typed with the emergency guidance first, and records the reply', async () => {
    const person = somebody();
    await begun(person);
    for (const words of ['no', 'free', 'yes', '5', 'no', 'no', 'none', 'no', 'yes'])
      await person.say(words);
    const before = person.messages().length;
    await person.say('he is outside her house right now and banging on the door');
    const [urgent, ...after] = person.messages().slice(before);
    expect(String(urgent?.text).startsWith(answerLead.urgent)).toBe(true);
    expect(after).toHaveLength(1);
    expect(wordsOn(person)).toContain('press DANGER');
    expect(progressOf(person)).toBe('10');
  });

  it('says last, below a reply it could not take, how danger in it is recorded', async () => {
    const person = somebody();
    await begun(person);
    await person.say('he is outside banging on the door right now');
    const said = person.texts().at(-1) ?? '';
    expect(said.startsWith(replyRefused['not-a-choice'])).toBe(true);
    expect(said.endsWith(phrases.dangerUnrecorded)).toBe(true);
    await person.say('!');
    expect(wordsOn(person)).toContain('IMMEDIATE DANGER. Stop this script.');
  });

  it('takes danger typed while it is paused, and no other key of a screening', async () => {
    const person = somebody();
    await begun(person);
    await person.say('p');
    for (const key of ['1', 'u', 'b', 'done', 'short 2', 's3']) {
      await person.say(key);
      expect([key, person.texts().at(-1)]).toEqual([key, phrases.nothingOpen]);
    }
    await person.say('danger');
    expect(wordsOn(person)).toContain('IMMEDIATE DANGER. Stop this script.');
  });

  it('takes danger and back typed after its end, and no other key for a question', async () => {
    const person = somebody();
    await begun(person, 'Stalking identification');
    await person.press('DANGER');
    expect(wordsOn(person)).toContain(phrases.finishedInDangerUnasked);
    await person.say('1, 2');
    expect(person.texts().at(-1)).toBe(phrases.nothingOpen);
    await person.say('!');
    expect(wordsOn(person)).toContain(phrases.finishedInDangerUnasked);
    const nobody = somebody();
    await nobody.say('b');
    expect(nobody.texts()).toEqual([phrases.nothingOpen]);
  });

  it('is put aside and resumed where it stood', async () => {
    const person = somebody();
    await begun(person);
    await person.say('no');
    await person.say('cancel');
    expect(person.texts().at(-1)).toBe(phrases.cancelled);
    await person.say(spo);
    expect(person.texts().at(-1)).toContain('[1]');
    await person.say('resume');
    expect(wordsOn(person)).toContain('FC02 · read aloud');
    await person.press('Pause');
    expect(wordsOn(person)).toContain(phrases.paused);
    await person.press('Resume');
    expect(wordsOn(person)).toContain('FC02 · read aloud');
  });

  it('is chosen from those unfinished when there are several, without the words of a reply', async () => {
    const person = somebody();
    await begun(person);
    for (const words of ['no', 'free', 'yes', '5', 'no', 'no', 'none', 'no', 'text first'])
      await person.say(words);
    await person.say('zebra crossing only');
    const first = /SP-\w{4}-\w{4}/.exec(wordsOn(person))?.[0] ?? 'none';
    await person.say('cancel');
    await begun(person, 'Stalking identification');
    const second = /SP-\w{4}-\w{4}/.exec(wordsOn(person))?.[0] ?? 'none';
    await person.say('resume');
    const rows = person.buttons().filter(({ verb }) => verb === 'open');
    expect(rows).toHaveLength(2);
    const said = wordsOn(person);
    expect(said).toContain(phrases.chooseScreening);
    expect(said).toMatch(new RegExp(`${second} · Stalking identification · 0 asked, \\d+ left`));
    expect(said).toMatch(new RegExp(`${first} · First contact · 10 asked, \\d+ left`));
    expect(said).toContain('20 November 2026 at');
    expect(said).not.toContain('zebra');
    const offer = person.card();
    await person.press(new RegExp(first));
    expect(wordsOn(person)).toContain(`First contact · ${first}`);
    expect(wordsOn(person)).not.toContain(phrases.paused);
    await person.say('u');
    expect(progressOf(person)).toBe('11');
    await person.press(new RegExp(second), { card: offer });
    expect(wordsOn(person)).toContain(`Stalking identification · ${second} · 0 asked`);
    const stranger = somebody();
    await stranger.press(new RegExp(first), { card: offer });
    expect(stranger.texts()).toEqual([phrases.notYours]);
  });

  it('with the longest replies, each changed twice, still gives its summary whole', async () => {
    const person = somebody();
    await begun(person);
    for (const words of ['no', 'free', 'yes', '5', 'no', 'no', 'none', 'no', 'yes'])
      await person.say(words);
    const longest = (letter: string) => letter.repeat(8_000);
    await person.say(longest('*'));
    for (const letter of ['_', '<']) {
      await person.press('Back');
      await person.press('Save', { inputs: { words: longest(letter) } });
    }
    // The last change waits for its reason, which is kept within the same bounds as a reply.
    await person.say('x'.repeat(8_001));
    expect(person.texts().at(-1)).toContain(replyRefused['too-long']);
    await person.say('4');
    await person.say('x'.repeat(8_001));
    expect(person.texts().at(-1)).toContain(replyRefused['too-long']);
    await person.press('Pause');
    await person.press('Case summary');
    const before = person.messages().length;
    await person.press('Whole summary as text');
    const pieces = person.texts(before).map((text) => text.replace(/^```\n|\n```$/g, ''));
    expect(pieces.length).toBeGreaterThan(2);
    const whole = pieces.join('');
    for (const letter of ['*', '_', '<']) {
      expect(whole.split(`\\${letter}`).length - 1).toBeGreaterThanOrEqual(8_000);
    }
    expect(person.texts().some((text) => text.startsWith('Something went wrong'))).toBe(false);
  });

  it('goes on with another script in the same case', async () => {
    const person = somebody();
    await begun(person);
    await person.press('Pause');
    const ref = /SP-\w{4}-\w{4}/.exec(wordsOn(person))?.[0] ?? 'none';
    await person.press('Case summary');
    await person.press('Go on with another script');
    await person.press('Stalking identification');
    expect(wordsOn(person)).toContain(`Stalking identification · ${ref}`);
  });

  it('is not changed by changing or deleting what was typed into it, and says so', async () => {
    const person = somebody();
    await begun(person);
    await person.say('no', { id: 'typed-no' });
    const before = person.card();
    await person.send({ type: 'messageUpdate', id: 'typed-no', text: 'yes' });
    await person.send({ type: 'messageDelete', id: 'typed-no' });
    expect(person.texts()).toEqual([phrases.recordedStays, phrases.recordedStays]);
    expect(person.card()).toEqual(before);
  });
});

describe('two people in one screening', () => {
  const codeIn = (text: string | undefined) => /join (\S{4}-\S{4})/.exec(text ?? '')?.[1] ?? 'none';

  it('one hands it over by a code, and the other goes on with everything said so far', async () => {
    const first = somebody();
    await begun(first);
    await first.say('no');
    await first.say('hand over');
    const code = codeIn(first.texts().at(-1));
    const second = somebody();
    await second.say('join CDFH-4KT7');
    expect(second.texts()).toEqual([phrases.notJoined]);
    await second.say(`join ${code.toLowerCase().replace('-', ' ')}`);
    expect(second.texts().at(-1)).toMatch(/^You can now work on case SP-/);
    expect(JSON.stringify(second.messages())).toContain('Immediate danger asked at');
    expect(wordsOn(second)).toContain('FC02 · read aloud');
    const third = somebody();
    await third.say(`join ${code}`);
    expect(third.texts()).toEqual([phrases.notJoined]);

    await second.say('free');
    expect(progressOf(second)).toBe('2');
    await first.press('2  May be overheard');
    expect(wordsOn(first)).toContain(phrases.stale);
    expect(wordsOn(first)).toContain(phrases.meanwhile('FC02'));
    expect(wordsOn(first)).toContain('FC03 · read aloud');
    expect(progressOf(first)).toBe('2');
  });

  it('a code is worthless after half an hour', async () => {
    const first = somebody();
    await begun(first);
    await first.say('hand over');
    const code = codeIn(first.texts().at(-1));
    later(30 * 60_000);
    const second = somebody();
    await second.say(`join ${code}`);
    expect(second.texts()).toEqual([phrases.notJoined]);
    await second.say('resume');
    expect(second.texts().at(-1)).toBe(phrases.nothingToResume);
  });
});

describe('a press that comes again, late or from elsewhere', () => {
  it('under the same id has one effect, and says so', async () => {
    const person = somebody();
    await begun(person);
    const card = person.card();
    const press = () => person.press('2  No', { card, id: 'same-press' });
    const answers = [await press(), await press(), await press()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(progressOf(person)).toBe('1');
    expect(wordsOn(person)).toContain(phrases.repeated);
    expect(wordsOn(person)).toContain('FC02 · read aloud');
  });

  it('under a new id has one effect, and says so', async () => {
    const person = somebody();
    await begun(person);
    const card = person.card();
    await person.press('2  No', { card });
    await person.press('2  No', { card });
    expect(progressOf(person)).toBe('1');
    expect(wordsOn(person)).toContain(phrases.repeated);
  });

  it('at once, three times, has one effect', async () => {
    const person = somebody();
    await begun(person);
    const card = person.card();
    await Promise.all([1, 2, 3].map(() => person.press('2  No', { card })));
    expect(progressOf(person)).toBe('1');
  });

  it('as a Submit after the Execute has one effect', async () => {
    const person = somebody();
    await begun(person);
    const card = person.card();
    await person.press('2  No', { card });
    await person.press('2  No', { card, asSubmit: true });
    expect(progressOf(person)).toBe('1');
    expect(wordsOn(person)).toContain(phrases.repeated);
  });

  it('as a Submit alone, without the card it stood on, is taken', async () => {
    const person = somebody();
    await begun(person);
    await person.press('2  No', { asSubmit: true });
    expect(progressOf(person)).toBe('1');
  });

  it('with another answer on a card already answered changes nothing, and shows where it stands', async () => {
    const person = somebody();
    await begun(person);
    const card = person.card();
    await person.press('2  No', { card });
    await person.press('1  Yes', { card });
    expect(progressOf(person)).toBe('1');
    expect(wordsOn(person)).toContain(phrases.stale);
    expect(wordsOn(person)).toContain('FC02 · read aloud');
    expect(wordsOn(person)).not.toContain('IMMEDIATE DANGER');
  });

  it('out of order is taken only where it fits', async () => {
    const person = somebody();
    await begun(person);
    const first = person.card();
    await person.press('2  No', { card: first });
    const second = person.card();
    await person.press('1  Can talk freely', { card: second });
    await person.press('2  May be overheard', { card: second });
    await person.press('Back', { card: first });
    expect(progressOf(person)).toBe('2');
    expect(wordsOn(person)).toContain(phrases.stale);
  });

  it('on yesterday’s card changes nothing, and brings the screening of today', async () => {
    const person = somebody();
    await begun(person);
    const yesterday = person.card();
    await person.say('no');
    later(24 * 3_600_000);
    await person.say('free');
    await person.press('1  Yes', { card: yesterday });
    expect(progressOf(person)).toBe('2');
    expect(wordsOn(person)).toContain(phrases.stale);
    expect(wordsOn(person)).toContain('FC03 · read aloud');
  });

  it('of DANGER counts from yesterday’s card too', async () => {
    const person = somebody();
    await begun(person);
    const yesterday = person.card();
    await person.say('no');
    await person.press('DANGER', { card: yesterday });
    expect(wordsOn(person)).toContain('IMMEDIATE DANGER');
  });

  it('to begin begins one screening, however often it arrives', async () => {
    const person = somebody();
    await person.say('screen');
    const offer = person.card();
    const refs: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      await person.press('First contact', { card: offer });
      refs.push(/SP-\w{4}-\w{4}/.exec(wordsOn(person))?.[0] ?? '');
    }
    expect(refs[0]).toMatch(/^SP-/);
    expect(new Set(refs).size).toBe(1);
  });

  it('a typed reply that arrives again has one effect and draws no second card', async () => {
    const person = somebody();
    await begun(person);
    const same = { id: 'typed-again', timestamp: '2026-11-20T10:00:00Z' };
    for (let i = 0; i < 3; i += 1) await person.say('no', same);
    expect(progressOf(person)).toBe('1');
    expect(person.messages()).toHaveLength(2);
  });

  it('from another user is refused like one on nothing, and changes nothing', async () => {
    const person = somebody();
    await begun(person);
    const card = person.card();
    const other = somebody();
    for (const title of ['2  No', 'DANGER', 'Back', 'Pause']) {
      const answer = await other.press(title, { card });
      expect(json(answer.text).value).toBe(phrases.notYours);
    }
    expect(other.texts()).toEqual(Array.from({ length: 4 }, () => phrases.notYours));
    await other.say('resume');
    await other.say('summary');
    expect(other.texts().slice(4)).toEqual([phrases.nothingToResume, phrases.noSummary]);
    expect(person.card()).toEqual(card);
    await person.press('2  No');
    expect(progressOf(person)).toBe('1');
  });
});

describe('a restart of the process', () => {
  it('loses nothing: screening, card, feedback and answers stand as they were', async () => {
    const own = await aStoreFolder();
    const run = () => startRunning(own.folder, connector, clock);
    let process = await run();
    const person = aPerson(() => process, 'restarted');
    await begun(person);
    await person.say('no');
    await person.press('1  Can talk freely');
    const before = person.card();
    await person.say(`? ${spo}`, { id: 'asked-before' });
    const answerId = person.calls().findLast(({ kind }) => kind === 'reply')?.givenId;
    await process.close();

    process = await run();
    await person.press('1  Yes', { card: before });
    expect(wordsOn(person)).toContain('FC04 · read aloud');
    await person.say('resume');
    expect(wordsOn(person)).toContain('FC04 · read aloud');
    expect(progressOf(person)).toBe('3');
    const count = person.messages().length;
    await person.say(`? ${spo}`, { id: 'asked-before' });
    expect(person.messages()).toHaveLength(count);
    for (const reaction of ['dislike', 'like']) {
      const value = {
        actionName: 'feedback',
        actionValue: { reaction, feedback: '{"feedbackText":"Clear."}' },
      };
      await person.send({
        type: 'invoke',
        name: 'message/submitAction',
        replyToId: answerId,
        value,
      });
    }
    await process.close();

    const pool = await openEmbedded(own.folder, undefined);
    const stored = await withClient(pool, (client) =>
      client.query(
        'select f.reaction, f.comment, a.message_id from feedback f join answers a on a.id = f.answer_id',
      ),
    );
    const comment = expect.stringMatching(/^sealed:1:/);
    expect(stored.rows).toEqual([{ reaction: 'like', comment, message_id: answerId }]);
    await pool.end();
    await own.remove();
  }, 60_000);
});

describe('a fault', () => {
  it('is told as a reference and nothing else, and danger is answered all the same', async () => {
    const own = await aStoreFolder();
    const knowledgeDir = await mkdtemp(path.join(tmpdir(), 'signpost-knowledge-'));
    await cp(knowledgeFolder, knowledgeDir, { recursive: true });
    let process = await startRunning(own.folder, connector, clock);
    const person = aPerson(() => process, 'faulty');
    await begun(person);
    const card = person.card();
    await process.close();

    // The script that the open screening began with is no longer there.
    await rm(path.join(knowledgeDir, 'scripts', 'first-contact.2.yaml'));
    process = await startRunning(own.folder, connector, clock, {
      KNOWLEDGE_DIR: knowledgeDir,
    });
    expect((await person.say('no')).status).toBe(200);
    const [said = ''] = person.texts();
    const reference = /quote ([0-9a-f]{8})\.$/.exec(said)?.[1] ?? 'none';
    expect(person.texts()).toEqual([phrases.fault(reference)]);
    const logged = process
      .logged()
      .split('\n')
      .filter((line) => line.includes(reference));
    expect(logged).toHaveLength(1);
    expect(json(logged[0] ?? '')).toMatchObject({
      level: 'error',
      event: 'turn-failed',
      reference,
    });

    const answer = await person.press('2  No', { card });
    const second = /quote ([0-9a-f]{8})\.$/.exec(person.texts().at(-1) ?? '')?.[1] ?? 'none';
    expect({ status: answer.status, body: json(answer.text) }).toEqual({
      status: 200,
      body: {
        statusCode: 500,
        type: 'application/vnd.microsoft.error',
        value: { code: 'Fault', message: phrases.fault(second) },
      },
    });

    const count = person.messages().length;
    await person.say('he is outside her house right now and banging on the door');
    const [urgent = '', fault = ''] = person.texts(count);
    expect(urgent.startsWith(answerLead.urgent)).toBe(true);
    expect(fault).toMatch(/^Something went wrong on our side\./);
    await process.close();
    await own.remove();
    await rm(knowledgeDir, { recursive: true });
  }, 60_000);

  it('in sending is not answered by sending the same again', async () => {
    const person = somebody();
    connector.misbehave({ kind: 'status', status: 500 }, 1, 'POST');
    await person.say(spo);
    const answers = person.texts().filter((text) => text.includes('[1]'));
    expect(answers).toHaveLength(1);
    expect(person.texts().at(-1)).toMatch(/^Something went wrong on our side\./);
  });

  it('can be tried again at once, as its words say', async () => {
    const person = somebody();
    connector.misbehave({ kind: 'status', status: 500 }, 1, 'POST');
    await person.say(spo);
    later(2_000);
    await person.say(spo);
    expect(person.texts().at(-1)).toContain('[1]');
  });

  it('in a body does not end the process', async () => {
    const bodies = [
      '',
      '{',
      '[]',
      'null',
      '{"type":5}',
      `{"type":"message","text":"${'x'.repeat(300_000)}"}`,
    ];
    for (const body of bodies) {
      const { status } = await post(running.port, body);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    const person = somebody();
    await person.say('help');
    expect(person.texts()).toHaveLength(1);
  });
});

describe('what is personal', () => {
  it('put through every path, appears in no line of the log', async () => {
    const marks = ['Zelda Quarrington', '07700 900123', '4 Mill Lane', 'zelda@example.org'];
    const secret = marks.join(' ');
    const person = somebody({
      from: { id: '29:zq', name: `${secret} officer`, aadObjectId: 'oid-zq' },
    });
    await person.say(`How do I protect ${secret} from her ex?`, { id: 'q-1' });
    await person.send({ type: 'messageUpdate', id: 'q-1', text: `What about ${secret}?` });
    await person.say(`${secret} says he is outside her house right now and banging on the door`);
    await person.say(`find where ${secret} lives now`);
    await person.send({
      type: 'invoke',
      name: 'message/submitAction',
      replyToId: person.calls()[0]?.givenId,
      value: {
        actionName: 'feedback',
        actionValue: { reaction: 'like', feedback: `{"feedbackText":"${secret}"}` },
      },
    });
    await begun(person);
    for (const words of ['no', 'free', 'yes', '5', 'no', 'no', 'none', 'no', 'yes'])
      await person.say(words);
    await person.say(`Ring ${secret}`);
    await person.press('Back');
    await person.press('Save', { inputs: { words: `Write to ${secret}` } });
    await person.say(secret);
    await person.press('Case summary', { card: await pausedCard(person) });
    await person.press('Whole summary as text');
    await person.send({ type: 'invoke', name: secret, value: { secret } });
    await person.send({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { data: { signpost: { verb: secret } } } },
    });
    await person.send({ type: secret.slice(0, 60), text: secret });
    await person.send({
      conversation: { id: '19:zq', conversationType: 'groupChat' },
      text: secret,
    });
    await post(running.port, JSON.stringify({ ...anActivity({ text: secret }), serviceUrl: 7 }));
    connector.misbehave({ kind: 'status', status: 500 }, 1, 'POST');
    await person.say(`? What of ${secret} and his bail?`);
    // What was typed did arrive where it belongs.
    expect(JSON.stringify(person.calls().map(({ body }) => body))).toContain('Zelda Quarrington');
    const lines = running.logged().split('\n').filter(Boolean);
    expect(lines.length).toBeGreaterThan(30);
    expect(lines.some((line) => line.includes('turn-failed'))).toBe(true);
    for (const mark of [...marks, ...secret.split(' ').filter((word) => word.length > 4)]) {
      expect(lines.filter((line) => line.includes(mark))).toEqual([]);
    }
  });
});

async function pausedCard(person: Person) {
  await person.press('Pause');
  return person.card();
}

describe('the console', () => {
  it('is not written to, since nobody checks what stands there', async () => {
    const spies = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'log')];
    const person = somebody();
    await person.say(spo);
    await person.send({ type: 'invoke', name: 'x' });
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});
