import { IngestStatus } from '@weir/contract';
import { describe, expect, it } from 'vitest';
import { IngestGauge } from './ingest-gauge.js';
import { ingestStatus } from './ingest-status.js';

const viewers = { realTime: 3, hls: 2 };
const description = {
  video: { codec: 'h264', profileLevelId: '42e01f', width: 1280, height: 720 },
  audio: { codec: 'opus' },
} as const;
const around = { description, isPassedThrough: false, viewers };
const software = { name: 'OBS Studio 32.2.2', isBrowser: false };

function measured(seconds: number, audioPackets: number, videoPackets: number): IngestGauge {
  const gauge = new IngestGauge();
  const track = { lost: 0, bitrateBps: 1_000_000, frames: 30, keyFrameIntervalsMs: [2000], sinceKeyFrameMs: 100 };
  for (let i = 0; i < seconds; i++)
    gauge.take({
      elapsedMs: 1000,
      limitBps: 20_000_000,
      audio: { ...track, packets: audioPackets, bitrateBps: 64_000 },
      video: { ...track, packets: videoPackets },
    });
  return gauge;
}

describe('ingestStatus', () => {
  it('waits while nobody publishes', () => {
    const status = ingestStatus(undefined, { ...around, description: {} });
    expect(IngestStatus.parse(status)).toMatchObject({ state: 'waiting', userAgent: null, problems: [], viewers });
  });

  it('tells who is on the way before anything is measured', () => {
    const status = ingestStatus({ facts: undefined, isConnected: false, software }, around);
    expect(status).toMatchObject({ state: 'connecting', userAgent: 'OBS Studio 32.2.2', bitrateBps: null });
  });

  it('tells what is wrong with an encoder that is connected and sends nothing', () => {
    const status = ingestStatus({ facts: measured(3, 0, 0).facts(), isConnected: true, software }, around);
    expect(status.state).toBe('connecting');
    expect(status.problems.map(({ type }) => type)).toEqual(['no-video', 'no-audio']);
  });

  it('tells what a live encoder sends', () => {
    const status = ingestStatus({ facts: measured(6, 50, 120).facts(), isConnected: true, software }, around);
    expect(IngestStatus.parse(status)).toEqual({
      state: 'live',
      userAgent: 'OBS Studio 32.2.2',
      videoCodec: 'h264',
      audioCodec: 'opus',
      width: 1280,
      height: 720,
      framesPerSecond: 30,
      bitrateBps: 1_064_000,
      keyFrameIntervalMs: 2000,
      loss: 0,
      viewers,
      problems: [],
    });
  });
});
