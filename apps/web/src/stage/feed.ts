import { signal } from '@preact/signals';
import type { ConnectionState } from '../media/connection.js';
import { WhepClient } from '../media/whep-client.js';

/** What somebody on a stage sends, or the program, as it comes over WHEP; nothing comes until it is started. */
export class Feed {
  readonly stream = signal<MediaStream | undefined>(undefined);
  readonly state = signal<ConnectionState>('idle');
  readonly #client: WhepClient;
  #watchers = 0;

  /** `token` is of a guest; a member needs none. */
  constructor(endpoint: string, token: string | undefined) {
    this.#client = new WhepClient({
      endpoint,
      token,
      onStream: (stream) => {
        this.stream.value = stream;
      },
      onState: (state) => {
        this.state.value = state;
        if (state === 'offline' || state === 'refused') this.stream.value = undefined;
      },
    });
  }

  /** The current peer connection. */
  get peer(): RTCPeerConnection | undefined {
    return this.#client.peer;
  }

  /** Receives from now on, as soon as there is something; idempotent. */
  start(): void {
    this.#client.start();
  }

  /** Tries at once, when it waits to try again. */
  retry(): void {
    this.#client.retry();
  }

  /** To be called when the network changed or came back. */
  nudge(): void {
    this.#client.nudge();
  }

  /** Receives nothing more; idempotent. */
  stop(): void {
    this.#client.stop();
    this.stream.value = undefined;
  }

  /** Receives while anybody watches; what it returns ends that for who asked. */
  watch(): () => void {
    this.#watchers += 1;
    this.start();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#watchers -= 1;
      if (this.#watchers === 0) this.stop();
    };
  }
}
