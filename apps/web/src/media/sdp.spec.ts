import { describe, expect, it } from 'vitest';
import { restartedAnswer, restartFragment, withStartBitrate, withStereo } from './sdp.js';

const OFFER = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  'a=group:BUNDLE 0 1',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=ice-ufrag:newU',
  'a=ice-pwd:newPassword',
  'a=mid:0',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
  'a=ice-ufrag:newU',
  'a=mid:1',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
  '',
].join('\r\n');

const ANSWER = [
  'v=0',
  'a=ice-lite',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=ice-ufrag:old',
  'a=ice-pwd:oldPassword',
  'a=mid:0',
  'a=candidate:1 1 udp 1 192.0.2.1 8100 typ host',
  'a=end-of-candidates',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'a=ice-ufrag:old',
  'a=ice-pwd:oldPassword',
  'a=mid:1',
  '',
].join('\r\n');

describe('withStereo', () => {
  it('adds what is missing to the parameters of Opus, once', () => {
    const stereo = withStereo(OFFER);
    expect(stereo).toContain('a=fmtp:111 minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1\r\n');
    expect(withStereo(stereo)).toBe(stereo);
  });

  it('leaves a description without Opus alone', () => {
    expect(withStereo('v=0\r\n')).toBe('v=0\r\n');
  });
});

describe('withStartBitrate', () => {
  it('writes a parameter line for a codec that has none and spares retransmission', () => {
    const started = withStartBitrate(OFFER, 1_500_000);
    expect(started).toContain('a=rtpmap:96 VP8/90000\r\na=fmtp:96 x-google-start-bitrate=1500\r\n');
    expect(started).toContain('a=fmtp:97 apt=96\r\n');
  });
});

describe('restartFragment', () => {
  it('carries the bundle, the first section and its new credentials', () => {
    expect(restartFragment(OFFER)).toBe(
      'a=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:newU\r\na=ice-pwd:newPassword\r\na=mid:0\r\n',
    );
  });
});

describe('restartedAnswer', () => {
  const fragment =
    'a=ice-lite\na=ice-ufrag:fresh\na=ice-pwd:freshPassword\na=candidate:1 1 udp 1 192.0.2.9 8100 typ host\n';

  it('replaces credentials everywhere and candidates in every section', () => {
    const answer = restartedAnswer(ANSWER, fragment) ?? '';
    expect(answer.match(/a=ice-ufrag:fresh\r\n/g)).toHaveLength(2);
    expect(answer.match(/a=ice-pwd:freshPassword\r\n/g)).toHaveLength(2);
    expect(answer).not.toContain('192.0.2.1 ');
    expect(answer).toContain('a=mid:0\r\na=candidate:1 1 udp 1 192.0.2.9 8100 typ host\r\na=end-of-candidates\r\n');
    expect(answer.endsWith('\r\n')).toBe(true);
  });

  it('refuses a fragment without credentials', () => {
    expect(restartedAnswer(ANSWER, 'a=ice-ufrag:fresh\r\n')).toBeUndefined();
  });
});
