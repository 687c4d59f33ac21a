import { connect, createServer, type Socket } from 'node:net';

/** A wire between a server and whoever calls it, to be made slow or cut. */
export type SlowWire = {
  readonly port: number;
  /** From now on each piece that goes to the server is held so long; undefined: for ever. */
  readonly hold: (ms: number | undefined) => void;
  /** Ends every connection. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

export async function startSlowWire(serverPort: number): Promise<SlowWire> {
  let heldMs: number | undefined = 0;
  const sockets = new Set<Socket>();
  const server = createServer((caller) => {
    const callee = connect(serverPort, '127.0.0.1');
    const pass = (piece: Buffer) => {
      if (heldMs === undefined) return;
      if (heldMs === 0) callee.write(piece);
      else setTimeout(() => callee.write(piece), heldMs);
    };
    for (const socket of [caller, callee]) {
      sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(socket);
          caller.destroy();
          callee.destroy();
        });
    }
    caller.on('data', pass);
    callee.on('data', (piece) => caller.write(piece));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    hold: (ms) => {
      heldMs = ms;
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
