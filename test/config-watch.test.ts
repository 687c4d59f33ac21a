import { describe, expect, it } from 'vitest';
import { ConfigFault, readConfig } from '../src/config.js';

describe('metrics and traces', () => {
  it('are off unless they are asked for', () => {
    expect(readConfig({}).watch).toEqual({ metrics: undefined, traces: undefined });
  });

  it('have a port of their own on this machine, and a collector', () => {
    const settings = {
      METRICS_PORT: '9464',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
    };
    expect(readConfig(settings).watch).toEqual({
      metrics: { host: '127.0.0.1', port: 9464 },
      traces: 'http://127.0.0.1:4318',
    });
    expect(readConfig({ METRICS_PORT: '0', METRICS_HOST: '10.0.0.4' }).watch.metrics).toEqual({
      host: '10.0.0.4',
      port: 0,
    });
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['on the port of the bot', { METRICS_PORT: '3978' }, /METRICS_PORT cannot be PORT/],
    ['on no port', { METRICS_PORT: 'x' }, /METRICS_PORT cannot be used: must be a number/],
    ['to no address', { OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://x' }, /must be an http\(s\) address/],
  ])('are refused %s', (_, settings, words) => {
    const read = () => readConfig(settings);
    expect(read).toThrow(ConfigFault);
    expect(read).toThrow(words);
  });
});
