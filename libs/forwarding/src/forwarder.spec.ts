import { describe, expect, it } from 'vitest';
import { Forwarder, type PacketOrigin } from './forwarder.js';

const origin = (): PacketOrigin => ({ source: -1, sequence: -1 });

describe('Forwarder', () => {
  it('starts a stream at the given sequence number and timestamp', () => {
    const forwarder = new Forwarder(1000, 5000);
    forwarder.begin(7, 70_000, 90_000, 0);
    expect(forwarder.translate(70_000, 90_000, true)).toBe(true);
    expect(forwarder.outSequence).toBe(1000);
    expect(forwarder.outTimestamp).toBe(5000);
  });

  it('keeps losses as gaps and puts late packets where they belong', () => {
    const forwarder = new Forwarder(1000, 0);
    forwarder.begin(7, 100, 0, 0);
    const out = [100, 103, 101].map((sequence) => {
      forwarder.translate(sequence, sequence * 10, true);
      return [forwarder.outSequence, forwarder.outTimestamp];
    });
    expect(out).toEqual([
      [1000, 1000],
      [1003, 1030],
      [1001, 1010],
    ]);
    expect(forwarder.highestSequence).toBe(1003);
  });

  it('drops what was sent before the source went on air', () => {
    const forwarder = new Forwarder(1000, 0);
    forwarder.begin(7, 100, 0, 0);
    expect(forwarder.translate(99, 0, true)).toBe(false);
  });

  it('continues with another source without a break in sequence and time', () => {
    const forwarder = new Forwarder(1000, 0);
    forwarder.begin(1, 100, 0, 0);
    forwarder.translate(100, 0, true);
    forwarder.begin(2, 9_000_000, 4_000_000_000, 3000);
    forwarder.translate(9_000_000, 4_000_000_000, true);
    expect([forwarder.outSequence, forwarder.outTimestamp]).toEqual([1001, 3000]);
    forwarder.translate(9_000_001, (4_000_000_000 + 3000) >>> 0, true);
    expect([forwarder.outSequence, forwarder.outTimestamp]).toEqual([1002, 6000]);
  });

  it('leaves out one number when the last frame of the old source was cut', () => {
    const forwarder = new Forwarder(1000, 0);
    forwarder.begin(1, 100, 0, 0);
    forwarder.translate(100, 0, false);
    forwarder.begin(2, 500, 0, 1);
    forwarder.translate(500, 0, true);
    expect(forwarder.outSequence).toBe(1002);
  });

  it('lets the timestamp wrap and the sequence number grow past 16 bits', () => {
    const forwarder = new Forwarder(32_767, 0xffff_ff00);
    forwarder.begin(1, 65_536, 0, 0);
    for (let i = 0; i <= 40_000; i++) forwarder.translate(65_536 + i, i * 3000, true);
    expect(forwarder.outSequence).toBe(72_767);
    expect(forwarder.outTimestamp).toBe((0xffff_ff00 + 40_000 * 3000) >>> 0);
  });

  it('finds the source of a packet that is asked for again, across sources', () => {
    const forwarder = new Forwarder(1000, 0);
    forwarder.begin(1, 100, 0, 0);
    for (let i = 0; i < 10; i++) forwarder.translate(100 + i, 0, true);
    forwarder.begin(2, 700, 0, 1);
    for (let i = 0; i < 10; i++) forwarder.translate(700 + i, 0, true);
    const found = origin();
    expect(forwarder.locate(1004, found)).toBe(true);
    expect(found).toEqual({ source: 1, sequence: 104 });
    expect(forwarder.locate(1013, found)).toBe(true);
    expect(found).toEqual({ source: 2, sequence: 703 });
  });

  it('does not find what was never sent', () => {
    const forwarder = new Forwarder(1000, 0);
    expect(forwarder.locate(1000, origin())).toBe(false);
    forwarder.begin(1, 100, 0, 0);
    forwarder.translate(100, 0, true);
    expect(forwarder.locate(999, origin())).toBe(false);
  });

  it('goes back in the same source and keeps live time', () => {
    const forwarder = new Forwarder(1000, 0);
    forwarder.begin(1, 100, 0, 0);
    for (let i = 0; i < 10; i++) forwarder.translate(100 + i, i * 3000, true);
    forwarder.resume(104);
    forwarder.translateAt(104, 28_000, true);
    expect([forwarder.outSequence, forwarder.outTimestamp]).toEqual([1010, 28_000]);
    forwarder.translate(110, 30_000, true);
    expect([forwarder.outSequence, forwarder.outTimestamp]).toEqual([1016, 30_000]);
  });
});
