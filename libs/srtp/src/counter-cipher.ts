import type { KeyObject } from 'node:crypto';
import { createCipheriv, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { COUNTER_IV_BYTES, counterIv, counterRtcpIv } from './initialization-vector.js';
import type { PacketCipher } from './packet-cipher.js';
import { RTCP_CLEAR_BYTES, RTCP_ENCRYPTED } from './packet-cipher.js';

const TAG_BYTES = 10;
const INDEX_BYTES = 4;

/** AES128_CM_HMAC_SHA1_80 (RFC 3711). */
export class CounterCipher implements PacketCipher {
  readonly rtpOverheadBytes = TAG_BYTES;
  readonly rtcpOverheadBytes = TAG_BYTES + INDEX_BYTES;

  readonly #key: KeyObject;
  readonly #authKey: KeyObject;
  readonly #salt: Buffer;
  readonly #iv = Buffer.alloc(COUNTER_IV_BYTES);
  readonly #rollover = Buffer.alloc(4);

  constructor(key: Buffer, authKey: Buffer, salt: Buffer) {
    this.#key = createSecretKey(key);
    this.#authKey = createSecretKey(authKey);
    this.#salt = salt;
  }

  sealRtp(packet: Buffer, headerLength: number, length: number, rolloverCounter: number): number {
    counterIv(this.#salt, packet.readUInt32BE(8), rolloverCounter, packet.readUInt16BE(2), this.#iv);
    this.#transform(packet, headerLength, length);
    return this.#appendTag(packet, length, this.#rtpTag(packet, length, rolloverCounter));
  }

  openRtp(packet: Buffer, headerLength: number, length: number, rolloverCounter: number): number {
    const end = length - TAG_BYTES;
    if (!this.#hasTag(packet, end, this.#rtpTag(packet, end, rolloverCounter))) return -1;
    counterIv(this.#salt, packet.readUInt32BE(8), rolloverCounter, packet.readUInt16BE(2), this.#iv);
    this.#transform(packet, headerLength, end);
    return end;
  }

  sealRtcp(packet: Buffer, length: number, index: number): number {
    counterRtcpIv(this.#salt, packet.readUInt32BE(4), index, this.#iv);
    this.#transform(packet, RTCP_CLEAR_BYTES, length);
    const end = packet.writeUInt32BE((RTCP_ENCRYPTED | index) >>> 0, length);
    return this.#appendTag(packet, end, this.#rtcpTag(packet, end));
  }

  rtcpIndexWord(packet: Buffer, length: number): number {
    return packet.readUInt32BE(length - TAG_BYTES - INDEX_BYTES);
  }

  openRtcp(packet: Buffer, length: number): number {
    const indexWord = this.rtcpIndexWord(packet, length);
    const end = length - TAG_BYTES;
    if (!this.#hasTag(packet, end, this.#rtcpTag(packet, end))) return -1;
    if (indexWord >= RTCP_ENCRYPTED) {
      counterRtcpIv(this.#salt, packet.readUInt32BE(4), indexWord & 0x7fffffff, this.#iv);
      this.#transform(packet, RTCP_CLEAR_BYTES, end - INDEX_BYTES);
    }
    return end - INDEX_BYTES;
  }

  #transform(packet: Buffer, start: number, end: number): void {
    const cipher = createCipheriv('aes-128-ctr', this.#key, this.#iv);
    packet.set(cipher.update(packet.subarray(start, end)), start);
  }

  #rtpTag(packet: Buffer, end: number, rolloverCounter: number): Buffer {
    // RFC 3711 4.2: the rollover counter is authenticated, not sent
    this.#rollover.writeUInt32BE(rolloverCounter);
    return createHmac('sha1', this.#authKey).update(packet.subarray(0, end)).update(this.#rollover).digest();
  }

  #rtcpTag(packet: Buffer, end: number): Buffer {
    return createHmac('sha1', this.#authKey).update(packet.subarray(0, end)).digest();
  }

  #appendTag(packet: Buffer, end: number, tag: Buffer): number {
    return end + tag.copy(packet, end, 0, TAG_BYTES);
  }

  #hasTag(packet: Buffer, end: number, tag: Buffer): boolean {
    return timingSafeEqual(packet.subarray(end, end + TAG_BYTES), tag.subarray(0, TAG_BYTES));
  }
}
