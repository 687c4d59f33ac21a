import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { answerLead, phrases } from '../../src/core/phrases.js';
import { catalogueIn } from '../../src/core/words.js';
import { makeDatabase } from '../contracts/stores.js';
import { stringsIn } from '../real-knowledge.js';
import {
  aPerson,
  aStoreFolder,
  type Clock,
  type Person,
  type Running,
  runThroughout,
  startRunning,
} from '../running.js';
import { startConnectorDouble } from './connector-double.js';

/** The chat of somebody whose Teams is in Welsh, through the whole program. */
const clock: Clock = { now: new Date('2026-11-20T10:00:00.000Z') };
const running = runThroughout(clock);
beforeEach(() => {
  clock.now = new Date(clock.now.getTime() + 60_000);
});

const welsh = catalogueIn('cy');
let people = 0;
const somebody = (more: object = { locale: 'cy-GB' }): Person => {
  people += 1;
  return aPerson(running, `welsh-${people}`, more);
};
const lastText = (person: Person) => person.texts().at(-1);
const wordsOn = (person: Person) => stringsIn(person.card().content).join('\n');

describe('the language of a chat', () => {
  it('is that of Teams', async () => {
    const [inWelsh, inEnglish] = [somebody(), somebody({ locale: 'en-US' })];
    for (const person of [inWelsh, inEnglish]) await person.say('cymorth');
    expect(inWelsh.texts()).toEqual([welsh.phrases.help.join('\n\n')]);
    expect(inEnglish.texts()).toEqual([phrases.help.join('\n\n')]);
    expect(inWelsh.messages().map(({ summary }) => summary)).toEqual([welsh.feeds.message]);
  });

  it('is changed by a command, until it is changed back', async () => {
    const person = somebody({ locale: 'en-GB' });
    await person.say('Cymraeg');
    expect(lastText(person)).toBe(welsh.phrases.languageChosen);
    await person.say('canslo');
    expect(lastText(person)).toBe(welsh.phrases.nothingToCancel);
    await person.say('/english');
    expect(lastText(person)).toBe(phrases.languageChosen);
    await person.say('canslo');
    expect(lastText(person)).toBe(phrases.nothingToCancel);
  });

  it('is followed again by a command, in whatever language that was typed', async () => {
    const person = somebody({ locale: 'en-GB' });
    for (const back of ['/language teams', '/iaith teams']) {
      await person.say('/cymraeg');
      await person.say(back);
      expect(lastText(person)).toBe(phrases.languageOfTeams);
      await person.say('canslo');
      expect(lastText(person)).toBe(phrases.nothingToCancel);
    }
  });

  it('is not changed back by a message of before that comes late', async () => {
    const person = somebody({ locale: 'en-GB' });
    const timestamp = '2026-11-20T09:00:00.000Z';
    await person.say('/english');
    await person.say('/cymraeg');
    await person.say('/english', { timestamp });
    expect(lastText(person)).toBe(welsh.phrases.languageChosen);
    await person.say('canslo');
    expect(lastText(person)).toBe(welsh.phrases.nothingToCancel);
  });

  it('is that of who chose it and of nobody else', async () => {
    const [chooses, other] = [somebody({ locale: 'en-GB' }), somebody({ locale: 'en-GB' })];
    await chooses.say('/cymraeg');
    await other.say('canslo');
    expect(lastText(other)).toBe(phrases.nothingToCancel);
  });

  it('does not change by a plain word that may be the reply to an open question', async () => {
    const person = somebody();
    await person.say('sgrinio');
    await person.press('First contact');
    await person.say('English');
    expect(lastText(person)).toContain(welsh.replyRefused['not-a-choice']);
    await person.say('/english');
    expect(lastText(person)).toBe(phrases.languageChosen);
    expect(wordsOn(person)).toContain(welsh.buttons.pause);
  });
});

describe('a language chosen at one instance', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
  });
  const start = async (folder: string, settings: Readonly<Record<string, string>>) => {
    const connector = await startConnectorDouble();
    const running = await startRunning(folder, connector, clock, settings);
    cleanUps.push(connector.close);
    return running;
  };
  const aFolder = async () => {
    const { folder, keyFile, remove } = await aStoreFolder();
    cleanUps.push(remove);
    return { folder, settings: { MASTER_KEY_FILE: keyFile } };
  };
  const speaking = (running: Running) =>
    aPerson(() => running, 'chooses-welsh', { locale: 'en-GB' });

  it('is spoken by the one that takes its place over the same store', async () => {
    const { folder, settings } = await aFolder();
    const first = await start(folder, settings);
    await speaking(first).say('/cymraeg');
    await first.close();
    const second = await start(folder, settings);
    const person = speaking(second);
    await person.say('canslo');
    expect(person.texts()).toEqual([welsh.phrases.nothingToCancel]);
    await second.close();
  });

  it.skipIf(!process.env.TEST_DATABASE_URL)(
    'is spoken by the other at once, also when it is changed back there',
    async () => {
      const database = await makeDatabase();
      cleanUps.push(database.remove);
      const { folder, settings } = await aFolder();
      const over = { ...settings, DATABASE_URL: database.url };
      const [one, other] = [await start(folder, over), await start(folder, over)];
      const [here, there] = [speaking(one), speaking(other)];
      for (const person of [here, there]) await person.say('canslo');
      await here.say('/cymraeg');
      await there.say('canslo');
      await there.say('/language teams');
      await here.say('canslo');
      expect([here.texts(), there.texts()]).toEqual([
        [phrases.nothingToCancel, welsh.phrases.languageChosen, phrases.nothingToCancel],
        [phrases.nothingToCancel, welsh.phrases.nothingToCancel, phrases.languageOfTeams],
      ]);
      await Promise.all([one.close(), other.close()]);
    },
  );

  it.skipIf(!process.env.TEST_DATABASE_URL)(
    'that the store did not take is said to be so, and nothing has changed',
    async () => {
      const database = await makeDatabase();
      cleanUps.push(database.remove);
      const { folder, settings } = await aFolder();
      const running = await start(folder, { ...settings, DATABASE_URL: database.url });
      const person = speaking(running);
      await person.say('/cymraeg');
      const pool = await database.open();
      await withClient(pool, (client) =>
        client.query('alter table people_chats add check (chosen_language is null) not valid'),
      );
      await pool.end();
      await person.say('/english');
      await person.say('canslo');
      expect(person.texts()).toEqual([
        welsh.phrases.languageChosen,
        phrases.languageNotKept,
        welsh.phrases.nothingToCancel,
      ]);
      expect(running.logged()).toContain('language-not-kept');
      await running.close();
    },
  );
});

describe('a question', () => {
  it('is answered with the guidance as it stands, which is said to be in English once', async () => {
    const [inWelsh, inEnglish] = [somebody(), somebody({ locale: 'en-GB' })];
    const question = 'How long does a stalking protection order last?';
    for (const person of [inWelsh, inEnglish]) await person.say(question);
    const [own = '', english = ''] = [inWelsh, inEnglish].map((person) => lastText(person));
    expect(own.split(welsh.phrases.guidanceLanguage)).toHaveLength(2);
    const quotedIn = (text: string) => text.split('\n\n').filter((line) => /\[\d+\]$/.test(line));
    expect(quotedIn(english).length).toBeGreaterThan(0);
    expect(quotedIn(own)).toEqual(quotedIn(english));
    expect(own).toContain(`**${welsh.phrases.sources}**`);
    expect(english).not.toContain(welsh.phrases.guidanceLanguage);
  });

  it('asked in Welsh says so once, and nothing twice of the language', async () => {
    const person = somebody();
    await person.say('Pa mor hir mae gorchymyn diogelu rhag stelcio yn para?');
    expect(lastText(person)).toContain(welsh.phrases.askedInWelsh);
    expect(lastText(person)).not.toContain(welsh.phrases.guidanceLanguage);
  });

  it.each([
    'He is outside her door with a knife now',
    'Mae e y tu allan i ei drws gyda chyllell nawr',
  ])(
    'that speaks of danger has 999 and the force’s emergency procedure first: %s',
    async (text) => {
      const person = somebody();
      await person.say(text);
      expect(lastText(person)?.startsWith(welsh.answerLead.urgent)).toBe(true);
      expect(lastText(person)).not.toContain(answerLead.urgent);
    },
  );
});

describe('a screening', () => {
  it('has its buttons and short words in Welsh, and its questions and reasons as the record keeps them', async () => {
    const person = somebody();
    await person.say('sgrinio');
    expect(wordsOn(person)).toContain(welsh.phrases.chooseScript);
    await person.press('First contact');
    const titles = person.buttons().map(({ title }) => title);
    for (const title of ['Yn ôl', 'Oedi', 'PERYGL', 'u  Anhysbys', 'd  Gwrthodwyd ateb'])
      expect(titles).toContain(title);
    await person.press('u  Anhysbys');
    await person.press('Oedi');
    expect(wordsOn(person)).toContain(welsh.phrases.paused);
    await person.say('ailddechrau');
    await person.say('crynodeb');
    expect(wordsOn(person)).toContain(welsh.summary.titles.S1);
    expect(wordsOn(person)).toContain('· anhysbys ·');
  });

  it.each(['PERYGL', 'perygl!'])(
    'stands in danger at “%s”, the Welsh words first',
    async (typed) => {
      const person = somebody();
      await person.say('sgrinio');
      await person.press('First contact');
      await person.say(typed);
      const words = wordsOn(person);
      const at = words.indexOf(welsh.screening.dangerFirst);
      expect(at).toBeGreaterThan(0);
      expect(at).toBeLessThan(words.indexOf(welsh.screening.raisedBy('').trim()));
    },
  );

  it('says in Welsh why a reply cannot be taken, and takes Welsh words for its keys', async () => {
    const person = somebody();
    await person.say('sgrinio');
    await person.press('First contact');
    await person.say('efallai');
    expect(lastText(person)).toContain(welsh.replyRefused['not-a-choice']);
    await person.say('hepgor');
    expect(lastText(person)).toContain('s1 perygl');
    await person.say('canslo');
    expect(lastText(person)).toBe(welsh.phrases.cancelled);
  });
});

describe('what is pasted', () => {
  it('is offered a field, and answered, in Welsh', async () => {
    const person = somebody();
    await person.say('gwirio fy ngeiriad');
    await person.press(welsh.wording.check, { inputs: { words: 'Just block him.' } });
    expect(lastText(person)).toContain(welsh.wording.marked(1));
    await person.say('/darllen He followed her home and texted her again.');
    expect(lastText(person)).toContain(welsh.narrativeKinds.following);
    expect(lastText(person)).toContain(welsh.narrative.notStored);
  });
});

describe('a report that speaks of danger', () => {
  it('has the emergency words first, and says once that what is quoted is in English', async () => {
    const person = somebody();
    await person.say('/darllen He followed her home and is outside her door with a knife now.');
    const text = lastText(person) ?? '';
    expect(text.startsWith(`${welsh.answerLead.urgent}\n\n${welsh.phrases.guidanceLanguage}`)).toBe(
      true,
    );
    expect(text.split(welsh.phrases.guidanceLanguage)).toHaveLength(2);
  });
});
