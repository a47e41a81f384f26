import { FigureReader } from './media-figures.js';
import type { MediaFigures } from './media-figures.js';

const INTERVAL_MS = 1000;

/** Reads a peer connection's figures once a second until closed; a new peer connection starts the counting over. */
export class FigureWatch {
  readonly #timer: ReturnType<typeof setInterval>;
  #reader = new FigureReader();
  #peer: RTCPeerConnection | undefined;

  constructor(
    private readonly peer: () => RTCPeerConnection | undefined,
    private readonly direction: 'inbound' | 'outbound',
    private readonly onFigures: (figures: MediaFigures) => void,
  ) {
    this.#timer = setInterval(() => void this.#read(), INTERVAL_MS);
  }

  /** Stops reading; idempotent. */
  close(): void {
    clearInterval(this.#timer);
  }

  async #read(): Promise<void> {
    const peer = this.peer();
    if (peer === undefined || peer.connectionState === 'closed') return;
    const fresh = peer !== this.#peer;
    if (fresh) {
      this.#peer = peer;
      this.#reader = new FigureReader();
    }
    const report = await peer.getStats();
    const figures = this.#reader.read(report.entries(), this.direction, performance.now());
    if (!fresh) this.onFigures(figures);
  }
}
