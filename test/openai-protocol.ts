/** The bodies a server of the OpenAI protocol sends: chat completions and responses, whole and in pieces. */

export type Said = {
  readonly content: string;
  /** How it ended: done, out of tokens, stopped by a filter, or the model declined. */
  readonly stop: 'done' | 'length' | 'filter' | 'refusal';
  readonly tokens: { readonly input: number; readonly output: number };
};

const model = 'double-1';
const declined = 'I cannot help with that.';

/** A whole answer, for a path that ends in `/responses` or in `/chat/completions`. */
export function wholeBody(path: string, said: Said): object {
  return isResponses(path) ? responseOf(said) : completionOf(said);
}

/** The events of a streamed answer, each as it goes over the wire. */
export function streamedEvents(path: string, said: Said): readonly string[] {
  return isResponses(path) ? responseEvents(said) : completionEvents(said);
}

function isResponses(path: string): boolean {
  return /\/responses(\?|$)/.test(path);
}

const finishOf = { done: 'stop', length: 'length', filter: 'content_filter', refusal: 'stop' };

function chatUsage({ tokens: { input, output } }: Said) {
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

function completionOf(said: Said) {
  const isDeclined = said.stop === 'refusal';
  const message = {
    role: 'assistant',
    content: isDeclined ? null : said.content,
    refusal: isDeclined ? declined : null,
  };
  return {
    ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model },
    choices: [{ index: 0, message, finish_reason: finishOf[said.stop], logprobs: null }],
    usage: chatUsage(said),
  };
}

function completionEvents(said: Said): readonly string[] {
  const chunk = (rest: object) => ({
    ...{ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model },
    ...rest,
  });
  const delta = (given: object, finish: string | null = null) =>
    chunk({ choices: [{ index: 0, delta: given, finish_reason: finish }] });
  const isDeclined = said.stop === 'refusal';
  const pieces = isDeclined
    ? [delta({ refusal: declined })]
    : inPieces(said.content).map((content) => delta({ content }));
  const events = [
    delta({ role: 'assistant', content: '' }),
    ...pieces,
    delta({}, finishOf[said.stop]),
    chunk({ choices: [], usage: chatUsage(said) }),
  ];
  return [...events.map((event) => `data: ${JSON.stringify(event)}\n\n`), 'data: [DONE]\n\n'];
}

function responseOf(said: Said) {
  const isWhole = said.stop === 'done' || said.stop === 'refusal';
  const content =
    said.stop === 'refusal'
      ? { type: 'refusal', refusal: declined }
      : { type: 'output_text', text: said.content, annotations: [] };
  const { input, output } = said.tokens;
  const reason = said.stop === 'length' ? 'max_output_tokens' : 'content_filter';
  return {
    ...{ id: 'resp_1', object: 'response', created_at: 1, model, error: null },
    status: isWhole ? 'completed' : 'incomplete',
    incomplete_details: isWhole ? null : { reason },
    output: [
      { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [content] },
    ],
    usage: { input_tokens: input, output_tokens: output, total_tokens: input + output },
  };
}

function responseEvents(said: Said): readonly string[] {
  const response = responseOf(said);
  const begun = { ...response, status: 'in_progress', output: [], usage: null };
  const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
  const pieces =
    said.stop === 'refusal'
      ? [{ type: 'response.refusal.delta', ...place, delta: declined }]
      : inPieces(said.content).map((delta) => ({
          ...{ type: 'response.output_text.delta', ...place, delta },
        }));
  const last = response.status === 'completed' ? 'response.completed' : 'response.incomplete';
  const events = [
    { type: 'response.created', response: { ...begun, incomplete_details: null } },
    ...pieces,
    { type: last, response },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

function inPieces(text: string): readonly string[] {
  return text.match(/[\s\S]{1,12}/g) ?? [];
}
