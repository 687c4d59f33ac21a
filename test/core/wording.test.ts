import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findWording, neverAdviseSchema } from '../../src/core/wording.js';

const source: unknown = parse(readFileSync('knowledge/never-advise.yaml', 'utf8'));
const families = neverAdviseSchema.parse(source);

const found = (text: string): readonly string[] =>
  findWording(families, text).map((match) => match.family);

describe('the examples of the families', () => {
  const catches = families.flatMap((family) =>
    family.catches.map((text) => [family.id, text] as const),
  );
  const passes = families.flatMap((family) =>
    family.passes.map((text) => [family.id, text] as const),
  );

  it.each(catches)('%s catches: %s', (id, text) => {
    expect(found(text)).toContain(id);
  });

  it.each(passes)('%s passes: %s', (id, text) => {
    expect(found(text)).not.toContain(id);
  });

  it('covers P1 to P30, each once and in order', () => {
    expect(families.map((family) => family.id)).toEqual(
      Array.from({ length: 30 }, (_, place) => `P${place + 1}`),
    );
  });
});

// Written apart from the patterns; none of them stands in the YAML.
describe('words the patterns were not written from', () => {
  it.each([
    ['P1', 'It may help if you just ignore him for now.'],
    ['P1', 'We recommend blocking the number and carrying on as normal.'],
    ['P1', 'Save the messages, then block her.'],
    ['P1', 'The victim should mute the account.'],
    ['P2', 'She should take a break and come off social media.'],
    ['P2', 'Please deactivate your Facebook account.'],
    ['P3', 'Advise the victim to get a new number.'],
    ['P3', 'It might be worth moving house.'],
    ['P4', 'You could message him and ask him to leave you alone.'],
    ['P4', 'Tell the suspect clearly that the contact is unwanted.'],
    ['P4', 'Perhaps your dad could speak to him, so ask your father to have a word.'],
    ['P5', 'Encourage him to admit it in writing.'],
    ['P6', 'So far it has been just messages.'],
    ['P6', 'This seems trivial, and it is not very serious.'],
    ['P7', 'Nothing has really happened so far.'],
    ['P7', 'Posting online is not a crime.'],
    ['P8', 'Get back in touch if he does something.'],
    ['P8', 'It will probably blow over.'],
    ['P9', "This isn't stalking."],
    ['P9', 'It is really just a falling out.'],
    ['P10', 'Why did she wait two years?'],
    ['P10', 'You should have rung us at the time.'],
    ['P11', 'Could you have given her mixed signals?'],
    ['P12', 'The complainant was a bit hysterical.'],
    ['P13', 'Take it as a compliment.'],
    ['P14', 'She has been wasting police time.'],
    ['P15', 'There are no officers available at the moment.'],
    ['P15', 'We are short staffed tonight.'],
    ['P16', 'What would you like us to do about that?'],
    ['P17', 'The male was polite and well spoken throughout.'],
    ['P18', 'That is freedom of speech.'],
    ['P19', 'Avoid going out alone.'],
    ['P20', 'You will need proof.'],
    ['P20', 'Ring back when you have some evidence.'],
    ['P21', 'They are as bad as each other.'],
    ['P22', 'The account has hardly any followers.'],
    ['P23', 'At least there was no violence.'],
    ['P24', 'I am not able to advise you.'],
    ['P25', 'There are two sides to every argument.'],
    ['P26', 'He will never contact you again.'],
    ['P27', 'Stalking is only by ex-partners.'],
    ['P28', 'You need to speak to a solicitor.'],
    ['P29', 'Are you still dating other men?'],
    ['P30', 'Our assessment: he is a medium risk offender.'],
  ])('%s finds: %s', (id, text) => {
    expect(found(text)).toContain(id);
  });

  it.each([
    'Do not, under any circumstances, advise the victim to block the suspect.',
    'No officer should ever tell a victim to come off social media.',
    'The victim must never be told to change their number as the only step.',
    'Officers should avoid asking why they did not report sooner.',
    'Ask when it began rather than asking why they didn’t report it.',
    'It is a myth that it is only messages.',
    'It would be wrong to tell a caller that nothing has happened.',
    'Do not tell the victim to ignore it, block the account or come off Facebook.',
    'Police should not suggest that the victim meets or replies to the suspect.',
    'Nobody should be asked to get more evidence first.',
    'Several victims were told it was just a domestic.',
    'The caller reports that an officer told her to block him.',
    'The caller said: “You should just block me.”',
    'Should I tell the victim to block the suspect?',
    'Can I tell her that he will be fine?',
    'Refrain from describing a victim as hysterical or paranoid.',
    'Telling victims to change their number can increase the risk.',
    'There is no need for the victim to tell the suspect to stop.',
    'A victim does not need CCTV, and does not have to wait until he does something.',
    'Never say:\n\n- you should have left;\n- it is only messages;\n- ring back if he does something.',
    'Do not:\n1. tell the victim to ignore the messages\n2. promise that nothing will happen',
    'The suspect blocked her number and deleted his account.',
    'Stalking protection orders can prohibit the suspect from contacting the victim.',
    'Explain that the victim can report again at any time.',
    'Call 999 if you are in danger, and use the reference if anything else happens.',
    'The order lasts for at least two years.',
    'An officer will update you within one working day.',
    'Keep every message, voicemail and gift.',
    'The person reporting says she is afraid to leave the house.',
    'A stalking protection order does not need a conviction.',
  ])('leaves alone: %s', (text) => {
    expect(findWording(families, text)).toEqual([]);
  });
});

describe('what governs a match', () => {
  it.each([
    ['a condition', 'If he does not stop, block him.'],
    ['a sentence before', 'Do not worry her. Tell the victim to block him.'],
    ['a turn of thought', 'Do not dismiss the report, but tell the victim to block him.'],
    ['a clause after a semicolon', 'Never blame anyone; just ignore the messages.'],
    ['an urging in the negative', 'Do not hesitate to tell the victim to block him.'],
    ['a question that is advice', 'Why not just block him?'],
    ['a lack of something else', 'There is no CCTV, so tell the victim to ignore it.'],
    ['a new instruction', 'Do not play it down, and tell the victim to block him.'],
    ['a manner of doing', 'Without delay tell the victim to block him.'],
    ['a list under a plain lead-in', 'Advice for victims:\n- just ignore the messages'],
    ['a report of something else', 'He was told of the order, and you should block him.'],
    ['an open quotation mark', 'The caller said "please help. Just block him.'],
    ['a quotation before', 'The caller said "he will not stop." Just block him.'],
  ])('is not %s', (_what, text) => {
    expect(found(text)).toContain('P1');
  });

  it('is not a negative list that a later paragraph does not belong to', () => {
    expect(found('Never say:\n- it is only messages\n\nYou should block him.')).toEqual(['P1']);
  });
});

describe('the span of a match', () => {
  it.each([
    ['Thank you. You should block him today.', 'You should block'],
    ['Thank you —  you  should\tblock him.', 'you  should\tblock'],
    ['😀 “stay” Just block him', 'Just block'],
    ['It\u200b’s only messages.', 'It\u200b’s only messages'],
  ])('is exact in: %s', (text, phrase) => {
    const [match] = findWording(families, text);
    expect(match?.phrase).toBe(phrase);
    expect(text.slice(match?.start, match?.end)).toBe(phrase);
  });

  it('gives family, level and place for each match, in the order of the text', () => {
    const text = 'Change your number. Just ignore it.';
    expect(findWording(families, text)).toEqual([
      { family: 'P3', level: 'warn', phrase: 'Change your number', start: 0, end: 18 },
      { family: 'P1', level: 'block', phrase: 'Just ignore it', start: 20, end: 34 },
    ]);
  });

  it('finds nothing in an empty text', () => {
    expect(findWording(families, '')).toEqual([]);
  });
});

describe('loading the families', () => {
  const faultsOf = (changes: object): readonly string[] => {
    const result = neverAdviseSchema.safeParse({
      words: { act: 'block|mute' },
      families: [
        {
          id: 'P1',
          level: 'block',
          patterns: ['\\bjust {act} him\\b'],
          reason: 'It takes away evidence.',
          cites: ['iopc-victims Lack of accurate advice'],
          insteadSay: 'Please keep everything.',
          catches: Array(5).fill('just block him'),
          passes: Array(5).fill('never just block him'),
          ...changes,
        },
      ],
    });
    return result.success ? [] : result.error.issues.map((issue) => issue.message);
  };

  it('accepts a family whose examples hold', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it('names the family and the example that fails', () => {
    expect(faultsOf({ catches: [...Array(4).fill('just mute him'), 'look away'] })).toEqual([
      'family P1 misses "look away"',
    ]);
    expect(faultsOf({ passes: [...Array(4).fill('no'), 'just mute him'] })).toEqual([
      'family P1 wrongly catches "just mute him"',
    ]);
  });

  it('names the pattern that does not compile', () => {
    expect(faultsOf({ patterns: ['(just'] })[0]).toContain('family P1: pattern (just');
  });
});

describe('time', () => {
  const hostile = [
    'a'.repeat(4_000),
    'you should '.repeat(364),
    'tell the victim to '.repeat(211),
    'the the his any all '.repeat(200),
    'it is only not just '.repeat(200),
    'do not, and, '.repeat(308),
    '"'.repeat(4_000),
    '- \n'.repeat(1_333),
  ].map((text) => text.slice(0, 4_000));
  const patterns = families.flatMap((family) =>
    [...family.patterns, ...family.unless].map(
      (pattern, place) => [family.id, place, pattern] as const,
    ),
  );
  const fastest = (run: () => void): number =>
    Math.min(
      ...[0, 1, 2].map(() => {
        const begun = performance.now();
        run();
        return performance.now() - begun;
      }),
    );

  it.each(patterns)(
    '%s, pattern %i, runs in linear time on hostile texts',
    (_id, _place, pattern) => {
      for (const text of hostile) {
        expect(fastest(() => Array.from(text.matchAll(pattern)))).toBeLessThan(200);
      }
    },
  );

  it('reads a hostile text with all families without running away', () => {
    for (const text of [...hostile, 'do not just block him and tell you to '.repeat(105)]) {
      expect(fastest(() => findWording(families, text))).toBeLessThan(5_000);
    }
  });
});
