import { randomBytes } from 'node:crypto';
import { chooseLayer, KeyFrameThrottle, type LayerFacts } from '@weir/forwarding';
import {
  inspectPayload,
  NackList,
  PayloadInfo,
  ReceiveStats,
  type RtpView,
  SenderClock,
  type TrackCodec,
} from '@weir/rtp';
import type { FedPacket } from './feed.js';
import { LayerBoard, type LayerFigures } from './layer-board.js';
import { LayerGauge, type TrackFigures } from './layer-gauge.js';
import { LayerView } from './layer-view.js';
import { MAX_PAYLOAD_BYTES, PacketRing } from './packet-ring.js';
import type { LayerOffer } from './remote-layer.js';
import type { WorkerLink } from './worker-link.js';

const VIDEO_SLOTS = 2048;
const AUDIO_SLOTS = 256;

const info = new PayloadInfo();

/** One incoming RTP source of a producer: a simulcast layer, or the whole track without simulcast. */
export class Layer extends LayerView implements LayerFacts, LayerFigures {
  // 48 bits of chance: no two workers, nor one and the one in whose place it came, use the same.
  readonly source = randomBytes(6).readUIntBE(0, 6);
  readonly arrivalShiftMs = 0;
  readonly ssrc: number;
  readonly rid: string;
  readonly codec: TrackCodec;
  readonly ring: PacketRing;
  readonly stats: ReceiveStats;
  readonly nacks = new NackList();
  readonly throttle = new KeyFrameThrottle();
  /** Other workers with sinks that show nothing. */
  readonly waitingAt = new Set<WorkerLink>();

  pixels = 0;
  width = 0;
  height = 0;
  channels = 0;
  hasBFrames = false;
  /** Milliseconds since the last packet, as of the last tick. */
  silentMs = 0;
  /** What the packets tell has changed since somebody looked. */
  changed = true;
  /** The sender report of the publisher that came last: its wall clock, Unix milliseconds, at an RTP timestamp. */
  report: { readonly timestamp: number; readonly senderMs: number; readonly arrivalMs: number } | undefined;
  /** Packets that other workers were not told of yet. */
  untold = 0;

  readonly #board: LayerBoard;
  readonly #clock: SenderClock;
  readonly #gauge: LayerGauge;
  #frameFirst = -1;
  #secondBytes = 0;
  #secondStartMs = -1;

  constructor(ssrc: number, rid: string, codec: TrackCodec) {
    super();
    this.ssrc = ssrc;
    this.rid = rid;
    this.codec = codec;
    const slots = codec.name === 'opus' ? AUDIO_SLOTS : VIDEO_SLOTS;
    this.ring = PacketRing.create(slots);
    this.#board = LayerBoard.create(slots);
    this.stats = new ReceiveStats(codec.clockRate);
    this.#clock = new SenderClock(codec.clockRate);
    this.#gauge = new LayerGauge(codec.clockRate);
  }

  /** Packets stored so far. */
  get arrived(): number {
    return this.#board.arrived;
  }

  /** Stores a packet and returns its slot; -1 when it is a duplicate, too old or too large. */
  receive(packet: Uint8Array, view: RtpView, nowMs: number): number {
    return this.#store(packet, view, view.sequenceNumber, view.payloadOffset, view.payloadLength, nowMs);
  }

  /** Stores a packet that came without a network and returns its slot; -1 when it is too large. */
  take(packet: FedPacket, sequence16: number, nowMs: number): number {
    return this.#store(packet.payload, packet, sequence16, 0, packet.payload.length, nowMs);
  }

  /** Stores a retransmitted packet (RFC 4588 4): the original sequence number stands before its payload. */
  receiveRetransmission(packet: Uint8Array, view: RtpView, nowMs: number): number {
    if (view.payloadLength < 2) return -1;
    const at = view.payloadOffset;
    const original = (packet[at]! << 8) | packet[at + 1]!;
    return this.#store(packet, view, original, at + 2, view.payloadLength - 2, nowMs);
  }

  /** Takes a sender report of the publisher; false when it is of no use. */
  reportClock(ntpSeconds: number, ntpFraction: number, rtpTimestamp: number, nowMs: number): boolean {
    this.stats.senderReport(ntpSeconds, ntpFraction, nowMs);
    if (!this.#clock.report(ntpSeconds, ntpFraction, rtpTimestamp, nowMs)) return false;
    this.clockOriginMs = this.#clock.ntpMsAt(0);
    this.report = { timestamp: rtpTimestamp, senderMs: this.#clock.ntpMsAt(rtpTimestamp), arrivalMs: nowMs };
    return true;
  }

  override wantKeyFrame(): void {
    this.throttle.want();
  }

  override find(sequence: number): number {
    return this.ring.find(sequence);
  }

  /** What another worker needs to read this layer. */
  offer(): LayerOffer {
    this.#board.post(this);
    const { source, codec, profileLevelId, ring, untold } = this;
    return { source, codec, profileLevelId, ring: ring.memory, board: this.#board.memory, seen: this.arrived - untold };
  }

  /** Other workers that are woken from now on see all packets. */
  tell(): void {
    this.#board.post(this);
    this.untold = 0;
  }

  /** Updates bitrate and silence; call at least once a second. */
  tick(nowMs: number): void {
    this.silentMs = nowMs - this.headArrivalMs;
    const elapsedMs = nowMs - this.#secondStartMs;
    if (this.#secondStartMs >= 0 && elapsedMs < 1000) return;
    this.bitrateBps = this.#secondStartMs < 0 ? 0 : (this.#secondBytes * 8000) / elapsedMs;
    this.#secondBytes = 0;
    this.#secondStartMs = nowMs;
  }

  /** What came since the last call; call once a second. */
  measure(): TrackFigures {
    const now = { arrived: this.arrived, missing: this.stats.lost };
    return this.#gauge.measure(now, this.bitrateBps, this.frameTimestamp);
  }

  #store(
    packet: Uint8Array,
    { timestamp, marker }: Pick<RtpView, 'timestamp' | 'marker'>,
    sequence16: number,
    offset: number,
    length: number,
    nowMs: number,
  ): number {
    if (length > MAX_PAYLOAD_BYTES) return -1;
    const sequence = this.stats.receive(sequence16, timestamp, nowMs);
    if (sequence < 0 || this.ring.find(sequence) >= 0) return -1;
    if (sequence <= this.headSequence - this.ring.slots) return -1;
    if (this.nacks.receive(sequence, nowMs)) this.#gauge.repaired++;
    this.#board.note(sequence);
    this.#secondBytes += length;
    this.bytesSinceKeyFrame += length;
    if (sequence > this.headSequence) {
      this.headSequence = sequence;
      this.headArrivalMs = nowMs;
    }
    this.#noteFrame(sequence, timestamp);
    if (this.codec.name !== 'opus' || this.channels === 0) this.#inspect(packet, timestamp, offset, length);
    return this.ring.store(sequence, timestamp, marker, packet.subarray(offset, offset + length), nowMs);
  }

  #noteFrame(sequence: number, timestamp: number): void {
    if (timestamp === this.frameTimestamp) {
      if (sequence >= this.#frameFirst) return;
      if (this.keyFrameSequence === this.#frameFirst) this.keyFrameSequence = sequence;
      this.#frameFirst = sequence;
      return;
    }
    if (sequence !== this.headSequence) return;
    this.frameTimestamp = timestamp;
    this.#frameFirst = sequence;
    this.#gauge.frames++;
  }

  #inspect(packet: Uint8Array, timestamp: number, offset: number, length: number): void {
    inspectPayload(this.codec.name, packet, offset, length, info);
    if (info.bFrames && !this.hasBFrames) {
      this.hasBFrames = true;
      this.changed = true;
    }
    if (info.profileLevelId >= 0) this.#describe(info.profileLevelId.toString(16).padStart(6, '0'));
    if (info.width > 0 && (info.width !== this.width || info.height !== this.height)) {
      this.width = info.width;
      this.height = info.height;
      this.pixels = info.width * info.height;
      this.changed = true;
    }
    if (info.channels > this.channels) {
      this.channels = info.channels;
      this.changed = true;
    }
    if (!info.keyFrame) return;
    this.#gauge.keyFrame(timestamp);
    if (this.keyFrameSequence === this.#frameFirst) return;
    this.keyFrameSequence = this.#frameFirst;
    this.bytesSinceKeyFrame = length;
    this.nacks.keyFrame(this.#frameFirst);
    this.throttle.arrived();
  }

  #describe(profileLevelId: string): void {
    if (profileLevelId === this.profileLevelId) return;
    this.profileLevelId = profileLevelId;
    this.changed = true;
  }
}

/** The layer that viewers get: the best that still sends. */
export function bestLayer(layers: readonly Layer[], current: Layer | undefined): Layer | undefined {
  return layers[chooseLayer(layers, current === undefined ? -1 : layers.indexOf(current))];
}
