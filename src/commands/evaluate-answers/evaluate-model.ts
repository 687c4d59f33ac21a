import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadKnowledge } from '../../adapters/knowledge-files.js';
import { packageRoot } from '../../adapters/package-root.js';
import { knownWordsOf } from '../../core/known-words.js';
import { makeHide } from '../../core/placeholders.js';
import { makeRedact } from '../../core/redact.js';
import { makeAnswerQuestion } from '../../flows/answer-question.js';
import { makeImproveAnswer } from '../../flows/improve-answer.js';
import type { AskModel, PromptName } from '../../flows/ports.js';
import { makeUnderstandQuestion } from '../../flows/understand-question.js';
import { askBoth, type Both } from './ask-both.js';
import { modelTable, unsupportedIn } from './model-figures.js';
import { type OpenedModel, openModel } from './open-model.js';
import { listSets, readQuestions } from './questions.js';

/**
 * `npm run evaluate -- --model`: the sets answered by words and with a model, side by side. It is the model that the
 * settings name; without one, or where `honest` or `hostile` is said, a double that speaks the same protocol over HTTP.
 * Exit status 1 when anything unsupported was shown, or what rules decide was changed.
 */
export async function evaluateModel(args: readonly string[]): Promise<number> {
  const wish = readArguments(args);
  const knowledge = await loadKnowledge(wish.knowledge);
  const model = await openModel(wish.double);
  try {
    const sets: { set: string; both: readonly Both[] }[] = [];
    const notes = new Map<string, number>();
    for (const file of wish.sets) {
      const asking = { ...askingOf(knowledge, model, notes), atOnce: wish.atOnce };
      const both = await askBoth(asking, await readQuestions(file));
      sets.push({ set: path.basename(file), both });
    }
    const all = sets.flatMap(({ both }) => both);
    if (wish.misses) process.stdout.write(all.flatMap(newMiss).join(''));
    process.stdout.write(
      `${[
        `Model: ${model.name}`,
        `Prompts: ${Object.values(model.prompts).map(sayPrompt).join(', ')}`,
        `Knowledge: ${knowledge.version}, ${knowledge.passages.size} passages`,
      ].join('\n')}\n\n${modelTable(sets, model.price)}\n\n${sayNotes(notes)}\n`,
    );
    return all.some(({ byModel }) => unsupportedIn(byModel.result) > 0 || byModel.isRuleLost)
      ? 1
      : 0;
  } finally {
    await model.close();
  }
}

function readArguments(args: readonly string[]) {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      model: { type: 'boolean' },
      knowledge: { type: 'string', default: path.join(packageRoot(), 'knowledge') },
      misses: { type: 'boolean', default: false },
      'at-once': { type: 'string', default: '1' },
    },
  });
  const isDouble = (word: string) => word === 'honest' || word === 'hostile';
  const files = positionals.filter((word) => !isDouble(word));
  return {
    double: positionals.find(isDouble) as 'honest' | 'hostile' | undefined,
    sets: files.length > 0 ? files : listSets(),
    knowledge: values.knowledge,
    misses: values.misses,
    atOnce: Math.max(1, Number(values['at-once']) || 1),
  };
}

function askingOf(
  knowledge: Awaited<ReturnType<typeof loadKnowledge>>,
  { ask, prompts, secondReading, timeoutMs }: OpenedModel,
  notes: Map<string, number>,
) {
  const at = new Date();
  const clock = () => at;
  const hide = makeHide(makeRedact(knownWordsOf(knowledge)));
  const improveWith = (counted: AskModel) =>
    makeImproveAnswer({
      ...{ knowledge, clock, hide, secondReading, ask: counted, prompts },
      understand: makeUnderstandQuestion({
        ...{ knowledge, clock, hide, ask: counted, prompt: prompts.understand },
      }),
      note: ({ kind }) => notes.set(kind, (notes.get(kind) ?? 0) + 1),
    });
  return {
    knowledge,
    at,
    answer: makeAnswerQuestion(knowledge, clock),
    ask,
    improveWith,
    timeoutMs,
  };
}

const sayPrompt = ({ id, version, digest }: PromptName) => `${id} ${version} (${digest})`;

/** What became of the attempts, commonest first. */
function sayNotes(notes: ReadonlyMap<string, number>): string {
  const counts = [...notes].toSorted(([, a], [, b]) => b - a);
  return `What became of it: ${counts.map(([kind, count]) => `${kind} ${count}`).join(', ') || 'nothing'}.`;
}

/** Answers that were right by words and are not with the model. */
function newMiss({ byWords, byModel: { result } }: Both): readonly string[] {
  if (byWords.result.faults.length > 0 || result.faults.length === 0) return [];
  const { question, kind, faults } = result;
  const words = question.q ?? question.turns?.join(' / ');
  return [`${question.id} (${kind}) ${words}\n  ${faults.join('\n  ')}\n`];
}
