import type { Caller, OriginRequest } from '@weir/auth';
import type { StageEvents, StageFault } from '@weir/contract';
import { EntryDeadline, TokenBucket } from '@weir/sockets';
import type { Guest } from './guest.js';

const REQUESTS = { burst: 60, perSecond: 15 };
const PACKETS = { burst: 300, perSecond: 60 };
const STRIKES_MOST = 60;

const notEntered: StageFault = {
  code: 'not-allowed',
  message: 'Disconnected, because no stage was entered within 10 seconds: connect again and enter first.',
};

/** What a connection needs of its socket. */
export interface StageWire {
  emit(event: string, payload: unknown): void;
  /** Sends what waits and closes. */
  disconnect(): void;
}

/** Where a socket has entered. */
export interface StageEntry {
  readonly channel: string;
  readonly guest: Guest | undefined;
}

/** One socket at a stage: who it speaks for, and how fast. */
export class StageConnection {
  readonly request: OriginRequest;
  /** Asked anew before it directs. */
  caller: Caller;
  readonly #wire: StageWire;
  readonly #requests = new TokenBucket(REQUESTS, performance.now());
  readonly #packets = new TokenBucket(PACKETS, performance.now());
  readonly #deadline = new EntryDeadline(() => this.end(notEntered));
  #entry: StageEntry | undefined;
  #strikes = 0;
  #isClosed = false;

  constructor(wire: StageWire, caller: Caller, request: OriginRequest) {
    this.#wire = wire;
    this.caller = caller;
    this.request = request;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Undefined before it entered. */
  get entry(): StageEntry | undefined {
    return this.#entry;
  }

  /** It is at a stage from now on; who never comes so far is put out after ten seconds. */
  enter(entry: StageEntry): void {
    this.#entry = entry;
    this.#deadline.lift();
  }

  /** The server could not let it in: it has ten seconds again. */
  wait(): void {
    if (this.#entry === undefined && !this.#isClosed) this.#deadline.begin();
  }

  /** Tells this socket only. */
  emit<Event extends keyof StageEvents>(event: Event, payload: Parameters<StageEvents[Event]>[0]): void {
    if (!this.#isClosed) this.#wire.emit(event, payload);
  }

  /** Counts a request; returns the fault of one too many, and disconnects who does not stop. */
  admit(): StageFault | undefined {
    if (this.#requests.take(performance.now()) === 0) {
      this.#strikes = 0;
      return undefined;
    }
    this.#strikes += 1;
    if (this.#strikes > STRIKES_MOST) this.#wire.disconnect();
    return { code: 'too-fast', message: 'Too many requests: wait a moment.' };
  }

  /** Counts whatever comes; disconnects who sends too much. */
  countPacket(): void {
    if (this.#packets.take(performance.now()) > 0) this.#wire.disconnect();
  }

  /** Tells that nothing else comes, and why; then it is over. */
  end(fault: StageFault): void {
    if (this.#isClosed) return;
    this.emit('removed', fault);
    this.closed();
    this.#wire.disconnect();
  }

  /** The socket is gone. */
  closed(): void {
    this.#isClosed = true;
    this.#deadline.lift();
  }
}
