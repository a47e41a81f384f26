import type { IncomingHttpHeaders } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { AddressSet, plainAddress, privateNetworks } from './address-set.js';
import { AUTH_OPTIONS, type AuthOptions } from './auth-options.js';

/** Thrown when a secret came over a connection that others can read. */
export class InsecureTransport extends Error {
  constructor() {
    super(
      'Keys and tokens are taken over HTTPS or from private networks only; WEIR_ALLOW_INSECURE_KEYS=on lifts this.',
    );
    this.name = 'InsecureTransport';
  }
}

/** What of an HTTP request tells where it comes from. */
export interface OriginRequest {
  readonly headers: IncomingHttpHeaders;
  readonly socket: Pick<Socket, 'remoteAddress'> & { readonly encrypted?: boolean };
}

/** Where a request comes from, as far as the proxies in between are trusted. */
export interface RequestOrigin {
  /** Address of the client. */
  readonly address: string;
  /** Whether the client spoke HTTPS. */
  readonly encrypted: boolean;
}

/** Finds out where a request comes from and whether secrets may travel that way. */
@Injectable()
export class RequestOrigins {
  readonly #proxies: AddressSet;
  readonly #allowInsecure: boolean;

  constructor(@Inject(AUTH_OPTIONS) options: AuthOptions) {
    this.#proxies = new AddressSet(options.trustedProxies);
    this.#allowInsecure = options.allowInsecureKeys;
  }

  /** The origin of a request: the last address that no trusted proxy vouches for. */
  of(request: OriginRequest): RequestOrigin {
    const peer = plainAddress(request.socket.remoteAddress ?? '');
    if (!this.#proxies.has(peer)) return { address: peer, encrypted: request.socket.encrypted === true };
    const hops = headerList(request.headers['x-forwarded-for']).map(plainAddress).reverse();
    const client = hops.find((hop) => !this.#proxies.has(hop)) ?? hops.at(-1) ?? peer;
    const scheme = headerList(request.headers['x-forwarded-proto']).at(0)?.toLowerCase();
    return { address: isIP(client) === 0 ? peer : client, encrypted: scheme === 'https' };
  }

  /** Whether no page of another site made the request: programs say nothing, and browsers say where they are. */
  isSameSite(request: OriginRequest): boolean {
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (site === 'cross-site' || site === 'same-site') return false;
    return origin === undefined || site === 'same-origin' || hostOf(origin) === this.#host(request);
  }

  /** The origin of this server as the sender sees it, such as `https://live.example`; undefined when its host is no host. */
  siteOf(request: OriginRequest): string | undefined {
    const { encrypted } = this.of(request);
    return URL.parse(`${encrypted ? 'https' : 'http'}://${this.#host(request)}`)?.origin;
  }

  /** Throws InsecureTransport when a secret in this request may have been overheard. */
  requireSecure(request: OriginRequest): void {
    if (this.#allowInsecure) return;
    const origin = this.of(request);
    if (!origin.encrypted && !privateNetworks.has(origin.address)) throw new InsecureTransport();
  }

  #host({ headers, socket }: OriginRequest): string {
    // RFC 9113 8.3.1: HTTP/2 has it in :authority
    const { host, ':authority': authority = host } = headers;
    const isProxied = this.#proxies.has(plainAddress(socket.remoteAddress ?? ''));
    const forwarded = isProxied ? headerList(headers['x-forwarded-host']).at(0) : undefined;
    return (forwarded ?? [authority].flat().join()).toLowerCase();
  }
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host;
}

function headerList(value: string | string[] | undefined): string[] {
  return [value ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}
