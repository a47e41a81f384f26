import { writeUint16, writeUint24, writeUint32 } from './big-endian.js';
import type { ReportBlock } from './report-block.js';
import { CNAME_ITEM, ExtendedBlock, FeedbackFormat, REMB_IDENTIFIER, RtcpType } from './rtcp-format.js';
import { sequenceDistance } from './sequence.js';

const REPORT_BLOCK_BYTES = 24;
const MAX_REPORT_BLOCKS = 31;

/** Sender's part of a sender report (RFC 3550 section 6.4.1). */
export interface SenderReport {
  readonly ssrc: number;
  readonly ntpSeconds: number;
  readonly ntpFraction: number;
  readonly rtpTimestamp: number;
  /** Packets sent, 32 bits. */
  readonly packetCount: number;
  /** Payload bytes sent, 32 bits. */
  readonly octetCount: number;
}

/** Writes a compound RTCP packet into one buffer; a part that does not fit is left out and its method says false. */
export class RtcpWriter {
  readonly #out: Uint8Array;
  #length = 0;

  constructor(capacityBytes = 1472) {
    this.#out = new Uint8Array(capacityBytes);
  }

  /** Bytes written since `reset`. */
  get length(): number {
    return this.#length;
  }

  /** Starts a new compound packet. */
  reset(): void {
    this.#length = 0;
  }

  /** The compound packet; a view that the next `reset` and write change. */
  bytes(): Uint8Array {
    return this.#out.subarray(0, this.#length);
  }

  /** Sender report with at most 31 report blocks (RFC 3550 section 6.4.1). */
  senderReport(report: SenderReport, blocks: readonly Readonly<ReportBlock>[] = []): boolean {
    const at = this.#begin(RtcpType.senderReport, blocks.length, 28 + blocks.length * REPORT_BLOCK_BYTES);
    if (at < 0) return false;
    writeUint32(this.#out, at, report.ssrc);
    writeUint32(this.#out, at + 4, report.ntpSeconds);
    writeUint32(this.#out, at + 8, report.ntpFraction);
    writeUint32(this.#out, at + 12, report.rtpTimestamp);
    writeUint32(this.#out, at + 16, report.packetCount);
    writeUint32(this.#out, at + 20, report.octetCount);
    this.#reportBlocks(at + 24, blocks);
    return true;
  }

  /** Receiver report with at most 31 report blocks (RFC 3550 section 6.4.2). */
  receiverReport(senderSsrc: number, blocks: readonly Readonly<ReportBlock>[]): boolean {
    const at = this.#begin(RtcpType.receiverReport, blocks.length, 8 + blocks.length * REPORT_BLOCK_BYTES);
    if (at < 0) return false;
    writeUint32(this.#out, at, senderSsrc);
    this.#reportBlocks(at + 4, blocks);
    return true;
  }

  /** Canonical name of one source, characters 0 to 255, at most 255 of them (RFC 3550 section 6.5.1). */
  sourceDescription(ssrc: number, cname: string): boolean {
    if (cname.length > 255) return false;
    const chunkBytes = (((6 + cname.length) >> 2) + 1) * 4;
    const at = this.#begin(RtcpType.sourceDescription, 1, 4 + chunkBytes);
    if (at < 0) return false;
    writeUint32(this.#out, at, ssrc);
    this.#out[at + 4] = CNAME_ITEM;
    this.#out[at + 5] = cname.length;
    this.#text(at + 6, cname);
    return true;
  }

  /** End of one source, with a reason of at most 255 characters (RFC 3550 section 6.6). */
  bye(ssrc: number, reason = ''): boolean {
    if (reason.length > 255) return false;
    const reasonBytes = reason.length === 0 ? 0 : ((reason.length >> 2) + 1) * 4;
    const at = this.#begin(RtcpType.bye, 1, 8 + reasonBytes);
    if (at < 0) return false;
    writeUint32(this.#out, at, ssrc);
    if (reasonBytes > 0) {
      this.#out[at + 4] = reason.length;
      this.#text(at + 5, reason);
    }
    return true;
  }

  /** Asks for the first `count` of these packets, in rising order (RFC 4585 section 6.2.1); returns how many fitted. */
  nack(senderSsrc: number, mediaSsrc: number, sequences: readonly number[], count = sequences.length): number {
    if (count === 0 || this.#length + 16 > this.#out.length) return 0;
    const start = this.#length;
    let at = start + 12;
    let written = 0;
    while (written < count && at + 4 <= this.#out.length) {
      const packetId = sequences[written]! & 0xffff;
      let bitmask = 0;
      written += 1;
      while (written < count) {
        const distance = sequenceDistance(packetId, sequences[written]!);
        if (distance < 1 || distance > 16) break;
        bitmask |= 1 << (distance - 1);
        written += 1;
      }
      writeUint16(this.#out, at, packetId);
      writeUint16(this.#out, at + 2, bitmask);
      at += 4;
    }
    this.#begin(RtcpType.transportFeedback, FeedbackFormat.nack, at - start);
    writeUint32(this.#out, start + 4, senderSsrc);
    writeUint32(this.#out, start + 8, mediaSsrc);
    return written;
  }

  /** Asks for a key frame (RFC 4585 section 6.3.1). */
  pictureLoss(senderSsrc: number, mediaSsrc: number): boolean {
    const at = this.#begin(RtcpType.payloadFeedback, FeedbackFormat.pictureLoss, 12);
    if (at < 0) return false;
    writeUint32(this.#out, at, senderSsrc);
    writeUint32(this.#out, at + 4, mediaSsrc);
    return true;
  }

  /** Asks for a key frame; the 8-bit sequence rises with each new request (RFC 5104 section 4.3.1). */
  fullIntraRequest(senderSsrc: number, mediaSsrc: number, sequence: number): boolean {
    const at = this.#begin(RtcpType.payloadFeedback, FeedbackFormat.fullIntraRequest, 20);
    if (at < 0) return false;
    writeUint32(this.#out, at, senderSsrc);
    writeUint32(this.#out, at + 4, 0);
    writeUint32(this.#out, at + 8, mediaSsrc);
    writeUint32(this.#out, at + 12, 0);
    this.#out[at + 12] = sequence;
    return true;
  }

  /** Tells the receiver's bandwidth estimate for at most 255 sources (draft-alvestrand-rmcat-remb section 2.2). */
  remb(senderSsrc: number, bitrateBps: number, ssrcs: readonly number[]): boolean {
    if (ssrcs.length > 255) return false;
    const at = this.#begin(RtcpType.payloadFeedback, FeedbackFormat.applicationLayer, 20 + ssrcs.length * 4);
    if (at < 0) return false;
    let mantissa = Math.max(0, Math.floor(Math.min(bitrateBps, Number.MAX_SAFE_INTEGER)));
    let exponent = 0;
    while (mantissa > 0x3ffff) {
      mantissa = Math.floor(mantissa / 2);
      exponent += 1;
    }
    writeUint32(this.#out, at, senderSsrc);
    writeUint32(this.#out, at + 4, 0);
    writeUint32(this.#out, at + 8, REMB_IDENTIFIER);
    this.#out[at + 12] = ssrcs.length;
    writeUint24(this.#out, at + 13, (exponent << 18) | mantissa);
    for (let i = 0; i < ssrcs.length; i += 1) writeUint32(this.#out, at + 16 + i * 4, ssrcs[i]!);
    return true;
  }

  /** Tells a receiver's clock, so that it can learn the round trip (RFC 3611 section 4.4). */
  receiverReferenceTime(ssrc: number, ntpSeconds: number, ntpFraction: number): boolean {
    const at = this.#begin(RtcpType.extendedReport, 0, 20);
    if (at < 0) return false;
    writeUint32(this.#out, at, ssrc);
    writeUint32(this.#out, at + 4, (ExtendedBlock.receiverReferenceTime << 24) | 2);
    writeUint32(this.#out, at + 8, ntpSeconds);
    writeUint32(this.#out, at + 12, ntpFraction);
    return true;
  }

  /** Answers a receiver reference time; the delay is in 1/65536 seconds (RFC 3611 section 4.5). */
  delaySinceLastReceiverReport(ssrc: number, forSsrc: number, lastReceiverReport: number, delay: number): boolean {
    const at = this.#begin(RtcpType.extendedReport, 0, 24);
    if (at < 0) return false;
    writeUint32(this.#out, at, ssrc);
    writeUint32(this.#out, at + 4, (ExtendedBlock.delaySinceLastReceiverReport << 24) | 3);
    writeUint32(this.#out, at + 8, forSsrc);
    writeUint32(this.#out, at + 12, lastReceiverReport);
    writeUint32(this.#out, at + 16, delay);
    return true;
  }

  #begin(type: number, count: number, totalBytes: number): number {
    if (count > MAX_REPORT_BLOCKS || this.#length + totalBytes > this.#out.length) return -1;
    const at = this.#length;
    this.#out[at] = 0x80 | count;
    this.#out[at + 1] = type;
    writeUint16(this.#out, at + 2, totalBytes / 4 - 1);
    this.#length = at + totalBytes;
    return at + 4;
  }

  #reportBlocks(start: number, blocks: readonly Readonly<ReportBlock>[]): void {
    let at = start;
    for (const block of blocks) {
      writeUint32(this.#out, at, block.ssrc);
      this.#out[at + 4] = block.fractionLost;
      writeUint24(this.#out, at + 5, block.cumulativeLost);
      writeUint32(this.#out, at + 8, block.highestSequence);
      writeUint32(this.#out, at + 12, block.jitter);
      writeUint32(this.#out, at + 16, block.lastSenderReport);
      writeUint32(this.#out, at + 20, block.delaySinceLastSenderReport);
      at += REPORT_BLOCK_BYTES;
    }
  }

  #text(start: number, text: string): void {
    for (let i = 0; i < text.length; i += 1) this.#out[start + i] = text.charCodeAt(i);
    this.#out.fill(0, start + text.length, this.#length);
  }
}
