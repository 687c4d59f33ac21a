import { z } from 'zod';

/** Addresses outside that settings name. */

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * True for a host with TLS, or this machine: keys, tokens and words go to these addresses, and over plain http whoever
 * is between reads them or answers in their place.
 */
function isPrivate(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || loopback.has(hostname);
}

/** An address, https unless it is on this machine. */
export const address = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .refine(isPrivate, 'must begin with https://, unless it is on this machine');

/** An address that paths are joined to: without a slash at its end. */
export const baseAddress = address.transform(withoutSlash);

/** What only names somebody, as the issuer of tokens: nothing is sent there. */
export const nameAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .transform(withoutSlash);

function withoutSlash(value: string): string {
  return value.replace(/\/+$/, '');
}
