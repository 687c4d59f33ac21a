import { KnowledgeFault } from '../src/adapters/knowledge-files.js';
import { isOwnFault, type Log, makeLog } from '../src/adapters/log.js';
import { PromptFault } from '../src/adapters/prompt-files.js';
import { ConfigFault, readConfig } from '../src/config.js';
import { type Wired, wire } from './wire.js';

/** Starts the server, or says in one sentence why it cannot. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = makeLog(config.logLevel);
  const startedAt = performance.now();
  const wired = await wire(config, log, () => new Date());
  const port = await wired.http.listen();
  const mode = config.auth.kind === 'anonymous' ? 'local' : 'single-tenant';
  log.info('ready', {
    ms: Math.round(performance.now() - startedAt),
    mode,
    kind: config.store.kind,
  });
  process.stdout.write(
    `Signpost is ready at http://${config.host}:${port}/api/messages${mode === 'local' ? ' (local mode: this machine only, nobody is asked who they are)' : ''}\n`,
  );
  stopOnSignal(wired, log);
}

/** The first signal ends turns in flight and closes the store; a second one does not wait. */
function stopOnSignal(wired: Wired, log: Log): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    wired.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('not-closed', {}, error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`Signpost did not start. ${wordsFor(error)}\n`);
  process.exit(1);
});

/** One sentence for whoever can mend it; a stack only for what nobody foresaw. */
function wordsFor(error: unknown): string {
  if (
    error instanceof ConfigFault ||
    error instanceof KnowledgeFault ||
    error instanceof PromptFault
  ) {
    return error.message;
  }
  if (isOwnFault(error)) return `What failed: ${error.message}.`;
  if (codeOf(error) === 'EADDRINUSE')
    return 'The setting PORT cannot be used: another program listens there.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const codeOf = (error: unknown) => (error as { code?: unknown } | null)?.code;
