import type { TrackCodec } from '@weir/rtp';
import { describe, expect, it } from 'vitest';
import { AnswerUnusable, readAnswer } from './answer-reader.js';
import { highProfileStream, ids, transport } from './golden.fixture.js';
import { checkOffer } from './offer.js';
import { writeOffer } from './offer-writer.js';
import { answerPublisher } from './publisher-answer.js';
import { answerSubscriber } from './subscriber-answer.js';

const h264: TrackCodec = {
  name: 'h264',
  payloadType: 96,
  clockRate: 90_000,
  channels: 1,
  parameters: { 'packetization-mode': '1', 'profile-level-id': '640028' },
  rtxPayloadType: 97,
  nack: true,
  pli: true,
  fir: true,
  remb: true,
};
const opus: TrackCodec = {
  name: 'opus',
  payloadType: 111,
  clockRate: 48_000,
  channels: 2,
  parameters: { minptime: '10' },
  nack: false,
  pli: false,
  fir: false,
  remb: false,
};
const own = { sessionId: '7', local: transport.local, fingerprint: transport.fingerprint, setup: 'actpass' } as const;
const source = { cname: 'c', streamId: 's' };

describe('an offer of our own', () => {
  it('publishes what it says, with every SSRC', () => {
    const sdp = writeOffer(own, [
      { kind: 'audio', mid: '0', direction: 'sendonly', codecs: [opus], source: { ...source, ssrc: 1 } },
      {
        kind: 'video',
        mid: '1',
        direction: 'sendonly',
        codecs: [h264],
        extensions: { rid: 2, mid: 1 },
        rids: ['hi', 'lo'],
        source: { ...source, ssrc: 2, rtxSsrc: 3 },
      },
    ]);
    const { tracks } = answerPublisher(checkOffer(sdp, 'publish'), transport);
    expect(tracks[0]).toMatchObject({ mid: '0', ssrcs: [1], rids: [] });
    expect(tracks[1]).toMatchObject({ mid: '1', ssrcs: [2], rtxSsrcs: [{ primary: 2, rtx: 3 }], rids: ['hi', 'lo'] });
    expect(tracks[1]?.codecs).toEqual([h264]);
    expect(tracks[1]?.extensions).toEqual({ mid: 1, rid: 2 });
  });

  it('plays, and the answer tells the reader where, as whom and in what', () => {
    const sdp = writeOffer(own, [
      { kind: 'audio', mid: 'a', direction: 'recvonly', codecs: [opus] },
      { kind: 'video', mid: 'v', direction: 'recvonly', codecs: [h264], extensions: { mid: 5 } },
    ]);
    const answer = readAnswer(answerSubscriber(checkOffer(sdp, 'play'), highProfileStream, transport, ids).sdp);
    expect(answer).toMatchObject({
      ice: transport.local,
      iceLite: true,
      fingerprints: [transport.fingerprint],
      dtlsRole: 'client',
    });
    expect(answer.candidates.map(({ address, port }) => [address, port])).toEqual([
      ['203.0.113.10', 8_100],
      ['2001:db8::10', 8_100],
    ]);
    expect(answer.sections[1]).toMatchObject({
      kind: 'video',
      mid: 'v',
      direction: 'sendonly',
      extensions: { mid: 5 },
      ssrcs: [ids.videoSsrc],
      rtxSsrcs: [{ primary: ids.videoSsrc, rtx: ids.videoRtxSsrc }],
      cname: ids.cname,
      streamId: ids.streamId,
    });
  });
});

describe('readAnswer', () => {
  const sdp = answerSubscriber(
    checkOffer(writeOffer(own, [{ kind: 'video', mid: '0', direction: 'recvonly', codecs: [h264] }]), 'play'),
    {},
    transport,
    ids,
  ).sdp;

  it.each([
    ['no SDP', 'hello'],
    ['no credentials', sdp.replace(/a=ice-ufrag.*\r\na=ice-pwd.*\r\n/, '')],
    ['no fingerprint', sdp.replace(/a=fingerprint.*\r\n/, '')],
    ['no chosen role', sdp.replace('a=setup:passive', 'a=setup:actpass')],
    ['a malformed candidate', sdp.replace(' typ host', '')],
  ])('rejects %s', (_, text) => {
    expect(() => readAnswer(text)).toThrow(AnswerUnusable);
  });

  it('leaves out refused sections', () => {
    expect(readAnswer(`${sdp}m=audio 0 UDP/TLS/RTP/SAVPF 111\r\na=inactive\r\n`).sections).toHaveLength(1);
  });
});
