import { EventEmitter, once } from 'node:events';
import { ContentType, createCertificate, HandshakeEndpoint, writeRecord } from '@weir/dtls';
import type { Certificate, HandshakeEvents } from '@weir/dtls';
import { describe, expect, it } from 'vitest';

const closeNotify = Uint8Array.of(1, 0);
const fatalAlert = Uint8Array.of(2, 40);

const forgeries: readonly (readonly [string, Uint8Array])[] = [
  ['a close_notify in the clear', writeRecord({ type: ContentType.alert, epoch: 0, sequence: 99, body: closeNotify })],
  ['a fatal alert in the clear', writeRecord({ type: ContentType.alert, epoch: 0, sequence: 99, body: fatalAlert })],
  [
    'an unprotected alert in epoch 1',
    writeRecord({ type: ContentType.alert, epoch: 1, sequence: 99, body: closeNotify }),
  ],
  [
    'a badly protected alert',
    writeRecord({ type: ContentType.alert, epoch: 1, sequence: 9, body: new Uint8Array(26) }),
  ],
  ['a record of an unknown type', writeRecord({ type: 25, epoch: 0, sequence: 99, body: new Uint8Array(4) })],
  ['a hello that asks to begin anew', hello()],
  ['half a record', Uint8Array.of(21, 254, 253, 0, 0, 0)],
];

/** A connected pair of endpoints between which a forger may put his datagrams. */
class Session {
  readonly server: HandshakeEndpoint;
  readonly client: HandshakeEndpoint;
  readonly ends: string[] = [];
  readonly #events = new EventEmitter();
  readonly #connected = Promise.all([once(this.#events, 'client keys'), once(this.#events, 'server keys')]);
  readonly #forgery: Uint8Array | undefined;

  constructor(ofServer: Certificate, ofClient: Certificate, forgery?: Uint8Array) {
    this.#forgery = forgery;
    this.server = new HandshakeEndpoint(
      { role: 'server', certificate: ofServer, fingerprints: [ofClient.fingerprint] },
      this.#watch('server', (data) => this.client.receive(data)),
    );
    this.client = new HandshakeEndpoint(
      { role: 'client', certificate: ofClient, fingerprints: [ofServer.fingerprint] },
      this.#watch('client', (data) => this.server.receive(data)),
    );
  }

  async connect(): Promise<void> {
    this.server.start();
    this.client.start();
    await this.#connected;
  }

  /** Lets the client leave and the server notice. */
  async leave(): Promise<void> {
    const closed = once(this.#events, 'server closed');
    this.client.close();
    await closed;
    this.server.close();
  }

  #watch(name: 'client' | 'server', deliver: (data: Uint8Array) => void): HandshakeEvents {
    const end = (what: string): void => {
      this.ends.push(`${name} ${what}`);
      this.#events.emit(`${name} ${what}`);
    };
    return {
      datagram: (data) =>
        setImmediate(() => {
          // A hello before the first real one is as good as that: nothing in DTLS can tell them apart.
          const forged = name === 'server' || this.#forgery?.[0] !== ContentType.handshake;
          if (this.#forgery !== undefined && forged) deliver(this.#forgery);
          deliver(data);
        }),
      keys: () => this.#events.emit(`${name} keys`),
      failed: end,
      closed: () => end('closed'),
    };
  }
}

async function open(forgery?: Uint8Array): Promise<Session> {
  const session = new Session(await createCertificate(), await createCertificate(), forgery);
  await session.connect();
  return session;
}

describe('from somebody who knows no keys', () => {
  it.each(forgeries)('%s does not end a connected session', async (_name, forgery) => {
    const session = await open();
    session.server.receive(forgery);
    session.client.receive(forgery);
    expect(session.ends).toEqual([]);
    await session.leave();
    expect(session.ends).toEqual(['server closed']);
  });

  it.each(forgeries)('%s does not disturb a handshake', async (_name, forgery) => {
    const session = await open(forgery);
    expect(session.ends).toEqual([]);
    session.client.close();
    session.server.close();
  });
});

/** A ClientHello without a body worth reading, as message 0. */
function hello(): Uint8Array {
  const body = Buffer.alloc(12 + 42);
  body[0] = 1;
  body.writeUIntBE(42, 1, 3);
  body.writeUIntBE(42, 9, 3);
  return writeRecord({ type: ContentType.handshake, epoch: 0, sequence: 0, body });
}
