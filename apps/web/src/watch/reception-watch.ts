import { ReceptionReader } from './reception.js';
import type { Reception } from './reception.js';

const INTERVAL_MS = 1000;

/** Reads what a peer connection receives once a second until closed; a new peer connection starts the counting over. */
export class ReceptionWatch {
  readonly #timer: ReturnType<typeof setInterval>;
  #reader = new ReceptionReader();
  #peer: RTCPeerConnection | undefined;

  constructor(
    private readonly peer: () => RTCPeerConnection | undefined,
    private readonly onReception: (reception: Reception) => void,
  ) {
    this.#timer = setInterval(() => void this.#read(), INTERVAL_MS);
  }

  /** Stops reading; idempotent. */
  close(): void {
    clearInterval(this.#timer);
  }

  async #read(): Promise<void> {
    const peer = this.peer();
    if (peer === undefined || peer.connectionState === 'closed' || document.hidden) return;
    const fresh = peer !== this.#peer;
    if (fresh) {
      this.#peer = peer;
      this.#reader = new ReceptionReader();
    }
    const report = await peer.getStats();
    const reception = this.#reader.read(report.entries(), performance.now());
    if (!fresh && peer === this.#peer) this.onReception(reception);
  }
}
