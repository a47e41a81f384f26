import { describe, expect, it } from 'vitest';
import { readRtcp, type RtcpVisitor } from './rtcp-reader.js';
import type { ReportBlock } from './report-block.js';
import { RtcpWriter } from './rtcp-writer.js';

const block: ReportBlock = {
  ssrc: 0xfffffff1,
  fractionLost: 255,
  cumulativeLost: -0x800000,
  highestSequence: 0xffffffff,
  jitter: 0xfffffffe,
  lastSenderReport: 0xb7052000,
  delaySinceLastSenderReport: 0x00054000,
};
const report = {
  ssrc: 0xf0000001,
  ntpSeconds: 0xe0000001,
  ntpFraction: 0xffffffff,
  rtpTimestamp: 0xfffffffd,
  packetCount: 0xfffffffc,
  octetCount: 0xfffffffb,
};

function readBack(writer: RtcpWriter, visitor: RtcpVisitor): void {
  expect(writer.length % 4).toBe(0);
  expect(readRtcp(writer.bytes(), writer.length, visitor)).toBe(true);
}

function nackedNumbers(writer: RtcpWriter): number[] {
  const numbers: number[] = [];
  readBack(writer, {
    nack(_sender, _media, packetId, bitmask) {
      numbers.push(packetId);
      for (let i = 0; i < 16; i += 1) if (bitmask & (1 << i)) numbers.push((packetId + i + 1) & 0xffff);
    },
  });
  return numbers;
}

describe('RtcpWriter', () => {
  it('writes a compound that the reader tells back', () => {
    const told: unknown[] = [];
    const writer = new RtcpWriter();
    expect(writer.senderReport(report, [block])).toBe(true);
    expect(writer.receiverReport(7, [block, { ...block, cumulativeLost: 0x7fffff }])).toBe(true);
    expect(writer.sourceDescription(7, 'weir-cname')).toBe(true);
    expect(writer.pictureLoss(7, 8)).toBe(true);
    expect(writer.fullIntraRequest(7, 9, 255)).toBe(true);
    expect(writer.receiverReferenceTime(7, 1, 2)).toBe(true);
    expect(writer.delaySinceLastReceiverReport(7, 8, 9, 10)).toBe(true);
    expect(writer.bye(7, 'the end')).toBe(true);
    readBack(writer, {
      senderReport: (...a) => told.push(a),
      reportBlock: (reporter, b) => told.push(reporter, { ...b }),
      cname: (...a) => told.push(a),
      pictureLoss: (...a) => told.push(a),
      fullIntraRequest: (...a) => told.push(a),
      receiverReferenceTime: (...a) => told.push(a),
      delaySinceLastReceiverReport: (...a) => told.push(a),
      bye: (...a) => told.push(a),
    });
    expect(told).toEqual([
      Object.values(report),
      report.ssrc,
      block,
      7,
      block,
      7,
      { ...block, cumulativeLost: 0x7fffff },
      [7, 'weir-cname'],
      [7, 8],
      [7, 9, 255],
      [7, 1, 2],
      [7, 8, 9, 10],
      [7],
    ]);
  });

  it('writes the bytes of RFC 4585 for a picture loss indication', () => {
    const writer = new RtcpWriter();
    writer.pictureLoss(1, 2);
    expect(Buffer.from(writer.bytes()).toString('hex')).toBe('81ce00020000000100000002');
  });

  it.each([0, 1, 2, 3, 4, 5, 255])('ends a CNAME and a reason of %i characters on a boundary', (length) => {
    const writer = new RtcpWriter();
    const told: unknown[] = [];
    writer.bye(1, 'r'.repeat(length));
    writer.sourceDescription(2, '\u00e9'.repeat(length));
    writer.bye(3);
    readBack(writer, { cname: (...a) => told.push(a), bye: (ssrc) => told.push(ssrc) });
    expect(told).toEqual([1, [2, '\u00e9'.repeat(length)], 3]);
  });

  it('packs lost packets into entries over the wrap', () => {
    const writer = new RtcpWriter();
    const lost = [65530, 65531, 65535, 0, 10, 11, 27, 28, 1000];
    expect(writer.nack(1, 2, lost)).toBe(lost.length);
    expect(writer.length).toBe(12 + 4 * 4);
    expect(nackedNumbers(writer)).toEqual(lost);
  });

  it('takes only the first numbers of a longer list', () => {
    const writer = new RtcpWriter();
    expect(writer.nack(1, 2, [1, 2, 3, 4], 2)).toBe(2);
    expect(nackedNumbers(writer)).toEqual([1, 2]);
    expect(writer.nack(1, 2, [], 0)).toBe(0);
  });

  it('writes as many NACK entries as fit', () => {
    const writer = new RtcpWriter(24);
    expect(writer.nack(1, 2, [0, 100, 200, 300, 400])).toBe(3);
    expect(nackedNumbers(writer)).toEqual([0, 100, 200]);
    expect(writer.nack(1, 2, [500])).toBe(0);
  });

  it.each([0, 1, 262_143, 262_144, 2_500_000, 4_294_967_295, 1e14])('keeps a bit rate of %i within 2^-17', (bps) => {
    const writer = new RtcpWriter();
    let seen = -1;
    writer.remb(1, bps, [5, 6]);
    readBack(writer, {
      remb(sender, bitrateBps, firstSsrc, ssrcCount) {
        expect([sender, firstSsrc, ssrcCount]).toEqual([1, 5, 2]);
        seen = bitrateBps;
      },
    });
    expect(seen).toBeLessThanOrEqual(bps);
    expect(seen).toBeGreaterThanOrEqual(bps * (1 - 2 ** -17));
  });

  it('leaves out what does not fit and keeps what is there', () => {
    const writer = new RtcpWriter(40);
    expect(writer.senderReport(report)).toBe(true);
    expect(writer.senderReport(report)).toBe(false);
    expect(writer.receiverReport(1, [block])).toBe(false);
    expect(writer.sourceDescription(1, 'too-long-for-this')).toBe(false);
    expect(writer.remb(1, 1, [1])).toBe(false);
    expect(writer.fullIntraRequest(1, 1, 1)).toBe(false);
    expect(writer.receiverReferenceTime(1, 1, 1)).toBe(false);
    expect(writer.delaySinceLastReceiverReport(1, 1, 1, 1)).toBe(false);
    expect(writer.bye(1, 'long reason')).toBe(false);
    expect(writer.length).toBe(28);
    expect(writer.pictureLoss(1, 1)).toBe(true);
    expect(writer.pictureLoss(1, 1)).toBe(false);
    expect(writer.length).toBe(40);
    writer.reset();
    expect(writer.bytes()).toHaveLength(0);
  });

  it('refuses counts and texts that their fields cannot hold', () => {
    const writer = new RtcpWriter(4000);
    expect(
      writer.receiverReport(
        1,
        Array.from({ length: 32 }, () => block),
      ),
    ).toBe(false);
    expect(
      writer.receiverReport(
        1,
        Array.from({ length: 31 }, () => block),
      ),
    ).toBe(true);
    expect(writer.sourceDescription(1, 'x'.repeat(256))).toBe(false);
    expect(writer.bye(1, 'x'.repeat(256))).toBe(false);
    expect(
      writer.remb(
        1,
        1,
        Array.from({ length: 256 }, () => 1),
      ),
    ).toBe(false);
  });
});
