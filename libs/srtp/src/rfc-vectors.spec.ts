import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CounterCipher } from './counter-cipher.js';
import { GcmCipher } from './gcm-cipher.js';
import { counterIv, gcmIv, gcmRtcpIv } from './initialization-vector.js';
import { deriveSessionKeys } from './session-keys.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

describe('RFC 3711 test vectors', () => {
  it('B.2: the counter block of packet 0 of source 0 is the salt, and its key stream is the published one', () => {
    const iv = Buffer.alloc(16, 0xff);
    counterIv(hex('f0f1f2f3f4f5f6f7f8f9fafbfcfd'), 0, 0, 0, iv);
    expect(iv.toString('hex')).toBe('f0f1f2f3f4f5f6f7f8f9fafbfcfd0000');
    const stream = createCipheriv('aes-128-ctr', hex('2b7e151628aed2a6abf7158809cf4f3c'), iv).update(
      Buffer.alloc(0xff02 * 16),
    );
    expect(stream.toString('hex', 0, 48)).toBe(
      'e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0',
    );
    expect(stream.toString('hex', 0xfeff * 16)).toBe(
      'ec8cdf7398607cb0f2d21675ea9ea1e4362b7c3c6773516318a077d7fc5073ae6a2cc3787889374fbeb4c81b17ba6c44',
    );
  });

  it('B.2: a sealed RTP packet of zeros carries that key stream', () => {
    const cipher = new CounterCipher(
      hex('2b7e151628aed2a6abf7158809cf4f3c'),
      Buffer.alloc(20),
      hex('f0f1f2f3f4f5f6f7f8f9fafbfcfd'),
    );
    const packet = Buffer.alloc(12 + 32 + 10);
    packet[0] = 0x80;
    expect(cipher.sealRtp(packet, 12, 44, 0)).toBe(54);
    expect(packet.toString('hex', 12, 44)).toBe('e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab');
  });

  it('B.3: session keys are derived as published', () => {
    const keys = deriveSessionKeys(1, hex('e1f97a0d3e018be0d64fa32c06de4139'), hex('0ec675ad498afeebb6960b3aabe6'));
    expect(keys.rtpKey.toString('hex')).toBe('c61e7a93744f39ee10734afe3ff7a087');
    expect(keys.rtpSalt.toString('hex')).toBe('30cbbc08863d8c85d49db34a9ae1');
    expect(keys.rtpAuthKey.toString('hex')).toBe('cebe321f6ff7716b6fd4ab49af256a156d38baa4');
  });
});

describe('RFC 7714 test vectors', () => {
  const key = hex('000102030405060708090a0b0c0d0e0f');
  const salt = hex('517569642070726f2071756f');
  const rtp = hex(`8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976
    69736120 696e2070 61727465 73207472 6573`);
  const sealedRtp = hex(`8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5
    0d294e6f 42a5f47a 51c7d19b 36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce`);
  const rtcp = hex(`81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61
    deadbeef deadbeef deadbeef deadbeef deadbeef`);
  const sealedRtcp = hex(`81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d
    c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4`);

  it('16.1.1: the RTP vector, the sealed packet and its opening', () => {
    const iv = Buffer.alloc(12);
    gcmIv(salt, 0x5501a0b2, 0, 0xf17b, iv);
    expect(iv.toString('hex')).toBe('51753c6580c2726f20718414');
    const packet = Buffer.alloc(sealedRtp.length);
    rtp.copy(packet);
    expect(new GcmCipher(key, salt).sealRtp(packet, 12, rtp.length, 0)).toBe(sealedRtp.length);
    expect(packet.toString('hex')).toBe(sealedRtp.toString('hex'));
    expect(new GcmCipher(key, salt).openRtp(packet, 12, packet.length, 0)).toBe(rtp.length);
    expect(packet.subarray(0, rtp.length).equals(rtp)).toBe(true);
  });

  it('17.1: the RTCP vector, the sealed packet and its opening', () => {
    const iv = Buffer.alloc(12);
    gcmRtcpIv(salt, 0x4d617273, 0x5d4, iv);
    expect(iv.toString('hex')).toBe('517524055203726f207170bb');
    const packet = Buffer.alloc(sealedRtcp.length);
    rtcp.copy(packet);
    expect(new GcmCipher(key, salt).sealRtcp(packet, rtcp.length, 0x5d4)).toBe(sealedRtcp.length);
    expect(packet.toString('hex')).toBe(sealedRtcp.toString('hex'));
    expect(new GcmCipher(key, salt).openRtcp(packet, packet.length)).toBe(rtcp.length);
    expect(packet.subarray(0, rtcp.length).equals(rtcp)).toBe(true);
  });
});
