import type { Part } from '@weir/hls';
import { OriginApp } from '../../harness/origin-app.js';
import { SampleProgram } from '../../harness/sample-program.js';
import { childOptions, serveCalls } from '../loadgen/child-calls.js';

/** What the origin's process is told when it starts. */
export interface HlsOriginOptions {
  /** Media that is there from the beginning, seconds; and media in all. */
  readonly pastSeconds: number;
  readonly totalSeconds: number;
}

/** When a part was there to be told of; by `process.hrtime`, nanoseconds. */
export interface Birth {
  readonly track: string;
  readonly msn: number;
  readonly part: number;
  readonly atNs: number;
  /** From then until the last request that was held for it had been answered, milliseconds. */
  readonly answeredMs: number;
}

/** What the origin has done since it was asked before. */
export interface HlsOriginFigures {
  readonly births: readonly Birth[];
  /** Requests that were held when the newest part came. */
  readonly heldMost: number;
  /** Of one core. */
  readonly userShare: number;
  readonly systemShare: number;
}

/** Time from a frame into the encoder to its fragment out of it, as measured of x264 superfast and of ffmpeg's AAC. */
const ENCODING_SECONDS = { video: 0.076, audio: 0.043 } as const;

const CHANNEL = 'bench';

const { pastSeconds, totalSeconds } = childOptions<HlsOriginOptions>();
const app = await OriginApp.open({ heldMax: 100_000, heldPerAddress: 100_000 });
await app.goLive(CHANNEL);
app.programs.need(CHANNEL, 'bench');
const parts = madeBefore().toSorted((one, other) => dueSeconds(one) - dueSeconds(other));
let births: Birth[] = [];
let heldMost = 0;
let cpu = process.cpuUsage();
let sinceNs = process.hrtime.bigint();
let startNs = 0n;
let timer: NodeJS.Timeout | undefined;
while (parts[0] !== undefined && dueSeconds(parts[0]) < pastSeconds) hand(parts.shift()!);

function madeBefore(): Part[] {
  const made: Part[] = [];
  const program = new SampleProgram({ track: () => undefined, part: (part) => made.push(part) }, [720, 480, 360]);
  program.advanceTo(totalSeconds);
  return made;
}

function dueSeconds({ track, startSeconds, durationSeconds }: Part): number {
  return startSeconds + durationSeconds + ENCODING_SECONDS[track === 'audio' ? 'audio' : 'video'];
}

function hand(part: Part): void {
  app.processes[0]!.listener.report({ type: 'part', part });
}

/** Hands on what is due; a part is born when it is due, however late this process gets to it. */
function handDue(): void {
  for (let [next] = parts; next !== undefined; [next] = parts) {
    const dueNs = startNs + BigInt(Math.round((dueSeconds(next) - pastSeconds) * 1e9));
    const waitMs = Number(dueNs - process.hrtime.bigint()) / 1e6;
    if (waitMs > 0) {
      timer = setTimeout(handDue, waitMs);
      return;
    }
    parts.shift();
    heldMost = Math.max(heldMost, app.origin.held.count);
    hand(next);
    const answeredMs = Number(process.hrtime.bigint() - dueNs) / 1e6;
    births.push({ track: next.track, msn: next.segment, part: next.index, atNs: Number(dueNs), answeredMs });
  }
}

function figures(): HlsOriginFigures {
  const nowNs = process.hrtime.bigint();
  const used = process.cpuUsage(cpu);
  const elapsedUs = Number(nowNs - sinceNs) / 1000;
  const taken = { births, heldMost, userShare: used.user / elapsedUs, systemShare: used.system / elapsedUs };
  births = [];
  heldMost = 0;
  cpu = process.cpuUsage();
  sinceNs = nowNs;
  return taken;
}

serveCalls(
  {
    ready: () => ({
      port: app.port,
      path: new URL(`${app.url(CHANNEL)}/${app.programs.get(CHANNEL)!.epoch}`).pathname,
    }),
    next: (track: string) => {
      const next = parts.find((part) => part.track === track)!;
      return { msn: next.segment, part: next.index };
    },
    play: () => {
      startNs = process.hrtime.bigint();
      handDue();
    },
    held: () => app.origin.held.count,
    figures,
  },
  async () => {
    clearTimeout(timer);
    await app.close();
  },
);
