import { readRtcp, RtcpWriter, RtpView } from '@weir/rtp';
import { describe, expect, it } from 'vitest';
import { RtpTrack } from './rtp-track.js';

interface Sent {
  readonly sequence: number;
  readonly extendedSequence: number;
  readonly timestamp: number;
  readonly marker: boolean;
}

function track(firstSequence: number, firstTimestamp: number): { track: RtpTrack; sent: Sent[] } {
  const sent: Sent[] = [];
  const view = new RtpView();
  const send = (packet: Buffer, length: number, extendedSequence: number) => {
    expect(view.read(packet, length)).toBe(true);
    sent.push({
      sequence: view.sequenceNumber,
      extendedSequence,
      timestamp: view.timestamp,
      marker: view.marker,
    });
  };
  const options = { ssrc: 7, payloadType: 96, clockRate: 90_000, cname: 'weir', firstSequence, firstTimestamp, send };
  return { track: new RtpTrack(options), sent };
}

describe('RtpTrack', () => {
  it('marks the last packet of a frame and gives all of them its timestamp', () => {
    const { track: video, sent } = track(5, 100);
    video.sendFrame([Uint8Array.of(1), Uint8Array.of(2)], 3000);
    expect(sent).toEqual([
      { sequence: 5, extendedSequence: 5, timestamp: 3100, marker: false },
      { sequence: 6, extendedSequence: 6, timestamp: 3100, marker: true },
    ]);
  });

  it('counts on over the wraps of sequence number and timestamp', () => {
    const { track: video, sent } = track(65_535, 2 ** 32 - 1000);
    video.sendFrame([Uint8Array.of(1), Uint8Array.of(2)], 3000);
    expect(sent.map(({ sequence, extendedSequence }) => [sequence, extendedSequence])).toEqual([
      [65_535, 65_535],
      [0, 65_536],
    ]);
    expect(sent[0]?.timestamp).toBe(2000);
  });

  it('reports what it sent and which timestamp belongs to which time of day', () => {
    const { track: video } = track(0, 2 ** 32 - 90_000);
    video.sendFrame([Uint8Array.of(1, 2, 3)], 0);
    const writer = new RtcpWriter();
    video.writeReport(writer, 0, 1500);
    const told: number[] = [];
    readRtcp(writer.bytes(), writer.length, {
      senderReport: (_ssrc, seconds, fraction, rtpTimestamp, packets, octets) =>
        told.push(seconds, fraction, rtpTimestamp, packets, octets),
    });
    expect(told).toEqual([2_208_988_800, 0, 45_000, 1, 3]);
  });
});
