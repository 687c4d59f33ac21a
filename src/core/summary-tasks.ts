import {
  absentStops,
  answerInWords,
  fill,
  onRoute,
  type Read,
  recordsOnRoute,
} from './indications.js';
import { choicesOf, isAbsent } from './reply.js';
import { sayValue } from './say-value.js';

/** What a summary still lacks, and the work that is left over. */

/** Asked again at the next safe contact: the code's own task, since it depends on what is absent. */
const completeLater =
  'Complete the questions marked not asked, not known or declined at the next safe contact.';
const agreeTime =
  'Only the short set was asked: agree a time for the rest at the next safe contact.';

/** What a usable summary still lacks: answers of the minimum set, and rows of the plan. */
export function missingOf(read: readonly Read[]): string[] {
  return [...read.flatMap(missingAnswers), ...missingRows(read)];
}

function missingAnswers({ script, position }: Read): readonly string[] {
  const absent = script.minimum.filter((id) => {
    const stop = position.route.find((candidate) => candidate.question.id === id);
    const value = position.standings.get(id)?.value;
    if (recordsOnRoute(position, id).length > 0) return false;
    return stop?.state !== 'not-applicable' && (value === undefined || isAbsent(value));
  });
  return absent.length > 0 ? [`${script.title}: no answer to ${absent.join(', ')}.`] : [];
}

/** Each amber matter of a script that asks for it, and each red one of any, needs a row of the plan (NE, T7). */
function missingRows(read: readonly Read[]): readonly string[] {
  const covered = new Set(read.flatMap(plannedIn));
  const raised = read.flatMap(({ script, position }) =>
    position.flags.flatMap(({ level, question }) => {
      const isPlanned = level === 'red' || (level === 'amber' && script.needsPlan);
      return question && isPlanned ? [question] : [];
    }),
  );
  const bare = [...new Set(raised)].filter((question) => !covered.has(question));
  return bare.length > 0 ? [`Plan: no row for ${bare.join(', ')}.`] : [];
}

function plannedIn({ script, position }: Read): readonly string[] {
  return script.questions
    .filter(({ holds }) => holds === 'plan')
    .flatMap(({ id }) => recordsOnRoute(position, id))
    .flatMap(({ fields }) => (fields.for?.kind === 'choices' ? fields.for.choices : []));
}

/** The work that replies, scripts and absent answers leave over; each sentence once. */
export function tasksOf(parts: readonly Read[]): readonly string[] {
  const hasAbsent = parts.some(({ position }) => absentStops(position).length > 0);
  const isShort = parts.some(({ position }) => position.short);
  return [
    ...new Set([
      ...parts.flatMap(tasksOfReplies),
      ...parts.flatMap(({ script }) => script.tasks),
      ...(isShort ? [agreeTime] : []),
      ...(hasAbsent ? [completeLater] : []),
    ]),
  ];
}

function tasksOfReplies(read: Read): readonly string[] {
  return read.script.questions.flatMap((question) => {
    const value = onRoute(read.position, question.id);
    if (!value) return [];
    const said = choicesOf(value);
    return question.tasks
      .filter((task) => task.on.some((on) => said.includes(on)))
      .map((task) =>
        fill(task.text, (name) =>
          name === 'answer' ? sayValue(question, value) : answerInWords(read, name),
        ),
      );
  });
}
