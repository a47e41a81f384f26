/** What the page around may ask of an embedded player. */
export type EmbedRequest = 'play' | 'pause' | 'mute' | 'unmute' | 'state';

/** What an embedded player tells. */
export interface EmbedState {
  readonly channel: string;
  /** As the player tells it, such as `connected` or `offline`. */
  readonly state: string;
  readonly paused: boolean;
  readonly muted: boolean;
  /** 0 to 1. */
  readonly volume: number;
  readonly via: 'real-time' | 'hls';
  /** From the broadcaster to the screen; null while unknown. */
  readonly delayMs: number | null;
}

/** The window that frames this one, as far as messages go. */
export interface EmbedHost {
  postMessage(message: unknown, targetOrigin: string): void;
}

const REQUESTS: readonly EmbedRequest[] = ['play', 'pause', 'mute', 'unmute', 'state'];

/**
 * The messages between an embedded player and the page around it: `{ weir: 'play' }` and the like in, `{ weir: 'state', … }` out. Only the
 * framing window is heard, and only who asked for something is told, under the origin from which it asked.
 */
export class EmbedPort {
  #origin: string | undefined;

  constructor(
    private readonly host: EmbedHost,
    private readonly act: (request: EmbedRequest) => void,
    private readonly read: () => EmbedState,
  ) {}

  /** Takes a message that came to the window; whatever it holds. */
  receive({ source, origin, data }: Pick<MessageEvent<unknown>, 'source' | 'origin' | 'data'>): void {
    if (source !== this.host || origin === 'null' || origin === '') return;
    const request = requestOf(data);
    if (request === undefined) return;
    this.#origin = origin;
    this.act(request);
    this.tell();
  }

  /** Tells the state to who has asked before. */
  tell(): void {
    if (this.#origin !== undefined) this.host.postMessage({ weir: 'state', ...this.read() }, this.#origin);
  }
}

function requestOf(data: unknown): EmbedRequest | undefined {
  if (typeof data !== 'object' || data === null || !('weir' in data)) return undefined;
  return REQUESTS.find((request) => request === data.weir);
}
