import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../adapters/package-root.js';
import { packageVersion } from '../adapters/package-version.js';
import { zipFiles } from '../adapters/zip-files.js';
import { packageSettings, type SettingName, settingNames } from '../core/app-package.js';
import { makeAppPackage } from './make-app-package.js';

const usage = `npm run package -- --domain signpost.force.police.uk --app-id 0f0e… --publisher 'A Constabulary' \\
  --website https://… --privacy https://… --terms https://…
Makes signpost-VERSION.zip for the Teams admin centre, checked against Teams' own schema. Each setting may come from
the environment instead:
${settingNames.map((name) => `  --${packageSettings[name].argument.padEnd(12)}${packageSettings[name].variable}`).join('\n')}
  --out         another name for the file
  --development lets a tunnel be the domain, for a trial; never for a force
Bot and page have a registration each, see docs/identity.md. Exit code: 0 made, 2 not made.`;

const texts = { type: 'string' } as const;
const named = Object.fromEntries(
  settingNames.map((name) => [packageSettings[name].argument, texts]),
);

async function main(): Promise<number> {
  const parsed = readArguments();
  if (!parsed) return refuse(usage);
  const { development, out, ...settings } = parsed;
  const given = Object.fromEntries(
    settingNames.map((name) => [name, givenFor(name, settings)]),
  ) as Partial<Record<SettingName, string>>;
  const root = packageRoot();
  const version = await packageVersion();
  const folder = path.join(root, 'manifest');
  const purpose = development === true ? 'development' : 'production';
  const made = await makeAppPackage(folder, given, version, purpose);
  if (made.kind === 'refused') return refuse(made.why);
  const ending = purpose === 'production' ? '' : '-development';
  const file = String(out ?? `signpost-${version}${ending}.zip`);
  await writeFile(file, await zipFiles(made.files));
  process.stdout.write(
    `Made ${file}: ${made.files.map(({ name }) => name).join(', ')}. It follows schema 1.30.\n` +
      'The Welsh texts in it await a check by a professional translator.\n',
  );
  return 0;
}

function readArguments() {
  try {
    const options = { ...named, out: texts, development: { type: 'boolean' } } as const;
    return parseArgs({ options }).values as Readonly<Record<string, string | boolean | undefined>>;
  } catch {
    return undefined;
  }
}

function givenFor(
  name: SettingName,
  settings: Readonly<Record<string, string | boolean | undefined>>,
): string | undefined {
  const { argument, variable } = packageSettings[name];
  return String(settings[argument] ?? process.env[variable] ?? '').trim() || undefined;
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`);
  return 2;
}

process.exitCode = await main().catch((error: unknown) =>
  refuse(`The package was not made: ${error instanceof Error ? error.message : String(error)}`),
);
