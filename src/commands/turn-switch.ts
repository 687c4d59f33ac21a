import { parseArgs } from 'node:util';
import { makeSwitch } from '../adapters/postgres/switches.js';
import { readConfig } from '../config.js';
import { type UserId, userIdSchema } from '../core/ids.js';
import type { SwitchName, SwitchStore, SwitchTurn } from '../flows/ports.js';
import { parseWhy } from '../flows/turn-switch.js';
import { openStore } from './open-store.js';
import { sentenceOf } from './refusal.js';

/** What `npm run model` and `npm run assistant` share. */

type Wanted = 'status' | { readonly isOn: boolean; readonly by: UserId; readonly why: string };

const usageOf = (name: SwitchName, off: string, on: string) => {
  const verb = (words: string, says: string) =>
    `${`npm run ${name} -- ${words}`.padEnd(46)} ${says}`;
  return `${verb('status', 'where the switch stands, and who decided that')}
${verb('off --by NAME --why WORDS', off)}
${verb('on --by NAME --why WORDS', on)}
The store is that of DATABASE_URL, else of DATA_DIR (which must not be in use: there, type “/${name} off” in the chat).
The reason has at most 300 characters and no personal data; it stands in the audit. Exit code: 0 done, 2 not done.`;
};

/** Shows a switch or turns it, as the command line says; the exit code. */
export async function turnSwitchByCommand(
  name: SwitchName,
  { off, on }: { readonly off: string; readonly on: string },
): Promise<number> {
  const usage = usageOf(name, off, on);
  try {
    const wanted = readWanted();
    if (wanted === undefined) return refuse(usage);
    const store = await openStore(readConfig(process.env).store);
    if (typeof store === 'string') return refuse(store);
    try {
      process.stdout.write(`${await act(makeSwitch(store.pool, name), wanted)}\n`);
      return 0;
    } finally {
      await store.close();
    }
  } catch (error) {
    return refuse(sentenceOf(error, usage));
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
async function act(kept: SwitchStore, wanted: Wanted): Promise<string> {
  if (wanted !== 'status' && (await kept.isOn()) !== wanted.isOn)
    await kept.turn({ ...wanted, at: new Date().toISOString() });
  return say(await kept.newest());
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
