import { DelayHistogram } from './delay-histogram.js';
import { EgressPlan } from './egress-plan.js';
import type { EgressRoute } from './egress-route.js';
import { JsEgress } from './js-egress.js';

/** Collects what is to be sent and has the engine send it once in each turn of the event loop. */
export class Egress {
  readonly delays = new DelayHistogram();
  readonly engine = new JsEgress(this.delays);
  readonly #plan = new EgressPlan();
  readonly #flush = (): void => {
    this.#scheduled = false;
    this.engine.flush(this.#plan);
  };
  #scheduled = false;

  /** Adds one packet for one subscriber; `arrivalMs` is 0 for what is not live. */
  add(
    route: EgressRoute,
    payload: Buffer,
    marker: number,
    sequence: number,
    timestamp: number,
    arrivalMs: number,
  ): void {
    if (this.#plan.full) this.engine.flush(this.#plan);
    this.#plan.add(route, payload, marker, sequence, timestamp, arrivalMs);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.#flush);
  }
}
