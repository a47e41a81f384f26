import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { SignInNeeded } from '@weir/auth';
import type { FastifyRequest } from 'fastify';
import { StageAccess } from './stage-access.js';

interface StageParams {
  readonly name?: string;
  readonly channel?: string;
}

/** Lets pass who directs the stage that the path names. */
@Injectable()
export class DirectsGuard implements CanActivate {
  readonly #access: StageAccess;

  constructor(access: StageAccess) {
    this.#access = access;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { name = '' } = request.params as StageParams;
    await this.#access.director(request, name);
    return true;
  }
}

/** Lets pass who shows the token of a guest, of whatever stage; throws SignInNeeded. */
@Injectable()
export class GuestGuard implements CanActivate {
  readonly #access: StageAccess;

  constructor(access: StageAccess) {
    this.#access = access;
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.#access.guestOf(request) === undefined) throw new SignInNeeded();
    return true;
  }
}
