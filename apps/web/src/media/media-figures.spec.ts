import { describe, expect, it } from 'vitest';
import { FigureReader } from './media-figures.js';

function inbound(bytes: number, packets: number, lost: number, bufferSeconds: number, frames: number) {
  return Object.entries({
    v: {
      type: 'inbound-rtp',
      kind: 'video',
      codecId: 'c',
      bytesReceived: bytes,
      packetsReceived: packets,
      packetsLost: lost,
      jitter: 0.003,
      frameWidth: 1280,
      frameHeight: 720,
      framesPerSecond: 30,
      jitterBufferDelay: bufferSeconds,
      jitterBufferEmittedCount: frames,
    },
    c: { type: 'codec', mimeType: 'video/H264' },
    p: { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.024 },
  });
}

describe('FigureReader', () => {
  it('tells what happened between two readings of a viewer', () => {
    const reader = new FigureReader();
    reader.read(inbound(1000, 10, 0, 1, 10), 'inbound', 1000);
    expect(reader.read(inbound(251_000, 108, 2, 2.5, 40), 'inbound', 2000)).toEqual({
      width: 1280,
      height: 720,
      framesPerSecond: 30,
      bitrateBps: 2_000_000,
      loss: 0.02,
      roundTripMs: 24,
      jitterMs: 3,
      availableBps: undefined,
      targetBps: undefined,
      bufferMs: 50,
      videoCodec: 'H264',
      audioCodec: undefined,
      packets: 98,
      limitedBy: undefined,
    });
  });

  it('starts over when a new session counts from zero', () => {
    const reader = new FigureReader();
    reader.read(inbound(9000, 90, 9, 1, 10), 'inbound', 1000);
    expect(reader.read(inbound(500, 5, 0, 0, 0), 'inbound', 2000)).toMatchObject({
      bitrateBps: 0,
      packets: 0,
      loss: 0,
    });
  });

  it('takes loss and round trip of a publisher from its receiver reports', () => {
    const report = (packetsSent: number, packetsLost: number) =>
      Object.entries({
        v: { type: 'outbound-rtp', kind: 'video', packetsSent, bytesSent: 0, qualityLimitationReason: 'bandwidth' },
        r: { type: 'remote-inbound-rtp', kind: 'video', packetsLost, roundTripTime: 0.1 },
      });
    const reader = new FigureReader();
    reader.read(report(0, 0), 'outbound', 0);
    expect(reader.read(report(100, 5), 'outbound', 1000)).toMatchObject({
      loss: 0.05,
      roundTripMs: 100,
      limitedBy: 'bandwidth',
    });
  });

  it('does not blame a network that carries far more than the encoder wants', () => {
    const report = Object.entries({
      p: { type: 'candidate-pair', nominated: true, availableOutgoingBitrate: 5_000_000 },
      v: { type: 'outbound-rtp', kind: 'video', qualityLimitationReason: 'bandwidth', targetBitrate: 2_000_000 },
    });
    expect(new FigureReader().read(report, 'outbound', 0).limitedBy).toBeUndefined();
  });
});
