/** What the self-check says, to administrators and on the command line. Nothing of it is secret or about a person. */
export const selfCheckWords = {
  notYours: 'Only an administrator can see the self-check.',
  version: (version: string) => `Version of Signpost: ${version}`,
  mode: {
    production: 'Mode: production',
    local: 'Mode: local, on this computer only and for made-up cases',
  },
  identity: {
    nobody: 'Identity: nobody is asked who they are',
    secret: 'Identity: Microsoft Entra, one tenant; the bot itself by a secret',
    file: 'Identity: Microsoft Entra, one tenant; the bot itself by a statement of its platform',
    'managed-identity':
      'Identity: Microsoft Entra, one tenant; the bot itself by a managed identity',
  },
  store: {
    postgres: 'Store: PostgreSQL',
    embedded: 'Store: embedded, in one folder of this computer',
  },
  knowledge: (version: string) => `Version of the knowledge base: ${version}`,
  model: {
    'not-configured': 'Model: none is configured',
    'off-by-setting': 'Model: off by the setting MODEL_OFF',
    off: 'Model: off by its switch',
    on: 'Model: on',
    unknown: 'Model: not known whether it is on',
  },
  assistant: {
    off: 'Assistant: off by its switch',
    on: 'Assistant: on',
    unknown: 'Assistant: not known whether it is on',
  },
  migration: (name: string) => `Newest migration: ${name}`,
  noMigration: 'Newest migration: none',
  head: (entry: string) => `Newest entry of the audit: ${entry}`,
  noHead: 'Newest entry of the audit: none yet',
  faults: {
    storeNotRead: 'The store cannot be read.',
    migrationsMissing: (count: number) =>
      `The store lacks migrations, ${count} in number: start this version once.`,
    storeNewer: 'A newer version of Signpost has used the store: start that version.',
    auditCut: 'The newest entry of the audit is not its recorded end: run npm run audit -- verify.',
    knowledgeUnusable: 'The knowledge base cannot be used: npm run knowledge -- check names why.',
  },
  notes: {
    overdue: (count: number) =>
      `Note: guidance past its review date, ${count} in number: npm run knowledge -- stale lists it.`,
    off: 'Note: the chat gives emergency guidance only until an administrator types “/assistant on” and why.',
  },
  sound: 'Everything looked at is as it has to be.',
} as const;
