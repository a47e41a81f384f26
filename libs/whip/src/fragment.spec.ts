import { describe, expect, it } from 'vitest';
import { FragmentRejected, parseFragment, writeFragment } from './fragment.js';

const CREDENTIALS = { ufrag: 'EsAw', pwd: 'P2uYro0UCOQ4zxjKXaWCBui1' };
const LINES = `a=ice-ufrag:${CREDENTIALS.ufrag}\r\na=ice-pwd:${CREDENTIALS.pwd}\r\n`;

describe('W-24 W-26 parseFragment reads what clients send', () => {
  it('the form of RFC 9725', () => {
    const body = `a=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n${LINES}a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw network-id 1\r\na=candidate:3471623853 1 udp 2122194687 198.51.100.2 61765 typ host generation 0 ufrag EsAw network-id 2\r\na=end-of-candidates\r\n`;
    const fragment = parseFragment(body);
    expect(fragment.credentials).toEqual(CREDENTIALS);
    expect(fragment.candidates.map(({ mid, address, port }) => [mid, address, port])).toEqual([
      ['0', '192.0.2.1', 61_764],
      ['0', '198.51.100.2', 61_765],
    ]);
    expect(fragment.endOfCandidates).toBe(true);
  });

  it('session-level credentials and the bare a= of an empty candidate', () => {
    const fragment = parseFragment(`${LINES}m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=\r\n`);
    expect(fragment).toEqual({ credentials: CREDENTIALS, candidates: [], endOfCandidates: false });
  });

  it('a restart without any section, with LF line ends', () => {
    expect(parseFragment(LINES.replaceAll('\r\n', '\n')).credentials).toEqual(CREDENTIALS);
  });

  it('one section for each mid, component 0, mDNS, upper-case UDP, TCP and IPv6', () => {
    const body = [
      `${LINES}m=audio 9 RTP/AVP 0`,
      'a=mid:0',
      'a=candidate:1 0 UDP 2122252543 6f0a3b2e-98f5-4f3e-8f4a-0f0f5f1d5b3a.local 55541 typ host',
      'm=audio 9 RTP/AVP 0',
      'a=mid:1',
      'a=candidate:2 1 tcp 1518280447 2001:db8::1 9 typ host tcptype active generation 0 network-cost 10',
      'a=candidate:3 1 sctp 1 192.0.2.1 9 typ host',
    ].join('\r\n');
    expect(parseFragment(body).candidates.map(({ mid, transport, address }) => [mid, transport, address])).toEqual([
      ['0', 'udp', '6f0a3b2e-98f5-4f3e-8f4a-0f0f5f1d5b3a.local'],
      ['1', 'tcp', '2001:db8::1'],
    ]);
  });

  it('candidates without credentials, and an end of candidates alone', () => {
    expect(parseFragment('a=candidate:1 1 udp 1 192.0.2.1 9 typ host').candidates).toHaveLength(1);
    expect(parseFragment('m=audio 9 RTP/AVP 0\r\na=mid:0\r\na=end-of-candidates').endOfCandidates).toBe(true);
  });

  it('no more than 50 candidates', () => {
    const body = LINES + 'a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n'.repeat(80);
    expect(parseFragment(body).candidates).toHaveLength(50);
  });
});

describe('parseFragment rejects', () => {
  it.each([
    ['an empty body', ''],
    ['no SDP', 'hello'],
    ['JSON', '{"candidate":""}'],
    ['nothing about ICE', 'm=audio 9 RTP/AVP 0\r\na=mid:0\r\n'],
    ['half the credentials', 'a=ice-ufrag:EsAw\r\n'],
    ['a malformed candidate', `${LINES}a=candidate:1 1 udp\r\n`],
    ['a malformed section', `${LINES}m=audio\r\n`],
    ['more than 16384 characters', `${LINES}${'a=x\r\n'.repeat(4_000)}`],
  ])('%s', (_, body) => {
    expect(() => parseFragment(body)).toThrow(FragmentRejected);
  });
});

describe('W-28 writeFragment', () => {
  it('repeats the ICE options of the answer with new credentials and all candidates', () => {
    const bundle = { media: 'audio', protocol: 'UDP/TLS/RTP/SAVPF', payloadType: 111, mids: ['0', '1'] };
    const text = writeFragment(bundle, CREDENTIALS, [
      { address: '2001:db8::1', port: 8_100, family: 6 },
      { address: '192.0.2.1', port: 8_100, family: 4 },
    ]);
    expect(text.split('\r\n')).toEqual([
      'a=ice-lite',
      'a=ice-options:ice2',
      'a=group:BUNDLE 0 1',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'a=mid:0',
      'a=ice-ufrag:EsAw',
      'a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1',
      'a=candidate:1 1 udp 2130706431 192.0.2.1 8100 typ host',
      'a=candidate:2 1 udp 2130706175 2001:db8::1 8100 typ host',
      'a=end-of-candidates',
      '',
    ]);
    expect(parseFragment(text).credentials).toEqual(CREDENTIALS);
  });
});
