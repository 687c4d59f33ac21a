import { z } from 'zod';
import { stemsOf } from './tokens.js';

/** Words that tell whether a question is of this field at all; see knowledge/field.yaml. */
export const fieldSchema = z.strictObject({
  subject: z.array(z.string().min(2)).min(1),
  people: z.array(z.string().min(2)).min(1),
  elsewhere: z.array(z.string().min(2)).min(1),
  /** Places with a law of their own. */
  abroad: z.array(z.string().min(2)).default([]),
});
export type Field = z.infer<typeof fieldSchema>;

/**
 * `inside`: names the field or its people. `outside`: names another subject. `abroad`: of the field, but names a
 * place with another law. `open`: says none of these.
 */
export type Ground = 'inside' | 'outside' | 'abroad' | 'open';

/** Tells where a text stands; a text that names this field is inside whatever else it names. */
export function makeFindGround(field: Field): (text: string) => Ground {
  const subject = makeHolds(field.subject);
  const people = makeHolds(field.people);
  const elsewhere = makeHolds(field.elsewhere);
  const abroad = makeHolds(field.abroad);
  return (text) => {
    const stems = stemsOf(text);
    const inside = abroad(stems) ? 'abroad' : 'inside';
    if (subject(stems)) return inside;
    const isOfPeople = people(stems);
    // "He gets on her train every day" names a train and may still be of this field: it has to be found well.
    if (elsewhere(stems)) return isOfPeople ? 'open' : 'outside';
    return isOfPeople ? inside : 'open';
  };
}

function makeHolds(phrases: readonly string[]): (stems: readonly string[]) => boolean {
  const wanted = phrases.map((phrase) => ` ${stemsOf(phrase).join(' ')} `);
  return (stems) => {
    const text = ` ${stems.join(' ')} `;
    return wanted.some((phrase) => text.includes(phrase));
  };
}
