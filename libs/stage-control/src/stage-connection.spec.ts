import type { Caller, OriginRequest } from '@weir/auth';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StageConnection } from './stage-connection.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function opened() {
  const told: unknown[] = [];
  const wire = {
    emit: (event: string, payload: unknown) => void told.push([event, payload]),
    disconnect: () => void told.push('disconnect'),
  };
  return { told, connection: new StageConnection(wire, { key: '' } as Caller, {} as OriginRequest) };
}

const notEntered = expect.objectContaining({ code: 'not-allowed', message: expect.stringContaining('enter first') });

describe('StageConnection', () => {
  it('ends who enters no stage for ten seconds, saying why, and nobody else', () => {
    const [silent, entered, gone] = [opened(), opened(), opened()];
    entered.connection.enter({ channel: 'show', guest: undefined });
    entered.connection.wait();
    gone.connection.closed();
    gone.connection.wait();
    vi.advanceTimersByTime(10_000);
    expect(silent.told).toEqual([['removed', notEntered], 'disconnect']);
    expect(silent.connection.isClosed).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect([entered.told, gone.told]).toEqual([[], []]);
  });

  it('gives who could not be let in by a fault of the server ten seconds again', () => {
    const { told, connection } = opened();
    vi.advanceTimersByTime(9000);
    connection.wait();
    vi.advanceTimersByTime(9000);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(2);
  });
});
