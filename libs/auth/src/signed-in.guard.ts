import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NotAllowed, SignInNeeded } from './caller.js';
import { Callers } from './callers.js';

/** Lets people pass who signed in with a browser: what could make a token mightier is not for tokens. */
@Injectable()
export class SignedInGuard implements CanActivate {
  readonly #callers: Callers;

  constructor(callers: Callers) {
    this.#callers = callers;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { via } = await this.#callers.of(context.switchToHttp().getRequest<FastifyRequest>());
    if (via === 'none') throw new SignInNeeded();
    if (via !== 'cookie') throw new NotAllowed('Only for who signed in with a browser, not for tokens.');
    return true;
  }
}
