import type { Condition, FlagRule, Question, Script } from './script.js';

/**
 * A script's routes as a Mermaid flowchart. A script is asked from top to bottom, so each condition is drawn as a
 * diamond with a way in and a way past it: every arrow is a step that can be taken. Questions that follow each other
 * under one condition share its diamond. What a mark means is said by its shape and its words, never by colour.
 */

/** Returns the Mermaid text; the same script always gives the same. */
export function scriptDiagram(script: Script): string {
  const { title, name, version } = script;
  const groups = groupsOf(script.questions);
  const entry = (index: number) => {
    const group = groups[index];
    return group ? (group.when ? gateId(group) : firstId(group)) : 'stop';
  };
  const lines = groups.flatMap((group, index) => drawGroup(script, group, entry(index + 1)));
  return [
    'flowchart TD',
    `  start(["${label(`${title}, version ${version} (${name})`)}"])`,
    `  start --> ${entry(0)}`,
    ...lines,
    '  stop(["No question left: case summary"])',
    ...legend,
    '',
  ].join('\n');
}

/** Questions in a row under the same condition. */
type Group = { readonly when: Condition | undefined; readonly questions: readonly Question[] };

function groupsOf(questions: readonly Question[]): readonly Group[] {
  const groups: { when: Condition | undefined; questions: Question[] }[] = [];
  for (const question of questions) {
    const last = groups.at(-1);
    const isSame = JSON.stringify(last?.when) === JSON.stringify(question.when);
    if (last && isSame) last.questions.push(question);
    else groups.push({ when: question.when, questions: [question] });
  }
  return groups;
}

function firstId({ questions }: Group): string {
  return questions[0]?.id ?? 'stop';
}

function gateId(group: Group): string {
  return `${firstId(group)}_when`;
}

function drawGroup(script: Script, group: Group, next: string): readonly string[] {
  const { when, questions } = group;
  const gate = gateId(group);
  const gates = when
    ? [
        `  ${gate}{"${label(subjectOf(when))}"}`,
        `  ${gate} -->|"${label(sayCondition(when, script))}"| ${firstId(group)}`,
        `  ${gate} -->|"otherwise"| ${next}`,
      ]
    : [];
  const asked = questions.flatMap((question, index) => [
    drawQuestion(question),
    ...question.flags.flatMap((flag, number) => drawFlag(script, question, flag, number + 1)),
    `  ${question.id} --> ${questions[index + 1]?.id ?? next}`,
  ]);
  return [...gates, ...asked];
}

/** A double-edged box is the danger set, a plain one the rest. */
function drawQuestion({ id, ask, danger, short, mustAsk }: Question): string {
  const marks = [
    ...(danger ? ['danger set'] : []),
    ...(short ? ['short set'] : []),
    ...(mustAsk ? ['must be asked'] : []),
  ];
  const words = `${label(`${id} ${cut(ask)}`)}${marks.length > 0 ? `<br>${label(`(${marks.join(', ')})`)}` : ''}`;
  return danger ? `  ${id}[["${words}"]]` : `  ${id}["${words}"]`;
}

const flagShapes: Readonly<Record<FlagRule['level'], readonly [string, string, string]>> = {
  red: ['{{', 'RED FLAG', '}}'],
  amber: ['[/', 'AMBER FLAG', '\\]'],
  note: ['>', 'NOTE', ']'],
};

/** A flag hangs from its question by a dotted line that names the replies which raise it. */
function drawFlag(
  script: Script,
  question: Question,
  { level, on, and, about }: FlagRule,
  number: number,
): readonly string[] {
  const [open, word, close] = flagShapes[level];
  const id = `${question.id}_flag${number}`;
  const replies = sayReplies(question, on);
  const raisedBy = and ? `${replies}; and ${sayPart(and, script)}` : replies;
  return [
    `  ${id}${open}"${label(`${word}: ${about}`)}"${close}`,
    `  ${question.id} -.->|"${label(raisedBy)}"| ${id}`,
  ];
}

/** What a condition looks at, for the diamond. */
function subjectOf(condition: Condition): string {
  const names = [...new Set(namesIn(condition))];
  return `${names.join(', ')}?`;
}

function namesIn(condition: Condition): readonly string[] {
  if ('raised' in condition) return [`${condition.raised} flag`];
  if ('question' in condition) return [condition.question];
  return ('all' in condition ? condition.all : condition.any).flatMap(namesIn);
}

/** A condition in words, e.g. FC07 is “Me” or “Children”; and FC01 is “No”. */
function sayCondition(condition: Condition, script: Script): string {
  if ('raised' in condition) return `${aFlag[condition.raised]} flag was raised`;
  if ('question' in condition) {
    const question = script.questions.find(({ id }) => id === condition.question);
    return `${condition.question} is ${sayReplies(question, condition.is)}`;
  }
  const isAll = 'all' in condition;
  const parts = isAll ? condition.all : condition.any;
  return parts.map((part) => sayPart(part, script)).join(isAll ? '; and ' : '; or ');
}

function sayPart(part: Condition, script: Script): string {
  const words = sayCondition(part, script);
  return 'all' in part || 'any' in part ? `(${words})` : words;
}

const aFlag = { red: 'a red', amber: 'an amber' } as const;

const plainReplies: Readonly<Record<string, string>> = {
  'not-known': 'not known',
  declined: 'declined',
  'not-asked': 'not asked',
  given: 'given',
  none: 'none recorded',
};

function sayReplies(question: Question | undefined, values: readonly string[]): string {
  return values
    .map((value) => {
      const choice = question?.choices.find((candidate) => candidate.value === value);
      return choice ? `“${choice.label}”` : (plainReplies[value] ?? value);
    })
    .join(' or ');
}

/** About two lines of a box. */
const longestAsk = 70;

function cut(text: string): string {
  if (text.length <= longestAsk) return text;
  return `${text.slice(0, longestAsk).replace(/\s+\S*$/, '')} …`;
}

/** Everything that Mermaid might read as a mark, as a number: `"` is `#34;`. Words stay words. */
function label(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[^\p{L}\p{N} ,.:()?!'’‘“”…–—/-]/gu, (mark) => `#${mark.codePointAt(0)};`);
}

const legend: readonly string[] = [
  '  subgraph legend ["How to read this"]',
  '    legend_danger[["Double edge: danger set, asked even after a red flag"]]',
  '    legend_red{{"Six corners: RED FLAG, from here on only the danger set"}}',
  '    legend_amber[/"Sloping sides: AMBER FLAG, told to a supervisor"\\]',
  '    legend_note>"Notched side: NOTE, only recorded"]',
  '    legend_gate{"Diamond: looks at earlier replies"}',
  '  end',
];
