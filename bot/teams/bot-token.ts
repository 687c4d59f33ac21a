import { z } from 'zod';

/**
 * The token the bot shows to the connector, by the OAuth client-credentials grant.
 *
 * Written here rather than left to the SDK's MSAL because MSAL refuses a plain http authority, so
 * authenticated mode could not be tested against doubles; and because it sets no time limit.
 */

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
  readonly appPassword: string;
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
  const response = await fetch(options.tokenUrl, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(options.timeoutMs),
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: options.appId,
      client_secret: options.appPassword,
      scope: options.scope,
    }),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`The token endpoint answered ${response.status}`);
  }
  return tokenSchema.parse(await response.json());
}
