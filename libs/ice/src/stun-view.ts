import { asciiText } from './ascii.js';
import { readUint16, readUint32, writeUint16 } from './byte-order.js';
import { equalInConstantTime } from './constant-time.js';
import { crc32 } from './crc32.js';
import { formatIpAddress } from './ip-address.js';
import type { HmacSha1 } from './stun-format.js';
import {
  FINGERPRINT_XOR,
  INTEGRITY_BYTES,
  MAGIC_COOKIE,
  STUN_HEADER_BYTES,
  StunAttribute,
  TRANSACTION_ID_BYTES,
} from './stun-format.js';

const MAX_UNKNOWN_ATTRIBUTES = 8;
const MAX_USERNAME_BYTES = 513;
const NO_BYTES = new Uint8Array(0);

/** Reads STUN messages in place (RFC 8489); one view serves any number of messages, one at a time. */
export class StunView {
  /** Method and class, 14 bits; one of `StunType` for Binding. */
  type = 0;
  /** Offset of USERNAME's value, or -1. */
  usernameOffset = -1;
  usernameLength = 0;
  /** Offset of the MESSAGE-INTEGRITY attribute's header, or -1. */
  integrityOffset = -1;
  /** Whether a FINGERPRINT was there; a message whose FINGERPRINT is wrong is not read at all. */
  hasFingerprint = false;
  useCandidate = false;
  /** The role the sender claims; undefined when it claims none. */
  role: 'controlling' | 'controlled' | undefined;
  /** PRIORITY, or -1. */
  priority = -1;
  /** ERROR-CODE, 300 to 699, or 0. */
  errorCode = 0;
  /** Comprehension-required attributes that this reader does not know, at most 8 of them. */
  readonly unknownRequired: number[] = [];

  #bytes: Uint8Array = NO_BYTES;
  #mappedOffset = -1;
  #mappedLength = 0;

  /** Reads the first `length` bytes; false when they are not one whole, well-formed STUN message. */
  read(bytes: Uint8Array, length: number): boolean {
    this.#reset(bytes);
    if (length < STUN_HEADER_BYTES || length > bytes.length || length % 4 !== 0) return false;
    this.type = readUint16(bytes, 0);
    if (this.type > 0x3fff) return false;
    if (readUint16(bytes, 2) !== length - STUN_HEADER_BYTES) return false;
    if (readUint32(bytes, 4) !== MAGIC_COOKIE) return false;
    let offset = STUN_HEADER_BYTES;
    while (offset < length) {
      // RFC 8489 14.7: FINGERPRINT is the last attribute
      if (this.hasFingerprint) return false;
      const valueLength = readUint16(bytes, offset + 2);
      const next = offset + 4 + ((valueLength + 3) & ~3);
      if (next > length) return false;
      if (!this.#readAttribute(readUint16(bytes, offset), offset, valueLength)) return false;
      offset = next;
    }
    return true;
  }

  /** A copy of the transaction id. */
  transactionId(): Uint8Array {
    const id = new Uint8Array(TRANSACTION_ID_BYTES);
    id.set(this.#bytes.subarray(8, STUN_HEADER_BYTES));
    return id;
  }

  /** Whether the message belongs to the transaction of this id. */
  isTransaction(id: Uint8Array): boolean {
    return id.length === TRANSACTION_ID_BYTES && equalInConstantTime(this.#bytes, 8, id, 0, TRANSACTION_ID_BYTES);
  }

  /** The part of USERNAME before the colon, which in a request is the receiver's user name fragment; empty without one. */
  localFragment(): string {
    if (this.usernameOffset < 0) return '';
    const end = this.usernameOffset + this.usernameLength;
    const colon = this.#bytes.indexOf(0x3a, this.usernameOffset);
    return colon < 0 || colon >= end ? '' : asciiText(this.#bytes, this.usernameOffset, colon);
  }

  /** Whether USERNAME is exactly `username`, compared in constant time. */
  hasUsername(username: Uint8Array): boolean {
    if (this.usernameOffset < 0 || this.usernameLength !== username.length) return false;
    return equalInConstantTime(this.#bytes, this.usernameOffset, username, 0, username.length);
  }

  /** Whether MESSAGE-INTEGRITY is there and made with `key` (RFC 8489 14.5), compared in constant time. */
  isAuthentic(key: Uint8Array, hmac: HmacSha1): boolean {
    if (this.integrityOffset < 0) return false;
    const signed = new Uint8Array(this.integrityOffset);
    signed.set(this.#bytes.subarray(0, this.integrityOffset));
    // RFC 8489 14.5: the length covers MESSAGE-INTEGRITY and nothing behind it
    writeUint16(signed, 2, this.integrityOffset + 4 + INTEGRITY_BYTES - STUN_HEADER_BYTES);
    return equalInConstantTime(hmac(key, signed), 0, this.#bytes, this.integrityOffset + 4, INTEGRITY_BYTES);
  }

  /** XOR-MAPPED-ADDRESS as text and port; undefined when absent or of an unknown family. */
  mappedAddress(): { address: string; port: number } | undefined {
    if (this.#mappedOffset < 0) return undefined;
    const family = this.#bytes[this.#mappedOffset + 1];
    const size = family === 1 ? 4 : 16;
    if ((family !== 1 && family !== 2) || this.#mappedLength !== 4 + size) return undefined;
    const address = new Uint8Array(size);
    for (let i = 0; i < size; i += 1) address[i] = this.#bytes[this.#mappedOffset + 4 + i]! ^ this.#bytes[4 + i]!;
    const port = readUint16(this.#bytes, this.#mappedOffset + 2) ^ (MAGIC_COOKIE >>> 16);
    return { address: formatIpAddress(address), port };
  }

  #reset(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.type = 0;
    this.usernameOffset = -1;
    this.usernameLength = 0;
    this.integrityOffset = -1;
    this.hasFingerprint = false;
    this.useCandidate = false;
    this.role = undefined;
    this.priority = -1;
    this.errorCode = 0;
    this.unknownRequired.length = 0;
    this.#mappedOffset = -1;
    this.#mappedLength = 0;
  }

  #readAttribute(type: number, offset: number, length: number): boolean {
    if (type === StunAttribute.fingerprint) return this.#readFingerprint(offset, length);
    // RFC 8489 14.5: whatever else follows MESSAGE-INTEGRITY is not protected and is ignored
    if (this.integrityOffset >= 0) return true;
    const value = offset + 4;
    switch (type) {
      case StunAttribute.username:
        // RFC 8489 14: only the first appearance of an attribute counts
        if (this.usernameOffset >= 0) return true;
        this.usernameOffset = value;
        this.usernameLength = length;
        return length <= MAX_USERNAME_BYTES;
      case StunAttribute.messageIntegrity:
        this.integrityOffset = offset;
        return length === INTEGRITY_BYTES;
      case StunAttribute.errorCode:
        return this.#readErrorCode(value, length);
      case StunAttribute.xorMappedAddress:
        if (this.#mappedOffset >= 0) return true;
        this.#mappedOffset = value;
        this.#mappedLength = length;
        return length >= 4;
      case StunAttribute.priority:
        if (this.priority < 0 && length === 4) this.priority = readUint32(this.#bytes, value);
        return length === 4;
      case StunAttribute.useCandidate:
        this.useCandidate = true;
        return true;
      case StunAttribute.iceControlling:
        this.role ??= 'controlling';
        return length === 8;
      case StunAttribute.iceControlled:
        this.role ??= 'controlled';
        return length === 8;
      default:
        this.#noteUnknown(type);
        return true;
    }
  }

  #readFingerprint(offset: number, length: number): boolean {
    this.hasFingerprint = true;
    if (length !== 4) return false;
    return readUint32(this.#bytes, offset + 4) === (crc32(this.#bytes, offset) ^ FINGERPRINT_XOR) >>> 0;
  }

  #readErrorCode(value: number, length: number): boolean {
    if (length < 4) return false;
    const hundreds = this.#bytes[value + 2]! & 7;
    const rest = this.#bytes[value + 3]!;
    // RFC 8489 14.8
    if (hundreds < 3 || hundreds > 6 || rest > 99) return false;
    if (this.errorCode === 0) this.errorCode = hundreds * 100 + rest;
    return true;
  }

  #noteUnknown(type: number): void {
    if (type >= 0x8000 || knownWithoutUse.has(type)) return;
    if (this.unknownRequired.length < MAX_UNKNOWN_ATTRIBUTES) this.unknownRequired.push(type);
  }
}

const knownWithoutUse: ReadonlySet<number> = new Set([
  StunAttribute.mappedAddress,
  StunAttribute.unknownAttributes,
  StunAttribute.realm,
  StunAttribute.nonce,
  StunAttribute.messageIntegritySha256,
  StunAttribute.passwordAlgorithm,
  StunAttribute.userhash,
]);
