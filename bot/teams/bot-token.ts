import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * The token the bot shows to the connector or to Graph, by the OAuth client-credentials grant.
 *
 * Written here rather than left to the SDK's MSAL because MSAL refuses a plain http authority, so
 * authenticated mode could not be tested against doubles; and because it sets no time limit.
 */

/** How the bot shows who it is. All but the secret are short-lived statements by the platform that it is the bot. */
export type BotCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  /** The platform writes the statement there and renews it, so it is read for each token. */
  | { readonly kind: 'file'; readonly file: string }
  | {
      readonly kind: 'managed-identity';
      readonly clientId: string;
      readonly endpoint: string;
      readonly header: string;
    };

const tokenSchema = z.object({
  access_token: z.string().min(1).max(16_384),
  /** Seconds from now. */
  expires_in: z.coerce.number().positive(),
});

/** A token is renewed this long before it ends, so that no call carries one about to expire. */
const RENEW_BEFORE_MS = 5 * 60 * 1_000;

export type BotToken = {
  /** The current token, fetched when there is none or it is about to end. */
  readonly get: () => Promise<string>;
  /** Drops the token, so that the next `get` fetches: for when the connector answered 401. */
  readonly forget: () => void;
};

type Options = {
  readonly tokenUrl: string;
  readonly appId: string;
  readonly credential: BotCredential;
  readonly scope: string;
  readonly timeoutMs: number;
};

/** Makes the holder of the bot's token; calls at the same time share one fetch. */
export function makeBotToken(options: Options): BotToken {
  let held: { readonly value: string; readonly renewAt: number } | undefined;
  let fetching: Promise<string> | undefined;

  const renew = async () => {
    const token = await fetchToken(options);
    const lifeMs = token.expires_in * 1_000;
    // A token shorter-lived than the margin is still used, for half its life.
    const usableMs = Math.max(lifeMs - RENEW_BEFORE_MS, lifeMs / 2);
    held = { value: token.access_token, renewAt: Date.now() + usableMs };
    return token.access_token;
  };

  return {
    get: async () => {
      if (held && Date.now() < held.renewAt) return held.value;
      fetching ??= renew().finally(() => {
        fetching = undefined;
      });
      return fetching;
    },
    forget: () => {
      held = undefined;
    },
  };
}

async function fetchToken(options: Options): Promise<z.infer<typeof tokenSchema>> {
  const { tokenUrl, appId, credential, scope, timeoutMs } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(tokenUrl, {
    method: 'POST',
    redirect: 'error',
    signal,
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      scope,
      ...(await proofBy(credential, signal)),
    }),
  });
  return tokenSchema.parse(await jsonOf(response));
}

const statementType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** For whom Entra has a managed identity's statements made out, when they stand for a registration. */
const exchange = 'api://AzureADTokenExchange';

/** The statement of a platform: a JWT, checked by whoever takes it. */
const statement = z
  .string()
  .trim()
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'is no token')
  .max(16_384);

async function proofBy(
  credential: BotCredential,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  if (credential.kind === 'secret') return { client_secret: credential.secret };
  const given =
    credential.kind === 'file'
      ? await readFile(credential.file, 'utf8')
      : await askPlatform(credential, signal);
  return { client_assertion_type: statementType, client_assertion: statement.parse(given) };
}

async function askPlatform(
  { endpoint, header, clientId }: Extract<BotCredential, { kind: 'managed-identity' }>,
  signal: AbortSignal,
): Promise<string> {
  const query = new URLSearchParams({
    'api-version': '2019-08-01',
    resource: exchange,
    client_id: clientId,
  });
  const headers = { 'x-identity-header': header };
  const response = await fetch(`${endpoint}?${query}`, { headers, redirect: 'error', signal });
  return z.object({ access_token: z.string() }).parse(await jsonOf(response)).access_token;
}

async function jsonOf(response: Response): Promise<unknown> {
  if (response.ok) return response.json();
  await response.body?.cancel();
  throw new Error(`The token endpoint answered ${response.status}`);
}
