import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

// Nest logs what goes wrong at the start and throws it too; who started the server tells it better.
const thrownToo: readonly unknown[] = ['ExceptionHandler', 'NestApplication'];

/** Nest's own messages in our log; its life-cycle chatter is for debugging only. */
export class NestLog implements LoggerService {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  log(message: unknown, ...rest: readonly unknown[]): void {
    this.#log.debug(String(message), context(rest));
  }

  debug(message: unknown, ...rest: readonly unknown[]): void {
    this.#log.debug(String(message), context(rest));
  }

  verbose(message: unknown, ...rest: readonly unknown[]): void {
    this.#log.debug(String(message), context(rest));
  }

  warn(message: unknown, ...rest: readonly unknown[]): void {
    this.#log.warn(String(message), context(rest));
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    const level = thrownToo.includes(rest.at(-1)) ? 'debug' : 'error';
    this.#log.write(
      level,
      String(message),
      message instanceof Error ? { ...context(rest), err: message } : context(rest),
    );
  }

  fatal(message: unknown, ...rest: readonly unknown[]): void {
    this.error(message, ...rest);
  }
}

function context(rest: readonly unknown[]): { context?: unknown; stack?: unknown } {
  const last = rest.at(-1);
  const stack = rest.length > 1 ? rest[0] : undefined;
  return { ...(last === undefined ? {} : { context: last }), ...(stack === undefined ? {} : { stack }) };
}
