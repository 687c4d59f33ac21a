import { choiceSchema } from '../src/core/choosing.js';
import { secondReadingSchema } from '../src/core/second-reading.js';
import type { ImproveParts } from '../src/flows/improve-answer.js';

/** The prompts of an answer without their words, for tests that put no model behind them. */
const wordless = { version: 1, digest: '0123456789ab', purpose: '', system: '', template: '' };

export const wordlessPrompts: ImproveParts['prompts'] = {
  choose: {
    ...{ ...wordless, id: 'choose-sentences', inputs: ['question', 'earlier', 'passages'] },
    schema: choiceSchema,
  },
  readAgain: {
    ...{ ...wordless, id: 'second-reading', inputs: ['question', 'statements'] },
    schema: secondReadingSchema,
  },
};
