import { describe, expect, it, vi } from 'vitest';
import { HandshakeGate } from './handshake-gate.js';

describe('HandshakeGate', () => {
  it('lets as many in as there is room for and the rest in the order of their coming', () => {
    const gate = new HandshakeGate({ concurrency: 2 });
    const begun: number[] = [];
    const leaves = [0, 1, 2, 3].map((id) => gate.enter(() => begun.push(id)));
    expect(begun).toEqual([0, 1]);
    leaves[1]?.();
    expect(begun).toEqual([0, 1, 2]);
    leaves[0]?.();
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('passes over those who left while they waited', () => {
    const gate = new HandshakeGate({ concurrency: 1 });
    const begun: number[] = [];
    const leaves = [0, 1, 2].map((id) => gate.enter(() => begun.push(id)));
    leaves[1]?.();
    expect(gate.waiting).toBe(1);
    leaves[0]?.();
    expect(begun).toEqual([0, 2]);
  });

  it('makes room once however often one leaves', () => {
    const gate = new HandshakeGate({ concurrency: 1 });
    const begun: number[] = [];
    const leaves = [0, 1, 2].map((id) => gate.enter(() => begun.push(id)));
    leaves[0]?.();
    leaves[0]?.();
    expect(begun).toEqual([0, 1]);
  });

  it('does not let idle ones block the others for longer than the lease', () => {
    vi.useFakeTimers();
    const gate = new HandshakeGate({ concurrency: 1, leaseMs: 50 });
    const begun: number[] = [];
    gate.enter(() => begun.push(0));
    gate.enter(() => begun.push(1));
    vi.advanceTimersByTime(50);
    expect(begun).toEqual([0, 1]);
    vi.useRealTimers();
  });
});
