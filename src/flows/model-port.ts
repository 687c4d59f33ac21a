import type { z } from 'zod';

/** A prompt as its file in `prompts/` has it, with the shape its reply must have. */
export type Prompt<Output> = {
  readonly id: string;
  /** Counts from 1; raised with every change of its words. */
  readonly version: number;
  /** First 12 hex digits of the SHA-256 of the file: stands in stored answers and in the log. */
  readonly digest: string;
  readonly purpose: string;
  /** What the model is told once; names no system and holds no link. */
  readonly system: string;
  /** What it is told of this case, with `{{name}}` where an input goes. */
  readonly template: string;
  readonly inputs: readonly string[];
  readonly schema: z.ZodType<Output>;
};

export type PromptName = Pick<Prompt<unknown>, 'id' | 'version' | 'digest'>;

/** What one call cost; absent where the server did not say. */
export type Tokens = { readonly input: number; readonly output: number };

export type ModelReply<Output> =
  /** Of the prompt's shape, and nothing more is known of it: whatever it says is checked by whoever asked. */
  | { readonly kind: 'replied'; readonly output: Output; readonly tokens: Tokens | undefined }
  /** It answered, and the answer is none: another shape, a provider's filter, cut off, too long. */
  | { readonly kind: 'unusable'; readonly why: 'shape' | 'filtered' | 'cut-off' | 'too-long' }
  /** No answer in time, too many calls at once, resting after failures, switched off, or refused by the server. */
  | {
      readonly kind: 'unavailable';
      readonly why: 'late' | 'busy' | 'resting' | 'off' | 'refused' | 'unreachable';
    };

/**
 * Asks the model one thing. `deadline` covers the whole exchange to the last byte, repeats included. Never throws.
 * Inputs must hold no personal data: whoever calls has taken it out.
 */
export type AskModel = <Output>(
  prompt: Prompt<Output>,
  inputs: Readonly<Record<string, string>>,
  deadline: AbortSignal,
) => Promise<ModelReply<Output>>;
