import { type Script, scriptSchema } from '../src/core/script.js';

/**
 * A script far longer than any real one, of every type that is answered by one value. Every question's
 * condition holds and its flag is raised when each is given its first choice, so that all are asked and as
 * much as can be has to be looked at. Conditions are as dense as in the densest of ours. Red rules stand in it and are never met: they would end it.
 */
export function longScript(length: number): Script {
  const questions = Array.from({ length }, (_, at) => ({
    id: idAt(at),
    ask: `Question ${at + 1}: has anything of this kind happened before?`,
    type: typeAt(at),
    ...(typeAt(at) === 'MC' || typeAt(at) === 'MS' ? { choices } : {}),
    ...whenAt(at),
    why: { text: 'Asked so that there is something to replay.', cites: ['bench s1'] },
    flags: flagsAt(at),
    feeds: { statement: 'S5', line: `Question ${at + 1}: {answer}.`, cites: ['bench s1'] },
  }));
  return scriptSchema.parse({
    name: 'long-script',
    version: 1,
    status: 'draft',
    title: 'A long script',
    purpose: 'To measure how long a replay takes.',
    opening: 'These are many questions.',
    checkedOn: '2026-11-20',
    messages: { 'IDM-1': { text: 'Stop here.' }, 'IDM-5': { text: 'Tell a supervisor.' } },
    questions,
    ending: 'This is the end of it.',
    minimum: [idAt(0)],
  });
}

const types = ['YN', 'MC', 'FT', 'YNU', 'MS', 'DT', 'YN', 'N'] as const;
const typeAt = (at: number) => types[at % types.length] ?? 'FT';
const choices = ['first', 'second', 'third', 'fourth'].map((value) => ({ value, label: value }));

/** QA01 to QA99, QB01 … */
function idAt(at: number): string {
  const letter = String.fromCharCode('A'.charCodeAt(0) + Math.floor(at / 99));
  return `Q${letter}${String((at % 99) + 1).padStart(2, '0')}`;
}

/** That the question was given its first choice, or anything where it has none. */
function firstAt(at: number) {
  const type = typeAt(at);
  const is = type.startsWith('YN') ? ['yes'] : type.startsWith('M') ? ['first'] : ['given'];
  return { question: idAt(at), is };
}

/** On two of three questions: one other's reply, or several nested, or a flag. */
function whenAt(at: number) {
  if (at < 20 || at % 3 === 0) return {};
  const [near, far, farther] = [firstAt(at - 1), firstAt(at - 7), firstAt(at - 19)];
  if (at % 9 === 1) return { when: { all: [near, { any: [{ raised: 'red' }, far] }, farther] } };
  if (at % 9 === 4) return { when: { any: [{ raised: 'amber' }, near] } };
  return { when: far };
}

/** On every second question with choices; one question in eight looks at others too, as in First contact. */
function flagsAt(at: number) {
  const { is } = firstAt(at);
  if (is.includes('given') || at % 2 === 1) return [];
  const about = `said so at question ${at + 1}`;
  const red = { level: 'red', on: ['not-known'], message: 'IDM-1', about };
  if (at < 20 || at % 8 !== 4) return [red, { level: 'note', on: is, about }];
  const and = { all: [firstAt(at - 3), { any: [firstAt(at - 11), { raised: 'red' }] }] };
  return [red, { level: 'amber', on: is, message: 'IDM-5', about, and }];
}
