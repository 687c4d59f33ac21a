import { z } from 'zod';

/** Reads from Microsoft Graph with a token of our own: one thing, or a list through all of its pages. */

export type GraphToken = {
  readonly get: () => Promise<string>;
  /** Drops the token, so that the next `get` fetches another. */
  readonly forget: () => void;
};

export type GraphClient = {
  /** Undefined when there is no such thing. */
  readonly find: <Value>(path: string, schema: z.ZodType<Value>) => Promise<Value | undefined>;
  /** Whole, or it rejects: half a list would be taken for all of it. Empty when what it hangs on is not there. */
  readonly list: <Value>(path: string, schema: z.ZodType<Value>) => Promise<readonly Value[]>;
};

/** For one call and its answer. */
const timeoutMs = 5_000;

/** For a list through all of its pages: somebody waits for it. */
const listMs = 15_000;

/** At 999 rows a page this is more than any force employs. */
const mostPages = 100;

/** `url` as in `https://graph.microsoft.com`, without a slash at its end. */
export function makeGraphClient(url: string, token: GraphToken): GraphClient {
  const ask = async (address: string, whole: AbortSignal): Promise<Response> =>
    fetch(address, {
      headers: {
        authorization: `Bearer ${await token.get()}`,
        // With `$count=true`: needed for casts, and for roles that come through groups to be complete.
        consistencylevel: 'eventual',
      },
      // A redirect would carry the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.any([whole, AbortSignal.timeout(timeoutMs)]),
    });

  const read = async (address: string, whole: AbortSignal): Promise<unknown> => {
    let response = await ask(address, whole);
    if (response.status === 401) {
      await response.body?.cancel();
      token.forget();
      response = await ask(address, whole);
    }
    if (response.ok) return response.json();
    await response.body?.cancel();
    if (response.status === 404) return undefined;
    throw new Error(`Graph answered ${response.status}`);
  };

  return {
    find: async (path, schema) => {
      const found = await read(`${url}/v1.0/${path}`, AbortSignal.timeout(listMs));
      return found === undefined ? undefined : schema.parse(found);
    },
    list: async (path, schema) => {
      const page = z.object({
        value: z.array(schema),
        '@odata.nextLink': z.string().optional(),
      });
      const rows: z.infer<typeof schema>[] = [];
      const whole = AbortSignal.timeout(listMs);
      let address: string | undefined = `${url}/v1.0/${path}`;
      for (let pages = 0; address !== undefined; pages += 1) {
        if (pages >= mostPages) throw new Error(`Graph has more than ${mostPages} pages`);
        // The next page is named by the answer; our token goes to Graph and nowhere else.
        if (!address.startsWith(`${url}/v1.0/`)) throw new Error('Graph names a foreign page');
        const found = await read(address, whole);
        if (found === undefined) return rows;
        const parsed: z.infer<typeof page> = page.parse(found);
        rows.push(...parsed.value);
        address = parsed['@odata.nextLink'];
      }
      return rows;
    },
  };
}
