import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { bearerToken } from '@weir/whip';
import type { FastifyRequest } from 'fastify';
import { AdminToken } from './admin-token.js';
import { RequestOrigins } from './request-origin.js';

/** Lets a request pass only with the admin token, over a connection fit for it. */
@Injectable()
export class AdminGuard implements CanActivate {
  readonly #token: AdminToken;
  readonly #origins: RequestOrigins;

  constructor(token: AdminToken, origins: RequestOrigins) {
    this.#token = token;
    this.#origins = origins;
  }

  canActivate(context: ExecutionContext): boolean {
    this.check(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }

  /** Throws AdminTokenRejected or InsecureTransport. */
  check(request: FastifyRequest): void {
    const token = bearerToken(request.headers.authorization);
    if (token !== undefined) this.#origins.requireSecure(request);
    this.#token.verify(token);
  }
}
