import { DtlsClient, DtlsServer, SignatureAlgorithm, HashAlgorithm, keyLength, saltLength } from 'werift';
import type { Certificate } from './certificate.js';
import type { OutgoingRecord } from './flight-sender.js';
import { MessageType, messageBody, readMessage } from './handshake-message.js';
import type { HandshakeMessage } from './handshake-message.js';
import type { DtlsRole, SrtpKeyMaterial, SrtpProfile } from './handshake-protocol.js';
import type { HandshakeSecrets } from './record-cipher.js';
import { ContentType, readRecords, writeRecord } from './record.js';
import type { DtlsRecord } from './record.js';

/**
 * What may follow a flight: `cookie`, which the peer asks for again if it got lost; `asks`, which is repeated until answered; `ends`,
 * after which nothing is due.
 */
export type FlightTurn = 'cookie' | 'asks' | 'ends';

/** What a handshake by werift is made from and what it calls. */
export interface WeriftHandshakeOptions {
  readonly role: DtlsRole;
  readonly certificate: Certificate;
  /** Best first. */
  readonly srtpProfiles: readonly SrtpProfile[];
  /** Called with each flight as it is ready. */
  readonly onFlight: (flight: readonly OutgoingRecord[], turn: FlightTurn) => void;
  readonly onError: (error: unknown) => void;
}

const overFlight = 99;
// RFC 6347 4.2.4: the flights of a handshake, by number.
const turns: Readonly<Record<number, FlightTurn>> = {
  1: 'asks',
  2: 'cookie',
  3: 'asks',
  4: 'asks',
  5: 'asks',
  6: 'ends',
};

class FlightTaken extends Error {
  override readonly name = 'FlightTaken';
}

const flightTaken = new FlightTaken();
const signatureHash = { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 };

/**
 * The messages of one handshake by werift, without its record layer, reassembly and timers: those lose their way on lost, repeated and
 * reordered datagrams. It must be given whole messages in order, each once.
 */
export class WeriftHandshake {
  readonly #socket: DtlsServer | DtlsClient;
  readonly #options: WeriftHandshakeOptions;
  #takenFlight = 0;

  constructor(options: WeriftHandshakeOptions) {
    this.#options = options;
    const weriftOptions = {
      transport: {
        type: 'flight',
        address: { address: '', family: '', port: 0 },
        closed: false,
        onData: () => {},
        send: (bytes: Buffer) => this.#take(bytes),
        close: () => Promise.resolve(),
      },
      cert: options.certificate.certPem,
      key: options.certificate.keyPem,
      signatureHash,
      srtpProfiles: [...options.srtpProfiles],
      extendedMasterSecret: true,
    };
    this.#socket =
      options.role === 'client'
        ? new DtlsClient(weriftOptions)
        : new DtlsServer({ ...weriftOptions, certificateRequest: true });
    this.#socket.onError.subscribe((error) => this.#raise(error));
  }

  /** As client, makes the first ClientHello. */
  start(): void {
    if (this.#socket instanceof DtlsClient) this.#socket.connect().catch((error: unknown) => this.#raise(error));
  }

  /** Takes the next message of the peer. */
  receive(message: HandshakeMessage): void {
    this.#feed({ type: ContentType.handshake, epoch: 0, sequence: 0, body: message.bytes });
  }

  /** Takes the record that carries the peer's Finished. */
  receiveFinished(record: DtlsRecord): void {
    this.#feed(record);
  }

  /** Every message so far that goes into the Finished of either side (RFC 6347 4.2.6). */
  transcript(): HandshakeMessage[] {
    return this.#socket.dtls.sortedHandshakeCache
      .map((fragment) => readMessage(fragment.serialize()))
      .filter((message) => message !== undefined);
  }

  /** Undefined until both sides' key exchange is known. */
  secrets(): HandshakeSecrets | undefined {
    const { masterSecret, localRandom, remoteRandom } = this.#socket.cipher;
    // werift types fields that a handshake fills only later as always there.
    if ((masterSecret as Buffer | undefined) === undefined) return undefined;
    const [local, remote] = [localRandom.serialize(), remoteRandom.serialize()];
    return this.#options.role === 'client'
      ? { masterSecret, clientRandom: local, serverRandom: remote }
      : { masterSecret, clientRandom: remote, serverRandom: local };
  }

  /** Whether both sides agreed on the extended master secret (RFC 7627). */
  get extendedMasterSecret(): boolean {
    return this.#socket.dtls.remoteExtendedMasterSecret;
  }

  /** Undefined when the two sides have no SRTP profile in common. */
  srtpKeys(): SrtpKeyMaterial | undefined {
    const profile = this.#socket.srtp.srtpProfile;
    if (profile === undefined) return undefined;
    const exported = this.#socket.extractSessionKeys(keyLength(profile), saltLength(profile));
    // Copied out of the shared pool: posting a view to a thread posts the whole buffer under it.
    return {
      profile,
      localKey: Uint8Array.from(exported.localKey),
      localSalt: Uint8Array.from(exported.localSalt),
      remoteKey: Uint8Array.from(exported.remoteKey),
      remoteSalt: Uint8Array.from(exported.remoteSalt),
    };
  }

  close(): void {
    this.#socket.dtls.flight = overFlight;
    this.#socket.onError.allUnsubscribe();
  }

  #feed(record: DtlsRecord): void {
    this.#socket.transport.socket.onData(Buffer.from(writeRecord(record).buffer), ['', 0]);
  }

  /** Takes over a flight at its first datagram, and keeps werift from arming a timer for it by failing that send. */
  #take(bytes: Buffer): Promise<void> {
    const { flight, lastMessage } = this.#socket.dtls;
    const turn = turns[flight];
    if (turn === undefined) return Promise.resolve();
    if (flight !== this.#takenFlight) {
      this.#takenFlight = flight;
      const datagrams = lastMessage.includes(bytes) ? lastMessage : [bytes];
      const records = datagrams.flatMap((datagram) => this.#records(datagram));
      this.#options.onFlight(records, turn);
    }
    if (turn === 'asks') throw flightTaken;
    return Promise.resolve();
  }

  #records(datagram: Uint8Array): OutgoingRecord[] {
    return readRecords(datagram).map(({ type, epoch, body }) =>
      epoch === 0 ? { type, epoch, body } : { type, epoch: 1, body: this.#finished() },
    );
  }

  #finished(): Uint8Array {
    const last = this.transcript().at(-1);
    if (last?.type !== MessageType.finished || messageBody(last).length === 0) throw new FinishedMissing();
    return last.bytes;
  }

  #raise(error: unknown): void {
    if (error !== flightTaken) this.#options.onError(error);
  }
}

/** werift sent a protected record that is not its Finished. */
export class FinishedMissing extends Error {
  override readonly name = 'FinishedMissing';
}
