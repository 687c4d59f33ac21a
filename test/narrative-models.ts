import type { z } from 'zod';
import { claimsSchema } from '../src/core/narrative.js';
import type { HidePersonal } from '../src/core/placeholders.js';
import type { AskModel, ModelReply, Prompt } from '../src/flows/model-port.js';
import type { NarrativeModel } from '../src/flows/read-narrative.js';

/** Models that read a report, for tests: one that does as it is told, and whatever a test makes one return. */

type Claims = z.infer<typeof claimsSchema>;

const narrativePrompt: Prompt<Claims> = {
  ...{ id: 'read-narrative', version: 1, digest: '0123456789ab', purpose: '' },
  ...{ system: '', template: '', inputs: ['text'], schema: claimsSchema },
};

/** `heard` collects the texts it was given. */
export function narrativeModel(
  hide: HidePersonal,
  reply: (text: string, deadline: AbortSignal) => ModelReply<unknown>,
  heard: string[] = [],
): NarrativeModel {
  const ask: AskModel = async (_prompt, inputs, deadline) => {
    heard.push(inputs.text ?? '');
    // A hostile reply is of any shape; the port promises only that it was parsed.
    return reply(inputs.text ?? '', deadline) as ModelReply<never>;
  };
  return { ask, prompt: narrativePrompt, hide };
}

export function saying(marks: readonly { readonly kind: string; readonly quote: string }[]) {
  return { kind: 'replied', output: { marks }, tokens: undefined } as const;
}
