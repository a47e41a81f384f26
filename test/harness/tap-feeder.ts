import type { MediaKind } from '@weir/rtp';
import type { TapEvent, TapPacket } from '@weir/sfu';
import { CLIP_RATE, CLIP_SOUND_MS, type FeedClip } from './feed-clip.js';
import { seededRandom } from './random.js';

const LOOP_MS = 5;
const REPORT_MS = 1000;
/** Guests are played 120 ms behind at first. */
const LATE_MS = 100;
const VIDEO_RATE = 90_000;
const AUDIO_RATE = 48_000;

interface FedTrack {
  source: number;
  sequence: number;
  readonly firstTimestamp: number;
  sent: number;
}

/** A publisher as a tap tells of it: a clip in a loop, in real time, with whatever goes wrong. */
export class TapFeeder {
  isVideoMuted = false;
  isSoundMuted = false;
  /** Share of packets that are lost for good. */
  lossShare = 0;
  /** Whether key-frame requests are answered, by going on with the clip's next one. */
  answersKeyFrames = true;
  readonly #send: (event: TapEvent) => void;
  readonly #random = seededRandom(7);
  readonly #video: FedTrack = { source: 1, sequence: 500, firstTimestamp: 3_000_000_000, sent: 0 };
  readonly #sound: FedTrack = { source: 2, sequence: 900, firstTimestamp: 77_000, sent: 0 };
  #clip: FeedClip;
  #cursor = 0;
  #publisher = 1;
  #startedMs = 0;
  #reportedMs = 0;
  #fedAtMs = 0;
  #lateAtMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(clip: FeedClip, send: (event: TapEvent) => void) {
    this.#clip = clip;
    this.#send = send;
  }

  /** Unix milliseconds at which the first picture of the clip was taken, for as long as nothing but the clip's loop changes it. */
  get startedAtMs(): number {
    return this.#startedMs;
  }

  /** Unix milliseconds at which it last sent something late, as this process or its machine had stood still; 0 for never. */
  get lateAtMs(): number {
    return this.#lateAtMs;
  }

  /** Another clip goes on in the same source, with its first picture. */
  set clip(clip: FeedClip) {
    this.#clip = clip;
    this.#cursor = 0;
  }

  /** The publisher comes, with sources of its own. */
  start(): void {
    this.#startedMs = Date.now();
    this.#fedAtMs = this.#startedMs;
    this.#reportedMs = 0;
    this.#cursor = 0;
    for (const track of [this.#video, this.#sound]) {
      track.sent = 0;
      track.source += 2;
      track.sequence += 1000;
    }
    this.#timer = setInterval(() => this.#feed(), LOOP_MS);
  }

  /** It falls silent. */
  stop(): void {
    clearInterval(this.#timer);
  }

  /** It is gone. */
  leave(): void {
    this.stop();
    this.#publisher += 1;
    this.#send({ type: 'gone' });
  }

  /** A key frame is asked for. */
  wantKeyFrame(): void {
    if (!this.answersKeyFrames) return;
    const { pictures } = this.#clip;
    while (!pictures[this.#cursor % pictures.length]!.isKey) this.#cursor += 1;
  }

  #feed(): void {
    const nowMs = Date.now();
    const elapsedMs = nowMs - this.#startedMs;
    if (nowMs - this.#fedAtMs > LATE_MS) this.#lateAtMs = nowMs;
    this.#fedAtMs = nowMs;
    for (; (this.#video.sent * 1000) / CLIP_RATE <= elapsedMs; this.#video.sent += 1) {
      const picture = this.#clip.pictures[this.#cursor++ % this.#clip.pictures.length]!;
      const timestamp = (this.#video.sent * VIDEO_RATE) / CLIP_RATE;
      if (!this.isVideoMuted) this.#packets('video', picture.payloads, timestamp, nowMs);
    }
    for (; (this.#sound.sent + 1) * CLIP_SOUND_MS <= elapsedMs; this.#sound.sent += 1) {
      const packet = this.#clip.sound[this.#sound.sent % this.#clip.sound.length]!;
      const timestamp = (this.#sound.sent * CLIP_SOUND_MS * AUDIO_RATE) / 1000;
      if (!this.isSoundMuted) this.#packets('audio', [packet], timestamp, nowMs);
    }
    if (elapsedMs - this.#reportedMs < REPORT_MS && this.#reportedMs > 0) return;
    this.#reportedMs = elapsedMs;
    this.#report('video', elapsedMs);
    this.#report('audio', elapsedMs);
  }

  #packets(kind: MediaKind, payloads: readonly Uint8Array[], timestamp: number, arrivedAtMs: number): void {
    const track = kind === 'video' ? this.#video : this.#sound;
    const packets: TapPacket[] = [];
    for (const [index, payload] of payloads.entries()) {
      const sequence = track.sequence++;
      if (this.lossShare > 0 && this.#random() < this.lossShare) continue;
      packets.push({
        sequence,
        timestamp: (track.firstTimestamp + timestamp) >>> 0,
        marker: index === payloads.length - 1,
        arrivedAtMs,
        payload,
      });
    }
    const codec = kind === 'video' ? this.#clip.codec : 'opus';
    const clockRate = kind === 'video' ? VIDEO_RATE : AUDIO_RATE;
    const { source } = track;
    this.#send({ type: 'packets', kind, publisher: this.#publisher, source, codec, clockRate, packets });
  }

  #report(kind: MediaKind, elapsedMs: number): void {
    const track = kind === 'video' ? this.#video : this.#sound;
    const clockRate = kind === 'video' ? VIDEO_RATE : AUDIO_RATE;
    const arrivedAtMs = this.#startedMs + elapsedMs;
    this.#send({
      type: 'clock',
      kind,
      publisher: this.#publisher,
      source: track.source,
      timestamp: (track.firstTimestamp + Math.round((elapsedMs * clockRate) / 1000)) >>> 0,
      // The publisher's clock is another one.
      senderMs: arrivedAtMs - 1_234_567,
      arrivedAtMs,
    });
  }
}
