import type { PacketCipher } from './packet-cipher.js';
import { createRtcpCipher } from './session-cipher.js';
import type { SrtpSessionKeys } from './session-keys.js';

/** Protects outgoing compound RTCP packets. */
export class SrtcpSender {
  /** Bytes that protection appends. */
  readonly overheadBytes: number;

  readonly #cipher: PacketCipher;
  #index = 0;

  constructor(keys: SrtpSessionKeys) {
    this.#cipher = createRtcpCipher(keys);
    this.overheadBytes = this.#cipher.rtcpOverheadBytes;
  }

  /** Protects the first `length` bytes, at least 8, in place and returns the new length. */
  protect(packet: Buffer, length: number): number {
    if (length + this.overheadBytes > packet.length) throw new RangeError('no room for index and authentication tag');
    const sealed = this.#cipher.sealRtcp(packet, length, this.#index);
    // RFC 3711 3.4
    this.#index = (this.#index + 1) & 0x7fffffff;
    return sealed;
  }
}
