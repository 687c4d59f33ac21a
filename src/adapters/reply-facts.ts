import { z } from 'zod';

/**
 * What a server's answer says of itself beside its words, read from the protocol directly: the package throws away
 * why a reply was refused or cut off, and what it cost. Whole answers are one document, streamed ones a document a
 * `data:` line; chat completions and responses name the same things differently.
 */

const text = z.string().nullish().catch(undefined);
const count = z.number().int().nonnegative().nullish().catch(undefined);
const words = z.object({ refusal: text }).nullish().catch(undefined);

const documentSchema = z.object({
  choices: z
    .array(z.object({ finish_reason: text, message: words, delta: words }))
    .nullish()
    .catch(undefined),
  status: text,
  incomplete_details: z.object({ reason: text }).nullish().catch(undefined),
  output: z
    .array(
      z.object({
        content: z
          .array(z.object({ type: text }))
          .nullish()
          .catch(undefined),
      }),
    )
    .nullish()
    .catch(undefined),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      input_tokens: count,
      output_tokens: count,
    })
    .nullish()
    .catch(undefined),
  error: z
    .object({ code: text, innererror: z.object({ code: text }).nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});
type Document = z.infer<typeof documentSchema>;

export type ReplyFacts = {
  /** A provider's filter stopped it, or the model declined. */
  readonly isFiltered: boolean;
  /** It ended before it was done: out of tokens, or a stream that stops without saying so. */
  readonly isCutOff: boolean;
  readonly tokens: { readonly input: number; readonly output: number } | undefined;
};

/** Reads the facts of an answer's text; of one that is no JSON nothing is known. */
export function readFacts(answer: string): ReplyFacts {
  const isStream = /^(?:event|data|id|retry)?:/.test(answer.trimStart());
  const documents = (isStream ? dataLines(answer) : [answer]).flatMap(documentsIn);
  const reasons = documents.flatMap(reasonsOf);
  const usage = documents.findLast((one) => one.usage)?.usage;
  const input = usage?.prompt_tokens ?? usage?.input_tokens;
  const output = usage?.completion_tokens ?? usage?.output_tokens;
  return {
    isFiltered: reasons.some((reason) => filtered.test(reason)),
    isCutOff:
      reasons.some((reason) => cutOff.test(reason)) || (isStream && !reasons.some((one) => one)),
    tokens: input == null || output == null ? undefined : { input, output },
  };
}

/** As in `content_filter`, `ResponsibleAIPolicyViolation`, `invalid_prompt`, and `refusal` for the model's own. */
const filtered =
  /^(?:content_filter|content_policy_violation|ResponsibleAIPolicyViolation|invalid_prompt|refusal)$/;
const cutOff = /^(?:length|max_output_tokens|max_tokens|incomplete)$/;

function dataLines(stream: string): readonly string[] {
  return stream
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trim());
}

/** The document, and the whole response that some events of a stream hold. */
function documentsIn(json: string): readonly Document[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return [];
  }
  const inner: unknown = value && typeof value === 'object' && Reflect.get(value, 'response');
  return [value, inner].flatMap((one) => documentSchema.safeParse(one).data ?? []);
}

/** Why it ended, in whatever field that stands; `completed` and `stop` among them. */
function reasonsOf(one: Document): readonly string[] {
  const said = [
    ...(one.choices ?? []).map((choice) => choice.finish_reason),
    ...(one.choices ?? []).map(({ message, delta }) =>
      (message ?? delta)?.refusal ? 'refusal' : undefined,
    ),
    ...(one.output ?? []).flatMap((part) =>
      (part.content ?? []).map(({ type }) => (type === 'refusal' ? type : undefined)),
    ),
    one.incomplete_details?.reason,
    one.status === 'in_progress' || one.status === 'queued' ? undefined : one.status,
    one.error?.code,
    one.error?.innererror?.code,
  ];
  return said.filter((reason) => typeof reason === 'string');
}
