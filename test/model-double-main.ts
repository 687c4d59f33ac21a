import { honestReplyTo } from './honest-model.js';
import { refuseWith, replyWith, startOpenAiDouble } from './openai-double.js';

/**
 * `npx tsx test/model-double-main.ts [port] [milliseconds before it answers]`: a server that stands in for a model, to
 * try the program with one or to measure it. Honest as far as counting words goes.
 */
async function main(port: number, delayMs: number): Promise<void> {
  const server = await startOpenAiDouble((asked, response) => {
    const reply = honestReplyTo(wordsOf(asked.body));
    const answer = reply === undefined ? refuseWith(400) : replyWith(reply);
    setTimeout(() => answer(asked, response), delayMs);
  }, port);
  process.stdout.write(`${server.baseUrl}\n`);
}

/** What the user's message says, by either form of the protocol. */
function wordsOf(body: { readonly messages?: unknown; readonly input?: unknown }): string {
  const messages = (body.messages ?? body.input ?? []) as readonly {
    readonly role: string;
    readonly content: string | readonly { readonly text: string }[];
  }[];
  const content = messages.find(({ role }) => role === 'user')?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('\n');
}

await main(Number(process.argv[2] ?? 8099), Number(process.argv[3] ?? 1000));
