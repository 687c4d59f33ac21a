import { z } from 'zod';
import { faultOfHost } from './public-host.js';

/**
 * What a Teams app package says of the force it is made for: the settings, each parsed once, and the manifest with
 * them filled in. Reading, zipping and the official schema are the command's.
 */

/** A setting: the argument it is given by, or else the variable, and what it must be. */
type Setting = {
  readonly argument: string;
  readonly variable: string;
  readonly schema: z.ZodType<string>;
};

const appId = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be an id of Microsoft Entra')
  .refine((id) => /[1-9a-f]/.test(id), 'must be an id of Microsoft Entra, not zeros');
const page = z
  .string()
  .trim()
  .max(2_048, 'must be at most 2048 characters')
  .refine((text) => hostOfPage(text) !== undefined, 'must be an https:// address');

/** Every setting of the package, by the placeholder it fills in `manifest/manifest.json`. */
export const packageSettings = {
  APP_ID: { argument: 'app-id', variable: 'MICROSOFT_APP_ID', schema: appId },
  TAB_APP_ID: { argument: 'tab-app-id', variable: 'TAB_APP_ID', schema: appId },
  DOMAIN: {
    argument: 'domain',
    variable: 'PUBLIC_DOMAIN',
    // Upper case in a resource fails on Android.
    schema: z.string().trim().toLowerCase(),
  },
  PUBLISHER_NAME: {
    argument: 'publisher',
    variable: 'PUBLISHER_NAME',
    schema: z.string().trim().min(1).max(32, 'must be at most 32 characters'),
  },
  WEBSITE_URL: { argument: 'website', variable: 'WEBSITE_URL', schema: page },
  PRIVACY_URL: { argument: 'privacy', variable: 'PRIVACY_URL', schema: page },
  TERMS_URL: { argument: 'terms', variable: 'TERMS_URL', schema: page },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof packageSettings;
export const settingNames = Object.keys(packageSettings) as readonly SettingName[];

/** A value for each placeholder of the manifest, by its name. */
export type PackageValues = Readonly<Record<string, string>>;
export type PackageRefusal = { readonly kind: 'refused'; readonly why: string };
export type ReadSettings = { readonly kind: 'read'; readonly values: PackageValues };

/**
 * Returns a value for every placeholder, or why one setting cannot be used, in one sentence. `purpose` development
 * lets a tunnel be the domain; a machine's own name or address is refused always, since Teams cannot reach it.
 */
export function readPackageSettings(
  given: Readonly<Partial<Record<SettingName, string>>>,
  version: string,
  purpose: 'production' | 'development',
): ReadSettings | PackageRefusal {
  // Teams takes an update only where the version is higher, and compares three numbers.
  if (!/^(?:0|[1-9]\d{0,4})(?:\.(?:0|[1-9]\d{0,4})){2}$/.test(version))
    return refused('The version in package.json cannot be used: it must be three numbers.');
  const values: Record<string, string> = { APP_VERSION: version };
  for (const name of settingNames) {
    const { argument, variable } = packageSettings[name];
    const text = given[name]?.trim();
    if (!text)
      return refused(
        `The setting --${argument} (or ${variable}) is missing: the package cannot be made without it.`,
      );
    const parsed = parseSetting(name, text, purpose);
    if (parsed.kind === 'refused')
      return refused(`The setting --${argument} cannot be used: it ${parsed.why}.`);
    values[name] = parsed.value;
  }
  const { APP_ID = '', TAB_APP_ID = '', DOMAIN = '' } = values;
  if (TAB_APP_ID === APP_ID)
    return refused(
      'The setting --tab-app-id cannot be used: it must not be the id of the bot, since bot and page have a registration each.',
    );
  // Links in messages name the app by the bot's id, so the two are one.
  const derived = { BOT_ID: APP_ID, TAB_RESOURCE: `api://${DOMAIN}/${TAB_APP_ID}` };
  return { kind: 'read', values: { ...values, ...derived } };
}

function parseSetting(
  name: SettingName,
  text: string,
  purpose: 'production' | 'development',
): PackageRefusal | { readonly kind: 'parsed'; readonly value: string } {
  const parsed = packageSettings[name].schema.safeParse(text);
  if (!parsed.success) return refused(parsed.error.issues[0]?.message ?? 'is not understood');
  const host = name === 'DOMAIN' ? parsed.data : hostOfPage(parsed.data);
  const fault = host === undefined ? undefined : faultOfHost(host, purpose);
  return fault ? refused(fault) : { kind: 'parsed', value: parsed.data };
}

function refused(why: string): PackageRefusal {
  return { kind: 'refused', why };
}

function hostOfPage(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPage = url?.protocol === 'https:' && !url.username && !url.password && !url.port;
  return isPage ? url.hostname : undefined;
}

/** The manifest with every placeholder replaced; throws where one has no value. Values are escaped as JSON strings. */
export function fillManifest(written: string, values: PackageValues): string {
  return written.replace(/\{\{([A-Z_]+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`filling the manifest: {{${name}}} has no value`);
    return JSON.stringify(value).slice(1, -1);
  });
}
