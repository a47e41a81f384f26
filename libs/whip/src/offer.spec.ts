import { describe, expect, it } from 'vitest';
import { checkOffer, type OfferUse } from './offer.js';
import { playOffer, publishOffer } from './offer.fixture.js';
import { OfferRejected } from './offer-rejected.js';

function rejection(sdp: string, use: OfferUse = 'publish'): OfferRejected | undefined {
  try {
    checkOffer(sdp, use);
  } catch (error) {
    if (error instanceof OfferRejected) return error;
    throw error;
  }
  return undefined;
}

const VIDEO_LINE = 'm=video 9 UDP/TLS/RTP/SAVPF 96 97';
const BUNDLE = 'a=group:BUNDLE 0 1';

describe('what clients write and checkOffer accepts', () => {
  it.each<[string, Record<string, string>, string[]?]>([
    ['no a=ssrc and no a=msid', {}],
    ['a BUNDLE group that names an absent mid', { [BUNDLE]: 'a=group:BUNDLE 0 1 2' }],
    ['an LS group', { [BUNDLE]: 'a=group:LS 0 1\r\na=group:BUNDLE 0 1' }],
    ['m=video 0 with a=bundle-only', { [VIDEO_LINE]: 'm=video 0 UDP/TLS/RTP/SAVPF 96 97\r\na=bundle-only' }],
    ['a bare a=rtcp:9', { 'a=mid:1': 'a=mid:1\r\na=rtcp:9' }],
    ['a c= line with a TTL', { 'a=mid:1': 'c=IN IP4 239.0.0.1/127\r\na=mid:1' }],
    ['an fmtp of a payload type without rtpmap', {}, ['a=fmtp:120 x=1']],
    ['static payload types without rtpmap', { [VIDEO_LINE]: 'm=video 9 UDP/TLS/RTP/SAVPF 96 97 26 31' }],
    [
      'a seven-digit profile',
      { 'a=fmtp:96 profile-level-id=42e01f;packetization-mode=1': 'a=fmtp:96 profile-level-id=422001f' },
    ],
    ['a comma in ice-options', { 'a=setup:actpass': 'a=setup:actpass\r\na=ice-options:ice2,trickle' }],
    ['sendrecv', { 'a=sendonly': 'a=sendrecv' }],
    ['no direction, which means sendrecv', { 'a=sendonly': '' }],
    ['a direction of the session', { 'a=sendonly': '', 't=0 0': 't=0 0\r\na=sendonly' }],
    ['an unknown session attribute', { 't=0 0': 't=0 0\r\na=x-new:1\r\nb=AS:3000' }],
    ['an unusable candidate', {}, ['a=candidate:x']],
    ['a blank line at the end', {}, ['\r\n\r\n']],
    ['no a=setup', { 'a=setup:actpass': '' }],
    ['a hyphen for no stream', { 'a=mid:0': 'a=mid:0\r\na=msid:- a', 'a=mid:1': 'a=mid:1\r\na=msid:s v' }],
  ])('takes %s', (_, edits, extra) => {
    expect(rejection(publishOffer(edits, extra))).toBeUndefined();
  });

  it('takes a single section without mid and without BUNDLE', () => {
    const sdp = publishOffer({ [BUNDLE]: '', 'a=mid:0': '' });
    const offer = checkOffer(sdp.slice(0, sdp.indexOf('m=video')), 'publish');
    expect(offer.bundled).toBe(false);
    expect(offer.sections.map((section) => section.mid)).toEqual([undefined]);
  });

  it('reads transport attributes of the tagged section before those of the session', () => {
    const own = 'a=mid:1\r\na=ice-ufrag:tagged\r\na=ice-pwd:tagged-tagged-tagged-tagged\r\na=setup:active';
    const offer = checkOffer(publishOffer({ [BUNDLE]: 'a=group:BUNDLE 1 0', 'a=mid:1': own }), 'publish');
    expect(offer.ice.ufrag).toBe('tagged');
    expect(offer.setup).toBe('active');
    expect(offer.fingerprints).toHaveLength(1);
  });

  it('leaves a switched-off section to be answered with port 0', () => {
    const offer = checkOffer(publishOffer({ [VIDEO_LINE]: 'm=video 0 UDP/TLS/RTP/SAVPF 96 97' }), 'publish');
    expect(offer.sections.map((section) => section.offered?.kind)).toEqual(['audio', undefined]);
  });

  it('refuses a data channel of a player with port 0 instead of the whole offer', () => {
    const application = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:2'];
    const offer = checkOffer(playOffer({}, application), 'play');
    expect(offer.sections.map((section) => section.offered?.kind)).toEqual(['audio', 'video', undefined]);
  });
});

describe('W-02 what checkOffer rejects as malformed with 400', () => {
  it.each<[string, string]>([
    ['an empty body', ''],
    ['a body of blank lines', '\r\n\r\n'],
    ['no SDP', 'hello'],
    ['JSON', '{"sdp":"v=0"}'],
    ['no version', 'o=- 1 0 IN IP4 127.0.0.1\r\n'],
    ['no media section', 'v=0\r\no=- 1 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n'],
    ['a media line without formats', publishOffer({ [VIDEO_LINE]: 'm=video 9 UDP/TLS/RTP/SAVPF' })],
    ['a media line with a port out of range', publishOffer({ [VIDEO_LINE]: 'm=video 70000 UDP/TLS/RTP/SAVPF 96' })],
    ['a payload type out of range', publishOffer({ [VIDEO_LINE]: 'm=video 9 UDP/TLS/RTP/SAVPF 200' })],
    ['a line without a letter', publishOffer({ 't=0 0': 'nonsense' })],
    ['a control character', publishOffer({ 's=-': 's=\u0000' })],
    ['a malformed rtpmap', publishOffer({ 'a=rtpmap:96 H264/90000': 'a=rtpmap:96 H264' })],
    ['a malformed fingerprint', publishOffer().replace('AB:AB', 'AB')],
    ['an unknown DTLS role', publishOffer({ 'a=setup:actpass': 'a=setup:both' })],
    ['a password without user name', publishOffer({ 'a=ice-ufrag:jBua': '' })],
    ['a short password', publishOffer({ 'a=ice-pwd:ZQGTY4qPDr1Jzg4gSMxLCU': 'a=ice-pwd:short' })],
    ['a malformed SSRC', publishOffer({ 'a=mid:1': 'a=mid:1\r\na=ssrc:x cname:y' })],
    ['a malformed extmap', publishOffer({ 'a=mid:1': 'a=mid:1\r\na=extmap:x' })],
    ['two sections of one mid', publishOffer({ 'a=mid:1': 'a=mid:0' })],
    ['a simulcast layer without rid', publishOffer({}, ['a=simulcast:send 0;1'])],
    ['a rid of odd characters', publishOffer({}, ['a=rid:a/b send', 'a=simulcast:send a/b'])],
    ['more than 65536 characters', publishOffer({}, [`a=x:${'y'.repeat(4_000)}`.concat('\r\n').repeat(17)])],
    ['more than 2000 lines', publishOffer({}, ['a=x\r\n'.repeat(2_001)])],
    ['a line of more than 4096 characters', publishOffer({}, [`a=x:${'y'.repeat(4_097)}`])],
    ['more than 16 sections', publishOffer({}, ['m=audio 0 RTP/AVP 0\r\n'.repeat(15)])],
    ['more than 128 formats', publishOffer({ [VIDEO_LINE]: `m=video 9 UDP/TLS/RTP/SAVPF${' 96'.repeat(129)}` })],
  ])('%s', (_, sdp) => {
    expect(rejection(sdp)?.status).toBe(400);
    expect(rejection(sdp, 'play')?.status).toBe(400);
  });
});

describe('what checkOffer understands and rejects with 422', () => {
  const second = ['m=audio 9 UDP/TLS/RTP/SAVPF 0', 'a=mid:2', 'a=sendonly', 'a=rtcp-mux'];
  it.each<[string, string]>([
    ['two audio sections', publishOffer({ [BUNDLE]: 'a=group:BUNDLE 0 1 2' }, second)],
    ['W-47 two streams', publishOffer({ 'a=mid:0': 'a=mid:0\r\na=msid:a x', 'a=mid:1': 'a=mid:1\r\na=msid:b y' })],
    ['a data channel', publishOffer({}, ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:2'])],
    ['text', publishOffer({}, ['m=text 9 UDP/TLS/RTP/SAVPF 98', 'a=mid:2'])],
    ['recvonly', publishOffer({ 'a=sendonly': 'a=recvonly' })],
    ['inactive', publishOffer({ 'a=sendonly': 'a=inactive' })],
    ['no BUNDLE', publishOffer({ [BUNDLE]: '' })],
    ['a section outside BUNDLE', publishOffer({ [BUNDLE]: 'a=group:BUNDLE 0' })],
    ['no rtcp-mux', publishOffer({ 'a=rtcp-mux': '' })],
    ['only switched-off sections', publishOffer().replaceAll(/(m=\S+) 9/g, '$1 0')],
    ['no ICE', publishOffer({ 'a=ice-ufrag:jBua': '', 'a=ice-pwd:ZQGTY4qPDr1Jzg4gSMxLCU': '' })],
    ['no DTLS', publishOffer().replace(/a=fingerprint.*\r\n/, '')],
    ['only a SHA-1 fingerprint', publishOffer().replace(/a=fingerprint.*/, 'a=fingerprint:sha-1 AB')],
    ['holdconn', publishOffer({ 'a=setup:actpass': 'a=setup:holdconn' })],
    ['a protocol without RTP', publishOffer({ [VIDEO_LINE]: 'm=video 9 UDP/DTLS/SCTP 96' })],
    [
      'five simulcast layers',
      publishOffer({}, [...['a', 'b', 'c', 'd', 'e'].map((id) => `a=rid:${id} send`), 'a=simulcast:send a;b;c;d;e']),
    ],
  ])('%s', (_, sdp) => {
    expect(rejection(sdp)?.status).toBe(422);
    expect(rejection(sdp)?.detail).toMatch(/\w\.?$/);
  });

  it.each(['a=sendonly', 'a=inactive'])('E-01 a player that offers %s', (direction) => {
    expect(rejection(playOffer().replaceAll('a=recvonly', direction), 'play')?.status).toBe(422);
  });
});
