import { createServer } from 'node:http';

/**
 * The address that Prometheus reads. It has a port of its own, which is not to be reached from outside: it asks nobody
 * who they are.
 */
export type MetricsServer = {
  /** The port it listens on. */
  readonly port: number;
  readonly close: () => Promise<void>;
};

/** Reading takes milliseconds, and one reader is usual. */
const slowestMs = 5_000;

/** Serves `text` at `/metrics` and nothing else; rejects where the port cannot be had. `port` 0 takes a free one. */
export function serveMetrics(
  { host, port }: { readonly host: string; readonly port: number },
  text: () => Promise<string>,
): Promise<MetricsServer> {
  const server = createServer(
    { headersTimeout: slowestMs, requestTimeout: slowestMs },
    (request, response) => {
      if (request.method !== 'GET' || request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      text().then(
        (said) => {
          const type = 'text/plain; version=0.0.4; charset=utf-8';
          response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(said);
        },
        () => response.writeHead(500).end(),
      );
    },
  );
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}
