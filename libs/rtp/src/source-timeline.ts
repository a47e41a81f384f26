import { SETTLING_MS, SourceTrack } from './source-track.js';
import type { MediaKind } from './track.js';

const AGREEING_MS = 1000;
// Half of what a track may slew, so that a track that is in step with the guest stays so.
const SLEW = 0.0025;

/**
 * Puts both tracks of a guest on one timeline of this machine's clock, by the guest's sender reports: times that are right against each
 * other and, but for the shortest way through the network, those of capture. They are slewed by at most 0.5 %, in the first two seconds by
 * at most 10 %, and never stepped, unless an RTP clock jumps by more than a second against arrival.
 */
export class SourceTimeline {
  readonly #tracks: Readonly<Record<MediaKind, SourceTrack>>;
  #delayMs = Number.NaN;
  #slewedAtMs = Number.NEGATIVE_INFINITY;
  #settlesUntilMs = Number.NaN;

  /** Clock rates in Hz; defaults 48000 and 90000. */
  constructor(clockRates: Partial<Readonly<Record<MediaKind, number>>> = {}) {
    this.#tracks = {
      audio: new SourceTrack(clockRates.audio ?? 48_000),
      video: new SourceTrack(clockRates.video ?? 90_000),
    };
  }

  /** Another source of the same publisher takes a track over, such as another simulcast layer; the guest's clock stays known. */
  restartTrack(kind: MediaKind): void {
    this.#tracks[kind].restart();
  }

  /** Another publisher, with a clock of its own, takes over; no time told from here on is before one told for its track already. */
  restart(): void {
    this.#tracks.audio.restart();
    this.#tracks.video.restart();
    this.#delayMs = Number.NaN;
    this.#slewedAtMs = Number.NEGATIVE_INFINITY;
    this.#settlesUntilMs = Number.NaN;
  }

  /** A sender report: the publisher's wall clock, Unix milliseconds, at an RTP timestamp; `nowMs` is when it came. */
  report(kind: MediaKind, timestamp: number, senderMs: number, nowMs: number): void {
    this.#tracks[kind].report(timestamp >>> 0, senderMs, nowMs);
  }

  /**
   * When an RTP timestamp was captured, Unix milliseconds of this machine; `arrivedAtMs` is when its first packet came. Timestamps may be
   * extended or not, and out of order as those of B-frames are: a later timestamp has a later time.
   */
  timeOf(kind: MediaKind, timestamp: number, arrivedAtMs: number): number {
    const track = this.#tracks[kind];
    const other = this.#tracks[kind === 'audio' ? 'video' : 'audio'];
    const mediaMs = track.mediaMs(timestamp >>> 0);
    track.note(mediaMs, arrivedAtMs, other.isSteadyAt(arrivedAtMs), this.#delayMs);
    this.#slew(arrivedAtMs);
    return track.place(mediaMs, this.#originOf(track));
  }

  #slew(nowMs: number): void {
    const targetMs = this.#targetMs();
    if (Number.isNaN(targetMs)) return;
    const elapsedMs = Math.max(0, nowMs - this.#slewedAtMs);
    this.#slewedAtMs = Math.max(this.#slewedAtMs, nowMs);
    if (Number.isNaN(this.#delayMs)) this.#settlesUntilMs = nowMs + SETTLING_MS;
    if (nowMs <= this.#settlesUntilMs || Math.abs(targetMs - this.#delayMs) > AGREEING_MS) {
      this.#delayMs = targetMs;
      return;
    }
    const most = elapsedMs * SLEW;
    this.#delayMs += Math.max(-most, Math.min(most, targetMs - this.#delayMs));
  }

  /** This clock minus the guest's by the quicker of the tracks; NaN while unknown or while the tracks do not agree on the guest's clock. */
  #targetMs(): number {
    const { audio, video } = this.#tracks;
    if (Number.isNaN(audio.delayMs)) return video.delayMs;
    if (Number.isNaN(video.delayMs)) return audio.delayMs;
    return this.#agree ? Math.min(audio.delayMs, video.delayMs) : Number.NaN;
  }

  get #agree(): boolean {
    const { audio, video } = this.#tracks;
    return !(Math.abs(audio.delayMs - video.delayMs) > AGREEING_MS);
  }

  #originOf(track: SourceTrack): number {
    const isOnGuestClock = !Number.isNaN(track.delayMs) && this.#agree;
    return isOnGuestClock ? track.senderOriginMs + this.#delayMs : track.leastOriginMs;
  }
}
