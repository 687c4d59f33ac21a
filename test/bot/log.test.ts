import { describe, expect, it } from 'vitest';
import { type LogFields, makeLog, ownFault } from '../../src/adapters/log.js';

function heard(write: (log: ReturnType<typeof makeLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(makeLog('info', { write: (line) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}

describe('the log', () => {
  it('writes the event, the level, the time and the listed fields', () => {
    const lines = heard((log) => log.info('turn-ended', { activityType: 'message', ms: 12 }));
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        event: 'turn-ended',
        activityType: 'message',
        ms: 12,
      },
    ]);
  });

  it('leaves out fields that are not on the list', () => {
    const fields = { kind: 'question', text: 'Jane Doe', constructor: 'x' } as LogFields;
    const lines = heard((log) => log.warn('odd', fields));
    expect(lines).toHaveLength(1);
    expect(Object.keys(lines[0] ?? {})).toEqual(['level', 'time', 'event', 'kind']);
  });

  it.each([
    ['words', 'Jane Doe lives here'],
    ['a line break', 'a\nb'],
    ['an object', { name: 'Jane' }],
    ['a long value', 'x'.repeat(201)],
  ])('withholds %s in a listed field', (_, value) => {
    const fields = { kind: value } as unknown as LogFields;
    expect(heard((log) => log.info('odd', fields))).toMatchObject([{ kind: '[withheld]' }]);
  });

  it('keeps Teams’ ids whole', () => {
    const activityId = '19:abc_d-e@thread.tacv2;messageid=1700000000001';
    expect(heard((log) => log.info('odd', { activityId }))).toMatchObject([{ activityId }]);
  });

  it('keeps what Teams is known to send, and calls all else other', () => {
    const known = {
      activityType: 'invoke',
      invokeName: 'adaptiveCard/action',
      conversationType: 'personal',
    };
    expect(heard((log) => log.info('odd', known))).toMatchObject([known]);
    const unknown = { activityType: 'Jane', invokeName: 'Jane/Doe', conversationType: 'Jane' };
    expect(heard((log) => log.info('odd', unknown))).toMatchObject([
      { activityType: 'other', invokeName: 'other', conversationType: 'other' },
    ]);
  });

  it('writes one line of JSON an event, whatever the level', () => {
    const lines: string[] = [];
    const log = makeLog('debug', { write: (line) => lines.push(line) });
    for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](`odd-${level}`);
    expect(lines.map((line) => [line.split('\n').length, JSON.parse(line).event])).toEqual([
      [2, 'odd-debug'],
      [2, 'odd-info'],
      [2, 'odd-warn'],
      [2, 'odd-error'],
    ]);
  });

  it('writes an error’s name, code and frames, never its words', () => {
    const cause = Object.assign(new TypeError('Jane’s number'), { code: '23505' });
    const error = new Error('Jane Doe\n    at her (file:///home/Jane/address.js:1:1)', { cause });
    const [line] = heard((log) => log.error('failed', { reference: 'r-1' }, error));
    expect(line).toMatchObject({
      reference: 'r-1',
      error: { name: 'Error', cause: { name: 'TypeError', code: '23505' } },
    });
    const first = expect.stringMatching(/log\.test\.ts:\d+:\d+$/);
    expect(line).toMatchObject({ error: { frames: expect.arrayContaining([first]) } });
    expect(JSON.stringify(line)).not.toMatch(/Jane/);
  });

  it('never writes words of an error whose message was changed later', () => {
    const error = new Error('Jane Doe at home');
    error.message = 'other';
    error.name = 'Jane Doe';
    expect(JSON.stringify(heard((log) => log.error('failed', {}, error)))).not.toMatch(/Jane/);
  });

  it('writes the words of a fault we marked as our own', () => {
    const error = ownFault('Could not save screening s-1');
    expect(heard((log) => log.error('failed', {}, error))).toMatchObject([
      { error: { message: 'Could not save screening s-1' } },
    ]);
  });

  it.each([['a string'], [{ message: 'Jane' }], [null]])(
    'survives %o thrown as an error',
    (thrown) => {
      expect(JSON.stringify(heard((log) => log.error('failed', {}, thrown)))).not.toMatch(/Jane/);
    },
  );

  it('ends a chain of causes that goes round in a circle', () => {
    const error = new Error('one');
    error.cause = error;
    expect(heard((log) => log.error('failed', {}, error))).toHaveLength(1);
  });
});
