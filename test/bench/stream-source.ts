import { publish, type Publication, type PublicationTrack } from '@weir/peer';
import { MediaSender, type SentPacket } from '../harness/media-sender.js';

const FRAMES_PER_SECOND = 30;
const FRAMES_PER_GROUP = 60;
const VIDEO_PACKETS_PER_SECOND = 260;
const AUDIO_EVERY_MS = 20;
const VIDEO_BYTES = 1170;
const AUDIO_BYTES = 160;
// Browsers pace what they send: 2.5 times the rate of the encoder, in steps of 5 ms.
const PACE_MS = 5;
const PACE_PACKETS = Math.ceil((VIDEO_PACKETS_PER_SECOND * 2.5 * PACE_MS) / 1000);

/** A publisher of about 2.5 Mb/s: 260 packets of video and 50 of audio a second, a key frame every two seconds, deaf to requests. */
export class StreamSource {
  readonly #publication: Publication;
  readonly #video: MediaSender;
  readonly #audio: MediaSender;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #queue: SentPacket[] = [];
  #frames = 0;
  #startedMs = 0;
  #audioSent = 0;

  private constructor(publication: Publication) {
    this.#publication = publication;
    const { audio, video } = publication.tracks;
    const sender = (
      { ssrc, payloadType }: PublicationTrack,
      ticksPerFrame: number,
      payloadBytes: number,
    ): MediaSender => new MediaSender(publication.peer, { ssrc, payloadType, ticksPerFrame, payloadBytes });
    this.#video = sender(video, 3000, VIDEO_BYTES);
    this.#audio = sender(audio, 960, AUDIO_BYTES);
  }

  /** Connects and sends one key frame; `start` sends the rest. */
  static async open(endpoint: string, token: string): Promise<StreamSource> {
    const source = new StreamSource(await publish(endpoint, { token, events: {} }));
    source.#makeFrame();
    source.#sendQueued(Infinity);
    source.#audio.frame();
    return source;
  }

  /** Packets sent so far. */
  get packets(): number {
    return this.#video.count - this.#queue.length + this.#audio.count;
  }

  /** Sends until `stop`. */
  start(): void {
    this.#startedMs = performance.now();
    this.#timers.push(setInterval(() => this.#catchUp(), PACE_MS));
  }

  /** Falls silent and leaves. */
  async stop(): Promise<void> {
    this.pause();
    await this.#publication.stop();
  }

  /** Falls silent. */
  pause(): void {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
    this.#frames = 0;
    this.#audioSent = 0;
  }

  #catchUp(): void {
    const elapsedMs = performance.now() - this.#startedMs;
    while (this.#frames < (elapsedMs * FRAMES_PER_SECOND) / 1000) this.#makeFrame();
    this.#sendQueued(PACE_PACKETS);
    while (this.#audioSent < elapsedMs / AUDIO_EVERY_MS) {
      this.#audio.frame();
      this.#audioSent++;
    }
  }

  #sendQueued(most: number): void {
    for (const packet of this.#queue.splice(0, most)) this.#video.send(packet);
  }

  #makeFrame(): void {
    const before = Math.round((this.#frames * VIDEO_PACKETS_PER_SECOND) / FRAMES_PER_SECOND);
    const after = Math.round(((this.#frames + 1) * VIDEO_PACKETS_PER_SECOND) / FRAMES_PER_SECOND);
    this.#queue.push(...this.#video.make(after - before, this.#frames % FRAMES_PER_GROUP === 0));
    this.#frames++;
  }
}
