import { randomBytes } from 'node:crypto';
import type { ChannelRegistry, Stream, WatchLeave } from '@weir/channels';
import type { CloseReason } from '@weir/sfu';
import { logEnd, type Negotiation, type SessionOwner } from '@weir/signalling';
import type { Log } from '@weir/telemetry';
import { type AnswerTransport, answerSubscriber, type Offer, type SubscriberIds } from '@weir/whip';

/** What a subscriber acts upon. */
export interface SubscriberSurroundings {
  readonly channels: ChannelRegistry;
  readonly log: Log;
}

/** One WHEP session of a channel. */
export class Subscriber implements SessionOwner {
  readonly use = 'play';
  readonly channel: string;
  /** Why the viewer may watch. */
  readonly leave: WatchLeave;
  readonly #around: SubscriberSurroundings;
  #stream: Stream | undefined;
  #connectedAtMs: number | undefined;

  constructor(leave: WatchLeave, around: SubscriberSurroundings) {
    this.channel = leave.channel;
    this.leave = leave;
    this.#around = around;
  }

  negotiate(offer: Offer, transport: AnswerTransport): Negotiation {
    this.#stream = this.#around.channels.liveStream(this.channel);
    const { sdp, bundle, dtlsRole, tracks } = answerSubscriber(
      offer,
      this.#stream.description,
      transport,
      newSubscriberIds(),
    );
    return {
      sdp,
      bundle,
      dtlsRole,
      join: (place, options) => place.subscribe({ ...options, tracks }),
    };
  }

  connected(session: string): void {
    this.#connectedAtMs = Date.now();
    this.#around.log.info('subscriber connected', { channel: this.channel, session });
    this.#stream?.viewerJoined(session);
  }

  closed(session: string, reason: CloseReason): void {
    const end = { channel: this.channel, session, reason, connectedAtMs: this.#connectedAtMs };
    logEnd(this.#around.log, 'subscriber', end);
    this.#stream?.viewerLeft(session);
  }
}

function newSubscriberIds(): SubscriberIds {
  const [audioSsrc, audioRtxSsrc, videoSsrc, videoRtxSsrc] = newSsrcs();
  const cname = randomBytes(12).toString('base64url');
  return { audioSsrc, audioRtxSsrc, videoSsrc, videoRtxSsrc, cname, streamId: cname };
}

function newSsrcs(): [number, number, number, number] {
  const ssrcs = new Uint32Array(4);
  do {
    crypto.getRandomValues(ssrcs);
  } while (ssrcs.includes(0) || new Set(ssrcs).size < ssrcs.length);
  return [...ssrcs] as [number, number, number, number];
}
