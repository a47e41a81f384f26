import { Injectable } from '@nestjs/common';
import type { ChatEvents } from '@weir/contract';
import type { Server } from 'socket.io';
import { roomName } from './connection.js';

/** Tells an event to all sockets in the room of a channel: it is written down and framed once for all of them. */
@Injectable()
export class Voice {
  #server: Server | undefined;

  /** Speaks through that server from now on; undefined: nobody hears any more. */
  use(server: Server | undefined): void {
    this.#server = server;
  }

  /** Tells the room of a channel. */
  tell<Event extends keyof ChatEvents>(channel: string, event: Event, payload: ChatEvents[Event]): void {
    this.#server?.to(roomName(channel)).emit(event, payload);
  }
}
