import type { Log } from '../src/adapters/log.js';
import { openPrompts } from '../src/adapters/open-prompts.js';
import type { Config } from '../src/config.js';
import type { Knowledge } from '../src/core/knowledge.js';
import { knownWordsOf } from '../src/core/known-words.js';
import { makeHide } from '../src/core/placeholders.js';
import { makeRedact } from '../src/core/redact.js';
import type { TimeLimits } from '../src/flows/answer-in-time.js';
import { makeAskWhenOn } from '../src/flows/ask-when-on.js';
import type { ImproveNote } from '../src/flows/choose-sentences.js';
import { type ImproveAnswer, makeImproveAnswer } from '../src/flows/improve-answer.js';
import type { AskModel, Clock, SwitchStore } from '../src/flows/ports.js';
import type { NarrativeModel } from '../src/flows/read-narrative.js';
import { makeUnderstandQuestion } from '../src/flows/understand-question.js';

/** The part of the composition root that joins a language model, where one is configured. */

export type WiredModel = {
  readonly improveWith: (knowledge: Knowledge) => ImproveAnswer;
  /** Undefined where the words of a case may not be sent, which is the default. */
  readonly narrativeWith: (knowledge: Knowledge) => NarrativeModel | undefined;
  readonly limits: TimeLimits;
};

/** Made before there is a store, so that a prompt that cannot be used stops the start before anything is touched. */
export type JoinModel = (modelSwitch: Pick<SwitchStore, 'isOn'>, clock: Clock) => WiredModel;

/** Undefined where none is configured or the configuration holds it off: then nothing of it is loaded. `watched` counts calls. */
export async function openModel(
  { model }: Config,
  log: Log,
  watched: (ask: AskModel) => AskModel,
): Promise<JoinModel | undefined> {
  if (!model || model.isOff) return undefined;
  const { waitMs, timeoutMs, secondReading, caseText } = model;
  const prompts = await openPrompts();
  const { makeOpenAiModel } = await import('../src/adapters/openai-model.js');
  const note = ({ kind, dropped }: ImproveNote) =>
    log.info('model-choice', {
      outcome: kind,
      count: Object.values(dropped).reduce((sum, count) => sum + count, 0),
    });
  const askAlways = makeOpenAiModel(model, { log });
  return (modelSwitch, clock) => {
    const ask = watched(
      makeAskWhenOn(askAlways, modelSwitch, (error) =>
        log.error('model-switch-not-read', {}, error),
      ),
    );
    const hideWith = (knowledge: Knowledge) => makeHide(makeRedact(knownWordsOf(knowledge)));
    return {
      limits: { waitMs, timeoutMs },
      narrativeWith: (knowledge) =>
        caseText ? { ask, prompt: prompts.narrative, hide: hideWith(knowledge) } : undefined,
      improveWith: (knowledge) => {
        const parts = { knowledge, clock, ask, hide: hideWith(knowledge) };
        const understand = makeUnderstandQuestion({ ...parts, prompt: prompts.understand });
        return makeImproveAnswer({ ...parts, prompts, understand, secondReading, note });
      },
    };
  };
}
