import { Worker } from 'node:worker_threads';

/**
 * Ends this process when it holds more than so many megabytes. The heap limit of Node does not count buffers, which
 * is where a file that swells ends up; and a timer of the same thread would not run while it does.
 */
export function endAbove(megabytes: number): void {
  const watch = `
    const { workerData } = require('node:worker_threads');
    setInterval(() => {
      if (process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGKILL');
    }, 20);`;
  new Worker(watch, { eval: true, workerData: megabytes * 1024 * 1024 }).unref();
}
