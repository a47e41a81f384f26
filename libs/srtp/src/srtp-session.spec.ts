import { describe, expect, it } from 'vitest';
import type { SrtpProfile } from './protection-profile.js';
import { srtpSaltBytes, srtpTagBytes } from './protection-profile.js';
import type { SrtpSessionKeys } from './session-keys.js';
import { deriveSessionKeys } from './session-keys.js';
import { SrtcpReceiver } from './srtcp-receiver.js';
import { SrtcpSender } from './srtcp-sender.js';
import { SrtpReceiver } from './srtp-receiver.js';
import { SrtpRejection } from './srtp-rejection.js';
import { SrtpSender } from './srtp-sender.js';

function keysOf(profile: SrtpProfile, seed = 1): SrtpSessionKeys {
  return deriveSessionKeys(profile, Buffer.alloc(16, seed), Buffer.alloc(srtpSaltBytes(profile), 7));
}

function rtp(extendedSequence: number, ssrc = 0xabcdef01, payloadBytes = 100): Buffer {
  const packet = Buffer.alloc(12 + payloadBytes, extendedSequence & 0xff);
  packet.writeUInt16BE(0x8060, 0);
  packet.writeUInt16BE(extendedSequence & 0xffff, 2);
  packet.writeUInt32BE(ssrc, 8);
  return packet;
}

function rtcp(ssrc = 99): Buffer {
  const packet = Buffer.alloc(28, 3);
  packet.writeUInt32BE(0x80c80006, 0);
  packet.writeUInt32BE(ssrc, 4);
  return packet;
}

function room(packet: Buffer): Buffer {
  return Buffer.concat([packet, Buffer.alloc(20)]);
}

for (const profile of [1, 7] as const) {
  describe(`SRTP with profile ${profile}`, () => {
    const protect = (sender: SrtpSender, packet: Buffer, extendedSequence: number): Buffer => {
      const sealed = room(packet);
      return sealed.subarray(0, sender.protect(sealed, 12, packet.length, extendedSequence));
    };

    it('gives back what was protected, with the header in the clear', () => {
      const packet = rtp(1000);
      const sealed = protect(new SrtpSender(keysOf(profile)), packet, 1000);
      expect(sealed.length).toBe(packet.length + srtpTagBytes(profile));
      expect(sealed.subarray(0, 12).equals(packet.subarray(0, 12))).toBe(true);
      expect(sealed.subarray(12, packet.length).equals(packet.subarray(12))).toBe(false);
      expect(new SrtpReceiver(keysOf(profile)).unprotect(sealed, sealed.length)).toBe(packet.length);
      expect(sealed.subarray(0, packet.length).equals(packet)).toBe(true);
    });

    it('protects a packet without payload', () => {
      const sealed = protect(new SrtpSender(keysOf(profile)), rtp(1, 1, 0), 1);
      expect(new SrtpReceiver(keysOf(profile)).unprotect(sealed, sealed.length)).toBe(12);
    });

    it('does not touch the bytes behind the packet', () => {
      const sender = new SrtpSender(keysOf(profile));
      const packet = Buffer.concat([rtp(1), Buffer.alloc(30, 0xee)]);
      const length = sender.protect(packet, 12, 112, 1);
      expect(packet.subarray(length).every((byte) => byte === 0xee)).toBe(true);
    });

    it('throws when there is no room for the tag', () => {
      expect(() => new SrtpSender(keysOf(profile)).protect(rtp(1), 12, 112, 1)).toThrow(RangeError);
      expect(() => new SrtcpSender(keysOf(profile)).protect(rtcp(), 28)).toThrow(RangeError);
    });

    it('follows the sequence over several wraps, with more than 100 packets lost at each', () => {
      const sender = new SrtpSender(keysOf(profile));
      const receiver = new SrtpReceiver(keysOf(profile));
      for (const index of [65_000, 65_400, 65_900, 90_000, 120_000, 131_000, 132_000, 160_000, 190_000, 197_000]) {
        const sealed = protect(sender, rtp(index), index);
        expect(receiver.unprotect(sealed, sealed.length)).toBe(112);
      }
    });

    it('opens reordered packets on both sides of a wrap', () => {
      const sender = new SrtpSender(keysOf(profile));
      const receiver = new SrtpReceiver(keysOf(profile));
      for (const index of [65_530, 65_538, 65_535, 65_536, 65_531, 65_537]) {
        const sealed = protect(sender, rtp(index), index);
        expect(receiver.unprotect(sealed, sealed.length)).toBe(112);
      }
    });

    it('opens a retransmission that comes 1000 packets late', () => {
      const sender = new SrtpSender(keysOf(profile));
      const receiver = new SrtpReceiver(keysOf(profile));
      const late = protect(sender, rtp(100), 100);
      for (const index of [99, 1100]) {
        const sealed = protect(sender, rtp(index), index);
        receiver.unprotect(sealed, sealed.length);
      }
      expect(receiver.unprotect(late, late.length)).toBe(112);
    });

    it('refuses a repeated packet and one older than the window', () => {
      const sender = new SrtpSender(keysOf(profile));
      const receiver = new SrtpReceiver(keysOf(profile));
      const first = protect(sender, rtp(5000), 5000);
      const copy = Buffer.from(first);
      const old = protect(sender, rtp(5000 - 1024), 5000 - 1024);
      expect(receiver.unprotect(first, first.length)).toBe(112);
      expect(receiver.unprotect(copy, copy.length)).toBe(SrtpRejection.replayed);
      expect(receiver.unprotect(old, old.length)).toBe(SrtpRejection.replayed);
    });

    it('refuses a packet with any single bit changed and leaves it as it was', () => {
      const sealed = protect(new SrtpSender(keysOf(profile)), rtp(9), 9);
      const receiver = new SrtpReceiver(keysOf(profile));
      for (let bit = 16; bit < sealed.length * 8; bit += 1) {
        const forged = Buffer.from(sealed);
        forged[bit >>> 3]! ^= 1 << (bit & 7);
        const before = Buffer.from(forged);
        expect(receiver.unprotect(forged, forged.length)).toBe(SrtpRejection.unauthenticated);
        expect(forged.equals(before)).toBe(true);
      }
      expect(receiver.unprotect(sealed, sealed.length)).toBe(112);
    });

    it('keeps its state when forged packets claim other sequence numbers', () => {
      const sender = new SrtpSender(keysOf(profile));
      const receiver = new SrtpReceiver(keysOf(profile));
      const first = protect(sender, rtp(10), 10);
      receiver.unprotect(first, first.length);
      const forged = protect(new SrtpSender(keysOf(profile, 2)), rtp(60_000), 60_000);
      expect(receiver.unprotect(forged, forged.length)).toBe(SrtpRejection.unauthenticated);
      const next = protect(sender, rtp(11), 11);
      expect(receiver.unprotect(next, next.length)).toBe(112);
    });

    it('keeps state for 32 sources and refuses the next', () => {
      const sender = new SrtpSender(keysOf(profile));
      const receiver = new SrtpReceiver(keysOf(profile));
      const results = Array.from({ length: 33 }, (_, ssrc) => {
        const sealed = protect(sender, rtp(1, ssrc), 1);
        return receiver.unprotect(sealed, sealed.length);
      });
      expect(results.slice(0, 32).every((result) => result === 112)).toBe(true);
      expect(results[32]).toBe(SrtpRejection.tooManySources);
    });

    it('calls malformed what is too short for header and tag', () => {
      const receiver = new SrtpReceiver(keysOf(profile));
      const packet = rtp(1);
      expect(receiver.unprotect(packet, 12 + srtpTagBytes(profile) - 1)).toBe(SrtpRejection.malformed);
      expect(receiver.unprotect(packet, 0)).toBe(SrtpRejection.malformed);
      expect(receiver.unprotect(packet, 113)).toBe(SrtpRejection.malformed);
    });
  });

  describe(`SRTCP with profile ${profile}`, () => {
    const protect = (sender: SrtcpSender, packet: Buffer): Buffer => {
      const sealed = room(packet);
      return sealed.subarray(0, sender.protect(sealed, packet.length));
    };

    it('gives back what was protected, with the first 8 bytes in the clear', () => {
      const sealed = protect(new SrtcpSender(keysOf(profile)), rtcp());
      expect(sealed.length).toBe(28 + srtpTagBytes(profile) + 4);
      expect(sealed.subarray(0, 8).equals(rtcp().subarray(0, 8))).toBe(true);
      expect(new SrtcpReceiver(keysOf(profile)).unprotect(sealed, sealed.length)).toBe(28);
      expect(sealed.subarray(0, 28).equals(rtcp())).toBe(true);
    });

    it('refuses repeated, changed and short packets', () => {
      const sender = new SrtcpSender(keysOf(profile));
      const receiver = new SrtcpReceiver(keysOf(profile));
      const sealed = protect(sender, rtcp());
      const copy = Buffer.from(sealed);
      expect(receiver.unprotect(sealed, sealed.length)).toBe(28);
      expect(receiver.unprotect(copy, copy.length)).toBe(SrtpRejection.replayed);
      const next = protect(sender, rtcp());
      for (let bit = 16; bit < next.length * 8; bit += 1) {
        const forged = Buffer.from(next);
        forged[bit >>> 3]! ^= 1 << (bit & 7);
        expect(receiver.unprotect(forged, forged.length)).toBeLessThan(0);
      }
      expect(receiver.unprotect(next, next.length)).toBe(28);
      expect(receiver.unprotect(next, 20)).toBe(SrtpRejection.malformed);
    });

    it('opens packets out of order and refuses what is 128 packets old', () => {
      const sender = new SrtcpSender(keysOf(profile));
      const receiver = new SrtcpReceiver(keysOf(profile));
      const sealed = Array.from({ length: 130 }, () => protect(sender, rtcp()));
      const open = (index: number): number => receiver.unprotect(sealed[index]!, sealed[index]!.length);
      expect([open(129), open(2), open(1)]).toEqual([28, 28, SrtpRejection.replayed]);
    });
  });
}
