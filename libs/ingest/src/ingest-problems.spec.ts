import type { StreamDescription } from '@weir/rtp';
import { describe, expect, it } from 'vitest';
import type { IngestFacts, TrackFacts } from './ingest-gauge.js';
import { type IngestCase, ingestProblems } from './ingest-problems.js';

const AUDIO: TrackFacts = {
  isSilent: false,
  bitrateBps: 128_000,
  framesPerSecond: 0,
  bestFramesPerSecond: 0,
  keyFrameIntervalsMs: [],
  sinceKeyFrameMs: undefined,
};
const VIDEO: TrackFacts = {
  isSilent: false,
  bitrateBps: 6_000_000,
  framesPerSecond: 60,
  bestFramesPerSecond: 60,
  keyFrameIntervalsMs: [2000, 2000, 2000, 2000],
  sinceKeyFrameMs: 900,
};
const FACTS: IngestFacts = {
  seconds: 10,
  hasMedia: true,
  audio: AUDIO,
  video: VIDEO,
  loss: 0,
  limitBps: 20_000_000,
};
const BASELINE = { codec: 'h264', profileLevelId: '42e02a', width: 1920, height: 1080 } as const;

function problems(
  facts: Partial<Omit<IngestFacts, 'video'>> & { video?: Partial<TrackFacts> | undefined } = {},
  video: Partial<NonNullable<StreamDescription['video']>> = {},
  rest: Partial<IngestCase> = {},
) {
  const track = 'video' in facts && facts.video === undefined ? undefined : { ...VIDEO, ...facts.video };
  return ingestProblems({
    facts: { ...FACTS, ...facts, video: track },
    description: { video: { ...BASELINE, ...video }, audio: { codec: 'opus' } },
    isBrowser: false,
    isPassedThrough: false,
    ...rest,
  });
}

describe('ingestProblems', () => {
  it('finds nothing wrong with what OBS sends by the recommended settings', () => {
    expect(problems()).toEqual([]);
  });

  it('finds B-frames, which no viewer over WebRTC can put in order', () => {
    expect(problems({}, { hasBFrames: true })).toEqual([{ type: 'b-frames', severity: 'error', found: '' }]);
  });

  it('finds long intervals of key frames, worse when no viewer would wait so long', () => {
    const found = (keyFrameIntervalsMs: number[], sinceKeyFrameMs = 0) =>
      problems({ video: { keyFrameIntervalsMs, sinceKeyFrameMs } });
    expect(found([4100, 4000])).toEqual([]);
    expect(found([8000])).toEqual([{ type: 'long-key-frame-interval', severity: 'warning', found: '8.0 s' }]);
    expect(found([20_000])).toMatchObject([{ severity: 'error', found: '20.0 s' }]);
  });

  it('does not wait for the second key frame to know that it is late', () => {
    expect(problems({ video: { keyFrameIntervalsMs: [], sinceKeyFrameMs: 7300 } })).toEqual([
      { type: 'long-key-frame-interval', severity: 'warning', found: '> 7.3 s' },
    ]);
  });

  it('finds irregular key frames, which matter most where the pictures are passed through', () => {
    const video = { keyFrameIntervalsMs: [500, 2000, 3200, 1000] };
    expect(problems({ video })).toEqual([{ type: 'irregular-key-frames', severity: 'info', found: '0.5–3.2 s' }]);
    expect(problems({ video }, {}, { isPassedThrough: true })).toMatchObject([{ severity: 'warning' }]);
    expect(problems({ video: { keyFrameIntervalsMs: [2000, 2033, 1967, 2000] } })).toEqual([]);
  });

  it('finds profiles that some or all browsers cannot decode', () => {
    expect(problems({}, { profileLevelId: '64002a' })).toEqual([{ type: 'profile', severity: 'info', found: 'High' }]);
    expect(problems({}, { profileLevelId: 'f4002a' })).toMatchObject([{ severity: 'error', found: 'High 4:4:4' }]);
  });

  it('finds that picture or sound are missing, whether they were offered or not', () => {
    const silent = { ...AUDIO, isSilent: true };
    expect(problems({ audio: silent })).toEqual([{ type: 'no-audio', severity: 'warning', found: '' }]);
    expect(problems({ audio: undefined })).toMatchObject([{ type: 'no-audio' }]);
    expect(problems({ video: { isSilent: true, bitrateBps: 0, framesPerSecond: 0 } })).toMatchObject([
      { type: 'no-video', severity: 'error' },
    ]);
    expect(problems({ video: undefined })).toMatchObject([{ type: 'no-video', severity: 'info' }]);
  });

  it('finds a bitrate that is too low or too high for the size of the picture, or near the limit of the server', () => {
    expect(problems({ video: { bitrateBps: 900_000 } })).toMatchObject([{ type: 'bitrate-low', found: '900 kb/s' }]);
    expect(problems({ video: { bitrateBps: 17_000_000 } })).toMatchObject([
      { type: 'bitrate-high', severity: 'error', found: '17.1 Mb/s' },
    ]);
    const small = { width: 640, height: 360 };
    const video = { framesPerSecond: 30, bestFramesPerSecond: 30, bitrateBps: 5_000_000 };
    expect(problems({ video }, small)).toMatchObject([{ type: 'bitrate-high', severity: 'warning' }]);
  });

  it('finds a computer that cannot keep up by its frame rate', () => {
    expect(problems({ video: { framesPerSecond: 38, bitrateBps: 4_000_000 } })).toMatchObject([
      { type: 'frame-rate-low', found: '38 fps' },
    ]);
    expect(problems({ video: { framesPerSecond: 50 } })).toEqual([]);
  });

  it('does not judge rates before they are steady', () => {
    expect(problems({ seconds: 2, video: { bitrateBps: 1000, framesPerSecond: 3 } })).toEqual([]);
  });

  it('finds loss and pictures that are too large', () => {
    expect(problems({ loss: 0.023 })).toEqual([{ type: 'loss', severity: 'warning', found: '2.3 %' }]);
    expect(problems({ loss: 0.2 })).toMatchObject([{ severity: 'error' }]);
    expect(problems({ video: { bitrateBps: 16_000_000 } }, { width: 3840, height: 2160 })).toMatchObject([
      { type: 'above-1080p', found: '3840×2160' },
    ]);
  });

  it('leaves key frames, profile and thrift to browsers, which know', () => {
    const video = { keyFrameIntervalsMs: [60_000], framesPerSecond: 3, bitrateBps: 20_000 };
    expect(problems({ video }, { profileLevelId: '640c1f' }, { isBrowser: true })).toEqual([]);
  });

  it('puts the worst first', () => {
    const all = problems(
      { audio: undefined, loss: 0.1, video: { keyFrameIntervalsMs: [10_000] } },
      { profileLevelId: '4d0028', hasBFrames: true },
    );
    expect(all.map(({ type }) => type)).toEqual(['b-frames', 'loss', 'no-audio', 'long-key-frame-interval', 'profile']);
  });
});
