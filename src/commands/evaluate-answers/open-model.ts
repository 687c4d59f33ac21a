import { makeLog } from '../../adapters/log.js';
import { openPrompts } from '../../adapters/open-prompts.js';
import { makeOpenAiModel } from '../../adapters/openai-model.js';
import { type Config, readConfig } from '../../config.js';
import { startModelDouble } from './model-double.js';

/** The model that is measured, with the prompts it is asked by. */
export type OpenedModel = Awaited<ReturnType<typeof openModel>>;

/**
 * Opens the model of the settings, or a double where one is named or none is configured. It is asked whether or not
 * production may ask it: MODEL_OFF does not count here. Throws what is wrong with a setting or a prompt.
 */
export async function openModel(named: 'honest' | 'hostile' | undefined) {
  const prompts = await openPrompts();
  const { config, ...opened } = await openServer(named);
  // Only faults: what is asked is counted here, and a line for each call would bury the table.
  const log = makeLog('error');
  return {
    ...opened,
    prompts,
    ask: makeOpenAiModel(config, { log }),
    secondReading: config.secondReading,
    timeoutMs: config.timeoutMs,
    price: config.price,
  };
}

type ModelConfig = NonNullable<Config['model']>;

async function openServer(named: 'honest' | 'hostile' | undefined): Promise<{
  readonly name: string;
  readonly config: ModelConfig;
  readonly close: () => Promise<void>;
}> {
  const { model } = readConfig(process.env);
  if (model && !named) return { name: model.model, config: model, close: async () => undefined };
  const manner = named ?? 'honest';
  const { baseUrl, close } = await startModelDouble(manner);
  // The double is given both readings: what is measured is ours, not what it costs.
  const settings = { MODEL: 'double', MODEL_KEY: 'none', MODEL_SECOND_READING: 'yes' };
  const config = readConfig({ ...settings, MODEL_URL: baseUrl }).model;
  if (!config) throw new Error('asking the double of a model: its settings name none');
  return { name: `a double, ${manner}`, config, close };
}
