import { describe, expect, it } from 'vitest';
import { NackList } from './nack-list.js';

const START = 65_536;

function due(list: NackList, nowMs: number, roundTripMs = 50): number[] {
  const out: number[] = [];
  const count = list.due(nowMs, roundTripMs, out);
  return out.slice(0, count);
}

function listWithHole(from: number, to: number, nowMs = 0): NackList {
  const list = new NackList();
  list.receive(START + from - 1, nowMs);
  list.receive(START + to, nowMs);
  return list;
}

describe('NackList', () => {
  it('asks for nothing while packets come in order', () => {
    const list = new NackList();
    for (let i = 0; i < 2000; i += 1) list.receive(START + i, i);
    expect(due(list, 3000)).toEqual([]);
    expect(list.overflowed).toBe(false);
  });

  it('asks for a missing packet 10 ms after the gap was seen', () => {
    const list = listWithHole(10, 12);
    expect(due(list, 9)).toEqual([]);
    expect(due(list, 10)).toEqual([10, 11]);
    expect(due(list, 11)).toEqual([]);
  });

  it('does not ask for a packet that was only reordered', () => {
    const list = listWithHole(10, 12);
    expect(list.receive(START + 10, 5)).toBe(true);
    expect(list.receive(START + 10, 5)).toBe(false);
    expect(list.receive(START + 11, 6)).toBe(true);
    expect(list.size).toBe(0);
    expect(due(list, 10)).toEqual([]);
  });

  it('asks six times with growing pauses, then gives up', () => {
    const list = listWithHole(1, 2);
    const asked: number[] = [];
    for (let ms = 0; ms < 5000; ms += 1) if (due(list, ms, 100).length > 0) asked.push(ms);
    expect(asked).toEqual([10, 110, 235, 392, 588, 833]);
    expect(list.size).toBe(0);
    expect(list.abandoned).toBe(1);
  });

  it('waits at least 20 and at most 400 ms between requests', () => {
    const near = listWithHole(1, 2);
    expect([due(near, 10, 0), due(near, 29, 0), due(near, 30, 0)]).toEqual([[1], [], [1]]);
    const far = listWithHole(1, 2);
    expect([due(far, 10, 5000), due(far, 409, 5000), due(far, 410, 5000)]).toEqual([[1], [], [1]]);
  });

  it('gives 16-bit numbers over the wrap', () => {
    const list = new NackList();
    list.receive(2 * START - 2, 0);
    list.receive(2 * START + 2, 0);
    expect(due(list, 10)).toEqual([65_535, 0, 1]);
  });

  it('keeps asking for an old hole while many packets pass', () => {
    const list = listWithHole(1, 2);
    for (let i = 3; i < 2000; i += 1) list.receive(START + i, 1);
    expect(due(list, 10)).toEqual([1]);
    expect(list.receive(START + 1, 20)).toBe(true);
  });

  it('overflows when more than 512 packets are missing', () => {
    const list = listWithHole(1, 500);
    expect(list.overflowed).toBe(false);
    list.receive(START + 600, 0);
    expect(list.overflowed).toBe(true);
    expect(list.size).toBe(0);
    expect(due(list, 100)).toEqual([]);
  });

  it('holds exactly 512 packets', () => {
    expect(listWithHole(1, 513).size).toBe(512);
    expect(listWithHole(1, 514).overflowed).toBe(true);
  });

  it('forgets what a key frame makes needless but not its own beginning', () => {
    const list = listWithHole(1, 101);
    list.keyFrame(START + 101);
    expect(due(list, 10)).toEqual(Array.from({ length: 16 }, (_, i) => 85 + i));
  });

  it('starts anew after a reset', () => {
    const list = listWithHole(1, 1000);
    list.reset();
    expect(list.overflowed).toBe(false);
    list.receive(5, 0);
    list.receive(7, 0);
    expect(due(list, 10)).toEqual([6]);
  });
});
