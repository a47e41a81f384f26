import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { StreamDescription } from '@weir/rtp';

/** What is told about routers. */
export interface RouterEvents {
  /** It became known what its publisher carries, or that changed. */
  described: [router: string, description: StreamDescription];
}

/** What the publishers of routers carry, as their packets tell: of channels, guests and programs alike. */
@Injectable()
export class RouterDescriptions {
  readonly events = new EventEmitter<RouterEvents>();
  readonly #known = new Map<string, StreamDescription>();

  /** What a router carries, as far as it is known. */
  of(router: string): StreamDescription {
    return this.#known.get(router) ?? {};
  }

  /** The packets told. */
  note(router: string, description: StreamDescription): void {
    this.#known.set(router, description);
    this.events.emit('described', router, description);
  }

  /** The router is no more. */
  forget(router: string): void {
    this.#known.delete(router);
  }
}
