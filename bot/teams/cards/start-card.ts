import type { Script } from '../../../src/core/script.js';
import { english, type Words } from '../../../src/core/words.js';
import type { JsonObject } from '../activity.js';
import { card, heading, row, small } from './card.js';

/**
 * Offers the scripts that can be begun; `screening` names the case to go on with. `instance` is new for
 * every card, so that a press that arrives twice begins one screening.
 */
export function startCard(
  scripts: readonly Script[],
  instance: string,
  screening?: string,
  { phrases, fallbacks }: Words = english,
): JsonObject {
  const caseOf = screening ? { screening } : {};
  const body = scripts.flatMap((script) => [
    row(script.title, { verb: 'start', script: script.name, instance, ...caseOf }),
    small(script.purpose),
  ]);
  return card([heading(phrases.chooseScript), ...body], [], fallbacks.start);
}
