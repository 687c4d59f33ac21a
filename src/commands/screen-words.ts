import { askedWords } from '../core/asked-words.js';
import { sayDay, sayTime } from '../core/days.js';
import { noticesOf } from '../core/knowledge.js';
import { changeReasons, notAskedWords, phrases } from '../core/phrases.js';
import { withFlagChoices } from '../core/record.js';
import { notAskedReasonSchema } from '../core/reply.js';
import { sayValue } from '../core/say-value.js';
import { progressOf } from '../core/screening.js';
import { dangerScript, type Field, type Question, type Script } from '../core/script.js';
import type { ScreeningView } from '../flows/screening-view.js';

/** What a screening says in the terminal, line by line. */

/** Before the first question: what this is for, on whose terms, and the words to begin with. */
export function openingWords(script: Script): readonly string[] {
  const { title, version, status, purpose, licence, prompts, opening } = script;
  return [
    `${title} (${script.name}, version ${version}, ${status})`,
    'Kept in memory only: nothing is stored, sent or logged. Use no real person’s details.',
    '',
    purpose,
    ...(licence?.kind === 'instrument'
      ? [
          `Instrument of ${licence.owner}: ${licence.instrument}. Permission ${licence.permission}, until ${sayDay(licence.expiresOn)}.`,
          `May be used by: ${licence.users}. Training: ${licence.training}.`,
        ]
      : []),
    ...noticesOf([script]),
    ...prompts.map((prompt) => `• ${prompt}`),
    ...(opening ? [`Read first: “${opening}”`] : []),
    'Type “help” for the keys. Ctrl+C ends and prints the summary so far.',
  ];
}

/** The step that is open: messages, the question with its choices, or that there is none left. */
export function stepWords(view: ScreeningView): readonly string[] {
  const { position } = view;
  if (position.awaitsReason) {
    const offered = changeReasons.map((reason, index) => `  ${index + 1}  ${reason}`);
    return ['', phrases.askReason, ...offered];
  }
  const { asked, left } = progressOf(position);
  const question = position.isPaused ? undefined : position.at;
  const end = position.isPaused ? phrases.paused : endWords(view);
  return [
    '',
    ...messageWords(view),
    ...(question ? [`— ${asked} asked, ${left} left`, ...questionWords(view, question)] : [end]),
  ];
}

function endWords({ script, position }: ScreeningView): string {
  const hasDangerSet = script.name === dangerScript;
  if (position.inDanger)
    return hasDangerSet ? phrases.finishedInDanger : phrases.finishedInDangerUnasked;
  return position.short ? phrases.finishedShort : phrases.finished;
}

function messageWords({ script, position }: ScreeningView): readonly string[] {
  const ambers = position.flags.filter(({ level }) => level === 'amber').map(({ about }) => about);
  return position.messages.flatMap((name) => {
    const message = script.messages[name];
    if (!message) return [];
    const aloud = message.readAloud ? [`   Read aloud: “${message.readAloud}”`] : [];
    return [`!! ${message.text.replace('{list}', ambers.join('; '))}`, ...aloud];
  });
}

function questionWords(view: ScreeningView, question: Question): readonly string[] {
  const { position, held, caseFlags } = view;
  const shown = withFlagChoices(question, caseFlags);
  const words = askedWords(question, view);
  const standing = position.standings.get(question.id);
  const told = position.isRevisiting ? undefined : held.get(question.id);
  const records = position.records.get(question.id)?.filter(({ isStruck }) => !isStruck) ?? [];
  return [
    question.aloud ? `${question.id} Read aloud: “${words}”` : `${question.id} For you: ${words}`,
    ...(question.hint ? [`  (${question.hint})`] : []),
    ...(standing
      ? [`  Recorded ${sayTime(standing.at)}: ${sayValue(question, standing.value)} (k keeps it)`]
      : []),
    ...(told ? [`  ${phrases.toldOn(sayTime(told.at), sayValue(question, told.value))}`] : []),
    ...shown.choices.map(({ label }, index) => `  ${index + 1}  ${label}`),
    ...(question.type === 'MS' ? ['  Several: numbers with spaces or commas.'] : []),
    ...(question.type === 'CARD' ? cardWords(shown.fields, records.length) : []),
  ];
}

function cardWords(fields: readonly Field[], count: number): readonly string[] {
  const labels = fields.map(({ label }) => label).join('; ');
  return [
    `  ${count} recorded. Each holds: ${labels}.`,
    '  Type one in a line, or + to fill in its fields; “done” when that is all.',
  ];
}

/** A field of a record, with its choices. */
export function fieldWords({ label, choices, hint }: Field): readonly string[] {
  return [
    `  ${label}${hint ? ` (${hint})` : ''}`,
    ...choices.map((choice, index) => `    ${index + 1}  ${choice.label}`),
  ];
}

/** Why the open question is asked, with the places its guidance stands in. */
export function whyWords({ why }: Question): readonly string[] {
  return [`${why.text} (${why.cites.join('; ')})`];
}

/** The reasons for passing over a question, or for asking the short set only, with their numbers. */
export function reasonWords(key: 's' | 'short '): readonly string[] {
  const reasons = notAskedReasonSchema.options.map(
    (reason, index) => `  ${key}${index + 1}  ${notAskedWords[reason]}`,
  );
  return [key === 's' ? phrases.skipHow : phrases.shortHow, ...reasons];
}

export const helpWords: readonly string[] = [
  'A number, or words, answers.   u  not known   d  declined   s3  skip with a reason (s lists them)',
  'b  back   k  keep the earlier answer   p  pause   ?  why this question   !  DANGER',
  'short 2  only the short set   rest  ask the rest after all   summary  the summary so far',
  'Where a question holds a list: a line adds to it, + fills in its fields, “done” ends it.',
];
