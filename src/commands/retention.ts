import { parseArgs } from 'node:util';
import { openMaster } from '../adapters/keys/open-master.js';
import { makeAudit } from '../adapters/postgres/audit.js';
import { makeConflicts } from '../adapters/postgres/conflicts.js';
import type { StorePool } from '../adapters/postgres/pool.js';
import { makeRetention } from '../adapters/postgres/retention.js';
import { openSealing } from '../adapters/postgres/sealing.js';
import { verifyAudit } from '../adapters/postgres/verify-audit.js';
import { type Config, readConfig } from '../config.js';
import { sayDay } from '../core/days.js';
import { daySchema, userIdSchema } from '../core/ids.js';
import {
  defaultPeriods,
  overBefore,
  periodSchema,
  recordSchema,
  retentionKindSchema,
  whyDeletedSchema,
  whyHeldSchema,
  whyKeptSchema,
  whyLiftedSchema,
  whyPrunedSchema,
} from '../core/retention.js';
import { roleSchema, type User } from '../core/roles.js';
import { makeEraseExpired } from '../flows/erase-expired.js';
import type { Retention } from '../flows/ports.js';
import { type Erased, makeRetain, mostDue, type Retain } from '../flows/retain.js';
import { openStore } from './open-store.js';
import { refuse, sentenceOf } from './refusal.js';
import { addToList, openList, readList, writeList } from './tombstone-list.js';

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
npm run retention -- prune-audit --why WHY WHO       removes entries of the audit that are over, up to the first of a case
                                                     that is kept; as the owner of the tables (MIGRATE_DATABASE_URL)
WHO is --by ID --as supervisor (or administrator): taken at your word, and written into the audit, with the account of
this machine that ran the command.
WHY keep: ${whyKeptSchema.options.join(', ')}
    hold: ${whyHeldSchema.options.join(', ')}
    release: ${whyLiftedSchema.options.join(', ')}
    delete: ${whyDeletedSchema.options.join(', ')}
    prune-audit: ${whyPrunedSchema.options.join(', ')}
--record NUMBER names the record of the force that says more, for keep, hold, delete and prune-audit.
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
  readonly retain: Retain;
  readonly clock: () => Date;
  readonly pool: StorePool;
  readonly keys: Config['keys'];
};
type Verb = (asked: Asked, parts: Parts) => Promise<string>;

const verbs: Readonly<Record<string, Verb>> = {
  policy: async (_, { retention, clock }) => {
    const periods = await retention.periods();
    const { old, prunable } = await retention.countOldAudit(overBefore(clock(), periods.audit));
    const lines = retentionKindSchema.options.map((kind) => {
      const isDefault = periods[kind] === defaultPeriods[kind] ? ' (as delivered)' : '';
      return `${kind}: ${periods[kind]} days${isDefault}`;
    });
    return [
      ...lines,
      `Entries of the audit older than that: ${old}, of which ${prunable} may go (prune-audit); others are, or come after one, of a case that is kept.`,
    ].join('\n');
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
    await writeList(file, stones);
    return `Tombstones written: ${stones.length}.`;
  },
  reapply: async (asked, { retain, pool: { force } }) => {
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
  'prune-audit': async (asked, { retain, pool, keys }) => {
    if (asked.words.length > 0) return refuse('The period says which entries go: name none.');
    const [who, reason] = [whoOf(asked), reasonOf(asked, whyPrunedSchema.options)];
    const sealed = await openSealing(pool, () => openMaster(keys), 'read-only');
    // What does not fit is evidence.
    const verified = await verifyAudit(sealed);
    if (verified.kind === 'broken')
      return refuse(
        `The audit is broken at entry ${verified.seq}: ${verified.why}. Nothing was removed.`,
      );
    const done = await retain.pruneAudit(who, reason);
    if (typeof done === 'string') return refuse(words[done]);
    return `Removed: ${done.removed} entries. The audit goes on from ${done.seq}:${done.hash}. Note its newest entry: npm run audit -- verify`;
  },
};

const words = {
  'not-allowed': 'That role may not. The refusal is in the audit.',
  'no-such-case': 'There is no case with that reference.',
  'no-such-hold': 'No hold with that number stands on that case.',
  'day-is-past': 'The day has to be after today.',
  nothing: 'No entry may go: none is over, or the oldest is of a case that is kept.',
  'not-owner':
    'Only the owner of the tables may remove entries: set MIGRATE_DATABASE_URL. Nothing was removed.',
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

async function main(): Promise<string> {
  const asked = readAsked();
  const verb = Object.hasOwn(verbs, asked.verb) ? verbs[asked.verb] : undefined;
  if (!verb) return refuse(usage);
  const config: Config = readConfig(process.env);
  const store = await openStore(config.store, asked.verb === 'prune-audit' ? 'owner' : 'server');
  if (typeof store === 'string') return refuse(store);
  const clock = () => new Date();
  const retention = makeRetention(store.pool);
  const retain = makeRetain({
    ...{ retention, audit: makeAudit(store.pool), clock },
    conflicts: makeConflicts(store.pool),
  });
  const { pool } = store;
  return verb(asked, { retention, retain, clock, pool, keys: config.keys }).finally(store.close);
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  process.stderr.write(`${sentenceOf(error, usage)}\n`);
  process.exitCode = 2;
}
