import type { TrackInit } from '@weir/cmaf';
import { type SegmentProfile, targetDurationSeconds } from '@weir/hls';
import type { GuestFrame } from './guest-media.js';
import { KeyFramePoster } from './key-frame-poster.js';
import type { Leg, LegFigures, LegSurroundings } from './leg.js';
import { PassthroughJudge } from './passthrough-judge.js';
import { PassthroughRun, sourceInit } from './passthrough-run.js';
import { RestartPause } from './restart-pause.js';
import type { RunPosition } from './run-output.js';

/** How a passthrough leg begins and what it may do. */
export interface PassthroughLegOptions {
  readonly around: LegSurroundings;
  readonly ffmpegPath: string | undefined;
  /** Whether the input has qualified already, so that the next key frame is the beginning. */
  readonly isTrusted: boolean;
  /** Something else has to make the program, with the reason; with `isAway` only until the publisher is back. Told once. */
  readonly onUnfit: (reason: string, isAway: boolean) => void;
}

const TICK_MS = 100;
const AWAY_MS = 2000;
const GONE_MS = 500;
const ASK_EVERY_MS = 1000;
const MOST_HELD_FRAMES = 4000;
const FIRST_BITRATE_BPS = 2_500_000;
const LONGEST_GROUP_MS = 10_000;
const ROUNDED_SECONDS = 0.4;

/** The passthrough mode: the publisher's H.264 as it is. */
export class PassthroughLeg implements Leg {
  readonly droppedRungs: readonly string[] = [];
  readonly isOnSlate = false;
  readonly #around: LegSurroundings;
  readonly #options: PassthroughLegOptions;
  readonly #judge: PassthroughJudge;
  readonly #pause = new RestartPause();
  readonly #poster: KeyFramePoster | undefined;
  readonly #timer: NodeJS.Timeout;
  /** Frames from the first key frame on, while the input is judged. */
  #held: GuestFrame[] = [];
  #isTrusted: boolean;
  #guest: string | undefined;
  #position: RunPosition | undefined;
  #positionNext: Promise<RunPosition>;
  #run: PassthroughRun | undefined;
  #init: TrackInit | undefined;
  #bitrateBps = FIRST_BITRATE_BPS;
  #frameRate: number;
  #endSeconds: number;
  #askedMs = 0;
  /** When the last frame of video came. */
  #videoMs: number;
  #mayStartMs = Number.NEGATIVE_INFINITY;
  #restarts = 0;
  #isUnfit = false;
  #closing: Promise<RunPosition> | undefined;

  constructor(options: PassthroughLegOptions) {
    const { around, ffmpegPath, isTrusted } = options;
    this.#options = options;
    this.#around = around;
    this.#isTrusted = isTrusted;
    this.#videoMs = around.clock.nowMs();
    this.#judge = new PassthroughJudge(this.#videoMs, longestGroupMs(around.options.profile, ffmpegPath !== undefined));
    this.#frameRate = around.options.frameRate;
    this.#endSeconds = around.notBeforeSeconds;
    this.#positionNext = around.position;
    void this.#awaitPosition();
    if (ffmpegPath !== undefined) {
      this.#poster = new KeyFramePoster(ffmpegPath, (jpeg) => around.report({ type: 'poster', jpeg }));
    }
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  get reason(): string | undefined {
    if (this.#options.ffmpegPath !== undefined) return undefined;
    const missing = 'ffmpeg is missing: H.264 and Opus are passed on as they are, without other sizes.';
    const fault = this.#judge.fault(this.#around.clock.nowMs());
    return fault === undefined ? missing : `${fault} ${missing}`;
  }

  get figures(): LegFigures {
    return {
      encoderQueue: 0,
      framesDecoded: 0,
      framesRepeated: 0,
      encoderRestarts: this.#restarts,
      decoderRestarts: 0,
    };
  }

  get endSeconds(): number {
    return Math.max(this.#endSeconds, this.#run?.endSeconds ?? 0);
  }

  frame(guest: string, frame: GuestFrame): void {
    this.#guest ??= guest;
    if (this.#closing !== undefined || guest !== this.#guest) return;
    if (frame.kind === 'video') this.#video(frame);
    else if (this.#run !== undefined) this.#run.frame(frame);
    else if (this.#held.length > 0) this.#hold(frame);
  }

  gone(): void {
    this.#held = [];
  }

  title(): void {
    // There is no slate.
  }

  arrange(): void {
    // Whoever arranges goes over to the other leg.
  }

  level(): void {
    // Nobody is chosen by it.
  }

  close(): Promise<RunPosition> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<RunPosition> {
    clearInterval(this.#timer);
    this.#poster?.close();
    this.#end();
    return this.#positionNext;
  }

  #video(frame: GuestFrame): void {
    this.#videoMs = this.#around.clock.nowMs();
    this.#judge.take(frame);
    if (this.#judge.fault(this.#around.clock.nowMs()) !== undefined) {
      this.#tellUnfit();
      return;
    }
    if (frame.isKey) this.#key(frame);
    if (this.#run !== undefined) this.#run.frame(frame);
    else if (frame.isKey || this.#held.length > 0) this.#hold(frame);
    if (this.#run === undefined) this.#begin();
  }

  #key(frame: GuestFrame): void {
    const init = sourceInit(frame);
    if (init === undefined) return;
    this.#poster?.take(frame, init, this.#around.clock.nowMs());
    // Other parameter sets are another run, which begins with this key frame.
    if (this.#run !== undefined && !isSame(init, this.#init)) this.#end();
    if (this.#run === undefined && this.#held.length > 0) this.#measure(frame);
    // What was held while it is judged stays, unless it cannot be of the same run.
    if (this.#run === undefined && !isSame(init, this.#init)) this.#held = [];
    this.#init = init;
  }

  #hold(frame: GuestFrame): void {
    if (this.#held.length >= MOST_HELD_FRAMES) this.#held = [];
    else this.#held.push(frame);
  }

  /** Starts a run with the held frames as soon as it may. */
  #begin(): void {
    const first = this.#held.find(({ kind }) => kind === 'video');
    const { clock, options } = this.#around;
    if (first === undefined || this.#init === undefined || this.#position === undefined) return;
    if (!(this.#isTrusted || this.#judge.isFit) || clock.nowMs() < this.#mayStartMs) return;
    if (!first.isKey || first.timeMs / 1000 < this.#endSeconds) {
      this.#held = [];
      return;
    }
    this.#isTrusted = true;
    this.#pause.started(clock.nowMs());
    const run: PassthroughRun = new PassthroughRun(
      {
        position: this.#position,
        ffmpegPath: this.#options.ffmpegPath,
        profile: options.profile,
        first,
        bitrateBps: this.#bitrateBps,
        frameRate: this.#frameRate,
        cpu: this.#around.cpu,
        report: this.#around.report,
        realTime: this.#around.realTime,
        onFailure: (why) => this.#fail(run, why),
      },
      this.#init,
    );
    this.#run = run;
    for (const frame of this.#held.splice(0)) run.frame(frame);
    this.#around.changed();
  }

  #end(): void {
    const run = this.#run;
    if (run === undefined) return;
    this.#endSeconds = this.endSeconds;
    this.#run = undefined;
    this.#position = undefined;
    this.#positionNext = run.finish();
    void this.#awaitPosition();
  }

  async #awaitPosition(): Promise<void> {
    const next = this.#positionNext;
    const position = await next;
    if (next === this.#positionNext) this.#position = position;
  }

  #fail(run: PassthroughRun, why: string): void {
    this.#around.report({ type: 'log', level: 'error', message: `encoder of sound lost: ${why}` });
    if (run !== this.#run) return;
    this.#restarts += 1;
    const now = this.#around.clock.nowMs();
    this.#mayStartMs = now + this.#pause.died(now);
    this.#end();
    if (this.#guest !== undefined) this.#around.wantKeyFrame(this.#guest);
  }

  #tick(): void {
    const now = this.#around.clock.nowMs();
    this.#run?.advance(now);
    const media = this.#guest === undefined ? undefined : this.#around.guests.get(this.#guest);
    const isAway = media !== undefined && now - media.lastMediaMs > (media.isGone ? GONE_MS : AWAY_MS);
    if (isAway || (this.#isTrusted && now - this.#videoMs > AWAY_MS)) {
      this.#judge.pause(now);
      this.#leave(isAway ? 'The publisher is away.' : 'The publisher sends no video.', true);
      return;
    }
    if (this.#judge.fault(now) !== undefined) this.#tellUnfit();
    else if (this.#run === undefined) this.#begin();
    this.#askForKey(now);
  }

  /** Without ffmpeg there is nothing to go over to: a browser is made to send key frames as often as segments begin. */
  #askForKey(now: number): void {
    if (this.#options.ffmpegPath !== undefined || this.#guest === undefined) return;
    const { segmentSeconds } = this.#around.options.profile;
    const sinceMs = now - (this.#judge.lastKeyMs ?? Number.NEGATIVE_INFINITY);
    if (sinceMs < segmentSeconds * 1000 || now - this.#askedMs < ASK_EVERY_MS) return;
    this.#askedMs = now;
    this.#around.wantKeyFrame(this.#guest);
  }

  #tellUnfit(): void {
    const fault = this.#judge.fault(this.#around.clock.nowMs());
    if (fault !== undefined) this.#leave(fault, false);
  }

  #leave(reason: string, isAway: boolean): void {
    if (this.#isUnfit) return;
    if (this.#options.ffmpegPath === undefined) {
      this.#around.changed();
      return;
    }
    this.#isUnfit = true;
    this.#options.onUnfit(reason, isAway);
  }

  #measure(next: GuestFrame): void {
    const video = this.#held.filter(({ kind }) => kind === 'video');
    const seconds = (next.timeMs - video[0]!.timeMs) / 1000;
    if (!(seconds > 0)) return;
    const bytes = video.reduce((sum, { units }) => sum + units.reduce((all, unit) => all + unit.length, 0), 0);
    this.#bitrateBps = Math.round((8 * bytes) / seconds);
    this.#frameRate = Math.round((100 * video.length) / seconds) / 100;
  }
}

/** A segment may be longer than the target duration by what rounding forgives. Without anything to go over to, segments are cut where they must be. */
export function longestGroupMs(profile: SegmentProfile, canCompose: boolean): number {
  return canCompose ? 1000 * (targetDurationSeconds(profile) + ROUNDED_SECONDS) : LONGEST_GROUP_MS;
}

function isSame(one: TrackInit, other: TrackInit | undefined): boolean {
  if (other === undefined || one.bytes.length !== other.bytes.length) return false;
  return one.bytes.every((byte, index) => byte === other.bytes[index]);
}
