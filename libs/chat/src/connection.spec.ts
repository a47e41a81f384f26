import type { Caller, OriginRequest } from '@weir/auth';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from './connection.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function opened() {
  const told: unknown[] = [];
  const wire = {
    emit: (event: string, payload: unknown) => void told.push([event, payload]),
    join: (room: string) => void told.push(`join ${room}`),
    leave: (room: string) => void told.push(`leave ${room}`),
    disconnect: () => void told.push('disconnect'),
  };
  const caller = { key: 'g:1', via: 'none' } as Caller;
  return { told, connection: new Connection(wire, caller, {} as OriginRequest, '10.0.0.1') };
}

describe('Connection', () => {
  it('tells who asks too fast, and disconnects who goes on, saying why', () => {
    const { told, connection } = opened();
    const faults = Array.from({ length: 200 }, () => connection.admit());
    expect(faults.slice(0, 30).every((fault) => fault === undefined)).toBe(true);
    expect(faults[30]).toMatchObject({ code: 'too-fast', retryAfterMs: expect.any(Number) });
    expect(told).toEqual([
      ['closed', { channel: null, fault: expect.objectContaining({ code: 'too-fast', retryAfterMs: 30_000 }) }],
      'disconnect',
    ]);
    expect(connection.isClosed).toBe(true);
  });

  it('disconnects who sends packets without end', () => {
    const { told, connection } = opened();
    for (let i = 0; i < 1000; i += 1) connection.countPacket();
    expect(told.at(-1)).toBe('disconnect');
  });

  it('disconnects who asks to join nothing for ten seconds, saying why', () => {
    const [silent, joining, gone] = [opened(), opened(), opened()];
    joining.connection.asksToJoin();
    gone.connection.closed();
    vi.advanceTimersByTime(9999);
    expect(silent.told).toEqual([]);
    vi.advanceTimersByTime(1);
    const fault = expect.objectContaining({ code: 'not-joined', message: expect.stringContaining('join first') });
    expect(silent.told).toEqual([['closed', { channel: null, fault }], 'disconnect']);
    expect([joining.told, gone.told]).toEqual([[], []]);
  });

  it('is told nothing any more once it is closed', () => {
    const { told, connection } = opened();
    connection.enter('ch');
    connection.closed();
    connection.emit('live', { channel: 'ch', live: true });
    connection.exit('ch');
    connection.close({ code: 'internal', message: '' });
    expect(told).toEqual(['join c:ch']);
  });
});
