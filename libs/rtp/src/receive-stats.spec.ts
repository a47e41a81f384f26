import { describe, expect, it } from 'vitest';
import { ReceiveStats } from './receive-stats.js';

function feed(stats: ReceiveStats, sequences: readonly number[]): number[] {
  return sequences.map((sequence) => stats.receive(sequence & 0xffff, sequence * 3000, sequence * (100 / 3)));
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('ReceiveStats', () => {
  it('reports nothing before the first packet', () => {
    expect(new ReceiveStats(90_000).reportBlock(9, 0)).toEqual({
      ssrc: 9,
      fractionLost: 0,
      cumulativeLost: 0,
      highestSequence: 0,
      jitter: 0,
      lastSenderReport: 0,
      delaySinceLastSenderReport: 0,
    });
  });

  it('extends sequence numbers from the second cycle on, and reports them from the first', () => {
    const stats = new ReceiveStats(90_000);
    expect(feed(stats, [65535, 65536, 65534])).toEqual([131_071, 131_072, 131_070]);
    expect(stats.reportBlock(1, 0).highestSequence).toBe(65536);
  });

  it('reports the share lost since the last report and the loss in all', () => {
    const stats = new ReceiveStats(90_000);
    feed(stats, [...range(0, 10), ...range(20, 30)]);
    expect(stats.reportBlock(1, 0)).toMatchObject({ fractionLost: 85, cumulativeLost: 10 });
    feed(stats, range(30, 40));
    expect(stats.reportBlock(1, 0)).toMatchObject({ fractionLost: 0, cumulativeLost: 10 });
    expect(stats.received).toBe(30);
  });

  it('counts duplicates as received, so that the loss may be negative', () => {
    const stats = new ReceiveStats(90_000);
    feed(stats, [1, 1, 1, 2]);
    expect(stats.reportBlock(1, 0)).toMatchObject({ fractionLost: 0, cumulativeLost: -2 });
  });

  it('keeps the fraction in its byte and the total in its 24 bits', () => {
    const lossy = new ReceiveStats(90_000);
    lossy.receive(0, 0, 0);
    lossy.reportBlock(1, 0);
    lossy.receive(2999, 0, 0);
    expect(lossy.reportBlock(1, 0).fractionLost).toBe(255);
    for (let i = 2; i < 3000; i += 1) lossy.receive((i * 2999) & 0xffff, 0, 0);
    expect(lossy.reportBlock(1, 0).cumulativeLost).toBe(0x7fffff);
  });

  it('has no jitter at a constant delay and approaches a constant change of it', () => {
    const steady = new ReceiveStats(90_000);
    feed(steady, range(0, 100));
    expect(steady.jitter).toBeLessThan(1);
    const shaky = new ReceiveStats(90_000);
    for (let i = 0; i < 500; i += 1) shaky.receive(i, i * 3000, i * (100 / 3) + (i % 2) * 10);
    expect(shaky.reportBlock(1, 0).jitter).toBeGreaterThan(880);
    expect(shaky.reportBlock(1, 0).jitter).toBeLessThan(920);
  });

  it('takes no jitter from a timestamp that jumps', () => {
    const stats = new ReceiveStats(90_000);
    stats.receive(0, 0, 0);
    stats.receive(1, 2_000_000_000, 33);
    expect(stats.jitter).toBe(0);
  });

  it('accepts late packets and a gap below 3000', () => {
    const stats = new ReceiveStats(90_000);
    feed(stats, [10_000]);
    expect(stats.receive(12_999, 0, 0)).toBe(65_536 + 12_999);
    expect(stats.receive(5_000, 0, 0)).toBe(65_536 + 5_000);
    expect(stats.restarts).toBe(0);
  });

  it('starts anew above all earlier numbers when two packets in a row follow a jump', () => {
    const stats = new ReceiveStats(90_000);
    feed(stats, [40_000, 40_001]);
    expect(stats.receive(10, 0, 0)).toBe(-1);
    expect(stats.receive(11, 0, 0)).toBe(131_072 + 11);
    expect(stats.restarts).toBe(1);
    expect(stats.lost).toBe(0);
    expect(stats.highest).toBe(131_072 + 11);
  });

  it('ignores a single stray number', () => {
    const stats = new ReceiveStats(90_000);
    feed(stats, [100]);
    expect(stats.receive(30_000, 0, 0)).toBe(-1);
    expect(stats.receive(101, 0, 0)).toBe(65_637);
    expect(stats.received).toBe(2);
  });

  it('tells when the last sender report came', () => {
    const stats = new ReceiveStats(90_000);
    feed(stats, [1]);
    stats.senderReport(0x11223344, 0x55667788, 5000);
    expect(stats.reportBlock(1, 5500)).toMatchObject({
      lastSenderReport: 0x33445566,
      delaySinceLastSenderReport: 32768,
    });
  });
});
