import { appendFile, open, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { makeAudit } from '../adapters/postgres/audit.js';
import { makeConflicts } from '../adapters/postgres/conflicts.js';
import { makeRetention } from '../adapters/postgres/retention.js';
import { type Config, readConfig } from '../config.js';
import { sayDay } from '../core/days.js';
import { daySchema, userIdSchema } from '../core/ids.js';
import {
  defaultPeriods,
  overBefore,
  periodSchema,
  recordSchema,
  retentionKindSchema,
  type Tombstone,
  tombstoneSchema,
  whyDeletedSchema,
  whyHeldSchema,
  whyKeptSchema,
  whyLiftedSchema,
} from '../core/retention.js';
import { roleSchema, type User } from '../core/roles.js';
import type { Retention } from '../flows/ports.js';
import { type Erased, makeEraseExpired, makeRetain, mostDue } from '../flows/retain.js';
import { openStore } from './open-store.js';
import { refuse, sentenceOf } from './refusal.js';

/** Over 200 lines: each verb with its sentences, which would not be clearer apart. */

const usage = `npm run retention -- policy                          how long what is kept
npm run retention -- period KIND DAYS WHO            sets it
npm run retention -- due WHO                         cases to be looked at, and those whose time is over but held
npm run retention -- keep REF --until DAY --why WHY WHO
npm run retention -- hold REF --why WHY WHO          nothing of the case is deleted
npm run retention -- release REF --hold NUMBER --why WHY WHO
npm run retention -- holds                           the holds that stand
npm run retention -- delete REF --why WHY --list FILE WHO
                                                     for good; adds what remains to FILE, kept apart from the backups
npm run retention -- tombstones --list FILE          writes all of them to a new FILE
npm run retention -- reapply --list FILE WHO         after a restore: deletes again what FILE names
npm run retention -- expired                         deletes now what is short-lived and over
WHO is --by ID --as supervisor (or administrator): taken at your word, and written into the audit.
WHY keep: ${whyKeptSchema.options.join(', ')}
    hold: ${whyHeldSchema.options.join(', ')}
    release: ${whyLiftedSchema.options.join(', ')}
    delete: ${whyDeletedSchema.options.join(', ')}
--record NUMBER names the record of the force that says more, for keep, hold and delete.
The store is that of DATABASE_URL, else of DATA_DIR (which must not be in use). Exit code: 0 done, 2 not done.`;

const options = {
  by: { type: 'string' },
  as: { type: 'string' },
  why: { type: 'string' },
  record: { type: 'string' },
  until: { type: 'string' },
  hold: { type: 'string' },
  list: { type: 'string' },
} as const;

type Asked = ReturnType<typeof readAsked>;

function readAsked() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [verb = '', ...words] = positionals;
  return { verb, words, ...values };
}

function whoOf({ by, as }: Asked): User {
  const id = userIdSchema.safeParse(by?.trim());
  const role = roleSchema.safeParse(as);
  if (!id.success || !role.success) return refuse('Say who decides: --by ID --as supervisor.');
  return { id: id.data, name: id.data, roles: [role.data] };
}

function refOf({ words }: Asked): string {
  const [ref, ...more] = words;
  return ref === undefined || more.length > 0 ? refuse('Name one case by its reference.') : ref;
}

function reasonOf(asked: Asked, codes: readonly string[]) {
  const { why = '', record } = asked;
  if (!codes.includes(why)) return refuse(`Say why: --why with one of ${codes.join(', ')}.`);
  if (record !== undefined && !recordSchema.safeParse(record).success)
    return refuse('A record is named by letters, digits and / . - only, at most 60 of them.');
  return { why, record: record ?? null };
}

const listOf = ({ list }: Asked): string =>
  list ?? refuse('Name the file: --list FILE, kept apart from the store and its backups.');

type Parts = {
  readonly retention: Retention;
  readonly retain: ReturnType<typeof makeRetain>;
  readonly clock: () => Date;
  readonly force: string;
};
type Verb = (asked: Asked, parts: Parts) => Promise<string>;

const verbs: Readonly<Record<string, Verb>> = {
  policy: async (_, { retention, clock }) => {
    const periods = await retention.periods();
    const old = await retention.countOldAudit(overBefore(clock(), periods.audit));
    const lines = retentionKindSchema.options.map((kind) => {
      const isDefault = periods[kind] === defaultPeriods[kind] ? ' (as delivered)' : '';
      return `${kind}: ${periods[kind]} days${isDefault}`;
    });
    return [...lines, `Entries of the audit older than that: ${old}.`].join('\n');
  },
  period: async (asked, { retain }) => {
    const [kind, days] = [
      retentionKindSchema.safeParse(asked.words[0]),
      periodSchema.safeParse(Number(asked.words[1])),
    ];
    if (!kind.success)
      return refuse(`Name a kind: one of ${retentionKindSchema.options.join(', ')}.`);
    if (!days.success) return refuse('Days are a whole number between 1 and 36500.');
    const set = await retain.setPeriod(whoOf(asked), kind.data, days.data);
    return set === 'set' ? `${kind.data}: ${days.data} days.` : refuse(words['not-allowed']);
  },
  due: async (asked, { retain }) => {
    const due = await retain.listDue(whoOf(asked));
    if (due === 'not-allowed') return refuse(words[due]);
    const lines = due.map(({ caseRef, stand }) =>
      stand.kind === 'due'
        ? `${caseRef}: due since ${sayDay(stand.since)}`
        : `${caseRef}: its time may be over, and it is held`,
    );
    const more = due.length === mostDue ? ' There may be more: look again after these.' : '';
    return [...lines, `${due.length} to be looked at.${more}`].join('\n');
  },
  keep: async (asked, { retain }) => {
    const until = daySchema.safeParse(asked.until);
    if (!until.success) return refuse('Say until when: --until 2030-01-31.');
    const reason = reasonOf(asked, whyKeptSchema.options);
    const { kind } = await retain.keep(whoOf(asked), refOf(asked), reason, until.data);
    return kind === 'kept' ? `Kept until ${sayDay(until.data)}.` : refuse(words[kind]);
  },
  hold: async (asked, { retain }) => {
    const reason = reasonOf(asked, whyHeldSchema.options);
    const held = await retain.hold(whoOf(asked), refOf(asked), reason);
    return held.kind === 'held'
      ? `Held: nothing of it is deleted. This is hold ${held.number}.`
      : refuse(words[held.kind]);
  },
  release: async (asked, { retain }) => {
    const { why } = reasonOf(asked, whyLiftedSchema.options);
    if (!/^\d{1,15}$/.test(asked.hold ?? '')) return refuse('Say which: --hold NUMBER.');
    const { kind } = await retain.lift(whoOf(asked), refOf(asked), Number(asked.hold), why);
    return kind === 'lifted' ? `Hold ${asked.hold} is lifted.` : refuse(words[kind]);
  },
  holds: async (_, { retention }) => {
    const holds = await retention.listHolds();
    return [...holds.map(sayHold), `Holds that stand: ${holds.length}.`].join('\n');
  },
  delete: async (asked, { retain }) => {
    const [who, ref, file] = [whoOf(asked), refOf(asked), listOf(asked)];
    const reason = reasonOf(asked, whyDeletedSchema.options);
    await openList(file);
    const erased = await retain.erase(who, ref, reason);
    if (erased.kind !== 'erased') return refuse(sayNotErased(erased));
    await addToList(file, erased.stone);
    const rows = Object.values(erased.stone.counts).reduce((sum, count) => sum + count, 0);
    return `Deleted: ${rows} rows. What remains is its tombstone, ${erased.stone.caseId}, also in ${file}.`;
  },
  tombstones: async (asked, { retention }) => {
    const [file, stones] = [listOf(asked), await retention.listTombstones()];
    const handle = await open(file, 'wx', 0o600).catch(() =>
      refuse(`${file} is there already, or cannot be written: it was left as it is.`),
    );
    await handle.writeFile(stones.map(lineOf).join(''));
    await handle.sync().finally(() => handle.close());
    return `Tombstones written: ${stones.length}.`;
  },
  reapply: async (asked, { retain, force }) => {
    const who = whoOf(asked);
    const stones = await readList(listOf(asked), force);
    const done = await retain.reapply(who, stones);
    if (done === 'not-allowed') return refuse(words[done]);
    const left = done.left.map(({ caseId, why }) =>
      why === 'held'
        ? `${caseId} is left: it is held. Release it (holds), and run this again.`
        : `${caseId} is left: somebody worked on it after the restore. Look at it, then delete it by its reference.`,
    );
    const said = [...left, `Deleted again: ${done.erased} of ${stones.length} named.`].join('\n');
    return left.length > 0 ? refuse(said) : said;
  },
  expired: async (_, { retention, clock }) =>
    `Deleted: ${await makeEraseExpired({ retention, clock })()} rows.`,
};

const words = {
  'not-allowed': 'That role may not. The refusal is in the audit.',
  'no-such-case': 'There is no case with that reference.',
  'no-such-hold': 'No hold with that number stands on that case.',
  'day-is-past': 'The day has to be after today.',
} as const;

const sayHold = ({
  number,
  caseRef,
  by,
  at,
  why,
  record,
}: Awaited<ReturnType<Retention['listHolds']>>[number]) =>
  `Hold ${number} on ${caseRef}: ${why}${record === null ? '' : ` (${record})`}, set by ${by} at ${at}`;

function sayNotErased(erased: Exclude<Erased, { kind: 'erased' }>): string {
  if (erased.kind === 'held')
    return ['It is held, and nothing was deleted.', ...erased.holds.map(sayHold)].join('\n');
  if (erased.kind === 'not-due')
    return `It is not due before ${sayDay(erased.on)}, and nothing was deleted. For another reason it may go sooner.`;
  if (erased.kind === 'changed')
    return 'Somebody is working on it at this moment: nothing was deleted.';
  return words[erased.kind];
}

/** Before anything is deleted it is known that the list can be written. */
async function openList(file: string): Promise<void> {
  const handle = await open(file, 'a', 0o600).catch(() =>
    refuse(`${file} cannot be written: nothing was deleted.`),
  );
  await handle.close();
}

async function addToList(file: string, stone: Tombstone): Promise<void> {
  await appendFile(file, lineOf(stone), { flush: true }).catch(() =>
    refuse(
      `The case is deleted, but ${file} could not be written. Write it anew: npm run retention -- tombstones --list FILE`,
    ),
  );
}

const lineOf = (stone: Tombstone) => `${JSON.stringify(stone)}\n`;

/** Every line of the list, or a refusal that names the one that is none: half a list is no list. */
async function readList(file: string, force: string): Promise<readonly Tombstone[]> {
  const text = await readFile(file, 'utf8').catch(() => refuse(`${file} cannot be read.`));
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    const stone = tombstoneSchema.safeParse(parsed(line));
    if (!stone.success)
      return refuse(`${file}, line ${at + 1}: this is no tombstone, and nothing was deleted.`);
    // One list may serve all forces of a server.
    return stone.data.force === force ? [stone.data] : [];
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function main(): Promise<string> {
  const asked = readAsked();
  const verb = Object.hasOwn(verbs, asked.verb) ? verbs[asked.verb] : undefined;
  if (!verb) return refuse(usage);
  const config: Config = readConfig(process.env);
  const store = await openStore(config.store);
  if (typeof store === 'string') return refuse(store);
  const clock = () => new Date();
  const retention = makeRetention(store.pool);
  const retain = makeRetain({
    ...{ retention, audit: makeAudit(store.pool), clock },
    conflicts: makeConflicts(store.pool),
  });
  return verb(asked, { retention, retain, clock, force: store.pool.force }).finally(store.close);
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  process.stderr.write(`${sentenceOf(error, usage)}\n`);
  process.exitCode = 2;
}
