import { createCertificate } from './certificate.js';
import type { Certificate } from './certificate.js';
import { HandshakeEndpoint } from './handshake-endpoint.js';
import type { HandshakeEndpointOptions } from './handshake-endpoint.js';
import type { DtlsRole, Fingerprint, SrtpKeyMaterial, SrtpProfile } from './handshake-protocol.js';
import { Outcome } from './outcome.fixture.js';

/** What has become of one side. */
export interface Side {
  readonly endpoint: HandshakeEndpoint;
  readonly keys: Promise<SrtpKeyMaterial>;
  readonly failed: Promise<string>;
  readonly closed: Promise<void>;
  /** Datagrams given to `carry`. */
  sent: number;
}

/** Decides what reaches the other side: called with each datagram and its number, counted from 0 for each direction. */
export type Carry = (from: DtlsRole, datagram: Uint8Array, number: number) => readonly Uint8Array[];

/** Departures from a plain pair. */
export interface PairOptions {
  readonly carry?: Carry;
  readonly clientCertificate?: Certificate;
  readonly clientFingerprints?: readonly Fingerprint[];
  readonly serverFingerprints?: readonly Fingerprint[];
  readonly clientProfiles?: readonly SrtpProfile[];
  readonly timeoutMs?: number;
}

/** A client and a server joined in memory, with certificates that fit unless said otherwise. */
export interface EndpointPair {
  readonly client: Side;
  readonly server: Side;
  start(): void;
  close(): void;
}

const certificates = Promise.all([createCertificate(), createCertificate()]);

/** Joins two endpoints. */
export async function joinEndpoints(options: PairOptions = {}): Promise<EndpointPair> {
  const [ofClient, ofServer] = await certificates;
  const clientCertificate = options.clientCertificate ?? ofClient;
  const carry: Carry = options.carry ?? ((_from, datagram) => [datagram]);
  const timeoutMs = options.timeoutMs ?? 10_000;
  const pair: { client?: Side; server?: Side } = {};
  const side = (role: DtlsRole, other: DtlsRole, endpointOptions: HandshakeEndpointOptions): Side => {
    const keys = new Outcome<SrtpKeyMaterial>();
    const failed = new Outcome<string>();
    const closed = new Outcome<void>();
    const endpoint = new HandshakeEndpoint(endpointOptions, {
      datagram: (data) => {
        const number = made.sent;
        made.sent += 1;
        const arriving = carry(role, data, number);
        setImmediate(() => arriving.forEach((datagram) => pair[other]?.endpoint.receive(datagram)));
      },
      keys: keys.resolve,
      failed: failed.resolve,
      closed: closed.resolve,
    });
    const made: Side = { endpoint, keys: keys.promise, failed: failed.promise, closed: closed.promise, sent: 0 };
    return made;
  };
  const client = side('client', 'server', {
    role: 'client',
    certificate: clientCertificate,
    fingerprints: options.serverFingerprints ?? [ofServer.fingerprint],
    srtpProfiles: options.clientProfiles ?? [7, 1],
    timeoutMs,
  });
  const server = side('server', 'client', {
    role: 'server',
    certificate: ofServer,
    fingerprints: options.clientFingerprints ?? [clientCertificate.fingerprint],
    timeoutMs,
  });
  Object.assign(pair, { client, server });
  return {
    client,
    server,
    start: () => {
      server.endpoint.start();
      client.endpoint.start();
    },
    close: () => {
      client.endpoint.close();
      server.endpoint.close();
    },
  };
}
