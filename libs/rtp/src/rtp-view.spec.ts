import { describe, expect, it } from 'vitest';
import { isRtcp, RtpView } from './rtp-view.js';

const packet = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const FIXED = '80e0 fffe 01020304 a0b0c0d0';

describe('RtpView', () => {
  it('reads the fixed header', () => {
    const view = new RtpView();
    const bytes = packet(`${FIXED} aabbcc`);
    expect(view.read(bytes, bytes.length)).toBe(true);
    expect(view).toMatchObject({
      marker: true,
      payloadType: 96,
      sequenceNumber: 0xfffe,
      timestamp: 0x01020304,
      ssrc: 0xa0b0c0d0,
      headerLength: 12,
      payloadOffset: 12,
      payloadLength: 3,
      paddingLength: 0,
    });
    expect(view.extension(1)).toBe(-1);
    expect(view.extensionLength(1)).toBe(-1);
  });

  it('leaves CSRCs, header extension and padding out of the payload', () => {
    const view = new RtpView();
    const bytes = packet('b2600001 00000002 00000003 11111111 22222222 bede0001 10aa0000 99 0000 03');
    expect(view.read(bytes, bytes.length)).toBe(true);
    expect(view).toMatchObject({ headerLength: 28, payloadLength: 1, paddingLength: 3 });
    expect(bytes[view.payloadOffset]).toBe(0x99);
  });

  it('reads only the given length of a larger buffer', () => {
    const view = new RtpView();
    const bytes = packet(`${FIXED} aabbcc`);
    expect(view.read(bytes, 13)).toBe(true);
    expect(view.payloadLength).toBe(1);
  });

  it('takes a packet of padding only as one without payload', () => {
    const view = new RtpView();
    const bytes = packet('a0600001 00000002 00000003 00000004');
    expect(view.read(bytes, bytes.length)).toBe(true);
    expect(view).toMatchObject({ payloadLength: 0, paddingLength: 4 });
  });

  it('finds one-byte elements over padding and stops at id 15', () => {
    const view = new RtpView();
    const bytes = packet('90600001 00000002 00000003 bede0003 00 31aabb 00 5f0000 f0 70cc 00');
    expect(view.read(bytes, bytes.length)).toBe(true);
    expect(view.extension(3)).toBe(18);
    expect(view.extensionLength(3)).toBe(2);
    expect(view.extension(5)).toBe(-1);
    expect(view.extension(7)).toBe(-1);
    expect(view.extension(0)).toBe(-1);
  });

  it('finds two-byte elements with high ids and without data', () => {
    const view = new RtpView();
    const bytes = packet('90600001 00000002 00000003 10000002 0100 00 c802aabb 00');
    expect(view.read(bytes, bytes.length)).toBe(true);
    expect(view.extension(1)).toBe(18);
    expect(view.extensionLength(1)).toBe(0);
    expect(view.extension(200)).toBe(21);
    expect(view.extensionLength(200)).toBe(2);
    expect(view.extension(2)).toBe(-1);
  });

  it('knows nothing of elements that overrun their block or of other extension profiles', () => {
    const view = new RtpView();
    const overrun = packet('90600001 00000002 00000003 bede0001 3faabbcc');
    expect(view.read(overrun, overrun.length)).toBe(true);
    expect(view.extension(3)).toBe(-1);
    const truncated = packet('90600001 00000002 00000003 10000001 00000005');
    expect(view.read(truncated, truncated.length)).toBe(true);
    expect(view.extension(5)).toBe(-1);
    const other = packet('90600001 00000002 00000003 abcd0001 30aa0000');
    expect(view.read(other, other.length)).toBe(true);
    expect(view.extension(3)).toBe(-1);
  });

  it('forgets the extensions of the packet before', () => {
    const view = new RtpView();
    const first = packet('90600001 00000002 00000003 bede0001 10aa0000');
    const second = packet(FIXED);
    view.read(first, first.length);
    expect(view.read(second, second.length)).toBe(true);
    expect(view.extension(1)).toBe(-1);
  });

  it.each([
    ['shorter than its header', '80e0fffe01020304a0b0c0'],
    ['of another version', '40e0fffe01020304a0b0c0d0'],
    ['cut in its CSRCs', '82e0fffe01020304a0b0c0d000000001'],
    ['cut before its extension', '90e0fffe01020304a0b0c0d0bede'],
    ['cut in its extension', '90e0fffe01020304a0b0c0d0bede000200000000'],
    ['with a padding count of zero', 'a0e0fffe01020304a0b0c0d000'],
    ['with more padding than payload', 'a0e0fffe01020304a0b0c0d00003'],
    ['with a padding bit and nothing after the header', 'a0e0fffe01020304a0b0c0d0'],
  ])('refuses a packet %s', (_what, hex) => {
    const bytes = packet(hex);
    expect(new RtpView().read(bytes, bytes.length)).toBe(false);
  });

  it('refuses a length beyond the buffer', () => {
    const bytes = packet(FIXED);
    expect(new RtpView().read(bytes, bytes.length + 1)).toBe(false);
  });
});

describe('isRtcp', () => {
  it('tells RTCP from RTP by the second byte', () => {
    expect(isRtcp(packet('80c8'), 2)).toBe(true);
    expect(isRtcp(packet('81ce'), 2)).toBe(true);
    expect(isRtcp(packet('80e0'), 2)).toBe(false);
    expect(isRtcp(packet('8060'), 2)).toBe(false);
    expect(isRtcp(packet('80'), 1)).toBe(false);
  });
});
