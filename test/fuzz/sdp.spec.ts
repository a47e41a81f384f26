import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StreamDescription } from '@weir/rtp';
import {
  AnswerUnusable,
  answerPublisher,
  answerSubscriber,
  checkOffer,
  FragmentRejected,
  OfferRejected,
  type OfferUse,
  parseFragment,
  readAnswer,
} from '@weir/whip';

const OFFER_INPUTS = 100_000;
const FRAGMENT_INPUTS = 70_000;
const ANSWER_INPUTS = 40_000;

const fixtures = new URL('../fixtures/', import.meta.url);
const offers = corpus('offers');
const answers = corpus('answers');
const fragments = [
  'a=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\na=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0\r\na=end-of-candidates\r\n',
  'a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 0 UDP 1 x.local 9 typ host\r\na=\r\n',
].map(toLines);
const streams: readonly StreamDescription[] = [
  {},
  { audio: { codec: 'opus', channels: 2 }, video: { codec: 'h264', profileLevelId: '640028' } },
  { video: { codec: 'vp9' } },
];
const transport = {
  sessionId: '1',
  local: { ufrag: 'Xq3b', pwd: '2e13dde17c1cb009202f62' },
  fingerprint: { algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') },
  candidates: [{ address: '192.0.2.1', port: 8_100, family: 4 }],
} as const;
const ids = { audioSsrc: 1, audioRtxSsrc: 2, videoSsrc: 3, videoRtxSsrc: 4, cname: 'c', streamId: 's' };
const shards = [
  '',
  ' ',
  ':',
  ';',
  '=',
  '/',
  ',',
  '~',
  '-1',
  '0',
  '65536',
  '4294967296',
  '99999999999',
  '__proto__',
  '\u0000',
  '\r',
  '𝄞',
  'x'.repeat(5_000),
  '*',
  '96',
  '111',
  'send',
  'recvonly',
  'bundle-only',
];

describe('SDP of a stranger', () => {
  it(`is answered or rejected, ${OFFER_INPUTS} offers`, () => {
    const random = generator(0x5eed_0001);
    let answered = 0;
    for (let input = 0; input < OFFER_INPUTS; input++) {
      const use: OfferUse = random(2) === 0 ? 'publish' : 'play';
      const text = mutate(offers, use === 'play' ? 'a=recvonly' : 'a=sendonly', random);
      const sdp = answerOrReject(text, use, streams[random(streams.length)] ?? {});
      if (sdp === undefined) continue;
      answered++;
      if (!isSound(sdp)) expect.fail(`unsound answer to ${JSON.stringify(text)}`);
    }
    expect(answered).toBeGreaterThan(OFFER_INPUTS / 20);
  });

  it(`is read as a fragment or rejected, ${FRAGMENT_INPUTS} fragments`, () => {
    const random = generator(0x5eed_0002);
    let read = 0;
    for (let input = 0; input < FRAGMENT_INPUTS; input++) {
      const text = mutate(random(8) === 0 ? offers : fragments, undefined, random);
      try {
        if (parseFragment(text).candidates.length > 50) expect.fail('too many candidates');
        read++;
      } catch (error) {
        if (!(error instanceof FragmentRejected)) throw error;
      }
    }
    expect(read).toBeGreaterThan(FRAGMENT_INPUTS / 20);
  });

  it(`is read as an answer or rejected, ${ANSWER_INPUTS} answers`, () => {
    const random = generator(0x5eed_0003);
    let read = 0;
    for (let input = 0; input < ANSWER_INPUTS; input++) {
      try {
        readAnswer(mutate(answers, undefined, random));
        read++;
      } catch (error) {
        if (!(error instanceof AnswerUnusable)) throw error;
      }
    }
    expect(read).toBeGreaterThan(ANSWER_INPUTS / 20);
  });
});

function answerOrReject(text: string, use: OfferUse, stream: StreamDescription): string | undefined {
  try {
    const offer = checkOffer(text, use);
    return (use === 'publish' ? answerPublisher(offer, transport) : answerSubscriber(offer, stream, transport, ids))
      .sdp;
  } catch (error) {
    if (!(error instanceof OfferRejected) || (error.status !== 400 && error.status !== 422)) throw error;
    return undefined;
  }
}

function isSound(sdp: string): boolean {
  if (sdp.length > 8_191 || !sdp.startsWith('v=0\r\n') || !sdp.endsWith('\r\n')) return false;
  if (sdp.includes('undefined') || sdp.includes('NaN') || sdp.includes('[object')) return false;
  return readAnswer(sdp).sections.length > 0;
}

/** Changes up to four places of one text of the corpus: lines and the tokens in them. */
function mutate(
  texts: readonly (readonly string[])[],
  direction: string | undefined,
  random: (n: number) => number,
): string {
  let lines = [...(texts[random(texts.length)] ?? [])];
  if (direction !== undefined) {
    lines = lines.map((line) => (line === 'a=sendonly' || line === 'a=recvonly' ? direction : line));
  }
  for (let change = random(5); change > 0; change--) {
    const at = random(lines.length);
    const line = lines[at] ?? '';
    const other = texts[random(texts.length)] ?? [];
    const shard = shards[random(shards.length)] ?? '';
    switch (random(8)) {
      case 0:
        lines.splice(at, 1);
        break;
      case 1:
        lines.splice(at, 0, other[random(other.length)] ?? '');
        break;
      case 2:
        lines.splice(at, 0, ...Array.from({ length: 1 + random(20) }, () => line));
        break;
      case 3:
        lines[at] = line.slice(0, random(line.length + 1));
        break;
      case 4:
        lines[at] = line.slice(0, random(line.length + 1)) + shard + line.slice(random(line.length + 1));
        break;
      case 5: {
        const tokens = line.split(/([ :;=,/])/);
        tokens[random(tokens.length)] = shard;
        lines[at] = tokens.join('');
        break;
      }
      case 6:
        lines[at] = line.replace(/\d+/, String(random(70_000)));
        break;
      default:
        lines[at] = lines[random(lines.length)] ?? '';
        lines[random(lines.length)] = line;
    }
  }
  return lines.join(['\r\n', '\n', '\r\n\r\n'][random(3)]);
}

function corpus(folder: string): string[][] {
  const names = readdirSync(new URL(`${folder}/`, fixtures)).filter((name) => name.endsWith('.sdp'));
  return names.map((name) => toLines(readFileSync(new URL(`${folder}/${name}`, fixtures), 'utf8')));
}

function toLines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}

/** Mulberry32: the same inputs in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
