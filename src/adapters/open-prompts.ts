import path from 'node:path';
import { choiceSchema } from '../core/choosing.js';
import { claimsSchema } from '../core/narrative.js';
import { secondReadingSchema } from '../core/second-reading.js';
import { understandingSchema } from '../core/understanding.js';
import { packageRoot } from './package-root.js';
import { promptWith, readPrompts } from './prompt-files.js';

/** Every prompt that is used, each with the shape of its reply; throws PromptFault for the first that cannot be. */
export async function openPrompts() {
  const files = await readPrompts(path.join(packageRoot(), 'prompts'));
  return {
    choose: promptWith(files, 'choose-sentences', choiceSchema),
    readAgain: promptWith(files, 'second-reading', secondReadingSchema),
    understand: promptWith(files, 'understand-question', understandingSchema),
    narrative: promptWith(files, 'read-narrative', claimsSchema),
  };
}
