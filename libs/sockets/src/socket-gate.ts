import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { type Caller, Callers, CredentialsRejected, InsecureTransport, RequestOrigins } from '@weir/auth';
import { Log } from '@weir/telemetry';
import { SOCKETS_OPTIONS, type SocketsOptions } from './sockets-options.js';
import type { Server, Socket } from 'socket.io';
import { networkOf } from './network-of.js';
import { TokenBuckets } from './token-buckets.js';

const HANDSHAKE_SECONDS = 10;
const answerHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

interface EngineSocket {
  readonly request: Socket['request'];
  close(discard?: boolean): void;
  once(event: 'close', act: () => void): void;
}

/** Who is behind a handshake that was let in. */
export interface Visit {
  readonly caller: Caller;
  readonly address: string;
}

/** Decides which handshakes become sockets: of our own pages and of programs, so many for each address. */
@Injectable()
export class SocketGate {
  readonly #callers: Callers;
  readonly #origins: RequestOrigins;
  readonly #log: Log;
  readonly #options: SocketsOptions;
  readonly #visits = new WeakMap<IncomingMessage, Visit>();
  readonly #sockets = new Map<string, number>();
  readonly #handshakes: TokenBuckets;
  #total = 0;

  constructor(callers: Callers, origins: RequestOrigins, log: Log, @Inject(SOCKETS_OPTIONS) options: SocketsOptions) {
    this.#callers = callers;
    this.#origins = origins;
    this.#log = log;
    this.#options = options;
    const { chatSocketsPerAddress: burst } = options;
    this.#handshakes = new TokenBuckets({ burst, perSecond: burst / HANDSHAKE_SECONDS });
  }

  /** Sockets that are open. */
  get sockets(): number {
    return this.#total;
  }

  /** Counts the sockets of a server from now on, and closes those that are too many. */
  guard({ engine }: Server): void {
    engine.on('connection', (wire: EngineSocket) => {
      if (!this.open(wire.request)) wire.close(true);
      else wire.once('close', () => this.close(wire.request));
    });
    engine.on('headers', (headers: Record<string, string>) => Object.assign(headers, answerHeaders));
  }

  /** Why a handshake is refused; undefined when it is let in. */
  async refusal(request: IncomingMessage): Promise<string | undefined> {
    if (!this.#origins.isSameSite(request)) return 'Refused, because it came from a page of another site.';
    const { address } = this.#origins.of(request);
    if (this.#handshakes.take(networkOf(address), performance.now()) > 0)
      return 'Too many connections: try again later.';
    if (!this.#hasRoom(address)) return 'Too many connections from your network.';
    try {
      this.#visits.set(request, { caller: await this.#callers.of(request), address });
      return undefined;
    } catch (error) {
      if (error instanceof CredentialsRejected || error instanceof InsecureTransport) return error.message;
      this.#log.warn('nobody can be let in by a socket', { err: error });
      return 'The server cannot tell who you are: try again later.';
    }
  }

  /** A socket was opened by a request that was let in; false when there is no more room for it. */
  open(request: IncomingMessage): boolean {
    const visit = this.#visits.get(request);
    if (visit === undefined || !this.#hasRoom(visit.address)) return false;
    const network = networkOf(visit.address);
    this.#sockets.set(network, (this.#sockets.get(network) ?? 0) + 1);
    this.#total += 1;
    return true;
  }

  /** A socket for which `open` was true is gone. */
  close(request: IncomingMessage): void {
    const network = networkOf(this.#visits.get(request)?.address ?? '');
    const left = (this.#sockets.get(network) ?? 0) - 1;
    if (left > 0) this.#sockets.set(network, left);
    else this.#sockets.delete(network);
    this.#total -= 1;
  }

  /** Who is behind a request that was let in. */
  visitOf(request: IncomingMessage): Visit | undefined {
    return this.#visits.get(request);
  }

  #hasRoom(address: string): boolean {
    const { chatSocketsMax, chatSocketsPerAddress } = this.#options;
    return this.#total < chatSocketsMax && (this.#sockets.get(networkOf(address)) ?? 0) < chatSocketsPerAddress;
  }
}
