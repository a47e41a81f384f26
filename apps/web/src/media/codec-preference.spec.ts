import { describe, expect, it } from 'vitest';
import { preferH264 } from './codec-preference.js';

describe('preferH264', () => {
  it('puts H.264 with packetization mode 1 first and keeps the order of the rest', () => {
    const codecs = [
      { mimeType: 'video/VP8' },
      { mimeType: 'video/rtx' },
      { mimeType: 'video/H264', sdpFmtpLine: 'packetization-mode=0;profile-level-id=42001f' },
      { mimeType: 'video/H264', sdpFmtpLine: 'packetization-mode=1;profile-level-id=42e01f' },
      { mimeType: 'video/AV1' },
    ];
    expect(preferH264(codecs).map((codec) => codecs.indexOf(codec))).toEqual([3, 2, 0, 1, 4]);
  });
});
