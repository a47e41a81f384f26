import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from './caller.js';
import { Callers } from './callers.js';

/** Turns a request into who makes it. */
@Injectable()
export class CallerPipe implements PipeTransform<FastifyRequest, Promise<Caller>> {
  readonly #callers: Callers;

  constructor(callers: Callers) {
    this.#callers = callers;
  }

  transform(request: FastifyRequest): Promise<Caller> {
    return this.#callers.of(request);
  }
}

const requestOf = createParamDecorator((_: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<FastifyRequest>(),
);

/** A parameter that is the Caller of the request. */
export function CallerOf(): ParameterDecorator {
  return requestOf(CallerPipe);
}
