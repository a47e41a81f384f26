import { signal } from '@preact/signals';
import type { IngestStatus } from '@weir/contract';
import { channelPath } from '../api/channels.js';
import { ask } from '../api/ask.js';
import { RequestRefused } from '../media/request-refused.js';

const SHOWN_MS = 1000;
const HIDDEN_MS = 5000;

/** Asks once a second how what is published arrives, while somebody looks at it. */
export class IngestWatch {
  /** Undefined before the first answer, and for who may not know. */
  readonly status = signal<IngestStatus | undefined>(undefined);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lookers = 0;

  constructor(private readonly channel: string) {}

  /** Asks until the function that it returns is called; any number may look at a time. */
  look(): () => void {
    this.#lookers += 1;
    if (this.#lookers === 1) void this.#ask();
    let looks = true;
    return () => {
      if (!looks) return;
      looks = false;
      this.#lookers -= 1;
      if (this.#lookers === 0) clearTimeout(this.#timer);
    };
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      this.status.value = await ask<IngestStatus>(`${channelPath(this.channel)}/ingest`, 'GET');
    } catch (error) {
      if (error instanceof RequestRefused && error.lasting) this.status.value = undefined;
    }
    if (this.#lookers > 0) this.#timer = setTimeout(() => void this.#ask(), document.hidden ? HIDDEN_MS : SHOWN_MS);
  }
}
