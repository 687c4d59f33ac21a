import type { QuestionId } from './ids.js';
import { unreachable } from './reachable.js';
import { recordKindFaults } from './record-kinds.js';
import type { Condition, Question, Script } from './script.js';

export type Fault = { readonly question: string; readonly reason: string };

const absentNames = ['not-known', 'declined', 'not-asked'];

/** Everything that would leave a script with a dead end, an unreachable question or a silent flag. */
export function faultsOf(script: Script, dangerMessage: string): readonly Fault[] {
  const ids = script.questions.map((question) => question.id);
  const known = new Map(script.questions.map((question) => [question.id, question]));
  return [
    ...(dangerMessage in script.messages ? [] : [fault('messages', `${dangerMessage} is missing`)]),
    ...Object.entries(script.messages)
      .filter(([, { followedBy }]) => followedBy !== undefined && !(followedBy in script.messages))
      .map(([name, { followedBy }]) =>
        fault(name, `is followed by ${followedBy}, which is not defined`),
      ),
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => fault(id, 'stands twice')),
    ...script.questions.flatMap((question, index) => [
      ...choiceFaults(question),
      ...fieldFaults(question),
      ...messageFaults(question, script),
      ...conditionFaults(question.id, question.when, script.questions.slice(0, index)),
      ...question.flags.flatMap((flag) =>
        conditionFaults(question.id, flag.and, script.questions.slice(0, index + 1)),
      ),
    ]),
    ...unreachable(script.questions).map((id) =>
      fault(id, 'can never be asked: no replies meet its condition'),
    ),
    ...script.indications.flatMap((indication) => [
      ...conditionFaults(indication.id, indication.when, script.questions),
      ...conditionFaults(indication.id, indication.unless, script.questions),
      ...indication.rests
        .filter((id) => !known.has(id))
        .map((id) => fault(indication.id, `rests on ${id}, which is no question`)),
    ]),
    ...[...script.minimum, ...(Object.keys(script.kinds) as QuestionId[])]
      .filter((id) => !known.has(id))
      .map((id) => fault(id, 'is named but is no question')),
  ];
}

function choiceFaults(question: Question): readonly Fault[] {
  const chooses = ['YN', 'YNU', 'MC', 'MS'].includes(question.type);
  const values = question.choices.map((choice) => choice.value);
  const allowed = [...values, ...absentNames, ...givenNames(question)];
  const tested = [...question.flags, ...question.shows, ...question.tasks].flatMap(
    (rule) => rule.on,
  );
  return [
    ...(chooses && values.length < 2 ? [fault(question.id, 'needs at least two choices')] : []),
    ...(chooses || values.length === 0 ? [] : [fault(question.id, 'cannot have choices')]),
    ...(question.storeElsewhere && question.type !== 'YN'
      ? [fault(question.id, 'is stored elsewhere, so only yes or no may be kept here')]
      : []),
    ...values
      .filter((value, i) => values.indexOf(value) !== i)
      .map((value) => fault(question.id, `choice ${value} stands twice`)),
    ...tested
      .filter((value) => !allowed.includes(value))
      .map((value) => fault(question.id, `a rule tests "${value}", which cannot be replied`)),
  ];
}

/** What rules may test where nothing is chosen: that something was given, or that a list is empty. */
function givenNames({ type, choices }: Question): readonly string[] {
  if (type === 'CARD') return ['given', 'none'];
  return choices.length > 0 ? [] : ['given'];
}

function fieldFaults(question: Question): readonly Fault[] {
  const { id, type, fields, holds } = question;
  if (type !== 'CARD') {
    return fields.length > 0 || holds ? [fault(id, 'only CARD questions hold records')] : [];
  }
  const ids = fields.map((field) => field.id);
  return [
    ...(fields.length === 0 ? [fault(id, 'needs at least one field')] : []),
    ...ids
      .filter((name, i) => ids.indexOf(name) !== i)
      .map((name) => fault(id, `field ${name} stands twice`)),
    ...fields.flatMap((field) => {
      const chooses = ['YNU', 'MC', 'MS'].includes(field.type);
      const isEmpty = field.choices.length < 2 && !field.choicesFrom;
      return chooses && isEmpty ? [fault(id, `field ${field.id} needs at least two choices`)] : [];
    }),
    ...(holds ? recordKindFaults(holds, fields).map((reason) => fault(id, reason)) : []),
  ];
}

function messageFaults(question: Question, script: Script): readonly Fault[] {
  const named = [...question.flags, ...question.shows].map((rule) => rule.message);
  return [
    ...question.flags
      .filter((flag) => flag.level === 'red' && !flag.message)
      .map(() => fault(question.id, 'a red flag must name its message')),
    ...named
      .filter((name) => name !== undefined && !(name in script.messages))
      .map((name) => fault(question.id, `message ${name} is not defined`)),
  ];
}

/** A condition may look only at `earlier` questions, and only for what can be replied to them. */
function conditionFaults(
  at: string,
  condition: Condition | undefined,
  earlier: readonly Question[],
): readonly Fault[] {
  if (!condition || 'raised' in condition) return [];
  if ('all' in condition)
    return condition.all.flatMap((part) => conditionFaults(at, part, earlier));
  if ('any' in condition)
    return condition.any.flatMap((part) => conditionFaults(at, part, earlier));
  const question = earlier.find((candidate) => candidate.id === condition.question);
  if (!question) return [fault(at, `looks at ${condition.question}, which is not asked before it`)];
  const values = question.choices.map((choice) => choice.value);
  const allowed = [...values, ...givenNames(question)];
  return condition.is
    .filter((value) => ![...allowed, ...absentNames].includes(value))
    .map((value) => fault(at, `waits for ${condition.question} to be "${value}": never replied`));
}

function fault(question: string, reason: string): Fault {
  return { question, reason };
}
