import { ANSWER_WITHIN_MS, THROWN_OUT_WAIT_MS } from './event-socket.js';
import type { EventSocket, SocketEvent, SocketListener, SocketPlace } from './event-socket.js';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;
const HOPELESS_AFTER = 2;
const GRACE_MS = 5000;

interface Asked {
  readonly resolve: (reply: never) => void;
  readonly reject: (reason: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * The connection as socket.io's protocol 5 over Engine.IO's protocol 4 has it on a WebSocket: a twelfth of their own client, which is loaded
 * only where WebSockets do not get through.
 */
export class PlainSocket implements EventSocket {
  readonly #asked = new Map<number, Asked>();
  #socket: WebSocket | undefined;
  #isConnected = false;
  #wasConnected = false;
  #isOpen = false;
  #failures = 0;
  #serial = 0;
  #pauseMs: number | undefined;
  #silenceMs = 45_000;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  /** `onHopeless` is called when two tries came to nothing and none ever did better. */
  constructor(
    private readonly place: SocketPlace,
    private readonly listener: SocketListener,
    private readonly onHopeless: () => void = () => undefined,
  ) {}

  open(): void {
    this.#isOpen = true;
    this.#connect();
  }

  renew(): void {
    this.#drop();
    if (this.#isOpen) this.#connect();
  }

  nudge(): void {
    if (this.#isOpen && this.#socket === undefined) this.#connect();
  }

  async request<Reply>(name: string, body: object): Promise<Reply> {
    if (!this.#isConnected) throw new Error('not connected');
    this.#serial += 1;
    const serial = this.#serial;
    this.#socket?.send(`42${serial}${JSON.stringify([name, body])}`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#asked.delete(serial);
        reject(new Error('no answer'));
      }, ANSWER_WITHIN_MS);
      this.#asked.set(serial, { resolve, reject, timer });
    });
  }

  close(): void {
    this.#isOpen = false;
    this.#drop();
  }

  #connect(): void {
    clearTimeout(this.#again);
    const { origin, path } = this.place;
    const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}${path}/?EIO=4&transport=websocket`);
    this.#socket = socket;
    this.#pauseMs = undefined;
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket && typeof data === 'string') this.#read(data);
    });
    socket.addEventListener('close', () => {
      if (socket === this.#socket) this.#lost();
    });
    this.#listen();
  }

  #read(packet: string): void {
    this.#listen();
    // https://socket.io/docs/v4/engine-io-protocol, "Packet encoding"; in a message "4", those of socket.io itself.
    switch (packet[0]) {
      case '0':
        this.#shake(jsonOf(packet.slice(1)));
        return this.#socket?.send('40');
      case '1':
        return this.#lost();
      case '2':
        return this.#socket?.send('3');
      case '4':
        return this.#readMessage(packet.slice(1));
      default:
    }
  }

  /** https://socket.io/docs/v4/socket-io-protocol, "Packet encoding". */
  #readMessage(packet: string): void {
    const [, kind, serial, json = ''] = /^(\d)(\d*)(.*)$/s.exec(packet) ?? [];
    switch (kind) {
      case '0':
        this.#isConnected = true;
        this.#wasConnected = true;
        this.#failures = 0;
        return this.listener.connected();
      case '1':
      case '4':
        this.#pauseMs ??= THROWN_OUT_WAIT_MS;
        return this.#lost();
      case '2':
        return this.#tell(jsonOf(json));
      case '3':
        return this.#answer(Number(serial), jsonOf(json));
      default:
    }
  }

  #shake(handshake: unknown): void {
    const { pingInterval, pingTimeout } = (handshake ?? {}) as Partial<Record<string, number>>;
    this.#silenceMs = (pingInterval ?? 25_000) + (pingTimeout ?? 20_000) + GRACE_MS;
    this.#listen();
  }

  #tell(event: unknown): void {
    if (!Array.isArray(event) || typeof event[0] !== 'string' || typeof event[1] !== 'object') return;
    const told = event as unknown as SocketEvent;
    this.#pauseMs = this.place.pauseOf(told) ?? this.#pauseMs;
    this.listener.told(told);
  }

  #answer(serial: number, answer: unknown): void {
    const asked = this.#asked.get(serial);
    if (asked === undefined || !Array.isArray(answer)) return;
    this.#asked.delete(serial);
    clearTimeout(asked.timer);
    asked.resolve(answer[0] as never);
  }

  /** The server is heard at least by its pings; one that is not any more is gone. */
  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(), this.#silenceMs);
  }

  #lost(): void {
    if (!this.#isConnected) this.#failures += 1;
    this.#drop();
    if (!this.#isOpen) return;
    if (!this.#wasConnected && this.#failures === HOPELESS_AFTER) this.onHopeless();
    const backOffMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures) * (0.5 + Math.random());
    if (this.#isOpen) this.#again = setTimeout(() => this.#connect(), this.#pauseMs ?? backOffMs);
  }

  #drop(): void {
    clearTimeout(this.#again);
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    if (this.#isConnected) {
      this.#isConnected = false;
      this.listener.disconnected();
    }
    for (const { reject, timer } of this.#asked.values()) {
      clearTimeout(timer);
      reject(new Error('connection lost'));
    }
    this.#asked.clear();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
