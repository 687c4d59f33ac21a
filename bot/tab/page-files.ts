import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import express, { type RequestHandler, Router } from 'express';

/**
 * The built page. Its policy allows our own scripts, pictures and calls; its style library writes style elements,
 * which are let through by a number used once that stands in the page (`<meta property="csp-nonce">`).
 */
export function makePageFiles(
  folder: string,
  frameAncestors: readonly string[],
  signIn: 'demo' | 'teams' = 'demo',
): Router {
  const router = Router({ strict: true });
  const index = path.join(folder, 'index.html');

  const sendPage: RequestHandler = async (_request, response, next) => {
    const html = await readFile(index, 'utf8').catch(() => undefined);
    // Not built: there is nothing at this address.
    if (html === undefined) return next();
    const nonce = randomBytes(16).toString('base64');
    response.removeHeader('X-Frame-Options');
    response.set({
      'Content-Security-Policy': policyOf(nonce, frameAncestors),
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    });
    // Tells the page whether to ask Teams for a token; what the server asks for does not depend on it.
    const mode = signIn === 'teams' ? '<meta name="sign-in" content="teams">' : '';
    const meta = `<meta property="csp-nonce" nonce="${nonce}">${mode}`;
    response.type('html').send(html.replace('<head>', () => `<head>${meta}`));
  };

  router.get('/tab', (_request, response) => response.redirect(308, '/tab/'));
  router.get(['/tab/', '/tab/index.html'], sendPage);
  // Their names hold a digest of what is in them.
  const kept = 'public, max-age=31536000, immutable';
  const options = { index: false, redirect: false, etag: false, cacheControl: false };
  const setHeaders = (response: ServerResponse) => response.setHeader('Cache-Control', kept);
  const assets = express.static(path.join(folder, 'assets'), { ...options, setHeaders });
  router.use('/tab/assets', assets);
  return router;
}

function policyOf(nonce: string, frameAncestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${["'self'", ...frameAncestors].join(' ')}`,
  ].join('; ');
}
