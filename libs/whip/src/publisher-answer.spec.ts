import { describe, expect, it } from 'vitest';
import { transport } from './golden.fixture.js';
import { checkOffer } from './offer.js';
import { publishOffer } from './offer.fixture.js';
import { OfferRejected } from './offer-rejected.js';
import { answerPublisher, type PublisherAnswer } from './publisher-answer.js';

function answer(edits: Record<string, string> = {}, extra: string[] = []): PublisherAnswer {
  return answerPublisher(checkOffer(publishOffer(edits, extra), 'publish'), transport);
}

describe('answerPublisher', () => {
  it('describes the tracks that will arrive', () => {
    const { tracks } = answer({}, [
      'a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid',
      'a=ssrc-group:FID 7 8',
      'a=ssrc:7 cname:c',
    ]);
    expect(tracks.map((track) => [track.kind, track.mid])).toEqual([
      ['audio', '0'],
      ['video', '1'],
    ]);
    expect(tracks[1]).toMatchObject({
      extensions: { mid: 3 },
      rids: [],
      ssrcs: [7],
      rtxSsrcs: [{ primary: 7, rtx: 8 }],
      codecs: [{ name: 'h264', payloadType: 96, rtxPayloadType: 97, clockRate: 90_000, nack: true, pli: false }],
    });
  });

  it('asks for stereo Opus with in-band error correction when two channels are offered', () => {
    expect(answer().sdp).toContain('a=fmtp:111 minptime=10;stereo=1;sprop-stereo=1;useinbandfec=1\r\n');
    const mono = answer({ 'a=rtpmap:111 opus/48000/2': 'a=rtpmap:111 opus/48000' });
    expect(mono.sdp).toContain('a=rtpmap:111 opus/48000\r\na=fmtp:111 minptime=10\r\n');
  });

  it('takes feedback that is offered for every payload type', () => {
    const { tracks } = answer({ 'a=rtcp-fb:96 nack': 'a=rtcp-fb:* nack pli\r\na=rtcp-fb:* CCM  fir' });
    expect(tracks[1]?.codecs[0]).toMatchObject({ nack: false, pli: true, fir: true, remb: false });
    expect(tracks[0]?.codecs[0]).toMatchObject({ nack: false, pli: false, fir: false });
  });

  it('answers the first of alternative layers and unpauses paused ones', () => {
    const rids = [
      'a=rid:h send',
      'a=rid:m send pt=96,99;max-width=640',
      'a=rid:l send',
      'a=simulcast:recv x;send h,l;~m',
    ];
    const { sdp, tracks } = answer({}, [...rids.slice(0, 3), 'a=simulcast:send h,l;~m']);
    expect(tracks[1]?.rids).toEqual(['h', 'm']);
    expect(sdp).toContain('a=rid:h recv\r\na=rid:m recv pt=96;max-width=640\r\na=simulcast:recv h;m\r\n');
  });

  it('turns the direction of an extension round and drops one that the client only receives', () => {
    const { sdp, tracks } = answer({}, [
      'a=extmap:5/sendonly http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
      'a=extmap:6/recvonly urn:3gpp:video-orientation',
      'a=extmap:15 urn:ietf:params:rtp-hdrext:sdes:mid',
    ]);
    expect(sdp).toContain('a=extmap:5/recvonly http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time\r\n');
    expect(tracks[1]?.extensions).toEqual({ absSendTime: 5 });
  });

  it('ignores payload types that read as RTCP and packetization modes nobody sends', () => {
    const { tracks } = answer({ 'm=video 9 UDP/TLS/RTP/SAVPF 96 97': 'm=video 9 UDP/TLS/RTP/SAVPF 72 98 96' }, [
      'a=rtpmap:72 VP8/90000',
      'a=rtpmap:98 H264/90000',
      'a=fmtp:98 packetization-mode=2',
    ]);
    expect(tracks[1]?.codecs.map((codec) => codec.payloadType)).toEqual([96]);
  });

  it('has no mid lines and no group when the offer has none', () => {
    const sdp = publishOffer({ 'a=group:BUNDLE 0 1': '', 'a=mid:0': '' });
    const {
      sdp: own,
      tracks,
      bundle,
    } = answerPublisher(checkOffer(sdp.slice(0, sdp.indexOf('m=video')), 'publish'), transport);
    expect(own).not.toMatch(/a=mid|a=group/);
    expect(tracks[0]?.mid).toBe('');
    expect(bundle).toEqual({ media: 'audio', protocol: 'UDP/TLS/RTP/SAVPF', payloadType: 111, mids: [] });
  });

  it('T5 leaves out the last codecs of an offer that would make the answer too long', () => {
    const types = Array.from({ length: 64 }, (_, index) => (index < 32 ? index : index + 64)).filter(
      (type) => type !== 96,
    );
    const lines = types.flatMap((type) => [
      `a=rtpmap:${type} H264/90000`,
      `a=fmtp:${type} profile-level-id=42e01f;packetization-mode=1;max-fs=${'9'.repeat(32)};max-br=${'9'.repeat(32)}`,
      ...['nack', 'nack pli', 'ccm fir', 'goog-remb'].map((kind) => `a=rtcp-fb:${type} ${kind}`),
    ]);
    const media = `m=video 9 UDP/TLS/RTP/SAVPF 96 ${types.join(' ')}`;
    const { sdp, tracks } = answer({ 'm=video 9 UDP/TLS/RTP/SAVPF 96 97': media }, lines);
    expect(sdp.length).toBeLessThan(8_192);
    expect(tracks[1]?.codecs.length).toBeGreaterThan(8);
    expect(tracks[1]?.codecs[0]?.payloadType).toBe(96);
  });

  it('rejects an offer without a common codec with 422, never half of it', () => {
    const offer = checkOffer(publishOffer({ 'a=rtpmap:111 opus/48000/2': 'a=rtpmap:111 speex/16000' }), 'publish');
    expect(() => answerPublisher(offer, transport)).toThrow(OfferRejected);
    expect(() => answerPublisher(offer, transport)).toThrow(/speex.*Opus/);
  });
});
