import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import express, { type RequestHandler, Router } from 'express';

/**
 * The built page. Its policy allows our own scripts, pictures and calls; its style library writes style elements,
 * which are let through by a number used once that stands in the page (`<meta property="csp-nonce">`).
 */
export function makePageFiles(folder: string, frameAncestors: readonly string[]): Router {
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
    const meta = `<meta property="csp-nonce" nonce="${nonce}">`;
    response.type('html').send(html.replace('<head>', () => `<head>${meta}`));
  };

  router.get('/tab', (_request, response) => response.redirect(308, '/tab/'));
  router.get(['/tab/', '/tab/index.html'], sendPage);
  // Their names hold a digest of what is in them.
  const assets = { immutable: true, maxAge: '1y', index: false, redirect: false, etag: false };
  router.use('/tab/assets', express.static(path.join(folder, 'assets'), assets));
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
