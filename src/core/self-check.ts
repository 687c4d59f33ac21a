import type { Words } from './words.js';

/** How an installation stands, without secrets, and what of it is not as it has to be. */

/** What the store tells of itself. */
export type StoreState = {
  /** The newest step that was run; undefined where none was. */
  readonly newestMigration: string | undefined;
  /** Steps of this version that were not run. */
  readonly missing: number;
  /** Whether a step was run that this version does not know. */
  readonly isNewer: boolean;
  /** Undefined where the steps are not those of this version. */
  readonly held: HeldState | undefined;
};

export type HeldState = {
  /** The newest entry of the audit; undefined while there is none. */
  readonly head: { readonly seq: number; readonly hash: string } | undefined;
  /** Whether that entry is the one recorded as the end of the chain. */
  readonly isHeadRecorded: boolean;
  readonly isModelOn: boolean;
  readonly isAssistantOn: boolean;
};

/** What the settings tell. */
export type Installed = {
  readonly version: string;
  readonly mode: 'production' | 'local';
  readonly store: 'postgres' | 'embedded';
  /** How the bot shows who it is; `nobody`: local mode, where nobody does. */
  readonly identity: 'nobody' | 'secret' | 'file' | 'managed-identity';
};

/** What is named of the settings, which hold secrets and addresses as well. */
export function installedBy(
  {
    auth,
    store,
  }: {
    readonly auth:
      | { readonly kind: 'anonymous' }
      | { readonly kind: 'single-tenant'; readonly credential: { readonly kind: Credential } };
    readonly store: { readonly kind: Installed['store'] };
  },
  version: string,
): Installed {
  const isLocal = auth.kind === 'anonymous';
  return {
    version,
    mode: isLocal ? 'local' : 'production',
    store: store.kind,
    identity: isLocal ? 'nobody' : auth.credential.kind,
  };
}
type Credential = Exclude<Installed['identity'], 'nobody'>;

export type SelfCheck = Installed & {
  /** Undefined where it cannot be loaded. `overdue`: passages and scripts past their review date. */
  readonly knowledge: { readonly version: string; readonly overdue: number } | undefined;
  /** Undefined where the store could not be read. */
  readonly state: StoreState | undefined;
  readonly model: keyof Words['selfCheck']['model'];
};

export type SaidCheck = {
  /** One line for each thing that is named. */
  readonly lines: readonly string[];
  /** One sentence for each thing that is not as it has to be. */
  readonly faults: readonly string[];
  /** And for each that is worth knowing. */
  readonly notes: readonly string[];
};

/** The self-check in words of the chat's catalogue. */
export function saySelfCheck(check: SelfCheck, says: Words['selfCheck']): SaidCheck {
  const { knowledge, state } = check;
  const held = state?.held;
  const assistant = !held ? 'unknown' : held.isAssistantOn ? 'on' : 'off';
  const { newestMigration } = state ?? {};
  return {
    lines: [
      says.version(check.version),
      says.mode[check.mode],
      says.identity[check.identity],
      says.store[check.store],
      ...(knowledge ? [says.knowledge(knowledge.version)] : []),
      says.model[check.model],
      says.assistant[assistant],
      ...(state ? [newestMigration ? says.migration(newestMigration) : says.noMigration] : []),
      ...(held ? [held.head ? says.head(`${held.head.seq}:${held.head.hash}`) : says.noHead] : []),
    ],
    faults: faultsOf(check, says.faults),
    notes: [
      ...(knowledge && knowledge.overdue > 0 ? [says.notes.overdue(knowledge.overdue)] : []),
      ...(assistant === 'off' ? [says.notes.off] : []),
    ],
  };
}

function faultsOf(
  { knowledge, state }: SelfCheck,
  says: Words['selfCheck']['faults'],
): readonly string[] {
  return [
    ...(state ? [] : [says.storeNotRead]),
    ...(state?.isNewer ? [says.storeNewer] : []),
    ...(state && state.missing > 0 ? [says.migrationsMissing(state.missing)] : []),
    ...(state?.held && !state.held.isHeadRecorded ? [says.auditCut] : []),
    ...(knowledge ? [] : [says.knowledgeUnusable]),
  ];
}
