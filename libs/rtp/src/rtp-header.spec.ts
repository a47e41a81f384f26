import { describe, expect, it } from 'vitest';
import { readUint24 } from './big-endian.js';
import { absoluteSendTime } from './ntp.js';
import { ExtensionWriter, writeRtpHeader } from './rtp-header.js';
import { RtpView } from './rtp-view.js';

const header = { payloadType: 111, sequenceNumber: 65_540, timestamp: 2 ** 32 + 7, ssrc: 0xdeadbeef };

describe('writeRtpHeader', () => {
  it('writes what the view reads', () => {
    const out = new Uint8Array(20);
    const view = new RtpView();
    expect(writeRtpHeader(out, { ...header, marker: true })).toBe(12);
    expect(view.read(out, 20)).toBe(true);
    expect(view).toMatchObject({ marker: true, payloadType: 111, sequenceNumber: 4, timestamp: 7, ssrc: 0xdeadbeef });
    expect(view.payloadLength).toBe(8);
  });

  it('writes one-byte extensions', () => {
    const out = new Uint8Array(64).fill(0xff);
    const view = new RtpView();
    const extensions = new ExtensionWriter();
    extensions.addText(4, 'video');
    extensions.addAbsoluteSendTime(3, 1_700_000_000_123);
    const length = writeRtpHeader(out, header, extensions);
    expect(length).toBe(28);
    expect(extensions.length).toBe(16);
    expect(view.read(out, length)).toBe(true);
    expect(Buffer.from(out.subarray(view.extension(4), view.extension(4) + view.extensionLength(4))).toString()).toBe(
      'video',
    );
    expect(readUint24(out, view.extension(3))).toBe(absoluteSendTime(1_700_000_000_123));
    expect(readUint24(out, length - 3) & 0xffff).toBe(0);
  });

  it('turns to two-byte extensions when an id, an empty or a long one needs it', () => {
    const out = new Uint8Array(64);
    const view = new RtpView();
    const extensions = new ExtensionWriter();
    extensions.add(200, new Uint8Array([1, 2, 3]));
    extensions.addText(1, '');
    extensions.addText(2, 'a-mid-of-more-than-16');
    const length = writeRtpHeader(out, header, extensions);
    expect(view.read(out, length)).toBe(true);
    expect(view.extensionLength(200)).toBe(3);
    expect(view.extensionLength(1)).toBe(0);
    expect(view.extensionLength(2)).toBe(21);
    extensions.reset();
    expect(extensions.length).toBe(0);
    expect(writeRtpHeader(out, header, extensions)).toBe(12);
  });

  it('refuses what cannot be written', () => {
    const extensions = new ExtensionWriter();
    expect(() => extensions.add(0, new Uint8Array(1))).toThrow(RangeError);
    expect(() => extensions.add(256, new Uint8Array(1))).toThrow(RangeError);
    expect(() => extensions.add(1, new Uint8Array(256))).toThrow(RangeError);
    expect(() => writeRtpHeader(new Uint8Array(11), header)).toThrow(RangeError);
  });
});
