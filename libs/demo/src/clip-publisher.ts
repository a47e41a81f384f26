import { randomInt } from 'node:crypto';
import { type Publication, publish } from '@weir/peer';
import { packetizeH264, RtcpWriter } from '@weir/rtp';
import { ClipPlayer } from './clip-player.js';
import type { Clip } from './clip.js';
import { RtpTrack } from './rtp-track.js';

const REPORT_EVERY_MS = 1000;

/** What is published, and where. */
export interface ClipPublisherOptions {
  /** A WHIP endpoint. */
  readonly url: string;
  /** A stream key. */
  readonly key: string;
  readonly clip: Clip;
}

/** One WHIP session that sends a clip over and over; key-frame requests are ignored, for a clip cannot obey them. */
export class ClipPublisher {
  /** Settles with the reason when the session is over, whoever ended it. */
  readonly ended: Promise<string>;
  readonly #publication: Publication;
  readonly #player: ClipPlayer;
  readonly #tracks: readonly RtpTrack[];
  readonly #began = performance.now();
  readonly #report = new RtcpWriter();
  #frameTimer: NodeJS.Timeout | undefined;
  #reportTimer: NodeJS.Timeout | undefined;

  private constructor(publication: Publication, clip: Clip) {
    this.#publication = publication;
    const video = this.#track('video');
    const audio = this.#track('audio');
    this.#tracks = [video, audio];
    this.#player = new ClipPlayer(clip, {
      video: (unit, rtpTimestamp) => video.sendFrame(packetizeH264(unit.nalUnits), rtpTimestamp),
      audio: (packet, rtpTimestamp) => audio.sendFrame([packet], rtpTimestamp),
    });
    this.ended = publication.peer.closed.finally(() => this.#stopTimers());
  }

  /** Opens the session; resolves when media flows. */
  static async start(options: ClipPublisherOptions): Promise<ClipPublisher> {
    const publication = await publish(options.url, { token: options.key, video: 'h264', audio: 'opus' });
    const publisher = new ClipPublisher(publication, options.clip);
    publisher.#play();
    publisher.#sendReports();
    return publisher;
  }

  /** Ends the session with DELETE; idempotent. */
  async stop(): Promise<void> {
    this.#stopTimers();
    await this.#publication.stop();
  }

  #track(kind: 'audio' | 'video'): RtpTrack {
    const { peer, tracks, cname } = this.#publication;
    const { ssrc, payloadType, clockRate } = tracks[kind];
    return new RtpTrack({
      ssrc,
      payloadType,
      clockRate,
      cname,
      firstSequence: randomInt(0x8000),
      firstTimestamp: randomInt(2 ** 32),
      send: (packet, length, extendedSequence) => peer.sendRtp(packet, length, extendedSequence),
    });
  }

  #play(): void {
    const elapsedMs = performance.now() - this.#began;
    const nextMs = this.#player.advance(elapsedMs);
    this.#frameTimer = setTimeout(() => this.#play(), Math.max(1, nextMs - elapsedMs));
  }

  #sendReports(): void {
    this.#report.reset();
    for (const track of this.#tracks) track.writeReport(this.#report, Date.now(), performance.now() - this.#began);
    this.#publication.peer.sendRtcp(this.#report.bytes());
    this.#reportTimer = setTimeout(() => this.#sendReports(), REPORT_EVERY_MS);
  }

  #stopTimers(): void {
    clearTimeout(this.#frameTimer);
    clearTimeout(this.#reportTimer);
  }
}
