import { describe, expect, it } from 'vitest';
import { rtpHeaderLength } from './rtp-header-length.js';

describe('rtpHeaderLength', () => {
  it('counts contributing sources and the extension', () => {
    const packet = new Uint8Array(64);
    packet[0] = 0x80;
    expect(rtpHeaderLength(packet, 12)).toBe(12);
    packet[0] = 0x92;
    packet[23] = 3;
    expect(rtpHeaderLength(packet, 64)).toBe(12 + 8 + 4 + 12);
  });

  it('refuses other versions and headers that do not end within the packet', () => {
    const packet = new Uint8Array(64);
    expect(rtpHeaderLength(packet, 64)).toBe(-1);
    packet[0] = 0x8f;
    expect(rtpHeaderLength(packet, 71)).toBe(-1);
    expect(rtpHeaderLength(packet, 60)).toBe(-1);
    packet[0] = 0x90;
    packet[15] = 200;
    expect(rtpHeaderLength(packet, 64)).toBe(-1);
    expect(rtpHeaderLength(packet, 13)).toBe(-1);
    expect(rtpHeaderLength(packet, 3)).toBe(-1);
  });
});
