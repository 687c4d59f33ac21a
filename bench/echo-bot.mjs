// The SDK's own echo sample (botbuilder-samples, 02.echo-bot), on express: what a turn costs at the least.
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication, MessageFactory } from 'botbuilder';
import express from 'express';

class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      const replyText = `echo: ${context.activity.text}`;
      await context.sendActivity(MessageFactory.text(replyText, replyText));
      await next();
    });
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
adapter.onTurnError = async (_context, error) => console.error(`[onTurnError] ${error}`);
const bot = new EchoBot();
const app = express();
app.use(express.json());
app.post('/api/messages', (request, response) => adapter.process(request, response, (context) => bot.run(context)));
app.get('/readyz', (_request, response) => response.json({ status: 'ready' }));
app.listen(Number(process.env.PORT), '127.0.0.1');
