// A screening as botbuilder-dialogs' documentation has it (botbuilder-samples, 05.multi-turn-prompt): a waterfall of
// prompts, its state in memory. Nothing is kept, shown as a card, or proof against a repeat.
import { readFileSync } from 'node:fs';
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  UserState,
} from 'botbuilder';
import {
  ChoiceFactory,
  ChoicePrompt,
  ComponentDialog,
  DialogSet,
  DialogTurnStatus,
  ListStyle,
  TextPrompt,
  WaterfallDialog,
} from 'botbuilder-dialogs';
import express from 'express';

const waterfallQuestions = JSON.parse(readFileSync(new URL('waterfall-questions.json', import.meta.url), 'utf8'));

class ScreeningDialog extends ComponentDialog {
  constructor() {
    super('screening');
    this.addDialog(new TextPrompt('text'));
    const choose = new ChoicePrompt('choice');
    // Plain text: without it Teams gets a hero card.
    choose.style = ListStyle.list;
    this.addDialog(choose);
    const asks = waterfallQuestions.map((question, at) => async (step) => {
      if (at > 0) step.values[`q${at}`] = step.result;
      const prompt = `${at + 1} of ${waterfallQuestions.length}. ${question.ask}`;
      if (!question.choices) return step.prompt('text', { prompt });
      const retryPrompt = 'Please choose one of these.';
      return step.prompt('choice', { prompt, retryPrompt, choices: ChoiceFactory.toChoices(question.choices) });
    });
    const end = async (step) => {
      step.values[`q${waterfallQuestions.length}`] = step.result;
      const count = Object.keys(step.values).filter((name) => name.startsWith('q')).length;
      await step.context.sendActivity(`Thank you: ${count} replies.`);
      return step.endDialog();
    };
    this.addDialog(new WaterfallDialog('waterfall', [...asks, end]));
    this.initialDialogId = 'waterfall';
  }

  async run(turnContext, accessor) {
    const dialogSet = new DialogSet(accessor);
    dialogSet.add(this);
    const dialogContext = await dialogSet.createContext(turnContext);
    const results = await dialogContext.continueDialog();
    if (results.status === DialogTurnStatus.empty) await dialogContext.beginDialog(this.id);
  }
}

class DialogBot extends ActivityHandler {
  constructor(conversationState, userState, dialog) {
    super();
    this.conversationState = conversationState;
    this.userState = userState;
    const dialogState = conversationState.createProperty('DialogState');
    this.onMessage(async (context, next) => {
      await dialog.run(context, dialogState);
      await next();
    });
  }

  async run(context) {
    await super.run(context);
    await this.conversationState.saveChanges(context, false);
    await this.userState.saveChanges(context, false);
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
adapter.onTurnError = async (_context, error) => console.error(`[onTurnError] ${error}`);
const storage = new MemoryStorage();
const bot = new DialogBot(new ConversationState(storage), new UserState(storage), new ScreeningDialog());
const app = express();
app.use(express.json());
app.post('/api/messages', (request, response) => adapter.process(request, response, (context) => bot.run(context)));
app.get('/readyz', (_request, response) => response.json({ status: 'ready' }));
app.listen(Number(process.env.PORT), '127.0.0.1');
