import type { IncomingMessage } from 'node:http';
import { BlockList } from 'node:net';
import type { IncomingActivity } from './activity.js';

/** Who may talk to us at all, apart from the token: which machine, tenant, channel and address. */

export type Refusal =
  | 'not-loopback'
  | 'forwarded'
  | 'foreign-service-url'
  | 'foreign-tenant'
  | 'foreign-channel'
  | 'no-conversation-type'
  | 'no-directory-id';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Covers `127.x.y.z`, `::1`, and IPv4 seen through an IPv6 socket (`::ffff:127.0.0.1`). */
function isLoopbackAddress(address: string): boolean {
  return loopback.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

/** `localhost`, `127.0.0.1` or `[::1]`; a name that merely resolves to them does not count. */
function isLoopbackName(hostname: string): boolean {
  if (hostname === 'localhost' || hostname === '[::1]') return true;
  return /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Why a request may not use the mode without tokens. The Host header is looked at because a web
 * page can point its own name at 127.0.0.1; forwarding headers because a tunnel or proxy on this
 * machine would make the whole internet look local.
 */
export function refuseRemoteRequest(request: IncomingMessage): Refusal | undefined {
  if (!isLoopbackAddress(request.socket.remoteAddress ?? '')) return 'not-loopback';
  const { headers } = request;
  const url = `http://${headers.host ?? ''}`;
  if (!URL.canParse(url) || !isLoopbackName(new URL(url).hostname)) return 'not-loopback';
  const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];
  return forwarding.some((name) => headers[name] !== undefined) ? 'forwarded' : undefined;
}

/** Without tokens, answers may go only to this machine. */
export function refuseRemoteService(activity: IncomingActivity): Refusal | undefined {
  const { hostname } = new URL(activity.serviceUrl);
  return isLoopbackName(hostname) ? undefined : 'foreign-service-url';
}

/** Why an authenticated activity is not for us: every place that names a tenant must name ours, and the directory must know who speaks. */
export function refuseForeignActivity(
  activity: IncomingActivity,
  ours: { readonly tenantId: string; readonly serviceOrigins: readonly string[] },
): Refusal | undefined {
  if (activity.channelId !== 'msteams') return 'foreign-channel';
  if (!ours.serviceOrigins.includes(new URL(activity.serviceUrl).origin)) {
    return 'foreign-service-url';
  }
  const { conversation, channelData, from, recipient } = activity;
  const places = [
    conversation.tenantId,
    channelData?.tenant?.id,
    from.tenantId,
    recipient.tenantId,
  ];
  const named = places.filter((tenant) => tenant !== undefined && tenant !== null);
  const isOurs = named.length > 0 && named.every((tenant) => tenant === ours.tenantId);
  if (!isOurs) return 'foreign-tenant';
  // Teams always says; without it a channel would pass for a one-to-one chat.
  if (!conversation.conversationType) return 'no-conversation-type';
  return isInstallation(activity) || activity.from.aadObjectId?.trim()
    ? undefined
    : 'no-directory-id';
}

/** These may come from nobody in particular, and store nothing; whatever else is said, a person must answer for. */
function isInstallation({ type }: IncomingActivity): boolean {
  return type === 'installationUpdate' || type === 'conversationUpdate';
}
