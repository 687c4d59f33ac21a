import { KnowledgeFault } from '../src/adapters/knowledge-files.js';
import { makeLog } from '../src/adapters/log.js';
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
  stopOnSignal(wired);
}

/** The first signal ends turns in flight and closes the store; a second one does not wait. */
function stopOnSignal(wired: Wired): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    wired.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const isOurs =
    error instanceof ConfigFault || error instanceof KnowledgeFault || error instanceof PromptFault;
  const code = (error as { code?: unknown } | null)?.code;
  const words = isOurs
    ? error.message
    : code === 'EADDRINUSE'
      ? 'The setting PORT cannot be used: another program listens there.'
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`Signpost did not start. ${words}\n`);
  process.exit(1);
});
