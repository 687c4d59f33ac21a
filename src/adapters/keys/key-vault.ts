import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { ownFault } from '../log.js';
import type { MasterKey } from './master-key.js';

/**
 * A master key in Azure Key Vault, by its documented operations get, wrapKey and unwrapKey. The private part never
 * leaves the vault; Signpost asks it once a data key at the start.
 */

const apiVersion = '7.4';
/** RSA with OAEP and SHA-256: what the vault offers for every RSA key. */
const algorithm = 'RSA-OAEP-256';

const timeoutMs = 10_000;
/** A vault that is busy (429) or failing (5xx) is asked again; anything else it says stands. */
const mostTries = 3;
const longestPauseMs = 5_000;

const keySchema = z.object({ key: z.object({ kid: z.url() }) });
const operationSchema = z.object({ kid: z.url(), value: z.string().min(1).max(10_000) });

export type KeyVault = {
  /** The key, without its version: `https://<vault>.vault.azure.net/keys/<name>`. */
  readonly url: string;
  /** Gives an access token for the vault. */
  readonly token: () => Promise<string>;
};

/** The newest version of the key wraps; a version named by a data key unwraps it, so the vault may rotate its own. */
export function makeKeyVault({ url, token }: KeyVault): MasterKey {
  // Hosts are the same in small letters and capitals; the name of a key is left as it is.
  const key = new URL(url).href.replace(/\/+$/, '');
  const ask = async (address: string, body?: unknown) => {
    for (let tries = 1; ; tries += 1) {
      const response = await send(address, await token(), body);
      if (response.ok) return await response.json();
      await response.body?.cancel();
      const isPassing = response.status === 429 || response.status >= 500;
      if (!isPassing || tries === mostTries)
        throw ownFault(`asking the key vault: it answered ${response.status}`);
      const seconds = Number(response.headers.get('retry-after') ?? tries);
      await pause(Math.min(longestPauseMs, (Number.isFinite(seconds) ? seconds : tries) * 1_000));
    }
  };
  // What the store names is never asked with our token but where it is a version of our key.
  const versionOf = (named: string) => {
    const kid = URL.canParse(named) ? new URL(named).href : '';
    const version = kid.startsWith(`${key}/`) ? kid.slice(key.length + 1) : '';
    if (!/^[0-9A-Za-z]{1,64}$/.test(version))
      throw ownFault('asking the key vault: the data key was wrapped by another key');
    return kid;
  };
  return {
    wrap: async (dataKey) => {
      const newest = versionOf(read(keySchema, await ask(address(key))).key.kid);
      const given = { alg: algorithm, value: dataKey.toString('base64url') };
      const { kid, value } = read(operationSchema, await ask(address(`${newest}/wrapkey`), given));
      return { by: versionOf(kid), wrapped: Buffer.from(value, 'base64url').toString('base64') };
    },
    unwrap: async ({ by, wrapped }) => {
      const value = Buffer.from(wrapped, 'base64').toString('base64url');
      const given = { alg: algorithm, value };
      const answer = await ask(address(`${versionOf(by)}/unwrapkey`), given);
      return Buffer.from(read(operationSchema, answer).value, 'base64url');
    },
  };
}

const address = (url: string) => `${url}?api-version=${apiVersion}`;

async function send(url: string, token: string, body: unknown): Promise<Response> {
  try {
    return await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A token goes nowhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    throw ownFault('asking the key vault: it cannot be reached', { cause });
  }
}

function read<Output>(schema: z.ZodType<Output>, answer: unknown): Output {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw ownFault('asking the key vault: its answer is not as documented');
  return parsed.data;
}
