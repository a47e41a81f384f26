import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TapEvent } from '@weir/sfu';
import type { Arrangement } from '@weir/stage';
import type { ProgramOptions } from './program-options.js';
import type { ProgramReport, ProgramRequest } from './program-protocol.js';

/** Who hears what a program process says. */
export interface ProgramListener {
  /** Bytes in it belong to the listener. */
  report(report: ProgramReport): void;
  /** The process ended without having been closed; nothing more comes. */
  lost(cause: string): void;
}

const ENTRY = fileURLToPath(new URL('./program.process.js', import.meta.url));
const CLOSE_GRACE_MS = 4000;
/** Pictures come in pieces outside the heap, 40 MB a second: collected often, they do not add up to what V8 stops everything for. */
const YOUNG_HEAP = ['--max-semi-space-size=1'];

/** A program process as the server process sees it. */
export class Program {
  readonly #child: ChildProcess;
  readonly #listener: ProgramListener;
  readonly #exited: Promise<void>;
  #fault: string | undefined;
  #closing: Promise<void> | undefined;

  private constructor(options: ProgramOptions, listener: ProgramListener) {
    this.#listener = listener;
    this.#child = fork(ENTRY, [], {
      serialization: 'advanced',
      execArgv: YOUNG_HEAP,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('error', (error) => (this.#fault ??= error.message));
    this.#child.on('message', (report: ProgramReport) => this.#listener.report(owned(report)));
    this.#exited = this.#watch();
    this.#request({ type: 'open', options });
  }

  /** Starts a process; it begins to report when the first media came, or without after about a second. */
  static start(options: ProgramOptions, listener: ProgramListener): Program {
    return new Program(options, listener);
  }

  /** The process, for tests and figures; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Media of a guest. */
  media(guest: string, event: TapEvent): void {
    this.#request({ type: 'media', guest, event });
  }

  /** The title on the slate from now on. */
  title(title: string): void {
    this.#request({ type: 'title', title });
  }

  /** What is on the stage from the next tick on; undefined for the publisher alone. */
  arrange(arrangement: Arrangement | undefined): void {
    this.#request({ type: 'arrange', arrangement });
  }

  /** The file of an image that arrangements name; undefined when there is none any more. */
  image(name: string, file: Uint8Array | undefined): void {
    this.#request({ type: 'image', name, file });
  }

  /** How loud a guest is now, decibels below overload (RFC 6464). */
  level(guest: string, level: number): void {
    this.#request({ type: 'level', guest, level });
  }

  /** The guests' own tracks go to Matroska files in this directory, or nowhere from now on. */
  isolate(directory: string | undefined): void {
    this.#request({ type: 'isolate', directory });
  }

  /** Whether the program is told as RTP packets from now on, beginning with the last key frame; not at first. */
  realTime(on: boolean): void {
    this.#request({ type: 'real-time', on });
  }

  /** Resolves when the rest was reported and the process is gone, by force after four seconds; idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#request({ type: 'close' });
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), CLOSE_GRACE_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  async #watch(): Promise<void> {
    const why = await this.#gone();
    if (this.#closing === undefined) this.#listener.lost(this.#fault ?? why);
  }

  /** Resolves with the cause when the process has ended and all that it said was heard. */
  async #gone(): Promise<string> {
    if (this.#child.pid === undefined) {
      await once(this.#child, 'error').catch(() => undefined);
      return 'it could not be started';
    }
    const [code, signal] = (await once(this.#child, 'exit')) as [number | null, NodeJS.Signals | null];
    if (this.#child.connected) await once(this.#child, 'disconnect');
    return signal === null ? `exit code ${code}` : `signal ${signal}`;
  }

  #request(request: ProgramRequest): void {
    if (!this.#child.connected) return;
    // A process that just died is told of by its exit.
    this.#child.send(request, () => undefined);
  }
}

/** Bytes of a message are a view of everything that came with it; what is kept must not keep that. */
function owned(report: ProgramReport): ProgramReport {
  switch (report.type) {
    case 'part':
      return { type: 'part', part: { ...report.part, bytes: new Uint8Array(report.part.bytes) } };
    case 'track': {
      const { init } = report.track;
      return { type: 'track', track: { ...report.track, init: { ...init, bytes: new Uint8Array(init.bytes) } } };
    }
    case 'poster':
      return { type: 'poster', jpeg: new Uint8Array(report.jpeg) };
    default:
      return report;
  }
}
