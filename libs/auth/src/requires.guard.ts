import { type CanActivate, type ExecutionContext, Inject, Injectable, mixin, type Type } from '@nestjs/common';
import type { Scope } from '@weir/contract';
import type { FastifyRequest } from 'fastify';
import { NotAllowed, requireScope } from './caller.js';
import { Callers } from './callers.js';

/** What else a guard asks for. */
export interface Requirement {
  /** Only for administrators of the server; default false. */
  readonly admin?: boolean;
}

/** A guard that lets pass who is signed in and whose token is good for the scope; throws SignInNeeded, ScopeMissing or NotAllowed. */
export function Requires(scope: Scope, { admin = false }: Requirement = {}): Type<CanActivate> {
  @Injectable()
  class RequiresGuard implements CanActivate {
    readonly #callers: Callers;

    constructor(@Inject(Callers) callers: Callers) {
      this.#callers = callers;
    }

    async canActivate(context: ExecutionContext): Promise<boolean> {
      const caller = await this.#callers.of(context.switchToHttp().getRequest<FastifyRequest>());
      requireScope(caller, scope);
      if (admin && !caller.isAdmin) throw new NotAllowed();
      return true;
    }
  }
  return mixin(RequiresGuard);
}
