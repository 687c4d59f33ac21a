import { describe, expect, it } from 'vitest';
import { faultOfHost } from '../../src/core/public-host.js';

const tunnel = 'must be a host of your own, not a tunnel';
const numbers = 'must be a host name, not an address of numbers';
const own = 'must be a host that Teams can reach, not the name of one machine or network';
const form = 'must be a host name alone, as signpost.force.police.uk';

describe('a host the public is sent to', () => {
  it.each([
    'signpost.force.police.uk',
    'signpost.force.pnn.police.uk',
    'signpost.kindsea-1a2b.uksouth.azurecontainerapps.io',
    'my-ngrok.io.police.uk',
    'notngrok.io',
    'heddlu.xn--ses554g',
  ])('may be %s', (host) => {
    expect(faultOfHost(host, 'production')).toBeUndefined();
  });

  it.each([
    'ngrok.io',
    'abc.ngrok.io',
    'abc.eu.ngrok.io',
    'abc.ngrok-free.app',
    'abc-3978.uks1.devtunnels.ms',
    'abc.tunnels.api.visualstudio.com',
    'abc.trycloudflare.com',
    'abc.loca.lt',
    'abc.serveo.net',
    'abc.localhost.run',
    'abc.lhr.life',
    'abc-3978.app.github.dev',
    'machine.tail1234.ts.net',
    '127.0.0.1.nip.io',
    'abc.pinggy.link',
  ])('may be the tunnel %s in development only', (host) => {
    expect(faultOfHost(host, 'production')).toBe(tunnel);
    expect(faultOfHost(host, 'development')).toBeUndefined();
  });

  it.each([
    ['127.0.0.1', numbers],
    ['10.1.2.3', numbers],
    ['203.0.113.9:443', numbers],
    ['::1', numbers],
    ['[2001:db8::1]', numbers],
    ['localhost', own],
    ['localhost:3978', own],
    ['bot.localhost', own],
    ['bot.local', own],
    ['bot.internal', own],
    ['bot.force.corp', own],
    ['signpost.example', own],
    ['signpost', form],
    ['', form],
    ['https://signpost.police.uk', form],
    ['signpost.police.uk/tab', form],
    ['signpost.police.uk:8443', form],
    ['*.police.uk', form],
    ['signpost.police.uk.', form],
    ['-signpost.police.uk', form],
    ['sign_post.police.uk', form],
    ['signpost.police.uk evil.example.com', form],
    ['0x7f.1', form],
    ['2130706433', form],
    [`${'a'.repeat(64)}.police.uk`, form],
    [`${'a.'.repeat(130)}uk`, form],
  ])('is never %s', (host, why) => {
    expect(faultOfHost(host, 'production')).toBe(why);
    expect(faultOfHost(host, 'development')).toBe(why);
  });
});
