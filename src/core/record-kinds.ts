import type { Field, RecordKind } from './script.js';

/**
 * Fields that a kind of record must have, by name and type, since other parts read them: the timeline, the
 * plan check, the list of promises. Fields beside these are free.
 */
const needed: Readonly<Record<RecordKind, Readonly<Record<string, Field['type']>>>> = {
  incidents: { what: 'FT', when: 'DT', kinds: 'MS' },
  dates: { what: 'MC', when: 'DT', tells: 'FT' },
  evidence: { what: 'FT' },
  plan: { what: 'FT', for: 'MS', owner: 'MC', by: 'DT' },
  commitments: { what: 'FT', who: 'FT', by: 'DT' },
  imports: { text: 'FT', from: 'FT' },
};

/** What is wrong with the fields of a question that holds records of a kind; empty when nothing is. */
export function recordKindFaults(kind: RecordKind, fields: readonly Field[]): readonly string[] {
  return Object.entries(needed[kind]).flatMap(([id, type]) => {
    const field = fields.find((candidate) => candidate.id === id);
    if (!field) return [`holds ${kind}, so it needs a field ${id} of type ${type}`];
    return field.type === type ? [] : [`its field ${id} must be of type ${type}`];
  });
}
