import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { createCertificate, HandshakeEndpoint } from '@weir/dtls';
import type { Certificate, DtlsRole, Fingerprint } from '@weir/dtls';
import { createIceCredentials, ICE_CREDENTIAL_RANDOM_BYTES, IceLiteAgent } from '@weir/ice';
import type { IceCredentials } from '@weir/ice';
import { isRtcp } from '@weir/rtp';
import { deriveSessionKeys, hmacSha1, SrtcpReceiver, SrtcpSender, SrtpReceiver, SrtpSender } from '@weir/srtp';

/** The client, as signalling describes it. */
export interface LiteServerClient {
  readonly remote: IceCredentials;
  readonly fingerprints: readonly Fingerprint[];
  /** The server's. */
  readonly dtlsRole: DtlsRole;
}

/** Credentials out of fresh randomness. */
export function freshCredentials(): IceCredentials {
  return createIceCredentials(randomBytes(ICE_CREDENTIAL_RANDOM_BYTES));
}

/** Serves one session as a media worker does and sends every RTP and RTCP packet back. Emits `connected`, `closed` and `moved`. */
export class LiteServer extends EventEmitter {
  readonly local = freshCredentials();
  readonly certificate: Certificate;
  /** How many STUN requests were answered. */
  checks = 0;
  readonly #socket: Socket;
  #agent: IceLiteAgent | undefined;
  #endpoint: HandshakeEndpoint | undefined;
  #echo: ((datagram: Buffer) => Buffer) | undefined;

  private constructor(socket: Socket, certificate: Certificate) {
    super();
    this.#socket = socket;
    this.certificate = certificate;
    socket.on('message', (datagram, from) => this.#receive(datagram, from));
  }

  static async open(): Promise<LiteServer> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new LiteServer(socket, await createCertificate());
  }

  get port(): number {
    return this.#socket.address().port;
  }

  accept({ remote, fingerprints, dtlsRole: role }: LiteServerClient): void {
    this.#agent = new IceLiteAgent(this.local, remote, hmacSha1);
    this.#endpoint = new HandshakeEndpoint(
      { role, certificate: this.certificate, fingerprints },
      {
        datagram: (data) => this.#send(data),
        keys: (keys) => {
          const ours = deriveSessionKeys(keys.profile, keys.localKey, keys.localSalt);
          const theirs = deriveSessionKeys(keys.profile, keys.remoteKey, keys.remoteSalt);
          const [rtpIn, rtpOut] = [new SrtpReceiver(theirs), new SrtpSender(ours)];
          const [rtcpIn, rtcpOut] = [new SrtcpReceiver(theirs), new SrtcpSender(ours)];
          this.#echo = (datagram) => {
            const bytes = Buffer.concat([datagram, Buffer.alloc(32)]);
            if (isRtcp(datagram, datagram.length)) {
              return bytes.subarray(0, rtcpOut.protect(bytes, rtcpIn.unprotect(bytes, datagram.length)));
            }
            const length = rtpIn.unprotect(bytes, datagram.length);
            return bytes.subarray(0, rtpOut.protect(bytes, 12, length, bytes.readUInt16BE(2)));
          };
          this.emit('connected');
        },
        failed: (reason) => this.emit('failed', reason),
        closed: () => this.emit('closed'),
      },
    );
    this.#endpoint.start();
  }

  restart(local: IceCredentials, remote: IceCredentials): void {
    this.#agent?.restart(local, remote);
  }

  /** Ends the session from this side. */
  leave(): void {
    this.#endpoint?.close();
  }

  close(): void {
    this.#endpoint?.close();
    this.#socket.close();
  }

  #receive(datagram: Buffer, from: RemoteInfo): void {
    const first = datagram[0] ?? 0;
    if (first > 127) {
      if (this.#echo !== undefined) this.#send(this.#echo(datagram));
    } else if (first > 3) {
      this.#endpoint?.receive(datagram);
    } else {
      const verdict = this.#agent?.receive(datagram, datagram.length, from.address, from.port, performance.now());
      if (verdict?.kind !== 'answered') return;
      this.checks += 1;
      this.#socket.send(verdict.response, from.port, from.address);
      if (verdict.selectedChanged) this.emit('moved', from.port);
    }
  }

  #send(data: Uint8Array): void {
    const to = this.#agent?.selected;
    if (to !== undefined) this.#socket.send(data, to.port, to.address);
  }
}
