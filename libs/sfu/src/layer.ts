import { chooseLayer, KeyFrameThrottle, type LayerFacts } from '@weir/forwarding';
import {
  inspectPayload,
  NackList,
  PayloadInfo,
  ReceiveStats,
  type RtpView,
  SenderClock,
  timestampDistance,
  type TrackCodec,
} from '@weir/rtp';
import { MAX_PAYLOAD_BYTES, PacketRing } from './packet-ring.js';

const VIDEO_SLOTS = 2048;
const AUDIO_SLOTS = 256;

let lastSource = 0;
const info = new PayloadInfo();

/** One incoming RTP source of a producer: a simulcast layer, or the whole track without simulcast. */
export class Layer implements LayerFacts {
  /** Number of this source, never used again in this process. */
  readonly source = ++lastSource;
  readonly ssrc: number;
  readonly rid: string;
  readonly codec: TrackCodec;
  readonly ring: PacketRing;
  readonly stats: ReceiveStats;
  readonly nacks = new NackList();
  readonly throttle = new KeyFrameThrottle();
  readonly clock: SenderClock;

  /** Extended sequence number of the first packet of the newest key frame; -1 before the first. */
  keyFrameSequence = -1;
  /** Bytes of payload since that packet. */
  bytesSinceKeyFrame = 0;
  /** Extended sequence number of the newest packet; -1 before the first. */
  headSequence = -1;
  pixels = 0;
  width = 0;
  height = 0;
  channels = 0;
  profileLevelId = '';
  hasBFrames = false;
  /** Updated once a second. */
  bitrateBps = 0;
  /** Milliseconds since the last packet, as of the last tick. */
  silentMs = 0;
  /** What the packets tell has changed since somebody looked. */
  changed = true;

  #frameTimestamp = -1;
  #frameFirst = -1;
  #headArrivalMs = 0;
  #secondBytes = 0;
  #secondStartMs = -1;

  constructor(ssrc: number, rid: string, codec: TrackCodec) {
    this.ssrc = ssrc;
    this.rid = rid;
    this.codec = codec;
    this.ring = new PacketRing(codec.name === 'opus' ? AUDIO_SLOTS : VIDEO_SLOTS);
    this.stats = new ReceiveStats(codec.clockRate);
    this.clock = new SenderClock(codec.clockRate);
  }

  /** Stores a packet and returns its slot; -1 when it is a duplicate, too old or too large. */
  receive(packet: Uint8Array, view: RtpView, nowMs: number): number {
    return this.#store(packet, view, view.sequenceNumber, view.payloadOffset, view.payloadLength, nowMs);
  }

  /** Stores a retransmitted packet (RFC 4588 4): the original sequence number stands before its payload. */
  receiveRetransmission(packet: Uint8Array, view: RtpView, nowMs: number): number {
    if (view.payloadLength < 2) return -1;
    const at = view.payloadOffset;
    const original = (packet[at]! << 8) | packet[at + 1]!;
    return this.#store(packet, view, original, at + 2, view.payloadLength - 2, nowMs);
  }

  /** The RTP timestamp that a packet captured now would have, by the newest packet's arrival. */
  presentTimestamp(nowMs: number): number {
    return (this.#frameTimestamp + Math.round(((nowMs - this.#headArrivalMs) * this.codec.clockRate) / 1000)) >>> 0;
  }

  /** True when every packet from the newest key frame to the newest packet is still here. */
  hasWholePicture(): boolean {
    if (this.keyFrameSequence < 0) return false;
    if (this.headSequence - this.keyFrameSequence >= this.ring.slots) return false;
    for (let sequence = this.keyFrameSequence; sequence <= this.headSequence; sequence++) {
      if (this.ring.find(sequence) < 0) return false;
    }
    return true;
  }

  /** Milliseconds of media since the newest key frame. */
  sinceKeyFrameMs(): number {
    const slot = this.ring.find(this.keyFrameSequence);
    if (slot < 0) return Number.POSITIVE_INFINITY;
    return (timestampDistance(this.ring.timestamps[slot]!, this.#frameTimestamp) * 1000) / this.codec.clockRate;
  }

  /** Updates bitrate and silence; call at least once a second. */
  tick(nowMs: number): void {
    this.silentMs = nowMs - this.#headArrivalMs;
    const elapsedMs = nowMs - this.#secondStartMs;
    if (this.#secondStartMs >= 0 && elapsedMs < 1000) return;
    this.bitrateBps = this.#secondStartMs < 0 ? 0 : (this.#secondBytes * 8000) / elapsedMs;
    this.#secondBytes = 0;
    this.#secondStartMs = nowMs;
  }

  #store(
    packet: Uint8Array,
    { timestamp, marker }: RtpView,
    sequence16: number,
    offset: number,
    length: number,
    nowMs: number,
  ): number {
    if (length > MAX_PAYLOAD_BYTES) return -1;
    const sequence = this.stats.receive(sequence16, timestamp, nowMs);
    if (sequence < 0 || this.ring.find(sequence) >= 0) return -1;
    if (sequence <= this.headSequence - this.ring.slots) return -1;
    this.nacks.receive(sequence, nowMs);
    this.#secondBytes += length;
    this.bytesSinceKeyFrame += length;
    if (sequence > this.headSequence) {
      this.headSequence = sequence;
      this.#headArrivalMs = nowMs;
    }
    this.#noteFrame(sequence, timestamp);
    if (this.codec.name !== 'opus' || this.channels === 0) this.#inspect(packet, offset, length);
    return this.ring.store(sequence, timestamp, marker, packet.subarray(offset, offset + length), nowMs);
  }

  #noteFrame(sequence: number, timestamp: number): void {
    if (timestamp === this.#frameTimestamp) {
      if (sequence >= this.#frameFirst) return;
      if (this.keyFrameSequence === this.#frameFirst) this.keyFrameSequence = sequence;
      this.#frameFirst = sequence;
      return;
    }
    if (sequence !== this.headSequence) return;
    this.#frameTimestamp = timestamp;
    this.#frameFirst = sequence;
  }

  #inspect(packet: Uint8Array, offset: number, length: number): void {
    inspectPayload(this.codec.name, packet, offset, length, info);
    if (info.bFrames) this.hasBFrames = true;
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
    if (!info.keyFrame || this.keyFrameSequence === this.#frameFirst) return;
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
