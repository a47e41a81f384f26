import type { Connection } from './connection.js';
import { Room, type RoomParts } from './room.js';

/** Thrown when the server stops. */
export class ChatClosed extends Error {
  constructor() {
    super('The chat is closed, because the server stops.');
    this.name = 'ChatClosed';
  }
}

/** The rooms that somebody is in: the one owner of all that they open. */
export class Rooms {
  readonly #parts: RoomParts;
  readonly #opening = new Map<string, Promise<Room>>();
  readonly #rooms = new Map<string, Room>();
  readonly #holds = new Map<string, number>();
  #isClosed = false;

  constructor(parts: RoomParts) {
    this.#parts = parts;
  }

  /** The room of a channel, when it is open. */
  find(channel: string): Room | undefined {
    return this.#rooms.get(channel);
  }

  /** The rooms that are open. */
  list(): Room[] {
    return [...this.#rooms.values()];
  }

  /** Does something with the room of a channel, which is opened for it if need be; rejects with ChannelUnknown or ChatClosed. */
  async use<Result>(channel: string, act: (room: Room) => Result | Promise<Result>): Promise<Result> {
    this.#holds.set(channel, (this.#holds.get(channel) ?? 0) + 1);
    try {
      return await act(await this.#open(channel));
    } finally {
      this.#release(channel);
    }
  }

  /** Takes a socket out of the room of a channel. */
  exit(connection: Connection, channel: string): void {
    if (this.#rooms.get(channel)?.exit(connection)) void this.#retire(channel);
  }

  /** Stores what waits and closes every room; none is opened from then on. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#opening.values());
    await Promise.all(this.list().map((room) => room.idle()));
    for (const room of this.list()) this.#end(room);
  }

  async #open(channel: string): Promise<Room> {
    if (this.#isClosed) throw new ChatClosed();
    const known = this.#opening.get(channel);
    if (known !== undefined) return known;
    const opening = Room.open(this.#parts, channel);
    this.#opening.set(channel, opening);
    try {
      const room = await opening;
      this.#rooms.set(channel, room);
      return room;
    } catch (error) {
      this.#opening.delete(channel);
      throw error;
    }
  }

  #release(channel: string): void {
    const holds = (this.#holds.get(channel) ?? 1) - 1;
    if (holds > 0) {
      this.#holds.set(channel, holds);
      return;
    }
    this.#holds.delete(channel);
    void this.#retire(channel);
  }

  async #retire(channel: string): Promise<void> {
    const room = this.#rooms.get(channel);
    if (room === undefined || this.#isUsed(room)) return;
    await room.idle();
    if (!this.#isUsed(room)) this.#end(room);
  }

  #isUsed(room: Room): boolean {
    return room.size > 0 || this.#holds.has(room.channel);
  }

  #end(room: Room): void {
    if (room.isClosed) return;
    this.#opening.delete(room.channel);
    this.#rooms.delete(room.channel);
    room.close();
  }
}
