import path from 'node:path';
import { listInstalled } from '../adapters/installed-packages.js';
import { packageRoot } from '../adapters/package-root.js';
import { judgeLicence } from '../core/licences.js';

/** `npm run licences`: every production package with its terms; exit code 1 where one is not permissive. */
async function main(): Promise<number> {
  const packages = await listInstalled(path.join(packageRoot(), 'package-lock.json'));
  const lines = packages.map((one) => {
    const judged = judgeLicence(one);
    const terms = one.licence || 'none declared';
    const note =
      judged.kind === 'looked-at'
        ? ` (${judged.why})`
        : judged.kind === 'refused'
          ? ' REFUSED'
          : '';
    return {
      isRefused: judged.kind === 'refused',
      text: `${one.name}@${one.version}: ${terms}${note}`,
    };
  });
  const refused = lines.filter(({ isRefused }) => isRefused).length;
  process.stdout.write(`${lines.map(({ text }) => text).join('\n')}\n`);
  process.stdout.write(`${lines.length} packages, ${refused} refused.\n`);
  return refused === 0 ? 0 : 1;
}

process.exitCode = await main();
