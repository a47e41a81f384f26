const SESSION = [
  'v=0',
  'o=- 1 0 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'a=setup:actpass',
  'a=ice-ufrag:jBua',
  'a=ice-pwd:ZQGTY4qPDr1Jzg4gSMxLCU',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
];

const AUDIO = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=mid:0',
  'a=sendonly',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10',
];

const VIDEO = [
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
  'a=mid:1',
  'a=sendonly',
  'a=rtcp-mux',
  'a=rtpmap:96 H264/90000',
  'a=fmtp:96 profile-level-id=42e01f;packetization-mode=1',
  'a=rtcp-fb:96 nack',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
];

/** A small publish offer of Opus and H.264; `edits` replace whole lines, an empty replacement removes the line. */
export function publishOffer(edits: Readonly<Record<string, string>> = {}, extra: readonly string[] = []): string {
  const lines = [...SESSION, ...AUDIO, ...VIDEO, ...extra].map((line) => edits[line] ?? line);
  return `${lines.filter((line) => line !== '').join('\r\n')}\r\n`;
}

/** The same offer as a player would write it. */
export function playOffer(edits: Readonly<Record<string, string>> = {}, extra: readonly string[] = []): string {
  return publishOffer(edits, extra).replaceAll('a=sendonly', 'a=recvonly');
}
