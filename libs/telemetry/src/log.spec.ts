import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Log } from './log.js';
import { textLine } from './text-lines.js';

function jsonLog(level: 'info' | 'silent' = 'info'): { log: Log; lines: () => Record<string, unknown>[] } {
  const to = new PassThrough();
  const log = Log.open({ level, text: false, to });
  const lines = (): Record<string, unknown>[] =>
    String(to.read() ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, lines };
}

describe('Log', () => {
  it('writes one JSON line with level, time, message and fields', () => {
    const { log, lines } = jsonLog();
    log.info('publisher connected', { channel: 'demo', session: 's1' });
    expect(lines()).toEqual([
      { level: 'info', time: expect.any(String), msg: 'publisher connected', channel: 'demo', session: 's1' },
    ]);
  });

  it('never writes the value of a secret, however deep it lies', () => {
    const { log, lines } = jsonLog();
    log.warn('refused', { key: 'k1', request: { headers: { authorization: 'Bearer k1' }, pwd: 'k1' } });
    expect(JSON.stringify(lines())).not.toContain('k1');
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = jsonLog();
    log.debug('detail');
    expect(lines()).toEqual([]);
  });
});

describe('textLine', () => {
  it('puts the time, the level, the message and the fields on one line', () => {
    const json = JSON.stringify({ level: 40, time: 0, msg: 'slow', channel: 'demo', bytes: 3 });
    expect(textLine(json)).toBe('00:00:00.000 warn  slow channel=demo bytes=3');
  });
});
