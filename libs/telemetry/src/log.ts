import { destination as fileDestination, type Logger, pino, stdTimeFunctions } from 'pino';
import { redactedPaths } from './redaction.js';
import { TextLines } from './text-lines.js';

/** What is written: `error` means that an operator must act, `warn` that service is worse than it should be. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Named values of a line: `channel` and `session` wherever they are known, an Error as `err`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** How a log is opened. */
export interface LogOptions {
  /** Lines below this level are left out; `silent` leaves out all. */
  readonly level: LogLevel | 'silent';
  /** Text for a terminal instead of JSON lines. */
  readonly text: boolean;
  /** Where lines go; default standard error. */
  readonly to?: NodeJS.WritableStream;
}

/** The server's log: one line per event of a session, secrets left out. */
export class Log {
  readonly #pino: Logger;

  /** Opens the log of the process. */
  static open(options: LogOptions): Log {
    const settings = {
      level: options.level,
      base: null,
      timestamp: options.text ? stdTimeFunctions.epochTime : stdTimeFunctions.isoTime,
      redact: [...redactedPaths],
      ...(options.text ? {} : { formatters: { level: (label: string) => ({ level: label }) } }),
    };
    return new Log(pino(settings, destinationOf(options)));
  }

  constructor(logger: Logger) {
    this.#pino = logger;
  }

  /** Writes one line. */
  write(level: LogLevel, message: string, fields: LogFields = {}): void {
    this.#pino[level](fields, message);
  }

  /** Details for whoever hunts a fault. */
  debug(message: string, fields?: LogFields): void {
    this.write('debug', message, fields);
  }

  /** A step in the life of the server, a stream or a session. */
  info(message: string, fields?: LogFields): void {
    this.write('info', message, fields);
  }

  /** Service goes on, but worse than it should be. */
  warn(message: string, fields?: LogFields): void {
    this.write('warn', message, fields);
  }

  /** An operator must act. */
  error(message: string, fields?: LogFields): void {
    this.write('error', message, fields);
  }
}

function destinationOf(options: LogOptions): NodeJS.WritableStream | ReturnType<typeof fileDestination> {
  if (!options.text) return options.to ?? fileDestination({ dest: 2, sync: true });
  const lines = new TextLines();
  lines.pipe(options.to ?? process.stderr);
  return lines;
}
