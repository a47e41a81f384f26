import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AudioRing } from './audio-ring.js';

const TICK_MS = 1000 / 30;

/** Sound whose left sample is its own position in seconds. */
function positions(timeMs: number, frames: number): Float32Array {
  const block = new Float32Array(2 * frames);
  for (let frame = 0; frame < frames; frame += 1) block[2 * frame] = (timeMs + frame / 48) / 1000;
  return block;
}

describe('AudioRing', () => {
  it('gives back exactly what was written, at its time', () => {
    const ring = new AudioRing();
    for (let timeMs = 1000; timeMs < 3000; timeMs += 20) ring.write(timeMs, positions(timeMs, 960));
    const block = new Float32Array(2 * 1600);
    for (let timeMs = 1100; timeMs < 2800; timeMs += TICK_MS) {
      expect(ring.read(timeMs, block)).toBe(0);
      for (let frame = 200; frame < 1600; frame += 100)
        expect(1000 * block[2 * frame]!).toBeCloseTo(timeMs + frame / 48, 1);
    }
  });

  it('is silent before, after and in a gap, without a click', () => {
    const ring = new AudioRing();
    const ones = new Float32Array(2 * 4800).fill(1);
    const block = new Float32Array(2 * 48_000);
    expect(ring.read(0, block)).toBe(48_000);
    ring.write(1000, ones);
    ring.write(1300, ones);
    expect(ring.read(900, block)).toBeGreaterThan(48_000 - 4 * 4800 - 1);
    expect(block[0]).toBe(0);
    expect(block[2 * 48 * 150]).toBe(1);
    expect(block[2 * 48 * 250]).toBe(0);
    expect(block[2 * 48 * 450]).toBe(1);
    expect(block[2 * 48 * 600]).toBe(0);
    const first = block.findIndex((sample) => sample > 0);
    expect(block[first]).toBeLessThan(0.02);
  });

  it('follows a reader that slews, by reading a little faster', () => {
    const ring = new AudioRing();
    const block = new Float32Array(2 * 1600);
    for (let timeMs = 0; timeMs < 400; timeMs += 20) ring.write(timeMs, positions(timeMs, 960));
    let writtenMs = 400;
    let last = -1;
    for (let tick = 0; tick < 30 * 20; tick += 1) {
      const targetMs = tick * TICK_MS * 1.002 + 100;
      while (writtenMs < targetMs + 200) {
        ring.write(writtenMs, positions(writtenMs, 960));
        writtenMs += 20;
      }
      expect(ring.read(targetMs, block)).toBe(0);
      if (tick < 3) continue;
      expect(Math.abs(1000 * block[0]! - targetMs)).toBeLessThan(8);
      expect(block[0]!).toBeGreaterThan(last);
      last = block[0]!;
    }
  });

  it('takes times that are rounded to milliseconds, or drift, for unbroken sound', () => {
    const ring = new AudioRing();
    const block = new Float32Array(2 * 1600);
    let clock = 0;
    for (let tick = 0; tick < 900; tick += 1) {
      while (clock < tick * TICK_MS + 300) {
        ring.write(Math.round(clock * 1.0002), positions(clock, 960));
        clock += 20;
      }
      expect(ring.read(tick * TICK_MS + 100, block)).toBe(0);
    }
    expect(ring.aheadMs).toBeGreaterThan(100);
  });

  it('follows a jump in either direction', () => {
    const ring = new AudioRing();
    const block = new Float32Array(2 * 160);
    ring.write(0, positions(0, 9600));
    ring.write(3_600_000, positions(0, 9600));
    expect(ring.read(3_600_050, block)).toBe(0);
    ring.write(10_000, positions(0, 9600));
    expect(ring.read(10_050, block)).toBe(0);
  });

  it('never clicks, whatever is late, lost, moved or forgotten', () => {
    const radians = (2 * Math.PI * 440) / 48_000;
    const tone = (sample: number) => 0.5 * Math.sin(radians * sample);
    const packet = new Float32Array(2 * 960);
    const block = new Float32Array(2 * 1600);
    fc.assert(
      fc.property(fc.array(fc.record({ what: fc.nat(14), ms: fc.integer({ min: -200, max: 400 }) })), (events) => {
        const ring = new AudioRing();
        let [written, movedMs, lateTicks, behindMs, last, steepest] = [0, 0, 0, 100, 0, 0];
        for (const [tick, { what, ms }] of [...events, ...events].entries()) {
          if (what === 0) lateTicks = 4;
          if (what === 1) written += 1;
          if (what === 2) movedMs += ms < 0 ? ms - 60 : ms + 60;
          if (what === 3) behindMs = Math.max(0, behindMs + ms / 8);
          if (what === 4) ring.clear();
          if (lateTicks > 0) lateTicks -= 1;
          else {
            for (; written * 20 < tick * TICK_MS; written += 1) {
              for (let frame = 0; frame < 960; frame += 1) packet[2 * frame] = tone(written * 960 + frame);
              ring.write(written * 20 + movedMs, packet);
            }
          }
          ring.read(tick * TICK_MS - behindMs + movedMs, block);
          for (let frame = 0; frame < 1600; frame += 1) {
            steepest = Math.max(steepest, Math.abs(block[2 * frame]! - last));
            last = block[2 * frame]!;
          }
        }
        // The tone's own slope, read a little faster, and the way from one extreme to the other in 2 ms.
        expect(steepest).toBeLessThan(0.5 * radians * 1.01 + 1.1 / 96);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps its place within 10 ms for ten minutes of clocks 500 ppm apart, and reads 0.3 % faster or slower at most', () => {
    const second = 48_000;
    const block = new Float32Array(2 * 1600);
    const packet = new Float32Array(2 * 960);
    /** Samples between two places in a second. */
    const apart = (one: number, other: number) => {
      const distance = (((one - other) % second) + second) % second;
      return distance > second / 2 ? distance - second : distance;
    };
    for (const drift of [1.0005, 0.9995]) {
      const ring = new AudioRing();
      let [written, missing, worst, fastest] = [0, 0, 0, 0];
      for (let tick = 0; tick < 10 * 60 * 30; tick += 1) {
        const readMs = tick * TICK_MS;
        // Packets of 20 ms by a clock that is fast or slow, each sample of which is its place in the second.
        for (; written * 20 * drift < readMs + 250; written += 1) {
          for (let frame = 0; frame < 960; frame += 1) packet[2 * frame] = ((written * 960 + frame) % second) / second;
          ring.write(written * 20 * drift, packet);
        }
        const lost = ring.read(readMs, block);
        if (tick < 30) continue;
        missing += lost;
        const [start, end] = [second * block[2 * 100]!, second * block[2 * 1500]!];
        worst = Math.max(worst, Math.abs(apart(start, (48 * readMs) / drift + 100)));
        // Where the second begins anew lies a slope between two samples.
        if (end > start) fastest = Math.max(fastest, Math.abs(apart(end, start) / 1400 - 1));
      }
      expect(missing).toBe(0);
      expect(worst / 48).toBeLessThan(10);
      expect(fastest).toBeLessThan(0.0031);
    }
  });
});
