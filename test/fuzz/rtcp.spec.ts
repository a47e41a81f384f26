import { readRtcp, type RtcpVisitor, RtcpWriter } from '@weir/rtp';
import { describe, expect, it } from 'vitest';
import { Mutation } from './mutation.js';

const INPUTS = 200_000;
const block = {
  ssrc: 1,
  fractionLost: 2,
  cumulativeLost: -3,
  highestSequence: 70_000,
  jitter: 5,
  lastSenderReport: 6,
  delaySinceLastSenderReport: 7,
};

function compound(write: (writer: RtcpWriter) => void): Uint8Array {
  const writer = new RtcpWriter();
  write(writer);
  return writer.bytes().slice();
}

const samples = [
  compound((writer) => {
    const report = { ssrc: 9, ntpSeconds: 1, ntpFraction: 2, rtpTimestamp: 3, packetCount: 4, octetCount: 5 };
    writer.senderReport(report, [block, block]);
    writer.sourceDescription(9, 'some-name');
    writer.bye(9, 'over');
  }),
  compound((writer) => {
    writer.receiverReport(9, [block]);
    writer.nack(9, 1, [65_530, 65_535, 0, 7, 100]);
    writer.pictureLoss(9, 1);
  }),
  compound((writer) => {
    writer.receiverReport(9, []);
    writer.remb(9, 2_500_000, [1, 2, 3]);
    writer.fullIntraRequest(9, 1, 4);
  }),
  compound((writer) => {
    writer.receiverReferenceTime(9, 1, 2);
    writer.delaySinceLastReceiverReport(9, 1, 2, 3);
  }),
];

/** Folds all that is told into one number, and counts what is out of range. */
class Listener implements Required<RtcpVisitor> {
  digest = 0;
  told = 0;
  wrong = 0;

  reset(): void {
    this.digest = 0;
    this.told = 0;
    this.wrong = 0;
  }

  senderReport(...numbers: number[]): void {
    this.#note(1, numbers);
  }

  reportBlock(reporterSsrc: number, told: typeof block): void {
    if (Math.abs(told.cumulativeLost) > 0x800000 || told.fractionLost > 255) this.wrong += 1;
    this.#note(2, [reporterSsrc, told.ssrc, told.highestSequence, told.jitter, told.lastSenderReport]);
  }

  cname(ssrc: number, cname: string): void {
    this.#note(3, [ssrc, cname.length, ...Buffer.from(cname, 'latin1')]);
  }

  bye(ssrc: number): void {
    this.#note(4, [ssrc]);
  }

  nack(senderSsrc: number, mediaSsrc: number, packetId: number, bitmask: number): void {
    if (packetId > 0xffff || bitmask > 0xffff) this.wrong += 1;
    this.#note(5, [senderSsrc, mediaSsrc, packetId, bitmask]);
  }

  pictureLoss(...numbers: number[]): void {
    this.#note(6, numbers);
  }

  fullIntraRequest(...numbers: number[]): void {
    this.#note(7, numbers);
  }

  remb(senderSsrc: number, bitrateBps: number, firstSsrc: number, ssrcCount: number): void {
    if (!Number.isFinite(bitrateBps) || bitrateBps < 0 || ssrcCount > 255) this.wrong += 1;
    this.#note(8, [senderSsrc, bitrateBps % 2 ** 32, firstSsrc, ssrcCount]);
  }

  receiverReferenceTime(...numbers: number[]): void {
    this.#note(9, numbers);
  }

  delaySinceLastReceiverReport(...numbers: number[]): void {
    this.#note(10, numbers);
  }

  #note(kind: number, numbers: readonly number[]): void {
    this.told += 1;
    this.digest = Math.imul(this.digest ^ kind, 0x01000193);
    for (const number of numbers) {
      if (!Number.isInteger(number) || number < 0 || number > 0xffffffff) this.wrong += 1;
      this.digest = Math.imul(this.digest ^ number, 0x01000193);
    }
  }
}

describe('RTCP packets from anywhere', () => {
  it('are read without a throw, in range, and the same whatever follows them in the buffer', () => {
    const mutation = new Mutation(5);
    const listener = new Listener();
    const again = new Listener();
    const buffer = new Uint8Array(1024);
    let sound = 0;
    let told = 0;
    for (let input = 0; input < INPUTS; input += 1) {
      const length = mutation.write(samples, buffer, 0);
      listener.reset();
      again.reset();
      const wellFormed = readRtcp(buffer.fill(0x81, length), length, listener);
      const same = readRtcp(buffer.fill(0, length), length, again) === wellFormed && listener.digest === again.digest;
      // At least four bytes of the packet stand behind whatever is told.
      const bounded = listener.told <= length / 4;
      if (!same || !bounded || listener.wrong > 0) expect.fail(Buffer.from(buffer.subarray(0, length)).toString('hex'));
      if (wellFormed) sound += 1;
      told += listener.told;
    }
    expect(sound).toBeGreaterThan(INPUTS / 10);
    expect(sound).toBeLessThan(INPUTS);
    expect(told).toBeGreaterThan(INPUTS);
  });

  it('carry any set of lost packets from a writer to a reader', () => {
    const mutation = new Mutation(6);
    const writer = new RtcpWriter();
    for (let round = 0; round < 20_000; round += 1) {
      const lost: number[] = [];
      let sequence = mutation.below(65_536);
      for (let count = 1 + mutation.below(60); count > 0; count -= 1) {
        lost.push(sequence & 0xffff);
        sequence += 1 + (mutation.below(4) === 0 ? mutation.below(40) : 0);
      }
      const read: number[] = [];
      writer.reset();
      writer.nack(1, 2, lost);
      const wellFormed = readRtcp(writer.bytes(), writer.length, {
        nack(_sender, _media, packetId, bitmask) {
          read.push(packetId);
          for (let i = 0; i < 16; i += 1) if (bitmask & (1 << i)) read.push((packetId + i + 1) & 0xffff);
        },
      });
      if (!wellFormed || read.join() !== lost.join()) expect.fail(lost.join());
    }
  });
});
