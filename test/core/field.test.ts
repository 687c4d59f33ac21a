import { describe, expect, it } from 'vitest';
import { makeFindGround } from '../../src/core/field.js';

const findGround = makeFindGround({
  subject: ['stalk', 'SPO', 'course of conduct'],
  people: ['victim', 'she'],
  elsewhere: ['burglary', 'drink driving'],
  abroad: ['Scotland', 'Northern Ireland'],
});

describe('findGround', () => {
  it.each([
    ['a word of the field', 'How long does an SPO last?', 'inside'],
    ['another form of it', 'He was stalking her', 'inside'],
    ['a phrase in order', 'what is a course of conduct', 'inside'],
    ['the people of a case', 'should she keep the letters', 'inside'],
    ['another subject', 'sentence for burglary', 'outside'],
    ['another subject and people', 'victim of a burglary', 'open'],
    ['another subject beside this one', 'stalked, then a burglary', 'inside'],
    ['a place with another law', 'stalking law in Scotland', 'abroad'],
    ['people of a case in such a place', 'she moved to Northern Ireland', 'abroad'],
    ['another subject in such a place', 'burglary in Scotland', 'outside'],
    ['such a place and nothing of the field', 'weather in Scotland', 'open'],
    ['part of a phrase only', 'driving lessons', 'open'],
    ['nothing', 'capital of Portugal', 'open'],
    ['no words', '', 'open'],
  ])('%s', (_, text, expected) => {
    expect(findGround(text)).toBe(expected);
  });
});
