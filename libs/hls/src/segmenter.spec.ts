import type { Sample } from '@weir/cmaf';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Part, SegmentProfile } from './part.js';
import { AUDIO_TIMESCALE, OFFSET_SECONDS, packets, pictures, sample, VIDEO_TIMESCALE } from './samples.fixture.js';
import { partTargetSeconds } from './segment-profile.js';
import { Segmenter, type SegmenterOptions } from './segmenter.js';

const PROFILE: SegmentProfile = { partSeconds: 0.333, segmentSeconds: 2, holdBackSeconds: 1 };
const START = { run: 0, segment: 0, seconds: 0, offsetSeconds: OFFSET_SECONDS };

function segmenter(options: Partial<SegmenterOptions> = {}): { parts: Part[]; segmenter: Segmenter } {
  const parts: Part[] = [];
  const kind = options.kind ?? 'video';
  const timescale = kind === 'video' ? VIDEO_TIMESCALE : AUDIO_TIMESCALE;
  const all = {
    track: '720p',
    kind,
    timescale,
    profile: PROFILE,
    boundaries: 'fixed',
    resume: START,
    ...options,
  } as const;
  return { parts, segmenter: new Segmenter(all, (part) => parts.push(part)) };
}

function cut(samples: readonly Sample[], options: Partial<SegmenterOptions> = {}): Part[] {
  const { parts, segmenter: taking } = segmenter(options);
  for (const one of samples) taking.push(one);
  return parts;
}

const places = (parts: readonly Part[]) => parts.map(({ segment, index }) => `${segment}.${index}`);
const ms = (seconds: number) => Math.round(seconds * 1000);

describe('Segmenter, parts', () => {
  it('closes a part as soon as another sample of the same length would cross the target', () => {
    const { parts, segmenter: taking } = segmenter();
    const [, ...rest] = pictures(0, 0.4, 2);
    taking.push(pictures(0, 0.4, 2)[0]!);
    for (const one of rest.slice(0, 8)) taking.push(one);
    expect(parts).toEqual([]);
    taking.push(rest[8]!);
    expect(parts).toMatchObject([{ index: 0, startSeconds: 0, durationSeconds: 1 / 3, independent: true }]);
  });

  it('closes a part before a longer sample that would cross the target', () => {
    const tick = VIDEO_TIMESCALE / 100;
    const times = [0, 10, 20, 29].map((time) => (OFFSET_SECONDS * 100 + time) * tick);
    const parts = cut([
      sample(times[0]!, 10 * tick),
      sample(times[1]!, 10 * tick, false),
      sample(times[2]!, 9 * tick, false),
      sample(times[3]!, 12 * tick, false),
    ]);
    expect(parts.map(({ durationSeconds }) => ms(durationSeconds))).toEqual([290]);
  });

  it('takes whole packets: 15 of AAC in a third of a second, 16 of Opus, 9 in a fifth', () => {
    const count = (ticks: number, partSeconds: number): number => {
      const profile = { ...PROFILE, partSeconds };
      const [first] = cut(packets(0, 1, ticks), { kind: 'audio', profile });
      return Math.round((first!.durationSeconds * AUDIO_TIMESCALE) / ticks);
    };
    expect([count(1024, 0.333), count(960, 0.333), count(1024, 0.2), count(1024, 0.25)]).toEqual([15, 16, 9, 11]);
  });

  it('calls a part of video independent that begins with a key frame, and every part of audio', () => {
    const video = cut(pictures(0, 2, 2));
    expect(video.map(({ independent }) => independent)).toEqual([true, false, false, false, false, false]);
    expect(cut(packets(0, 2), { kind: 'audio' }).every(({ independent }) => independent)).toBe(true);
  });

  it('writes the samples of the part, numbered one after the other', () => {
    const parts = cut(pictures(0, 1, 2));
    const numbers = parts.map(({ bytes }) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(20));
    expect(numbers).toEqual([1, 2, 3]);
  });

  it('never says that a part is longer than the target, not even before a hole', () => {
    const [first, ...rest] = pictures(0, 0.1, 2);
    const late = sample(first!.decodeTime + 3 * VIDEO_TIMESCALE, 512, true);
    const parts = cut([first!, rest[0]!, { ...rest[1]!, duration: 2.9 * VIDEO_TIMESCALE }, late]);
    expect(Math.max(...parts.map(({ durationSeconds }) => durationSeconds))).toBe(1 / 3);
    expect(parts.map(({ segment }) => segment)).toEqual([0, 0]);
  });
});

describe('Segmenter, fixed boundaries', () => {
  it('gives segment n the program time from n segments on', () => {
    const parts = cut(pictures(0, 6, 2)).filter(({ index }) => index === 0);
    expect(parts.map(({ segment, startSeconds }) => [segment, startSeconds])).toEqual([
      [0, 0],
      [1, 2],
      [2, 4],
    ]);
  });

  it('tells at once that a part ends its segment', () => {
    expect(places(cut(pictures(0, 4, 2)).filter(({ endsSegment }) => endsSegment))).toEqual(['0.5', '1.5']);
    const audio = cut(packets(0, 4.1), { kind: 'audio' });
    expect(audio.filter(({ endsSegment }) => endsSegment).map(({ segment }) => segment)).toEqual([0, 1]);
  });

  it('cuts audio at the first packet of a segment: 94 packets, then 94 or 93', () => {
    const lengths = new Map<number, number>();
    for (const { segment, durationSeconds } of cut(packets(0, 8.1), { kind: 'audio' })) {
      lengths.set(segment, (lengths.get(segment) ?? 0) + Math.round((durationSeconds * AUDIO_TIMESCALE) / 1024));
    }
    expect([...lengths.values()].slice(0, 4)).toEqual([94, 94, 94, 93]);
  });

  it('drops what comes before program time 0, and pictures before the first key frame', () => {
    expect(cut(packets(0, 1), { kind: 'audio' })[0]!.startSeconds).toBe(0);
    const [first, ...rest] = pictures(0, 3, 2);
    expect(cut([{ ...first!, isKey: false }, ...rest])[0]!.startSeconds).toBe(2);
  });

  it('cuts at key frames that lie beside the grid and still numbers by time', () => {
    const late = pictures(1 / 30, 6.1, 2);
    const begins = cut(late).filter(({ index }) => index === 0);
    expect(begins.map(({ segment, startSeconds, independent }) => [segment, ms(startSeconds), independent])).toEqual([
      [0, 33, true],
      [1, 2033, true],
      [2, 4033, true],
    ]);
  });

  it('makes the first segment of each run as short as it is told to, in video and in sound, and numbers by time', () => {
    const told = { firstSegmentSeconds: 1, resume: { ...START, segment: 7, seconds: 3 } };
    const begins = (parts: readonly Part[]) =>
      parts.filter(({ index }) => index === 0).map(({ segment, startSeconds }) => [segment, Math.round(startSeconds)]);
    const expected = [
      [7, 3],
      [8, 4],
      [9, 6],
    ];
    const video = cut([...pictures(3, 4, 2), ...pictures(4, 6.4, 2)], told);
    expect(begins(video)).toEqual(expected);
    expect(places(video.filter(({ endsSegment }) => endsSegment))).toEqual(['7.2', '8.5']);
    expect(begins(cut(packets(3, 6.4), { ...told, kind: 'audio' }))).toEqual(expected);
    expect(begins(cut([...pictures(3, 4, 2), ...pictures(10, 10.4, 2)], told))).toEqual([
      [7, 3],
      [11, 10],
    ]);
  });

  it('waits no longer than a segment for a key frame', () => {
    const parts = cut(pictures(0, 6, 100)).filter(({ index }) => index === 0);
    expect(parts.map(({ segment, startSeconds }) => [segment, startSeconds])).toEqual([
      [0, 0],
      [1, 2],
      [2, 4],
    ]);
  });

  it('leaves numbers out after a standstill, so that they stay those of the time', () => {
    const parts = cut([...pictures(0, 1, 2), ...pictures(8, 10, 2)]);
    expect([...new Set(parts.map(({ segment }) => segment))]).toEqual([0, 4]);
  });

  it('goes on where a program was cut off', () => {
    const resume = { run: 2, segment: 7, seconds: 13.5, offsetSeconds: OFFSET_SECONDS };
    const parts = cut(pictures(13, 17.4, 2.5), { resume }).filter(({ index }) => index === 0);
    expect(parts.map(({ run, segment, startSeconds }) => [run, segment, startSeconds])).toEqual([[2, 8, 15.5]]);
    const aligned = cut(pictures(13.5, 17.5, 2), { resume }).filter(({ index }) => index === 0);
    expect(aligned.map(({ segment, startSeconds }) => [segment, startSeconds])).toEqual([
      [7, 13.5],
      [8, 15.5],
    ]);
  });
});

describe('Segmenter, runs', () => {
  it('ends the segment and begins the next run with the number and time that it is given', () => {
    const { parts, segmenter: taking } = segmenter();
    for (const one of pictures(0, 1, 2)) taking.push(one);
    taking.nextRun({ run: 1, segment: 1, seconds: 1.5, offsetSeconds: OFFSET_SECONDS - 1.5 });
    for (const one of pictures(0, 2, 2)) taking.push(one);
    expect(places(parts.filter(({ run }) => run === 0))).toEqual(['0.0', '0.1', '0.2']);
    expect(parts.find(({ run }) => run === 1)).toMatchObject({ segment: 1, index: 0, startSeconds: 1.5 });
  });

  it('tells the rest at the end', () => {
    const { parts, segmenter: taking } = segmenter();
    for (const one of pictures(0, 0.5, 2)) taking.push(one);
    taking.flush();
    taking.flush();
    expect(parts.map(({ durationSeconds, endsSegment }) => [ms(durationSeconds), endsSegment])).toEqual([
      [333, false],
      [167, true],
    ]);
  });
});

describe('Segmenter, given boundaries', () => {
  const given = { boundaries: 'given', targetDurationSeconds: 4 } as const;

  it('cuts video at key frames, but not so soon that segments become very short', () => {
    const begun: number[] = [];
    const samples = pictures(0, 8, 1.5).map((one, index) => (index === 50 ? { ...one, isKey: true } : one));
    cut(samples, { ...given, onSegment: (seconds) => begun.push(seconds) });
    expect(begun).toEqual([0, 1.5, 3, 4.5, 6, 7.5]);
  });

  it('cuts without a key frame before a segment becomes longer than the target duration', () => {
    const begun: number[] = [];
    cut(pictures(0, 10, 100), { ...given, onSegment: (seconds) => begun.push(seconds) });
    expect(begun.map((seconds, index) => (index === 0 ? 0 : Math.round(seconds - begun[index - 1]!)))).toEqual([
      0, 4, 4,
    ]);
  });

  it('waits one picture where a key frame is due, so that it knows whether the part is the last', () => {
    const parts = cut(pictures(0, 6.1, 2), given);
    expect(places(parts.filter(({ endsSegment }) => endsSegment))).toEqual(['1.5', '2.5']);
  });

  it('cuts audio where it is told, and drops what comes before', () => {
    const { parts, segmenter: taking } = segmenter({ kind: 'audio', ...given });
    taking.cutAt(0.5);
    taking.cutAt(2.25);
    for (const one of packets(0, 4)) taking.push(one);
    const begins = parts.filter(({ index }) => index === 0);
    expect(begins.map(({ segment, startSeconds }) => [segment, Math.floor(startSeconds * 100)])).toEqual([
      [0, 51],
      [1, 226],
    ]);
  });
});

describe('Segmenter, for any samples', () => {
  const lengths = fc.array(fc.integer({ min: 100, max: 700 }), { minLength: 30, maxLength: 400 });
  const profiles = fc.constantFrom<SegmentProfile>(
    PROFILE,
    { partSeconds: 0.5, segmentSeconds: 4, holdBackSeconds: 1.5 },
    { partSeconds: 1, segmentSeconds: 2, holdBackSeconds: 3 },
  );
  const kinds = fc.constantFrom('video' as const, 'audio' as const);
  const modes = fc.constantFrom('fixed' as const, 'given' as const);

  it('loses nothing, keeps the order, never crosses the target and keeps to 85 % of it', () => {
    fc.assert(
      fc.property(
        lengths,
        profiles,
        kinds,
        modes,
        fc.integer({ min: 1, max: 90 }),
        (durations, profile, kind, boundaries, gop) => {
          let time = OFFSET_SECONDS * VIDEO_TIMESCALE;
          const samples = durations.map((duration, index) => {
            const one = sample(time, duration, kind === 'audio' || index % gop === 0);
            time += duration;
            return one;
          });
          const { parts, segmenter: taking } = segmenter({ kind, profile, boundaries, timescale: VIDEO_TIMESCALE });
          taking.cutAt(0);
          for (const one of samples) taking.push(one);
          taking.flush();

          const target = partTargetSeconds(profile);
          let position = 0;
          for (const [place, part] of parts.entries()) {
            const next = parts[place + 1];
            expect(part.startSeconds).toBeCloseTo(position, 6);
            expect(part.durationSeconds).toBeLessThanOrEqual(target);
            if (next && next.segment === part.segment) {
              expect(part.durationSeconds).toBeGreaterThanOrEqual(0.85 * target);
              expect([next.index, part.endsSegment]).toEqual([part.index + 1, false]);
            } else if (next) {
              expect([next.index, next.segment]).toEqual([0, part.segment + 1]);
            }
            position += part.durationSeconds;
          }
          expect(position).toBeCloseTo((time - OFFSET_SECONDS * VIDEO_TIMESCALE) / VIDEO_TIMESCALE, 6);
        },
      ),
      { numRuns: 300 },
    );
  });
});
