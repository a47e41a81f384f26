import { play, type Subscription } from '@weir/peer';
import { createDepacketizer, joinAnnexB, type MediaFrame, type MediaKind } from '@weir/rtp';
import { Inbox, type ReceivedFeedback } from './inbox.js';
import { flashSeconds, opusBeepSeconds } from './program-media.js';

type SenderReport = Extract<ReceivedFeedback, { kind: 'sender-report' }>;

const TICKS_PER_MS = { video: 90, audio: 48 } as const;
/** Between two pictures of a program, at 90 kHz. */
const PICTURE_TICKS = 3000;

/** A viewer of a channel over WHEP that puts together what it gets, on the server's clock. */
export class ProgramViewer {
  readonly inbox: Inbox;
  readonly session: Subscription;
  /** When it asked, Unix milliseconds. */
  readonly askedAtMs: number;

  private constructor(session: Subscription, inbox: Inbox, askedAtMs: number) {
    this.session = session;
    this.inbox = inbox;
    this.askedAtMs = askedAtMs;
  }

  /** Watches a WHEP endpoint. */
  static async open(endpoint: string): Promise<ProgramViewer> {
    const inbox = new Inbox();
    const askedAtMs = Date.now();
    const session = await play(endpoint, {
      video: ['h264'],
      profileLevelId: '640c1f',
      events: {
        rtp: (packet, length) => inbox.rtp(packet, length),
        rtcp: (packet, length) => inbox.rtcp(packet, length),
      },
    });
    return new ProgramViewer(session, inbox, askedAtMs);
  }

  /** Frames of a kind, with timestamps as they came. */
  framesOf(kind: MediaKind): MediaFrame[] {
    const frames: MediaFrame[] = [];
    const listener = { frame: (frame: MediaFrame) => frames.push(frame), wantKeyFrame: () => undefined };
    const depacketizer = createDepacketizer(kind === 'video' ? 'h264' : 'opus', listener)!;
    const packets = this.inbox.of(this.#ssrcOf(kind)).filter(({ payload }) => payload.length > 0);
    for (const packet of packets) {
      const sequence = (packet.sequenceNumber - packets[0]!.sequenceNumber) & 0xffff;
      depacketizer.push({ ...packet, sequence, arrivedAtMs: 0 });
    }
    return frames;
  }

  /** Resolves when so many frames of a kind came. */
  async seen(kind: MediaKind, frames: number): Promise<void> {
    const ssrc = this.#ssrcOf(kind);
    const count = () => new Set(this.inbox.of(ssrc).map(({ timestamp }) => timestamp)).size;
    await this.inbox.until(`${frames} frames of ${kind}`, () => count() >= frames);
  }

  /** Resolves when the server told the times of both kinds. */
  async clocked(): Promise<void> {
    const isKnown = (kind: MediaKind) => this.#reportOf(kind) !== undefined;
    await this.inbox.until('sender reports', () => isKnown('audio') && isKnown('video'));
  }

  /** Unix milliseconds of the server at a timestamp of a kind, by its last report. */
  unixMs(kind: MediaKind, timestamp: number): number {
    const report = this.#reportOf(kind);
    if (report === undefined) throw new Error(`There is no sender report of ${kind}.`);
    return report.ntpMs + ((timestamp - report.rtpTimestamp) | 0) / TICKS_PER_MS[kind];
  }

  /** Unix seconds at which pictures turn bright, of those that it did not only get to begin with: these are told the time of their sending. */
  async flashSeconds(): Promise<number[]> {
    const frames = this.framesOf('video');
    const bytes = Buffer.concat(frames.map(({ units }) => joinAnnexB(units)));
    const samples = frames.map(({ timestamp }) => ({ seconds: this.unixMs('video', timestamp) / 1000 }));
    const isOwn = frames.map(
      ({ timestamp }, index) => index === 0 || (timestamp - frames[index - 1]!.timestamp) % PICTURE_TICKS === 0,
    );
    const { seconds: liveSeconds } = samples[Math.max(0, isOwn.lastIndexOf(false))]!;
    return (await flashSeconds(bytes, samples)).filter((seconds) => seconds >= liveSeconds);
  }

  /** Unix seconds at which sound begins after silence. */
  beepSeconds(): Promise<number[]> {
    const frames = this.framesOf('audio');
    return opusBeepSeconds(frames, this.unixMs('audio', frames[0]!.timestamp) / 1000);
  }

  #ssrcOf(kind: MediaKind): number {
    const section = this.session.answer.sections.find(({ kind: of }) => of === kind);
    return section?.ssrcs[0] ?? 0;
  }

  #reportOf(kind: MediaKind): SenderReport | undefined {
    const ssrc = this.#ssrcOf(kind);
    return this.inbox.feedback.findLast(
      (told): told is SenderReport => told.kind === 'sender-report' && told.ssrc === ssrc,
    );
  }
}
