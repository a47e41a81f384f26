import { describe, expect, it } from 'vitest';
import type { ProgramReport } from './program-protocol.js';
import { RealTimeOutput, type RealTimePicture } from './real-time-output.js';

const ORIGIN_MS = 1_000_000;
const SPS = Uint8Array.of(0x67, 1);
const PPS = Uint8Array.of(0x68, 2);

function picture(at: number, isKey = false): RealTimePicture {
  return { at, isKey, units: isKey ? [SPS, PPS, Uint8Array.of(0x65, 3)] : [Uint8Array.of(0x41, 4)] };
}

function open() {
  const reports: ProgramReport[] = [];
  const output = new RealTimeOutput(ORIGIN_MS, (report) => reports.push(report));
  const times = (kind: 'video' | 'audio'): number[] =>
    reports.flatMap((report) =>
      report.type === 'rtp' && report.kind === kind ? report.packets.map((packet) => packet.timestamp) : [],
    );
  return { output, reports, times };
}

describe('RealTimeOutput', () => {
  it('tells nothing before it is wanted, then what came since the last key frame, and then each picture as it comes', () => {
    const { output, reports, times } = open();
    for (const one of [picture(0, true), picture(3000), picture(6000, true), picture(9000)]) output.picture(one);
    output.sound([{ atSamples: 960, data: Uint8Array.of(1) }], 0);
    expect(reports).toEqual([]);
    output.isOn = true;
    output.picture(picture(12_000));
    expect(times('video')).toEqual([6000, 6000, 6000, 9000, 12_000]);
    output.isOn = false;
    output.picture(picture(15_000));
    expect(times('video')).toHaveLength(5);
  });

  it('never goes back, whatever it is told', () => {
    const { output, times } = open();
    output.isOn = true;
    for (const one of [picture(6000, true), picture(3000, true), picture(9000)]) output.picture(one);
    output.isOn = false;
    output.isOn = true;
    output.picture(picture(12_000));
    expect(times('video')).toEqual([6000, 6000, 6000, 9000, 12_000]);
    for (const atSamples of [960, 960, 0, 1920]) output.sound([{ atSamples, data: Uint8Array.of(1) }], 0);
    expect(times('audio')).toEqual([960, 1920]);
  });

  it('tells one clock for both before their first packets and every second, with the delay of the encoder taken off', () => {
    const { output, reports } = open();
    output.isOn = true;
    for (let tick = 0; tick <= 60; tick += 1) output.picture(picture(tick * 3000, tick === 0));
    for (let packet = 1; packet <= 51; packet += 1)
      output.sound([{ atSamples: packet * 960, data: Uint8Array.of(1) }], 312);
    const clocks = reports.flatMap((report) => (report.type === 'rtp-clock' ? [report] : []));
    expect(clocks.map(({ kind, timestamp, atMs }) => [kind, timestamp, atMs - ORIGIN_MS])).toEqual([
      ['video', 0, 0],
      ['video', 90_000, 1000],
      ['video', 180_000, 2000],
      ['audio', 960, 13.5],
      ['audio', 48_960, 1013.5],
    ]);
    expect(reports[0]!.type).toBe('rtp-clock');
  });

  it('wraps timestamps as RTP does', () => {
    const { output, times } = open();
    output.isOn = true;
    output.picture(picture(2 ** 32 + 5, true));
    expect(times('video')[0]).toBe(5);
  });

  it('keeps no endless group', () => {
    const { output, times } = open();
    output.picture(picture(0, true));
    for (let at = 1; at < 10; at += 1)
      output.picture({ at, isKey: false, units: [new Uint8Array(1 << 20).fill(0x41)] });
    output.isOn = true;
    expect(times('video')).toEqual([]);
  });
});
