import type { ProgramReport } from '@weir/program';
import { createDepacketizer, joinAnnexB, type MediaFrame, type MediaKind, type OutgoingPacket } from '@weir/rtp';
import { flashSeconds, opusBeepSeconds } from './program-media.js';
import type { ProgramWatch } from './program-watch.js';

const RATES = { video: 90_000, audio: 48_000 } as const;

type Told = Extract<ProgramReport, { type: 'rtp' }> & { readonly atMs: number };
type ToldClock = Extract<ProgramReport, { type: 'rtp-clock' }>;

/** What a program tells as RTP, put together again as whoever receives it would. */
export class ProgramRtp {
  readonly reports: Told[] = [];
  readonly clocks: ToldClock[] = [];

  constructor(watch: ProgramWatch) {
    watch.onReport = (report) => {
      if (report.type === 'rtp') this.reports.push({ ...report, atMs: Date.now() });
      else if (report.type === 'rtp-clock') this.clocks.push(report);
    };
  }

  /** Packets of a kind, in order. */
  packetsOf(kind: MediaKind): OutgoingPacket[] {
    return this.reports.flatMap((report) => (report.kind === kind ? report.packets : []));
  }

  /** Frames of a kind. */
  framesOf(kind: MediaKind): MediaFrame[] {
    const frames: MediaFrame[] = [];
    const depacketizer = createDepacketizer(kind === 'video' ? 'h264' : 'opus', {
      frame: (frame) => frames.push(frame),
      wantKeyFrame: () => undefined,
    })!;
    for (const [index, packet] of this.packetsOf(kind).entries())
      depacketizer.push({ ...packet, sequence: index, arrivedAtMs: 0 });
    return frames.map((frame) => ({ ...frame, timestamp: frame.timestamp % 2 ** 32 }));
  }

  /** Unix milliseconds of a timestamp, by the first clock of its kind. */
  unixMs(kind: MediaKind, timestamp: number): number {
    const clock = this.clocks.find((one) => one.kind === kind)!;
    return clock.atMs + ((timestamp - clock.timestamp) * 1000) / RATES[kind];
  }

  /** Unix seconds at which pictures turn bright. */
  flashSeconds(): Promise<number[]> {
    const frames = this.framesOf('video');
    const bytes = Buffer.concat(frames.map(({ units }) => joinAnnexB(units)));
    return flashSeconds(
      bytes,
      frames.map(({ timestamp }) => ({ seconds: this.unixMs('video', timestamp) / 1000 })),
    );
  }

  /** Unix seconds at which sound begins after silence. */
  beepSeconds(): Promise<number[]> {
    const frames = this.framesOf('audio');
    return opusBeepSeconds(frames, this.unixMs('audio', frames[0]!.timestamp) / 1000);
  }
}
