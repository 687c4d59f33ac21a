import { PGlite } from '@electric-sql/pglite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerLead, phrases } from '../../src/core/phrases.js';
import { english } from '../../src/core/words.js';
import { welsh } from '../../src/core/words-welsh.js';
import { aPerson, type Clock, type Person, runThroughout } from '../running.js';

/** Whoever speaks of danger has the emergency words before anything else, wherever they said it, store or none. */

const clock: Clock = { now: new Date('2026-11-20T10:00:00.000Z') };
const running = runThroughout(clock);
const danger = 'he is outside her house right now and banging on the door';
const lead = answerLead.urgent;
const { feeds } = english;

let people = 0;
const somebody = (more: object = {}) => {
  people += 1;
  return aPerson(running, `danger-${people}`, more);
};
beforeEach(() => {
  clock.now = new Date(clock.now.getTime() + 60_000);
});
afterEach(() => vi.restoreAllMocks());

/** From now to the end of the test no statement reaches the store. */
function loseStore(): void {
  for (const name of ['query', 'exec', 'execProtocol', 'execProtocolRaw'] as const)
    vi.spyOn(PGlite.prototype, name).mockRejectedValue(new Error('the store is gone'));
}

async function begun(more: object = {}): Promise<Person> {
  const person = somebody(more);
  await person.say('screen');
  await person.press('First contact');
  return person;
}

const edit = (person: Person, id: string, text: string) =>
  person.send({ type: 'messageUpdate', id, text, channelData: { eventType: 'editMessage' } });

/** What is said from here on, each sentence cut to its beginning. */
async function saidBy(person: Person, act: () => Promise<unknown>): Promise<readonly string[]> {
  const before = person.messages().length;
  await act();
  return person
    .messages()
    .slice(before)
    .map(({ text, summary }) => {
      const said = typeof text === 'string' ? text : String(summary);
      if (said.startsWith(lead)) return said === lead ? 'the emergency words' : 'the guidance';
      return said;
    });
}

describe('danger is answered first', () => {
  it('where a recorded reply is changed to words of danger, which then changes nothing', async () => {
    const person = await begun();
    await person.say('no', { id: 'a-reply' });
    const said = await saidBy(person, () => edit(person, 'a-reply', danger));
    expect(said).toEqual(['the guidance', phrases.recordedStays]);
  });

  it.each(['danger', '!', 'Perygl!'])(
    'where “%s” is typed and nothing is open, also by a change',
    async (key) => {
      const person = somebody();
      expect(await saidBy(person, () => person.say(key))).toEqual(['the guidance']);
      expect(await saidBy(person, () => edit(person, 'a-question', key))).toEqual(['the guidance']);
    },
  );

  it('where words of danger begin like a word that steers', async () => {
    const person = somebody();
    const said = await saidBy(person, () => person.say(`screen her, ${danger}`));
    expect(said[0]).toBe('the guidance');
  });

  it('where words of danger are filled into a card, whose reply is taken', async () => {
    const person = await begun();
    const data = { signpost: standing(person), words: danger };
    const said = await saidBy(person, () => pressed(person, data));
    expect(said).toEqual(['the guidance', feeds.step]);
  });

  it('where they stand in the field of a record, in a reason, in a comment, or in a press that cannot be taken', async () => {
    const person = await begun();
    const later = () => {
      clock.now = new Date(clock.now.getTime() + 60_000);
    };
    const record = { ...standing(person), verb: 'record' };
    for (const data of [
      { signpost: record, 'field-what': danger },
      { signpost: { ...record, verb: 'reason' }, reason: danger },
      { signpost: record, words: `${danger} ${'x'.repeat(20_000)}` },
    ]) {
      later();
      expect((await saidBy(person, () => pressed(person, data)))[0]).toBe('the guidance');
    }
    later();
    const comment = await saidBy(person, () =>
      person.send({
        ...{ type: 'invoke', name: 'message/submitAction', replyToId: 'm1' },
        value: {
          actionName: 'feedback',
          actionValue: { reaction: 'dislike', feedback: JSON.stringify({ feedbackText: danger }) },
        },
      }),
    );
    expect(comment).toEqual(['the guidance']);
  });
});

describe('danger is answered first though the store is gone', () => {
  const fault = expect.stringMatching(/^Something went wrong on our side\./);

  it('where it is typed', async () => {
    const person = await begun();
    loseStore();
    expect(await saidBy(person, () => person.say(danger))).toEqual(['the guidance', fault]);
    expect(await saidBy(person, () => person.say('danger'))).toEqual(['the guidance', fault]);
  });

  it('where a message is changed to it', async () => {
    const person = somebody();
    loseStore();
    const said = await saidBy(person, () => edit(person, 'a-question', danger));
    expect(said).toEqual(['the guidance', fault]);
  });

  it.each([
    ['in English', {}, lead],
    ['in Welsh', { locale: 'cy-GB' }, String(welsh.answerLead?.urgent)],
  ])(
    'where DANGER is pressed, in the answer to the press and below: %s',
    async (_, more, words) => {
      const person = await begun(more);
      const title = 'locale' in more ? 'PERYGL' : 'DANGER';
      const card = person.card();
      loseStore();
      const before = person.texts().length;
      const answer = await person.press(title, { card });
      expect(JSON.parse(answer.text).value.message.startsWith(words)).toBe(true);
      expect(person.texts(before)).toHaveLength(1);
      expect(person.texts(before)[0]?.startsWith(words)).toBe(true);
    },
  );

  it('where it is filled into a card', async () => {
    const person = await begun();
    const data = { signpost: standing(person), words: danger };
    loseStore();
    expect(await saidBy(person, () => pressed(person, data))).toEqual(['the guidance', fault]);
  });
});

/** What a press on the open question says of where it stands. */
function standing(person: Person): object {
  const [reply] = person.buttons().filter(({ verb }) => verb === 'reply');
  if (!reply) throw new Error('the card has no button that replies');
  return reply.data.signpost as object;
}

function pressed(person: Person, data: object) {
  const value = { action: { type: 'Action.Execute', data } };
  return person.send({ type: 'invoke', name: 'adaptiveCard/action', value });
}
