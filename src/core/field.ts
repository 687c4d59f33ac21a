import { z } from 'zod';
import { stemsOf } from './tokens.js';

/** Words that tell whether a question is of this field at all; see knowledge/field.yaml. */
export const fieldSchema = z.strictObject({
  subject: z.array(z.string().min(2)).min(1),
  people: z.array(z.string().min(2)).min(1),
  elsewhere: z.array(z.string().min(2)).min(1),
});
export type Field = z.infer<typeof fieldSchema>;

/** `inside`: names the field or its people. `outside`: names another subject. `open`: says neither. */
export type Ground = 'inside' | 'outside' | 'open';

/** Tells where a text stands; a text that names this field is inside whatever else it names. */
export function makeFindGround(field: Field): (text: string) => Ground {
  const subject = makeHolds(field.subject);
  const people = makeHolds(field.people);
  const elsewhere = makeHolds(field.elsewhere);
  return (text) => {
    const stems = stemsOf(text);
    if (subject(stems)) return 'inside';
    if (elsewhere(stems)) return 'outside';
    return people(stems) ? 'inside' : 'open';
  };
}

function makeHolds(phrases: readonly string[]): (stems: readonly string[]) => boolean {
  const wanted = phrases.map((phrase) => ` ${stemsOf(phrase).join(' ')} `);
  return (stems) => {
    const text = ` ${stems.join(' ')} `;
    return wanted.some((phrase) => text.includes(phrase));
  };
}
