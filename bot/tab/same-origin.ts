import type { IncomingMessage } from 'node:http';

/** A page of another site can neither set this header nor be allowed to: it would have to ask first, and nobody answers. */
const ownHeader = 'x-signpost-tab';

/**
 * Why a request may be another site's doing; undefined when it is our page's. What changes something must carry our
 * header and our origin. What only reads may come without either, as a link does, but not from another site.
 */
export function refuseForeignPage(
  request: IncomingMessage,
): 'cross-site' | 'no-own-header' | 'foreign-origin' | undefined {
  const { method = '', headers } = request;
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') return 'cross-site';
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (headers[ownHeader] !== '1') return 'no-own-header';
  const origin = headers.origin ?? '';
  const isOurs = URL.canParse(origin) && new URL(origin).host === headers.host;
  return isOurs ? undefined : 'foreign-origin';
}
