import { hostileReplyTo } from './hostile-replies.js';
import { replyWith, startOpenAiDouble } from './openai-double.js';

/** `npx tsx test/hostile-double-main.ts [port] [milliseconds]`: as model-double-main.ts, but a model that lies. */
async function main(port: number, delayMs: number): Promise<void> {
  let lies = 0;
  const server = await startOpenAiDouble((asked, response) => {
    const { messages = [] } = asked.body as { readonly messages?: readonly Message[] };
    const user = messages.find(({ role }) => role === 'user')?.content ?? '';
    const answer = replyWith(hostileReplyTo(user, lies));
    lies += 1;
    setTimeout(() => answer(asked, response), delayMs);
  }, port);
  process.stdout.write(`${server.baseUrl}\n`);
}

type Message = { readonly role: string; readonly content: string };

await main(Number(process.argv[2] ?? 8098), Number(process.argv[3] ?? 0));
