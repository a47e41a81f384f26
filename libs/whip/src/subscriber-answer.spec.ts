import type { StreamDescription } from '@weir/rtp';
import { describe, expect, it } from 'vitest';
import { highProfileStream, ids, transport } from './golden.fixture.js';
import { checkOffer } from './offer.js';
import { playOffer } from './offer.fixture.js';
import { OfferRejected } from './offer-rejected.js';
import { answerSubscriber, type SubscriberAnswer } from './subscriber-answer.js';

function answer(stream: StreamDescription, edits: Record<string, string> = {}, extra: string[] = []): SubscriberAnswer {
  return answerSubscriber(checkOffer(playOffer(edits, extra), 'play'), stream, transport, ids);
}

const VIDEO_LINE = 'm=video 9 UDP/TLS/RTP/SAVPF 96 97';

describe('answerSubscriber', () => {
  it('E-02 sends both kinds under the given names', () => {
    const { sdp, tracks } = answer(highProfileStream);
    expect(tracks).toMatchObject([
      { kind: 'audio', mid: '0', ssrc: ids.audioSsrc, rtxSsrc: ids.audioRtxSsrc, cname: ids.cname },
      { kind: 'video', mid: '1', ssrc: ids.videoSsrc, rtxSsrc: ids.videoRtxSsrc, cname: ids.cname },
    ]);
    expect(sdp).toContain(`a=ssrc-group:FID ${ids.videoSsrc} ${ids.videoRtxSsrc}\r\n`);
    expect(sdp).not.toContain(`a=ssrc:${ids.audioRtxSsrc}`);
  });

  it('E-11 refuses the section of a kind that the stream lacks and leaves it out of BUNDLE', () => {
    const { sdp, tracks, bundle } = answer({ video: { codec: 'h264' } });
    expect(tracks.map((track) => track.kind)).toEqual(['video']);
    expect(sdp).toContain('m=audio 0 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=inactive\r\n');
    expect(sdp).toContain('a=group:BUNDLE 1\r\n');
    expect(sdp.indexOf('a=candidate')).toBeGreaterThan(sdp.indexOf('m=video'));
    expect(bundle).toEqual({ media: 'video', protocol: 'UDP/TLS/RTP/SAVPF', payloadType: 96, mids: ['1'] });
  });

  it('accepts both kinds while nothing is known of the stream', () => {
    expect(answer({}).tracks.map((track) => track.kind)).toEqual(['audio', 'video']);
  });

  it('T13 lists every codec of the viewer, those of the stream first', () => {
    const edits = { [VIDEO_LINE]: 'm=video 9 UDP/TLS/RTP/SAVPF 100 101 96 97' };
    const extra = ['a=rtpmap:100 VP8/90000', 'a=rtpmap:101 VP9/90000'];
    const first = (stream: StreamDescription): (string | undefined)[] =>
      answer(stream, edits, extra).tracks[1]?.codecs.map((codec) => codec.name) ?? [];
    expect(first(highProfileStream)).toEqual(['h264', 'vp8', 'vp9']);
    expect(first({ ...highProfileStream, video: { codec: 'vp9' } })).toEqual(['vp9', 'vp8', 'h264']);
    expect(first({})).toEqual(['h264', 'vp8', 'vp9']);
  });

  it('says stereo unless the publisher is known to be mono', () => {
    expect(answer(highProfileStream).sdp).toContain('a=fmtp:111 minptime=10;stereo=1;sprop-stereo=1\r\n');
    expect(answer({ audio: { codec: 'opus', channels: 1 } }).sdp).toContain('a=fmtp:111 minptime=10\r\n');
  });

  it('takes only extensions that it sends, with ids of the one-byte form', () => {
    const { tracks } = answer(highProfileStream, {}, [
      'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
      'a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
      'a=extmap:14/recvonly http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
      'a=extmap:16 urn:3gpp:video-orientation',
    ]);
    expect(tracks[1]?.extensions).toEqual({ mid: 1 });
  });

  it('offers the round trip to a receiver that asks for it', () => {
    expect(answer({}, {}, ['a=rtcp-xr:rcvr-rtt=all']).sdp).toContain('a=rtcp-xr:rcvr-rtt=all\r\n');
    expect(answer({}).sdp).not.toContain('a=rtcp-xr');
  });

  it('rejects a viewer that cannot decode the stream, or asks only for what it lacks, with 422', () => {
    expect(() => answer({ video: { codec: 'av1' } })).toThrow(OfferRejected);
    expect(() => answer({ video: { codec: 'av1' } })).toThrow(/AV1 \(offered: H264\)/);
    const audioOnly = playOffer({ [VIDEO_LINE]: 'm=video 0 UDP/TLS/RTP/SAVPF 96' });
    const offer = checkOffer(audioOnly, 'play');
    expect(() => answerSubscriber(offer, { video: { codec: 'h264' } }, transport, ids)).toThrow(/carries only video/);
  });
});
