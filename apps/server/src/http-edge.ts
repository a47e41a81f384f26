import { MethodNotAllowed } from '@weir/signalling';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { docsPath, docsPolicy } from './api-document.js';
import { corsHeaders } from './cors.js';

/** What the edge needs to know. */
export interface HttpEdgeOptions {
  /** Origins whose pages may use the API, or `*`. */
  readonly allowedOrigins: readonly string[];
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/** What holds for every route: bodies, CORS, security headers and the methods that a URL does not take. */
export class HttpEdge {
  readonly #fastify: FastifyInstance;
  readonly #options: HttpEdgeOptions;
  readonly #methodsOf = new Map<string, Set<string>>();

  constructor(fastify: FastifyInstance, options: HttpEdgeOptions) {
    this.#fastify = fastify;
    this.#options = options;
  }

  /** Call before any route is made. */
  open(): void {
    this.#fastify.addHook('onRoute', ({ url, method }) => {
      const known = this.#methodsOf.get(url) ?? new Set<string>();
      for (const name of [method].flat()) known.add(name);
      this.#methodsOf.set(url, known);
    });
    this.#fastify.addHook('onRequest', (request, reply, done) => {
      this.#addHeaders(request, reply);
      done();
    });
    this.#takeBodies();
  }

  /** Call when all routes are made: every URL answers 405 to what it does not take, and OPTIONS to browsers. */
  completeRoutes(refuse: (error: Error, request: FastifyRequest, reply: FastifyReply) => void): void {
    for (const [url, taken] of this.#methodsOf) {
      const allowed = [...new Set([...taken, 'OPTIONS'])].sort();
      const missing = methods.filter((method) => !allowed.includes(method));
      if (!taken.has('OPTIONS')) {
        this.#fastify.options(url, (_request, reply) => reply.code(200).header('Allow', allowed.join(', ')).send());
      }
      if (missing.length === 0) continue;
      this.#fastify.route({
        method: missing,
        url,
        handler: (request, reply) => refuse(new MethodNotAllowed(allowed), request, reply),
      });
    }
  }

  #addHeaders(request: FastifyRequest, reply: FastifyReply): void {
    reply.headers({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Content-Security-Policy': request.url.startsWith(`/${docsPath}`)
        ? docsPolicy
        : "default-src 'none'; frame-ancestors 'none'",
    });
    if (!/^\/(whip|whep|api|recordings|shared)(\/|\?|$)/.test(request.url)) return;
    reply.headers(corsHeaders(request.headers.origin, this.#options.allowedOrigins));
  }

  // Bodies are read once it is known who sends them: by WHIP and WHEP themselves, and for the API by JsonBodyInterceptor.
  #takeBodies(): void {
    this.#fastify.removeAllContentTypeParsers();
    this.#fastify.addContentTypeParser('*', async (_request: FastifyRequest, payload: unknown) => payload);
  }
}
