import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { readJsonBody } from './json-body.js';

const ownTypes = /^(image\/|text\/vtt\s*(;|$))/i;

/** Reads the JSON bodies of the API: after the guards, so that nothing is read of who may not send it, and before validation. */
export class JsonBodyInterceptor implements NestInterceptor {
  readonly #timeoutMs: number;

  /** A body must have arrived within `timeoutMs`. */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    // what nobody has read is the request itself
    const isUnread = request.body !== null && request.body === request.raw;
    // the route, because a URL has many spellings
    if (!isUnread || request.routeOptions.url?.startsWith('/api/') !== true) return next.handle();
    const type = request.headers['content-type'] ?? '';
    request.body = ownTypes.test(type) ? undefined : await readJsonBody(request.raw, this.#timeoutMs);
    return next.handle();
  }
}
