import { HandshakeEndpoint } from './handshake-endpoint.js';
import type { HandshakeEndpointOptions, HandshakeEvents } from './handshake-endpoint.js';
import type { HandshakeGate, LeaveGate } from './handshake-gate.js';

const queuedDatagramsMax = 8;

/** One session of a desk: waits for the peer's first word and for room, then shakes hands. */
export class DeskSession {
  readonly #options: HandshakeEndpointOptions;
  readonly #events: HandshakeEvents;
  readonly #gate: HandshakeGate;
  /** Datagrams that came before there was room, the oldest first. */
  readonly #queue: Uint8Array[] = [];
  #endpoint: HandshakeEndpoint | undefined;
  /** Set once the session has asked for room. */
  #leave: LeaveGate | undefined;

  constructor(options: HandshakeEndpointOptions, events: HandshakeEvents, gate: HandshakeGate) {
    this.#events = events;
    this.#options = options;
    this.#gate = gate;
  }

  /** As client, asks for room at once. */
  open(): void {
    if (this.#options.role === 'client') this.#enter();
  }

  receive(datagram: Uint8Array): void {
    if (this.#endpoint !== undefined) {
      this.#endpoint.receive(datagram);
      return;
    }
    // A peer that waits repeats itself: what is left out here comes again.
    if (this.#queue.length < queuedDatagramsMax) this.#queue.push(datagram);
    this.#enter();
  }

  close(): void {
    this.#leave?.();
    this.#endpoint?.close();
  }

  #enter(): void {
    this.#leave ??= this.#gate.enter(() => this.#begin());
  }

  #begin(): void {
    const events = this.#events;
    const endpoint = new HandshakeEndpoint(this.#options, {
      datagram: (data) => events.datagram(data),
      keys: (keys) => {
        this.#leave?.();
        events.keys(keys);
      },
      failed: (reason) => {
        this.#leave?.();
        events.failed(reason);
      },
      closed: () => events.closed(),
    });
    this.#endpoint = endpoint;
    endpoint.start();
    for (const datagram of this.#queue.splice(0)) endpoint.receive(datagram);
  }
}
