import type { KeyObject } from 'node:crypto';
import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { GCM_IV_BYTES, gcmIv, gcmRtcpIv } from './initialization-vector.js';
import type { PacketCipher } from './packet-cipher.js';
import { RTCP_CLEAR_BYTES, RTCP_ENCRYPTED } from './packet-cipher.js';

const TAG_BYTES = 16;
const INDEX_BYTES = 4;
const OPTIONS = { authTagLength: TAG_BYTES } as const;

/** AEAD_AES_128_GCM (RFC 7714). */
export class GcmCipher implements PacketCipher {
  readonly rtpOverheadBytes = TAG_BYTES;
  readonly rtcpOverheadBytes = TAG_BYTES + INDEX_BYTES;

  readonly #key: KeyObject;
  readonly #salt: Buffer;
  readonly #iv = Buffer.alloc(GCM_IV_BYTES);
  readonly #rtcpAad = Buffer.alloc(RTCP_CLEAR_BYTES + INDEX_BYTES);

  constructor(key: Buffer, salt: Buffer) {
    this.#key = createSecretKey(key);
    this.#salt = salt;
  }

  sealRtp(packet: Buffer, headerLength: number, length: number, rolloverCounter: number): number {
    gcmIv(this.#salt, packet.readUInt32BE(8), rolloverCounter, packet.readUInt16BE(2), this.#iv);
    return this.#seal(packet, packet.subarray(0, headerLength), headerLength, length);
  }

  openRtp(packet: Buffer, headerLength: number, length: number, rolloverCounter: number): number {
    gcmIv(this.#salt, packet.readUInt32BE(8), rolloverCounter, packet.readUInt16BE(2), this.#iv);
    return this.#open(packet, packet.subarray(0, headerLength), headerLength, length);
  }

  sealRtcp(packet: Buffer, length: number, index: number): number {
    gcmRtcpIv(this.#salt, packet.readUInt32BE(4), index, this.#iv);
    const indexWord = (RTCP_ENCRYPTED | index) >>> 0;
    const sealed = this.#seal(packet, this.#encryptedAad(packet, indexWord), RTCP_CLEAR_BYTES, length);
    return packet.writeUInt32BE(indexWord, sealed);
  }

  rtcpIndexWord(packet: Buffer, length: number): number {
    return packet.readUInt32BE(length - INDEX_BYTES);
  }

  openRtcp(packet: Buffer, length: number): number {
    const indexWord = this.rtcpIndexWord(packet, length);
    const end = length - INDEX_BYTES;
    gcmRtcpIv(this.#salt, packet.readUInt32BE(4), indexWord & 0x7fffffff, this.#iv);
    if (indexWord >= RTCP_ENCRYPTED) {
      return this.#open(packet, this.#encryptedAad(packet, indexWord), RTCP_CLEAR_BYTES, end);
    }
    // RFC 7714 9.3: unencrypted, all of it is associated data
    const clearEnd = end - TAG_BYTES;
    const aad = Buffer.concat([packet.subarray(0, clearEnd), packet.subarray(end, length)]);
    return this.#open(packet, aad, clearEnd, end);
  }

  #encryptedAad(packet: Buffer, indexWord: number): Buffer {
    // RFC 7714 9.2
    packet.copy(this.#rtcpAad, 0, 0, RTCP_CLEAR_BYTES);
    this.#rtcpAad.writeUInt32BE(indexWord, RTCP_CLEAR_BYTES);
    return this.#rtcpAad;
  }

  #seal(packet: Buffer, aad: Buffer, start: number, end: number): number {
    const cipher = createCipheriv('aes-128-gcm', this.#key, this.#iv, OPTIONS);
    cipher.setAAD(aad);
    packet.set(cipher.update(packet.subarray(start, end)), start);
    cipher.final();
    packet.set(cipher.getAuthTag(), end);
    return end + TAG_BYTES;
  }

  #open(packet: Buffer, aad: Buffer, start: number, end: number): number {
    const tagStart = end - TAG_BYTES;
    const decipher = createDecipheriv('aes-128-gcm', this.#key, this.#iv, OPTIONS);
    decipher.setAAD(aad);
    decipher.setAuthTag(packet.subarray(tagStart, end));
    const plaintext = decipher.update(packet.subarray(start, tagStart));
    try {
      decipher.final();
    } catch {
      return -1;
    }
    packet.set(plaintext, start);
    return tagStart;
  }
}
