import type { PacketCipher } from './packet-cipher.js';
import { createRtpCipher } from './session-cipher.js';
import type { SrtpSessionKeys } from './session-keys.js';

/** Protects outgoing RTP packets of any number of sources. */
export class SrtpSender {
  /** Bytes that protection appends. */
  readonly overheadBytes: number;

  readonly #cipher: PacketCipher;

  constructor(keys: SrtpSessionKeys) {
    this.#cipher = createRtpCipher(keys);
    this.overheadBytes = this.#cipher.rtpOverheadBytes;
  }

  /**
   * Protects the first `length` bytes in place and returns the new length; `extendedSequence` continues the packet's
   * sequence number over its wraps, starting below 65536 for each source, because receivers start from rollover counter 0.
   */
  protect(packet: Buffer, headerLength: number, length: number, extendedSequence: number): number {
    if (length + this.overheadBytes > packet.length) throw new RangeError('no room for the authentication tag');
    return this.#cipher.sealRtp(packet, headerLength, length, Math.floor(extendedSequence / 0x10000));
  }
}
