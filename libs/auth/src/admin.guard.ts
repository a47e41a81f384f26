import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Caller, NotAllowed, requireScope } from './caller.js';
import { Callers } from './callers.js';

/** Lets administrators of the server pass alone; a token needs `server:read` to look and `server:write` for the rest. */
@Injectable()
export class AdminGuard implements CanActivate {
  readonly #callers: Callers;

  constructor(callers: Callers) {
    this.#callers = callers;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.check(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }

  /** The administrator who asks; rejects with SignInNeeded, ScopeMissing, NotAllowed, CredentialsRejected or InsecureTransport. */
  async check(request: FastifyRequest): Promise<Caller> {
    const caller = await this.#callers.of(request);
    requireScope(caller, request.method === 'GET' || request.method === 'HEAD' ? 'server:read' : 'server:write');
    if (!caller.isAdmin) throw new NotAllowed();
    return caller;
  }
}
