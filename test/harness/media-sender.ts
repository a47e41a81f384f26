import { randomBytes } from 'node:crypto';
import type { Peer } from '@weir/peer';
import { ExtensionWriter, ntpFraction, ntpSeconds, RtcpWriter, writeRtpHeader } from '@weir/rtp';

/** How the packets of one track are numbered. */
export interface MediaSenderOptions {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly ticksPerFrame: number;
  /** Extended sequence number of the first packet; default 100. */
  readonly firstSequence?: number;
  /** Header extensions with texts, such as mid and rid; default none. */
  readonly extensions?: readonly { readonly id: number; readonly text: string }[];
  /** Default 600. */
  readonly payloadBytes?: number;
}

/** One packet that was sent, or made and held back. */
export interface SentPacket {
  readonly bytes: Buffer;
  readonly extendedSequence: number;
  readonly payload: Buffer;
}

const PAYLOAD_BYTES = 600;
const KEPT_PACKETS = 4096;

/** The time of its making stands so many bytes before the end of each packet, as milliseconds of `performance.now()`. */
export const SENT_AT_OFFSET = 8;

const NAL_IDR = 0x65;
const NAL_SLICE = 0x41;
// first_mb_in_slice, an Exp-Golomb code: 0, and something else
const FIRST_MACROBLOCK = 0x88;
const LATER_MACROBLOCK = 0x48;

/** Sends made-up frames of H.264, or of audio, as a publisher. */
export class MediaSender {
  readonly ssrc: number;
  /** The last packets made, at most 4096. */
  readonly sent: SentPacket[] = [];
  /** RTP timestamp of the next frame. */
  timestamp = randomBytes(4).readUInt32BE();
  readonly #peer: Peer;
  readonly #options: MediaSenderOptions;
  readonly #extensions = new ExtensionWriter();
  #next: number;

  constructor(peer: Peer, options: MediaSenderOptions) {
    this.#peer = peer;
    this.#options = options;
    this.ssrc = options.ssrc;
    for (const { id, text } of options.extensions ?? []) this.#extensions.addText(id, text);
    this.#next = options.firstSequence ?? 100;
  }

  /** Packets made so far. */
  get count(): number {
    return this.#next - (this.#options.firstSequence ?? 100);
  }

  /** Sends one frame of `packets` packets. */
  frame(packets = 1, isKey = false): SentPacket[] {
    const made = this.make(packets, isKey);
    for (const packet of made) this.send(packet);
    return made;
  }

  /** Makes a frame without sending it. */
  make(packets = 1, isKey = false): SentPacket[] {
    const timestamp = this.timestamp;
    this.timestamp = (this.timestamp + this.#options.ticksPerFrame) >>> 0;
    const made = Array.from({ length: packets }, (_, index) => {
      const payload = randomBytes(this.#options.payloadBytes ?? PAYLOAD_BYTES);
      payload[0] = isKey ? NAL_IDR : NAL_SLICE;
      payload.writeDoubleBE(performance.now(), payload.length - SENT_AT_OFFSET);
      payload[1] = index === 0 ? FIRST_MACROBLOCK : LATER_MACROBLOCK;
      const bytes = Buffer.alloc(12 + this.#extensions.length + payload.length);
      const extendedSequence = this.#next++;
      const header = {
        payloadType: this.#options.payloadType,
        sequenceNumber: extendedSequence & 0xffff,
        timestamp,
        ssrc: this.ssrc,
        marker: index === packets - 1,
      };
      payload.copy(bytes, writeRtpHeader(bytes, header, this.#extensions));
      return { bytes, extendedSequence, payload };
    });
    this.sent.push(...made);
    if (this.sent.length > KEPT_PACKETS) this.sent.splice(0, this.sent.length - KEPT_PACKETS);
    return made;
  }

  /** Sends a packet that was made. */
  send(packet: SentPacket): void {
    this.#peer.sendRtp(packet.bytes, packet.bytes.length, packet.extendedSequence);
  }

  /** Sends a report that the next frame is captured at `unixMs`. */
  report(unixMs: number): void {
    const writer = new RtcpWriter();
    writer.senderReport({
      ssrc: this.ssrc,
      ntpSeconds: ntpSeconds(unixMs),
      ntpFraction: ntpFraction(unixMs),
      rtpTimestamp: this.timestamp,
      packetCount: 1,
      octetCount: 1,
    });
    writer.sourceDescription(this.ssrc, 'sender');
    this.#peer.sendRtcp(writer.bytes());
  }
}
