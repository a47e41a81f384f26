import { describe, expect, it } from 'vitest';
import { RtpPacket, SrtcpSession, SrtpSession } from 'werift';
import type { SrtpProfile } from './protection-profile.js';
import { srtpSaltBytes } from './protection-profile.js';
import { deriveSessionKeys } from './session-keys.js';
import { SrtcpReceiver } from './srtcp-receiver.js';
import { SrtcpSender } from './srtcp-sender.js';
import { SrtpReceiver } from './srtp-receiver.js';
import { SrtpSender } from './srtp-sender.js';

const masterKey = Buffer.from('00112233445566778899aabbccddeeff', 'hex');

function saltOf(profile: SrtpProfile): Buffer {
  return Buffer.from('0123456789abcdef0f1e2d3c4b5a', 'hex').subarray(0, srtpSaltBytes(profile));
}

function weriftKeys(profile: SrtpProfile): ConstructorParameters<typeof SrtpSession>[0] {
  const salt = saltOf(profile);
  const keys = { localMasterKey: masterKey, localMasterSalt: salt, remoteMasterKey: masterKey, remoteMasterSalt: salt };
  return { keys, profile };
}

function rtp(sequence: number, withExtension: boolean): Buffer {
  const header = Buffer.alloc(withExtension ? 24 : 12);
  header.writeUInt16BE(withExtension ? 0x90e0 : 0x80e0, 0);
  header.writeUInt16BE(sequence, 2);
  header.writeUInt32BE(sequence * 3000, 4);
  header.writeUInt32BE(0xfeedbeef, 8);
  if (withExtension) header.write('bede000210aa220102030000', 12, 'hex');
  return Buffer.concat([header, Buffer.alloc(sequence % 300, sequence & 0xff)]);
}

// 200 packets around each of two wraps
const indices = [65_436, 131_008].flatMap((start) => Array.from({ length: 200 }, (_, i) => start + i));
// werift counts wraps by neighbourhood, so the way from one to the other is walked in steps
const path = [...indices.slice(0, 200), 80_000, 100_000, 120_000, ...indices.slice(200)];

for (const profile of [1, 7] as const) {
  describe(`profile ${profile} against werift`, () => {
    const keys = deriveSessionKeys(profile, masterKey, saltOf(profile));

    it('protects RTP to the same bytes over two wraps', () => {
      const theirs = new SrtpSession(weriftKeys(profile));
      const ours = new SrtpSender(keys);
      for (const index of path) {
        const plain = rtp(index & 0xffff, index % 2 === 0);
        const headerLength = index % 2 === 0 ? 24 : 12;
        const packet = Buffer.concat([plain, Buffer.alloc(16)]);
        const length = ours.protect(packet, headerLength, plain.length, index);
        const parsed = RtpPacket.deSerialize(plain);
        const expected = theirs.encrypt(parsed.payload, parsed.header);
        expect(packet.subarray(0, length).equals(expected)).toBe(true);
      }
    });

    it('opens the RTP that werift protects', () => {
      const theirs = new SrtpSession(weriftKeys(profile));
      const ours = new SrtpReceiver(keys);
      for (const index of path) {
        const plain = rtp(index & 0xffff, index % 2 === 0);
        const parsed = RtpPacket.deSerialize(plain);
        const sealed = theirs.encrypt(parsed.payload, parsed.header);
        expect(ours.unprotect(sealed, sealed.length)).toBe(plain.length);
        expect(sealed.subarray(0, plain.length).equals(plain)).toBe(true);
      }
    });

    it('protects RTP that werift opens', () => {
      const theirs = new SrtpSession(weriftKeys(profile));
      const ours = new SrtpSender(keys);
      for (const index of path) {
        const plain = rtp(index & 0xffff, index % 2 === 0);
        const packet = Buffer.concat([plain, Buffer.alloc(16)]);
        const length = ours.protect(packet, index % 2 === 0 ? 24 : 12, plain.length, index);
        expect(theirs.decrypt(packet.subarray(0, length)).equals(plain)).toBe(true);
      }
    });

    it('exchanges RTCP in both directions', () => {
      const theirs = new SrtcpSession(weriftKeys(profile));
      const sender = new SrtcpSender(keys);
      const receiver = new SrtcpReceiver(keys);
      for (let i = 0; i < 50; i += 1) {
        const plain = Buffer.alloc(28 + 4 * i, i);
        plain.writeUInt32BE(0x80c80006 + i, 0);
        plain.writeUInt32BE(0x1234, 4);
        const sealed = Buffer.from(theirs.encrypt(plain));
        expect(receiver.unprotect(sealed, sealed.length)).toBe(plain.length);
        expect(sealed.subarray(0, plain.length).equals(plain)).toBe(true);
        const packet = Buffer.concat([plain, Buffer.alloc(20)]);
        const length = sender.protect(packet, plain.length);
        expect(theirs.decrypt(packet.subarray(0, length)).equals(plain)).toBe(true);
      }
    });
  });
}
