import type { PacketCipher } from './packet-cipher.js';
import { RTCP_CLEAR_BYTES } from './packet-cipher.js';
import { ReplayWindow } from './replay-window.js';
import { createRtcpCipher } from './session-cipher.js';
import type { SrtpSessionKeys } from './session-keys.js';
import { MAX_SOURCES, SrtpRejection } from './srtp-rejection.js';

const WINDOW_PACKETS = 128;

/** Unprotects incoming compound RTCP packets of up to 32 sources. */
export class SrtcpReceiver {
  readonly #cipher: PacketCipher;
  readonly #windows = new Map<number, ReplayWindow>();

  constructor(keys: SrtpSessionKeys) {
    this.#cipher = createRtcpCipher(keys);
  }

  /** Unprotects the first `length` bytes in place; returns the plaintext's length, or one of `SrtpRejection`. */
  unprotect(packet: Buffer, length: number): number {
    if (length > packet.length || length < RTCP_CLEAR_BYTES + this.#cipher.rtcpOverheadBytes) {
      return SrtpRejection.malformed;
    }
    if (packet[0]! >>> 6 !== 2) return SrtpRejection.malformed;
    const ssrc = packet.readUInt32BE(4);
    const index = this.#cipher.rtcpIndexWord(packet, length) & 0x7fffffff;
    const known = this.#windows.get(ssrc);
    if (known !== undefined && !known.admits(index)) return SrtpRejection.replayed;
    const plainLength = this.#cipher.openRtcp(packet, length);
    if (plainLength < 0) return SrtpRejection.unauthenticated;
    const window = known ?? this.#adopt(ssrc);
    if (window === undefined) return SrtpRejection.tooManySources;
    window.commit(index);
    return plainLength;
  }

  #adopt(ssrc: number): ReplayWindow | undefined {
    if (this.#windows.size >= MAX_SOURCES) return undefined;
    const window = new ReplayWindow(WINDOW_PACKETS);
    this.#windows.set(ssrc, window);
    return window;
  }
}
