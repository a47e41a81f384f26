import type { EgressRoute } from './egress-route.js';

/** What is to be sent in this turn of the event loop: one row for each packet and subscriber. */
export class EgressPlan {
  /** Rows in use. */
  rows = 0;
  readonly capacity: number;
  readonly routes: EgressRoute[] = [];
  readonly payloads: Buffer[] = [];
  readonly markers: Uint8Array;
  /** Extended outgoing sequence numbers. */
  readonly sequences: Float64Array;
  readonly timestamps: Float64Array;
  /** Arrival of the packet on the worker's clock, milliseconds; 0 for what is sent again or replayed. */
  readonly arrivalsMs: Float64Array;

  constructor(capacity = 8192) {
    this.capacity = capacity;
    this.markers = new Uint8Array(capacity);
    this.sequences = new Float64Array(capacity);
    this.timestamps = new Float64Array(capacity);
    this.arrivalsMs = new Float64Array(capacity);
  }

  /** Adds a row; the caller flushes before the plan is full. */
  add(
    route: EgressRoute,
    payload: Buffer,
    marker: number,
    sequence: number,
    timestamp: number,
    arrivalMs: number,
  ): void {
    const row = this.rows++;
    this.routes[row] = route;
    this.payloads[row] = payload;
    this.markers[row] = marker;
    this.sequences[row] = sequence;
    this.timestamps[row] = timestamp;
    this.arrivalsMs[row] = arrivalMs;
  }
}
