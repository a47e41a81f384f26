import { SrtcpReceiver, SrtcpSender, SrtpReceiver, SrtpSender, deriveSessionKeys, srtpSaltBytes } from '@weir/srtp';
import type { SrtpProfile, SrtpSessionKeys } from '@weir/srtp';
import { describe, expect, it } from 'vitest';

const inputs = 200_000;

/** xorshift32: the same inputs in every run. */
class Randomness {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** An integer of 0 up to but not including `end`. */
  below(end: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % end;
  }
}

function keysOf(profile: SrtpProfile): SrtpSessionKeys {
  return deriveSessionKeys(profile, Buffer.alloc(16, 9), Buffer.alloc(srtpSaltBytes(profile), 4));
}

/** An RTP packet with the header bits as the random source wants them, mostly well-formed. */
function randomRtp(random: Randomness, packet: Buffer, sequence: number): number {
  const length = 12 + random.below(120);
  for (let i = 0; i < length; i += 1) packet[i] = random.below(256);
  packet[0] = random.below(16) === 0 ? random.below(256) : 0x80;
  packet.writeUInt16BE(sequence & 0xffff, 2);
  packet.writeUInt32BE(random.below(4), 8);
  return length;
}

for (const profile of [1, 7] as const) {
  describe(`SRTP of profile ${profile} from anywhere`, () => {
    it('never throws, never grows and never takes a forgery for a packet', () => {
      const random = new Randomness(0xdecade + profile);
      const receiver = new SrtpReceiver(keysOf(profile));
      const packet = Buffer.alloc(256);
      for (let i = 0; i < inputs / 4; i += 1) {
        const length = random.below(40) === 0 ? random.below(300) : randomRtp(random, packet, random.below(65536));
        if (receiver.unprotect(packet, length) >= 0) expect.unreachable(`input ${i} was taken`);
      }
    });

    it('takes exactly the unchanged packets, once, over wraps, losses and reordering', () => {
      const random = new Randomness(0xfacade + profile);
      const sender = new SrtpSender(keysOf(profile));
      const receiver = new SrtpReceiver(keysOf(profile));
      const packet = Buffer.alloc(256);
      const seen = new Set<number>();
      let newest = 65_000;
      for (let i = 0; i < inputs / 8; i += 1) {
        const index = Math.max(64_000, newest + random.below(random.below(50) === 0 ? 20_000 : 40) - 20);
        const length = randomRtp(random, packet, index);
        packet[0] = 0x80;
        packet.writeUInt32BE(77, 8);
        const sealedLength = sender.protect(packet, 12, length, index);
        const isChanged = random.below(4) === 0;
        if (isChanged) packet[random.below(sealedLength - 12) + 12]! ^= 1 + random.below(255);
        const isTaken = receiver.unprotect(packet, sealedLength) === length;
        const isDue = !isChanged && !seen.has(index);
        if (isTaken !== isDue) expect.unreachable(`input ${i}, index ${index}: ${isTaken}`);
        if (!isTaken) continue;
        seen.add(index);
        newest = Math.max(newest, index);
      }
      expect(newest).toBeGreaterThan(65536 * 2);
    });

    it('RTCP never throws, and only unchanged packets are taken', () => {
      const random = new Randomness(0xbeefed + profile);
      const sender = new SrtcpSender(keysOf(profile));
      const receiver = new SrtcpReceiver(keysOf(profile));
      const packet = Buffer.alloc(256);
      for (let i = 0; i < inputs / 8; i += 1) {
        const length = 8 + random.below(100);
        for (let at = 0; at < length; at += 1) packet[at] = random.below(256);
        packet[0] = 0x80;
        packet.writeUInt32BE(5, 4);
        const sealedLength = sender.protect(packet, length);
        const isChanged = random.below(2) === 0;
        if (isChanged) packet[random.below(sealedLength)]! ^= 1 + random.below(255);
        const isCut = random.below(8) === 0;
        const result = receiver.unprotect(packet, isCut ? random.below(sealedLength) : sealedLength);
        const isTaken = result >= 0;
        if (isTaken !== (!isChanged && !isCut)) expect.unreachable(`input ${i}: ${result}`);
      }
    });
  });
}
