import type { StreamDescription } from '@weir/rtp';
import { checkOffer, type Offer } from './offer.js';
import { answerPublisher, type PublisherAnswer } from './publisher-answer.js';
import { answerSubscriber, type SubscriberAnswer, type SubscriberIds } from './subscriber-answer.js';
import type { AnswerTransport } from './transport.js';

/** The transport that every golden answer announces. */
export const transport: AnswerTransport = {
  sessionId: '83610422',
  local: { ufrag: 'Xq3b', pwd: '2e13dde17c1cb009202f62' },
  fingerprint: {
    algorithm: 'sha-256',
    value: 'F7:EB:F3:3E:AC:D2:EA:A7:C1:EC:79:D9:B3:8A:35:DA:70:86:4F:46:D9:2D:CC:D0:BC:81:9F:67:EF:34:2E:BD',
  },
  candidates: [
    { address: '2001:db8::10', port: 8100, family: 6 },
    { address: '203.0.113.10', port: 8100, family: 4 },
  ],
};

/** The names of the viewer in every golden answer. */
export const ids: SubscriberIds = {
  audioSsrc: 1_000_001,
  audioRtxSsrc: 1_000_002,
  videoSsrc: 2_000_001,
  videoRtxSsrc: 2_000_002,
  cname: 'cname-of-viewer',
  streamId: 'stream-of-channel',
};

/** What the stream of every golden play answer carries: OBS with its default encoder. */
export const highProfileStream: StreamDescription = {
  audio: { codec: 'opus', channels: 2 },
  video: { codec: 'h264', profileLevelId: '640028', width: 1_920, height: 1_080 },
};

/** The answer of a golden test: to a player when the offer's name says so. */
export function answerOf(name: string, sdp: string): { offer: Offer; answer: PublisherAnswer | SubscriberAnswer } {
  if (name.includes('-play')) {
    const offer = checkOffer(sdp, 'play');
    return { offer, answer: answerSubscriber(offer, highProfileStream, transport, ids) };
  }
  const offer = checkOffer(sdp, 'publish');
  return { offer, answer: answerPublisher(offer, transport) };
}
