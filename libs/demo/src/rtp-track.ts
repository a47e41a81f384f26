import { ntpFraction, ntpSeconds, type RtcpWriter, writeRtpHeader } from '@weir/rtp';

/** Room for the largest payload, its header and an SRTP tag. */
const PACKET_BYTES = 1500;

/** One outgoing track. */
export interface RtpTrackOptions {
  readonly ssrc: number;
  readonly payloadType: number;
  /** Hz. */
  readonly clockRate: number;
  /** Canonical name (RFC 3550 6.5.1), the same for all tracks of a publisher. */
  readonly cname: string;
  /** Sequence number of the first packet, random below 32768 so that an early loss cannot hide a wrap (RFC 3711 3.3.1). */
  readonly firstSequence: number;
  /** RTP timestamp of media time 0, random. */
  readonly firstTimestamp: number;
  /** Takes each packet; the buffer has room for an authentication tag and is used again. */
  send(packet: Buffer, length: number, extendedSequence: number): void;
}

/** Numbers and counts the packets of one track and writes its sender reports. */
export class RtpTrack {
  readonly #options: RtpTrackOptions;
  readonly #packet = Buffer.alloc(PACKET_BYTES);
  #sequence: number;
  #packets = 0;
  #octets = 0;

  constructor(options: RtpTrackOptions) {
    this.#options = options;
    this.#sequence = options.firstSequence;
  }

  /** Sends one frame; `rtpTimestamp` counts from media time 0. */
  sendFrame(payloads: readonly Uint8Array[], rtpTimestamp: number): void {
    for (const [index, payload] of payloads.entries()) {
      const headerLength = writeRtpHeader(this.#packet, {
        payloadType: this.#options.payloadType,
        sequenceNumber: this.#sequence,
        timestamp: this.#options.firstTimestamp + rtpTimestamp,
        ssrc: this.#options.ssrc,
        marker: index === payloads.length - 1,
      });
      this.#packet.set(payload, headerLength);
      this.#options.send(this.#packet, headerLength + payload.length, this.#sequence);
      this.#sequence += 1;
      this.#packets += 1;
      this.#octets += payload.length;
    }
  }

  /** Writes a sender report and the canonical name (RFC 3550 6.4.1, 6.5); `mediaMs` is the media time at `unixMs`. */
  writeReport(writer: RtcpWriter, unixMs: number, mediaMs: number): void {
    writer.senderReport({
      ssrc: this.#options.ssrc,
      ntpSeconds: ntpSeconds(unixMs),
      ntpFraction: ntpFraction(unixMs),
      rtpTimestamp: (this.#options.firstTimestamp + Math.round((mediaMs * this.#options.clockRate) / 1000)) >>> 0,
      packetCount: this.#packets,
      octetCount: this.#octets,
    });
    writer.sourceDescription(this.#options.ssrc, this.#options.cname);
  }
}
