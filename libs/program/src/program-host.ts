import type { MediaKind } from '@weir/rtp';
import type { TapEvent } from '@weir/sfu';
import type { Arrangement } from '@weir/stage';
import { CpuMeter } from './cpu-meter.js';
import { type GuestFrame, GuestMedia } from './guest-media.js';
import { ImageShelf } from './image-shelf.js';
import { IsolatedTracks } from './isolated-tracks.js';
import type { Leg, LegSurroundings } from './leg.js';
import { PassthroughJudge } from './passthrough-judge.js';
import { longestGroupMs, PassthroughLeg } from './passthrough-leg.js';
import { ProgramClock } from './program-clock.js';
import type { ProgramOptions } from './program-options.js';
import type { ProgramReport, ProgramRequest, ProgramState } from './program-protocol.js';
import { QuantileWindow } from './quantile-window.js';
import { RealTimeOutput } from './real-time-output.js';
import type { RunPosition } from './run-output.js';
import { StageLeg } from './stage-leg.js';

const TICK_MS = 10;
const FIGURES_MS = 2000;
const LAG_SECONDS = 10;
const ASK_EVERY_MS = 500;
/** The track that every leg has. */
const LASTING_TRACK = 'audio';
const STAGED = 'A stage is composed.';
const NOT_STAGED = 'ffmpeg is missing: the stage cannot be composed.';

/** A program in its process: takes requests, gives reports. */
export class ProgramHost {
  readonly #options: ProgramOptions;
  readonly #report: (report: ProgramReport) => void;
  readonly #clock: ProgramClock;
  readonly #cpu = new CpuMeter();
  readonly #tickLags: QuantileWindow;
  readonly #guests = new Map<string, GuestMedia>();
  readonly #isolated: IsolatedTracks;
  readonly #tracks = new Set<string>();
  readonly #askedMs = new Map<string, number>();
  readonly #timers: NodeJS.Timeout[];
  readonly #images: ImageShelf;
  readonly #realTime: RealTimeOutput;
  #title: string;
  #arrangement: Arrangement | undefined;
  #mode: ProgramState['mode'];
  #leg: Leg;
  /** Why the leg is not the one that was asked for. */
  #reason: string | undefined;
  #isolationFault: string | undefined;
  #codecFault: string | undefined;
  /** Judges whether passthrough can begin again, when it was left because the publisher was away. */
  #judge: PassthroughJudge | undefined;
  #toldState = '';
  #keyFrameRequests = 0;
  #closing: Promise<void> | undefined;
  /** Counts of legs that are over. */
  readonly #past = { framesDecoded: 0, framesRepeated: 0, encoderRestarts: 0, decoderRestarts: 0 };

  constructor(options: ProgramOptions, report: (report: ProgramReport) => void) {
    this.#options = options;
    this.#title = options.title;
    this.#arrangement = options.arrangement;
    this.#report = (told) => this.#pass(told, report);
    this.#clock = new ProgramClock(options.originMs);
    this.#tickLags = new QuantileWindow(Math.round(LAG_SECONDS * options.frameRate));
    this.#isolated = new IsolatedTracks({
      originMs: options.originMs,
      onFailure: (message) => {
        this.#isolationFault = `The guests' own tracks cannot be written: ${message}.`;
        this.#log('error', this.#isolationFault);
        this.#tellState();
      },
    });
    this.#images = new ImageShelf({
      ffmpegPath: options.ffmpegPath ?? '',
      onFailure: (name, why) => this.#log('warn', `image ${name} cannot be shown: ${why}`),
    });
    this.#realTime = new RealTimeOutput(options.originMs, this.#report);
    const { run, segment, seconds } = options.resume ?? { run: 0, segment: 0, seconds: 0 };
    const isComposed = options.mode === 'program' || options.arrangement !== undefined;
    this.#mode = isComposed && options.ffmpegPath !== undefined ? 'program' : 'passthrough';
    this.#leg = this.#newLeg(Promise.resolve({ run, segment }), seconds, false);
    this.#timers = [setInterval(() => this.#tick(), TICK_MS), setInterval(() => this.#tellFigures(), FIGURES_MS)];
    this.#tellState();
  }

  /** Takes a request other than the one that opened it. */
  take(request: Exclude<ProgramRequest, { type: 'open' }>): void {
    switch (request.type) {
      case 'media':
        return this.#media(request.guest, request.event);
      case 'title':
        this.#title = request.title;
        return this.#leg.title(request.title);
      case 'arrange':
        return this.#arrange(request.arrangement);
      case 'image':
        return this.#images.put(request.name, request.file && new Uint8Array(request.file));
      case 'level':
        return this.#leg.level(request.guest, request.level);
      case 'real-time':
        this.#realTime.isOn = request.on;
        return;
      case 'isolate':
        this.#isolationFault = undefined;
        this.#isolated.directory = request.directory;
        return this.#tellState();
      case 'close':
        return void this.close();
    }
  }

  /** Ends it: what is left is reported, and then that it is closed. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#images.close();
    await Promise.all([this.#leg.close(), this.#isolated.close()]);
    for (const timer of this.#timers) clearInterval(timer);
    this.#tellFigures();
    this.#report({ type: 'closed' });
  }

  #media(guest: string, event: TapEvent): void {
    if (this.#closing !== undefined) return;
    let media = this.#guests.get(guest);
    if (media === undefined) {
      media = new GuestMedia(this.#clock, {
        frame: (frame) => this.#frame(guest, frame),
        level: (level) => this.#leg.level(guest, level),
        wantKeyFrame: () => this.#wantKeyFrame(guest),
        gone: () => this.#leg.gone(guest),
        unknownCodec: (codec) => {
          this.#codecFault = `The publisher sends ${codec.toUpperCase()}, which cannot be taken apart.`;
          this.#tellState();
        },
      });
      this.#guests.set(guest, media);
    }
    media.take(event);
  }

  #frame(guest: string, frame: GuestFrame): void {
    if (frame.kind === ('video' satisfies MediaKind)) this.#codecFault = undefined;
    if (this.#isOnStage(guest)) this.#isolated.frame(guest, frame);
    if (this.#judge !== undefined && frame.kind === 'video') this.#judgeAgain(frame);
    this.#leg.frame(guest, frame);
  }

  /** Whoever waits behind the stage is not recorded. */
  #isOnStage(guest: string): boolean {
    return this.#arrangement?.guests.some((one) => one.guest === guest) ?? true;
  }

  #arrange(arrangement: Arrangement | undefined): void {
    const before = this.#arrangement;
    this.#arrangement = arrangement;
    for (const guest of this.#guests.keys()) if (!this.#isOnStage(guest)) this.#isolated.leave(guest);
    this.#leg.arrange(arrangement);
    if (this.#closing !== undefined || this.#options.ffmpegPath === undefined) return this.#tellState();
    if (arrangement !== undefined) this.#judge = undefined;
    if (arrangement !== undefined && this.#mode === 'passthrough') {
      this.#reason = STAGED;
      this.#goOver('program');
    } else if (arrangement === undefined && before !== undefined && this.#options.mode === 'passthrough') {
      this.#judge = new PassthroughJudge(this.#clock.nowMs(), longestGroupMs(this.#options.profile, true));
    }
  }

  #tick(): void {
    for (const media of this.#guests.values()) media.tick();
  }

  #wantKeyFrame(guest: string): void {
    const now = this.#clock.nowMs();
    if (now - (this.#askedMs.get(guest) ?? Number.NEGATIVE_INFINITY) < ASK_EVERY_MS) return;
    this.#askedMs.set(guest, now);
    this.#keyFrameRequests += 1;
    this.#report({ type: 'key-frame', guest });
  }

  #newLeg(position: Promise<RunPosition>, notBeforeSeconds: number, isTrusted: boolean): Leg {
    const { ffmpegPath } = this.#options;
    const around: LegSurroundings = {
      options: optionsNow(this.#options, this.#title, this.#arrangement),
      images: this.#images,
      realTime: this.#realTime,
      clock: this.#clock,
      cpu: this.#cpu,
      tickLags: this.#tickLags,
      guests: this.#guests,
      position,
      notBeforeSeconds,
      report: this.#report,
      wantKeyFrame: (guest) => this.#wantKeyFrame(guest),
      changed: () => this.#tellState(),
    };
    if (this.#mode === 'program' && ffmpegPath !== undefined) return new StageLeg(around, ffmpegPath);
    return new PassthroughLeg({
      around,
      ffmpegPath,
      isTrusted,
      onUnfit: (reason, isAway) => {
        this.#reason = reason;
        this.#judge = isAway
          ? new PassthroughJudge(this.#clock.nowMs(), longestGroupMs(around.options.profile, true))
          : undefined;
        this.#goOver('program');
      },
    });
  }

  /** The other leg makes the program from now on, as another run. */
  #goOver(mode: ProgramState['mode']): void {
    if (this.#closing !== undefined) return;
    const before = this.#leg;
    const { framesDecoded, framesRepeated, encoderRestarts, decoderRestarts } = before.figures;
    this.#past.framesDecoded += framesDecoded;
    this.#past.framesRepeated += framesRepeated;
    this.#past.encoderRestarts += encoderRestarts;
    this.#past.decoderRestarts += decoderRestarts;
    this.#mode = mode;
    const { endSeconds } = before;
    this.#leg = this.#newLeg(this.#end(before), endSeconds, true);
    this.#log('info', `mode ${mode}${this.#reason === undefined ? '' : `: ${this.#reason}`}`);
    this.#tellState();
    for (const guest of this.#guests.keys()) this.#wantKeyFrame(guest);
  }

  async #end(leg: Leg): Promise<RunPosition> {
    const next = await leg.close();
    for (const name of this.#tracks) {
      if (name !== LASTING_TRACK) this.#report({ type: 'track-ended', name });
    }
    return next;
  }

  #judgeAgain(frame: GuestFrame): void {
    const judge = this.#judge!;
    judge.take(frame);
    const fault = judge.fault(this.#clock.nowMs());
    if (fault !== undefined) {
      this.#judge = undefined;
      this.#reason = fault;
      this.#tellState();
    } else if (frame.isKey && judge.isFit) {
      this.#judge = undefined;
      this.#reason = undefined;
      this.#goOver('passthrough');
    }
  }

  #tellState(): void {
    const unstaged = this.#arrangement !== undefined && this.#mode === 'passthrough' ? NOT_STAGED : undefined;
    const reasons = [this.#reason, this.#codecFault, this.#leg.reason, this.#isolationFault, unstaged];
    const reason = reasons.filter(Boolean).join(' ');
    const state: ProgramState = {
      mode: this.#mode,
      ...(reason !== '' && { reason }),
      isOnSlate: this.#leg.isOnSlate,
      droppedRungs: [...this.#leg.droppedRungs],
    };
    const text = JSON.stringify(state);
    if (text === this.#toldState) return;
    this.#toldState = text;
    this.#report({ type: 'state', state });
  }

  #tellFigures(): void {
    const { figures } = this.#leg;
    const lost = [...this.#guests.values()].reduce((sum, media) => sum + media.framesLost, 0);
    this.#tellState();
    this.#report({
      type: 'figures',
      figures: {
        tickLagP50Ms: this.#tickLags.quantile(0.5),
        tickLagP99Ms: this.#tickLags.quantile(0.99),
        encoderQueue: figures.encoderQueue,
        framesDecoded: this.#past.framesDecoded + figures.framesDecoded,
        framesRepeated: this.#past.framesRepeated + figures.framesRepeated,
        framesLost: lost,
        keyFrameRequests: this.#keyFrameRequests,
        encoderRestarts: this.#past.encoderRestarts + figures.encoderRestarts,
        decoderRestarts: this.#past.decoderRestarts + figures.decoderRestarts,
        cpuSeconds: this.#cpu.seconds(),
      },
    });
  }

  #log(level: 'info' | 'warn' | 'error', message: string): void {
    this.#report({ type: 'log', level, message });
  }

  #pass(told: ProgramReport, report: (report: ProgramReport) => void): void {
    if (told.type === 'track') this.#tracks.add(told.track.name);
    else if (told.type === 'track-ended' && !this.#tracks.delete(told.name)) return;
    report(told);
  }
}

function optionsNow(options: ProgramOptions, title: string, arrangement: Arrangement | undefined): ProgramOptions {
  const { arrangement: _first, ...rest } = options;
  return { ...rest, title, ...(arrangement !== undefined && { arrangement }) };
}
