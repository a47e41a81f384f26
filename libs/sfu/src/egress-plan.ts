import type { EgressRoute } from './egress-route.js';

const CAPACITY = 8192;

/** What is to be sent in this turn of the event loop: one row for each packet and subscriber, the rows of a route linked in their order. */
export class EgressPlan {
  /** Rows in use. */
  rows = 0;
  readonly payloads: Buffer[] = [];
  /** The payloads as words of this machine; the last word may reach behind the end. */
  readonly words: Int32Array[] = [];
  readonly markers = new Uint8Array(CAPACITY);
  /** Extended outgoing sequence numbers. */
  readonly sequences = new Float64Array(CAPACITY);
  readonly timestamps = new Float64Array(CAPACITY);
  /** The next row of the same route, or -1. */
  readonly next = new Int32Array(CAPACITY);
  /** Routes that have rows, in the order of their first. */
  readonly routes: EgressRoute[] = [];
  readonly firstRows = new Int32Array(CAPACITY);
  routeCount = 0;
  /** Arrivals of the live packets in this plan on the worker's clock, milliseconds, each once. */
  readonly arrivalsMs: number[] = [];

  readonly #lastRows = new Int32Array(CAPACITY);
  #turn = 1;
  #payload: Buffer | undefined;
  #payloadWords: Int32Array = new Int32Array(0);

  /** True when it must be flushed before another row is added. */
  get full(): boolean {
    return this.rows === CAPACITY;
  }

  /** Adds a row; `arrivalMs` is 0 for what is not live. */
  add(
    route: EgressRoute,
    payload: Buffer,
    marker: number,
    sequence: number,
    timestamp: number,
    arrivalMs: number,
  ): void {
    const row = this.rows++;
    if (payload !== this.#payload) this.#lookAt(payload);
    this.payloads[row] = payload;
    this.words[row] = this.#payloadWords;
    this.markers[row] = marker;
    this.sequences[row] = sequence;
    this.timestamps[row] = timestamp;
    this.next[row] = -1;
    if (arrivalMs !== 0 && arrivalMs !== this.arrivalsMs.at(-1)) this.arrivalsMs.push(arrivalMs);
    if (route.turn === this.#turn) this.next[this.#lastRows[route.place]!] = row;
    else this.#place(route, row);
    this.#lastRows[route.place] = row;
  }

  /** Empties the plan. */
  clear(): void {
    this.rows = 0;
    this.routeCount = 0;
    this.arrivalsMs.length = 0;
    this.#turn++;
  }

  // The same payload comes for all subscribers in a row.
  #lookAt(payload: Buffer): void {
    this.#payload = payload;
    this.#payloadWords = wordsOf(payload);
  }

  #place(route: EgressRoute, row: number): void {
    route.turn = this.#turn;
    route.place = this.routeCount;
    this.routes[this.routeCount] = route;
    this.firstRows[this.routeCount] = row;
    this.routeCount++;
  }
}

function wordsOf(payload: Buffer): Int32Array {
  const count = (payload.length + 3) >> 2;
  const { buffer, byteOffset } = payload;
  if (byteOffset % 4 === 0 && byteOffset + count * 4 <= buffer.byteLength)
    return new Int32Array(buffer, byteOffset, count);
  const words = new Int32Array(count);
  new Uint8Array(words.buffer).set(payload);
  return words;
}
