import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Block, parseMark, statementsOf, textOf } from '../src/core/passage.js';
import { replay } from '../src/core/replay.js';
import type { Value } from '../src/core/reply.js';
import { makeIsSafe } from '../src/core/safe-block.js';
import type { Act, Position } from '../src/core/screening.js';
import { type Question, type Script, scriptSchema } from '../src/core/script.js';
import { findWording } from '../src/core/wording.js';
import { aReply, choice, choices, eventsOf, questionId, questionOf } from './builders.js';
import { forbidden, officersField } from './forbidden-words.js';
import { loadReal } from './real-knowledge.js';

const folder = path.join(import.meta.dirname, '../knowledge/scripts');
const scripts = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => readScript(name));

function readScript(name: string): Script {
  const parsed = scriptSchema.safeParse(parse(readFileSync(path.join(folder, name), 'utf8')));
  if (!parsed.success) throw new Error(`reading ${name}: ${parsed.error.message}`);
  return parsed.data;
}

/** Drafts are read and walked like the others, but what only a finished script must hold is not asked of them. */
const released = scripts.filter(({ status }) => status === 'released');

const firstContact = readScript('first-contact.1.yaml');
const identification = readScript('identification.1.yaml');

/** A list with one record; `walked` gives the record before the reply. */
const aList: Value = { kind: 'listed', count: 1 };

/** Every reply a question can be given, as rules see it; a choice of several is tried one at a time. */
function repliesTo({ type, choices: offered }: Question): readonly Value[] {
  const absent: readonly Value[] = [
    { kind: 'not-known' },
    { kind: 'declined' },
    { kind: 'not-asked', reason: 'danger' },
  ];
  if (type === 'FT') return [{ kind: 'text', text: 'some words' }, ...absent];
  if (type === 'DT') return [{ kind: 'date', day: '2026-11-01', precision: 'exact' }, ...absent];
  if (type === 'N') return [{ kind: 'number', number: 2 }, ...absent];
  if (type === 'CARD') return [aList, { kind: 'listed', count: 0 }, ...absent];
  const one = ({ value }: { value: string }) => (type === 'MS' ? choices(value) : choice(value));
  return [...offered.map(one), ...absent];
}

type Said = Readonly<Record<string, Value>>;

/** Walks a script to its end, "not known" to everything that is not named. */
function walked(
  script: Script,
  said: Said,
): { readonly acts: readonly Act[]; readonly asked: readonly Question[] } {
  const acts: Act[] = [];
  const asked: Question[] = [];
  for (;;) {
    const { at } = replay(script, eventsOf(...acts));
    if (!at) return { acts, asked };
    if (asked.includes(at)) throw new Error(`walking ${script.name}: ${at.id} was asked twice`);
    asked.push(at);
    if (said[at.id] === aList) acts.push({ kind: 'record', question: at.id, fields: {} });
    acts.push(aReply(at.id, said[at.id] ?? { kind: 'not-known' }));
  }
}

/** Tries every reply to every question found so far, until no new question comes up. */
function everReached(script: Script): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting: Said[] = [{}];
  for (let said = waiting.shift(); said; said = waiting.shift()) {
    for (const question of walked(script, said).asked) {
      if (reached.has(question.id)) continue;
      reached.add(question.id);
      for (const value of repliesTo(question)) waiting.push({ ...said, [question.id]: value });
    }
  }
  return reached;
}

function positionAfter(script: Script, said: Readonly<Record<string, Value | string>>): Position {
  return replay(script, eventsOf(...Object.entries(said).map(([id, value]) => aReply(id, value))));
}

/** Messages of the newest reply, in order. */
function shown(script: Script, said: Readonly<Record<string, Value | string>>): readonly string[] {
  return positionAfter(script, said).messages;
}

/** What the engine itself says: not the words to be read aloud, which are a person's. */
function engineText(script: Script): readonly string[] {
  return [
    script.title,
    script.purpose,
    ...script.prompts,
    script.ending,
    ...script.tasks,
    ...Object.values(script.messages).flatMap(({ text, readAloud }) => [text, readAloud ?? '']),
    ...Object.values(script.kinds),
    ...script.indications.map(({ text }) => text),
    ...script.questions.flatMap((question) => [
      ...(question.aloud ? [] : [question.ask]),
      question.hint ?? '',
      question.why.text,
      question.feeds.line,
      ...question.choices.map(({ label }) => label),
      ...question.fields.flatMap(({ label, hint, choices: offered }) => [
        label,
        hint ?? '',
        ...offered.map((one) => one.label),
      ]),
      ...question.flags.map(({ about }) => about),
      ...question.tasks.map(({ text }) => text),
    ]),
  ];
}

/** Numbered questions of the design's tables; those that a script adds have a letter behind the number. */
const isOfTheDesign =
  /^(?:FC|SI|RI(?!23)|CY|SPO|SPV|BR|NE|TL|CL)\d{2}$|^(?:SI06[a-h]|SI13[a-c]|CY07a|SPO09b)$/;

describe('the scripts', () => {
  it('are the two that were written, and both are released', () => {
    expect([firstContact, identification].map(({ name, status }) => `${name} ${status}`)).toEqual([
      'first-contact released',
      'identification released',
    ]);
  });

  it('hold the numbered questions of the design, in its order', () => {
    const numbered = (script: Script) =>
      script.questions
        .map(({ id }) => id)
        .filter((id) => /^(?:FC|SI)\d{2}$|^SI(?:06[a-h]|13[a-c])$/.test(id));
    expect(numbered(firstContact)).toEqual(
      Array.from({ length: 20 }, (_, i) => `FC${String(i + 1).padStart(2, '0')}`),
    );
    expect(numbered(identification)).toEqual(
      'SI01 SI02 SI03 SI04 SI05 SI06a SI06b SI06c SI06d SI06e SI06f SI06g SI06h SI07 SI08 SI09 SI10 SI11 SI12 SI13a SI13b SI13c SI14'.split(
        ' ',
      ),
    );
  });

  it.each(scripts.map((script) => [script.name, script] as const))(
    '%s: every question is reached by some walk, and every walk ends',
    (_, script) => {
      expect([...everReached(script)].sort()).toEqual(script.questions.map(({ id }) => id).sort());
    },
  );

  it.each(scripts.map((script) => [script.name, script] as const))(
    '%s: the engine’s words hold nothing that decides, grades or reassures',
    (_, script) => {
      const texts = engineText(script).map((text) => text.replace(officersField, ''));
      expect(texts.length).toBeGreaterThan(60);
      for (const text of texts) {
        for (const [pattern] of forbidden) expect(text).not.toMatch(pattern);
      }
    },
  );

  it.each(forbidden)('%s catches “%s”', (pattern, example) => {
    expect(example).toMatch(pattern);
  });

  it.each(released.map((script) => [script.name, script] as const))(
    '%s: every message is used, and none but IDM-5 has a place to fill',
    (_, script) => {
      const used = new Set([
        'IDM-1',
        ...Object.values(script.messages).map(({ followedBy }) => followedBy),
        ...script.questions.flatMap(({ flags, shows }) =>
          [...flags, ...shows].map((rule) => rule.message),
        ),
      ]);
      const unused = Object.keys(script.messages).filter((name) => !used.has(name));
      expect(unused).toEqual([]);
      const open = Object.entries(script.messages).filter(([, { text }]) => text.includes('{'));
      expect(open.map(([name]) => name).filter((name) => name !== 'IDM-5')).toEqual([]);
    },
  );

  it.each(scripts.map((script) => [script.name, script] as const))(
    '%s: every placeholder names something',
    (_, script) => {
      const ids = script.questions.map(({ id }): string => id);
      const states = ['described', 'unsure', 'not-described', 'absent'];
      const known = {
        ask: ['caseRef', ...scripts.flatMap(({ questions }) => questions.map(({ id }) => id))],
        task: ['answer', ...ids],
        line: ['answer', 'time', 'plusSixMonths', ...ids],
        indication: [
          ...['kinds', 'count', 'absent', ...states.map((state) => `kinds:${state}`)],
          ...[...ids, ...ids.map((id) => `state:${id}`)],
        ],
      };
      const named = (text: string) => [...text.matchAll(/\{([^}]*)\}/g)].map((found) => found[1]);
      for (const { ask, tasks, feeds } of script.questions) {
        for (const name of named(feeds.line)) expect(known.line).toContain(name);
        for (const name of tasks.flatMap(({ text }) => named(text)))
          expect(known.task).toContain(name);
        // Small words in braces stand for what the user says there: "{service}".
        for (const name of named(ask).filter((word) => /[A-Z]/.test(word ?? '')))
          expect(known.ask).toContain(name);
      }
      for (const { text, rests } of script.indications) {
        for (const name of named(text)) expect(known.indication).toContain(name);
        const mentioned = named(text).map((name) => name?.replace('state:', '') ?? '');
        expect(rests).toEqual(
          expect.arrayContaining(mentioned.filter((name) => ids.includes(name))),
        );
      }
    },
  );

  it.each(scripts.map((script) => [script.name, script] as const))(
    '%s: an answer held from another question could have been given here',
    (_, script) => {
      const all = scripts.flatMap(({ questions }) => questions);
      for (const { id, type, choices: offered, same } of script.questions) {
        const others = same.map((other) => all.find((candidate) => candidate.id === other));
        const asHere = { type, choices: offered.map(({ value }) => value) };
        expect([
          id,
          ...others.map((other) => ({
            type: other?.type,
            choices: other?.choices.map(({ value }) => value),
          })),
        ]).toEqual([id, ...same.map(() => asHere)]);
      }
    },
  );

  it.each(scripts.map((script) => [script.name, script] as const))(
    '%s: every cite names a source and a place',
    (_, script) => {
      const cites = [
        ...script.questions.flatMap(({ why, feeds }) => [...why.cites, ...feeds.cites]),
        ...script.indications.flatMap((indication) => indication.cites),
      ];
      expect(cites.filter((cite) => !parseMark(cite))).toEqual([]);
    },
  );

  it.each(scripts.map((script) => [script.name, script] as const))(
    '%s: always offers a specialist service, and ends with the same words',
    (_, script) => {
      expect(
        script.tasks.some((task) => task.startsWith('Offer a specialist stalking service')),
      ).toBe(true);
      expect(script.ending).toBe(
        'This is a prompt for professional judgement, not a decision. It does not find an offence, name an offender or set a risk level.',
      );
    },
  );

  it.each(released.map((script) => [script.name, script] as const))(
    '%s: lists every question that the design’s table does not have among its changes',
    (_, script) => {
      const added = script.questions.map(({ id }) => id).filter((id) => !isOfTheDesign.test(id));
      const changes = script.changes.join(' ');
      // SI06a2 to SI06g2 are named as a row.
      const unnamed = added.filter((id) => !changes.includes(id) && !/^SI06[b-f]2$/.test(id));
      expect(unnamed).toEqual([]);
    },
  );
});

describe('first contact', () => {
  const away = {
    FC01: 'no',
    FC02: 'free',
    FC03: 'yes',
    FC04: 'somewhere-else',
    FC05: 'no',
    FC06: 'no',
  };

  it.each(['yes', 'unsure'])('asks only the danger set after %s to danger now', (reply) => {
    const { asked } = walked(firstContact, { FC01: choice(reply) });
    expect(asked.map(({ id }) => id)).toEqual(
      'FC01 FC02 FC03 FC04 FC05 FC06 FC07 FC08 FC09'.split(' '),
    );
    expect(shown(firstContact, { FC01: reply })).toEqual(['IDM-1', 'IDM-1n']);
  });

  it('passes over FC09 and goes on to safe contact when there is no danger', () => {
    const { asked } = walked(firstContact, { FC01: choice('no') });
    const ids = asked.map(({ id }): string => id);
    expect(ids).not.toContain('FC09');
    expect(ids).toContain('FC20');
  });

  it('says that a silent caller may be overheard, and that danger is unclear', () => {
    expect(shown(firstContact, { FC01: 'no-reply' })).toEqual(['IDM-2', 'DU-1']);
  });

  it.each<Value>([{ kind: 'not-known' }, { kind: 'declined' }])(
    'says that danger is unclear when it is $kind',
    (value) => {
      const position = positionAfter(firstContact, { FC01: value });
      expect(position.messages).toEqual(['DU-1']);
      expect(position.inDanger).toBe(false);
    },
  );

  it.each([
    ['FC04', 'with-me', 'red'],
    ['FC04', 'outside-or-near', 'red'],
    ['FC04', 'on-the-way', 'red'],
    ['FC04', 'knows-where-i-am', 'amber'],
    ['FC04', 'in-custody', 'none'],
    ['FC05', 'yes', 'red'],
    ['FC05', 'unsure', 'red'],
    ['FC06', 'yes', 'red'],
    ['FC06', 'unsure', 'red'],
    ['FC06', 'no', 'none'],
  ])('%s %s is %s', (id, reply, level) => {
    expect(
      positionAfter(firstContact, { ...away, [id]: reply }).flags.map((flag) => flag.level),
    ).toEqual(level === 'none' ? [] : [level]);
  });

  it.each(['me', 'children', 'other-people', 'damage-or-fire', 'unsure'])(
    'a threat to %s is amber, and red when it was today or named a time',
    (whom) => {
      const levels = (said: Record<string, string>) =>
        positionAfter(firstContact, { ...away, FC07: choices(whom), ...said }).flags.map(
          (flag) => flag.level,
        );
      expect(levels({})).toEqual(['amber']);
      expect(levels({ FC07b: 'earlier', FC07c: 'no' })).toEqual(['amber']);
      expect(levels({ FC07b: 'today' })).toEqual(['amber', 'red']);
      expect(levels({ FC07b: 'earlier', FC07c: 'unsure' })).toEqual(['amber', 'red']);
    },
  );

  it('a threat at any date is red with a weapon or the person near', () => {
    const abouts = (said: Record<string, string>) =>
      positionAfter(firstContact, { ...away, ...said, FC07: choices('me') }).flags.map(
        (flag) => flag.about,
      );
    const about = 'reported a threat while a weapon is mentioned or the person is near';
    expect(abouts({ FC06: 'unsure' })).toContain(about);
    expect(abouts({ FC04: 'outside-or-near' })).toContain(about);
    expect(abouts({})).not.toContain(about);
  });

  it.each(['themselves', 'animals'])('a threat to %s today is amber', (whom) => {
    const said = { ...away, FC07: choices(whom), FC07b: 'today', FC07c: 'yes' };
    expect(positionAfter(firstContact, said).flags.map((flag) => flag.level)).toEqual(['amber']);
  });

  it('raises red when a corrected reply completes a threat of today', () => {
    const before = [...Object.entries({ ...away, FC07: choices('animals'), FC07b: 'today' })];
    const acts = before.map(([id, value]) => aReply(id, value));
    const corrected = replay(firstContact, eventsOf(...acts, aReply('FC07', choices('me'))));
    expect(corrected.flags.map((flag) => flag.about)).toContain('reported a threat made today');
    expect(corrected.inDanger).toBe(true);
  });

  it('does not ask when or how of a threat that was not made', () => {
    const { asked } = walked(firstContact, { FC01: choice('no'), FC07: choices('none') });
    expect(asked.map(({ id }): string => id).filter((id) => id.startsWith('FC07'))).toEqual([
      'FC07',
    ]);
  });

  it('calls for safeguarding when children are there and red stands, whichever came first', () => {
    const said = { ...away, FC07: choices('none'), FC08: choices('children') };
    expect(shown(firstContact, said)).toEqual([]);
    expect(shown(firstContact, { ...said, FC04: 'with-me' })).toEqual(['IDM-4']);
    const acts = Object.entries(said).map(([id, value]) => aReply(id, value));
    expect(replay(firstContact, eventsOf(...acts, { kind: 'danger' })).messages).toEqual([
      'IDM-1',
      'IDM-1n',
      'IDM-4',
    ]);
  });

  it('asks who was told once anything is amber', () => {
    const { asked } = walked(firstContact, {
      FC01: choice('no'),
      FC04: choice('knows-where-i-am'),
    });
    expect(asked.at(-1)?.id).toBe('FC20c');
    expect(walked(firstContact, { FC01: choice('no') }).asked.at(-1)?.id).not.toBe('FC20c');
  });

  it('keeps the location out of the record', () => {
    const { type, storeElsewhere } = questionOf(firstContact, 'FC03');
    expect({ type, storeElsewhere }).toEqual({ type: 'YN', storeElsewhere: true });
  });

  it('lets nobody pass over danger and safe contact', () => {
    const must = firstContact.questions.filter(({ mustAsk }) => mustAsk).map(({ id }) => id);
    expect(must).toEqual(['FC01', 'FC10', 'FC11', 'FC20c']);
  });

  it('may ask FC01 to FC09 in danger, and of the follow-ups only when and what was threatened', () => {
    const inDanger = firstContact.questions.filter(({ danger }) => danger).map(({ id }) => id);
    expect(inDanger).toEqual('FC01 FC02 FC03 FC04 FC05 FC06 FC07 FC07b FC07c FC08 FC09'.split(' '));
  });
});

describe('identification', () => {
  it('asks nothing while a red flag stands', () => {
    expect(identification.questions.filter(({ danger }) => danger)).toEqual([]);
    const position = replay(identification, eventsOf({ kind: 'danger' }));
    expect(position.at).toBeUndefined();
    expect(new Set(position.route.map(({ state }) => state))).toEqual(
      new Set(['closed', 'not-applicable']),
    );
  });

  it('stops for thoughts of ending life', () => {
    const position = positionAfter(identification, { SI13b: choices('sleep', 'ending-life') });
    expect(position.messages).toEqual(['IDM-3']);
    expect(position.inDanger).toBe(true);
    expect(position.at).toBeUndefined();
  });

  it('says of one incident that it does not rule out stalking, and asks for a history search', () => {
    expect(shown(identification, { SI02: 'one' })).toEqual(['M1']);
    const { tasks } = questionOf(identification, 'SI02');
    expect(tasks.map(({ text }) => text.startsWith('History search'))).toEqual([true]);
  });

  it.each(['partner', 'ex-partner', 'family'])(
    'adds domestic abuse policy for %s, never instead of the specialist service',
    (relation) => {
      const tasks = questionOf(identification, 'SI05').tasks.filter(({ on }) =>
        on.includes(relation),
      );
      expect(tasks.map(({ text }) => text)).toEqual([
        'Domestic abuse: follow force policy in addition, never instead.',
      ]);
    },
  );

  it.each(['fire', 'break-in', 'locks', 'brakes', 'gas', 'pets'])('raises amber for %s', (what) => {
    const position = positionAfter(identification, { SI06f: 'yes', SI06f2: choices(what) });
    expect(position.flags.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'amber IDM-5',
    ]);
  });

  it('names the kinds of behaviour by the letters of the Act', () => {
    expect(Object.keys(identification.kinds)).toEqual(
      [...'abcdefg'].map((letter) => questionId(`SI06${letter}`)),
    );
    for (const [id, name] of Object.entries(identification.kinds)) {
      expect(name.slice(0, 4)).toBe(`(${id.slice(-1)}) `);
    }
  });
});

describe('second versions', () => {
  const ruled = ({ questions, messages, indications }: Script) => ({
    messages,
    indications,
    questions: questions.map(
      ({ id, ask, choices: offered, when, danger, mustAsk, flags, shows }) => ({
        ...{ id, ask, offered, when, danger, mustAsk, flags, shows },
      }),
    ),
  });

  it.each([
    [firstContact, 'first-contact.2.yaml'],
    [identification, 'identification.2.yaml'],
  ])('ask, flag and show what the first did', (first, second) => {
    expect(ruled(readScript(second))).toEqual(ruled(first));
  });
});

describe('the short set', () => {
  it.each([
    ['first-contact.2.yaml', 'FC01 FC04 FC07 FC07b FC07c FC10 FC11 FC11b FC13 FC17 FC20c'],
    ['identification.2.yaml', 'SI01 SI01b SI02 SI03 SI03b SI14b'],
    ['needs-and-plan.1.yaml', 'NE01 NE02 NE02b NE02c NE02d NE02g NE16b'],
    ['closing.1.yaml', 'CL01 CL02 CL03 CL04 CL04b CL05 CL05b CL06 CL06b CL07 CL08'],
    ['timeline.1.yaml', ''],
  ])('of %s is that of the design, with what completes it and what must be asked', (name, ids) => {
    const kept = readScript(name).questions.filter(({ short, mustAsk }) => short || mustAsk);
    expect(kept.map(({ id }) => id).join(' ')).toBe(ids);
  });
});

describe('while danger stands', () => {
  it.each([
    ['needs-and-plan.1.yaml', ['NE09d']],
    ['timeline.1.yaml', []],
    ['closing.1.yaml', ['CL02', 'CL06']],
  ])('%s leaves open only what the design does', (name, ids) => {
    const { route } = replay(readScript(name), eventsOf({ kind: 'danger' }));
    expect(route.filter(({ state }) => state === 'open').map((stop) => stop.question.id)).toEqual(
      ids,
    );
  });
});

const knowledge = await loadReal();
const published = [...knowledge.passages.values()].filter(({ status }) => status === 'published');

/** Each value that stands more than once in the list. */
function twice(list: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return list.filter((entry) => seen.size === seen.add(entry).size);
}

const words = (text: string) => text.split(/\s+/).filter(Boolean).length;
const isLeadIn = (text: string) => text.endsWith(':') && words(text) < 5;

describe('the guidance', () => {
  it('holds at least 80 published passages, and all knowledge loads', () => {
    expect(published.length).toBeGreaterThanOrEqual(80);
    expect(knowledge.version).toMatch(/^[0-9a-f]{12}$/);
  });

  it('is dated: checked on a day that has been, and to be reviewed after it', () => {
    const undated = published.filter(
      ({ checkedOn, reviewBy }) =>
        !/^\d{4}-\d\d-\d\d$/.test(checkedOn) || checkedOn > '2026-12-31' || reviewBy <= checkedOn,
    );
    expect(undated.map(({ id }) => id)).toEqual([]);
  });

  it('says each thing in 40 to 160 words; these passages do not', () => {
    const outside = published
      .map((passage) => `${passage.id}: ${words(textOf(passage))}`)
      .filter((line) => !isBetween(Number(line.split(': ')[1]), 40, 160));
    if (outside.length > 0) console.info(`Passages outside 40 to 160 words: ${outside.join(', ')}`);
    expect(outside.length).toBeLessThan(12);
  });

  it('gives every passage three to eight questions in users’ words, none of them twice', () => {
    const wrong = published.filter(({ asks }) => !isBetween(asks.length, 3, 8));
    expect(wrong.map(({ id }) => id)).toEqual([]);
    const repeated = published.filter(({ asks }) => twice(asks.map(plainly)).length > 0);
    expect(repeated.map(({ id }) => id)).toEqual([]);
  });

  it('has no two headings alike', () => {
    expect(twice(published.map(({ heading }) => plainly(heading)))).toEqual([]);
  });

  it('makes no statement twice, but for short lead-ins', () => {
    const all = published.flatMap(({ blocks }) => blocks.flatMap(statementsOf));
    expect(all.length).toBeGreaterThan(500);
    expect(twice(all.map(({ text }) => plainly(text))).filter((text) => !isLeadIn(text))).toEqual(
      [],
    );
  });

  it('advises nothing that may never be advised, in a statement, a block, a heading or an example question shown', () => {
    const blocks = (text: string) =>
      findWording(knowledge.neverAdvise, text).filter(({ level }) => level === 'block');
    const statements = published.flatMap(({ id, heading, blocks: all }) =>
      [heading, ...all.flatMap(statementsOf).map(({ text }) => text)].map(
        (text) => [id, text] as const,
      ),
    );
    expect(statements.length).toBeGreaterThan(500);
    expect(statements.filter(([, text]) => blocks(text).length > 0)).toEqual([]);
    const isSafe = makeIsSafe(knowledge.neverAdvise);
    expect(
      published.filter((passage) => !passage.blocks.every(isSafe)).map(({ id }) => id),
    ).toEqual([]);
  });

  it('never holds more citations in a passage than a message may carry', () => {
    const many = published.filter(
      ({ blocks }) => blocks.flatMap(statementsOf).flatMap(({ marks }) => marks).length > 20,
    );
    expect(many.map(({ id }) => id)).toEqual([]);
  });

  it('cites only sources that are there, and every statement block has one', () => {
    const marks = published.flatMap(({ id, blocks }) =>
      blocks
        .flatMap(statementsOf)
        .flatMap((statement) => statement.marks.map((mark) => ({ id, mark }))),
    );
    expect(marks.length).toBeGreaterThan(500);
    expect(marks.filter(({ mark }) => !knowledge.sources.has(mark.source))).toEqual([]);
    const bare = published.filter(({ blocks }) =>
      blocks.some((block) =>
        statementsOf(block).every((statement) => statement.marks.length === 0),
      ),
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it('links to its sources by https, in addresses that stand whole inside a Markdown link', () => {
    const addresses = [...knowledge.sources.values()].flatMap(({ url }) => url ?? []);
    expect(addresses.length).toBeGreaterThan(20);
    expect(addresses.filter((url) => !/^https:\/\/[^\s()<>]+$/.test(url))).toEqual([]);
  });

  it('shows only published passages for every cue, and something for each sign of danger', () => {
    const cues = [...knowledge.cues.danger, ...knowledge.cues.premises];
    expect(cues.length).toBeGreaterThan(20);
    const missing = cues.flatMap(({ id, shows }) =>
      shows
        .filter((passage) => !published.some((candidate) => candidate.id === passage))
        .map((passage) => `${id}: ${passage}`),
    );
    expect(missing).toEqual([]);
    expect(cues.filter(({ shows }) => shows.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('begins no block with a word that hangs in the air when the block is shown alone', () => {
    const hanging =
      /^(?:It|This|That|These|Those|But|Otherwise|However|They|Their|He|She|Its|Such)\b/;
    expect(blocksBeginning(hanging)).toEqual([]);
  });

  it('begins few blocks with a word that leans on the block before; these do', () => {
    const leaning =
      /^(?:Then|Both(?! interviewees)|Either or both|So(?! far)|Also|Instead|And|Or)\b/;
    const offenders = blocksBeginning(leaning);
    if (offenders.length > 0) console.info(`Blocks that lean on another:\n${offenders.join('\n')}`);
    expect(offenders.length).toBeLessThan(20);
  });
});

/** Blocks whose first words match, the first of a passage aside where a heading names what they speak of. */
function blocksBeginning(pattern: RegExp): readonly string[] {
  const opening = (block: Block) => statementsOf(block)[0]?.text ?? '';
  // "Such contact can …" names what it speaks of.
  const namesIt =
    /^(?:Such|This|These|Those|That) (?!is\b|are\b|was\b|can\b|may\b|must\b|does\b|means\b|will\b)[a-z]+/;
  return published.flatMap(({ id, blocks }) =>
    blocks
      .filter((block) => pattern.test(opening(block)) && !namesIt.test(opening(block)))
      .map((block) => `${id}: ${opening(block).slice(0, 80)}`),
  );
}

function isBetween(count: number, least: number, most: number): boolean {
  return count >= least && count <= most;
}

function plainly(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
