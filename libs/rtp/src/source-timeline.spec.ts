import { describe, expect, it } from 'vitest';
import { type PlacedFrame, SimulatedGuest } from './simulated-guest.fixture.js';
import { SourceTimeline } from './source-timeline.js';
import { SETTLING_MS } from './source-track.js';
import type { MediaKind } from './track.js';

const errorOf = ({ timeMs, capturedAtMs }: PlacedFrame): number => timeMs - capturedAtMs;
const of = (placed: readonly PlacedFrame[], kind: MediaKind): PlacedFrame[] =>
  placed.filter((frame) => frame.kind === kind);

/** Most that picture and sound of one moment are apart. */
function apartMs(placed: readonly PlacedFrame[]): number {
  const audio = of(placed, 'audio');
  let at = 0;
  return Math.max(
    ...of(placed, 'video').map((frame) => {
      while (at < audio.length - 1 && audio[at]!.capturedAtMs < frame.capturedAtMs) at += 1;
      return Math.abs(errorOf(frame) - errorOf(audio[at]!));
    }),
  );
}

function expectRising(placed: readonly PlacedFrame[], slew = 0.006): void {
  for (const kind of ['audio', 'video'] as const) {
    const frames = of(placed, kind);
    const settledAtMs = frames[0]!.capturedAtMs + SETTLING_MS;
    const steps = frames.slice(1).map((frame, i) => ({
      told: frame.timeMs - frames[i]!.timeMs,
      real: frame.capturedAtMs - frames[i]!.capturedAtMs,
      slew: frame.capturedAtMs > settledAtMs ? slew : 0.101,
    }));
    expect(Math.min(...steps.map(({ told }) => told))).toBeGreaterThan(0);
    expect(Math.max(...steps.map(({ told, real, slew: most }) => Math.abs(told - real) - real * most))).toBeLessThan(
      0.05,
    );
  }
}

describe('SourceTimeline', () => {
  it('puts picture and sound of one moment together when reports are there from the start', () => {
    const guest = new SimulatedGuest();
    const placed = guest.run(0, 60_000);
    expect(apartMs(placed)).toBeLessThan(1);
    expectRising(placed);
    const late = placed.filter(({ capturedAtMs }) => capturedAtMs > 50_000).map(errorOf);
    expect([Math.min(...late), Math.max(...late)].map(Math.round)).toEqual([30, 30]);
  });

  it('goes by arrival before the reports and is slewed to them when they come late', () => {
    const guest = new SimulatedGuest({ firstReportMs: { audio: 7000, video: 9000 } });
    const placed = guest.run(0, 60_000);
    expectRising(placed);
    const before = placed.filter(({ capturedAtMs }) => capturedAtMs < 6000);
    expect(apartMs(before)).toBeGreaterThan(40);
    expect(apartMs(placed.filter(({ capturedAtMs }) => capturedAtMs > 25_000))).toBeLessThan(1);
  });

  it.each([0.0005, -0.0005])('stays in step for ten minutes with a clock that drifts by %d', (drift) => {
    const guest = new SimulatedGuest({ drift, jitterMs: 60 });
    const placed = guest.run(0, 600_000);
    expectRising(placed);
    expect(apartMs(placed)).toBeLessThan(5);
    const errors = placed.filter(({ capturedAtMs }) => capturedAtMs > 60_000).map(errorOf);
    expect(Math.max(...errors) - Math.min(...errors)).toBeLessThan(20);
    expect(Math.min(...errors)).toBeGreaterThan(0);
  });

  it.each([0.0005, -0.0005])(
    'keeps them together when the sound card drifts by %d against the wall clock',
    (audioDrift) => {
      const placed = new SimulatedGuest({ audioDrift }).run(0, 600_000);
      expectRising(placed);
      expect(apartMs(placed)).toBeLessThan(6);
    },
  );

  it('brings a track whose first packets came late to its place in two seconds', () => {
    const guest = new SimulatedGuest();
    guest.run(0, 150, ['audio'], 150);
    guest.run(0, 150, ['video']);
    const placed = guest.run(150, 10_000);
    expectRising(guest.placed);
    expect(apartMs(placed.slice(0, 10))).toBeGreaterThan(100);
    expect(apartMs(placed.filter(({ capturedAtMs }) => capturedAtMs > SETTLING_MS))).toBeLessThan(1);
  });

  it('goes by the promptest reports of a guest that is now and then too busy to report', () => {
    const placed = new SimulatedGuest({ reportEveryMs: 1000, reportLateMs: 20 }).run(0, 300_000);
    expectRising(placed);
    expect(apartMs(placed.filter(({ capturedAtMs }) => capturedAtMs > 20_000))).toBeLessThan(10);
  });

  it('goes on in time after a mute that froze the RTP clock, with the other track untouched', () => {
    const guest = new SimulatedGuest();
    guest.run(0, 20_000);
    guest.run(20_000, 31_000, ['video']);
    guest.freeze('audio', 11_000);
    const after = guest.run(31_000, 60_000);
    expectRising([...of(guest.placed, 'video'), ...of(after, 'audio')]);
    expect(Math.max(...of(after, 'audio').map((frame) => Math.abs(errorOf(frame) - 30)))).toBeLessThan(30);
    expect(apartMs(after.filter(({ capturedAtMs }) => capturedAtMs > 45_000))).toBeLessThan(5);
    expect(of(after, 'audio')[0]!.timeMs).toBeGreaterThan(
      of(guest.placed, 'audio').findLast(({ capturedAtMs }) => capturedAtMs < 20_000)!.timeMs,
    );
  });

  it('takes what the network held back for what it is', () => {
    const guest = new SimulatedGuest();
    guest.run(0, 20_000);
    const held = guest.run(20_000, 22_000, ['audio', 'video'], 22_100);
    const after = guest.run(22_000, 40_000);
    expect(Math.max(...[...held, ...after].map((frame) => Math.abs(errorOf(frame) - 30)))).toBeLessThan(10);
    expectRising(guest.placed);
  });

  it('finds back within a moment when a clock that stood still is the only one', () => {
    const timeline = new SourceTimeline();
    const times: number[] = [];
    for (let ms = 0; ms < 2000; ms += 20) times.push(timeline.timeOf('audio', ms * 48, ms + 50) - ms);
    for (let ms = 2000; ms < 4000; ms += 20) times.push(timeline.timeOf('audio', ms * 48, ms + 5050) - ms);
    expect(times.slice(0, 110)).toEqual(Array.from({ length: 110 }, () => 50));
    expect(times.slice(110)).toEqual(Array.from({ length: 90 }, () => 5050));
  });

  it('follows an RTP clock that leaps ahead at once', () => {
    const timeline = new SourceTimeline();
    timeline.timeOf('video', 0, 50);
    expect(timeline.timeOf('video', 3000, 84)).toBeCloseTo(83.3, 1);
    expect(timeline.timeOf('video', 3000 + 90_000 * 100, 117)).toBeCloseTo(116.7, 0);
  });

  it('gives pictures that are sent out of order the times of their timestamps', () => {
    const timeline = new SourceTimeline();
    const groups = Array.from({ length: 30 }, (_, group) =>
      [0, 9000, 3000, 6000].map((timestamp, index) =>
        timeline.timeOf('video', group * 12_000 + timestamp, 100 + group * 133 + index * 33),
      ),
    );
    for (const [first, ...others] of groups)
      expect([others[1]! > first!, others[2]! > others[1]!, others[0]! > others[2]!]).toEqual([true, true, true]);
    const last = groups.at(-1)!;
    expect(last.map((time) => Math.round(time - last[0]!))).toEqual([0, 100, 33, 66]);
  });

  it('takes timestamps as they are or extended, over the wrap', () => {
    const timeline = new SourceTimeline();
    const first = timeline.timeOf('video', 2 ** 33 - 1500, 1000);
    expect(timeline.timeOf('video', 1500, 1033) - first).toBeCloseTo(33.2, 0);
  });

  it('never goes back when another source takes a track over, and keeps what it knows of the clock', () => {
    const guest = new SimulatedGuest();
    guest.run(0, 20_000);
    const last = of(guest.placed, 'video').at(-1)!.timeMs;
    const { timeline } = guest;
    timeline.restartTrack('video');
    timeline.report('video', 777, guest.senderMsAt(19_000), 20_010);
    const times = [0, 20, 40, 60, 80].map((frame) =>
      timeline.timeOf('video', 777 + frame * 3000, 19_080 + (frame * 1000) / 30),
    );
    expect(times[0]).toBe(last);
    expect(times.every((time, i) => i === 0 || time >= times[i - 1]!)).toBe(true);
    expect(times[4]! - (19_000 + (80 * 1000) / 30)).toBeCloseTo(30, 0);
  });

  it('follows another publisher with another clock', () => {
    const guest = new SimulatedGuest();
    guest.run(0, 10_000);
    const { timeline } = guest;
    timeline.restart();
    timeline.report('audio', 0, 500, 10_030);
    timeline.report('video', 0, 500, 10_030);
    expect(timeline.timeOf('audio', 0, 10_080)).toBeCloseTo(10_080, 3);
    expect(timeline.timeOf('video', 90 * 100, 10_200)).toBeCloseTo(10_180, 3);
  });

  it('goes by arrival while the reports of both tracks tell of different clocks', () => {
    const timeline = new SourceTimeline();
    timeline.report('audio', 0, 5000, 0);
    timeline.report('video', 0, 99_000, 0);
    expect(timeline.timeOf('audio', 0, 30)).toBe(30);
    expect(timeline.timeOf('video', 0, 80)).toBe(80);
    expect(timeline.timeOf('video', 9000, 180)).toBe(180);
    expect(timeline.timeOf('audio', 9600, 230)).toBe(230);
  });

  it('ignores a report that was overtaken', () => {
    const timeline = new SourceTimeline();
    timeline.timeOf('audio', 0, 30);
    timeline.timeOf('video', 0, 80);
    timeline.report('audio', 0, 10_000, 30);
    timeline.report('video', 0, 10_000, 30);
    timeline.report('video', 0, 9900, 40);
    const errors = Array.from(
      { length: 1000 },
      (_, i) => timeline.timeOf('video', i * 3000, 80 + (i * 1000) / 30) - (i * 1000) / 30,
    );
    expect(errors.at(-1)).toBeCloseTo(30, 1);
  });
});
