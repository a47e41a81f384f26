import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Log } from '@weir/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, refusalOf } from './refusal.js';

/** Answers every error as `application/problem+json`: the one place where errors become HTTP. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Answers an error; one that nobody foresaw is logged and told as 500 without details. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent) return;
    const refusal = refusalOf(error) ?? { problem: problemOf(500), headers: {} };
    // Session URLs are secrets, so the log has the route and not the URL.
    const route = request.routeOptions?.url;
    if (refusal.problem.status === 500)
      this.#log.error('request failed', { method: request.method, route, err: error });
    else this.#log.debug('request refused', { method: request.method, route, ...refusal.problem });
    reply
      .code(refusal.problem.status)
      .headers({ ...refusal.headers, 'Cache-Control': 'no-store', 'Content-Type': 'application/problem+json' })
      .send(Buffer.from(JSON.stringify(refusal.problem)));
  }
}
