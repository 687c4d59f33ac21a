import { describe, expect, it } from 'vitest';
import { knownWordsOf } from '../../src/core/known-words.js';
import { isMeaningful, makeRedact, withoutPlaceholders } from '../../src/core/redact.js';
import type { PersonalKind } from '../../src/core/redact-rules.js';
import { loadReal } from '../real-knowledge.js';

const redact = makeRedact(knownWordsOf(await loadReal()));

describe('redact', () => {
  it.each<[string, string]>([
    ['How do I protect Zelda Quarrington from her ex?', 'How do I protect [name] from her ex?'],
    [
      'my caller sarah jones says her ex dave keeps texting',
      'my caller [name] says her ex [name] keeps texting',
    ],
    ['Her ex-husband Mr Kowalczyk turned up', 'Her ex-husband Mr [name] turned up'],
    ['PC Adeyinka-Smith asked about an SPO', 'PC [name] asked about an SPO'],
    ['he is called Jaxon, what offence is it', 'he is called [name], what offence is it'],
    ['victim Priyanka’s mum was followed', 'victim [name]’s mum was followed'],
    ['Will Grace be told when Mark is bailed?', '[name] be told when [name] is bailed?'],
    ['suspect named will, is it s4A', 'suspect named [name], is it s4A'],
    ['Oluwaseun keeps following her', '[name] keeps following her'],
    ['DAVE SMITH IS FOLLOWING MY VICTIM', '[name] IS FOLLOWING MY VICTIM'],
    ['ring her on 07700 900123 or (0161) 496 0000', 'ring her on [phone] or [phone]'],
    ['call +44 7700 900123', 'call [phone]'],
    ['write to zelda.q@example.org', 'write to [e-mail]'],
    ['he posts as @its_dave99 on Instagram', 'he posts as [account] on Instagram'],
    ['her snapchat is pinkbunny_04', 'her snapchat is [account]'],
    ['see https://example.org/p/zelda?x=1 for it', 'see [link] for it'],
    ['instagram.com/zeldaq shows it', '[link] shows it'],
    ['she lives at 4 Mill Lane, LS6 2AB', 'she lives at [address], [postcode]'],
    [
      'he waits at Flat 3, 12b Acacia Gardens at night',
      'he waits at [address], [address] at night',
    ],
    ['he was seen on mill road again', 'he was seen on [address] again'],
    ['a blue Ford AB12 CDE', 'a blue [name] [vehicle]'],
    ['reg is D4VE X', 'reg is [vehicle]'],
    ['her dob 3/4/1987', 'her dob [date]'],
    ['born on 3rd April 1987 and living alone', 'born on [date] and living alone'],
    ['crime ref 42/123456/26 refers', 'crime ref [reference] refers'],
    ['log 1234 of today', 'log [reference] of today'],
    ['PC 4471 attended', 'PC [reference] attended'],
    ['NI number QQ 12 34 56 C', 'NI number [reference]'],
    ['IMEI 356938035643809', 'IMEI [phone]'],
    ['his ip is 192.168.10.20', 'his ip is [reference]'],
    ['case SP-CDFH-4KT7', 'case [reference]'],
    ['his e-mail is mike at example dot com', 'his e-mail is [e-mail]'],
    ['snapchat name lurker2good is his', 'snapchat name [account] is his'],
    ['kik user deviant.dan', 'kik user [account]'],
    ['discord ghosty#4821', 'discord [account]'],
    ['he waits outside 31 Heol y Castell', 'he waits outside [address]'],
    ['his parents live at The Old Forge, Mill Lane', 'his parents live at [address] [address]'],
    ['27 The Crescent and 88 Kingsway', '[address] and [address]'],
    ['marker on B33 8TH', 'marker on [postcode]'],
    ['reg number RJ66-FTL', 'reg number [vehicle]'],
    ['exhibit KLB/3 is the tag', 'exhibit [reference] is the tag'],
    ['born in Leeds on 3/4/2013', 'born in [name] on [date]'],
    ['Jordan Pike 02/09/2001 breached bail', '[name] [date] breached bail'],
    ['T. Mensah will post photos', '[name] will post photos'],
    ['Sioned Parri-Huws wants it in Welsh', '[name] wants it in Welsh'],
    ['zorbella says he is outside', '[name] says he is outside'],
  ])('takes out of “%s” what names somebody', (text, expected) => {
    expect(redact(text).text).toBe(expected);
  });

  it.each([
    'How long does an SPO last?',
    'What is the difference between section 2A and section 4A stalking?',
    'Can I use s.76 or s125 of the Online Safety Act?',
    'he has broken bail twice in 28 days, s2a or s4a',
    'Does Clare’s Law apply, and who are the Suzy Lamplugh Trust?',
    'She found an AirTag on her car on Monday. What now?',
    'what is a course of conduct',
    'Is section 2A triable either way?',
    'spo on a 16 year old which court',
    'Diff between s2A and s4A, and is it still a CoC?',
    'ex kicking the front door in what do i do',
    'can we nick him for it',
    'Beth yw gorchymyn diogelu rhag stelcio?',
    'which of the Jane Monckton Smith stages is it',
    'WHAT IS THE MAXIMUM SENTENCE FOR BREACH OF AN SPO',
    'victim recieves 40 mesages a day on WhatsApp, who do i tell?',
    'The Victim says the Suspect parks outside her work 24/7',
    'Should the supervisor check the THRIVE and DASH?',
    'Is a fine of £20,000 possible in the Crown Court?',
    'what did the 2024 super-complaint find, 101 or 999?',
    'The law changed on 25 November 2012',
    'He turned up at 21:30 on 14/03/2026 and again on 15/03/2026',
    'Dyfed-Powys and Gwent share a unit',
    'what did DPP v Hardy say of a course of conduct',
    'Does R v Hayes [2015] say two incidents are enough',
    'ring 0808 802 0300 for the helpline',
    'see https://www.gov.uk/government/publications/stalking',
    'Nigerian victim with no recourse to public funds',
    'Gwasanaeth yr Heddlu',
    'flowers on Valentine’s Day and at Diwali',
    'HO code 195/94',
  ])('leaves “%s” as it is', (text) => {
    expect(redact(text)).toEqual({ text, removed: [] });
  });

  it('names each thing it took out by its place in the text', () => {
    const text = 'Ring Zelda on 07700 900123';
    const { removed } = redact(text);
    expect(removed.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual<
      [PersonalKind, string][]
    >([
      ['name', 'Zelda'],
      ['phone', '07700 900123'],
    ]);
  });

  it('takes nothing out twice, also not out of what it made', () => {
    const once = redact('Zelda Quarrington, 4 Mill Lane, LS6 2AB, 07700 900123, @zq99').text;
    expect(redact(once)).toEqual({ text: once, removed: [] });
  });

  it('reads a long text of one kind in no time to speak of', () => {
    for (const piece of ['a', '1', ' ', 'Dave ', '1-', 'a.', '@', 'a_', '12 mill ', '+(1) '])
      expect(redact(piece.repeat(2_000 / piece.length)).text.length).toBeGreaterThan(0);
  });
});

describe('half a megabyte', () => {
  const half = 500_000;
  const fill = (piece: string) => piece.repeat(half / piece.length);

  // Each made some rule read the rest of the text once for every letter, or every word, of it.
  it.each([
    ...['a-', 'a.a.', 'A. ', '@a.', '1 ', 'éa', 'ref-', 'handle ', 'a_', 'a/', "a'", 'Aa Aa '],
    ...['Dave ', 'EWCA Crim ', '12 mill ', 'case no '],
  ])('of “%s” is read to its end', (piece) => {
    const text = `${fill(piece)} zelda@example.org`;
    expect(redact(text).text).toMatch(/ \[e-mail\]$/);
  });

  it.each(['1.111', 'x', 'dob:', '['])('of space after “%s” is read to its end', (before) => {
    const text = `${before}${fill(' ')}zelda@example.org`;
    expect(redact(text).text).toBe(`${before}${fill(' ')}[e-mail]`);
  });
});

describe('what is left', () => {
  it('is the question without placeholders', () => {
    expect(withoutPlaceholders('Does [name] need an SPO against [name] ?')).toBe(
      'Does need an SPO against ?',
    );
  });

  it.each(['[name]', '', '[name] [phone]?', 'hello', 'what about [name]', '[name] and [name] 12'])(
    'of “%s” asks nothing',
    (text) => {
      expect(isMeaningful(text)).toBe(false);
    },
  );

  it.each(['SPO?', 'parrot laws', 'can [name] have a dog'])('of “%s” asks something', (text) => {
    expect(isMeaningful(text)).toBe(true);
  });
});
