import {
  type CodecName,
  createDepacketizer,
  type Depacketizer,
  type MediaFrame,
  type MediaKind,
  ReorderBuffer,
  SourceTimeline,
} from '@weir/rtp';
import type { TapEvent, TapPacket } from '@weir/sfu';
import type { ProgramClock } from './program-clock.js';

/** One coded picture or packet of sound of a guest. */
export interface GuestFrame extends MediaFrame {
  readonly kind: MediaKind;
  readonly codec: CodecName;
  /** Changes when another encoder, layer or publisher takes the track over. */
  readonly source: number;
  /** When it was captured, program milliseconds. */
  readonly timeMs: number;
}

/** What a guest's media become; frames of a track come in the order of decoding. */
export interface GuestMediaListener {
  frame(frame: GuestFrame): void;
  /** How loud the guest is, as its packets of sound tell: decibels below overload (RFC 6464 section 3). */
  level(level: number): void;
  /** Nothing can be decoded before a key frame. */
  wantKeyFrame(): void;
  /** The publisher is gone; another may come. */
  gone(): void;
  /** A codec came that cannot be taken apart; told once for each source. */
  unknownCodec(codec: CodecName): void;
}

type Packets = Extract<TapEvent, { type: 'packets' }>;
type ClockReport = Extract<TapEvent, { type: 'clock' }>;

interface OpenSource {
  readonly source: number;
  readonly reorder: ReorderBuffer<TapPacket>;
  readonly depacketizer: Depacketizer | undefined;
}

/** Puts the packets of one guest in order, together to frames, and on the time of the program. */
export class GuestMedia {
  readonly #clock: ProgramClock;
  readonly #listener: GuestMediaListener;
  readonly #timeline = new SourceTimeline();
  readonly #sources: { audio: OpenSource | undefined; video: OpenSource | undefined } = {
    audio: undefined,
    video: undefined,
  };
  readonly #early: { audio: ClockReport | undefined; video: ClockReport | undefined } = {
    audio: undefined,
    video: undefined,
  };
  #publisher: number | undefined;
  #lastMediaMs = Number.NEGATIVE_INFINITY;
  #isGone = true;
  #lostBefore = 0;

  constructor(clock: ProgramClock, listener: GuestMediaListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  /** When the last packet came, program milliseconds. */
  get lastMediaMs(): number {
    return this.#lastMediaMs;
  }

  /** Whether there is no publisher. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Pictures that were not whole, or of no use before a key frame. */
  get framesLost(): number {
    return this.#lostBefore + (this.#sources.video?.depacketizer?.dropped ?? 0);
  }

  take(event: TapEvent): void {
    if (event.type === 'gone') {
      this.#end();
      return;
    }
    if (event.publisher !== this.#publisher) this.#changePublisher(event.publisher);
    if (event.type === 'packets') this.#packets(event);
    else this.#note(event);
  }

  /** Gives up packets that were waited for too long; call it every few milliseconds. */
  tick(): void {
    const nowMs = this.#clock.nowMs();
    this.#sources.video?.reorder.tick(nowMs);
    this.#sources.audio?.reorder.tick(nowMs);
  }

  #packets(event: Packets): void {
    const { kind, source } = event;
    const nowMs = this.#clock.nowMs();
    this.#lastMediaMs = nowMs;
    this.#isGone = false;
    let open = this.#sources[kind];
    if (open?.source !== source) {
      this.#close(kind);
      if (open !== undefined) this.#timeline.restartTrack(kind);
      open = this.#open(kind, source, event.codec);
      this.#sources[kind] = open;
      const early = this.#early[kind];
      if (early?.source === source) this.#place(early);
    }
    for (const packet of event.packets) open.reorder.push(packet, nowMs);
    const level = event.packets.at(-1)?.audioLevel;
    if (level !== undefined) this.#listener.level(level);
  }

  /** A source that is known already begins with a report, before its first packets. */
  #note(report: ClockReport): void {
    this.#early[report.kind] = report;
    if (this.#sources[report.kind]?.source === report.source) this.#place(report);
  }

  #place({ kind, timestamp, senderMs, arrivedAtMs }: ClockReport): void {
    this.#timeline.report(kind, timestamp, senderMs, this.#clock.atUnixMs(arrivedAtMs));
  }

  #changePublisher(publisher: number | undefined): void {
    this.#close('audio');
    this.#close('video');
    this.#early.audio = undefined;
    this.#early.video = undefined;
    if (this.#publisher !== undefined) this.#timeline.restart();
    this.#publisher = publisher;
  }

  #end(): void {
    this.#changePublisher(undefined);
    if (this.#isGone) return;
    this.#isGone = true;
    this.#listener.gone();
  }

  #open(kind: MediaKind, source: number, codec: CodecName): OpenSource {
    const depacketizer = createDepacketizer(codec, {
      frame: (frame) => this.#frame(kind, source, codec, frame),
      wantKeyFrame: () => this.#listener.wantKeyFrame(),
    });
    if (depacketizer === undefined) this.#listener.unknownCodec(codec);
    const reorder = new ReorderBuffer<TapPacket>(
      { kind },
      // What is lost shows in the sequence numbers that follow.
      { packet: (packet) => depacketizer?.push(packet), lost: () => undefined },
    );
    return { source, reorder, depacketizer };
  }

  #close(kind: MediaKind): void {
    const open = this.#sources[kind];
    if (open === undefined) return;
    open.reorder.flush();
    if (kind === 'video') this.#lostBefore += open.depacketizer?.dropped ?? 0;
    this.#sources[kind] = undefined;
  }

  #frame(kind: MediaKind, source: number, codec: CodecName, frame: MediaFrame): void {
    const arrivedMs = this.#clock.atUnixMs(frame.arrivedAtMs);
    const timeMs = this.#timeline.timeOf(kind, frame.timestamp, arrivedMs);
    if (timeMs >= 0) this.#listener.frame({ ...frame, kind, codec, source, timeMs });
  }
}
