/**
 * Whether the public may be sent to a host: a name of the open internet that its owner keeps. A tunnel leads to
 * somebody's own machine, through a company that reads along, and its name may be somebody else's tomorrow.
 * The list is of the tunnels known to us; a new one passes until it is added.
 */

/** Hosts whose names are lent: the name itself or what ends in it. */
const tunnels =
  `ngrok.io ngrok.app ngrok.dev ngrok.pizza ngrok.pro ngrok-free.app ngrok-free.dev ngrok.com
  devtunnels.ms tunnels.api.visualstudio.com app.github.dev githubpreview.dev gitpod.io gitpod.dev
  trycloudflare.com cfargotunnel.com loca.lt localtunnel.me localtunnel.link serveo.net serveousercontent.com
  localhost.run lhr.life lhr.rocks lhrtunnel.link pagekite.me bore.pub bore.digital tunnelmole.net tunnelto.dev
  telebit.io telebit.cloud packetriot.net packetriot.io playit.gg ply.gg zrok.io pinggy.io pinggy.link pinggy.online
  expose.dev sharedwithexpose.com localxpose.io loclx.io localcan.dev srv.us openport.io portmap.io ts.net
  burrow.io holepunch.io beeceptor.com webhook.site remote.moe sish.top webhookrelay.com instatunnel.my
  nip.io sslip.io xip.io lvh.me localtest.me vcap.me lacolhost.com traefik.me`.split(/\s+/);

/** Names that mean nothing, or something else, outside one network (RFC 2606, 6761, 6762, 8375). */
const privateEnds =
  'localhost local localdomain internal intranet lan home corp private test invalid example onion home.arpa'.split(
    ' ',
  );

/** One or more labels and a last one of letters, as in `signpost.force.police.uk`, or `xn--` with more. */
const hostName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/**
 * Returns what is wrong with a lower-case host, to follow "it"; undefined when nothing is. In `development` a
 * tunnel passes.
 */
export function faultOfHost(
  host: string,
  purpose: 'production' | 'development',
): string | undefined {
  if (/^\[?[0-9a-f.:]+\]?(?::\d+)?$/.test(host) && /[.:].*[.:]/.test(host) && !/[g-z]/.test(host))
    return 'must be a host name, not an address of numbers';
  if (privateEnds.some((end) => isUnder(host.replace(/:\d+$/, ''), end)))
    return 'must be a host that Teams can reach, not the name of one machine or network';
  if (host.length > 253 || !hostName.test(host))
    return 'must be a host name alone, as signpost.force.police.uk';
  if (purpose === 'production' && tunnels.some((tunnel) => isUnder(host, tunnel)))
    return 'must be a host of your own, not a tunnel';
  return undefined;
}

function isUnder(host: string, name: string): boolean {
  return host === name || host.endsWith(`.${name}`);
}
