import { readUint16, readUint24, readUint32 } from './big-endian.js';
import type { ReportBlock } from './report-block.js';
import { CNAME_ITEM, ExtendedBlock, FeedbackFormat, REMB_IDENTIFIER, RtcpType } from './rtcp-format.js';

/** What a compound RTCP packet is told to; every method is optional. */
export interface RtcpVisitor {
  senderReport?(
    ssrc: number,
    ntpSeconds: number,
    ntpFraction: number,
    rtpTimestamp: number,
    packetCount: number,
    octetCount: number,
  ): void;
  /** The block is reused: copy what must outlive the call. */
  reportBlock?(reporterSsrc: number, block: Readonly<ReportBlock>): void;
  /** The name's bytes, one character (0 to 255) each. */
  cname?(ssrc: number, cname: string): void;
  bye?(ssrc: number): void;
  /** Once for each entry: the first lost packet, and a bit for each of the 16 after it (RFC 4585 section 6.2.1). */
  nack?(senderSsrc: number, mediaSsrc: number, packetId: number, bitmask: number): void;
  pictureLoss?(senderSsrc: number, mediaSsrc: number): void;
  /** Once for each entry; the media SSRC is the entry's (RFC 5104 section 4.3.1.1). */
  fullIntraRequest?(senderSsrc: number, mediaSsrc: number, sequence: number): void;
  /** Estimate for all the named sources together; `firstSsrc` is 0 when none is named. */
  remb?(senderSsrc: number, bitrateBps: number, firstSsrc: number, ssrcCount: number): void;
  receiverReferenceTime?(ssrc: number, ntpSeconds: number, ntpFraction: number): void;
  delaySinceLastReceiverReport?(ssrc: number, forSsrc: number, lastReceiverReport: number, delay: number): void;
}

const reusedBlock: ReportBlock = {
  ssrc: 0,
  fractionLost: 0,
  cumulativeLost: 0,
  highestSequence: 0,
  jitter: 0,
  lastSenderReport: 0,
  delaySinceLastSenderReport: 0,
};

/** Tells a visitor what a compound packet holds; false when it is not wholly well-formed, after telling what was. */
export function readRtcp(bytes: Uint8Array, length: number, visitor: RtcpVisitor): boolean {
  if (length < 4 || length > bytes.length) return false;
  let at = 0;
  let sound = true;
  while (at < length) {
    if (at + 4 > length || bytes[at]! >> 6 !== 2) return false;
    const next = at + 4 + readUint16(bytes, at + 2) * 4;
    if (next > length) return false;
    const end = endWithoutPadding(bytes, at, next);
    if (end < 0 || !readOne(bytes, at, end, visitor)) sound = false;
    at = next;
  }
  return sound;
}

function endWithoutPadding(bytes: Uint8Array, at: number, next: number): number {
  if ((bytes[at]! & 0x20) === 0) return next;
  const padding = bytes[next - 1]!;
  return padding === 0 || padding > next - at - 4 ? -1 : next - padding;
}

function readOne(bytes: Uint8Array, at: number, end: number, visitor: RtcpVisitor): boolean {
  const count = bytes[at]! & 0x1f;
  const body = at + 4;
  switch (bytes[at + 1]) {
    case RtcpType.senderReport:
      return readSenderReport(bytes, body, end, count, visitor);
    case RtcpType.receiverReport:
      return body + 4 <= end && readReportBlocks(bytes, body + 4, end, count, readUint32(bytes, body), visitor);
    case RtcpType.sourceDescription:
      return readSourceDescription(bytes, body, end, count, visitor);
    case RtcpType.bye:
      return readBye(bytes, body, end, count, visitor);
    case RtcpType.transportFeedback:
      return count !== FeedbackFormat.nack || readNack(bytes, body, end, visitor);
    case RtcpType.payloadFeedback:
      return readPayloadFeedback(bytes, body, end, count, visitor);
    case RtcpType.extendedReport:
      return readExtendedReport(bytes, body, end, visitor);
    default:
      return true;
  }
}

function readSenderReport(bytes: Uint8Array, body: number, end: number, count: number, visitor: RtcpVisitor): boolean {
  if (body + 24 > end) return false;
  const ssrc = readUint32(bytes, body);
  visitor.senderReport?.(
    ssrc,
    readUint32(bytes, body + 4),
    readUint32(bytes, body + 8),
    readUint32(bytes, body + 12),
    readUint32(bytes, body + 16),
    readUint32(bytes, body + 20),
  );
  return readReportBlocks(bytes, body + 24, end, count, ssrc, visitor);
}

function readReportBlocks(
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
  reporterSsrc: number,
  visitor: RtcpVisitor,
): boolean {
  let at = start;
  for (let i = 0; i < count; i += 1, at += 24) {
    if (at + 24 > end) return false;
    if (visitor.reportBlock === undefined) continue;
    reusedBlock.ssrc = readUint32(bytes, at);
    reusedBlock.fractionLost = bytes[at + 4]!;
    reusedBlock.cumulativeLost = (readUint24(bytes, at + 5) << 8) >> 8;
    reusedBlock.highestSequence = readUint32(bytes, at + 8);
    reusedBlock.jitter = readUint32(bytes, at + 12);
    reusedBlock.lastSenderReport = readUint32(bytes, at + 16);
    reusedBlock.delaySinceLastSenderReport = readUint32(bytes, at + 20);
    visitor.reportBlock(reporterSsrc, reusedBlock);
  }
  return true;
}

function readSourceDescription(
  bytes: Uint8Array,
  body: number,
  end: number,
  count: number,
  visitor: RtcpVisitor,
): boolean {
  let at = body;
  for (let chunk = 0; chunk < count; chunk += 1) {
    if (at + 8 > end) return false;
    const ssrc = readUint32(bytes, at);
    at += 4;
    while (at < end && bytes[at] !== 0) {
      if (at + 2 > end || at + 2 + bytes[at + 1]! > end) return false;
      const next = at + 2 + bytes[at + 1]!;
      if (bytes[at] === CNAME_ITEM) visitor.cname?.(ssrc, byteString(bytes, at + 2, next));
      at = next;
    }
    // RFC 3550 section 6.5: at least one null octet ends the items, up to the next 32-bit boundary.
    at = body + (((at - body) >> 2) + 1) * 4;
    if (at > end) return false;
  }
  return true;
}

function byteString(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i += 1) text += String.fromCharCode(bytes[i]!);
  return text;
}

function readBye(bytes: Uint8Array, body: number, end: number, count: number, visitor: RtcpVisitor): boolean {
  for (let i = 0; i < count; i += 1) {
    if (body + i * 4 + 4 > end) return false;
    visitor.bye?.(readUint32(bytes, body + i * 4));
  }
  return true;
}

function readNack(bytes: Uint8Array, body: number, end: number, visitor: RtcpVisitor): boolean {
  if (body + 12 > end) return false;
  const sender = readUint32(bytes, body);
  const media = readUint32(bytes, body + 4);
  for (let at = body + 8; at + 4 <= end; at += 4) {
    visitor.nack?.(sender, media, readUint16(bytes, at), readUint16(bytes, at + 2));
  }
  return true;
}

function readPayloadFeedback(
  bytes: Uint8Array,
  body: number,
  end: number,
  format: number,
  visitor: RtcpVisitor,
): boolean {
  if (body + 8 > end) return false;
  const sender = readUint32(bytes, body);
  if (format === FeedbackFormat.pictureLoss) {
    visitor.pictureLoss?.(sender, readUint32(bytes, body + 4));
    return true;
  }
  if (format === FeedbackFormat.fullIntraRequest) {
    if (body + 16 > end) return false;
    for (let at = body + 8; at + 8 <= end; at += 8) {
      visitor.fullIntraRequest?.(sender, readUint32(bytes, at), bytes[at + 4]!);
    }
    return true;
  }
  return format !== FeedbackFormat.applicationLayer || readRemb(bytes, body, end, sender, visitor);
}

function readRemb(bytes: Uint8Array, body: number, end: number, sender: number, visitor: RtcpVisitor): boolean {
  if (body + 16 > end || readUint32(bytes, body + 8) !== REMB_IDENTIFIER) return true;
  const count = bytes[body + 12]!;
  if (body + 16 + count * 4 > end) return false;
  const exponent = bytes[body + 13]! >> 2;
  const mantissa = readUint24(bytes, body + 13) & 0x3ffff;
  visitor.remb?.(sender, mantissa * 2 ** exponent, count > 0 ? readUint32(bytes, body + 16) : 0, count);
  return true;
}

function readExtendedReport(bytes: Uint8Array, body: number, end: number, visitor: RtcpVisitor): boolean {
  if (body + 4 > end) return false;
  const ssrc = readUint32(bytes, body);
  let at = body + 4;
  while (at < end) {
    if (at + 4 > end) return false;
    const next = at + 4 + readUint16(bytes, at + 2) * 4;
    if (next > end) return false;
    if (bytes[at] === ExtendedBlock.receiverReferenceTime && at + 12 <= next) {
      visitor.receiverReferenceTime?.(ssrc, readUint32(bytes, at + 4), readUint32(bytes, at + 8));
    }
    if (bytes[at] === ExtendedBlock.delaySinceLastReceiverReport) readDelays(bytes, at + 4, next, ssrc, visitor);
    at = next;
  }
  return true;
}

function readDelays(bytes: Uint8Array, start: number, end: number, ssrc: number, visitor: RtcpVisitor): void {
  for (let at = start; at + 12 <= end; at += 12) {
    visitor.delaySinceLastReceiverReport?.(
      ssrc,
      readUint32(bytes, at),
      readUint32(bytes, at + 4),
      readUint32(bytes, at + 8),
    );
  }
}
