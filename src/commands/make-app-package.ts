import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type AppManifest, AppManifestUtils, ManifestUtil } from '@microsoft/app-manifest';
import type { NamedFile } from '../adapters/zip-files.js';
import {
  fillManifest,
  type PackageRefusal,
  readPackageSettings,
  type SettingName,
} from '../core/app-package.js';
import { localisationFaults } from '../core/localisation.js';

export type AppPackage = { readonly kind: 'made'; readonly files: readonly NamedFile[] };

/**
 * The files of the app package, from the folder of the manifest and a force's settings, or one sentence saying why
 * there are none. Checked against Microsoft's own schemas as they are installed, without the network.
 */
export async function makeAppPackage(
  folder: string,
  given: Readonly<Partial<Record<SettingName, string>>>,
  version: string,
  purpose: 'production' | 'development',
): Promise<AppPackage | PackageRefusal> {
  const settings = readPackageSettings(given, version, purpose);
  if (settings.kind === 'refused') return settings;
  const read = (name: string) => readFile(path.join(folder, name));
  const text = fillManifest((await read('manifest.json')).toString('utf8'), settings.values);
  const manifest = JSON.parse(text);
  const languages: readonly { file: string }[] =
    manifest.localizationInfo?.additionalLanguages ?? [];
  const named = [
    manifest.icons.color,
    manifest.icons.outline,
    ...languages.map(({ file }) => file),
  ];
  const files = await Promise.all(named.map(async (name) => ({ name, bytes: await read(name) })));
  const faults = [
    ...(await AppManifestUtils.validateAgainstSchema(manifest as AppManifest)),
    ...(await faultsOfLanguages(manifest, files, languages)),
  ];
  if (faults.length > 0)
    return { kind: 'refused', why: `The package is not as Teams asks: ${faults.join('; ')}.` };
  return { kind: 'made', files: [{ name: 'manifest.json', bytes: Buffer.from(text) }, ...files] };
}

async function faultsOfLanguages(
  manifest: object,
  files: readonly NamedFile[],
  languages: readonly { file: string }[],
): Promise<readonly string[]> {
  const schema = localisationSchema();
  const inFiles = languages.map(async ({ file }) => {
    const texts = JSON.parse(files.find(({ name }) => name === file)?.bytes.toString() ?? '');
    const faults = await ManifestUtil.validateManifestAgainstSchema(texts, schema);
    return [...faults, ...localisationFaults(manifest, texts)].map((fault) => `${file}: ${fault}`);
  });
  return (await Promise.all(inFiles)).flat();
}

/**
 * The schema of the translated texts. Some of its patterns, of parts we do not have, cannot be read as JavaScript's
 * own and would stop the check: they are left out, so that texts of those parts would be refused.
 */
function localisationSchema() {
  const name = 'build/json-schemas/teams/v1.30/MicrosoftTeams.Localization.schema.json';
  const schema = createRequire(import.meta.url)(`@microsoft/app-manifest/${name}`);
  const patterns = Object.entries(schema.patternProperties).filter(([pattern]) => isRead(pattern));
  return { ...schema, patternProperties: Object.fromEntries(patterns) };
}

function isRead(pattern: string): boolean {
  try {
    return Boolean(new RegExp(pattern, 'u'));
  } catch {
    return false;
  }
}
