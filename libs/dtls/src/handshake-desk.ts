import type { MessagePort } from 'node:worker_threads';
import type { Certificate } from './certificate.js';
import { DeskSession } from './desk-session.js';
import type { HandshakeEvents } from './handshake-endpoint.js';
import { HandshakeGate } from './handshake-gate.js';
import type { HandshakeReport, HandshakeRequest, SrtpProfile } from './handshake-protocol.js';

/** How a desk works; plain data. */
export interface HandshakeDeskOptions {
  /** Handshakes under way at once, at least 1; more wait their turn. Default 16. */
  readonly concurrency?: number;
  /** Milliseconds that one handshake may take, from the peer's first datagram; default 10000. */
  readonly timeoutMs?: number;
  /** SRTP protection profiles that are agreed to, best first; default 7, 1. */
  readonly srtpProfiles?: readonly SrtpProfile[];
}

type OpenRequest = Extract<HandshakeRequest, { readonly type: 'open' }>;

/** Shakes hands for any number of media workers, each at its own port, in whatever thread it lives. */
export class HandshakeDesk {
  readonly #options: HandshakeDeskOptions;
  readonly #gate: HandshakeGate;
  readonly #certificates = new Map<string, Certificate>();
  readonly #sessions = new Map<MessagePort, Map<number, DeskSession>>();

  constructor(options: HandshakeDeskOptions = {}) {
    this.#options = options;
    this.#gate = new HandshakeGate({ concurrency: options.concurrency ?? 16 });
  }

  /** Sessions at all ports, connected ones included. */
  get sessionCount(): number {
    let count = 0;
    for (const sessions of this.#sessions.values()) count += sessions.size;
    return count;
  }

  /** Makes a certificate known; sessions name it by the value of its fingerprint. */
  addCertificate(certificate: Certificate): void {
    this.#certificates.set(certificate.fingerprint.value, certificate);
  }

  /** Forgets a certificate; sessions that use it go on. */
  removeCertificate(fingerprintValue: string): void {
    this.#certificates.delete(fingerprintValue);
  }

  /** Serves the requests of one media worker until its port closes. */
  attach(port: MessagePort): void {
    const sessions = new Map<number, DeskSession>();
    this.#sessions.set(port, sessions);
    port.on('message', (request: HandshakeRequest) => this.#serve(port, sessions, request));
    port.on('close', () => this.#detach(port));
  }

  /** Ends all sessions and closes all ports; idempotent. */
  close(): void {
    for (const port of this.#sessions.keys()) {
      this.#detach(port);
      port.close();
    }
    this.#certificates.clear();
  }

  #detach(port: MessagePort): void {
    const sessions = this.#sessions.get(port);
    this.#sessions.delete(port);
    for (const session of sessions?.values() ?? []) session.close();
    sessions?.clear();
  }

  #serve(port: MessagePort, sessions: Map<number, DeskSession>, request: HandshakeRequest): void {
    if (request.type === 'open') {
      this.#open(port, sessions, request);
    } else if (request.type === 'datagram') {
      sessions.get(request.session)?.receive(request.data);
    } else {
      sessions.get(request.session)?.close();
      sessions.delete(request.session);
    }
  }

  #open(port: MessagePort, sessions: Map<number, DeskSession>, request: OpenRequest): void {
    const { session, role, fingerprints, certificateFingerprint } = request;
    const certificate = this.#certificates.get(certificateFingerprint);
    if (certificate === undefined) {
      report(port, { type: 'failed', session, reason: 'certificate is not known' });
      return;
    }
    const events: HandshakeEvents = {
      datagram: (data) => report(port, { type: 'datagram', session, data }),
      keys: (keys) => report(port, { type: 'keys', session, keys }),
      failed: (reason) => {
        sessions.delete(session);
        report(port, { type: 'failed', session, reason });
      },
      closed: () => {
        sessions.delete(session);
        report(port, { type: 'closed', session });
      },
    };
    const { timeoutMs = 10_000, srtpProfiles = [7, 1] } = this.#options;
    const opened = new DeskSession({ role, certificate, fingerprints, srtpProfiles, timeoutMs }, events, this.#gate);
    sessions.set(session, opened);
    opened.open();
  }
}

function report(port: MessagePort, message: HandshakeReport): void {
  port.postMessage(message);
}
