import type { QuestionId } from './ids.js';
import { fill, onRoute } from './indications.js';
import { isAbsent } from './reply.js';
import { sayValue } from './say-value.js';
import type { Position, Screening } from './screening.js';
import type { Question, Script } from './script.js';

type Asking = {
  readonly script: Script;
  readonly screening: Pick<Screening, 'caseRef'>;
  readonly position: Position;
  readonly told: ReadonlyMap<QuestionId, string>;
};

/**
 * The words of a question with its gaps filled: `{caseRef}`, or the answer to another question (`{FC11}`), given
 * here or earlier in the case. A gap that nothing fills reads “…”, for the user to say what belongs there.
 */
export function askedWords(question: Question, asking: Asking): string {
  return fill(question.ask, (name) =>
    name === 'caseRef' ? asking.screening.caseRef : (answerTo(name as QuestionId, asking) ?? '…'),
  );
}

function answerTo(id: QuestionId, { script, position, told }: Asking): string | undefined {
  const here = onRoute(position, id);
  const question = script.questions.find((candidate) => candidate.id === id);
  return here && question && !isAbsent(here) ? sayValue(question, here) : told.get(id);
}
