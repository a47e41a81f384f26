import { nameForm } from '@weir/auth';
import { ChatRefused } from './chat-refused.js';
import { guestName } from './guest-name.js';

const KEPT_MS = 600_000;
const SWEEP_AT = 10_000;

/** What guests must not be called. */
export interface TakenNames {
  /** Whether a name, in its `nameForm`, is an account's or looks like it. */
  isAccount(form: string): Promise<boolean>;
  /** Whether a name, in its `nameForm`, is a channel's. */
  isChannel(form: string): boolean;
}

/** The names that guests chose: each is one guest's while he is there, and ten minutes longer. */
export class GuestNames {
  readonly #taken: TakenNames;
  readonly #guests = new Map<string, Guest>();
  readonly #keyOf = new Map<string, string>();
  readonly #sockets = new Map<string, number>();

  constructor(taken: TakenNames) {
    this.#taken = taken;
  }

  /** Guests that are remembered, there or not. */
  get size(): number {
    return new Set([...this.#guests.keys(), ...this.#sockets.keys()]).size;
  }

  /** What a guest is called. */
  nameOf(key: string): string | undefined {
    return this.#guests.get(key)?.name;
  }

  /** Gives a guest a name; rejects with ChatRefused when it is none or another's. */
  async choose(key: string, asked: string): Promise<string> {
    const name = guestName(asked);
    const form = nameForm(name);
    if (this.#taken.isChannel(form) || (await this.#taken.isAccount(form))) throw taken(name);
    const holder = this.#keyOf.get(form);
    if (holder !== undefined && holder !== key && !this.#isGone(holder)) throw taken(name);
    if (holder !== undefined) this.#forget(holder);
    this.#forget(key);
    this.#guests.set(key, { name, form, leftAtMs: performance.now() });
    this.#keyOf.set(form, key);
    if (this.#guests.size > SWEEP_AT) this.#sweep();
    return name;
  }

  /** A guest has one more socket. */
  arrive(key: string): void {
    this.#sockets.set(key, (this.#sockets.get(key) ?? 0) + 1);
  }

  /** A guest has one socket less. */
  leave(key: string): void {
    const left = (this.#sockets.get(key) ?? 0) - 1;
    if (left > 0) this.#sockets.set(key, left);
    else this.#sockets.delete(key);
    const guest = this.#guests.get(key);
    if (guest !== undefined) guest.leftAtMs = performance.now();
  }

  #isGone(key: string): boolean {
    const guest = this.#guests.get(key);
    return guest === undefined || (!this.#sockets.has(key) && performance.now() - guest.leftAtMs > KEPT_MS);
  }

  #sweep(): void {
    for (const key of this.#guests.keys()) if (this.#isGone(key)) this.#forget(key);
  }

  #forget(key: string): void {
    const guest = this.#guests.get(key);
    if (guest === undefined) return;
    this.#guests.delete(key);
    if (this.#keyOf.get(guest.form) === key) this.#keyOf.delete(guest.form);
  }
}

interface Guest {
  readonly name: string;
  readonly form: string;
  leftAtMs: number;
}

function taken(name: string): ChatRefused {
  return new ChatRefused('name-taken', `The name "${name}" is taken or looks like one that is: choose another.`);
}
