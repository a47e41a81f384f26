import { FigureReader } from '../media/media-figures.js';
import type { MediaFigures } from '../media/media-figures.js';

/** What a viewer in real time received since the last reading. */
export interface Reception extends MediaFigures {
  /** Lost share of the packets of the last readings, 0 to 1: one burst makes no trend. */
  readonly steadyLoss: number;
  /** How long no picture came out of the packets that arrived, milliseconds. */
  readonly frozenMs: number;
  /** How long nothing has come at all while the server answers no check of the way to it either, milliseconds. */
  readonly deafMs: number;
  /** From capture to screen, by the sender's clock; undefined while its reports do not tell. */
  readonly captureDelayMs: number | undefined;
  /** How far the server's clock is ahead of this one, milliseconds; undefined while unknown. */
  readonly clockOffsetMs: number | undefined;
  readonly jitterMs: number | undefined;
  readonly framesDropped: number;
  /** Counted by the browser. */
  readonly freezes: number;
  /** Packets that were sent again. */
  readonly repairs: number;
}

type Entry = Readonly<Record<string, unknown>>;

/** Readings that the steady loss is taken from. */
const LOSS_READINGS = 4;
/** Readings whose middle is the delay. */
const DELAY_READINGS = 5;
/** From 1900, where the time of RTCP begins, to 1970 (RFC 5905, 6). */
const NTP_EPOCH_MS = 2_208_988_800_000;
/** A delay beyond this is no delay but a clock that was set. */
const LONGEST_DELAY_MS = 60_000;
/** As many packets as a picture may wait for without anything being wrong. */
const PACKETS_OF_A_FREEZE = 10;
/** Checks of consent in a row that may get lost without anything being wrong (RFC 7675, 5.1). */
const CHECKS_LOST = 2;

/** Reads the figures of one peer connection that receives. */
export class ReceptionReader {
  readonly #figures = new FigureReader();
  readonly #losses: { lost: number; packets: number }[] = [];
  readonly #delays: number[] = [];
  #decoded = -1;
  #decodedAtMs = 0;
  #packetsAtDecoded = 0;
  #heardAtMs = 0;
  #answered = -1;
  #asked = 0;

  /** Reads one report; `atMs` is the time of the reading. */
  read(report: Iterable<[string, Entry]>, atMs: number): Reception {
    const entries = new Map(report);
    const figures = this.#figures.read(entries, 'inbound', atMs);
    const streams = [...entries.values()].filter((entry) => entry['type'] === 'inbound-rtp');
    const video = streams.find((entry) => entry['kind'] === 'video');
    const told = numberOf(video, 'estimatedPlayoutTimestamp') === undefined ? streams.find(isTold) : video;
    const clockOffsetMs = offsetOf(entries, told);
    const jitter = numberOf(video ?? streams[0], 'jitter');
    return {
      ...figures,
      steadyLoss: this.#steadyLoss(figures),
      frozenMs: this.#frozenMs(video, atMs),
      deafMs: this.#deafMs(entries, figures.packets, atMs),
      captureDelayMs: this.#captureDelayMs(told, clockOffsetMs),
      clockOffsetMs,
      jitterMs: jitter === undefined ? undefined : jitter * 1000,
      framesDropped: numberOf(video, 'framesDropped') ?? 0,
      freezes: numberOf(video, 'freezeCount') ?? 0,
      repairs: streams.reduce((sum, entry) => sum + (numberOf(entry, 'retransmittedPacketsReceived') ?? 0), 0),
    };
  }

  #steadyLoss({ loss, packets }: MediaFigures): number {
    this.#losses.push({ lost: loss >= 1 ? 0 : (loss * packets) / (1 - loss), packets });
    if (this.#losses.length > LOSS_READINGS) this.#losses.shift();
    const lost = this.#losses.reduce((sum, reading) => sum + reading.lost, 0);
    const sent = this.#losses.reduce((sum, reading) => sum + reading.lost + reading.packets, 0);
    return sent === 0 ? 0 : lost / sent;
  }

  #frozenMs(video: Entry | undefined, atMs: number): number {
    const decoded = numberOf(video, 'framesDecoded') ?? 0;
    const packets = numberOf(video, 'packetsReceived') ?? 0;
    if (decoded !== this.#decoded || packets < this.#packetsAtDecoded) {
      [this.#decoded, this.#decodedAtMs, this.#packetsAtDecoded] = [decoded, atMs, packets];
    }
    // Without packets it is the broadcaster who sends no picture.
    return packets - this.#packetsAtDecoded < PACKETS_OF_A_FREEZE ? 0 : atMs - this.#decodedAtMs;
  }

  #deafMs(entries: ReadonlyMap<string, Entry>, packets: number, atMs: number): number {
    const pair = [...entries.values()].find(
      (entry) => entry['type'] === 'candidate-pair' && entry['nominated'] === true,
    );
    const [asked, answered] = [numberOf(pair, 'requestsSent') ?? 0, numberOf(pair, 'responsesReceived') ?? 0];
    if (packets > 0 || answered !== this.#answered) {
      [this.#heardAtMs, this.#answered, this.#asked] = [atMs, answered, asked];
    }
    return asked - this.#asked < CHECKS_LOST ? 0 : atMs - this.#heardAtMs;
  }

  #captureDelayMs(stream: Entry | undefined, offsetMs: number | undefined): number | undefined {
    const playoutMs = numberOf(stream, 'estimatedPlayoutTimestamp');
    const atMs = numberOf(stream, 'timestamp');
    if (playoutMs === undefined || atMs === undefined || offsetMs === undefined) return undefined;
    const delayMs = atMs + offsetMs - (playoutMs - NTP_EPOCH_MS);
    if (Math.abs(delayMs) > LONGEST_DELAY_MS) return undefined;
    this.#delays.push(Math.max(0, delayMs));
    if (this.#delays.length > DELAY_READINGS) this.#delays.shift();
    return this.#delays.toSorted((one, other) => one - other)[Math.floor(this.#delays.length / 2)];
  }
}

function isTold(entry: Entry): boolean {
  return numberOf(entry, 'estimatedPlayoutTimestamp') !== undefined;
}

/** The sender reports tell the server's clock, as it was half a round trip before they came (RFC 3550, 6.4.1). */
function offsetOf(entries: ReadonlyMap<string, Entry>, stream: Entry | undefined): number | undefined {
  const report = entries.get(String(stream?.['remoteId']));
  const remoteMs = numberOf(report, 'remoteTimestamp');
  const receivedMs = numberOf(report, 'timestamp');
  if (remoteMs === undefined || receivedMs === undefined) return undefined;
  return remoteMs - receivedMs + ((numberOf(report, 'roundTripTime') ?? 0) * 1000) / 2;
}

function numberOf(entry: Entry | undefined, name: string): number | undefined {
  const value = entry?.[name];
  return typeof value === 'number' ? value : undefined;
}
