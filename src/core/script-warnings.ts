import { addMonths } from './days.js';
import type { Day } from './ids.js';
import { everMet } from './random-walks.js';
import { dangerMessage, type Question, type Script } from './script.js';

/**
 * What is allowed in a script but ought to be looked at by a person. Faults, which stop the start, are found by
 * `faultsOf`; nothing here does.
 */

export type Warning = { readonly question: string; readonly reason: string };

/** Months after which a script is to be read again, as passages are. */
const reviewMonths = 6;

/** Returns the warnings of a script, as they stand on a day. */
export function warningsOf(script: Script, today: Day): readonly Warning[] {
  const met = everMet(script);
  return [
    ...staleWarnings(script, today),
    ...(script.questions.some(({ short }) => short)
      ? []
      : [warning('questions', 'none is marked short: a caller with minutes is asked all of them')]),
    ...unusedMessages(script),
    ...script.questions.flatMap((question) => [
      ...(met.questions.has(question.id)
        ? []
        : [warning(question.id, 'was asked in none of the walks')]),
      ...question.flags
        .filter(({ level, about }) => !met.flags.has(`${level} ${question.id} ${about}`))
        .map(({ level, about }) =>
          warning(question.id, `its ${level} flag “${about}” was raised in none of the walks`),
        ),
      ...wordWarnings(question),
    ]),
  ];
}

/** True when a script is due to be read again, or may no longer be begun. */
export function staleWarnings(
  { checkedOn, licence }: Pick<Script, 'checkedOn' | 'licence'>,
  today: Day,
): readonly Warning[] {
  const due = addMonths(checkedOn, reviewMonths);
  const ends = licence?.kind === 'instrument' ? licence.expiresOn : undefined;
  return [
    ...(due < today ? [warning('checkedOn', `was due for review on ${due}`)] : []),
    ...(ends !== undefined && ends < today
      ? [warning('licence', `ended on ${ends}: it is not offered any more`)]
      : []),
  ];
}

function unusedMessages({ messages, questions }: Script): readonly Warning[] {
  const used = new Set([
    dangerMessage,
    ...Object.values(messages).map(({ followedBy }) => followedBy),
    ...questions.flatMap(({ flags, shows }) => [...flags, ...shows].map(({ message }) => message)),
  ]);
  return Object.keys(messages)
    .filter((name) => !used.has(name))
    .map((name) => warning(name, 'is never shown'));
}

/** "Next review", "court date coming up": a day still to come, which a date question refuses unless told. */
const aheadWords =
  /\b(?:next|due|upcoming|coming up|will|expires?|until|by when|deadline|promised|planned|arranged)\b/i;

function wordWarnings({ id, ask, aloud, type, ahead, fields }: Question): readonly Warning[] {
  const dates = [
    ...(type === 'DT' ? [{ words: ask, ahead }] : []),
    ...fields
      .filter((field) => field.type === 'DT')
      .map((f) => ({ words: f.label, ahead: f.ahead })),
  ];
  return [
    ...dates
      .filter((date) => !date.ahead && aheadWords.test(date.words))
      .map(({ words }) =>
        warning(id, `“${words}” seems to ask for a day still to come, but has no ahead: true`),
      ),
    ...(aloud && /\bwhy\b/i.test(ask)
      ? [warning(id, 'asks “why”, which can sound like blame; ask what happened instead')]
      : []),
  ];
}

function warning(question: string, reason: string): Warning {
  return { question, reason };
}
