import { describe, expect, it } from 'vitest';
import { RetransmissionGate } from './retransmission-gate.js';

describe('RetransmissionGate', () => {
  it('sends a packet again at once, then not before a round trip has passed', () => {
    const gate = new RetransmissionGate();
    expect(gate.allow(1000, 1200, 0, 50)).toBe(true);
    expect(gate.allow(1000, 1200, 49, 50)).toBe(false);
    expect(gate.allow(1000, 1200, 50, 50)).toBe(true);
  });

  it('waits 20 ms at least, however near the viewer is', () => {
    const gate = new RetransmissionGate();
    gate.allow(1000, 1200, 0, 1);
    expect(gate.allow(1000, 1200, 19, 1)).toBe(false);
    expect(gate.allow(1000, 1200, 20, 1)).toBe(true);
  });

  it('gives up after three times', () => {
    const gate = new RetransmissionGate();
    const allowed = [0, 100, 200, 300].map((now) => gate.allow(1000, 100, now, 50));
    expect(allowed).toEqual([true, true, true, false]);
  });

  it('stops at the budget and earns 15 % of what is sent', () => {
    const gate = new RetransmissionGate({ burstBytes: 2400 });
    expect([1, 2, 3].map((sequence) => gate.allow(sequence, 1200, 0, 50))).toEqual([true, true, false]);
    gate.earn(8000);
    expect(gate.allow(3, 1200, 0, 50)).toBe(true);
    expect(gate.allow(4, 1200, 0, 50)).toBe(false);
  });
});
