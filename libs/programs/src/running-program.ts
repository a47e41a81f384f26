import type { Stream } from '@weir/channels';
import type { SegmentProfile } from '@weir/hls';
import type { ProgramFigures, ProgramOptions, ProgramReport, ProgramState } from '@weir/program';
import type { Feed, TapEvent } from '@weir/sfu';
import type { Arrangement } from '@weir/stage';
import type { Log } from '@weir/telemetry';
import { GuestTaps, type OpenTap } from './guest-taps.js';
import type { LiveProgram, ProgramListener } from './live-program.js';
import { ProgramFeed } from './program-feed.js';
import type { ProgramLaunch, ProgramProcess } from './program-launch.js';
import { ProgramOutput } from './program-output.js';
import { RestartPause } from './restart-pause.js';
import { publisherAlone, type Stages } from './stages.js';

/** Program time begins so long before the program, because the last key frame came before it and must have a time to be decoded. */
const HISTORY_MS = 10_000;

/** What a running program acts upon. */
export interface ProgramSurroundings {
  readonly log: Log;
  readonly launch: ProgramLaunch;
  readonly tap: OpenTap;
  /** Puts the program itself on air, for viewers in real time. */
  readonly feed: () => Feed;
  /** How it is to be made. */
  readonly options: Omit<ProgramOptions, 'originMs' | 'resume' | 'arrangement'>;
  readonly stages: Stages;
}

/** The program of one stream: asleep or made by one process after the other, which go on where the one before was cut off. */
export class RunningProgram implements LiveProgram {
  readonly channel: string;
  readonly epoch: string;
  readonly startedAtMs: number;
  readonly originMs = Date.now() - HISTORY_MS;
  readonly profile: SegmentProfile;
  readonly #around: ProgramSurroundings;
  readonly #output: ProgramOutput;
  readonly #pause = new RestartPause();
  readonly #feed: ProgramFeed;
  #isWanted = false;
  #isEnded = false;
  #process: ProgramProcess | undefined;
  #taps: GuestTaps | undefined;
  #arrangement: Arrangement | undefined;
  /** The images that the process has. */
  readonly #images = new Map<string, Uint8Array>();
  #closing: Promise<void> | undefined;
  #restart: NodeJS.Timeout | undefined;
  #starts = 0;
  #losses = 0;
  #state: ProgramState;
  #poster: Uint8Array | undefined;
  #figures: ProgramFigures | undefined;
  #isolatedTo: string | undefined;

  constructor(stream: Stream, around: ProgramSurroundings) {
    this.channel = stream.channel;
    this.startedAtMs = stream.startedAtMs;
    this.epoch = stream.startedAtMs.toString(36);
    this.profile = around.options.profile;
    this.#around = around;
    this.#feed = new ProgramFeed(around.feed);
    this.#state = { mode: around.options.mode, isOnSlate: true, droppedRungs: [] };
    this.#output = new ProgramOutput((error) =>
      around.log.error('a feature failed at a program', { channel: this.channel, err: error }),
    );
  }

  get state(): ProgramState {
    return this.#state;
  }

  get poster(): Uint8Array | undefined {
    return this.#poster;
  }

  /** What the process told last; undefined while there is none. */
  get figures(): ProgramFigures | undefined {
    return this.#figures;
  }

  /** Whether a process is making it. */
  get isAwake(): boolean {
    return this.#process !== undefined;
  }

  /** Processes that died by themselves. */
  get losses(): number {
    return this.#losses;
  }

  listen(listener: ProgramListener): void {
    this.#output.listen(listener, this.#images);
  }

  isolate(directory: string | undefined): void {
    this.#isolatedTo = directory;
    this.#process?.isolate(directory);
  }

  /** Whether it is made in real time too; idempotent. */
  realTime(on: boolean): void {
    if (this.#isEnded || on === this.#feed.isOn) return;
    this.#feed.turn(on);
    this.#process?.realTime(on);
  }

  /** The stage of the channel is another one now, or its images are. */
  stageChanged(): void {
    if (this.#process === undefined) return;
    const before = this.#arrangement;
    const arrangement = this.#stage();
    this.#giveImages(this.#process);
    if (arrangement === before) return;
    // Taps first, so that who comes on air has media at the first tick.
    this.#taps?.want(guestsOf(arrangement));
    this.#process.arrange(arrangement);
  }

  /** Somebody needs it: it runs from now on. */
  wake(): void {
    this.#isWanted = true;
    if (this.#isEnded || this.#process !== undefined || this.#closing !== undefined || this.#restart !== undefined)
      return;
    this.#start();
  }

  /** Nobody needs it: it stops, to go on with another run when it is needed again. */
  sleep(): void {
    this.#isWanted = false;
    void this.#stop();
  }

  /** The stream is over; resolves when the last part was handed on. Idempotent. */
  async end(): Promise<void> {
    this.#isEnded = true;
    this.#isWanted = false;
    this.#feed.turn(false);
    await this.#stop();
    this.#output.end();
  }

  #start(): void {
    const { channel, originMs } = this;
    const seconds = Math.max(0, Date.now() - originMs) / 1000;
    const arrangement = this.#stage();
    const options: ProgramOptions = {
      ...this.#around.options,
      originMs,
      ...(arrangement !== undefined && { arrangement }),
      ...(this.#starts > 0 && { resume: this.#output.resume(seconds) }),
    };
    this.#starts += 1;
    this.#pause.started(performance.now());
    const process = this.#around.launch(options, {
      report: (report) => this.#take(report),
      lost: (cause) => {
        if (this.#process === process) this.#lose(cause);
      },
    });
    this.#process = process;
    if (this.#isolatedTo !== undefined) process.isolate(this.#isolatedTo);
    this.#feed.restarted();
    if (this.#feed.isOn) process.realTime(true);
    this.#images.clear();
    this.#giveImages(process);
    this.#taps = new GuestTaps(channel, this.#around.tap, (guest: string, event: TapEvent) =>
      process.media(guest, event),
    );
    this.#taps.want(guestsOf(arrangement));
    this.#around.log.info('program started', { channel, mode: options.mode, run: options.resume?.run ?? 0 });
  }

  async #stop(): Promise<void> {
    clearTimeout(this.#restart);
    this.#restart = undefined;
    const process = this.#process;
    this.#process = undefined;
    this.#closeTaps();
    if (process !== undefined) this.#closing = this.#close(process);
    await this.#closing;
  }

  async #close(process: ProgramProcess): Promise<void> {
    try {
      await process.close();
      this.#around.log.info('program stopped', { channel: this.channel });
    } catch (error) {
      this.#around.log.error('program did not stop cleanly', { channel: this.channel, err: error });
    }
    this.#closing = undefined;
    this.#figures = undefined;
    if (this.#isWanted) this.wake();
  }

  #lose(cause: string): void {
    this.#process = undefined;
    this.#figures = undefined;
    this.#losses += 1;
    this.#closeTaps();
    const pauseMs = this.#pause.died(performance.now());
    this.#around.log.error('program process lost, starting another', { channel: this.channel, cause, pauseMs });
    this.#restart = setTimeout(() => {
      this.#restart = undefined;
      if (this.#isWanted) this.wake();
    }, pauseMs);
  }

  #closeTaps(): void {
    this.#taps?.close();
    this.#taps = undefined;
  }

  /** A program that had a stage keeps one, so that its picture keeps its shape. */
  #stage(): Arrangement | undefined {
    const wasStaged = this.#arrangement !== undefined;
    this.#arrangement = this.#around.stages.arrangement(this.channel) ?? (wasStaged ? publisherAlone : undefined);
    return this.#arrangement;
  }

  #giveImages(process: ProgramProcess): void {
    const wanted = this.#around.stages.images(this.channel);
    for (const name of this.#images.keys()) {
      if (wanted.has(name)) continue;
      this.#images.delete(name);
      process.image(name, undefined);
    }
    for (const [name, file] of wanted) {
      if (this.#images.get(name) === file) continue;
      this.#images.set(name, file);
      process.image(name, file);
      this.#output.image(name, file);
    }
  }

  #take(report: ProgramReport): void {
    switch (report.type) {
      case 'track':
        return this.#output.track(report.track);
      case 'track-ended':
        return this.#output.trackEnded(report.name);
      case 'part':
        return this.#output.part(report.part);
      case 'rtp':
        return this.#feed.take(report);
      case 'rtp-clock':
        return this.#feed.tell(report);
      case 'poster':
        this.#poster = report.jpeg;
        return;
      case 'key-frame':
        return this.#taps?.wantKeyFrame(report.guest);
      case 'state':
        this.#state = report.state;
        return;
      case 'journal':
        return this.#output.journal(report.entry);
      case 'figures':
        this.#figures = report.figures;
        return;
      case 'log':
        return this.#around.log.write(report.level, report.message, { channel: this.channel });
    }
  }
}

function guestsOf(arrangement: Arrangement | undefined): string[] {
  return (arrangement ?? publisherAlone).guests.map(({ guest }) => guest);
}
