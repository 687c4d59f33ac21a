import { parseArgs } from 'node:util';
import { makeModelSwitch } from '../adapters/postgres/model-switch.js';
import { readConfig } from '../config.js';
import { type UserId, userIdSchema } from '../core/ids.js';
import type { SwitchStore, SwitchTurn } from '../flows/ports.js';
import { parseWhy } from '../flows/switch-model.js';
import { openStore } from './open-store.js';
import { sentenceOf } from './refusal.js';

const usage = `npm run model -- status                        whether the model may be asked, and who decided that
npm run model -- off --by NAME --why WORDS     no call is made from now on, at any instance
npm run model -- on --by NAME --why WORDS      and calls are made again
The store is that of DATABASE_URL, else of DATA_DIR (which must not be in use: there, type “/model off” in the chat).
The reason has at most 300 characters and no personal data; it stands in the audit. Exit code: 0 done, 2 not done.`;

type Wanted = 'status' | { readonly isOn: boolean; readonly by: UserId; readonly why: string };

async function main(): Promise<number> {
  const wanted = readWanted();
  if (wanted === undefined) return refuse(usage);
  const store = await openStore(readConfig(process.env).store);
  if (typeof store === 'string') return refuse(store);
  try {
    process.stdout.write(`${await act(makeModelSwitch(store.pool), wanted)}\n`);
    return 0;
  } finally {
    await store.close();
  }
}

/** Undefined when it is none of the three, or a turn lacks a name or a reason. */
function readWanted(): Wanted | undefined {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { by: { type: 'string' }, why: { type: 'string' } },
  });
  const [verb = '', ...more] = positionals;
  if (more.length > 0) return undefined;
  if (verb === 'status') return 'status';
  const by = userIdSchema.safeParse(values.by?.trim());
  const why = parseWhy(values.why ?? '');
  if (!['on', 'off'].includes(verb) || !by.success || why === undefined) return undefined;
  return { isOn: verb === 'on', by: by.data, why };
}

/** Turning it to where it stands changes nothing. */
async function act(modelSwitch: SwitchStore, wanted: Wanted): Promise<string> {
  if (wanted !== 'status' && (await modelSwitch.isOn()) !== wanted.isOn)
    await modelSwitch.turn({ ...wanted, at: new Date().toISOString() });
  return say(await modelSwitch.newest());
}

function say(newest: SwitchTurn | undefined): string {
  if (!newest) return 'The switch is on: nobody has turned it.';
  const { isOn, by, at, why } = newest;
  return `The switch is ${isOn ? 'on' : 'off'}: turned by ${by} at ${at}: ${why}`;
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`);
  return 2;
}

process.exitCode = await main().catch((error: unknown) => refuse(sentenceOf(error, usage)));
