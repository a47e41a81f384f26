import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { type OriginRequest, RequestOrigins } from './request-origin.js';

/** What takes the headers of an answer. */
export interface CookieReply {
  header(name: string, value: string): unknown;
}

const longest = 8192;

/** The value of a cookie as the header has it (RFC 6265 5.4); undefined when there is none. */
export function readCookie(headers: IncomingHttpHeaders, name: string): string | undefined {
  const { cookie = '' } = headers;
  if (cookie.length > longest) return undefined;
  for (const pair of cookie.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** Cookies that no script reads: of this host alone and over HTTPS alone wherever the request came that way. */
@Injectable()
export class Cookies {
  readonly #origins: RequestOrigins;

  constructor(origins: RequestOrigins) {
    this.#origins = origins;
  }

  /** The value that `set` gave to the browser; undefined when it has none. */
  read(request: OriginRequest, name: string): string | undefined {
    return readCookie(request.headers, this.#nameFor(request, name));
  }

  /** Gives the browser a value of URL-safe characters, to keep for some seconds. */
  set(request: OriginRequest, reply: CookieReply, name: string, value: string, maxAgeSeconds: number): void {
    const secure = this.#origins.of(request).encrypted ? '; Secure' : '';
    const attributes = `Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
    reply.header('Set-Cookie', `${this.#nameFor(request, name)}=${value}; ${attributes}`);
  }

  /** Takes the value from the browser. */
  clear(request: OriginRequest, reply: CookieReply, name: string): void {
    this.set(request, reply, name, '', 0);
  }

  // RFC 6265bis 4.1.3.2: no other host and no plain HTTP can set a cookie of such a name
  #nameFor(request: OriginRequest, name: string): string {
    return this.#origins.of(request).encrypted ? `__Host-${name}` : name;
  }
}
