/** What a peer connection carried since the last reading; fields are undefined where the browser does not tell. */
export interface MediaFigures {
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly framesPerSecond: number | undefined;
  /** Video and audio together. */
  readonly bitrateBps: number;
  /** Lost share of the packets, 0 to 1. */
  readonly loss: number;
  readonly roundTripMs: number | undefined;
  readonly jitterMs: number | undefined;
  /** What the network is thought to carry outwards, bits per second. */
  readonly availableBps: number | undefined;
  /** What the video encoder aims at, bits per second. */
  readonly targetBps: number | undefined;
  /** Mean time that video waited in the jitter buffer. */
  readonly bufferMs: number | undefined;
  /** Such as `H264`. */
  readonly videoCodec: string | undefined;
  readonly audioCodec: string | undefined;
  /** RTP packets of both kinds; 0 when media stands still. */
  readonly packets: number;
  /** What the browser says keeps the encoder down. */
  readonly limitedBy: 'cpu' | 'bandwidth' | undefined;
}

type Entry = Readonly<Record<string, unknown>>;

/** How much more than the encoder's target the network must carry to be no limit. */
const ENOUGH = 1.2;

interface Totals {
  readonly atMs: number;
  readonly bytes: number;
  readonly packets: number;
  readonly lost: number;
  readonly bufferSeconds: number;
  readonly bufferFrames: number;
}

/** Turns the growing counters of getStats into figures of the time between two readings. */
export class FigureReader {
  #last: Totals | undefined;

  /** Reads one report; `direction` says which side of the media it is about, `atMs` is the time of the reading. */
  read(report: Iterable<[string, Entry]>, direction: 'inbound' | 'outbound', atMs: number): MediaFigures {
    const entries = new Map(report);
    const streams = [...entries.values()].filter((entry) => entry['type'] === `${direction}-rtp`);
    const remote = [...entries.values()].filter((entry) => entry['type'] === 'remote-inbound-rtp');
    const video = streams.find((entry) => entry['kind'] === 'video');
    const audio = streams.find((entry) => entry['kind'] === 'audio');
    const inbound = direction === 'inbound';
    const now: Totals = {
      atMs,
      bytes: sum(streams, inbound ? 'bytesReceived' : 'bytesSent'),
      packets: sum(streams, inbound ? 'packetsReceived' : 'packetsSent'),
      lost: sum(inbound ? streams : remote, 'packetsLost'),
      bufferSeconds: numberAt(video, 'jitterBufferDelay') ?? 0,
      bufferFrames: numberAt(video, 'jitterBufferEmittedCount') ?? 0,
    };
    const before = this.#last !== undefined && this.#last.packets <= now.packets ? this.#last : { ...now, atMs: 0 };
    this.#last = now;
    const packets = now.packets - before.packets;
    const lost = Math.max(0, now.lost - before.lost);
    const frames = now.bufferFrames - before.bufferFrames;
    return {
      width: numberAt(video, 'frameWidth'),
      height: numberAt(video, 'frameHeight'),
      framesPerSecond: numberAt(video, 'framesPerSecond'),
      bitrateBps: (8000 * (now.bytes - before.bytes)) / Math.max(1, atMs - before.atMs),
      loss: lost === 0 ? 0 : Math.min(1, lost / (inbound ? packets + lost : Math.max(packets, lost))),
      roundTripMs: roundTripMs(entries, remote),
      jitterMs: jitterMs(inbound ? streams : remote),
      availableBps: numberAt(selectedPair(entries), 'availableOutgoingBitrate'),
      targetBps: numberAt(video, 'targetBitrate'),
      bufferMs: frames > 0 ? (1000 * (now.bufferSeconds - before.bufferSeconds)) / frames : undefined,
      videoCodec: codecOf(entries, video),
      audioCodec: codecOf(entries, audio),
      packets,
      limitedBy: limitOf(entries, video),
    };
  }
}

function selectedPair(entries: ReadonlyMap<string, Entry>): Entry | undefined {
  return [...entries.values()].find((entry) => entry['type'] === 'candidate-pair' && entry['nominated'] === true);
}

function roundTripMs(entries: ReadonlyMap<string, Entry>, remote: readonly Entry[]): number | undefined {
  const seconds = numberAt(selectedPair(entries), 'currentRoundTripTime') ?? numberAt(remote[0], 'roundTripTime');
  return seconds === undefined ? undefined : seconds * 1000;
}

/** The worst of all streams; reported in seconds (W3C webrtc-stats, `jitter`). */
function jitterMs(streams: readonly Entry[]): number | undefined {
  const all = streams.map((stream) => numberAt(stream, 'jitter')).filter((jitter) => jitter !== undefined);
  return all.length === 0 ? undefined : Math.max(...all) * 1000;
}

function codecOf(entries: ReadonlyMap<string, Entry>, stream: Entry | undefined): string | undefined {
  const mimeType = entries.get(String(stream?.['codecId']))?.['mimeType'];
  return typeof mimeType === 'string' ? mimeType.slice(mimeType.indexOf('/') + 1) : undefined;
}

function limitOf(entries: ReadonlyMap<string, Entry>, video: Entry | undefined): 'cpu' | 'bandwidth' | undefined {
  const reason = video?.['qualityLimitationReason'];
  if (reason === 'cpu') return 'cpu';
  if (reason !== 'bandwidth') return undefined;
  // Chrome goes on naming the bandwidth while it only waits to enlarge a picture that began small.
  const available = numberAt(selectedPair(entries), 'availableOutgoingBitrate') ?? 0;
  const wanted = numberAt(video, 'targetBitrate') ?? Infinity;
  return available > ENOUGH * wanted ? undefined : 'bandwidth';
}

function numberAt(entry: Entry | undefined, name: string): number | undefined {
  const value = entry?.[name];
  return typeof value === 'number' ? value : undefined;
}

function sum(entries: readonly Entry[], name: string): number {
  return entries.reduce((total, entry) => total + (numberAt(entry, name) ?? 0), 0);
}
