import type { Caller, OriginRequest } from '@weir/auth';
import type { ChatEvents, ChatFault } from '@weir/contract';
import { EntryDeadline, TokenBucket } from '@weir/sockets';

const REQUESTS = { burst: 30, perSecond: 8 };
const PACKETS = { burst: 300, perSecond: 60 };
const STRIKES_MOST = 40;
const FLOOD_PAUSE_MS = 30_000;

const notJoined: ChatFault = {
  code: 'not-joined',
  message: 'Disconnected, because no channel was joined within 10 seconds: connect again and join first.',
};

/** What a connection needs of its socket. */
export interface Wire {
  emit(event: string, payload: unknown): void;
  /** Hears what is told to a room from now on, at once. */
  join(room: string): void;
  leave(room: string): void;
  /** Sends what waits and closes. */
  disconnect(): void;
}

/** Name of the socket.io room that hears all that is told in a channel. */
export function roomName(channel: string): string {
  return `c:${channel}`;
}

/** One socket of somebody: what it proved, how fast it asks, and which channels it is in. */
export class Connection {
  readonly request: OriginRequest;
  readonly address: string;
  /** Channels whose rooms it is in. */
  readonly channels = new Set<string>();
  /** Who it speaks for; asked anew before it moderates. */
  caller: Caller;
  readonly #wire: Wire;
  readonly #requests: TokenBucket;
  readonly #packets: TokenBucket;
  readonly #deadline = new EntryDeadline(() => this.close(notJoined));
  #strikes = 0;
  #isClosed = false;

  constructor(wire: Wire, caller: Caller, request: OriginRequest, address: string) {
    this.#wire = wire;
    this.caller = caller;
    this.request = request;
    this.address = address;
    this.#requests = new TokenBucket(REQUESTS, performance.now());
    this.#packets = new TokenBucket(PACKETS, performance.now());
  }

  /** Key of the caller; empty for who has no cookie. */
  get key(): string {
    return this.caller.key;
  }

  /** Whether no account or token stands behind it. */
  get isGuest(): boolean {
    return this.caller.via === 'none';
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Tells this socket only. */
  emit<Event extends keyof ChatEvents>(event: Event, payload: ChatEvents[Event]): void {
    if (!this.#isClosed) this.#wire.emit(event, payload);
  }

  /** Counts a request; returns the fault of one too many, and disconnects who does not stop. */
  admit(): ChatFault | undefined {
    const waitMs = this.#requests.take(performance.now());
    if (waitMs === 0) {
      this.#strikes = 0;
      return undefined;
    }
    this.#strikes += 1;
    if (this.#strikes > STRIKES_MOST) this.#throwOut();
    return { code: 'too-fast', message: 'Too many requests: wait a moment.', retryAfterMs: Math.ceil(waitMs) };
  }

  /** It asks to be let into a channel; who never does is put out after ten seconds. */
  asksToJoin(): void {
    this.#deadline.lift();
  }

  /** Counts anything that arrives, and disconnects who sends without end. */
  countPacket(): void {
    if (this.#packets.take(performance.now()) > 0) this.#throwOut();
  }

  /** Hears what is told in a channel from now on. */
  enter(channel: string): void {
    this.channels.add(channel);
    this.#wire.join(roomName(channel));
  }

  /** Hears what is told in a channel no longer. */
  exit(channel: string): void {
    this.channels.delete(channel);
    if (!this.#isClosed) this.#wire.leave(roomName(channel));
  }

  /** Disconnects and says why; idempotent. */
  close(fault: ChatFault): void {
    if (this.#isClosed) return;
    this.emit('closed', { channel: null, fault });
    this.closed();
    this.#wire.disconnect();
  }

  /** The socket is gone. */
  closed(): void {
    this.#isClosed = true;
    this.#deadline.lift();
  }

  #throwOut(): void {
    const message = 'Disconnected, because too many requests came for too long.';
    this.close({ code: 'too-fast', message, retryAfterMs: FLOOD_PAUSE_MS });
  }
}
