import { writeUint16, writeUint32 } from './byte-order.js';
import { crc32 } from './crc32.js';
import type { HmacSha1 } from './stun-format.js';
import { FINGERPRINT_XOR, INTEGRITY_BYTES, MAGIC_COOKIE, STUN_HEADER_BYTES, StunAttribute } from './stun-format.js';

// RFC 8489 6.1: a message must fit the path; 548 bytes is the bound for IPv4, and the name may take 513 of them
const CAPACITY_BYTES = 1024;

/** Writes one STUN message, attribute by attribute. */
export class StunWriter {
  readonly #message = new Uint8Array(CAPACITY_BYTES);
  #length = STUN_HEADER_BYTES;

  constructor(type: number, transactionId: Uint8Array) {
    writeUint16(this.#message, 0, type);
    writeUint32(this.#message, 4, MAGIC_COOKIE);
    this.#message.set(transactionId, 8);
  }

  /** Adds an attribute without a value. */
  flag(type: number): void {
    this.#attribute(type, 0);
  }

  /** Adds an attribute of one 32-bit number. */
  uint32(type: number, value: number): void {
    writeUint32(this.#message, this.#attribute(type, 4), value);
  }

  /** Adds an attribute of 16-bit numbers. */
  uint16List(type: number, values: readonly number[]): void {
    const offset = this.#attribute(type, values.length * 2);
    for (const [i, value] of values.entries()) writeUint16(this.#message, offset + i * 2, value);
  }

  /** Adds an attribute of any bytes. */
  bytes(type: number, value: Uint8Array): void {
    this.#message.set(value, this.#attribute(type, value.length));
  }

  /** Adds an address of 4 or 16 bytes and a port, masked with cookie and transaction id (RFC 8489 14.2). */
  xorAddress(type: number, ip: Uint8Array, port: number): void {
    const offset = this.#attribute(type, 4 + ip.length);
    this.#message[offset + 1] = ip.length === 4 ? 1 : 2;
    writeUint16(this.#message, offset + 2, port ^ (MAGIC_COOKIE >>> 16));
    for (const [i, byte] of ip.entries()) this.#message[offset + 4 + i] = byte ^ this.#message[4 + i]!;
  }

  /** Adds MESSAGE-INTEGRITY and FINGERPRINT and returns the message. */
  sign(key: Uint8Array, hmac: HmacSha1): Uint8Array {
    const signedLength = this.#length;
    const offset = this.#attribute(StunAttribute.messageIntegrity, INTEGRITY_BYTES);
    this.#message.set(hmac(key, this.#message.subarray(0, signedLength)), offset);
    return this.finish();
  }

  /** Adds FINGERPRINT and returns the message. */
  finish(): Uint8Array {
    const coveredLength = this.#length;
    const offset = this.#attribute(StunAttribute.fingerprint, 4);
    writeUint32(this.#message, offset, crc32(this.#message, coveredLength) ^ FINGERPRINT_XOR);
    return this.#message.slice(0, this.#length);
  }

  #attribute(type: number, length: number): number {
    const value = this.#length + 4;
    writeUint16(this.#message, this.#length, type);
    writeUint16(this.#message, this.#length + 2, length);
    this.#length = value + ((length + 3) & ~3);
    writeUint16(this.#message, 2, this.#length - STUN_HEADER_BYTES);
    return value;
  }
}
