import { Lifeline } from './lifeline.js';
import { politeDelayMs, reconnectDelayMs } from './reconnect-delay.js';
import { RequestRefused } from './request-refused.js';
import { Session } from './session.js';
import type { SessionOptions } from './session.js';

const STEADY_AFTER_MS = 5000;
const OFFER_LIFETIME_MS = 60_000;

/**
 * Where a connection stands. `offline`: the endpoint has no stream yet, asked again by itself. `refused`: the server
 * will not have it. `replaced`: another publisher took over. The last two wait for `start`.
 */
export type ConnectionState = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'offline' | 'refused' | 'replaced';

/** What a connection needs to make its sessions. */
export interface ConnectionOptions extends SessionOptions {
  /** Makes a peer connection with its transceivers in place. */
  readonly openPeer: (iceServers: RTCIceServer[]) => RTCPeerConnection;
  /** Asked when the server closed a running session: true ends the connection as `replaced`. */
  readonly isReplaced: () => Promise<boolean>;
  readonly onState: (state: ConnectionState, refusal?: RequestRefused) => void;
  /** Told of refusals after which it tries again. */
  readonly onRefusal?: ((refusal: RequestRefused) => void) | undefined;
}

/** Keeps one session after another alive until stopped: ICE restart first, then a new session, with back-off. */
export class Connection {
  #state: ConnectionState = 'idle';
  #run: AbortController | undefined;
  #session: Session | undefined;
  #lifeline: Lifeline | undefined;
  #wake: () => void = () => undefined;
  #iceServers: RTCIceServer[] = [];
  #attempt = 0;
  #wasConnected = false;

  constructor(private readonly options: ConnectionOptions) {}

  get state(): ConnectionState {
    return this.#state;
  }

  /** The current peer connection. */
  get peer(): RTCPeerConnection | undefined {
    return this.#session?.peer;
  }

  /** Connects, and stays so; does nothing while running. */
  start(): void {
    if (this.#run !== undefined) return;
    const run = new AbortController();
    this.#run = run;
    this.#attempt = 0;
    this.#wasConnected = false;
    this.#session = new Session(this.options.openPeer(this.#iceServers), this.options);
    this.#tell('connecting');
    void this.#live(run.signal);
  }

  /** Cuts a wait short, or restarts ICE when connected: the network may have changed. */
  nudge(): void {
    this.#wake();
    this.#lifeline?.restart();
  }

  /** Cuts a wait short. */
  retry(): void {
    this.#wake();
  }

  /** Replaces a running session by a new one, for a change that needs another offer. */
  renew(): void {
    this.#lifeline?.close();
  }

  /** Ends the session; idempotent. */
  stop(): void {
    if (this.#run === undefined) return;
    this.#halt('idle');
  }

  /** Ends without deleting the resource, so that the stream's grace time runs: the page may be reloading. */
  suspend(): void {
    this.#session?.abandon();
    this.stop();
  }

  async #live(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const session = this.#freshSession();
      let waitMs: number;
      try {
        await session.open(signal);
        waitMs = await this.#stay(session, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof RequestRefused && error.lasting) return this.#halt('refused', error);
        waitMs = this.#afterFailure(error);
      }
      if (!signal.aborted) await this.#pause(waitMs, signal);
    }
  }

  #freshSession(): Session {
    if (this.#session !== undefined && performance.now() - this.#session.bornMs < OFFER_LIFETIME_MS) {
      return this.#session;
    }
    this.#dropSession();
    this.#session = new Session(this.options.openPeer(this.#iceServers), this.options);
    return this.#session;
  }

  async #stay(session: Session, signal: AbortSignal): Promise<number> {
    this.#iceServers = session.iceServers;
    let connectedMs: number | undefined;
    const lifeline = new Lifeline(session.peer, {
      restart: () => session.restart(),
      onConnected: () => {
        connectedMs ??= performance.now();
        this.#wasConnected = true;
        this.#tell('connected');
      },
      onInterrupted: () => this.#tell('reconnecting'),
    });
    this.#lifeline = lifeline;
    const end = await lifeline.ended;
    this.#lifeline = undefined;
    if (signal.aborted) return 0;
    if (end === 'closed-by-server') session.abandon();
    this.#dropSession();
    this.#tell(this.#wasConnected ? 'reconnecting' : 'connecting');
    if (end === 'closed-by-server' && (await this.options.isReplaced().catch(() => false))) {
      if (!signal.aborted) this.#halt('replaced');
      return 0;
    }
    const steady = connectedMs !== undefined && performance.now() - connectedMs >= STEADY_AFTER_MS;
    if (steady) this.#attempt = 0;
    return reconnectDelayMs(this.#attempt++, Math.random());
  }

  #afterFailure(error: unknown): number {
    if (!(error instanceof RequestRefused)) this.#dropSession();
    else this.options.onRefusal?.(error);
    const retryAfterMs = error instanceof RequestRefused ? error.retryAfterMs : undefined;
    const offline = error instanceof RequestRefused && error.status === 409;
    this.#tell(offline ? 'offline' : this.#wasConnected ? 'reconnecting' : 'connecting');
    if (offline) this.#attempt = 0;
    if (offline || retryAfterMs !== undefined) return politeDelayMs(retryAfterMs ?? 3000, Math.random());
    return reconnectDelayMs(++this.#attempt, Math.random());
  }

  async #pause(waitMs: number, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener('abort', this.#wake, { once: true });
    });
    signal.removeEventListener('abort', this.#wake);
    this.#wake = () => undefined;
  }

  #halt(state: ConnectionState, refusal?: RequestRefused): void {
    this.#run?.abort();
    this.#run = undefined;
    this.#lifeline?.close();
    this.#dropSession();
    this.#tell(state, refusal);
  }

  #dropSession(): void {
    this.#session?.close();
    this.#session = undefined;
  }

  #tell(state: ConnectionState, refusal?: RequestRefused): void {
    if (state === this.#state) return;
    this.#state = state;
    this.options.onState(state, refusal);
  }
}
