const CONNECT_TIMEOUT_MS = 10_000;
const RESTART_AFTER_MS = 500;
const RESTART_TIMEOUT_MS = 5000;

/** How a session's connection ended: the server closed it, or the network lost it. */
export type LifelineEnd = 'closed-by-server' | 'lost';

/** What a lifeline asks for and tells. */
export interface LifelineOptions {
  /** Asks the server for new ICE credentials. */
  readonly restart: () => Promise<void>;
  readonly onConnected: () => void;
  readonly onInterrupted: () => void;
}

/** Watches one peer connection and restarts ICE when it falters; `ended` tells when only a new session can help. */
export class Lifeline {
  readonly ended: Promise<LifelineEnd>;
  #finish: (end: LifelineEnd) => void = () => undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connected = false;
  #restarting = false;
  readonly #released = new AbortController();

  constructor(
    private readonly peer: RTCPeerConnection,
    private readonly options: LifelineOptions,
  ) {
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
    const listening = { signal: this.#released.signal };
    peer.addEventListener('connectionstatechange', () => this.#change(), listening);
    for (const transport of transportsOf(peer)) {
      transport.addEventListener('statechange', () => this.#transportChange(transport), listening);
    }
    this.#deadline(CONNECT_TIMEOUT_MS);
    this.#change();
    for (const transport of transportsOf(peer)) this.#transportChange(transport);
  }

  /** Restarts ICE at once, for example after the network changed. */
  restart(): void {
    if (!this.#connected || this.#restarting || this.#released.signal.aborted) return;
    this.#restarting = true;
    this.#connected = false;
    this.#deadline(RESTART_TIMEOUT_MS);
    this.options.onInterrupted();
    this.options
      .restart()
      .then(
        () => this.#change(),
        () => this.#end('lost'),
      )
      .finally(() => {
        this.#restarting = false;
      });
  }

  /** Stops watching; idempotent. */
  close(): void {
    this.#end('lost');
  }

  #change(): void {
    switch (this.peer.connectionState) {
      case 'connected':
        return this.#alive();
      case 'disconnected':
        if (this.#connected) this.#later(RESTART_AFTER_MS, () => this.restart());
        return;
      case 'failed':
        return this.#connected ? this.restart() : this.#restarting ? undefined : this.#end('lost');
      case 'closed':
        return this.#end('lost');
      default:
    }
  }

  #alive(): void {
    if (this.#restarting && this.peer.signalingState !== 'stable') return;
    clearTimeout(this.#timer);
    if (this.#connected) return;
    this.#connected = true;
    this.options.onConnected();
  }

  #transportChange(transport: RTCDtlsTransport): void {
    if (transport.state === 'closed') this.#end('closed-by-server');
    if (transport.state === 'failed') this.#end('lost');
  }

  #deadline(afterMs: number): void {
    this.#later(afterMs, () => this.#end('lost'));
  }

  #later(afterMs: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, afterMs);
  }

  #end(end: LifelineEnd): void {
    if (this.#released.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#released.abort();
    this.#finish(end);
  }
}

function transportsOf(peer: RTCPeerConnection): Set<RTCDtlsTransport> {
  const found = peer.getTransceivers().flatMap(({ sender, receiver }) => [sender.transport, receiver.transport]);
  return new Set(found.filter((transport) => transport !== null && transport !== undefined));
}
