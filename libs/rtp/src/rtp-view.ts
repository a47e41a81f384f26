import { readUint16, readUint32 } from './big-endian.js';

const FIXED_HEADER_BYTES = 12;
const ONE_BYTE_PROFILE = 0xbede;
const TWO_BYTE_PROFILE = 0x1000;

/** Whether a datagram that is neither STUN nor DTLS is RTCP and not RTP (RFC 5761 section 4). */
export function isRtcp(bytes: Uint8Array, length: number): boolean {
  return length >= 2 && bytes[1]! >= 192 && bytes[1]! <= 223;
}

/** Reusable view of one RTP packet (RFC 3550 section 5.1); its fields hold from one `read` to the next. */
export class RtpView {
  marker = false;
  payloadType = 0;
  sequenceNumber = 0;
  timestamp = 0;
  ssrc = 0;
  /** Bytes before the payload, with CSRCs and header extension. */
  headerLength = 0;
  /** Payload bytes without padding; 0 in a packet of padding only. */
  payloadLength = 0;
  /** Padding bytes at the end, with the count itself. */
  paddingLength = 0;

  #bytes: Uint8Array = new Uint8Array(0);
  #extensionProfile = 0;
  #extensionStart = 0;
  #extensionEnd = 0;
  #elementLength = -1;

  /** Offset of the payload in the bytes read; the same number as `headerLength`. */
  get payloadOffset(): number {
    return this.headerLength;
  }

  /** Reads the packet in the first `length` bytes; false when it is malformed, and then the fields mean nothing. */
  read(bytes: Uint8Array, length: number): boolean {
    if (length < FIXED_HEADER_BYTES || length > bytes.length) return false;
    const first = bytes[0]!;
    if (first >> 6 !== 2) return false;
    this.#bytes = bytes;
    this.marker = (bytes[1]! & 0x80) !== 0;
    this.payloadType = bytes[1]! & 0x7f;
    this.sequenceNumber = readUint16(bytes, 2);
    this.timestamp = readUint32(bytes, 4);
    this.ssrc = readUint32(bytes, 8);

    let end = FIXED_HEADER_BYTES + (first & 0x0f) * 4;
    this.#extensionProfile = 0;
    this.#extensionStart = end;
    this.#extensionEnd = end;
    if (first & 0x10) {
      if (end + 4 > length) return false;
      this.#extensionProfile = readUint16(bytes, end);
      this.#extensionStart = end + 4;
      end += 4 + readUint16(bytes, end + 2) * 4;
      this.#extensionEnd = end;
    }
    if (end > length) return false;
    this.headerLength = end;

    this.paddingLength = 0;
    if (first & 0x20) {
      this.paddingLength = bytes[length - 1]!;
      if (this.paddingLength === 0 || this.paddingLength > length - end) return false;
    }
    this.payloadLength = length - end - this.paddingLength;
    return true;
  }

  /** Offset of the data of the header extension with this id (1 to 255), or -1 when the packet lacks it. */
  extension(id: number): number {
    if (this.#extensionStart === this.#extensionEnd) return -1;
    if (this.#extensionProfile === ONE_BYTE_PROFILE) return this.#findOneByte(id);
    if ((this.#extensionProfile & 0xfff0) === TWO_BYTE_PROFILE) return this.#findTwoByte(id);
    return -1;
  }

  /** Data bytes of the header extension with this id, or -1 when the packet lacks it. */
  extensionLength(id: number): number {
    return this.extension(id) < 0 ? -1 : this.#elementLength;
  }

  // RFC 8285 section 4.2: id 0 is padding, id 15 ends the reading.
  #findOneByte(id: number): number {
    let at = this.#extensionStart;
    while (at < this.#extensionEnd) {
      const head = this.#bytes[at]!;
      if (head === 0) {
        at += 1;
        continue;
      }
      const length = (head & 0x0f) + 1;
      if (head >> 4 === 15 || at + 1 + length > this.#extensionEnd) return -1;
      if (head >> 4 === id) return this.#found(at + 1, length);
      at += 1 + length;
    }
    return -1;
  }

  // RFC 8285 section 4.3: id 0 is padding of one byte.
  #findTwoByte(id: number): number {
    let at = this.#extensionStart;
    while (at < this.#extensionEnd) {
      const elementId = this.#bytes[at]!;
      if (elementId === 0) {
        at += 1;
        continue;
      }
      if (at + 2 > this.#extensionEnd) return -1;
      const length = this.#bytes[at + 1]!;
      if (at + 2 + length > this.#extensionEnd) return -1;
      if (elementId === id) return this.#found(at + 2, length);
      at += 2 + length;
    }
    return -1;
  }

  #found(offset: number, length: number): number {
    this.#elementLength = length;
    return offset;
  }
}
