import type { Fingerprint } from '@weir/dtls';
import type { IceCredentials } from '@weir/ice';

/** The offer of FFmpeg 8.0's WHIP muxer for constrained baseline video and stereo Opus, word for word. */
export function ffmpegOffer(credentials: IceCredentials, fingerprint: Fingerprint): string {
  const transport = [
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${credentials.ufrag}`,
    `a=ice-pwd:${credentials.pwd}`,
    `a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`,
    'a=setup:passive',
  ];
  const lines = [
    'v=0',
    'o=FFmpeg 4489045141692799359 2 IN IP4 127.0.0.1',
    's=FFmpegPublishSession',
    't=0 0',
    'a=group:BUNDLE 0 1',
    'a=extmap-allow-mixed',
    'a=msid-semantic: WMS',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    ...transport,
    'a=mid:0',
    'a=sendonly',
    'a=msid:FFmpeg audio',
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    'a=ssrc:4267647086 cname:FFmpeg',
    'a=ssrc:4267647086 msid:FFmpeg audio',
    'm=video 9 UDP/TLS/RTP/SAVPF 106',
    ...transport,
    'a=mid:1',
    'a=sendonly',
    'a=msid:FFmpeg video',
    'a=rtcp-mux',
    'a=rtcp-rsize',
    'a=rtpmap:106 H264/90000',
    // FFmpeg prints constraint byte 0x200 for constrained baseline, which makes seven digits.
    'a=fmtp:106 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=422001f',
    'a=ssrc:4267647087 cname:FFmpeg',
    'a=ssrc:4267647087 msid:FFmpeg video',
    '',
  ];
  return lines.join('\r\n');
}
