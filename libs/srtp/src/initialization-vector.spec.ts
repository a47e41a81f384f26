import { describe, expect, it } from 'vitest';
import { counterIv, counterRtcpIv, gcmIv, gcmRtcpIv } from './initialization-vector.js';

const salt14 = Buffer.from('f0f1f2f3f4f5f6f7f8f9fafbfcfd', 'hex');
const salt12 = salt14.subarray(0, 12);
const ssrc = 0xdeadbeef;
const rolloverCounter = 0x87654321;
const sequence = 0xfedc;
const index = 0x7abcdef1;

function hex(value: bigint, bytes: number): string {
  return value.toString(16).padStart(bytes * 2, '0');
}

function written(bytes: number, write: (out: Buffer) => void): string {
  const out = Buffer.alloc(bytes, 0xff);
  write(out);
  return out.toString('hex');
}

describe('initialization vectors', () => {
  const salt = BigInt(`0x${salt14.toString('hex')}`);
  const shortSalt = BigInt(`0x${salt12.toString('hex')}`);

  it('follow the formula of RFC 3711 4.1.1 for RTP', () => {
    const packetIndex = (BigInt(rolloverCounter) << 16n) | BigInt(sequence);
    const expected = (salt << 16n) ^ (BigInt(ssrc) << 64n) ^ (packetIndex << 16n);
    expect(written(16, (out) => counterIv(salt14, ssrc, rolloverCounter, sequence, out))).toBe(hex(expected, 16));
  });

  it('follow the formula of RFC 3711 4.1.1 for RTCP, with all 31 bits of the index', () => {
    const expected = (salt << 16n) ^ (BigInt(ssrc) << 64n) ^ (BigInt(index) << 16n);
    expect(written(16, (out) => counterRtcpIv(salt14, ssrc, index, out))).toBe(hex(expected, 16));
  });

  it('are laid out as in RFC 7714 8.1 for RTP', () => {
    const expected = shortSalt ^ (BigInt(ssrc) << 48n) ^ (BigInt(rolloverCounter) << 16n) ^ BigInt(sequence);
    expect(written(12, (out) => gcmIv(salt12, ssrc, rolloverCounter, sequence, out))).toBe(hex(expected, 12));
  });

  it('are laid out as in RFC 7714 9.1 for RTCP, with all 31 bits of the index', () => {
    const expected = shortSalt ^ (BigInt(ssrc) << 48n) ^ BigInt(index);
    expect(written(12, (out) => gcmRtcpIv(salt12, ssrc, index, out))).toBe(hex(expected, 12));
  });
});
