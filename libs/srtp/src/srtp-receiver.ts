import type { PacketCipher } from './packet-cipher.js';
import { estimatePacketIndex } from './packet-index.js';
import { ReplayWindow } from './replay-window.js';
import { rtpHeaderLength } from './rtp-header-length.js';
import { createRtpCipher } from './session-cipher.js';
import type { SrtpSessionKeys } from './session-keys.js';
import { MAX_SOURCES, SrtpRejection } from './srtp-rejection.js';

// RFC 3711 3.3.2 asks for 64 at least; a retransmission without RTX comes back with its old index, and at a few
// thousand packets a second it is hundreds of packets late
const WINDOW_PACKETS = 1024;

/** Unprotects incoming RTP packets of up to 32 sources. */
export class SrtpReceiver {
  readonly #cipher: PacketCipher;
  readonly #windows = new Map<number, ReplayWindow>();
  // takes the place of the window of a source that has not yet proven itself
  #spare = new ReplayWindow(WINDOW_PACKETS);

  constructor(keys: SrtpSessionKeys) {
    this.#cipher = createRtpCipher(keys);
  }

  /** Unprotects the first `length` bytes in place; returns the plaintext's length, or one of `SrtpRejection`. */
  unprotect(packet: Buffer, length: number): number {
    const headerLength = rtpHeaderLength(packet, length);
    if (headerLength < 0 || headerLength + this.#cipher.rtpOverheadBytes > length) return SrtpRejection.malformed;
    const ssrc = packet.readUInt32BE(8);
    const known = this.#windows.get(ssrc);
    const window = known ?? this.#spare;
    const index = estimatePacketIndex(packet.readUInt16BE(2), window.highest);
    if (!window.admits(index)) return SrtpRejection.replayed;
    const plainLength = this.#cipher.openRtp(packet, headerLength, length, Math.floor(index / 0x10000));
    if (plainLength < 0) return SrtpRejection.unauthenticated;
    if (known === undefined && !this.#adopt(ssrc)) return SrtpRejection.tooManySources;
    window.commit(index);
    return plainLength;
  }

  #adopt(ssrc: number): boolean {
    if (this.#windows.size >= MAX_SOURCES) return false;
    this.#windows.set(ssrc, this.#spare);
    this.#spare = new ReplayWindow(WINDOW_PACKETS);
    return true;
  }
}
