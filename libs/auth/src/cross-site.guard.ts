import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { bearerToken } from '@weir/whip';
import type { FastifyRequest } from 'fastify';
import { Callers, SESSION_COOKIE } from './callers.js';
import { Cookies } from './cookies.js';
import { RequestOrigins } from './request-origin.js';
import { Seals } from './seals.js';

/** Thrown when a page of another site wants to change something in a visitor's name. */
export class CrossSite extends Error {
  constructor() {
    super(
      'Refused, because it came from a page of another site. If it did not, a proxy changes the Host header: name it in WEIR_TRUSTED_PROXIES.',
    );
    this.name = 'CrossSite';
  }
}

/** Thrown when a session's cookie comes without the token that only our pages know. */
export class CsrfMissing extends Error {
  constructor() {
    super('The header X-Weir-CSRF is missing or not of this session: GET /api/session tells it.');
    this.name = 'CsrfMissing';
  }
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Keeps other sites' pages from changing anything by the cookies of who visits them. */
@Injectable()
export class CrossSiteGuard implements CanActivate {
  readonly #callers: Callers;
  readonly #cookies: Cookies;
  readonly #origins: RequestOrigins;
  readonly #seals: Seals;

  constructor(callers: Callers, cookies: Cookies, origins: RequestOrigins, seals: Seals) {
    this.#callers = callers;
    this.#cookies = cookies;
    this.#origins = origins;
    this.#seals = seals;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    // the route, because a URL has many spellings
    if (safe.has(request.method) || request.routeOptions.url?.startsWith('/api/') !== true) return true;
    // no page can send this header across sites together with cookies
    if (bearerToken(request.headers.authorization) !== undefined) return true;
    if (!this.#origins.isSameSite(request)) throw new CrossSite();
    const { via } = await this.#callers.of(request);
    if (via === 'cookie' && !this.#hasToken(request)) throw new CsrfMissing();
    return true;
  }

  /** The token that a page sends back; undefined without a session's cookie. */
  tokenOf(request: FastifyRequest): string | undefined {
    const secret = this.#cookies.read(request, SESSION_COOKIE);
    return secret === undefined ? undefined : this.tokenFor(secret);
  }

  /** The token of a session's secret. */
  tokenFor(secret: string): string {
    return this.#seals.seal('csrf', secret);
  }

  #hasToken(request: FastifyRequest): boolean {
    const secret = this.#cookies.read(request, SESSION_COOKIE) ?? '';
    return this.#seals.isSeal('csrf', secret, [request.headers['x-weir-csrf']].flat().join());
  }
}
